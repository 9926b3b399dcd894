//! What a request says about a person, for the length of the request: readable here, printable
//! nowhere.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::net::IpAddr;
use std::sync::Arc;

use compact_str::CompactString;
use url::Url;

use crate::model::address::{REDACTED, pairs};
use crate::model::{Site, written_host};
use crate::privacy::address::{URL_BYTES_MAX, bounded, origin};
use crate::privacy::profile::{kept_text, lets_in_channels};
use crate::privacy::scrub;
use crate::signal::{
    Agents, Countries, Software, Sources, first_language, referring_host, screen_class,
};

/// What stands for the path of a page of which only the origin is known.
const PAGE_UNKNOWN: &str = ":unknown";

/// An address, an agent, a page and where its reader came from. It has no `Debug`, no `Display`
/// and no `Serialize`, and its fields are closed: only coarse answers leave it.
pub struct Raw {
    pub(super) address: IpAddr,
    pub(super) agent: String,
    page: Url,
    is_origin_alone: bool,
    referrer: Option<Url>,
    accept_language: Option<String>,
    width: Option<u32>,
    title: Option<String>,
    /// The path as it is kept, once it was asked for: several breakdowns need it.
    path: OnceCell<CompactString>,
    /// The country, likewise.
    country: OnceCell<Option<[u8; 2]>>,
}

/// What arrives with a request beside its address and agent.
#[derive(Clone, Copy, Default)]
pub struct Arrival<'a> {
    /// The page's address.
    pub page: &'a str,
    /// Is no more of the page known than its origin?
    pub is_origin_alone: bool,
    /// The address that led to it.
    pub referrer: Option<&'a str>,
    /// The `Accept-Language` header.
    pub accept_language: Option<&'a str>,
    /// The window's width, in CSS pixels.
    pub width: Option<u32>,
    /// The page's title.
    pub title: Option<&'a str>,
}

/// Why the address of the page cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RawError {
    /// Longer than [`URL_BYTES_MAX`] without query and fragment.
    #[error("the host and path of the page's address are longer than {URL_BYTES_MAX} bytes")]
    TooLong,
    /// Not an http or https address with a host.
    #[error(
        "the page's address is not one of the web: send it whole, such as \
         https://www.example.fr/page"
    )]
    NotWeb,
}

impl Raw {
    /// Reads the page's address. A referrer that is not an address is no referrer.
    pub fn new(address: IpAddr, agent: String, arrival: Arrival<'_>) -> Result<Self, RawError> {
        let Arrival { page, is_origin_alone, referrer, accept_language, width, title } = arrival;
        let page = bounded(page).ok_or(RawError::TooLong)?;
        let page = Url::parse(&page).map_err(|_| RawError::NotWeb)?;
        if !matches!(page.scheme(), "http" | "https") || page.host_str().is_none() {
            return Err(RawError::NotWeb);
        }
        let referrer = referrer.and_then(read_referrer);
        Ok(Self {
            address: address.to_canonical(),
            agent,
            page,
            is_origin_alone,
            referrer,
            accept_language: accept_language.map(str::to_owned),
            width,
            title: title.map(str::to_owned),
            path: OnceCell::new(),
            country: OnceCell::new(),
        })
    }

    /// The page's host, in its written form.
    pub fn page_host(&self) -> &str {
        written_host(&self.page).unwrap_or_default()
    }

    /// The page's path with everything personal taken out (see [`scrub`]), or [`PAGE_UNKNOWN`].
    pub fn path(&self, site: &Site) -> &CompactString {
        self.path.get_or_init(|| match self.is_origin_alone {
            true => CompactString::const_new(PAGE_UNKNOWN),
            false => scrub::path(&self.page, &site.query_kept),
        })
    }

    /// The page's title, scrubbed, where there is one.
    pub fn title(&self) -> Option<CompactString> {
        let title = self.title.as_deref().map(kept_text)?;
        (!title.is_empty()).then_some(title)
    }

