//! What of a damaged journal file is whole, copied into a new one.
//!
//! Batches keep their rows: one that is lost stands in the new file without entries, so that every
//! row is there and the store's position in the file keeps its meaning.

use std::path::Path;

use hashbrown::{HashMap, HashSet};
use rusqlite::{Connection, OpenFlags, Row};

use crate::dimension::{self, OVERFLOW};
use crate::journal::entry::{Entry, Value};
use crate::journal::reading::{Layout, entries_of, value_of};
use crate::journal::{JournalFault, file, sums};
use crate::model::{Site, SiteId, SiteIdentity};

/// Rows that follow each other and cannot be read, after which the rest of a table is given up.
const UNREADABLE_ROWS_MAX: i64 = 100_000;

/// The identity of no site: what is written for a site that cannot be found out.
const NO_SITE: SiteIdentity = SiteIdentity(0);

/// What became of a file.
#[derive(Debug, Default)]
pub struct Salvaged {
    /// Batches that are whole.
    pub batches: u64,
    /// Batches that are lost.
    pub lost: u64,
    /// Texts that cannot be read: what they named is counted with the others.
    pub texts_lost: u64,
    /// The spans that lost batches lie in, in seconds since the day began; up to the end of what
    /// was written where the second is missing.
    pub spans: Vec<(u32, Option<u32>)>,
}

/// Copies what is whole from a file to a new one. `row_known` is a row that was there.
pub fn salvage(
    old: &Path,
    new: &Path,
    row_known: i64,
    sites: &[Site],
) -> Result<Salvaged, JournalFault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // Of a file that is gone nothing is whole.
    let source = match old.exists() {
        true => Connection::open_with_flags(old, flags)?,
        false => Connection::open_in_memory()?,
    };
    source.busy_timeout(super::APPEND_WAIT_MAX)?;
    // Where head and tables do not agree, the rows have to speak for themselves.
    let is_summed = !matches!(Layout::of(&source, old), Ok(Layout::Unsummed));
    let target = Connection::open(new)?;
    target.pragma_update(None, "synchronous", "full")?;
    file::make_tables(&target)?;
    let transaction = target.unchecked_transaction()?;
    let mut copy = Copy {
        source: &source,
        target: &transaction,
        is_summed,
        sites,
        site_numbers: HashSet::new(),
        texts: HashMap::new(),
        salvaged: Salvaged::default(),
    };
    if is_summed {
        copy.sites()?;
    }
    copy.values()?;
    copy.batches(row_known)?;
    let salvaged = copy.salvaged;
    transaction.commit()?;
    Ok(salvaged)
}

struct Copy<'a> {
    source: &'a Connection,
    target: &'a Connection,
    is_summed: bool,
    sites: &'a [Site],
    /// The numbers of sites that stand in the new file.
    site_numbers: HashSet<u32>,
    /// The texts that are there, each with the number that is to be named in its place.
    texts: HashMap<u32, u32>,
    salvaged: Salvaged,
}

