//! The store in one SQLite file: one connection writes, others read beside it without waiting.

mod breaks;
mod check;
mod closing;
mod collected;
mod downloads;
mod figures;
mod in_short;
mod ledger;
mod months;
mod network_sets;
mod networks;
mod organisations;
mod outages;
mod quality;
mod quality_days;
mod released;
mod released_rows;
mod reuses;
mod rows;
mod rules;
mod scan;
mod senders;
mod sites;
mod staff;
mod sums;
mod titles;
mod withdrawals;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::store::{Place, StoreError};

/// The migrations, in order. The number of a migration is its place, from 1.
const MIGRATIONS: [&str; 12] = [
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_whole_audience.sql"),
    include_str!("../migrations/0003_released.sql"),
    include_str!("../migrations/0004_beside.sql"),
    include_str!("../migrations/0005_reuses.sql"),
    include_str!("../migrations/0006_senders.sql"),
    include_str!("../migrations/0007_measured.sql"),
    include_str!("../migrations/0008_pictures.sql"),
    "",
    include_str!("../migrations/0010_journal.sql"),
    include_str!("../migrations/0011_networks.sql"),
    include_str!("../migrations/0012_disclosure.sql"),
];

/// Reading connections kept open between questions; more are opened when more ask at once.
const IDLE_READERS_MAX: usize = 4;

/// How long a statement waits for another process's write, such as `parvis site add`.
const BUSY_WAIT: Duration = Duration::from_secs(5);

/// The engine.
pub struct SqliteStore {
    file: PathBuf,
    place: Place,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl SqliteStore {
    /// Opens the store of a data folder, making or upgrading it as needed.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::opened(folder).map_err(broken)
    }

    fn opened(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)
            .map_err(|error| StoreError::Folder(folder.to_owned(), error))?;
        let file = folder.join("store.sqlite");
        let mut writer = Connection::open(&file)?;
        prepare(&writer)?;
        writer.pragma_update(None, "journal_mode", "wal")?;
        // A closed day's journal is deleted: its counts must be on the disk before that.
        writer.pragma_update(None, "synchronous", "full")?;
        // What is deleted is overwritten: details whose time is over are in no byte of the file.
        writer.pragma_update(None, "secure_delete", "on")?;
        migrate(&mut writer)?;
        let place = Place::of(&file).map_err(|error| StoreError::Folder(file.clone(), error))?;
        Ok(Self { file, place, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        // A panic while writing rolls the transaction back, so the connection stays usable.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks a question on a connection of its own, which sees one consistent state: a day that is
    /// closed, or a month that is gathered, between two of its statements would else be read
    /// twice or not at all.
    fn read<Answer>(
        &self,
        question: impl FnOnce(&Connection) -> Result<Answer, StoreError>,
    ) -> Result<Answer, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => self.new_reader()?,
        };
        let answer = {
            let state = reader.unchecked_transaction()?;
            question(&state)
        };
        let mut idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_READERS_MAX {
            idle.push(reader);
        }
        answer
    }

    fn new_reader(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(&self.file, flags)?;
        prepare(&reader)?;
        Ok(reader)
    }
}

/// A file that the engine does not understand: its own words do not say what to do.
fn broken(error: StoreError) -> StoreError {
    match error {
        StoreError::Engine(error)
            if matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
            ) =>
        {
            StoreError::Broken(error.to_string())
        }
        other => other,
    }
}

fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY_WAIT)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = MIGRATIONS.len() as i64;
    if version > known {
        return Err(StoreError::FromTheFuture(version));
    }
    for migration in &MIGRATIONS[version as usize..] {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_of_a_later_version_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        store.writer().pragma_update(None, "user_version", 99).unwrap();
        drop(store);
        assert!(matches!(SqliteStore::open(folder.path()), Err(StoreError::FromTheFuture(99))));
    }

    #[test]
    fn a_question_sees_one_state_while_a_day_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let count = |reader: &Connection| -> i64 {
            reader.query_row("select count(*) from value", [], |row| row.get(0)).unwrap()
        };
        let seen = store.read(|reader| {
            let before = count(reader);
            let other = "insert into value (text) values ('written meanwhile')";
            store.writer().execute(other, []).unwrap();
            Ok((before, count(reader)))
        });
        assert_eq!(seen.unwrap(), (1, 1));
        assert_eq!(store.read(|reader| Ok(count(reader))).unwrap(), 2);
    }
}
