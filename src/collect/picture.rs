//! Which page shows the picture for pages without script, by what its request says.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::collect::text::escaped;

/// What a page without script can say in the picture's address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureParameters {
    /// `u`: the page's address, whole or as a path.
    pub page: Option<String>,
    /// `d`: the site, if it is not the page's host.
    pub site: Option<String>,
    /// `r`: the address that led to the page.
    pub referrer: Option<String>,
}

impl PictureParameters {
    /// Reads the query of the picture's address.
    pub fn read(query: &str) -> Self {
        let of = |name| parameter(query, name);
        Self { page: of("u"), site: of("d"), referrer: of("r") }
    }
}

/// The first value of a parameter that says anything.
fn parameter(query: &str, name: &str) -> Option<String> {
    let values = query.split('&').filter_map(|pair| pair.split_once('='));
    let of_name = values.filter(|(found, _)| *found == name);
    let read = of_name.map(|(_, value)| {
        let value = value.replace('+', " ");
        escaped(&percent_decode_str(&value).collect::<Vec<u8>>())
    });
    read.into_iter().find(|value| !value.trim().is_empty())
}

/// The page of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PicturePage {
    /// Its address; empty where nothing says it.
    pub address: String,
    /// Is no more known than its origin?
    pub is_origin_alone: bool,
}

/// Reads the page from the parameter `u`, whole or as a path of the site, else from the `Referer`
/// header. By default browsers tell another host only the origin there, from every page;
/// it is the home page's address as well, so the page is not known by it.
pub(super) fn picture_page(
    named: Option<String>,
    site: Option<&str>,
    referrer: Option<&str>,
) -> PicturePage {
    if let Some(named) = named {
        if is_of_web(&named) {
            return PicturePage { address: named, is_origin_alone: false };
        }
        // Two slashes of either kind stand before a host (URL standard, "relative slash state").
        let is_slash = |byte: Option<&u8>| matches!(byte, Some(b'/' | b'\\'));
        let bytes = named.as_bytes();
        if is_slash(bytes.first()) && is_slash(bytes.get(1)) {
            return PicturePage { address: format!("https:{named}"), is_origin_alone: false };
        }
        let own = site.map(|site| format!("https://{site}"));
        let base = own.or_else(|| referrer.and_then(origin));
        if let (true, Some(base)) = (named.starts_with('/'), base) {
            return PicturePage { address: base + &named, is_origin_alone: false };
        }
    }
    let address = referrer.unwrap_or_default().to_owned();
    let is_origin_alone =
        Url::parse(&address).is_ok_and(|page| page.path() == "/" && page.query().is_none());
    PicturePage { address, is_origin_alone }
}

fn is_of_web(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|one| ["http", "https"].iter().any(|web| web.eq_ignore_ascii_case(one)))
}

fn origin(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| is_of_web(url.as_str()))?;
    Some(url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(named: &str, site: &str, referrer: &str) -> (String, bool) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let found = picture_page(some(named), some(site).as_deref(), some(referrer).as_deref());
        (found.address, found.is_origin_alone)
    }

    #[test]
    fn the_page_is_what_the_request_says() {
        for (named, site, referrer, address, is_origin_alone) in [
            ("https://a.fr/b?c=1", "a.fr", "https://a.fr/", "https://a.fr/b?c=1", false),
            ("https://a.fr/", "", "https://a.fr/", "https://a.fr/", false),
            ("/b", "a.fr", "https://a.fr/", "https://a.fr/b", false),
            ("/", "a.fr", "", "https://a.fr/", false),
            ("//b.example/b", "a.fr", "", "https://b.example/b", false),
            (r"/\b.example/b", "a.fr", "", r"https:/\b.example/b", false),
            (r"\\b.example/b", "", "", r"https:\\b.example/b", false),
            ("/b", "", "http://a.fr:8080/", "http://a.fr:8080/b", false),
            ("", "a.fr", "https://a.fr/b", "https://a.fr/b", false),
            ("", "a.fr", "https://a.fr/?page=2", "https://a.fr/?page=2", false),
            ("", "a.fr", "https://a.fr/", "https://a.fr/", true),
            ("", "a.fr", "https://a.fr", "https://a.fr", true),
            ("{{ page.url }}", "a.fr", "https://a.fr/", "https://a.fr/", true),
            ("/b", "", "", "", false),
            ("", "a.fr", "", "", false),
        ] {
            let expected = (address.to_owned(), is_origin_alone);
            assert_eq!(page(named, site, referrer), expected, "{named} {site} {referrer}");
        }
    }
}
