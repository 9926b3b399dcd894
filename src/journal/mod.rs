//! Today's sealed hits on disk: a hit is durable before its append returns, and drained into the
//! store.
//!
//! One file a local day (`journal/2026-11-23.Europe~Paris.sqlite`). All beacons that wait at one
//! moment are one transaction with `synchronous=FULL`, and each is answered when it has committed:
//! the busier the service, the larger the batch and the cheaper the hit. A batch is one row of
//! packed entries; texts stand once, in the file's own table of values.
//!
//! - `ticket`: what a request waits on; it is stored, or given up, and never both.
//! - `writer`: the one thread that writes.
//! - `entry`: a hit as it lies in a file, and the texts it names.
//! - `file`: one day's file: its schema, and how it is written.
//! - `folder`: which days have a file, and what belongs to a day.
//! - `sums`: the checksums of its rows.
//! - `reading`: what is read from it; nothing that is not as it was written.
//! - `salvage`: what of a damaged file is whole, in a new one.
//! - `repair`: a damaged file is set aside, and what is lost is noted.
//! - `check`: what is wrong with the files of a folder.
//! - `recent`: the idempotency keys of the latest hits.
//! - `drain`: reads what was committed, writes whole figures to the store, closes days.
//! - `visits`: which visit a hit belongs to.
//! - `line`: one line of an open day.
//! - `tally`: what one open day has counted so far, and who was seen.
//! - `crossed`: what needs the whole day: two breakdowns crossed.
//! - `past`: a past day that is counted in memory, from a log.
//! - `live`: the last half hour, for signed-in staff.
//!
//! Architecture invariant: only `writer` writes or mends a journal file, only `drain` deletes one,
//! and nothing but a `Hit` goes in.

mod check;
mod crossed;
mod drain;
mod entry;
mod file;
mod folder;
mod line;
mod live;
mod past;
mod reading;
mod recent;
mod repair;
mod salvage;
mod sums;
mod tally;
mod ticket;
mod visits;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use jiff::Timestamp;
use rusqlite::ErrorCode;

use crate::model::ZoneDay;
use crate::privacy::Hit;
use crate::store::{Store, StoreError};

pub use check::check;
pub use drain::{DAY_CLOSE_GRACE, Drain};
pub use folder::days_on_disk;
pub use live::{Live, LiveFigures};
pub use past::PastDay;
pub use ticket::Wait;
use writer::{Command, Writer};

/// Hits that may wait to be written. At 50,000 a second this is a third of a second; what does not
/// fit is answered 503 at once. An entry takes about 400 bytes.
pub const QUEUE_HITS_MAX: usize = 16_384;

/// How long a request waits for its hit to be written before it is answered 503.
pub const APPEND_WAIT_MAX: Duration = Duration::from_secs(5);

/// Why a hit was not written. In every case it is not counted, and may be sent again.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum JournalError {
    /// [`QUEUE_HITS_MAX`] hits wait already.
    #[error("more views arrive than can be written")]
    Full,
    /// It was not written in [`APPEND_WAIT_MAX`].
    #[error("the disk takes too long")]
    Stalled,
    /// The disk refused the batch: it is full, read-only or broken.
    #[error("the disk refuses to write")]
    Refused,
    /// The service is stopping.
    #[error("the service is stopping")]
    Stopping,
}

/// Why the journal cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum JournalFault {
    /// The folder or a file in it.
    #[error("the journal {0} cannot be used: {1}")]
    Folder(PathBuf, std::io::Error),
    /// SQLite's own words.
    #[error("the journal cannot be used: {0}")]
    Engine(#[from] rusqlite::Error),
    /// Entries that cannot be read back.
    #[error("the journal {0} is damaged: {1} is not as it was written")]
    Damaged(PathBuf, String),
    /// It was removed, or its volume is gone, while it was open.
    #[error(
        "{0} is gone from under the service: put the folder or the volume back; what is in it is \
         counted at the next start"
    )]
    Gone(PathBuf),
    /// The store behind the drain.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The salt of a closed day.
    #[error(transparent)]
    Salt(#[from] crate::privacy::SaltError),
    /// The writer is gone.
    #[error("the journal has stopped")]
    Stopped,
}

