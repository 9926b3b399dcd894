//! The one thread that writes the journal: all hits that wait are one transaction, then each is
//! answered.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use jiff::Timestamp;

use crate::journal::file::DayWriter;
use crate::journal::reading::DayReader;
use crate::journal::recent::{GENERATION_KEYS_MAX, RecentKeys};
use crate::journal::ticket::Ticket;
use crate::journal::{JournalError, JournalFault, Stored, folder, repair};
use crate::model::ZoneDay;
use crate::privacy::Hit;
use crate::store::Store;

/// Hits of one transaction. Larger ones would make the first of them wait without making the last
/// any cheaper: at this size the cost of a commit is less than a hundredth of a microsecond a hit.
const BATCH_HITS_MAX: usize = 4_096;

/// A batch of this many shows that hits come faster than the disk's own delay gathers them.
const BUSY_HITS_MIN: usize = 8;

/// How long hits are gathered when busy. It costs a visitor's beacon nothing, and makes batches
/// of a size that pays for their commit.
const GATHER: Duration = Duration::from_micros(500);

/// Bytes of an entry with room to spare (they have about 33): so much of a journal's end is read
/// back that a whole generation of keys is in it.
const ENTRY_BYTES_LIKELY: usize = 64;

/// What the thread is told.
pub enum Command {
    /// Write a hit and settle its ticket.
    Append(Hit, Ticket),
    /// Let go of a day's file, then answer.
    ReleaseDay(ZoneDay, SyncSender<()>),
    /// Set a day's file aside if it is damaged, then answer.
    Repair(ZoneDay, Timestamp, SyncSender<Result<(), JournalFault>>),
}

/// The thread's own things.
pub struct Writer {
    folder: PathBuf,
    open: Vec<DayWriter>,
    released: Vec<ZoneDay>,
    keys: RecentKeys,
    store: Arc<dyn Store>,
    trouble: Arc<ArcSwapOption<String>>,
}

impl Writer {
    /// Looks whether the files of the folder can be used; what is damaged is set aside, and what an
    /// earlier version wrote is copied.
    pub fn open(
        folder: PathBuf,
        store: Arc<dyn Store>,
        trouble: Arc<ArcSwapOption<String>>,
        now: Timestamp,
    ) -> Result<Self, JournalFault> {
        repair::finish(&folder)?;
        for day in folder::days_on_disk(&folder)? {
            match DayWriter::open(&folder, &day) {
                Ok(_) => {}
                Err(fault) if fault.is_damage() => {
                    repair::repair(&folder, &day, &*store, now)?;
                }
                Err(fault) => return Err(fault),
            }
        }
        let keys = RecentKeys::default();
        Ok(Self { folder, open: Vec::new(), released: Vec::new(), keys, store, trouble })
    }

    /// Writes until every sender is gone and nothing waits. The keys of the latest hits are read
    /// back first, here, so that the service answers while a large journal is read; only the first
    /// beacons wait for it.
    pub fn run(mut self, commands: Receiver<Command>) {
        match self.recall_keys() {
            Ok(()) => {}
            // The drain finds it too, and has the file set aside.
            Err(fault) if fault.is_damage() => tracing::error!("{fault}"),
            Err(fault) => return self.report(&fault),
        }
        let mut batch: Vec<(Hit, Ticket)> = Vec::new();
        let mut busy = false;
        while let Ok(command) = commands.recv() {
            if busy {
                std::thread::sleep(GATHER);
            }
            let (mut releases, mut repairs) = (Vec::new(), Vec::new());
            let mut next = Some(command);
            while let Some(command) = next {
                match command {
                    Command::Append(hit, ticket) => batch.push((hit, ticket)),
                    Command::ReleaseDay(day, done) => releases.push((day, done)),
                    Command::Repair(day, now, done) => repairs.push((day, now, done)),
                }
                next = if batch.len() < BATCH_HITS_MAX { commands.try_recv().ok() } else { None };
            }
            busy = batch.len() >= BUSY_HITS_MIN;
            self.write(&mut batch);
            for (day, done) in releases {
                self.release(day);
                let _ = done.send(());
            }
            for (day, now, done) in repairs {
                let _ = done.send(self.repair(&day, now));
            }
        }
    }

