//! Times in which hits were lost, or could not be counted, though the collector ran.

use jiff::Timestamp;

use crate::model::{SiteIdentity, Words, Zone, ZoneDay};
use crate::store::StoreError;

/// Why hits were lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutageReason {
    /// A part of the day's journal could not be read back.
    JournalDamaged,
    /// The machine's clock jumped, and it was not known which time it is.
    Clock,
}

impl OutageReason {
    /// Every reason.
    pub const ALL: [Self; 2] = [Self::JournalDamaged, Self::Clock];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::JournalDamaged => "journal_damaged",
            Self::Clock => "clock",
        }
    }

    /// The reason of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// What happened, in a sentence without its end.
    pub const fn title(self) -> Words {
        match self {
            Self::JournalDamaged => Words::new(
                "une partie du journal des vues était endommagée et n'a pas pu être comptée",
                "a part of the journal of views was damaged and could not be counted",
            ),
            Self::Clock => Words::new(
                "l'horloge du service de collecte était fausse",
                "the clock of the collector was wrong",
            ),
        }
    }
}

/// A time in which hits were lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// Of the sites of which zone; nothing for all.
    pub zone: Option<Zone>,
    /// From when on.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// Why.
    pub reason: OutageReason,
    /// When it was noticed.
    pub noted: Timestamp,
    /// What the operator may know of it.
    pub detail: String,
}

/// The register of such times.
pub trait Outages {
    /// Notes one, unless it is there.
    fn note_outage(&self, outage: &Outage) -> Result<(), StoreError>;
    /// Those of a zone that reach into a span of time, in order.
    fn outages(
        &self,
        zone: &Zone,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Outage>, StoreError>;
    /// The latest ones of all zones, those noticed last before the others.
    fn latest_outages(&self, count: usize) -> Result<Vec<Outage>, StoreError>;
    /// Forgets what was written of an open day, so that it can be counted anew.
    fn begin_day_anew(&self, day: &ZoneDay) -> Result<(), StoreError>;
    /// Was a site of this identity removed?
    fn was_removed(&self, identity: SiteIdentity) -> Result<bool, StoreError>;
}
