//! How a whole day is written in SQLite: rows for the site and its hours, blocks for every
//! breakdown and crossing.

use hashbrown::{HashMap, HashSet};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use crate::dimension::TITLE;
use crate::model::{Measures, SiteId, Zone, ZoneDay, day_number};
use crate::store::block::{self, BlockLine};
use crate::store::sqlite::network_sets::DaySets;
use crate::store::sqlite::rows::{value_number, write_hits, write_line};
use crate::store::sqlite::titles::write_title;
use crate::store::{Closing, Method, StoreError, WHOLE_SITE};

/// A block of one day.
pub(super) const OF_DAY: u8 = 1;

/// A block of one month.
pub(super) const OF_MONTH: u8 = 2;

/// The lines of one block, by site and by the dimensions they are of.
type Blocks = HashMap<(SiteId, u8, u8), Vec<BlockLine>>;

/// Forgets what the store has of a site on a day.
pub(super) fn clear_day(
    transaction: &Connection,
    site: SiteId,
    date: Date,
) -> Result<(), StoreError> {
    let day = day_number(date);
    transaction.execute(
        "/* closing::clear_day */ delete from count_day where site = ?1 and day = ?2",
        params![site.0, day],
    )?;
    transaction.execute(
        "/* closing::clear_day */ delete from block where site = ?1 and scale = ?2 and start = ?3",
        params![site.0, OF_DAY, day],
    )?;
    transaction.execute(
        "/* closing::clear_day */ delete from network_set where site = ?1 and day = ?2",
        params![site.0, day],
    )?;
    transaction.execute(
        "/* closing::clear_day */ delete from site_day where site = ?1 and day = ?2",
        params![site.0, day],
    )?;
    transaction.execute(
        "/* closing::clear_day */ delete from hit_day where site = ?1 and day = ?2",
        params![site.0, day],
    )?;
    transaction.execute(
        "/* closing::clear_day */
         update block_month set stale = stale + 1 where site = ?1 and start = ?2",
        params![site.0, day_number(date.first_of_month())],
    )?;
    let sql = "/* closing::clear_day */ select zone from site where id = ?1";
    let zone: Option<String> = transaction.query_row(sql, [site.0], |row| row.get(0)).optional()?;
    let Some(zone) = zone else { return Ok(()) };
    let day = ZoneDay { zone: Zone::named(&zone)?, date };
    transaction.execute(
        "/* closing::clear_day */
         delete from count_hour where site = ?1 and hour >= ?2 and hour < ?3",
        params![site.0, day.start().as_second(), day.end().as_second()],
    )?;
    Ok(())
}

/// Writes all lines of a day that is final, but those of breakdowns that its method cannot give.
pub(super) fn write_day(
    transaction: &Connection,
    date: Date,
    closing: &Closing,
    method: Method,
    imports: Option<&str>,
) -> Result<(), StoreError> {
    let day = day_number(date);
    write_hits(transaction, day, &closing.changes.hits)?;
    let known = sites(transaction)?;
    let lines = &closing.changes.lines;
    let mut numbers = Vec::with_capacity(lines.len());
    let mut blocks = Blocks::new();
    let mut sets = DaySets::of(transaction, closing)?;
    let mut present = HashSet::new();
    for line in lines {
        // A site with a hit has its day and hour, even if all that came was no second of reading.
        let counts = line.dimension == WHOLE_SITE || line.measures != Measures::default();
        let is_kept = known.contains(&line.site) && counts;
        if line.hour.is_some()
            || line.dimension == WHOLE_SITE
            || line.dimension == TITLE
            || !is_kept
            || !method.breaks_down_by(line.dimension)
        {
            numbers.push(0);
            if !method.breaks_down_by(line.dimension) {
                continue;
            }
            if is_kept && line.dimension == TITLE {
                write_title(transaction, day, line)?;
            } else if is_kept {
                write_line(transaction, day, line)?;
                present.insert(line.site);
                if line.hour.is_none() {
                    sets.add(line.site, (WHOLE_SITE, 0), (0, 0), line.networks.unwrap_or_default());
                }
            }
            continue;
        }
        let number = value_number(transaction, &line.value, day)?;
        numbers.push(number);
        let block = blocks.entry((line.site, line.dimension, 0)).or_default();
        block.push(BlockLine { first: number, second: 0, measures: line.measures });
        let networks = line.networks.unwrap_or_default();
        sets.add(line.site, (line.dimension, 0), (number, 0), networks);
    }
    add_crossed(closing, method, &known, &numbers, (&mut blocks, &mut sets));
    sets.write(transaction, day)?;
    for ((site, first, second), lines) in blocks {
        write_block(transaction, site, (first, second), (OF_DAY, day), lines)?;
    }
    for site in present {
        finish_site(transaction, site, date, method, imports)?;
    }
    Ok(())
}

