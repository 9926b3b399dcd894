//! Where a visitor came from: the referring host, without `www.` and without anything finer.
//! Android and iPhones tell with `android-app:` and `ios-app:` which application led here; its
//! package or number stands for a host.

use std::borrow::Cow;

use url::Url;

use crate::model::{is_possible_name, written_host};
use crate::signal::private_host::{PRIVATE, is_private};

/// Longest name of a package that is kept, in bytes: Google Play has none above 150.
const PACKAGE_BYTES_MAX: usize = 150;

/// Longest number of an application in Apple's shop, in digits: they have nine or ten.
const NUMBER_DIGITS_MAX: usize = 12;

/// The host of a referring page in its short written form, or the application that led here:
/// the package of one for Android, `ios-app:` and the number of one for iPhones. One value stands
/// for all hosts of private networks and all addresses of machines. Nothing for other addresses
/// (`about:`, `file:`) and for names that no host can have.
pub fn referring_host(referrer: &Url) -> Option<Cow<'_, str>> {
    let host = written_host(referrer)?;
    match referrer.scheme() {
        "http" | "https" if is_private(referrer) => Some(PRIVATE.into()),
        "http" | "https" if !is_possible_name(host) => None,
        "http" | "https" => Some(host.strip_prefix("www.").unwrap_or(host).into()),
        "ios-app" if is_number(host) => Some(format!("ios-app:{host}").into()),
        // In small letters, as hosts are: else one application would have many names.
        "android-app" | "ios-app" if is_package(host) => Some(host.to_ascii_lowercase().into()),
        _ => None,
    }
}

/// A package has at least two parts of letters, digits and underscores, each beginning with a
/// letter (Android, "Configure the app module"); Apple's have hyphens, too.
fn is_package(name: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    name.len() <= PACKAGE_BYTES_MAX && name.contains('.') && name.split('.').all(is_part)
}

/// The number of an application in Apple's shop.
fn is_number(name: &str) -> bool {
    (1..=NUMBER_DIGITS_MAX).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Option<String> {
        let url = Url::parse(text).unwrap();
        referring_host(&url).map(Cow::into_owned)
    }

    #[test]
    fn only_the_host_is_left() {
        assert_eq!(host("https://www.Example.org/a?b#c").as_deref(), Some("example.org"));
        assert_eq!(host("about:blank"), None);
    }

    #[test]
    fn hosts_of_private_networks_have_no_name() {
        for address in ["http://192.168.1.4/a", "https://intranet-wiki/", "http://[::1]:80/"] {
            assert_eq!(host(address).as_deref(), Some(":private"), "{address}");
        }
    }

    #[test]
    fn a_final_dot_makes_no_other_host_and_what_is_no_name_is_no_source() {
        assert_eq!(host("https://www.example.org./a").as_deref(), Some("example.org"));
        for wrong in [".x.", "*.example", "..", "a..example", "-x.example", "$x.fr", "a.fr..", "."]
        {
            let parsed = Url::parse(&format!("http://{wrong}/"));
            let named = parsed.ok().and_then(|url| referring_host(&url).map(Cow::into_owned));
            assert!(named.is_none_or(|name| name == PRIVATE), "{wrong}");
        }
    }

    #[test]
    fn an_application_stands_for_a_host() {
        let google = "com.google.android.googlequicksearchbox";
        let address = format!("android-app://{google}/https/www.google.com");
        assert_eq!(host(&address).as_deref(), Some(google));
        for (address, name) in [
            ("android-app://com.Slack/", "com.slack"),
            ("android-app://org.mozilla.Firefox", "org.mozilla.firefox"),
            ("android-app://com.A.b_c/", "com.a.b_c"),
            ("ios-app://544007664/", "ios-app:544007664"),
            ("ios-app://544007664/vnd.youtube/www.youtube.com/watch", "ios-app:544007664"),
            ("ios-app://com.Example-One.app/", "com.example-one.app"),
        ] {
            assert_eq!(host(address).as_deref(), Some(name), "{address}");
        }
        for wrong in ["app", "com..x", "com.ex%20ample", "1com.example"] {
            assert_eq!(host(&format!("android-app://{wrong}/")), None, "{wrong}");
        }
        assert_eq!(host("ios-app://1234567890123/"), None);
    }
}
