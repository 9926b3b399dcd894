//! Cuts an address to its parts that may be kept, each with its own limit: what is never kept is
//! cut before a limit is applied, so that it costs neither the view nor its source.

use std::borrow::Cow;

/// Longest host and path of a page, with the scheme, in bytes. Browsers and proxies agree on about
/// 2,000 for whole addresses.
pub const URL_BYTES_MAX: usize = 2_048;

/// Longest query that is looked into for the parameters that a site declared, in bytes. Of a longer
/// one the parameters that stand wholly within are.
pub const QUERY_BYTES_MAX: usize = 8_192;

/// The address with what is looked into of its query and its fragment; nothing if it is too long
/// without them.
pub fn bounded(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim();
    if text.len() <= URL_BYTES_MAX {
        return Some(Cow::Borrowed(text));
    }
    let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
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
pub fn origin(text: &str) -> Option<&str> {
    let text = text.trim();
    let start = text.find("://")? + 3;
    let end = text[start..].find(['/', '?', '#', '\\']).map_or(text.len(), |end| start + end);
    (end <= URL_BYTES_MAX).then(|| &text[..end])
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
    fn a_query_is_cut_between_parameters() {
        let exact = format!("q={}", long(QUERY_BYTES_MAX - 2));
        assert_eq!(cut_query(&exact), exact);
        assert_eq!(cut_query(&format!("{exact}&b=c")), exact);
        assert_eq!(cut_query(&format!("{exact}x")), "");
        assert_eq!(cut_query(&"é".repeat(QUERY_BYTES_MAX)), "");
    }

    #[test]
    fn an_origin_ends_before_its_path() {
        assert_eq!(origin("https://a.fr/x?y"), Some("https://a.fr"));
        assert_eq!(origin("https://a.fr?y"), Some("https://a.fr"));
        assert_eq!(origin("a.fr/x"), None);
        assert_eq!(origin(&format!("https://{}", long(URL_BYTES_MAX))), None);
    }
}