/// Adds the crossed lines; `numbers` are those of the values of the day's lines.
fn add_crossed(
    closing: &Closing,
    method: Method,
    known: &HashSet<SiteId>,
    numbers: &[u32],
    (blocks, sets): (&mut Blocks, &mut DaySets),
) {
    let lines = &closing.changes.lines;
    for crossed in &closing.crossed {
        let places = [crossed.first, crossed.second].map(|place| place as usize);
        let [Some(first), Some(second)] = places.map(|place| lines.get(place)) else { continue };
        let is_measured = [first, second].iter().all(|line| method.breaks_down_by(line.dimension));
        if !known.contains(&first.site) || !is_measured {
            continue;
        }
        let pair = (first.dimension, second.dimension);
        let values = (numbers[places[0]], numbers[places[1]]);
        let block = blocks.entry((first.site, pair.0, pair.1)).or_default();
        let measures = crossed.measures;
        block.push(BlockLine { first: values.0, second: values.1, measures });
        // Whose lines count nothing has no numbers.
        if measures != Measures::default() {
            sets.add(first.site, pair, values, crossed.networks);
        }
    }
}

/// What is noted of a site once its day is written, and what is not needed any more.
fn finish_site(
    transaction: &Connection,
    site: SiteId,
    date: Date,
    method: Method,
    imports: Option<&str>,
) -> Result<(), StoreError> {
    let day = day_number(date);
    transaction
        .prepare_cached(
            "/* closing::finish_site */
             delete from count_day where site = ?1 and day = ?2 and dimension <> 0",
        )?
        .execute(params![site.0, day])?;
    let sql = "/* closing::finish_site */
               update last_change set number = number + 1 returning number";
    let change: i64 = transaction.prepare_cached(sql)?.query_one([], |row| row.get(0))?;
    transaction
        .prepare_cached(
            "/* closing::finish_site */
             insert or replace into site_day (site, day, method, imports, change)
             values (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![site.0, day, method.name(), imports, change])?;
    transaction
        .prepare_cached(
            "/* closing::finish_site */
             insert into block_month (site, start, stale) values (?1, ?2, 1)
                 on conflict do update set stale = stale + 1",
        )?
        .execute(params![site.0, day_number(date.first_of_month())])?;
    Ok(())
}

/// Writes one block in the place of any that was there.
pub(super) fn write_block(
    transaction: &Connection,
    site: SiteId,
    (first, second): (u8, u8),
    (scale, start): (u8, i64),
    lines: Vec<BlockLine>,
) -> Result<(), StoreError> {
    let packed =
        block::pack(lines).map_err(|error| StoreError::Damaged(format!("a block: {error}")))?;
    transaction
        .prepare_cached(
            "/* closing::write_block */
             insert or replace into block (site, first, second, scale, start, lines)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![site.0, first, second, scale, start, packed])?;
    Ok(())
}

fn sites(transaction: &Connection) -> Result<HashSet<SiteId>, StoreError> {
    let mut statement = transaction.prepare_cached("/* closing::sites */ select id from site")?;
    let sites = statement.query_map([], |row| row.get(0).map(SiteId))?;
    Ok(sites.collect::<Result<_, _>>()?)
}
