//! What is kept for good: the sites, the staff and the counts; never a line about a person.
//!
//! A store is asked through the traits below. SQLite is the engine inside the program; a second
//! one would implement the same traits.
//!
//! Of the open day it holds what the drain last wrote, always as whole figures and never as
//! additions: writing the same change twice changes nothing, and so a crash harms nothing.

pub mod block;
mod breaks;
mod check;
mod collected;
mod figures;
mod ledger;
mod measured;
mod networks;
mod outages;
mod place;
mod quality;
mod register;
mod released;
mod reuses;
mod running;
mod senders;
mod sqlite;
mod withdrawals;

use crate::model::host_name::readable_host;
use crate::model::{Host, ZoneError};

pub use breaks::{Break, BreakKind, BreakWords, Breaks};
pub use check::{Checks, Report};
pub use collected::Collected;
pub use figures::{By, Figures, Filter, Question, Test};
pub use ledger::{
    Changes, Closing, CrossedLine, DroppedLine, JOURNAL_SITE_UNKNOWN, Ledger, Line, Method, PastDay,
};
pub use networks::{NetworkSets, NetworksLine};
pub use outages::{Outage, OutageReason, Outages};
pub use place::Place;
pub use quality::{
    Coverage, CoverageSource, HitLine, Quality, QualityDay, UPTIME_NOTE_EVERY, Uptime,
    down_seconds, ran_within,
};
pub use register::{Account, NewSite, Organisation, Organisations, Sites, Staff, members};
pub use released::{
    FileContent, HOURS, NAMES_DAYS, NewRelease, NewTable, Release, ReleasedCounts, ReleasedFile,
    ReleasedInShort, Releases, Scales,
};
pub use reuses::{
    Declared, DownloadLine, Downloads, MonthOfDownloads, NewReuse, REUSES_WAITING_MAX, Reuse,
    ReuseCounts, ReuseState, Reuses,
};
pub use running::without;
pub use senders::{
    ARRIVALS_MIN, ARRIVALS_PERCENT_MIN, Arrivals, SENDER_DAYS_MAX, SENDER_NONE, SENDER_OTHER,
    Sender, SenderLine, Senders,
};
pub use sqlite::SqliteStore;
pub use withdrawals::{MADE_AGAIN, Withdrawal, Withdrawals};

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
    /// It was removed, or its volume is gone, while it was open.
    #[error(
        "the store {0} is gone from under the service: put the folder or the volume back, and \
         start the service again"
    )]
    Gone(std::path::PathBuf),
    /// A look at the start found it damaged.
    #[error(
        "the store is damaged ({0}), and nothing was changed: restore a backup of the data folder; \
         `parvis check` says what else is wrong"
    )]
    Broken(String),
    /// Written by a later version of Parvis.
    #[error(
        "the store was written by a later version of Parvis (schema {0}); install that version"
    )]
    FromTheFuture(i64),
    /// A host is already counted.
    #[error("{} is already counted, by itself or as an alias of another site", .0.readable())]
    HostTaken(Host),
    /// There is no such site.
    #[error("no site {}; `parvis site list` shows those there are", readable_host(.0))]
    NoSite(String),
    /// There is already such a login.
    #[error("{0} already has an account")]
    LoginTaken(String),
    /// There is no such login.
    #[error("{0} has no account; `parvis user list` shows those there are")]
    NoLogin(String),
    /// There is no such organisation.
    #[error("no organisation {0}; `parvis organisation list` shows those there are")]
    NoOrganisation(String),
    /// Sites or other organisations belong to it.
    #[error("{0} has sites or parts; move or remove them first")]
    OrganisationInUse(String),
    /// It would be part of itself.
    #[error("{0} would be part of itself; name another parent")]
    OrganisationCircle(String),
    /// Two dimensions that are not kept together.
    #[error("these two breakdowns are not kept together")]
    NotCrossed,
    /// A stored zone is unknown to this version.
    #[error(transparent)]
    Zone(#[from] ZoneError),
    /// A stored text cannot be read back.
    #[error("the store holds a value that cannot be read: {0}; run `parvis check`")]
    Damaged(String),
}

/// A whole store.
pub trait Store:
    Sites
    + Organisations
    + Breaks
    + Staff
    + Ledger
    + Figures
    + NetworkSets
    + Releases
    + Checks
    + Quality
    + Reuses
    + Downloads
    + Senders
    + Outages
    + Withdrawals
    + Send
    + Sync
{
}

impl<Engine> Store for Engine where
    Engine: Sites
        + Organisations
        + Breaks
        + Staff
        + Ledger
        + Figures
        + NetworkSets
        + Releases
        + Checks
        + Quality
        + Reuses
        + Downloads
        + Senders
        + Outages
        + Withdrawals
        + Send
        + Sync
{
}
