//! Counts kept in memory until the drain takes them to the store: of what was dropped, and of what
//! came without script.

use std::sync::{Mutex, PoisonError};

use hashbrown::HashMap;
use jiff::civil::Date;

use crate::collect::Dropped;
use crate::model::SiteId;
use crate::store::{DroppedLine, HitLine};

/// Which requests are counted together: of which site, on which day, for which reason.
type Kind = (Option<SiteId>, Date, &'static str);

/// Counts what was dropped until the drain takes the counts to the store. After a crash at most
/// the last second's counts of this kind are missing; counts of views never are.
#[derive(Default)]
pub struct DroppedCounters {
    counts: Mutex<HashMap<Kind, u64>>,
}

impl DroppedCounters {
    /// Counts one more.
    pub fn count(&self, site: Option<SiteId>, date: Date, dropped: Dropped) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((site, date, dropped.reason())).or_insert(0) += 1;
    }

    /// Takes all counts.
    pub fn take(&self) -> Vec<DroppedLine> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = counts.drain().map(|((site, date, reason), hits)| DroppedLine {
            site,
            date,
            reason,
            hits,
        });
        lines.collect()
    }

    /// Puts back what could not be written.
    pub fn put_back(&self, lines: Vec<DroppedLine>) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for line in lines {
            *counts.entry((line.site, line.date, line.reason)).or_insert(0) += line.hits;
        }
    }
}

/// Counts the page views without script until the drain takes them to the store, as exactly as what
/// is dropped.
#[derive(Default)]
pub struct WithoutScriptCounters {
    counts: Mutex<HashMap<(SiteId, Date), u64>>,
}

impl WithoutScriptCounters {
    /// Counts one more.
    pub fn count(&self, site: SiteId, date: Date) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((site, date)).or_insert(0) += 1;
    }

    /// Takes all counts.
    pub fn take(&self) -> Vec<HitLine> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.drain().map(|((site, date), hits)| HitLine { site, date, hits }).collect()
    }

    /// Puts back what could not be written.
    pub fn put_back(&self, lines: Vec<HitLine>) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for HitLine { site, date, hits } in lines {
            *counts.entry((site, date)).or_insert(0) += hits;
        }
    }
}
