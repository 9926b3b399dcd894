//! What is written: the lines of open days, and whole days that are final.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::{Measures, NetworkCheck, NetworkSet, SiteId, ZoneDay};
use crate::store::StoreError;

/// One line of counts as it now stands, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whose.
    pub site: SiteId,
    /// The dimension's code, or [`WHOLE_SITE`].
    pub dimension: u8,
    /// The dimension's value; empty for the whole site.
    pub value: String,
    /// When the hour began that the line is about; nothing for the whole day.
    pub hour: Option<Timestamp>,
    /// The figures.
    pub measures: Measures,
    /// The buckets of its visitors' networks; nothing where they are not known.
    pub networks: Option<NetworkSet>,
}

/// What the drain writes at once.
#[derive(Debug, Default)]
pub struct Changes {
    /// How far into the day's journal the figures reach.
    pub position: u64,
    /// Lines of the day and of its hours.
    pub lines: Vec<Line>,
    /// How many hits of each site were counted on the day, whole.
    pub hits: Vec<(SiteId, u64)>,
}

/// The figures of two lines of one day together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrossedLine {
    /// The place of the one among the day's lines.
    pub first: u32,
    /// The place of the other.
    pub second: u32,
    /// The figures.
    pub measures: Measures,
    /// The buckets of its visitors' networks, as far as they are known.
    pub networks: NetworkSet,
}

/// A day that becomes final.
#[derive(Debug, Default)]
pub struct Closing {
    /// All its lines, not only those that changed.
    pub changes: Changes,
    /// Its crossed lines, in any order.
    pub crossed: Vec<CrossedLine>,
    /// The sites of which the buckets of every visitor are known, with what tells their key; with
    /// nothing where the key is lost.
    pub bucketed: Vec<(SiteId, Option<NetworkCheck>)>,
    /// Hits in the journal whose site this store does not know: it is older than the journal.
    pub unknown_hits: u64,
}

/// The reason under which they are counted.
pub const JOURNAL_SITE_UNKNOWN: &str = "journal_site_unknown";

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
    /// Writes the figures of a whole day and marks it final, in one transaction. From then on
    /// nothing of it changes.
    fn close_day(&self, day: &ZoneDay, closing: &Closing, now: Timestamp)
    -> Result<(), StoreError>;
    /// How far into the day's journal the store has come.
    fn position(&self, day: &ZoneDay) -> Result<u64, StoreError>;
    /// The days of which something is counted and that are not final.
    fn open_days(&self) -> Result<Vec<ZoneDay>, StoreError>;
    /// The last closed day of each zone.
    fn last_closed(&self) -> Result<Vec<ZoneDay>, StoreError>;
    /// Adds to the counts of hits that were not counted.
    fn add_dropped(&self, lines: &[DroppedLine]) -> Result<(), StoreError>;
    /// Writes a past day of one site that was never open here: of an import, or of the demo.
    /// Whatever the store had of the site on that day is replaced.
    fn write_past_day(
        &self,
        site: SiteId,
        date: Date,
        closing: &Closing,
        method: Method,
        imports: Option<&str>,
    ) -> Result<(), StoreError>;
    /// Writes a past day of an import, if what the store has of it is still what the import saw
    /// (see [`Ledger::past_day`]); both in one transaction. Says whether it was written.
    fn import_past_day(
        &self,
        day: (SiteId, Date),
        closing: &Closing,
        written: (Method, &str),
        seen: Option<&PastDay>,
    ) -> Result<bool, StoreError>;
    /// What the store has of a site on a past day, if anything: the method, and of an import the
    /// hash of its lines.
    fn past_day(&self, site: SiteId, date: Date) -> Result<Option<PastDay>, StoreError>;
    /// How many hits of a site were counted on a day.
    fn hits_of_day(&self, site: SiteId, date: Date) -> Result<u64, StoreError>;
    /// Gathers the days of complete months, so that long periods are read fast. `today` is the
    /// first day that is not complete. It may be called at any time, and again.
    fn gather_months(&self, today: Date) -> Result<(), StoreError>;
    /// Deletes every detail of days before this one: all but the daily figures of whole sites.
    fn delete_details_before(&self, date: Date) -> Result<(), StoreError>;
}

/// A day that the store has already: its method's name, and of an import the hash of its lines.
pub type PastDay = (String, Option<String>);

/// How the figures of a day were collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By the tag on the site's pages.
    Beacon,
    /// From the log of the site's web server.
    AccessLog,
    /// From such a log that names neither agents nor referrers (common format).
    CommonLog,
    /// Invented, to show the product.
    Synthetic,
}

impl Method {
    /// Every method, in the order in which they are named wherever there are several.
    pub const ALL: [Self; 4] = [Self::Beacon, Self::AccessLog, Self::CommonLog, Self::Synthetic];

    /// The names of some, by commas.
    pub fn names(methods: &[Self]) -> String {
        methods.iter().map(|method| method.name()).collect::<Vec<_>>().join(",")
    }

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Beacon => "beacon",
            Self::AccessLog => "access_log",
            Self::CommonLog => "access_log_common",
            Self::Synthetic => "synthetic",
        }
    }

    /// Does it count from the log of a web server?
    pub fn is_log(self) -> bool {
        matches!(self, Self::AccessLog | Self::CommonLog)
    }

    /// The method of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }
}
