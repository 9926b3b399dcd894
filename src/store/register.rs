//! What is registered beside the counts: sites, organisations, breaks in series, the staff.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::{Host, OrganisationId, Site, SiteId, SiteRules, Zone};
use crate::store::StoreError;

/// A site as it is asked for.
#[derive(Clone, Debug)]
pub struct NewSite {
    /// Its own host.
    pub host: Host,
    /// Other hosts whose pages are its own.
    pub aliases: Vec<Host>,
    /// The zone of its days.
    pub zone: Zone,
    /// Query parameters that stay in a path.
    pub query_kept: Vec<String>,
    /// What it decides about its counting.
    pub rules: SiteRules,
    /// Which organisation it belongs to.
    pub organisation: Option<OrganisationId>,
    /// Are its figures invented?
    pub synthetic: bool,
}

/// An organisation in the tree: a ministry, an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its number in the store.
    pub id: OrganisationId,
    /// Its name in addresses, such as `ministere-culture`.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Its identifier in a register, such as SIREN.
    pub identifier: Option<String>,
    /// The organisation it is part of.
    pub parent: Option<OrganisationId>,
}

/// The tree of organisations.
pub trait Organisations {
    /// All of them, by their name in addresses.
    fn organisations(&self) -> Result<Vec<Organisation>, StoreError>;
    /// Adds an organisation, or replaces what is said of it.
    fn put_organisation(
        &self,
        slug: &str,
        name: &str,
        identifier: Option<&str>,
        parent: Option<&str>,
    ) -> Result<(), StoreError>;
    /// Removes an organisation that has neither sites nor parts.
    fn remove_organisation(&self, slug: &str) -> Result<(), StoreError>;
}

/// An organisation with all that is part of it, however deep. The store refuses circles.
pub fn members(all: &[Organisation], root: OrganisationId) -> Vec<OrganisationId> {
    let mut within = vec![root];
    let mut looked_at = 0;
    while let Some(&parent) = within.get(looked_at) {
        within.extend(all.iter().filter(|one| one.parent == Some(parent)).map(|one| one.id));
        looked_at += 1;
    }
    within
}

/// Why a series breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakKind {
    /// The privacy profile changed.
    Profile,
    /// What a refusal by GPC or DNT does changed.
    Refusal,
    /// The hosts that belong to the site changed.
    Hosts,
    /// What an address keeps, or which section a page lies in, changed.
    Addresses,
    /// The threshold below which nothing is published changed.
    Release,
    /// Days were counted from an access log.
    Import,
    /// Anything else, in words.
    Other,
}

impl BreakKind {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Profile => "privacy_profile",
            Self::Refusal => "refusal_policy",
            Self::Hosts => "hosts",
            Self::Addresses => "addresses",
            Self::Release => "release_rule",
            Self::Import => "import",
            Self::Other => "other",
        }
    }

    /// The kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [
            Self::Profile,
            Self::Refusal,
            Self::Hosts,
            Self::Addresses,
            Self::Release,
            Self::Import,
            Self::Other,
        ];
        all.into_iter().find(|kind| kind.name() == name)
    }
}

/// A moment after which figures do not compare with those before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Of which site.
    pub site: SiteId,
    /// From when on.
    pub began: Timestamp,
    /// Why.
    pub kind: BreakKind,
    /// What was so before.
    pub before: String,
    /// What has been so since.
    pub after: String,
    /// Did a person write it, and not Parvis itself?
    pub is_manual: bool,
}

/// The register of breaks.
pub trait Breaks {
    /// The breaks of a site in a period, in the order of time.
    fn breaks(&self, site: &Site, first: Date, last: Date) -> Result<Vec<Break>, StoreError>;
    /// Adds one.
    fn add_break(&self, one: &Break) -> Result<(), StoreError>;
}

/// The register of sites.
pub trait Sites {
    /// All sites.
    fn sites(&self) -> Result<Vec<Site>, StoreError>;
    /// Adds a site.
    fn add_site(&self, site: &NewSite, now: Timestamp) -> Result<SiteId, StoreError>;
    /// Replaces everything said of a site but its host and its zone (days of two lengths would
    /// not compare), and registers the breaks that this makes.
    fn set_site(&self, site: &Site, breaks: &[Break]) -> Result<(), StoreError>;
    /// Removes a site with all its counts.
    fn remove_site(&self, host: &Host) -> Result<(), StoreError>;
    /// A number that changes when another process has written to the store.
    fn version(&self) -> Result<i64, StoreError>;
}

/// The accounts of the staff and their open sessions.
pub trait Staff {
    /// Adds an account; the password is already hashed.
    fn add_login(&self, login: &str, password_hash: &str, now: Timestamp)
    -> Result<(), StoreError>;
    /// Is there any account?
    fn has_logins(&self) -> Result<bool, StoreError>;
    /// The hash of a login's password.
    fn password_hash(&self, login: &str) -> Result<Option<String>, StoreError>;
    /// Remembers a session by the hash of its token.
    fn open_session(
        &self,
        token_hash: &[u8],
        login: &str,
        ends: Timestamp,
    ) -> Result<(), StoreError>;
    /// Whose session this is, if it has not ended.
    fn session_login(
        &self,
        token_hash: &[u8],
        now: Timestamp,
    ) -> Result<Option<String>, StoreError>;
    /// Ends a session.
    fn close_session(&self, token_hash: &[u8]) -> Result<(), StoreError>;
}
