//! The sets of buckets in SQLite: beside each block of a closed day one of its lines' sets.

use hashbrown::{HashMap, HashSet};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, TransactionBehavior, params};

use crate::model::{
    NetworkCheck, NetworkSet, Networks, Period, Site, SiteId, ZoneDay, date_of_day_number,
    day_number,
};
use crate::store::block::{
    Damaged, KeptNetworks, NetworkLine, pack_networks, unpack, unpack_networks,
};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::closing::OF_DAY;
use crate::store::sqlite::rows::texts;
use crate::store::sqlite::sites::rules_of;
use crate::store::{Closing, HOURS, NetworkSets, NetworksLine, StoreError, WHOLE_SITE};

/// A line whose buckets are so many times the site's threshold is sure: their number is kept.
const SURE_TIMES: u64 = 2;

/// A breakdown or a crossing of a site: the codes of its dimensions.
type Pair = (u8, u8);

/// The numbers of a line's values.
type Values = (u32, u32);

fn is_damaged(error: Damaged) -> StoreError {
    StoreError::Damaged(error.to_string())
}

/// The sets of a day that is being written.
pub(super) struct DaySets {
    /// What tells the key of each site of which all buckets are known, and how many are sure.
    sites: HashMap<SiteId, (Option<NetworkCheck>, u64)>,
    lines: HashMap<(SiteId, Pair), Vec<NetworkLine>>,
}

impl DaySets {
    /// Nothing yet.
    pub fn of(transaction: &Connection, closing: &Closing) -> Result<Self, StoreError> {
        let mut sites = HashMap::new();
        for (site, check) in &closing.bucketed {
            let Some(rules) = rules_of(transaction, *site)? else { continue };
            sites.insert(*site, (*check, SURE_TIMES * rules.visitors_min));
        }
        Ok(Self { sites, lines: HashMap::new() })
    }

    /// Adds a line.
    pub fn add(&mut self, site: SiteId, pair: Pair, (first, second): Values, set: NetworkSet) {
        let Some((_, sure)) = self.sites.get(&site) else { return };
        let is_sure = u64::from(set.count()) >= *sure;
        let kept =
            if is_sure { KeptNetworks::Count(set.count()) } else { KeptNetworks::Set(set) };
        let lines = self.lines.entry((site, pair)).or_default();
        lines.push(NetworkLine { first, second, kept });
    }

    /// Writes them all.
    pub fn write(self, transaction: &Connection, day: i64) -> Result<(), StoreError> {
        for ((site, pair), lines) in self.lines {
            let check = self.sites.get(&site).and_then(|(check, _)| *check);
            write_sets(transaction, site, pair, day, (check, lines))?;
        }
        Ok(())
    }
}

fn write_sets(
    transaction: &Connection,
    site: SiteId,
    (first, second): Pair,
    day: i64,
    (check, lines): (Option<NetworkCheck>, Vec<NetworkLine>),
) -> Result<(), StoreError> {
    let has_sets = lines.iter().any(|line| matches!(line.kept, KeptNetworks::Set(_)));
    let sql = "/* networks::write_sets */
               insert or replace into network_set
                      (site, first, second, day, key_check, has_sets, lines)
               values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let check = check.filter(|_| has_sets).map(|check| check.0);
    let row = params![site.0, first, second, day, check, has_sets, packed(lines)?];
    transaction.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

fn packed(lines: Vec<NetworkLine>) -> Result<Vec<u8>, StoreError> {
    pack_networks(lines).map_err(|error| StoreError::Damaged(format!("networks: {error}")))
}

/// What is known of a line from its days.
#[derive(Default)]
struct Gathered {
    networks: Networks,
    /// The buckets of the days of each key together.
    unions: Vec<(NetworkCheck, NetworkSet)>,
}

impl Gathered {
    /// Adds a day of which so many are known.
    fn add_count(&mut self, count: u64) {
        self.networks = self.networks.largest(Networks { count, largest_day: count });
    }

    fn add(&mut self, check: Option<NetworkCheck>, kept: KeptNetworks) {
        self.add_count(u64::from(kept.count()));
        let (Some(check), KeptNetworks::Set(set)) = (check, kept) else { return };
        match self.unions.iter_mut().find(|(known, _)| *known == check) {
            Some((_, union)) => union.unite(set),
            None => self.unions.push((check, set)),
        }
    }

    /// Buckets of one key are counted together; those of several keys may be of the same networks,
    /// and so the largest number counts.
    fn networks(&self) -> Networks {
        let unions = self.unions.iter().map(|(_, union)| u64::from(union.count()));
        Networks { count: unions.fold(self.networks.count, u64::max), ..self.networks }
    }
}

/// What is known of the lines of a breakdown, by the numbers of their values.
type Lines = HashMap<Values, Gathered>;

/// Gathers the sets of some days; tells which days have any.
fn gather_sets(
    reader: &Connection,
    site: SiteId,
    (first, second): Pair,
    days: (i64, i64),
    lines: &mut Lines,
) -> Result<HashSet<i64>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* networks::gather_sets */
         select day, key_check, lines
           from network_set
          where site = ?1 and first = ?2 and second = ?3 and day between ?4 and ?5",
    )?;
    let mut rows = statement.query(params![site.0, first, second, days.0, days.1])?;
    let mut seen = HashSet::new();
    while let Some(row) = rows.next()? {
        seen.insert(row.get(0)?);
        let check = row.get::<_, Option<u32>>(1)?.map(NetworkCheck);
        let packed = row.get_ref(2)?.as_blob().unwrap_or_default();
        let add = |line: NetworkLine| {
            lines.entry((line.first, line.second)).or_default().add(check, line.kept);
        };
        unpack_networks(packed, add).map_err(is_damaged)?;
    }
    Ok(seen)
}

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
            let values = (line.first, line.second);
            lines.entry(values).or_default().add_count(line.measures.visitors);
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

