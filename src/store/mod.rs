//! What is kept for good: the sites, the staff and the counts; never a line about a person.
//!
//! A store is asked through the traits below. SQLite is the engine inside the program; a second
//! one would implement the same traits.
//!
//! Of the open day it holds what the drain last wrote, always as whole figures and never as
//! additions: writing the same change twice changes nothing, and so a crash harms nothing.

mod sqlite;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::{Host, Measures, Site, SiteId, Zone, ZoneDay, ZoneError};
use crate::privacy::Counts;

pub use sqlite::SqliteStore;

/// The whole site, where a dimension's code is asked for.
pub const WHOLE_SITE: u8 = 0;

/// What can go wrong with a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine refused; its own words say why.
    #[error("the store cannot be used: {0}")]
    Engine(#[from] rusqlite::Error),
    /// The folder cannot be used.
    #[error("the data folder {0} cannot be used: {1}")]
    Folder(std::path::PathBuf, std::io::Error),
    /// Written by a later version of Parvis.
    #[error(
        "the store was written by a later version of Parvis (schema {0}); install that version"
    )]
    FromTheFuture(i64),
    /// A host is already counted.
    #[error("{0} is already counted, by itself or as an alias of another site")]
    HostTaken(Host),
    /// There is no such site.
    #[error("no site {0}; `parvis site list` shows those there are")]
    NoSite(String),
    /// There is already such a login.
    #[error("{0} already has an account")]
    LoginTaken(String),
    /// A stored zone is unknown to this version.
    #[error(transparent)]
    Zone(#[from] ZoneError),
    /// A stored text cannot be read back.
    #[error("the store holds a value that cannot be read: {0}; run `parvis check`")]
    Damaged(String),
}

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
    /// Are its figures invented?
    pub synthetic: bool,
}

/// The register of sites.
pub trait Sites {
    /// All sites.
    fn sites(&self) -> Result<Vec<Site>, StoreError>;
    /// Adds a site.
    fn add_site(&self, site: &NewSite, now: Timestamp) -> Result<SiteId, StoreError>;
    /// Replaces a site's aliases and kept query parameters. Its zone stays: days of two lengths
    /// would not compare.
    fn set_site(
        &self,
        host: &Host,
        aliases: &[Host],
        query_kept: &[String],
    ) -> Result<(), StoreError>;
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

/// One line of counts as it now stands, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose.
    pub site: SiteId,
    /// The dimension's code, or [`WHOLE_SITE`].
    pub dimension: u8,
    /// The dimension's value; empty for the whole site.
    pub value: String,
    /// The figures.
    pub measures: Measures,
}

/// What the drain writes at once.
#[derive(Debug, Default)]
pub struct Changes {
    /// How far into the day's journal the figures reach.
    pub position: u64,
    /// Lines of the day.
    pub days: Vec<Line>,
    /// Lines of its hours, with the moment each hour began.
    pub hours: Vec<(Timestamp, Line)>,
}

/// Hits that were not counted, to be added to what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DroppedLine {
    /// Of which site; nothing when the request named none that is counted.
    pub site: Option<SiteId>,
    /// On which day, in the site's zone or else in UTC.
    pub date: Date,
    /// Why.
    pub reason: &'static str,
    /// How many.
    pub hits: u64,
}

/// Where the drain writes.
pub trait Ledger {
    /// Writes the figures of an open day, whole, in one transaction with their position.
    fn write(&self, day: &ZoneDay, changes: &Changes) -> Result<(), StoreError>;
    /// The same, and marks the day final. From then on nothing of it changes.
    fn close_day(&self, day: &ZoneDay, changes: &Changes, now: Timestamp)
    -> Result<(), StoreError>;
    /// How far into the day's journal the store has come.
    fn position(&self, day: &ZoneDay) -> Result<u64, StoreError>;
    /// The last closed day of each zone.
    fn last_closed(&self) -> Result<Vec<ZoneDay>, StoreError>;
    /// Adds to the counts of hits that were not counted.
    fn add_dropped(&self, lines: &[DroppedLine]) -> Result<(), StoreError>;
    /// Writes past days that were never open here, such as the history of the demo, at once.
    fn write_history(&self, days: &[(Date, Changes)]) -> Result<(), StoreError>;
}

/// The figures, unreadable but through `privacy::release` or a staff pass.
pub trait Figures {
    /// A site's figures by local hour of one day.
    fn hours(&self, site: &Site, date: Date) -> Result<Counts, StoreError>;
    /// A site's figures by day. Days without any hit have no line.
    fn days(&self, site: &Site, first: Date, last: Date) -> Result<Counts, StoreError>;
    /// A site's figures by one dimension over the days, most views first. No line is left out.
    fn breakdown(
        &self,
        site: &Site,
        dimension: u8,
        first: Date,
        last: Date,
    ) -> Result<Counts, StoreError>;
    /// A site's figures in one line: views, and visitors as the sum of the days.
    fn total(&self, site: &Site, first: Date, last: Date) -> Result<Counts, StoreError>;
    /// Hits not counted over the days, by reason, for staff.
    fn dropped(
        &self,
        site: &Site,
        first: Date,
        last: Date,
    ) -> Result<Vec<(String, u64)>, StoreError>;
}

/// A whole store.
pub trait Store: Sites + Staff + Ledger + Figures + Send + Sync {}

impl<Engine: Sites + Staff + Ledger + Figures + Send + Sync> Store for Engine {}
