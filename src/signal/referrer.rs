//! Where a visitor came from: the referring host, without `www.` and without anything finer.

use url::Url;

/// The host of a referring page in its short written form, or nothing for addresses that are not
/// of the web (`android-app:`, `about:`).
pub fn referring_host(referrer: &Url) -> Option<&str> {
    if !matches!(referrer.scheme(), "http" | "https") {
        return None;
    }
    let host = referrer.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_host_is_left() {
        let host = |text: &str| {
            let url = Url::parse(text).unwrap();
            referring_host(&url).map(str::to_owned)
        };
        assert_eq!(host("https://www.Example.org/a?b#c").as_deref(), Some("example.org"));
        assert_eq!(host("android-app://com.example/"), None);
    }
}