fn days_of_month(first: Date) -> (i64, i64) {
    (day_number(first), day_number(first.last_of_month()))
}

/// What was kept of a month when its buckets were deleted.
fn kept_of_month(
    reader: &Connection,
    site: SiteId,
    (first, second): Pair,
    month: Date,
) -> Result<HashMap<Values, Networks>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* networks::kept_of_month */
         select counts, largest_days
           from network_month
          where site = ?1 and first = ?2 and second = ?3 and start = ?4",
    )?;
    let mut rows = statement.query(params![site.0, first, second, day_number(month)])?;
    let mut kept: HashMap<Values, Networks> = HashMap::new();
    while let Some(row) = rows.next()? {
        for column in 0..2 {
            let packed = row.get_ref(column)?.as_blob().unwrap_or_default();
            unpack_networks(packed, |line| {
                let networks = kept.entry((line.first, line.second)).or_default();
                let number = u64::from(line.kept.count());
                match column {
                    0 => networks.count = number,
                    _ => networks.largest_day = number,
                }
            })
            .map_err(is_damaged)?;
        }
    }
    Ok(kept)
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
fn hours(reader: &Connection, site: &Site, period: Period) -> Result<Vec<NetworksLine>, StoreError> {
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
                 select distinct day from network_set where site = ?1 and has_sets = 1 order by day",
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

fn pairs_with_sets(
    reader: &Connection,
    site: SiteId,
    month: Date,
) -> Result<Vec<Pair>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* networks::pairs_with_sets */
         select distinct first, second
           from network_set
          where site = ?1 and has_sets = 1 and day between ?2 and ?3",
    )?;
    let (first, last) = days_of_month(month);
    let pairs = statement
        .query_map(params![site.0, first, last], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(pairs)
}

/// Puts numbers in the place of the sets of a month, and keeps what they are together.
fn forget_pair(
    transaction: &Connection,
    site: SiteId,
    pair: Pair,
    month: Date,
) -> Result<(), StoreError> {
    let mut networks = kept_of_month(transaction, site, pair, month)?;
    let (mut lines, days) = (Lines::new(), days_of_month(month));
    let seen = gather_sets(transaction, site, pair, days, &mut lines)?;
    for (values, line) in lines {
        let kept = networks.entry(values).or_default();
        *kept = kept.largest(line.networks());
    }
    let column = |number: fn(&Networks) -> u64| {
        let line = |(&(first, second), networks): (&Values, &Networks)| {
            let count = u32::try_from(number(networks)).unwrap_or(u32::MAX);
            NetworkLine { first, second, kept: KeptNetworks::Count(count) }
        };
        packed(networks.iter().map(line).collect())
    };
    let sql = "/* networks::forget_pair */
               insert or replace into network_month
                      (site, first, second, start, counts, largest_days)
               values (?1, ?2, ?3, ?4, ?5, ?6)";
    let (counts, largest) = (column(|one| one.count)?, column(|one| one.largest_day)?);
    let row = params![site.0, pair.0, pair.1, day_number(month), counts, largest];
    transaction.prepare_cached(sql)?.execute(row)?;
    for day in seen {
        let mut lines = Lines::new();
        gather_sets(transaction, site, pair, (day, day), &mut lines)?;
        let line = |((first, second), line): (Values, Gathered)| {
            let count = u32::try_from(line.networks.count).unwrap_or(u32::MAX);
            NetworkLine { first, second, kept: KeptNetworks::Count(count) }
        };
        let numbers = lines.into_iter().map(line).collect();
        write_sets(transaction, site, pair, day, (None, numbers))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
