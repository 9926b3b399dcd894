//! A counted site: its host, the other hosts it answers to, its time zone and what its addresses
//! may keep.

use std::fmt;
use std::sync::Arc;

use hashbrown::HashMap;

use crate::model::rules::SiteRules;
use crate::model::time::Zone;

/// Longest host name of the Domain Name System, in bytes (RFC 1035 §2.3.4, without the final dot).
pub const HOST_BYTES_MAX: usize = 253;

/// The number of a site in the store and the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SiteId(pub u32);

/// The number of an organisation in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationId(pub u32);

/// A host name in its one written form: lower case, internationalised names in ASCII (`xn--…`),
/// no port, no final dot. Two names that only look alike stay two names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Host(Arc<str>);

/// Why a text is not a host name.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum HostError {
    /// Empty, or longer than [`HOST_BYTES_MAX`].
    #[error("a host name has 1 to {HOST_BYTES_MAX} bytes, such as www.example.fr")]
    Length,
    /// Not a host name by the URL standard.
    #[error(
        "not a host name: write it as in the address bar, such as www.example.fr, without https:// \
         or a path"
    )]
    Form,
}

impl Host {
    /// Reads a host name as a person or a beacon writes it.
    pub fn parse(text: &str) -> Result<Self, HostError> {
        let text = text.trim().trim_end_matches('.');
        if text.is_empty() || text.len() > HOST_BYTES_MAX {
            return Err(HostError::Length);
        }
        let host = url::Host::parse(text).map_err(|_| HostError::Form)?;
        Ok(Self(host.to_string().into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Host {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// One counted site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its number in the store.
    pub id: SiteId,
    /// Its host: the name it has in addresses, files and the tag.
    pub host: Host,
    /// Other hosts whose pages belong to it.
    pub aliases: Vec<Host>,
    /// The zone whose midnight ends its day.
    pub zone: Zone,
    /// Query parameters that say which page it is, and so stay in its path. Empty by default.
    pub query_kept: Vec<String>,
    /// What it has decided about its counting.
    pub rules: SiteRules,
    /// Which organisation it belongs to.
    pub organisation: Option<OrganisationId>,
    /// True when its figures are invented to show the product: said wherever they are shown.
    pub synthetic: bool,
}

/// Every counted site, found by any of its hosts.
#[derive(Debug, Default)]
pub struct Sites {
    by_host: HashMap<Host, Arc<Site>>,
    ordered: Vec<Arc<Site>>,
}

impl Sites {
    /// Gathers the sites, ordered by host.
    pub fn new(sites: Vec<Site>) -> Self {
        let mut gathered = Self::default();
        for site in sites {
            let site = Arc::new(site);
            for host in site.aliases.iter().chain([&site.host]) {
                gathered.by_host.insert(host.clone(), site.clone());
            }
            gathered.ordered.push(site);
        }
        gathered.ordered.sort_by(|left, right| left.host.cmp(&right.host));
        gathered
    }

    /// The site that has this host, as its own or as an alias. The host is in its written form.
    pub fn by_host(&self, host: &str) -> Option<&Arc<Site>> {
        self.by_host.get(host)
    }

    /// All of them, by host.
    pub fn all(&self) -> &[Arc<Site>] {
        &self.ordered
    }
}

/// Lets the map of hosts be asked with a plain text.
impl std::borrow::Borrow<str> for Host {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Site {
    /// A site of which nothing more is said.
    pub fn new(id: SiteId, host: Host, zone: Zone) -> Self {
        Self {
            id,
            host,
            aliases: Vec::new(),
            zone,
            query_kept: Vec::new(),
            rules: SiteRules::default(),
            organisation: None,
            synthetic: false,
        }
    }

    /// Is this host, in its written form, the site's own or one of its aliases?
    pub fn answers_to(&self, host: &str) -> bool {
        self.host.as_str() == host || self.aliases.iter().any(|alias| alias.as_str() == host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_one_written_form() {
        assert_eq!(
            Host::parse("WWW.Éducation.Example.").unwrap().as_str(),
            "www.xn--ducation-90a.example"
        );
        assert_eq!(Host::parse("127.0.0.1").unwrap().as_str(), "127.0.0.1");
        assert_eq!(Host::parse(""), Err(HostError::Length));
        assert_eq!(Host::parse(&"a".repeat(300)), Err(HostError::Length));
        for wrong in ["https://example.fr", "example.fr/path", "a b", "exa\0mple.fr"] {
            assert_eq!(Host::parse(wrong), Err(HostError::Form), "{wrong:?}");
        }
    }

    #[test]
    fn a_homograph_is_another_host() {
        // The first letter is Cyrillic.
        let fake = Host::parse("еducation.gouv.fr").unwrap();
        assert_ne!(fake, Host::parse("education.gouv.fr").unwrap());
        assert!(fake.as_str().starts_with("xn--"));
    }
}
