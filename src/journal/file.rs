//! One day's journal file, and how it is written: packed entries in batches, the texts they name,
//! each standing once, and the sites they are of, each with its identity. Every row has a checksum.

use std::path::Path;

use hashbrown::HashMap;
use rusqlite::{Connection, params};

use crate::journal::entry::{Numbers, Packing, Value};
use crate::journal::names::published_before;
use crate::journal::reading::{DayReader, Layout, SUMMED_VERSION};
use crate::journal::{JournalFault, folder, sums};
use crate::model::{SiteId, SiteIdentity, ZoneDay};
use crate::privacy::Hit;
use crate::store::{Place, Store};

/// The tables of a file.
const TABLES: &str = "
    create table site (
        number   integer primary key,
        identity integer not null,
        sum      integer not null
    ) strict;
    create table value (
        id        integer primary key,
        site      integer not null,
        dimension integer not null,
        text      text    not null,
        sum       integer not null
    ) strict;
    create table batch (
        id      integer primary key,
        entries blob    not null,
        sum     integer not null
    ) strict;";

/// Makes the tables of a new file.
pub fn make_tables(connection: &Connection) -> Result<(), JournalFault> {
    let transaction = connection.unchecked_transaction()?;
    transaction.execute_batch(TABLES)?;
    transaction.pragma_update(None, "user_version", SUMMED_VERSION)?;
    transaction.commit()?;
    Ok(())
}

/// Writes a site's number in the file.
pub fn write_site(
    transaction: &Connection,
    number: u32,
    identity: SiteIdentity,
) -> Result<(), JournalFault> {
    let sql = "/* file::write_site */
               insert into site (number, identity, sum) values (?1, ?2, ?3)";
    let sum = sums::of_site(number, identity);
    transaction.prepare_cached(sql)?.execute(params![number, identity.0, sum])?;
    Ok(())
}

/// Writes a text.
pub fn write_value(transaction: &Connection, value: &Value) -> Result<(), JournalFault> {
    let Value { id, site, dimension, text } = value;
    let sql = "/* file::write_value */
               insert into value (id, site, dimension, text, sum) values (?1, ?2, ?3, ?4, ?5)";
    let sum = sums::of_value(*id, site.0, *dimension, text);
    let row = params![id, site.0, dimension, text.as_str(), sum];
    transaction.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// Writes a batch at its row.
pub fn write_batch(transaction: &Connection, row: i64, packed: &[u8]) -> Result<(), JournalFault> {
    let sql = "/* file::write_batch */ insert into batch (id, entries, sum) values (?1, ?2, ?3)";
    let sum = sums::of_batch(row, packed, Packing::WithBuckets);
    transaction.prepare_cached(sql)?.execute(params![row, packed, sum])?;
    Ok(())
}

/// The file's own numbers of sites.
#[derive(Default)]
struct SiteNumbers {
    known: HashMap<SiteIdentity, u32>,
    last: u32,
    added: Vec<(u32, SiteIdentity)>,
}

impl SiteNumbers {
    fn learn(&mut self, number: u32, identity: SiteIdentity) {
        self.known.insert(identity, number);
        self.last = self.last.max(number);
    }

    fn number(&mut self, identity: SiteIdentity) -> u32 {
        if let Some(&number) = self.known.get(&identity) {
            return number;
        }
        let number = self.last + 1;
        self.learn(number, identity);
        self.added.push((number, identity));
        number
    }
}

/// A day's file, open for writing.
pub struct DayWriter {
    connection: Connection,
    place: Place,
    day: ZoneDay,
    start_second: i64,
    last_second: u32,
    last_row: i64,
    sites: SiteNumbers,
    numbers: Numbers,
    packed: Vec<u8>,
}

impl DayWriter {
    /// Opens the day's file, making it if needed.
    pub fn open(folder: &Path, day: &ZoneDay) -> Result<Self, JournalFault> {
        let file = folder::path(folder, day);
        let connection = Connection::open(&file)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        // This is the promise: a commit returns when its bytes are on the disk.
        connection.pragma_update(None, "synchronous", "full")?;
        connection.busy_timeout(super::APPEND_WAIT_MAX / 2)?;
        match Layout::of(&connection, &file)? {
            Layout::Empty => make_tables(&connection)?,
            Layout::Summed => {}
            Layout::Unsummed => {
                let what = "tables of an earlier version".to_owned();
                return Err(JournalFault::Damaged(file, what));
            }
        }
        // The file's own name must be on the disk as well before the first hit is acknowledged.
        std::fs::File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|error| JournalFault::Folder(folder.to_owned(), error))?;
        let place = Place::of(&file).map_err(|error| JournalFault::Folder(file.clone(), error))?;
        let mut writer = Self {
            connection,
            place,
            start_second: day.start().as_second(),
            day: day.clone(),
            last_second: 0,
            last_row: 0,
            sites: SiteNumbers::default(),
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

    /// Reads sites, texts and the last moment back.
    fn recall(&mut self, file: &Path) -> Result<(), JournalFault> {
        let reader = DayReader::on(file)?;
        let reading = reader.begin()?;
        for (number, identity) in reading.sites_after(0)? {
            self.sites.learn(number, identity);
        }
        for value in reading.values_after(0)? {
            self.numbers.learn(value);
        }
        self.last_row = reading.last_row()?;
        if self.last_row > 0 {
            reading.batches_after(self.last_row - 1, |_, entries| {
                self.last_second = entries.last().map_or(0, |entry| entry.second);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Packs one hit into the batch being made; the store knows which names were published before.
    pub fn pack(&mut self, hit: &Hit, store: &dyn Store) {
        let second = u32::try_from(hit.received.as_second() - self.start_second).unwrap_or(0);
        // A clock set back inside the day must not open an hour again that was left.
        self.last_second = self.last_second.max(second);
        let site = SiteId(self.sites.number(hit.site_identity));
        let day = self.day.date;
        let before = |site, dimension| published_before(store, day, site, dimension);
        let entry = self.numbers.entry(hit, site, self.last_second, &before);
        let packed = std::mem::take(&mut self.packed);
        self.packed = postcard::to_extend(&entry, packed)
            .expect("an entry has only numbers and lists of them, which postcard always packs");
    }

    /// Writes the packed batch in one transaction. After an error the file must be opened again:
    /// what it remembers may be ahead of the disk.
    pub fn commit(&mut self) -> Result<(), JournalFault> {
        let transaction = self.connection.transaction()?;
        for (number, identity) in std::mem::take(&mut self.sites.added) {
            write_site(&transaction, number, identity)?;
        }
        for value in self.numbers.take_added() {
            write_value(&transaction, &value)?;
        }
        write_batch(&transaction, self.last_row + 1, &self.packed)?;
        transaction.commit()?;
        // What was written to a file that no path leads to is kept by nothing.
        if !self.place.is_kept() {
            return Err(JournalFault::Gone(self.place.path().to_owned()));
        }
        self.last_row += 1;
        self.packed.clear();
        Ok(())
    }
}
