//! The host of a log line in its one written form, and the host inside an absolute request.

use std::borrow::Cow;

/// Lower case, without a port and a final dot; an IPv6 address keeps its brackets. The result is
/// what `Site::answers_to` expects.
pub(super) fn written_form(host: &str) -> Cow<'_, str> {
    let name = match host.find(']') {
        Some(end) if host.starts_with('[') => &host[..=end],
        _ => host.split(':').next().unwrap_or_default(),
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Splits `http://host/path` into the host and the path. A path that is left out is `/`.
/// None for what does not begin with http or https.
pub(super) fn split_absolute(target: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = target.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or_default();
    Some((host, if path.is_empty() { "/" } else { path }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_one_written_form() {
        for (logged, written) in [
            ("www.example.org", "www.example.org"),
            ("WWW.Example.ORG:443", "www.example.org"),
            ("www.example.org.:80", "www.example.org"),
            ("192.0.2.1:80", "192.0.2.1"),
            ("[2001:DB8::1]:443", "[2001:db8::1]"),
            ("[2001:db8::1]", "[2001:db8::1]"),
            ("[", "["),
            ("", ""),
        ] {
            assert_eq!(written_form(logged), written, "{logged}");
        }
    }

    #[test]
    fn absolute_requests_are_split() {
        assert_eq!(split_absolute("http://a.example/b?c"), Some(("a.example", "/b?c")));
        assert_eq!(split_absolute("HTTPS://u:p@a.example"), Some(("a.example", "/")));
        assert_eq!(split_absolute("http://a.example?b"), Some(("a.example", "?b")));
        assert_eq!(split_absolute("ftp://a.example/b"), None);
        assert_eq!(split_absolute("/b?u=http://a.example/"), None);
    }
}
