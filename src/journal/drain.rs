//! From the journal to the store: reads what was committed, writes whole figures, closes days that
//! ended.
//!
//! The store is told the position it reached in the same transaction as the figures, and the
//! figures are whole and not additions. So it does not matter where a crash falls: the next start
//! reads the day's journal from its beginning, knows again who was seen, and writes the same lines.

use std::path::PathBuf;
use std::sync::Arc;

use hashbrown::HashMap;
use jiff::{SignedDuration, Timestamp};

use crate::journal::entry::Entry;
use crate::journal::folder;
use crate::journal::live::Live;
use crate::journal::reading::{DayReader, Layout, Reading};
use crate::journal::tally::Tally;
use crate::journal::{Journal, JournalFault, crossed};
use crate::model::{NetworkCheck, SiteId, ZoneDay, day_number};
use crate::privacy::{NetworkKeys, Secrets};
use crate::store::{Closing, CrossedLine, JOURNAL_SITE_UNKNOWN, Place, Store};

/// How long a day stays open after its midnight. A request that came before midnight is written
/// within seconds; this is what it may take at the very most.
pub const DAY_CLOSE_GRACE: SignedDuration = SignedDuration::from_secs(60);

/// Only hits this young can appear among the live figures.
const LIVE_SPAN: SignedDuration = SignedDuration::from_mins(31);

struct OpenDay {
    day: ZoneDay,
    reader: DayReader,
    place: Place,
    tally: Tally,
    /// Up to which row the store had the figures when the day's file was opened.
    known_row: i64,
    /// Up to which row entries are tallied.
    row: i64,
    /// Up to which row the figures are written.
    written_row: i64,
    /// The last text learnt.
    value: u32,
    sites: FileSites,
    /// Hits whose site the store does not know.
    unknown_hits: u64,
}

/// The sites that a file has hits of, by their numbers in it.
#[derive(Default)]
struct FileSites {
    last: u32,
    known: HashMap<u32, Whose>,
}

/// Whose hits those of a number are.
#[derive(Clone, Copy)]
enum Whose {
    Site(SiteId),
    /// The site was removed, and its hits with it.
    Removed,
    /// The store has never known it, so it is older than the journal.
    Unknown,
}

impl FileSites {
    /// Learns the sites that are new in the file; says so where the store does not know one.
    fn learn(
        &mut self,
        reading: &Reading<'_>,
        store: &dyn Store,
        day: &ZoneDay,
    ) -> Result<(), JournalFault> {
        let new = reading.sites_after(self.last)?;
        if new.is_empty() {
            return Ok(());
        }
        let sites = store.sites()?;
        for (number, identity) in new {
            let whose = match sites.iter().find(|site| site.identity == identity) {
                Some(site) => Whose::Site(site.id),
                None if store.was_removed(identity)? => Whose::Removed,
                None => {
                    tracing::error!(
                        "the journal of {day} has views of a site that the store has never known: \
                         the store is older than the journal. They are given to no other site; \
                         restore the newer store while the day is open, or they are counted as \
                         {JOURNAL_SITE_UNKNOWN}"
                    );
                    Whose::Unknown
                }
            };
            self.known.insert(number, whose);
            self.last = number;
        }
        Ok(())
    }

    /// What a batch names that is not in the file, if anything.
    fn lacks(&self, entries: &[Entry], last_text: u32) -> Option<String> {
        entries.iter().find_map(|entry| {
            if self.of(entry).is_none() {
                return Some(format!("site {}", entry.site));
            }
            let text = entry.values().find(|number| *number > last_text)?;
            Some(format!("text {text}"))
        })
    }

    /// Whose an entry is; nothing where the file does not say it.
    fn of(&self, entry: &Entry) -> Option<Whose> {
        self.known.get(&entry.site).copied()
    }
}

/// The drain. It is stepped from one thread.
pub struct Drain {
    folder: PathBuf,
    store: Arc<dyn Store>,
    journal: Arc<Journal>,
    secrets: Secrets,
    live: Arc<Live>,
    open: Vec<OpenDay>,
}

