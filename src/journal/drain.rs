//! From the journal to the store: reads what was committed, writes whole figures, closes days that
//! ended.
//!
//! The store is told the position it reached in the same transaction as the figures, and the
//! figures are whole and not additions. So it does not matter where a crash falls: the next start
//! reads the day's journal from its beginning, knows again who was seen, and writes the same lines.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::journal::file::{self, DayReader};
use crate::journal::live::Live;
use crate::journal::tally::Tally;
use crate::journal::{Journal, JournalFault, crossed};
use crate::model::{ZoneDay, day_number};
use crate::privacy::Salts;
use crate::store::{Closing, CrossedLine, Store};

/// How long a day stays open after its midnight. A request that came before midnight is written
/// within seconds; this is what it may take at the very most.
pub const DAY_CLOSE_GRACE: SignedDuration = SignedDuration::from_secs(60);

/// Only hits this young can appear among the live figures.
const LIVE_SPAN: SignedDuration = SignedDuration::from_mins(31);

struct OpenDay {
    day: ZoneDay,
    reader: DayReader,
    tally: Tally,
    /// Up to which row the store had the figures when the day's file was opened.
    known_row: i64,
    /// Up to which row entries are tallied.
    row: i64,
    /// Up to which row the figures are written.
    written_row: i64,
    /// The last text learnt.
    value: u32,
}

/// The drain. It is stepped from one thread.
pub struct Drain {
    folder: PathBuf,
    store: Arc<dyn Store>,
    journal: Arc<Journal>,
    salts: Arc<Salts>,
    live: Arc<Live>,
    open: Vec<OpenDay>,
}

impl Drain {
    /// Prepares to drain the journal of this folder.
    pub fn new(
        folder: PathBuf,
        store: Arc<dyn Store>,
        journal: Arc<Journal>,
        salts: Arc<Salts>,
        live: Arc<Live>,
    ) -> Self {
        Self { folder, store, journal, salts, live, open: Vec::new() }
    }

    /// Brings the store up to what is committed, and closes the days that have ended. After an
    /// error nothing is lost: the next step does what this one could not.
    pub fn step(&mut self, now: Timestamp) -> Result<(), JournalFault> {
        self.find_days()?;
        for open in &mut self.open {
            open.read_on(&self.live, now)?;
            open.write(self.store.as_ref())?;
        }
        self.close_ended(now)
    }

    /// Opens the files of days that have appeared.
    fn find_days(&mut self) -> Result<(), JournalFault> {
        for day in file::days_on_disk(&self.folder)? {
            if self.open.iter().any(|open| open.day == day) {
                continue;
            }
            let known_row = self.store.position(&day)? as i64;
            self.open.push(OpenDay {
                reader: DayReader::open(&self.folder, &day)?,
                tally: Tally::new(day.clone()),
                day,
                known_row,
                row: 0,
                written_row: 0,
                value: 0,
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
            open.read_on(&self.live, now)?;
            let changes = open.tally.everything(open.row as u64);
            let crossed = open.crossed()?;
            self.store.close_day(&day, &Closing { changes, crossed }, now)?;
            self.open.remove(place);
            file::delete(&self.folder, &day)?;
            self.salts.destroy(&day)?;
            tracing::info!("{day} is final");
        }
        // A salt can be without a journal: when the service stopped between the two deletions, or
        // when no hit of the day could be written.
        for day in self.salts.days_on_disk()? {
            if ended(&day) && !self.open.iter().any(|open| open.day == day) {
                self.salts.destroy(&day)?;
            }
        }
        Ok(())
    }
}

impl OpenDay {
    /// Counts what was committed since the last time. Each batch is counted whole or not at all,
    /// so that an error in the middle leaves nothing counted twice.
    fn read_on(&mut self, live: &Live, now: Timestamp) -> Result<(), JournalFault> {
        let parity = (day_number(self.day.date) & 1) as u32;
        let young = now - LIVE_SPAN;
        let Self { reader, tally, row, value, .. } = self;
        let reading = reader.begin()?;
        for learnt in reading.values_after(*value)? {
            *value = learnt.id;
            tally.learn(learnt);
        }
        reading.batches_after(*row, |batch, entries| {
            for entry in entries {
                let seen = tally.add(entry);
                if seen.received >= young {
                    live.note(&seen, parity);
                }
            }
            *row = batch;
        })?;
        for site in self.tally.sites() {
            live.note_today(site, self.tally.today(site), self.day.end());
        }
        Ok(())
    }

    /// The day's crossings, from the entries that are tallied.
    fn crossed(&self) -> Result<Vec<CrossedLine>, JournalFault> {
        crossed::crossings(&self.tally, &|show| {
            let reading = self.reader.begin()?;
            reading.batches_after(0, |_, entries| entries.iter().for_each(&mut *show))
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
