//! Counts kept in memory until the drain takes them to the store: of what was dropped and who sent
//! it, of what came without script, and from where requests seem to come.

use std::hash::BuildHasher;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use hashbrown::{DefaultHashBuilder, HashMap};
use jiff::civil::Date;

use crate::collect::bounds::SENDERS_PER_DAY_MAX;
use crate::collect::{Client, Dropped};
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

/// How far the most frequent private address may lead: so many requests from others, and it is
/// another one.
const LEAD_MAX: u32 = 100;

/// The private address from which most requests come, by the vote of Boyer and Moore (1981): as a
/// hash under a key of this start, never as the address.
#[derive(Default)]
struct PrivateMajority {
    hashes: DefaultHashBuilder,
    candidate: u64,
    lead: u32,
}

impl PrivateMajority {
    /// Takes one more request in; says whether it is from that address.
    fn is_from(&mut self, address: IpAddr) -> bool {
        let hash = self.hashes.hash_one(address);
        if self.lead == 0 {
            self.candidate = hash;
        }
        let is_from = hash == self.candidate;
        self.lead = if is_from { LEAD_MAX.min(self.lead + 1) } else { self.lead - 1 };
        is_from
    }
}

/// Counts from where requests seem to come, by day in UTC.
#[derive(Default)]
pub struct ArrivalCounters {
    days: Mutex<(HashMap<Date, Arrivals>, PrivateMajority)>,
}

impl ArrivalCounters {
    /// Counts one more. Readers of a network of one's own have private addresses, but not the same.
    pub fn count(&self, date: Date, client: &Client) {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let (days, majority) = &mut *days;
        let is_private_proxy = client.is_private && majority.is_from(client.address);
        let day = days.entry(date).or_default();
        day.requests += 1;
        day.of_proxy += u64::from(client.is_proxy || is_private_proxy);
        day.unreadable += u64::from(client.is_unreadable);
    }

    /// Puts back what could not be written.
    pub fn put_back(&self, date: Date, arrivals: Arrivals) {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        let day = days.0.entry(date).or_default();
        day.requests += arrivals.requests;
        day.of_proxy += arrivals.of_proxy;
        day.unreadable += arrivals.unreadable;
    }

    /// Takes all counts.
    pub fn take(&self) -> Vec<(Date, Arrivals)> {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        days.0.drain().collect()
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

    /// How many of these requests from private addresses seem to come from one proxy.
    fn of_proxy(addresses: impl Iterator<Item = u8>) -> u64 {
        let counters = ArrivalCounters::default();
        for last in addresses {
            let address = IpAddr::from([10, 1, 2, last]);
            let client =
                Client { address, is_proxy: false, is_private: true, is_unreadable: false };
            counters.count(jiff::civil::date(2026, 11, 28), &client);
        }
        counters.take().iter().map(|(_, day)| day.of_proxy).sum()
    }

    #[test]
    fn one_private_address_of_all_requests_is_a_proxy_and_many_are_readers() {
        assert_eq!(of_proxy([7; 100].into_iter()), 100);
        assert!(of_proxy((0..100).map(|number| if number % 20 == 0 { 9 } else { 7 })) >= 90);
        assert!(of_proxy(0..100) <= 50);
        assert!(of_proxy((0..100).map(|number| number % 2)) <= 50);
        // Another address than before is found, however long the first one was the only one.
        assert!(of_proxy([7; 1_000].into_iter().chain([8; 1_000])) >= 1_700);
    }
}
