//! A day's journal file, read beside the writer: every row is compared with its checksum, and none
//! may be missing.

use std::path::{Path, PathBuf};

use hashbrown::HashSet;
use rusqlite::{Connection, OpenFlags, Row, Transaction};

use crate::journal::entry::{Entry, Packing, Value, unpack};
use crate::journal::{JournalFault, folder, sums};
use crate::model::{SiteId, SiteIdentity, ZoneDay};

/// How the tables of a file are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Nothing was written yet.
    Empty,
    /// By a version that wrote no checksums, and the store's numbers of sites.
    Unsummed,
    /// As this version writes them.
    Summed,
}

/// The number of the layout in the file's head.
pub const SUMMED_VERSION: i64 = 1;

impl Layout {
    /// The layout of an open file. Head and tables have to agree.
    pub fn of(connection: &Connection, file: &Path) -> Result<Self, JournalFault> {
        // Of one state: the writer may be making the tables of a new file.
        let state = connection.unchecked_transaction()?;
        let version: i64 = state.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let columns: i64 = state.query_row(
            "/* Layout.of */
             select count(*)
               from pragma_table_info('batch')
              where name in ('id', 'entries', 'sum')",
            [],
            |row| row.get(0),
        )?;
        match (version, columns) {
            (0, 0) => Ok(Self::Empty),
            (0, 2) => Ok(Self::Unsummed),
            (SUMMED_VERSION, 3) => Ok(Self::Summed),
            _ => Err(JournalFault::Damaged(file.to_owned(), "its tables".to_owned())),
        }
    }
}

/// A day's file, open for reading beside the writer.
pub struct DayReader {
    connection: Connection,
    file: PathBuf,
    layout: Layout,
}

impl DayReader {
    /// Opens the day's file.
    pub fn open(folder: &Path, day: &ZoneDay) -> Result<Self, JournalFault> {
        Self::on(&folder::path(folder, day))
    }

    /// Opens a file.
    pub fn on(file: &Path) -> Result<Self, JournalFault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        connection.busy_timeout(super::APPEND_WAIT_MAX)?;
        let layout = Layout::of(&connection, file)?;
        Ok(Self { connection, file: file.to_owned(), layout })
    }

    /// How its tables are laid out.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// Begins a look at one consistent state, in which every batch finds its texts.
    pub fn begin(&self) -> Result<Reading<'_>, JournalFault> {
        let transaction = self.connection.unchecked_transaction()?;
        Ok(Reading { transaction, file: &self.file, is_summed: self.layout == Layout::Summed })
    }
}

/// One consistent state of a day's file.
pub struct Reading<'a> {
    transaction: Transaction<'a>,
    file: &'a Path,
    is_summed: bool,
}