    /// The host that led here, unless it is the site itself.
    fn referring_host(&self, site: &Site) -> Option<Cow<'_, str>> {
        let referrer = self.referrer.as_ref()?;
        let itself = written_host(referrer).is_some_and(|host| site.answers_to(host));
        if itself { None } else { referring_host(referrer) }
    }

    /// What led here: the name of a known source, else the referring host; nothing for the site
    /// itself.
    pub fn source(&self, site: &Site, sources: &Sources) -> Option<CompactString> {
        let host = self.referring_host(site)?;
        Some(sources.source(&host).name.into())
    }

    /// Of which kind the source is, or nothing without one.
    pub fn source_kind(&self, site: &Site, sources: &Sources) -> Option<&'static str> {
        self.referring_host(site).map(|host| sources.source(&host).kind.name())
    }

    /// The page of the site that led here, as its scrubbed path, or the host of another site (one
    /// value for all hosts of private networks).
    pub fn led_from(&self, site: &Site) -> Option<CompactString> {
        let referrer = self.referrer.as_ref()?;
        let itself = written_host(referrer).is_some_and(|host| site.answers_to(host));
        if itself {
            return Some(scrub::path(referrer, &site.query_kept));
        }
        referring_host(referrer).map(CompactString::from)
    }

    /// A campaign's parameter on the page's address, scrubbed; nothing where the profile keeps it
    /// out.
    pub fn campaign(&self, site: &Site, parameter: &str) -> Option<CompactString> {
        if !lets_in_channels(site) {
            return None;
        }
        self.parameter(|name| name == parameter)
    }

    /// What was searched for on the site, scrubbed and in lower case, if the page's address says
    /// it in one of the declared parameters.
    pub fn searched(&self, site: &Site) -> Option<CompactString> {
        let declared = &site.rules.search_parameters;
        if declared.is_empty() {
            return None;
        }
        let words = self.parameter(|name| declared.iter().any(|one| one == name))?;
        Some(words.to_lowercase())
    }

    fn parameter(&self, is_asked: impl Fn(&str) -> bool) -> Option<CompactString> {
        let query = self.page.query().unwrap_or_default();
        let found = pairs(query).find(|(name, _)| name.as_deref().is_some_and(&is_asked))?;
        // What cannot be read is left out: a part of a word would be another word.
        let text = kept_text(&found.1?);
        (!text.is_empty()).then_some(text)
    }

    /// The preferred language.
    pub fn language(&self) -> Option<CompactString> {
        first_language(self.accept_language.as_deref()?).map(CompactString::from)
    }

    /// The class of the window's width.
    pub fn screen(&self) -> Option<&'static str> {
        screen_class(self.width?)
    }

    /// The region of the address, where the operator's table has one.
    pub fn region(&self, countries: &Countries) -> Option<CompactString> {
        countries.region(self.address)
    }

    /// What software this is, coarsely.
    pub fn software(&self, agents: &Agents) -> Arc<Software> {
        agents.software(&self.agent)
    }

    /// The country of the address.
    pub fn country(&self, countries: &Countries) -> Option<[u8; 2]> {
        *self.country.get_or_init(|| countries.country(self.address))
    }
}

/// A path that is too long costs the referrer its path, never its host.
fn read_referrer(text: &str) -> Option<Url> {
    match bounded(text) {
        Some(text) => Url::parse(&text).ok(),
        None => Url::parse(&format!("{}/{}", origin(text)?, REDACTED)).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(page: &str) -> Result<Raw, RawError> {
        let arrival = Arrival { page, ..Arrival::default() };
        Raw::new("192.0.2.1".parse().unwrap(), "agent".into(), arrival)
    }

    #[test]
    fn only_addresses_of_the_web_are_pages() {
        assert!(raw("https://www.example.fr/a").is_ok() && raw("//www.example.fr/a").is_ok());
        assert_eq!(raw("https://www.example.fr./a").unwrap().page_host(), "www.example.fr");
        for wrong in
            ["", "/a", "file:///etc/passwd", "javascript:alert(1)", "http://", "https://a b/"]
        {
            assert_eq!(raw(wrong).err(), Some(RawError::NotWeb), "{wrong}");
        }
    }

    #[test]
    fn the_limit_of_an_address_is_exact() {
        let longest = format!("https://a.fr/{}", "x".repeat(URL_BYTES_MAX - 13));
        assert!(raw(&longest).is_ok());
        assert_eq!(raw(&format!("{longest}x")).err(), Some(RawError::TooLong));
        assert!(raw(&format!("{longest}?{}#{longest}", "x".repeat(60_000))).is_ok());
    }

    #[test]
    fn a_referrer_that_is_too_long_keeps_its_host() {
        for tail in ["?x=", "#", ""] {
            let long = format!("https://m.baidu.com/tc{tail}{}", "x".repeat(2_500));
            let referrer = read_referrer(&long).unwrap();
            assert_eq!(referring_host(&referrer), Some("m.baidu.com".into()), "{tail}");
        }
        assert_eq!(read_referrer(&"x".repeat(2_500)), None);
    }
}
