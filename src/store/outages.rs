//! Times in which hits were lost, or could not be counted, though the collector ran.

use jiff::Timestamp;

use crate::model::{SiteIdentity, Words, Zone, ZoneDay};
use crate::store::{StoreError, Uptime};

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

/// The intervals in which the collector ran without the outages that lie in them.
pub fn without(mut intervals: Vec<Uptime>, outages: &[Outage]) -> Vec<Uptime> {
    for Outage { from, to, .. } in outages {
        let mut left = Vec::with_capacity(intervals.len() + 1);
        for one in intervals {
            if *to <= one.started || one.seen <= *from {
                left.push(one);
                continue;
            }
            if one.started < *from {
                left.push(Uptime { seen: *from, ..one.clone() });
            }
            if *to < one.seen {
                left.push(Uptime { started: *to, ..one });
            }
        }
        intervals = left;
    }
    intervals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn up(started: i64, seen: i64) -> Uptime {
        Uptime { started: at(started), seen: at(seen), tracker: String::new() }
    }

    #[test]
    fn an_outage_is_cut_out_of_the_intervals_it_lies_in() {
        let left = |outages: &[(i64, i64)]| {
            let outage = |&(from, to)| Outage {
                zone: None,
                from: at(from),
                to: at(to),
                reason: OutageReason::JournalDamaged,
                noted: at(to),
                detail: String::new(),
            };
            let outages: Vec<_> = outages.iter().map(outage).collect();
            let left = without(vec![up(0, 100), up(200, 300)], &outages);
            left.iter().map(|one| (one.started.as_second(), one.seen.as_second())).collect()
        };
        let is = |outages: &[(i64, i64)], expected: &[(i64, i64)]| {
            let found: Vec<(i64, i64)> = left(outages);
            assert_eq!(found, expected, "{outages:?}");
        };
        is(&[(120, 180)], &[(0, 100), (200, 300)]);
        is(&[(20, 30)], &[(0, 20), (30, 100), (200, 300)]);
        is(&[(0, 250)], &[(250, 300)]);
        is(&[(90, 210), (0, 10)], &[(10, 90), (210, 300)]);
        is(&[(-5, 400)], &[]);
    }
}
