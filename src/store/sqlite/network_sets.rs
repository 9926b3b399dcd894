//! The sets of buckets in SQLite: beside each block of a closed day one of its lines' sets; and
//! what is left of them once they are deleted.

use hashbrown::{HashMap, HashSet};
use jiff::civil::Date;
use rusqlite::{Connection, params};

use crate::model::{NetworkCheck, NetworkSet, Networks, SiteId, day_number};
use crate::store::block::{Damaged, KeptNetworks, NetworkLine, pack_networks, unpack_networks};
use crate::store::sqlite::rules::rules_of;
use crate::store::{Closing, StoreError};

/// A line whose buckets are so many times the site's threshold is sure: their number is kept.
const SURE_TIMES: u64 = 2;

/// A breakdown or a crossing of a site: the codes of its dimensions.
pub(super) type Pair = (u8, u8);

/// The numbers of a line's values.
pub(super) type Values = (u32, u32);

pub(super) fn is_damaged(error: Damaged) -> StoreError {
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
        let kept = if is_sure { KeptNetworks::Count(set.count()) } else { KeptNetworks::Set(set) };
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
pub(super) struct Gathered {
    networks: Networks,
    /// The buckets of the days of each key together.
    unions: Vec<(NetworkCheck, NetworkSet)>,
}

impl Gathered {
    /// Adds a day of which so many are known.
    pub(super) fn add_count(&mut self, count: u64) {
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
    pub(super) fn networks(&self) -> Networks {
        let unions = self.unions.iter().map(|(_, union)| u64::from(union.count()));
        Networks { count: unions.fold(self.networks.count, u64::max), ..self.networks }
    }
}

/// What is known of the lines of a breakdown, by the numbers of their values.
pub(super) type Lines = HashMap<Values, Gathered>;

/// Gathers the sets of some days; tells which days have any.
pub(super) fn gather_sets(
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

pub(super) fn days_of_month(first: Date) -> (i64, i64) {
    (day_number(first), day_number(first.last_of_month()))
}

/// What was kept of a month when its buckets were deleted.
pub(super) fn kept_of_month(
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

pub(super) fn pairs_with_sets(
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
pub(super) fn forget_pair(
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