impl Drain {
    /// Prepares to drain the journal of this folder.
    pub fn new(
        folder: PathBuf,
        store: Arc<dyn Store>,
        journal: Arc<Journal>,
        secrets: Secrets,
        live: Arc<Live>,
    ) -> Self {
        Self { folder, store, journal, secrets, live, open: Vec::new() }
    }

    /// Brings the store up to what is committed, and closes the days that have ended. After an
    /// error nothing is lost: the next step does what this one could not. Where the data folder is
    /// gone from under the service, nothing is counted and nothing is taken.
    pub fn step(&mut self, now: Timestamp) -> Result<(), JournalFault> {
        let kept = self.store.is_kept();
        self.journal.refuse(kept.as_ref().err().map(ToString::to_string));
        kept?;
        self.find_days(now)?;
        let mut damaged = Vec::new();
        for open in &mut self.open {
            if !open.place.is_kept() {
                damaged.push(open.day.clone());
                continue;
            }
            match open.read_on(&self.store, &self.live, now) {
                Ok(()) => open.write(self.store.as_ref())?,
                Err(fault) if fault.is_damage() => damaged.push(open.day.clone()),
                Err(fault) => return Err(fault),
            }
        }
        damaged.iter().try_for_each(|day| self.repair(day, now))?;
        self.close_ended(now)
    }

    /// Lets go of a day whose file is damaged; the next step counts anew what of it is whole.
    fn repair(&mut self, day: &ZoneDay, now: Timestamp) -> Result<(), JournalFault> {
        self.open.retain(|open| open.day != *day);
        self.journal.repair(day, now)
    }

    /// Opens the files of days that have appeared.
    fn find_days(&mut self, now: Timestamp) -> Result<(), JournalFault> {
        for day in folder::days_on_disk(&self.folder)? {
            if self.open.iter().any(|open| open.day == day) {
                continue;
            }
            let reader = match DayReader::open(&self.folder, &day) {
                Ok(reader) => reader,
                Err(fault) if fault.is_damage() => {
                    self.repair(&day, now)?;
                    continue;
                }
                Err(fault) => return Err(fault),
            };
            // The writer makes its tables in a moment.
            if reader.layout() == Layout::Empty {
                continue;
            }
            let known_row = self.store.position(&day)? as i64;
            let path = folder::path(&self.folder, &day);
            let place = Place::of(&path).map_err(|error| JournalFault::Folder(path, error))?;
            self.open.push(OpenDay {
                reader,
                place,
                tally: Tally::new(day.clone()),
                day,
                known_row,
                row: 0,
                written_row: 0,
                value: 0,
                sites: FileSites::default(),
                unknown_hits: 0,
            });
        }
        Ok(())
    }

    fn close_ended(&mut self, now: Timestamp) -> Result<(), JournalFault> {
        let ended = |day: &ZoneDay| day.has_ended(now - DAY_CLOSE_GRACE);
        while let Some(place) = self.open.iter().position(|open| ended(&open.day)) {
            let day = self.open[place].day.clone();
            self.journal.release_day(&day)?;
            let open = &mut self.open[place];
            let keys = &self.secrets.networks;
            let closing = match open.closing(&self.store, &self.live, keys, now) {
                Ok(closing) => closing,
                Err(fault) if fault.is_damage() => {
                    self.repair(&day, now)?;
                    continue;
                }
                Err(fault) => return Err(fault),
            };
            self.store.close_day(&day, &closing, now)?;
            self.open.remove(place);
            folder::delete(&self.folder, &day)?;
            self.secrets.salts.destroy(&day)?;
            tracing::info!("{day} is final");
        }
        self.secrets.networks.forget_ended(now - DAY_CLOSE_GRACE);
        // A salt can be without a journal: when the service stopped between the two deletions, or
        // when no hit of the day could be written.
        for day in self.secrets.salts.days_on_disk()? {
            if ended(&day) && !self.open.iter().any(|open| open.day == day) {
                self.secrets.salts.destroy(&day)?;
            }
        }
        Ok(())
    }
}

