//! One day's journal file: packed entries in batches, and the texts they name, each standing once.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Transaction, params};

use crate::journal::JournalFault;
use crate::journal::entry::{Entry, Numbers, Value};
use crate::model::{SiteId, ZoneDay};
use crate::privacy::Hit;

/// The kinds of file that SQLite keeps for one database.
const SUFFIXES: [&str; 3] = ["", "-wal", "-shm"];

/// The file's path in the journal's folder.
pub fn path(folder: &Path, day: &ZoneDay) -> PathBuf {
    folder.join(day.file_stem()).with_added_extension("sqlite")
}

/// The days that have a file in the folder.
pub fn days_on_disk(folder: &Path) -> Result<Vec<ZoneDay>, JournalFault> {
    let fault = |error| JournalFault::Folder(folder.to_owned(), error);
    let mut days = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let name = entry.map_err(fault)?.file_name();
        let name = name.to_str().filter(|name| name.ends_with(".sqlite"));
        days.extend(name.and_then(ZoneDay::of_file_name));
    }
    days.sort_by_key(|day| day.date);
    Ok(days)
}

/// Deletes a day's file and what SQLite keeps beside it.
pub fn delete(folder: &Path, day: &ZoneDay) -> Result<(), JournalFault> {
    let file = path(folder, day);
    for suffix in SUFFIXES {
        let mut name = file.clone().into_os_string();
        name.push(suffix);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(JournalFault::Folder(name.into(), error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A day's file, open for writing.
pub struct DayWriter {
    connection: Connection,
    day: ZoneDay,
    start_second: i64,
    last_second: u32,
    numbers: Numbers,
    packed: Vec<u8>,
}

impl DayWriter {
    /// Opens the day's file, making it if needed.
    pub fn open(folder: &Path, day: &ZoneDay) -> Result<Self, JournalFault> {
        let file = path(folder, day);
        let connection = Connection::open(&file)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        // This is the promise: a commit returns when its bytes are on the disk.
        connection.pragma_update(None, "synchronous", "full")?;
        connection.busy_timeout(super::APPEND_WAIT_MAX / 2)?;
        connection.execute_batch(
            "create table if not exists value (
                 id        integer primary key,
                 site      integer not null,
                 dimension integer not null,
                 text      text    not null
             ) strict;
             create table if not exists batch (
                 id      integer primary key,
                 entries blob not null
             ) strict;",
        )?;
        // The file's own name must be on the disk as well before the first hit is acknowledged.
        std::fs::File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| JournalFault::Folder(folder.to_owned(), error))?;
        let mut writer = Self {
            connection,
            start_second: day.start().as_second(),
            day: day.clone(),
            last_second: 0,
            numbers: Numbers::default(),
            packed: Vec::new(),
        };
        writer.recall(&file)?;
        Ok(writer)
    }

    /// The day it holds.
    pub fn day(&self) -> &ZoneDay {
        &self.day
    }

    /// Reads the texts and the last moment back.
    fn recall(&mut self, file: &Path) -> Result<(), JournalFault> {
        let reader = DayReader::on(file)?;
        let reading = reader.begin()?;
        for value in reading.values_after(0)? {
            self.numbers.learn(value);
        }
        let last: Option<i64> =
            self.connection.query_row("select max(id) from batch", [], |row| row.get(0))?;
        if let Some(last) = last {
            reading.batches_after(last - 1, |_, entries| {
                self.last_second = entries.last().map_or(0, |entry| entry.second);
            })?;
        }
        Ok(())
    }

    /// Packs one hit into the batch being made.
    pub fn pack(&mut self, hit: &Hit) {
        let second = u32::try_from(hit.received.as_second() - self.start_second).unwrap_or(0);
        // A clock set back inside the day must not open an hour again that was left.
        self.last_second = self.last_second.max(second);
        let entry = self.numbers.entry(hit, self.last_second);
        let packed = std::mem::take(&mut self.packed);
        self.packed = postcard::to_extend(&entry, packed)
            .expect("an entry has only numbers and lists of them, which postcard always packs");
    }

    /// Writes the packed batch in one transaction. After an error the file must be opened again:
    /// what it remembers may be ahead of the disk.
    pub fn commit(&mut self) -> Result<(), JournalFault> {
        let transaction = self.connection.transaction()?;
        for Value { id, site, dimension, text } in self.numbers.take_added() {
            transaction
                .prepare_cached(
                    "/* DayWriter.commit */
                     insert into value (id, site, dimension, text) values (?1, ?2, ?3, ?4)",
                )?
                .execute(params![id, site.0, dimension, text.as_str()])?;
        }
        transaction
            .prepare_cached("/* DayWriter.commit */ insert into batch (entries) values (?1)")?
            .execute([&self.packed])?;
        transaction.commit()?;
        self.packed.clear();
        Ok(())
    }
}

/// A day's file, open for reading beside the writer.
pub struct DayReader {
    connection: Connection,
    file: PathBuf,
}

impl DayReader {
    /// Opens the day's file.
    pub fn open(folder: &Path, day: &ZoneDay) -> Result<Self, JournalFault> {
        Self::on(&path(folder, day))
    }

    fn on(file: &Path) -> Result<Self, JournalFault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        connection.busy_timeout(super::APPEND_WAIT_MAX)?;
        Ok(Self { connection, file: file.to_owned() })
    }

    /// Begins a look at one consistent state, in which every batch finds its texts.
    pub fn begin(&self) -> Result<Reading<'_>, JournalFault> {
        Ok(Reading { transaction: self.connection.unchecked_transaction()?, file: &self.file })
    }
}

