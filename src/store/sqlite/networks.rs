//! From how many networks the readers of each line of a day, a month or a year came, read from
//! SQLite.

use hashbrown::{HashMap, HashSet};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, TransactionBehavior, params};

use crate::model::{
    Measures, Networks, Period, Site, SiteId, ZoneDay, date_of_day_number, day_number,
};
use crate::store::block::unpack;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::closing::OF_DAY;
use crate::store::sqlite::network_sets::{
    Lines, Pair, Values, days_of_month, forget_pair, gather_sets, is_damaged, kept_of_month,
    pairs_with_sets,
};
use crate::store::sqlite::rows::texts;
use crate::store::{HOURS, NetworkSets, NetworksLine, StoreError, WHOLE_SITE};

/// Adds the days without sets: open ones, of which numbers are known, and those of which the
/// visitors alone are.
fn add_days_without_sets(
    reader: &Connection,
    site: SiteId,
    (first, second): Pair,
    days: (i64, i64),
    seen: &HashSet<i64>,
    lines: &mut Lines,
) -> Result<(), StoreError> {
    let mut statement = reader.prepare_cached(
        "/* networks::add_days_without_sets */
         select start, lines
           from block
          where site = ?1 and first = ?2 and second = ?3 and scale = ?4
            and start between ?5 and ?6",
    )?;
    let mut rows = statement.query(params![site.0, first, second, OF_DAY, days.0, days.1])?;
    while let Some(row) = rows.next()? {
        if seen.contains(&row.get::<_, i64>(0)?) {
            continue;
        }
        unpack(row.get_ref(1)?.as_blob().unwrap_or_default(), |line| {
            // What counts nothing is no line.
            if line.measures != Measures::default() {
                let values = (line.first, line.second);
                lines.entry(values).or_default().add_count(line.measures.visitors);
            }
        })
        .map_err(is_damaged)?;
    }
    if second != 0 {
        return Ok(());
    }
    let mut statement = reader.prepare_cached(
        "/* networks::add_days_without_sets */
         select day, value, coalesce(networks, visitors)
           from count_day
          where site = ?1 and dimension = ?2 and day between ?3 and ?4",
    )?;
    let mut rows = statement.query(params![site.0, first, days.0, days.1])?;
    while let Some(row) = rows.next()? {
        if !seen.contains(&row.get::<_, i64>(0)?) {
            let count = row.get::<_, i64>(2)?.unsigned_abs();
            lines.entry((row.get(1)?, 0)).or_default().add_count(count);
        }
    }
    Ok(())
}

fn of_days(
    reader: &Connection,
    site: SiteId,
    pair: Pair,
    days: (i64, i64),
) -> Result<Lines, StoreError> {
    let mut lines = Lines::new();
    let seen = gather_sets(reader, site, pair, days, &mut lines)?;
    add_days_without_sets(reader, site, pair, days, &seen, &mut lines)?;
    Ok(lines)
}

fn of_month(
    reader: &Connection,
    site: SiteId,
    pair: Pair,
    month: Date,
) -> Result<HashMap<Values, Networks>, StoreError> {
    let mut networks = kept_of_month(reader, site, pair, month)?;
    for (values, line) in of_days(reader, site, pair, days_of_month(month))? {
        let kept = networks.entry(values).or_default();
        *kept = kept.largest(line.networks());
    }
    Ok(networks)
}

fn of_period(
    reader: &Connection,
    site: SiteId,
    pair: Pair,
    period: Period,
) -> Result<HashMap<Values, Networks>, StoreError> {
    match period {
        Period::Day(date) => {
            let lines = of_days(reader, site, pair, (day_number(date), day_number(date)))?;
            Ok(lines.into_iter().map(|(values, line)| (values, line.networks())).collect())
        }
        Period::Month(first) => of_month(reader, site, pair, first),
        Period::Year(first) => {
            let mut networks: HashMap<Values, Networks> = HashMap::new();
            let mut month = Period::Month(period.last().first_of_month());
            while month.first() >= first {
                for (values, of_month) in of_month(reader, site, pair, month.first())? {
                    let largest = networks.entry(values).or_default();
                    *largest = largest.largest(of_month);
                }
                month = month.previous();
            }
            Ok(networks)
        }
    }
}

/// The hours of a period, with what is known of each by itself.
fn hours(
    reader: &Connection,
    site: &Site,
    period: Period,
) -> Result<Vec<NetworksLine>, StoreError> {
    let of = |date| ZoneDay { zone: site.zone.clone(), date };
    let mut statement = reader.prepare_cached(
        "/* networks::hours */
         select hour, coalesce(networks, visitors)
           from count_hour
          where site = ?1 and dimension = ?2 and hour >= ?3 and hour < ?4
          order by hour",
    )?;
    let start = of(period.first()).start().as_second();
    let end = of(period.last()).end().as_second();
    let mut rows = statement.query(params![site.id.0, WHOLE_SITE, start, end])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let hour = Timestamp::from_second(row.get(0)?).unwrap_or_default();
        let count = row.get::<_, i64>(1)?.unsigned_abs();
        let networks = Networks { count, largest_day: count };
        lines.push(NetworksLine {
            label: site.zone.written(hour),
            second: String::new(),
            networks,
        });
    }
    Ok(lines)
}

impl NetworkSets for SqliteStore {
    fn networks(
        &self,
        site: &Site,
        codes: (u8, u8),
        period: Period,
    ) -> Result<Vec<NetworksLine>, StoreError> {
        self.read(|reader| {
            if codes.0 == HOURS {
                return hours(reader, site, period);
            }
            let lines = of_period(reader, site.id, codes, period)?;
            let mut numbers: Vec<u32> = lines.keys().flat_map(|&(one, two)| [one, two]).collect();
            numbers.sort_unstable();
            numbers.dedup();
            let texts: HashMap<u32, String> =
                numbers.iter().copied().zip(texts(reader, &numbers)?).collect();
            let text = |number| texts.get(&number).cloned().unwrap_or_default();
            let line = |((first, second), networks)| NetworksLine {
                label: text(first),
                second: text(second),
                networks,
            };
            Ok(lines.into_iter().map(line).collect())
        })
    }

    fn network_months(&self, site: SiteId) -> Result<Vec<Date>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* NetworkSets.network_months */
                 select distinct day
                   from network_set
                  where site = ?1 and has_sets = 1
                  order by day",
            )?;
            let mut rows = statement.query([site.0])?;
            let mut months: Vec<Date> = Vec::new();
            while let Some(row) = rows.next()? {
                let month = date_of_day_number(row.get(0)?).first_of_month();
                if months.last() != Some(&month) {
                    months.push(month);
                }
            }
            Ok(months)
        })
    }

    fn forget_networks(&self, site: SiteId, month: Date) -> Result<(), StoreError> {
        let month = month.first_of_month();
        let mut writer = self.writer();
        for pair in pairs_with_sets(&writer, site, month)? {
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            forget_pair(&transaction, site, pair, month)?;
            transaction.commit()?;
        }
        // What was deleted is not left in the file of what was last written, either.
        writer.query_row("/* networks */ pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