impl Copy<'_> {
    fn sites(&mut self) -> Result<(), JournalFault> {
        let sql = "/* salvage::sites */
                   select number, identity, sum from site
                    where number >= ?1 order by number limit 1";
        let (source, sites, target) = (self.source, self.sites, self.target);
        walk(source, sql, |number, row| {
            let read = row.and_then(|row| Some((row.get(1).ok()?, row.get::<_, u32>(2).ok()?)));
            let number = number as u32;
            let identity = read.and_then(|(identity, sum)| {
                let identity = SiteIdentity(identity);
                let is_it = |one: &&Site| {
                    one.identity == identity || sums::of_site(number, one.identity) == sum
                };
                let is_whole = sums::of_site(number, identity) == sum;
                if is_whole {
                    Some(identity)
                } else {
                    sites.iter().find(is_it).map(|it| it.identity)
                }
            });
            self.site_numbers.insert(number);
            file::write_site(target, number, identity.unwrap_or(NO_SITE))
        })
    }

    fn values(&mut self) -> Result<(), JournalFault> {
        let sql = if self.is_summed {
            "/* salvage::values */
             select id, site, dimension, text, sum from value where id >= ?1 order by id limit 1"
        } else {
            "/* salvage::values */
             select id, site, dimension, text, null from value where id >= ?1 order by id limit 1"
        };
        let (source, is_summed) = (self.source, self.is_summed);
        let mut overflow: HashMap<(u32, u8), u32> = HashMap::new();
        walk(source, sql, |number, row| {
            let number = number as u32;
            let mut value = match row.map(|row| value_of(row, is_summed)) {
                Some(Ok((value, true))) => value,
                Some(Ok((value, false))) => {
                    let sum = row.and_then(|row| row.get(4).ok()).unwrap_or_default();
                    mended(value, sum)
                }
                // Nobody knows which breakdown it was of: what names it is lost.
                Some(Err(_)) | None => {
                    self.salvaged.texts_lost += 1;
                    let text = OVERFLOW.into();
                    Value { id: number, site: SiteId(0), dimension: 0, text }
                }
            };
            value.id = number;
            if value.dimension != 0 {
                let is_overflow = value.text == OVERFLOW;
                let place = (value.site.0, value.dimension);
                let shared =
                    if is_overflow { *overflow.entry(place).or_insert(number) } else { number };
                self.texts.insert(number, shared);
                self.salvaged.texts_lost += u64::from(
                    is_overflow
                        && !row.is_some_and(|row| {
                            value_of(row, is_summed).is_ok_and(|(_, is_whole)| is_whole)
                        }),
                );
            }
            file::write_value(self.target, &value)
        })
    }

    fn batches(&mut self, row_known: i64) -> Result<(), JournalFault> {
        let sql = if self.is_summed {
            "/* salvage::batches */
             select id, entries, sum from batch where id >= ?1 order by id limit 1"
        } else {
            "/* salvage::batches */
             select id, entries, null from batch where id >= ?1 order by id limit 1"
        };
        let (source, mut entries) = (self.source, Vec::new());
        let mut spans = Spans::default();
        let mut last = 0;
        walk(source, sql, |number, row| {
            last = number;
            let read = row.map(|row| entries_of(row, self.is_summed, &mut entries));
            let is_whole = matches!(read, Some(Ok(true))) && self.admit(&mut entries)?;
            if !is_whole {
                entries.clear();
            }
            self.take(number, &entries, is_whole, &mut spans)
        })?;
        for number in last + 1..=row_known {
            self.take(number, &[], false, &mut spans)?;
        }
        self.salvaged.spans = spans.ended();
        Ok(())
    }

    fn take(
        &mut self,
        number: i64,
        entries: &[Entry],
        is_whole: bool,
        spans: &mut Spans,
    ) -> Result<(), JournalFault> {
        if is_whole {
            self.salvaged.batches += 1;
            spans.whole(entries);
        } else {
            self.salvaged.lost += 1;
            spans.lost();
        }
        let mut packed = Vec::new();
        for entry in entries {
            packed = postcard::to_extend(entry, packed)
                .expect("an entry has only numbers and lists of them, which postcard always packs");
        }
        file::write_batch(self.target, number, &packed)
    }

    /// Are all the texts and sites there that a batch names? Those of an earlier version get their
    /// identity here.
    fn admit(&mut self, entries: &mut [Entry]) -> Result<bool, JournalFault> {
        for entry in entries.iter_mut() {
            if !entry.values().all(|number| self.texts.contains_key(&number)) {
                return Ok(false);
            }
            let texts = &self.texts;
            entry.replace_values(|number| texts.get(&number).copied().unwrap_or(number));
            if self.site_numbers.contains(&entry.site) {
                continue;
            }
            if self.is_summed {
                return Ok(false);
            }
            let site = self.sites.iter().find(|site| site.id.0 == entry.site);
            self.site_numbers.insert(entry.site);
            let identity = site.map_or(NO_SITE, |site| site.identity);
            file::write_site(self.target, entry.site, identity)?;
        }
        Ok(true)
    }
}

/// A text of which one part was changed, with that part as it was, if it can be found out; else the
/// text itself is lost, and what it named is counted with the others of its breakdown.
fn mended(value: Value, sum: u32) -> Value {
    let is_it =
        |number: u32, site: u32, code: u8| sums::of_value(number, site, code, &value.text) == sum;
    let (number, site) = (value.id, value.site.0);
    if let Some(known) = dimension::ALL.iter().find(|known| is_it(number, site, known.code)) {
        return Value { dimension: known.code, ..value };
    }
    let bits = (0..32).map(|bit| site ^ (1 << bit));
    if let Some(site) = bits.into_iter().find(|site| is_it(number, *site, value.dimension)) {
        return Value { site: SiteId(site), ..value };
    }
    Value { text: OVERFLOW.into(), ..value }
}

/// The spans of time that lost batches lie in.
#[derive(Default)]
struct Spans {
    last_second: u32,
    open: Option<u32>,
    ended: Vec<(u32, Option<u32>)>,
}

impl Spans {
    fn whole(&mut self, entries: &[Entry]) {
        let Some((first, last)) = entries.first().zip(entries.last()) else { return };
        if let Some(from) = self.open.take() {
            self.ended.push((from, Some(first.second)));
        }
        self.last_second = last.second;
    }

    fn lost(&mut self) {
        self.open.get_or_insert(self.last_second);
    }

    fn ended(mut self) -> Vec<(u32, Option<u32>)> {
        self.ended.extend(self.open.map(|from| (from, None)));
        self.ended
    }
}

/// Takes the rows of a table in order, each by a search of its own, so that a page that cannot be
/// read hides no other one; a row that is missing is taken as none.
fn walk(
    source: &Connection,
    sql: &str,
    mut take: impl FnMut(i64, Option<&Row<'_>>) -> Result<(), JournalFault>,
) -> Result<(), JournalFault> {
    let Ok(mut statement) = source.prepare(sql) else { return Ok(()) };
    let (mut next, mut probe) = (1, 1);
    while probe - next < UNREADABLE_ROWS_MAX {
        let Ok(mut rows) = statement.query([probe]) else { return Ok(()) };
        match rows.next() {
            Ok(None) => return Ok(()),
            Ok(Some(row)) => {
                let number = row.get::<_, i64>(0).unwrap_or(i64::MAX);
                if number < next || number - next > UNREADABLE_ROWS_MAX {
                    return Ok(());
                }
                for missing in next..number {
                    take(missing, None)?;
                }
                take(number, Some(row))?;
                next = number + 1;
                probe = next;
            }
            Err(_) => probe += 1,
        }
    }
    Ok(())
}
