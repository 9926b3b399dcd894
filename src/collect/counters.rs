//! Counts kept in memory until the drain takes them to the store: of what was dropped and who sent
//! it, of what came without script, and from where requests seem to come.

use std::sync::{Mutex, PoisonError};

use hashbrown::HashMap;
use jiff::civil::Date;

use crate::collect::Dropped;
use crate::collect::bounds::SENDERS_PER_DAY_MAX;
use crate::model::SiteId;
use crate::store::{Arrivals, DroppedLine, HitLine, SENDER_OTHER, SenderLine};

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

/// Views by the picture, and those of them whose page was known by its origin alone.
#[derive(Default)]
struct Pictures {
    hits: u64,
    page_unknown: u64,
}

/// Counts the page views without script until the drain takes them to the store, as exactly as what
/// is dropped.
#[derive(Default)]
pub struct WithoutScriptCounters {
    counts: Mutex<HashMap<(SiteId, Date), Pictures>>,
}

impl WithoutScriptCounters {
    /// Counts one more.
    pub fn count(&self, site: SiteId, date: Date, is_page_unknown: bool) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let pictures = counts.entry((site, date)).or_default();
        pictures.hits += 1;
        pictures.page_unknown += u64::from(is_page_unknown);
    }

    /// Takes all counts.
    pub fn take(&self) -> Vec<HitLine> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = counts.drain().map(|((site, date), Pictures { hits, page_unknown })| HitLine {
            site,
            date,
            hits,
            page_unknown,
        });
        lines.collect()
    }

    /// Puts back what could not be written.
    pub fn put_back(&self, lines: Vec<HitLine>) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for HitLine { site, date, hits, page_unknown } in lines {
            let pictures = counts.entry((site, date)).or_default();
            pictures.hits += hits;
            pictures.page_unknown += page_unknown;
        }
    }
}

/// Counts what senders of no counted site sent, by host and reason. However many hosts are made up,
/// it holds a number of them.
#[derive(Default)]
pub struct SenderCounters {
    counts: Mutex<HashMap<(Date, String, &'static str), u64>>,
}

impl SenderCounters {
    /// Counts one more.
    pub fn count(&self, date: Date, host: String, dropped: Dropped) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut kind = (date, host, dropped.reason());
        if counts.len() >= SENDERS_PER_DAY_MAX && !counts.contains_key(&kind) {
            kind.1 = SENDER_OTHER.to_owned();
        }
        *counts.entry(kind).or_insert(0) += 1;
    }

    /// Takes all counts.
    pub fn take(&self) -> Vec<SenderLine> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = counts.drain().map(|((date, host, reason), hits)| SenderLine {
            date,
            host,
            reason,
            hits,
        });
        lines.collect()
    }

    /// Puts back what could not be written.
    pub fn put_back(&self, lines: Vec<SenderLine>) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for line in lines {
            *counts.entry((line.date, line.host, line.reason)).or_insert(0) += line.hits;
        }
    }
}

/// Counts from where requests seem to come, by day in UTC.
#[derive(Default)]
pub struct ArrivalCounters {
    days: Mutex<HashMap<Date, Arrivals>>,
}

impl ArrivalCounters {
    /// Adds to a day.
    pub fn add(&self, date: Date, arrivals: Arrivals) {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let day = days.entry(date).or_default();
        day.requests += arrivals.requests;
        day.of_proxy += arrivals.of_proxy;
        day.unreadable += arrivals.unreadable;
    }

    /// Takes all counts.
    pub fn take(&self) -> Vec<(Date, Arrivals)> {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        days.drain().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_senders_fill_no_memory() {
        let counters = SenderCounters::default();
        let date = jiff::civil::date(2026, 11, 28);
        for number in 0..3 * SENDERS_PER_DAY_MAX {
            counters.count(date, format!("h{number}.example"), Dropped::UnknownSite);
        }
        let lines = counters.take();
        assert_eq!(lines.len(), SENDERS_PER_DAY_MAX + 1);
        let hits: u64 = lines.iter().map(|line| line.hits).sum();
        assert_eq!(hits, 3 * SENDERS_PER_DAY_MAX as u64);
    }
}
