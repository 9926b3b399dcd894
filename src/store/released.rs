//! What was let out: tables of published figures, and the files made of them.

use hashbrown::HashSet;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::{Period, Site};
use crate::privacy::Published;
use crate::privacy::disclosure::audit::Record;
use crate::store::{By, StoreError};

/// The hours of a whole site, where a dimension's code is asked for.
pub const HOURS: u8 = u8::MAX;

/// Days back to which a name was published that a day knows: two months, so that one of them is
/// whole.
pub const NAMES_DAYS: i64 = 62;

/// One day, month or year, as it was let out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its number, in the order in which releases were made.
    pub id: i64,
    /// A host, the name of an organisation, or `all`.
    pub about: String,
    /// The period.
    pub period: Period,
    /// Which revision, from 1.
    pub revision: u32,
    /// When it was made.
    pub released: Timestamp,
    /// The version of the program.
    pub generator: String,
    /// The version of the rules of disclosure control.
    pub rule: String,
    /// How the days were collected, by commas.
    pub method: String,
    /// Why there is this revision, if it is not the first.
    pub reason: Option<String>,
    /// What it was made of: the change of a day, or the sum of the revisions of its parts.
    pub made_of: i64,
}

/// Which scales may cover a period, so that each line of the answer is made of whole tables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scales {
    /// Days alone.
    Days,
    /// Days and months.
    Months,
    /// All.
    Years,
}

impl Scales {
    /// Those that the lines of an answer may be made of.
    pub fn of(by: By) -> Self {
        match by {
            By::Nothing | By::Value(_) | By::Year => Self::Years,
            By::Month => Self::Months,
            By::Hour | By::Day | By::Week => Self::Days,
        }
    }
}

/// A file that is released, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedFile {
    /// The dataset.
    pub dataset: String,
    /// Its extension.
    pub format: String,
    /// Its length.
    pub bytes: u64,
    /// The hash of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// The bytes of a released file.
#[derive(Clone, Debug)]
pub struct FileContent {
    /// The release it belongs to.
    pub release: Release,
    /// What it is.
    pub file: ReleasedFile,
    /// Its bytes, in one zstd frame.
    pub packed: Vec<u8>,
}

/// A table that is released: of which dimensions it is.
pub struct NewTable {
    /// The dimension's code, [`crate::store::WHOLE_SITE`] or [`HOURS`].
    pub first: u8,
    /// That of the crossed one, or 0.
    pub second: u8,
    /// The figures.
    pub published: Published,
}

/// A release that is about to be written.
pub struct NewRelease<'a> {
    /// The release; its number is given by the store.
    pub release: Release,
    /// The site whose tables they are; nothing for sums of sites, which have files alone.
    pub site: Option<&'a Site>,
    /// The tables.
    pub tables: Vec<NewTable>,
    /// The files, packed.
    pub files: Vec<(ReleasedFile, Vec<u8>)>,
    /// What the audit of its sums did.
    pub record: Record,
}

/// What was released of a site or of a group of sites, in short.
#[derive(Clone, Debug)]
pub struct ReleasedInShort {
    /// When its first release was made.
    pub first: Timestamp,
    /// When its last release was made.
    pub last: Timestamp,
    /// The last day of which figures are released, whether by the day, the month or the year.
    pub last_day: Date,
    /// The last month, in its latest revision, with its files.
    pub month: Option<(Release, Vec<ReleasedFile>)>,
}

/// How much was let out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReleasedCounts {
    /// The number of the last release that is counted.
    pub last: i64,
    /// Every revision of every day, month and year.
    pub releases: u64,
    /// Days of sites, each once.
    pub days: u64,
    /// Files of all releases.
    pub files: u64,
}

/// The register of what was let out.
pub trait Releases {
    /// Writes a release whole, in one transaction: tables and files are there from one moment on,
    /// or not at all. Says no if another process has made this revision meanwhile.
    fn put_release(&self, new: &NewRelease<'_>) -> Result<bool, StoreError>;
    /// The latest revision for a period.
    fn release(&self, about: &str, period: Period) -> Result<Option<Release>, StoreError>;
    /// The latest revision of each period, in the order of time: days, months and years.
    fn latest_releases(&self, about: &str) -> Result<Vec<Release>, StoreError>;
    /// Every release with its files, in the order in which they were made, from a number on.
    fn releases_after(
        &self,
        id: i64,
        most: usize,
    ) -> Result<Vec<(Release, Vec<ReleasedFile>)>, StoreError>;
    /// What was released of a site or of a group; nothing if nothing was.
    fn released_in_short(&self, about: &str) -> Result<Option<ReleasedInShort>, StoreError>;
    /// The number of the last release of all, and when it was made.
    fn last_release(&self) -> Result<Option<(i64, Timestamp)>, StoreError>;
    /// How much was let out by the releases after the one of this number.
    fn released_counts(&self, after: i64) -> Result<ReleasedCounts, StoreError>;
    /// A table, as it was let out last.
    fn released_table(
        &self,
        site: &Site,
        dimensions: (u8, u8),
        period: Period,
    ) -> Result<Option<Published>, StoreError>;
    /// The released tables whose periods lie whole within these days, in the order of time. None
    /// is of days that a longer one is of already.
    fn released_tables(
        &self,
        site: &Site,
        dimensions: (u8, u8),
        days: (Date, Date),
        scales: Scales,
    ) -> Result<Vec<(Period, Published)>, StoreError>;
    /// The labels of a breakdown that are published of a site in a day or a month that begins then
    /// or later.
    fn released_labels(
        &self,
        site: &Site,
        dimensions: (u8, u8),
        from: Date,
    ) -> Result<HashSet<String>, StoreError>;
    /// The fingerprint of the secret by which figures are rounded, if any were.
    fn secret_fingerprint(&self) -> Result<Option<Vec<u8>>, StoreError>;
    /// Notes the fingerprint of a new secret.
    fn note_secret(&self, fingerprint: &[u8], now: Timestamp) -> Result<(), StoreError>;
    /// A file: of the latest revision, or of a given one.
    fn released_file(
        &self,
        about: &str,
        period: Period,
        revision: Option<u32>,
        dataset: &str,
        format: &str,
    ) -> Result<Option<FileContent>, StoreError>;
    /// How often each past day of a site was written, by its date.
    fn day_changes(&self, site: &Site) -> Result<Vec<(Date, i64)>, StoreError>;
    /// A number that moves whenever a past day is written.
    fn last_change(&self) -> Result<i64, StoreError>;
}
