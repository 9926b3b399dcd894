//! Cuts an address to its parts that may be kept, each with its own limit: what is never kept is
//! cut before a limit is applied, so that it costs neither the view nor its source.

use std::borrow::Cow;
use std::ops::Range;

/// Longest host and path of a page, with the scheme, in bytes. Browsers and proxies agree on about
/// 2,000 for whole addresses.
pub const URL_BYTES_MAX: usize = 2_048;

/// Longest query that is looked into for the parameters that a site declared, in bytes. Of a longer
/// one the parameters that stand wholly within are.
pub const QUERY_BYTES_MAX: usize = 8_192;

/// An address that begins with two slashes leaves out the scheme and names a host all the same.
fn with_scheme(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    match text.starts_with("//") {
        true => Cow::Owned(format!("https:{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The place of the user's name and password in an address: never kept, whatever their length.
fn user_place(text: &str) -> Option<Range<usize>> {
    let start = text.find(':')? + 1;
    let start = start + text[start..].find(|letter| !matches!(letter, '/' | '\\'))?;
    let end = text[start..].find(['/', '?', '#', '\\']).map_or(text.len(), |end| start + end);
    let at = text[start..end].rfind('@')?;
    Some(start..start + at + 1)
}

/// The address with what is looked into of its query and its fragment; nothing if it is too long
/// without them.
pub fn bounded(text: &str) -> Option<Cow<'_, str>> {
    let mut text = with_scheme(text);
    if text.len() <= URL_BYTES_MAX {
        return Some(text);
    }
    if let Some(user) = user_place(&text) {
        text.to_mut().replace_range(user, "");
    }
    let (before, fragment) = text.split_once('#').unwrap_or((&text, ""));
    let (base, query) = before.split_once('?').unwrap_or((before, ""));
    if base.len() > URL_BYTES_MAX {
        return None;
    }
    let mut kept = base.to_owned();
    let query = cut_query(query);
    if !query.is_empty() {
        kept.push('?');
        kept.push_str(query);
    }
    // A fragment is kept only where it is a path, and then it is a part of the page's.
    let route = fragment.split('?').next().unwrap_or_default();
    if !route.is_empty() && base.len() + route.len() <= URL_BYTES_MAX {
        kept.push('#');
        kept.push_str(route);
    }
    Some(Cow::Owned(kept))
}

/// Whole parameters: the beginning of a value is another value.
fn cut_query(query: &str) -> &str {
    if query.len() <= QUERY_BYTES_MAX {
        return query;
    }
    let head = &query[..query.floor_char_boundary(QUERY_BYTES_MAX + 1)];
    head.rfind('&').map_or("", |end| &head[..end])
}

/// The scheme and the host of an address, as far as its path; nothing if these alone are too long.
pub fn origin(text: &str) -> Option<String> {
    let mut text = with_scheme(text);
    if let Some(user) = user_place(&text) {
        text.to_mut().replace_range(user, "");
    }
    let start = text.find("://")? + 3;
    let end = text[start..].find(['/', '?', '#', '\\']).map_or(text.len(), |end| start + end);
    (end <= URL_BYTES_MAX).then(|| text[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(letters: usize) -> String {
        "x".repeat(letters)
    }

    #[test]
    fn queries_and_fragments_are_cut_before_the_limit_applies() {
        let of = |text: &str| bounded(text).map(Cow::into_owned);
        let query = format!("https://a.fr/p?x={}&q=end", long(2_100));
        assert_eq!(of(&query).as_deref(), Some(query.as_str()));
        assert_eq!(of(&format!("https://a.fr/p?x={}", long(9_000))).unwrap(), "https://a.fr/p");
        let head = format!("https://a.fr/p?q=words&x={}", long(9_000));
        assert_eq!(of(&head).unwrap(), "https://a.fr/p?q=words");
        assert_eq!(of(&format!("https://a.fr/p#{}", long(9_000))).unwrap(), "https://a.fr/p");
        let route = format!("https://a.fr/#/route?{}", long(9_000));
        assert_eq!(of(&route).unwrap(), "https://a.fr/#/route");
        assert_eq!(of(&format!("https://a.fr/{}", long(URL_BYTES_MAX))), None);
    }

    #[test]
    fn who_asks_is_cut_before_the_limit_applies_and_a_scheme_may_lack() {
        let of = |text: &str| bounded(text).map(Cow::into_owned);
        for user in [long(2_100), format!("{0}:{0}", long(2_100)), format!("a@{}", long(9_000))] {
            assert_eq!(
                of(&format!("https://{user}@a.fr/p@q?x#y")).unwrap(),
                "https://a.fr/p@q?x#y"
            );
            assert_eq!(of(&format!("//{user}@a.fr")).unwrap(), "https://a.fr");
        }
        assert_eq!(of(" //a.fr/p").unwrap(), "https://a.fr/p");
        assert_eq!(of(&format!("https://a.fr/{}@b.fr/", long(URL_BYTES_MAX))), None);
    }

    #[test]
    fn a_query_is_cut_between_parameters() {
        let exact = format!("q={}", long(QUERY_BYTES_MAX - 2));
        assert_eq!(cut_query(&exact), exact);
        assert_eq!(cut_query(&format!("{exact}&b=c")), exact);
        assert_eq!(cut_query(&format!("{exact}x")), "");
        assert_eq!(cut_query(&"é".repeat(QUERY_BYTES_MAX)), "");
    }

    #[test]
    fn an_origin_ends_before_its_path() {
        for text in ["https://a.fr/x?y", "https://a.fr?y", "https://u:p@a.fr/@", "//a.fr\\x"] {
            assert_eq!(origin(text).as_deref(), Some("https://a.fr"), "{text}");
        }
        assert_eq!(origin("a.fr/x"), None);
        assert_eq!(origin(&format!("https://{}", long(URL_BYTES_MAX))), None);
    }
}