impl Reading<'_> {
    /// That a part of the file is not as it was written.
    pub fn damaged(&self, what: String) -> JournalFault {
        JournalFault::Damaged(self.file.to_owned(), what)
    }

    /// The sites after a number, each with its number in this file, in order.
    pub fn sites_after(&self, number: u32) -> Result<Vec<(u32, SiteIdentity)>, JournalFault> {
        if !self.is_summed {
            return Ok(Vec::new());
        }
        let mut statement = self.transaction.prepare_cached(
            "/* Reading.sites_after */
             select number, identity, sum from site where number > ?1 order by number",
        )?;
        let mut rows = statement.query([number])?;
        let mut sites = Vec::new();
        while let Some(row) = rows.next()? {
            let (number, identity) = (row.get(0)?, SiteIdentity(row.get(1)?));
            if row.get::<_, u32>(2)? != sums::of_site(number, identity) {
                return Err(self.damaged(format!("site {number}")));
            }
            sites.push((number, identity));
        }
        Ok(sites)
    }

    /// The texts after a number, in order.
    pub fn values_after(&self, number: u32) -> Result<Vec<Value>, JournalFault> {
        let mut statement = self.transaction.prepare_cached(if self.is_summed {
            "/* Reading.values_after */
             select id, site, dimension, text, sum from value where id > ?1 order by id"
        } else {
            "/* Reading.values_after */
             select id, site, dimension, text, null from value where id > ?1 order by id"
        })?;
        let mut rows = statement.query([number])?;
        let (mut values, mut before) = (Vec::new(), number);
        while let Some(row) = rows.next()? {
            let (value, is_whole) = value_of(row, self.is_summed)?;
            if !is_whole || value.id != before + 1 {
                return Err(self.damaged(format!("text {}", before + 1)));
            }
            before = value.id;
            values.push(value);
        }
        Ok(values)
    }

    /// The number of the last batch; 0 if there is none.
    pub fn last_row(&self) -> Result<i64, JournalFault> {
        let sql = "/* Reading.last_row */ select coalesce(max(id), 0) from batch";
        Ok(self.transaction.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
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
        mut show: impl FnMut(i64, &mut Vec<Entry>) -> Result<(), JournalFault>,
    ) -> Result<(), JournalFault> {
        let mut statement = self.transaction.prepare_cached(if self.is_summed {
            "/* Reading.batches_after */
             select id, entries, sum from batch where id > ?1 order by id"
        } else {
            "/* Reading.batches_after */
             select id, entries, null from batch where id > ?1 order by id"
        })?;
        let mut rows = statement.query([row_seen])?;
        let (mut entries, mut before) = (Vec::new(), row_seen);
        while let Some(row) = rows.next()? {
            let number: i64 = row.get(0)?;
            if number != before + 1 || !entries_of(row, self.is_summed, &mut entries)? {
                return Err(self.damaged(format!("batch {}", before + 1)));
            }
            before = number;
            show(number, &mut entries)?;
        }
        Ok(())
    }

    /// Reads all of it: is every row there that another one needs, up to a row at the least? Shows
    /// each site with how many hits it has.
    pub fn look_through(&self, row_known: i64) -> Result<Vec<(SiteIdentity, u64)>, JournalFault> {
        let mut sites: Vec<_> =
            self.sites_after(0)?.into_iter().map(|(number, whose)| (number, whose, 0)).collect();
        let numbers: HashSet<u32> = self.values_after(0)?.iter().map(|value| value.id).collect();
        self.batches_after(0, |row, entries| {
            for entry in entries.iter() {
                if let Some(number) = entry.values().find(|number| !numbers.contains(number)) {
                    return Err(self.damaged(format!("text {number}, which batch {row} names")));
                }
                let place = sites.binary_search_by_key(&entry.site, |(number, ..)| *number);
                match place {
                    Ok(place) => sites[place].2 += 1,
                    Err(_) if !self.is_summed => {}
                    Err(_) => return Err(self.damaged(format!("site {}", entry.site))),
                }
            }
            Ok(())
        })?;
        if self.last_row()? < row_known {
            return Err(self.damaged(format!("its end: {row_known} batches were counted of it")));
        }
        Ok(sites.into_iter().map(|(_, whose, hits)| (whose, hits)).collect())
    }

    /// What SQLite itself finds wrong with the file's structure, if anything.
    pub fn structure(&self) -> Result<Option<String>, JournalFault> {
        let said: String =
            self.transaction.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
        Ok((said != "ok").then_some(said))
    }
}

/// A row of the texts, and whether it is as it was written.
pub fn value_of(row: &Row<'_>, is_summed: bool) -> Result<(Value, bool), JournalFault> {
    let (id, site, dimension): (u32, u32, u8) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let text = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?;
    let is_whole = !is_summed
        || row.get::<_, Option<u32>>(4)? == Some(sums::of_value(id, site, dimension, text));
    Ok((Value { id, site: SiteId(site), dimension, text: text.into() }, is_whole))
}

/// Unpacks a row of batches; tells whether it is as it was written.
pub fn entries_of(
    row: &Row<'_>,
    is_summed: bool,
    entries: &mut Vec<Entry>,
) -> Result<bool, JournalFault> {
    entries.clear();
    let number: i64 = row.get(0)?;
    let packed = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
    let packing = if is_summed {
        let sum = row.get::<_, Option<u32>>(2)?;
        let is_it = |packing: &Packing| sum == Some(sums::of_batch(number, packed, *packing));
        [Packing::WithBuckets, Packing::WithoutBuckets].into_iter().find(is_it)
    } else {
        Some(Packing::WithoutBuckets)
    };
    Ok(packing.is_some_and(|packing| unpack(packed, packing, entries)))
}
