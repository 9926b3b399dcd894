//! Where a visitor came from: the referring host, without `www.` and without anything finer.
//! Android tells with `android-app:` which application led here; its package stands for a host.

use url::Url;

/// Longest name of a package that is kept, in bytes: Google Play has none above 150.
const PACKAGE_BYTES_MAX: usize = 150;

/// The host of a referring page in its short written form, or the package of a referring Android
/// application. Nothing for other addresses (`about:`, `file:`).
pub fn referring_host(referrer: &Url) -> Option<&str> {
    let host = referrer.host_str()?;
    match referrer.scheme() {
        "http" | "https" => Some(host.strip_prefix("www.").unwrap_or(host)),
        "android-app" if is_package(host) => Some(host),
        _ => None,
    }
}

/// A package has at least two parts of letters, digits and underscores, each beginning with a
/// letter (Android, "Configure the app module"). In small letters, as hosts are: else a sender
/// could write one application in many ways.
fn is_package(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    name.len() <= PACKAGE_BYTES_MAX && name.contains('.') && name.split('.').all(is_part)
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
        assert_eq!(host("about:blank"), None);
    }

    #[test]
    fn the_package_of_an_application_stands_for_a_host() {
        let host = |text: &str| {
            let url = Url::parse(text).unwrap();
            referring_host(&url).map(str::to_owned)
        };
        let google = "com.google.android.googlequicksearchbox";
        let address = format!("android-app://{google}/https/www.google.com");
        assert_eq!(host(&address).as_deref(), Some(google));
        for wrong in ["app", "com..x", "com.Example", "com.ex%20ample", "1com.example"] {
            assert_eq!(host(&format!("android-app://{wrong}/")), None, "{wrong}");
        }
        assert_eq!(host("ios-app://com.example/"), None);
    }
}
