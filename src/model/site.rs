//! A counted site: its host, the other hosts it answers to, its time zone and what its addresses
//! may keep.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use hashbrown::HashMap;

use crate::model::host_name::readable_host;
use crate::model::rules::SiteRules;
use crate::model::time::Zone;

/// Longest host name of the Domain Name System, in bytes (RFC 1035 §2.3.4, without the final dot).
pub const HOST_BYTES_MAX: usize = 253;

/// Longest part of a host name between two dots, in bytes (RFC 1035 §2.3.4).
pub const LABEL_BYTES_MAX: usize = 63;

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
    /// A pattern.
    #[error(
        "a host stands for itself alone, and * for none: write each host, the one that names the \
         site first and each of the others with --alias"
    )]
    Wildcard,
    /// A part of it that no name can have.
    #[error(
        "each part of a host name between its dots has 1 to {LABEL_BYTES_MAX} letters, digits or \
         hyphens, and no hyphen at either end: write the host as the pages have it in the address \
         bar"
    )]
    Label,
    /// An address of a machine in another form than the usual one.
    #[error("browsers read this as the address {0}: write it so")]
    Address(String),
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

    /// Reads the host of a site that is to be counted: what no page's address can have is refused.
    pub fn declared(text: &str) -> Result<Self, HostError> {
        if text.contains('*') {
            return Err(HostError::Wildcard);
        }
        let typed = text.trim().trim_end_matches('.');
        let is_address = |parsed: &url::Host| !matches!(parsed, url::Host::Domain(_));
        let host = Self::parse(typed)?;
        if url::Host::parse(typed).is_ok_and(|parsed| is_address(&parsed)) {
            // Browsers read `0x7f.1` as an address, too; nobody means it.
            let is_whole = host.as_str().eq_ignore_ascii_case(typed) || typed.starts_with('[');
            return if is_whole { Ok(host) } else { Err(HostError::Address(host.to_string())) };
        }
        if host.as_str().split('.').all(is_label) { Ok(host) } else { Err(HostError::Label) }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in the letters that people write it in, if nobody can take it for another.
    pub fn readable(&self) -> Cow<'_, str> {
        readable_host(&self.0)
    }
}

/// The host of an address in its written form: the final dot of a whole name makes no other host.
pub fn written_host(address: &url::Url) -> Option<&str> {
    let host = address.host_str()?;
    Some(host.strip_suffix('.').unwrap_or(host))
}

/// Can a name in its written form be that of a host? Each of its parts between dots has letters,
/// digits and hyphens, and no hyphen at either end (RFC 1123 §2.1), or underscores, which some
/// hosts of blogs and machines have all the same.
pub fn is_possible_name(name: &str) -> bool {
    let label = |label: &str| is_label(&label.replace('_', "x"));
    (1..=HOST_BYTES_MAX).contains(&name.len()) && name.split('.').all(label)
}

/// A part of a host name between dots (RFC 1123 §2.1).
fn is_label(label: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let has_length = (1..=LABEL_BYTES_MAX).contains(&label.len());
    has_length && label.bytes().all(is_inner) && !label.starts_with('-') && !label.ends_with('-')
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

    /// The site that a host names, in any way that people write it; its own host, and no alias.
    pub fn named(&self, host: &str) -> Option<&Arc<Site>> {
        let host = Host::parse(host).ok()?;
        self.by_host(host.as_str()).filter(|site| site.host == host)
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
    fn a_site_has_a_host_that_pages_can_have() {
        for right in [
            "www.example.fr",
            "préfecture.example",
            "WWW.Example.FR.",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "a-b.example",
            "xn--prfecture-c4a.example",
            "3w.example",
        ] {
            assert!(Host::declared(right).is_ok(), "{right}");
        }
        let long = format!("{}.example", "a".repeat(64));
        for wrong in
            ["-x.example", "x-.example", "a..example", ".example", "a_b.example", &long, "a.-.fr"]
        {
            assert_eq!(Host::declared(wrong), Err(HostError::Label), "{wrong}");
        }
        for wrong in ["*.example", "*", "www.*.fr"] {
            assert_eq!(Host::declared(wrong), Err(HostError::Wildcard), "{wrong}");
        }
        for wrong in ["127.0.0.1:80", "1.2.3.4.5", "127.0.0.1x:", "[::1]x", "a.fr:80", "a,b.fr/"] {
            assert_eq!(Host::declared(wrong), Err(HostError::Form), "{wrong}");
        }
        assert_eq!(Host::declared("127.1"), Err(HostError::Address("127.0.0.1".to_owned())));
    }

    #[test]
    fn what_no_host_can_be_called_is_known() {
        for right in
            ["a.fr", "my_blog.example", "r3---sn-25ge7nsl.example", "xn--a.fr", "localhost"]
        {
            assert!(is_possible_name(right), "{right}");
        }
        let long = format!("{}.fr", "a".repeat(64));
        for wrong in
            ["", ".x", "x.", "a..fr", "*.example", "-x.fr", "x-.fr", "a,b.fr", "$x.fr", &long]
        {
            assert!(!is_possible_name(wrong), "{wrong}");
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
