//! Months gathered from their days, and what is deleted when its time is over.

use hashbrown::HashMap;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::model::{Measures, SiteId, Zone, ZoneDay, date_of_day_number, day_number};
use crate::store::StoreError;
use crate::store::block::{self, BlockLine};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::closing::{OF_DAY, OF_MONTH, write_block};

/// Gathers every complete month that is stale. Each block is a transaction of its own, so that
/// nobody waits for a whole month; until the last is written, the month is read day by day.
pub(super) fn gather(store: &SqliteStore, today: Date) -> Result<(), StoreError> {
    let current = day_number(today.first_of_month());
    for month in stale_months(store, current)? {
        gather_one(store, &month)?;
    }
    Ok(())
}

/// A month to gather.
struct Month {
    site: SiteId,
    start: i64,
    /// How often a day of it was written since it was gathered.
    stale: i64,
}

fn gather_one(store: &SqliteStore, month: &Month) -> Result<(), StoreError> {
    let Month { site, start, .. } = *month;
    let last = day_number(date_of_day_number(start).last_of_month());
    // What a replaced day no longer has, its month forgets.
    let forget = |transaction: &Connection| {
        let sql = "/* months::gather_one */
                   delete from block where site = ?1 and scale = ?2 and start = ?3";
        transaction.execute(sql, params![site.0, OF_MONTH, start])?;
        Ok(())
    };
    if !write_if_unchanged(store, month, forget)? {
        return Ok(());
    }
    for pair in store.read(|reader| pairs_of(reader, site, start, last))? {
        let lines = store.read(|reader| sum_of(reader, site, pair, start, last))?;
        let written = write_if_unchanged(store, month, |transaction| {
            write_block(transaction, site, pair, (OF_MONTH, start), lines)
        })?;
        if !written {
            return Ok(());
        }
    }
    write_if_unchanged(store, month, |transaction| {
        let sql = "/* months::gather_one */
                   update block_month set stale = 0 where site = ?1 and start = ?2";
        transaction.execute(sql, params![site.0, start])?;
        Ok(())
    })?;
    Ok(())
}

/// Writes, unless a day of the month was written since it was looked at, by this process or by
/// another, such as an import: then it will be gathered again.
fn write_if_unchanged(
    store: &SqliteStore,
    month: &Month,
    write: impl FnOnce(&Connection) -> Result<(), StoreError>,
) -> Result<bool, StoreError> {
    let mut writer = store.writer();
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let sql = "/* months::write_if_unchanged */
               select stale from block_month where site = ?1 and start = ?2";
    let asked = params![month.site.0, month.start];
    let stale: Option<i64> = transaction.query_row(sql, asked, |row| row.get(0)).optional()?;
    if stale != Some(month.stale) {
        return Ok(false);
    }
    write(&transaction)?;
    transaction.commit()?;
    Ok(true)
}

fn stale_months(store: &SqliteStore, before: i64) -> Result<Vec<Month>, StoreError> {
    store.read(|reader| {
        let mut statement = reader.prepare_cached(
            "/* months::stale_months */
             select site, start, stale from block_month where stale > 0 and start < ?1",
        )?;
        let months = statement
            .query_map([before], |row| {
                Ok(Month { site: SiteId(row.get(0)?), start: row.get(1)?, stale: row.get(2)? })
            })?
            .collect::<Result<_, _>>()?;
        Ok(months)
    })
}

fn pairs_of(
    reader: &Connection,
    site: SiteId,
    first_day: i64,
    last_day: i64,
) -> Result<Vec<(u8, u8)>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* months::pairs_of */
         select distinct first, second
           from block
          where site = ?1 and scale = ?2 and start between ?3 and ?4",
    )?;
    let pairs = statement
        .query_map(params![site.0, OF_DAY, first_day, last_day], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    Ok(pairs)
}

fn sum_of(
    reader: &Connection,
    site: SiteId,
    (first, second): (u8, u8),
    first_day: i64,
    last_day: i64,
) -> Result<Vec<BlockLine>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* months::sum_of */
         select lines
           from block
          where site = ?1 and first = ?2 and second = ?3 and scale = ?4
            and start between ?5 and ?6",
    )?;
    let asked = params![site.0, first, second, OF_DAY, first_day, last_day];
    let mut rows = statement.query(asked)?;
    let mut sums: HashMap<(u32, u32), Measures> = HashMap::new();
    while let Some(row) = rows.next()? {
        let packed = row.get_ref(0)?.as_blob().unwrap_or_default();
        block::unpack(packed, |line| {
            sums.entry((line.first, line.second)).or_default().add(line.measures);
        })
        .map_err(|error| StoreError::Damaged(error.to_string()))?;
    }
    let line = |((first, second), measures)| BlockLine { first, second, measures };
    Ok(sums.into_iter().map(line).collect())
}