/// One consistent state of a day's file.
pub struct Reading<'a> {
    transaction: Transaction<'a>,
    file: &'a Path,
}

impl Reading<'_> {
    /// The texts after a number, in order.
    pub fn values_after(&self, number: u32) -> Result<Vec<Value>, JournalFault> {
        let mut statement = self.transaction.prepare_cached(
            "/* Reading.values_after */
             select id, site, dimension, text from value where id > ?1 order by id",
        )?;
        let values = statement
            .query_map([number], |row| {
                Ok(Value {
                    id: row.get(0)?,
                    site: SiteId(row.get(1)?),
                    dimension: row.get(2)?,
                    text: row.get_ref(3)?.as_str()?.into(),
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(values)
    }

    /// The row before the batches that make up the last so many bytes; 0 if there are fewer.
    pub fn row_before_last_bytes(&self, bytes: usize) -> Result<i64, JournalFault> {
        let mut statement = self.transaction.prepare_cached(
            "/* Reading.row_before_last_bytes */
             select id, length(entries) from batch order by id desc",
        )?;
        let mut rows = statement.query([])?;
        let mut left = bytes as i64;
        while let Some(row) = rows.next()? {
            left -= row.get::<_, i64>(1)?;
            if left <= 0 {
                return Ok(row.get::<_, i64>(0)? - 1);
            }
        }
        Ok(0)
    }

    /// Shows the batches after a row, in order, each with its row and all its entries.
    pub fn batches_after(
        &self,
        row_seen: i64,
        mut show: impl FnMut(i64, &[Entry]),
    ) -> Result<(), JournalFault> {
        let mut statement = self.transaction.prepare_cached(
            "/* Reading.batches_after */
             select id, entries from batch where id > ?1 order by id",
        )?;
        let mut rows = statement.query([row_seen])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            let number = row.get(0)?;
            entries.clear();
            let mut packed = row.get_ref(1)?.as_blob().unwrap_or_default();
            while !packed.is_empty() {
                let (entry, rest) = postcard::take_from_bytes::<Entry>(packed)
                    .map_err(|_| JournalFault::Damaged(self.file.to_owned(), number))?;
                entries.push(entry);
                packed = rest;
            }
            show(number, &entries);
        }
        Ok(())
    }
}
