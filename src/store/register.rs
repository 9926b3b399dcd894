//! What is registered beside the counts: sites, organisations, the staff.

use jiff::Timestamp;

use crate::model::{Host, OrganisationId, Site, SiteId, SiteRules, Zone};
use crate::store::{Break, StoreError};

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

/// An account, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The name to sign in with.
    pub login: String,
    /// When it was added.
    pub added_at: Timestamp,
    /// Its sessions that have not ended.
    pub sessions: u64,
}

/// The accounts of the staff and their open sessions.
pub trait Staff {
    /// Adds an account; the password is already hashed.
    fn add_login(&self, login: &str, password_hash: &str, now: Timestamp)
    -> Result<(), StoreError>;
    /// Adds an account if there is none at all; false if there is one.
    fn add_first_login(
        &self,
        login: &str,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Is there any account?
    fn has_logins(&self) -> Result<bool, StoreError>;
    /// All accounts, by login, with the number of their sessions.
    fn accounts(&self, now: Timestamp) -> Result<Vec<Account>, StoreError>;
    /// The hash of a login's password.
    fn password_hash(&self, login: &str) -> Result<Option<String>, StoreError>;
    /// Gives an account another password and ends its sessions, both or neither.
    fn set_password(&self, login: &str, password_hash: &str) -> Result<(), StoreError>;
    /// Removes an account with its sessions.
    fn remove_login(&self, login: &str) -> Result<(), StoreError>;
    /// Remembers a session by the hash of its token, if the account still has the password that
    /// was checked; false if it has not.
    fn open_session(
        &self,
        token_hash: &[u8],
        login_and_password_hash: (&str, &str),
        ends: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Whose session this is, if it has not ended.
    fn session_login(
        &self,
        token_hash: &[u8],
        now: Timestamp,
    ) -> Result<Option<String>, StoreError>;
    /// Ends a session.
    fn close_session(&self, token_hash: &[u8]) -> Result<(), StoreError>;
    /// Deletes the sessions whose time is over.
    fn delete_ended_sessions(&self, now: Timestamp) -> Result<(), StoreError>;
}
