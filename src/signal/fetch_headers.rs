//! Headers that say how a request was made: whether it can be from the browser that its agent
//! names, and whether the browser only fetched ahead.
//!
//! A script can write any agent, but few write the headers that browsers add of themselves and
//! that no page's script can set (W3C, "Fetch Metadata Request Headers").

/// First major version that sends `Sec-Fetch-Site` and `Sec-Fetch-Dest` to every address that is
/// secure, by family as `uap-core` names it. Source: MDN's browser compatibility data,
/// `http.headers.Sec-Fetch-Dest`: Chrome and Edge 80, Opera 67, Firefox 90, Safari 16.4. Opera is
/// asked from 80 as its engine, Safari from 17, because a major version is all that is known.
///
/// Browsers inside other programs and browsers on iPhones that are not Safari are not listed:
/// their version is not the version of their engine.
const SENDERS: &[(&str, u32)] = &[
    ("Chrome", 80),
    ("Chrome Mobile", 80),
    ("Edge", 80),
    ("Edge Mobile", 80),
    ("Opera", 80),
    ("Opera Mobile", 80),
    ("Firefox", 90),
    ("Firefox Mobile", 90),
    ("Safari", 17),
    ("Mobile Safari", 17),
];

/// The headers of one request that a browser adds of itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct FetchHeaders<'a> {
    /// The `Origin` header, if there is one.
    pub origin: Option<&'a [u8]>,
    /// Is there a `Sec-Fetch-Site` header?
    pub has_site: bool,
    /// The `Sec-Fetch-Dest` header, if there is one.
    pub destination: Option<&'a [u8]>,
}

impl FetchHeaders<'_> {
    /// Are some missing that a browser would have sent? It is only asked whether the request
    /// reached us, or the proxy in front, over https where that makes a difference.
    ///
    /// Only a request from a page says from which (`Origin`), and only a secure page to a secure
    /// address carries the headers surely. Servers that forward on behalf of their visitors send
    /// the visitor's agent without an origin: they are never judged.
    pub fn are_missing(&self, is_secure: impl FnOnce() -> bool) -> bool {
        let from_secure_page = self.origin.is_some_and(|origin| origin.starts_with(b"https://"));
        let are_whole = self.has_site && self.destination.is_some_and(is_of_page);
        from_secure_page && !are_whole && is_secure()
    }
}

/// Does a browser of this family and version always send them to a secure address?
pub fn sends_fetch_headers(family: Option<&str>, major: Option<u32>) -> bool {
    let (Some(family), Some(major)) = (family, major) else { return false };
    SENDERS.iter().any(|(sender, major_min)| *sender == family && major >= *major_min)
}

/// `fetch` and `sendBeacon` say `empty`, pictures `image`: the two ways in that this service has.
/// A page that was opened, a frame or a style is none of them.
fn is_of_page(destination: &[u8]) -> bool {
    matches!(destination, b"empty" | b"image")
}

/// The headers by which browsers, present and past, say why they fetch.
#[derive(Clone, Copy, Debug, Default)]
pub struct PurposeHeaders<'a> {
    /// `Sec-Purpose`: `prefetch`, `prefetch;prerender` (WHATWG Fetch, Chrome and Firefox today).
    pub sec_purpose: Option<&'a [u8]>,
    /// `Purpose`: `prefetch` (Chrome until 2023), `preview` (Safari's top sites).
    pub purpose: Option<&'a [u8]>,
    /// `X-Purpose`: `preview` (old Safari), `instant` (Chrome's instant pages of 2011).
    pub x_purpose: Option<&'a [u8]>,
    /// `X-Moz`: `prefetch` (Firefox until 2023).
    pub x_moz: Option<&'a [u8]>,
}

impl PurposeHeaders<'_> {
    /// Has nobody seen the page yet?
    pub fn fetch_ahead(&self) -> bool {
        [self.sec_purpose, self.purpose, self.x_purpose, self.x_moz]
            .into_iter()
            .flatten()
            .any(is_ahead)
    }
}

/// Parameters may follow the word (`prefetch;anonymous-client-ip`).
fn is_ahead(value: &[u8]) -> bool {
    let word = value.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    ["prefetch", "preview", "prerender", "instant"]
        .iter()
        .any(|ahead| word.eq_ignore_ascii_case(ahead.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARE: FetchHeaders = FetchHeaders {
        origin: Some(b"https://www.example.fr"),
        has_site: false,
        destination: None,
    };
    const WHOLE: FetchHeaders =
        FetchHeaders { has_site: true, destination: Some(b"empty"), ..BARE };

    fn contradict(headers: FetchHeaders, family: &str, major: u32) -> bool {
        headers.are_missing(|| true) && sends_fetch_headers(Some(family), Some(major))
    }

    #[test]
    fn a_browser_that_would_send_the_headers_is_doubted_without_them() {
        for (family, major) in SENDERS {
            assert!(contradict(BARE, family, *major), "{family}");
            assert!(!contradict(BARE, family, major - 1), "{family}");
            assert!(!contradict(WHOLE, family, *major), "{family}");
        }
    }

    #[test]
    fn headers_that_do_not_fit_together_are_doubted() {
        let chrome = |headers: FetchHeaders| contradict(headers, "Chrome", 155);
        assert!(chrome(FetchHeaders { has_site: false, ..WHOLE }));
        assert!(chrome(FetchHeaders { destination: None, ..WHOLE }));
        assert!(chrome(FetchHeaders { destination: Some(b"document"), ..WHOLE }));
        assert!(!chrome(FetchHeaders { destination: Some(b"image"), ..WHOLE }));
    }

    #[test]
    fn what_need_not_carry_the_headers_is_not_judged() {
        let chrome = |headers: FetchHeaders| contradict(headers, "Chrome", 155);
        assert!(!chrome(FetchHeaders { origin: None, ..BARE }), "a server that forwards");
        assert!(!BARE.are_missing(|| false));
        assert!(!chrome(FetchHeaders { origin: Some(b"http://localhost"), ..BARE }));
        assert!(!chrome(FetchHeaders { origin: Some(b"null"), ..BARE }));
        for family in ["Chrome Mobile iOS", "Chrome Mobile WebView", "Samsung Internet", "Vivaldi"]
        {
            assert!(!contradict(BARE, family, 155), "{family}");
        }
        assert!(!sends_fetch_headers(None, None) && !sends_fetch_headers(Some("Chrome"), None));
    }

    #[test]
    fn every_name_of_fetching_ahead_is_known() {
        let sec = |value| PurposeHeaders { sec_purpose: Some(value), ..Default::default() };
        assert!(sec(b"prefetch").fetch_ahead());
        assert!(sec(b"prefetch;prerender").fetch_ahead());
        assert!(sec(b"Prefetch; anonymous-client-ip").fetch_ahead());
        assert!(!sec(b"").fetch_ahead() && !sec(b"prefetched").fetch_ahead());
        let purpose = |value| PurposeHeaders { purpose: Some(value), ..Default::default() };
        assert!(purpose(b"prefetch").fetch_ahead() && purpose(b"preview").fetch_ahead());
        let preview = PurposeHeaders { x_purpose: Some(b"preview"), ..Default::default() };
        assert!(preview.fetch_ahead());
        let firefox = PurposeHeaders { x_moz: Some(b"prefetch"), ..Default::default() };
        assert!(firefox.fetch_ahead() && !PurposeHeaders::default().fetch_ahead());
    }
}
