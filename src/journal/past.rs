//! A past day of one site, counted in memory: the same tally as that of an open day, with nothing
//! on disk but its result.

use hashbrown::HashSet;

use crate::journal::JournalFault;
use crate::journal::crossed;
use crate::journal::entry::{Entry, Numbers};
use crate::journal::names::{PublishedBefore, published_before};
use crate::journal::tally::Tally;
use crate::model::ZoneDay;
use crate::privacy::{Hit, NetworkKey};
use crate::store::{Closing, Store};

/// The hits of one day, in any order. An entry takes about 120 bytes.
pub struct PastDay {
    day: ZoneDay,
    numbers: Numbers,
    tally: Tally,
    entries: Vec<Entry>,
}

impl PastDay {
    /// A day without hits.
    pub fn new(day: ZoneDay) -> Self {
        let tally = Tally::new(day.clone());
        Self { day, numbers: Numbers::default(), tally, entries: Vec::new() }
    }

    /// The day.
    pub fn day(&self) -> &ZoneDay {
        &self.day
    }

    /// Adds a hit, of which no name was published before.
    pub fn add(&mut self, hit: &Hit) {
        self.add_beside(hit, &|_, _| Ok(HashSet::new()));
    }

    /// Adds a hit; the store knows which names were published before.
    pub fn add_knowing(&mut self, hit: &Hit, store: &dyn Store) {
        let day = self.day.date;
        self.add_beside(hit, &|site, dimension| published_before(store, day, site, dimension));
    }

    fn add_beside(&mut self, hit: &Hit, published_before: &PublishedBefore<'_>) {
        let second = hit.received.as_second() - self.day.start().as_second();
        let second = u32::try_from(second).unwrap_or(0);
        self.entries.push(self.numbers.entry(hit, hit.site, second, published_before));
    }

    /// Counts the day, whose hits were sealed under this key.
    pub fn close(mut self, key: &NetworkKey) -> Result<Closing, JournalFault> {
        self.numbers.take_added().into_iter().for_each(|value| self.tally.learn(value));
        // A web server writes a line when its request ends; what counts is when it came.
        self.entries.sort_by_key(|entry| entry.second);
        for entry in &self.entries {
            self.tally.add(entry);
        }
        let changes = self.tally.everything(0);
        let entries = &self.entries;
        let crossed = crossed::crossings(&self.tally, &|show| {
            entries.iter().for_each(&mut *show);
            Ok(())
        })?;
        let check = Some(key.check());
        let bucketed = self.tally.bucketed().map(|site| (site, check)).collect();
        Ok(Closing { changes, crossed, bucketed, unknown_hits: 0 })
    }
}