/// Deletes breakdowns, hours, titles and texts from before a day; whole sites keep their days. A
/// month that begins before the day loses its own block, and is read by the days that are left.
pub(super) fn delete_details_before(store: &SqliteStore, date: Date) -> Result<(), StoreError> {
    let day = day_number(date);
    let mut writer = store.writer();
    let transaction = writer.transaction()?;
    let month = day_number(date.first_of_month());
    for (sql, asked) in [
        ("delete from block where scale = 1 and start < ?1", day),
        ("delete from block where scale = 2 and start < ?1", day),
        ("delete from network_set where day < ?1", day),
        ("delete from network_month where start < ?1", day),
        ("delete from block_month where start < ?1", month),
        ("update block_month set stale = stale + 1 where start < ?1", day),
        ("delete from count_day where dimension <> 0 and day < ?1", day),
        ("delete from page_title where day < ?1", day),
        ("delete from value where last_day < ?1 and id <> 0", day),
    ] {
        transaction.execute(&format!("/* months::delete_details_before */ {sql}"), [asked])?;
    }
    for (site, zone) in zones(&transaction)? {
        let from = ZoneDay { zone, date }.start().as_second();
        transaction.execute(
            "/* months::delete_details_before */
             delete from count_hour where site = ?1 and hour < ?2",
            params![site.0, from],
        )?;
    }
    transaction.commit()?;
    // What was deleted is not left in the file of what was last written, either.
    writer.query_row("/* months */ pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
    Ok(())
}

fn zones(transaction: &Connection) -> Result<Vec<(SiteId, Zone)>, StoreError> {
    let mut statement =
        transaction.prepare_cached("/* months::zones */ select id, zone from site")?;
    let mut rows = statement.query([])?;
    let mut zones = Vec::new();
    while let Some(row) = rows.next()? {
        zones.push((SiteId(row.get(0)?), Zone::named(&row.get::<_, String>(1)?)?));
    }
    Ok(zones)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::model::{Host, SiteRules};
    use crate::store::{Changes, Closing, Ledger, Line, Method, NewSite, Sites};

    fn store_with_site() -> (tempfile::TempDir, SqliteStore, SiteId) {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let site = NewSite {
            host: Host::parse("a.fr").unwrap(),
            aliases: vec![],
            zone: Zone::named("UTC").unwrap(),
            query_kept: vec![],
            rules: SiteRules::default(),
            organisation: None,
            synthetic: false,
        };
        let site = store.add_site(&site, jiff::Timestamp::UNIX_EPOCH).unwrap();
        (folder, store, site)
    }

    fn write_day(store: &SqliteStore, site: SiteId, date: Date) {
        let measures = Measures { views: 3, visitors: 1, visits: 1, ..Measures::default() };
        let line = |dimension, value: &str| Line {
            site,
            dimension,
            value: value.to_owned(),
            hour: None,
            measures,
            networks: None,
        };
        let lines = vec![line(0, ""), line(crate::dimension::PAGE, "/")];
        let changes = Changes { position: 0, lines, hits: vec![] };
        let closing = Closing { changes, ..Closing::default() };
        store.write_past_day(site, date, &closing, Method::AccessLog, None).unwrap();
    }

    #[test]
    fn a_day_written_while_its_month_is_gathered_is_not_forgotten() {
        let (_folder, store, site) = store_with_site();
        write_day(&store, site, date(2026, 9, 1));
        let seen = stale_months(&store, i64::MAX).unwrap();
        write_day(&store, site, date(2026, 9, 2));
        gather_one(&store, &seen[0]).unwrap();
        assert_eq!(stale_months(&store, i64::MAX).unwrap().len(), 1, "it is still to be gathered");
        gather(&store, date(2026, 10, 1)).unwrap();
        assert!(stale_months(&store, i64::MAX).unwrap().is_empty());
    }
}
