//! What is made of the figures: re-uses that people declare, and how often files are downloaded.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::ReuseKind;
use crate::store::StoreError;

/// Re-uses that may wait to be looked at: more than anybody reads in a week.
pub const REUSES_WAITING_MAX: usize = 1_000;

/// A re-use as it is declared. Nothing of it is about the person who declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReuse {
    /// Its name.
    pub title: String,
    /// Where it is found, which tells re-uses apart.
    pub url: String,
    /// What it is.
    pub kind: ReuseKind,
    /// The catalogue's identifiers of what it uses.
    pub datasets: Vec<String>,
    /// What it does; it may be empty.
    pub description: String,
}

/// What became of a declared re-use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReuseState {
    /// Nobody has looked at it yet.
    Pending,
    /// Everybody sees it.
    Published,
    /// Nobody sees it.
    Refused,
}

impl ReuseState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Published, Self::Refused];

    /// The state of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Its name in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Published => "published",
            Self::Refused => "refused",
        }
    }
}

/// A declared re-use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reuse {
    /// Its number, which is never given again.
    pub id: i64,
    /// What was declared.
    pub declared: NewReuse,
    /// When it was declared.
    pub declared_at: Timestamp,
    /// What became of it.
    pub state: ReuseState,
    /// When that was decided.
    pub decided_at: Option<Timestamp>,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// What a declaration led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// It waits to be looked at.
    Waits,
    /// Its address was declared before.
    Known(ReuseState),
    /// As many as may wait are waiting.
    Full,
}

/// How many re-uses are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReuseCounts {
    /// Waiting to be looked at.
    pub pending: u64,
    /// Seen by everybody.
    pub published: u64,
    /// Refused.
    pub refused: u64,
}

/// The register of re-uses.
pub trait Reuses {
    /// The re-uses in a state, in the order in which they were declared.
    fn reuses(&self, state: ReuseState) -> Result<Vec<Reuse>, StoreError>;
    /// How many there are in each state.
    fn reuse_counts(&self) -> Result<ReuseCounts, StoreError>;
    /// Lets a re-use wait to be looked at.
    fn declare_reuse(&self, new: &NewReuse, now: Timestamp) -> Result<Declared, StoreError>;
    /// Publishes a re-use, whatever was decided before; says whether there is such a one.
    fn publish_reuse(&self, id: i64, now: Timestamp) -> Result<bool, StoreError>;
    /// Refuses a re-use, whatever was decided before; says whether there is such a one.
    fn refuse_reuse(&self, id: i64, reason: &str, now: Timestamp) -> Result<bool, StoreError>;
}

/// Downloads of one kind of file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownloadLine {
    /// On which day in UTC.
    pub date: Date,
    /// A host, the name of an organisation, or `all`.
    pub about: String,
    /// Which dataset or register.
    pub dataset: String,
    /// Its extension.
    pub format: String,
    /// How many.
    pub downloads: u64,
}

/// Downloads of a month, whatever the files were about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthOfDownloads {
    /// The first day of the month.
    pub month: Date,
    /// Which dataset or register.
    pub dataset: String,
    /// Its extension.
    pub format: String,
    /// How many.
    pub downloads: u64,
}

/// The counts of downloads.
pub trait Downloads {
    /// Notes that downloads are counted from now on, unless they are already.
    fn begin_downloads(&self, now: Timestamp) -> Result<(), StoreError>;
    /// Since when downloads are counted; nothing if they never were.
    fn downloads_began(&self) -> Result<Option<Timestamp>, StoreError>;
    /// Adds to the counts, all lines or none.
    fn add_downloads(&self, lines: &[DownloadLine]) -> Result<(), StoreError>;
    /// The counts of each month in UTC, by month, dataset and format, up to a day and without it.
    fn downloads_by_month(&self, before: Date) -> Result<Vec<MonthOfDownloads>, StoreError>;
    /// Downloads from one day in UTC to another, the last one included.
    fn downloads(&self, first: Date, last: Date) -> Result<u64, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_read_as_they_are_written() {
        for state in ReuseState::ALL {
            assert_eq!(ReuseState::named(state.name()), Some(state));
        }
        assert_eq!(ReuseState::named("waiting"), None);
    }
}
