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
//! - `file`: one day's file: its schema and what is read from it.
//! - `recent`: the idempotency keys of the latest hits.
//! - `drain`: reads what was committed, writes whole figures to the store, closes days.
//! - `visits`: which visit a hit belongs to.
//! - `line`: one line of an open day.
//! - `tally`: what one open day has counted so far, and who was seen.
//! - `crossed`: what needs the whole day: two breakdowns crossed.
//! - `past`: a past day that is counted in memory, from a log.
//! - `live`: the last half hour, for signed-in staff.
//!
//! Architecture invariant: only `writer` writes a journal file, only `drain` deletes one, and
//! nothing but a `Hit` goes in.

mod crossed;
mod drain;
mod entry;
mod file;
mod line;
mod live;
mod past;
mod recent;
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

use crate::model::ZoneDay;
use crate::privacy::Hit;
use crate::store::StoreError;

pub use drain::{DAY_CLOSE_GRACE, Drain};
pub use file::days_on_disk;
pub use live::{Live, LiveFigures};
pub use past::PastDay;
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
    #[error("the journal {0} is damaged at row {1}; put it aside and restart")]
    Damaged(PathBuf, i64),
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
}

impl Journal {
    /// Opens the folder, reads back the latest idempotency keys and starts the writer.
    pub fn open(folder: &Path) -> Result<Self, JournalFault> {
        std::fs::create_dir_all(folder)
            .map_err(|error| JournalFault::Folder(folder.to_owned(), error))?;
        let (queue, commands) = sync_channel(QUEUE_HITS_MAX);
        let trouble = Arc::new(ArcSwapOption::empty());
        let writer = Writer::open(folder.to_owned(), trouble.clone())?;
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || writer.run(commands))
            .map_err(|error| JournalFault::Folder(folder.to_owned(), error))?;
        Ok(Self {
            senders: ArcSwapOption::from_pointee(queue),
            writer: Mutex::new(Some(thread)),
            trouble,
        })
    }

    /// Returns when the hit is on disk. Any error means that it is not and will not be.
    pub async fn append(&self, hit: Hit) -> Result<Stored, JournalError> {
        let (ticket, wait) = ticket::pair();
        {
            let senders = self.senders.load();
            let queue = senders.as_ref().ok_or(JournalError::Stopping)?;
            queue.try_send(Command::Append(hit, ticket)).map_err(|error| match error {
                TrySendError::Full(_) => JournalError::Full,
                TrySendError::Disconnected(_) => JournalError::Stopping,
            })?;
        }
        wait.within(APPEND_WAIT_MAX).await
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
        self.trouble.load_full()
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
