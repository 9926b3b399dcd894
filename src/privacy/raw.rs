//! What a request says about a person, for the length of the request: readable here, printable
//! nowhere.

use std::net::IpAddr;

use compact_str::CompactString;
use url::Url;

use crate::model::Site;
use crate::privacy::scrub;
use crate::signal::{Agents, Countries, Software, referring_host};

/// Longest address of a page or a referrer, in bytes. Browsers and proxies agree on about 2,000.
pub const URL_BYTES_MAX: usize = 2_048;

/// An address, an agent, a page and where its reader came from. It has no `Debug`, no `Display`
/// and no `Serialize`, and its fields are closed: only coarse answers leave it.
pub struct Raw {
    pub(super) address: IpAddr,
    pub(super) agent: String,
    page: Url,
    referrer: Option<Url>,
}

/// Why the address of the page cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RawError {
    /// Longer than [`URL_BYTES_MAX`].
    #[error(
        "the page's address is longer than {URL_BYTES_MAX} bytes; send it without its query string"
    )]
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
    pub fn new(
        address: IpAddr,
        agent: String,
        page: &str,
        referrer: Option<&str>,
    ) -> Result<Self, RawError> {
        if page.len() > URL_BYTES_MAX {
            return Err(RawError::TooLong);
        }
        let page = Url::parse(page).map_err(|_| RawError::NotWeb)?;
        if !matches!(page.scheme(), "http" | "https") || page.host_str().is_none() {
            return Err(RawError::NotWeb);
        }
        let referrer = referrer
            .filter(|text| !text.is_empty() && text.len() <= URL_BYTES_MAX)
            .and_then(|text| Url::parse(text).ok());
        Ok(Self { address: address.to_canonical(), agent, page, referrer })
    }

    /// The page's host, in its written form.
    pub fn page_host(&self) -> &str {
        self.page.host_str().unwrap_or_default()
    }

    /// The page's path with everything personal taken out (see [`scrub`]).
    pub fn path(&self, site: &Site) -> CompactString {
        scrub::path(&self.page, &site.query_kept)
    }

    /// The host that led here, unless it is the site itself.
    pub fn source(&self, site: &Site) -> Option<&str> {
        let referrer = self.referrer.as_ref()?;
        let itself = referrer.host_str().is_some_and(|host| site.answers_to(host));
        if itself { None } else { referring_host(referrer) }
    }

    /// What software this is, coarsely.
    pub fn software(&self, agents: &Agents) -> Software {
        agents.software(&self.agent)
    }

    /// The country of the address.
    pub fn country(&self, countries: &Countries) -> Option<[u8; 2]> {
        countries.country(self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(page: &str) -> Result<Raw, RawError> {
        Raw::new("192.0.2.1".parse().unwrap(), "agent".into(), page, None)
    }

    #[test]
    fn only_addresses_of_the_web_are_pages() {
        assert!(raw("https://www.example.fr/a").is_ok());
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
    }
}