impl OpenDay {
    /// Counts what was committed since the last time. Each batch is counted whole or not at all,
    /// so that an error in the middle leaves nothing counted twice.
    fn read_on(
        &mut self,
        store: &Arc<dyn Store>,
        live: &Live,
        now: Timestamp,
    ) -> Result<(), JournalFault> {
        let parity = (day_number(self.day.date) & 1) as u32;
        let young = now - LIVE_SPAN;
        let Self { reader, tally, row, value, sites, unknown_hits, .. } = self;
        let reading = reader.begin()?;
        sites.learn(&reading, store.as_ref(), &self.day)?;
        for mut learnt in reading.values_after(*value)? {
            *value = learnt.id;
            if let Some(Whose::Site(site)) = sites.known.get(&learnt.site.0) {
                learnt.site = *site;
                tally.learn(learnt);
            }
        }
        reading.batches_after(*row, |batch, entries| {
            if let Some(what) = sites.lacks(entries, *value) {
                return Err(reading.damaged(format!("{what}, which batch {batch} names")));
            }
            for entry in entries {
                match sites.of(entry) {
                    Some(Whose::Site(site)) => entry.site = site.0,
                    Some(Whose::Unknown) => {
                        *unknown_hits += 1;
                        continue;
                    }
                    Some(Whose::Removed) | None => continue,
                }
                let seen = tally.add(entry);
                if seen.received >= young {
                    live.note(&seen, parity);
                }
            }
            *row = batch;
            Ok(())
        })?;
        if *row < self.known_row {
            let counted = self.known_row;
            return Err(reading.damaged(format!("its end: {counted} batches were counted of it")));
        }
        for site in self.tally.sites() {
            live.note_today(site, self.tally.today(site), self.day.end());
        }
        Ok(())
    }

    /// The whole day, which is read to its end once more for its crossings.
    fn closing(
        &mut self,
        store: &Arc<dyn Store>,
        live: &Live,
        keys: &NetworkKeys,
        now: Timestamp,
    ) -> Result<Closing, JournalFault> {
        self.read_on(store, live, now)?;
        let changes = self.tally.everything(self.row as u64);
        let crossed = self.crossed()?;
        let bucketed = self.bucketed(store.as_ref(), keys)?;
        Ok(Closing { changes, crossed, bucketed, unknown_hits: self.unknown_hits })
    }

    /// The sites of which the buckets of every visitor are known, with what tells their key.
    fn bucketed(
        &self,
        store: &dyn Store,
        keys: &NetworkKeys,
    ) -> Result<Vec<(SiteId, Option<NetworkCheck>)>, JournalFault> {
        let sites = store.sites()?;
        let mut bucketed = Vec::new();
        for id in self.tally.bucketed() {
            let Some(site) = sites.iter().find(|site| site.id == id) else { continue };
            let key = keys.known(&self.day, &site.host)?;
            bucketed.push((id, key.map(|key| key.check())));
        }
        Ok(bucketed)
    }

    /// The day's crossings, from the entries that are tallied.
    fn crossed(&self) -> Result<Vec<CrossedLine>, JournalFault> {
        crossed::crossings(&self.tally, &|show| {
            let reading = self.reader.begin()?;
            let mut last = 0;
            reading.batches_after(0, |batch, entries| {
                last = batch;
                for entry in entries {
                    if let Some(Whose::Site(site)) = self.sites.of(entry) {
                        entry.site = site.0;
                        show(entry);
                    }
                }
                Ok(())
            })?;
            if last == self.row { Ok(()) } else { Err(reading.damaged("its end".to_owned())) }
        })
    }

    fn write(&mut self, store: &dyn Store) -> Result<(), JournalFault> {
        if self.row > self.written_row.max(self.known_row) {
            store.write(&self.day, &self.tally.changes(self.row as u64))?;
            self.tally.written();
            self.written_row = self.row;
        }
        Ok(())
    }
}