impl JournalFault {
    /// Is it that a file's bytes are not as they were written, and not that the disk is full, busy
    /// or gone?
    pub fn is_damage(&self) -> bool {
        let Self::Engine(error) = self else { return matches!(self, Self::Damaged(..)) };
        let Some(code) = error.sqlite_error_code() else { return true };
        matches!(
            code,
            ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ConstraintViolation
                | ErrorCode::TypeMismatch
                | ErrorCode::Unknown
        )
    }
}

/// What became of a hit that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is on disk.
    New,
    /// A hit with its idempotency key is on disk already.
    Again,
}

/// The handle that requests append through.
pub struct Journal {
    senders: ArcSwapOption<SyncSender<Command>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    trouble: Arc<ArcSwapOption<String>>,
    /// Why nothing may be acknowledged, whatever the journal's own files are.
    gone: ArcSwapOption<String>,
}

impl Journal {
    /// Opens the folder, sets aside what in it is damaged, reads back the latest idempotency keys
    /// and starts the writer.
    pub fn open(
        folder: &Path,
        store: Arc<dyn Store>,
        now: Timestamp,
    ) -> Result<Self, JournalFault> {
        std::fs::create_dir_all(folder)
            .map_err(|error| JournalFault::Folder(folder.to_owned(), error))?;
        let (queue, commands) = sync_channel(QUEUE_HITS_MAX);
        let trouble = Arc::new(ArcSwapOption::empty());
        let writer = Writer::open(folder.to_owned(), store, trouble.clone(), now)?;
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.run(commands))
            .map_err(|error| JournalFault::Folder(folder.to_owned(), error))?;
        Ok(Self {
            senders: ArcSwapOption::from_pointee(queue),
            writer: Mutex::new(Some(thread)),
            trouble,
            gone: ArcSwapOption::empty(),
        })
    }

    /// Hands a hit to the writer. Any error, here or when it is waited for, means that it is not on
    /// disk and will not be.
    pub fn append(&self, hit: Hit) -> Result<Wait, JournalError> {
        if self.gone.load().is_some() {
            return Err(JournalError::Refused);
        }
        let (ticket, wait) = ticket::pair();
        let senders = self.senders.load();
        let queue = senders.as_ref().ok_or(JournalError::Stopping)?;
        queue.try_send(Command::Append(hit, ticket)).map_err(|error| match error {
            TrySendError::Full(_) => JournalError::Full,
            TrySendError::Disconnected(_) => JournalError::Stopping,
        })?;
        Ok(wait)
    }

    /// Lets go of a day's file, and sets it aside if it is damaged; what of it is whole goes on.
    fn repair(&self, day: &ZoneDay, now: Timestamp) -> Result<(), JournalFault> {
        let queue = self.senders.load_full();
        let (done, answer) = sync_channel(1);
        queue
            .ok_or(JournalFault::Stopped)?
            .send(Command::Repair(day.clone(), now, done))
            .map_err(|_| JournalFault::Stopped)?;
        answer.recv().map_err(|_| JournalFault::Stopped)?
    }

    /// Lets go of a day's file: from now on no hit of that day is taken.
    fn release_day(&self, day: &ZoneDay) -> Result<(), JournalFault> {
        let queue = self.senders.load_full();
        let (done, answer) = sync_channel(1);
        queue
            .ok_or(JournalFault::Stopped)?
            .send(Command::ReleaseDay(day.clone(), done))
            .map_err(|_| JournalFault::Stopped)?;
        answer.recv().map_err(|_| JournalFault::Stopped)
    }

    /// What is wrong with the disk at the moment, in words for the operator.
    pub fn trouble(&self) -> Option<Arc<String>> {
        self.gone.load_full().or_else(|| self.trouble.load_full())
    }

    /// Refuses every hit as long as there is a reason; says each change in the log.
    pub fn refuse(&self, why: Option<String>) {
        let why = why.map(Arc::new);
        match (&*self.gone.load(), &why) {
            (None, Some(why)) => tracing::error!("views are refused with 503: {why}"),
            (Some(_), None) => tracing::info!("the data folder is back; views are counted"),
            _ => {}
        }
        self.gone.store(why);
    }

    /// Takes no more hits, writes those that wait, and returns when they are on disk.
    pub fn stop(&self) {
        self.senders.store(None);
        let thread = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("the journal's thread ended badly");
        }
    }
}