    fn recall_keys(&mut self) -> Result<(), JournalFault> {
        for day in folder::days_on_disk(&self.folder)? {
            let reader = DayReader::open(&self.folder, &day)?;
            let reading = reader.begin()?;
            let keys = &mut self.keys;
            let first = reading.row_before_last_bytes(GENERATION_KEYS_MAX * ENTRY_BYTES_LIKELY)?;
            reading.batches_after(first, |_, entries| {
                for key in entries.iter().filter_map(|entry| entry.key) {
                    keys.remember(u64::from_le_bytes(key));
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn repair(&mut self, day: &ZoneDay, now: Timestamp) -> Result<(), JournalFault> {
        self.open.retain(|file| file.day() != day);
        repair::repair(&self.folder, day, &*self.store, now)?;
        Ok(())
    }

    fn release(&mut self, day: ZoneDay) {
        self.open.retain(|file| *file.day() != day);
        self.released.push(day);
    }

    /// Writes a batch day by day (there is more than one only around midnight, or with several
    /// zones) and settles every ticket.
    fn write(&mut self, batch: &mut Vec<(Hit, Ticket)>) {
        while let Some((first, _)) = batch.first() {
            let day = first.day.clone();
            let mut of_day = Vec::with_capacity(batch.len());
            of_day.extend(batch.extract_if(.., |(hit, _)| hit.day == day));
            self.write_day(&day, of_day);
        }
    }

    fn write_day(&mut self, day: &ZoneDay, hits: Vec<(Hit, Ticket)>) {
        if self.released.contains(day) {
            return;
        }
        let now = hits.first().map_or(Timestamp::UNIX_EPOCH, |(hit, _)| hit.received);
        let place = match self.file_of(day) {
            // It is mended at once, and these hits are written.
            Err(fault) if fault.is_damage() => {
                let mended = self.repair(day, now);
                mended.and_then(|()| self.file_of(day))
            }
            found => found,
        };
        let place = match place {
            Ok(place) => place,
            Err(fault) => return self.report(&fault),
        };
        let file = &mut self.open[place];
        let mut new_keys = Vec::new();
        let mut settled = Vec::with_capacity(hits.len());
        let mut packed = 0;
        for (hit, ticket) in hits {
            if !ticket.take() {
                continue;
            }
            let keys = [hit.key, hit.key_day_before].map(|key| key.map(u64::from_le_bytes));
            if keys.iter().flatten().any(|&key| self.keys.knows(key)) {
                settled.push((ticket, Stored::Again));
                continue;
            }
            if let Some(key) = keys[0] {
                self.keys.remember(key);
                new_keys.push(key);
            }
            file.pack(&hit);
            packed += 1;
            settled.push((ticket, Stored::New));
        }
        // A copy may be in one batch with its original, so it too is answered after the commit.
        let outcome = if packed == 0 { Ok(()) } else { file.commit() };
        match outcome {
            Ok(()) => {
                // First, so that who is answered 202 and then asks for readiness finds it.
                self.report_recovery();
                settled.into_iter().for_each(|(ticket, stored)| ticket.resolve(Ok(stored)));
            }
            Err(fault) => {
                new_keys.into_iter().for_each(|key| self.keys.forget(key));
                self.open.remove(place);
                self.report(&fault);
                for (ticket, _) in settled {
                    ticket.resolve(Err(JournalError::Refused));
                }
            }
        }
    }

    fn file_of(&mut self, day: &ZoneDay) -> Result<usize, JournalFault> {
        if let Some(place) = self.open.iter().position(|file| file.day() == day) {
            return Ok(place);
        }
        self.open.push(DayWriter::open(&self.folder, day)?);
        Ok(self.open.len() - 1)
    }

    /// Says once that the disk refuses, however many batches it refuses.
    fn report(&self, fault: &JournalFault) {
        if self.trouble.swap(Some(Arc::new(fault.to_string()))).is_none() {
            tracing::error!(
                "views are refused with 503 until the disk can be written again: {fault}"
            );
        }
    }

    fn report_recovery(&self) {
        if self.trouble.load().is_some() {
            self.trouble.store(None);
            tracing::info!("the disk can be written again; views are counted");
        }
    }
}
