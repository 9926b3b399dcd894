//! Walks through the stored lines of one breakdown or crossing, days and months, under filters.

use hashbrown::{HashMap, HashSet};
use rusqlite::{Connection, params};

use crate::dimension;
use crate::model::{Measures, SiteId, date_of_day_number, day_number};
use crate::store::block::{Damaged, Reader, Wanted, unpack};
use crate::store::sqlite::closing::{OF_DAY, OF_MONTH};
use crate::store::sqlite::rows::measures;
use crate::store::{By, Filter, Question, StoreError, Test};

/// What is walked through.
pub(super) struct Scan {
    site: SiteId,
    first_day: i64,
    last_day: i64,
    /// The dimensions as they are stored; the second is 0 where there is one.
    key: (u8, u8),
    /// What a line's first and second value must be.
    conditions: (Vec<Condition>, Vec<Condition>),
    /// Is the second value the one that is told apart?
    by_second: bool,
}

/// One filter, as numbers of values.
struct Condition {
    values: HashSet<u32>,
    is_in: bool,
}

impl Condition {
    fn allows(&self, value: u32) -> bool {
        self.values.contains(&value) == self.is_in
    }
}

impl Scan {
    /// Finds the stored lines that answer a question.
    pub fn of(reader: &Connection, question: &Question<'_>) -> Result<Self, StoreError> {
        let key = match question.by.named_with(question.filters)[..] {
            [one] => (one, 0),
            [one, other] => dimension::crossing(one, other).ok_or(StoreError::NotCrossed)?,
            _ => return Err(StoreError::NotCrossed),
        };
        let mut conditions = (Vec::new(), Vec::new());
        for filter in question.filters {
            let condition = condition(reader, filter)?;
            if filter.dimension == key.0 {
                conditions.0.push(condition);
            } else {
                conditions.1.push(condition);
            }
        }
        Ok(Self {
            site: question.site.id,
            first_day: day_number(question.first),
            last_day: day_number(question.last),
            key,
            conditions,
            by_second: question.by == By::Value(key.1),
        })
    }

    fn is_first(&self, value: u32) -> bool {
        self.conditions.0.iter().all(|condition| condition.allows(value))
    }

    fn is_second(&self, value: u32) -> bool {
        self.conditions.1.iter().all(|condition| condition.allows(value))
    }
}

/// Shows what the scan is about, added up by day (or, unless each day is wanted by itself, by
/// month, with its first day) and by the value that is told apart.
pub(super) fn scan(
    reader: &Connection,
    scan: &Scan,
    each_day: bool,
    show: &mut dyn FnMut(i64, u32, Measures),
) -> Result<(), StoreError> {
    let months = if each_day { Vec::new() } else { whole_months(reader, scan)? };
    let mut statement = reader.prepare_cached(
        "/* scan::scan */
         select scale, start, lines
           from block
          where site = ?1 and first = ?2 and second = ?3 and scale = ?4
            and start between ?5 and ?6",
    )?;
    let (first, second) = scan.key;
    let is_damaged = |error: Damaged| StoreError::Damaged(error.to_string());
    let mut reads = Reader::new().map_err(is_damaged)?;
    let wanted = Wanted {
        first: &|value| scan.is_first(value),
        second: &|value| scan.is_second(value),
        by_second: scan.by_second,
    };
    for scale in [OF_DAY, OF_MONTH] {
        let asked = params![scan.site.0, first, second, scale, scan.first_day, scan.last_day];
        let mut rows = statement.query(asked)?;
        while let Some(row) = rows.next()? {
            let start: i64 = row.get(1)?;
            let month = day_number(date_of_day_number(start).first_of_month());
            // Either a month's own block is read, or those of its days, and never both.
            if months.contains(&month) != (scale == OF_MONTH) {
                continue;
            }
            let packed = row.get_ref(2)?.as_blob().unwrap_or_default();
            reads
                .sums(packed, &wanted, |value, measures| show(start, value, measures))
                .map_err(is_damaged)?;
        }
    }
    if second == 0 {
        rows_of_days(reader, scan, show)?;
    }
    Ok(())
}

/// The figures of every pair of values of a stored crossing over the period.
pub(super) fn crossed_sums(
    reader: &Connection,
    question: &Question<'_>,
    (first, second): (u8, u8),
) -> Result<HashMap<(u32, u32), Measures>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* scan::crossed_sums */
         select lines
           from block
          where site = ?1 and first = ?2 and second = ?3 and scale = ?4
            and start between ?5 and ?6",
    )?;
    let (first_day, last_day) = (day_number(question.first), day_number(question.last));
    let asked = params![question.site.id.0, first, second, OF_DAY, first_day, last_day];
    let mut rows = statement.query(asked)?;
    let mut sums: HashMap<(u32, u32), Measures> = HashMap::new();
    while let Some(row) = rows.next()? {
        let packed = row.get_ref(0)?.as_blob().unwrap_or_default();
        unpack(packed, |line| {
            sums.entry((line.first, line.second)).or_default().add(line.measures);
        })
        .map_err(|error| StoreError::Damaged(error.to_string()))?;
    }
    Ok(sums)
}

/// The months that lie whole in the period and are gathered.
fn whole_months(reader: &Connection, scan: &Scan) -> Result<Vec<i64>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* scan::whole_months */
         select start from block_month where site = ?1 and stale = 0 and start between ?2 and ?3",
    )?;
    let mut rows = statement.query(params![scan.site.0, scan.first_day, scan.last_day])?;
    let mut months = Vec::new();
    while let Some(row) = rows.next()? {
        let start: i64 = row.get(0)?;
        if day_number(date_of_day_number(start).last_of_month()) <= scan.last_day {
            months.push(start);
        }
    }
    Ok(months)
}

/// Days that are open, and those that an earlier version closed, lie in rows.
fn rows_of_days(
    reader: &Connection,
    scan: &Scan,
    show: &mut dyn FnMut(i64, u32, Measures),
) -> Result<(), StoreError> {
    let mut statement = reader.prepare_cached(
        "/* scan::rows_of_days */
         select day, value, views, visitors, visits, bounces, events, reading_seconds,
                views_over, events_over
           from count_day
          where site = ?1 and dimension = ?2 and day between ?3 and ?4",
    )?;
    let asked = params![scan.site.0, scan.key.0, scan.first_day, scan.last_day];
    let mut rows = statement.query(asked)?;
    while let Some(row) = rows.next()? {
        let value = row.get(1)?;
        if scan.is_first(value) {
            show(row.get(0)?, value, measures(row, 2)?);
        }
    }
    Ok(())
}

/// The numbers of the values that a filter is about.
fn condition(reader: &Connection, filter: &Filter) -> Result<Condition, StoreError> {
    let sql = match filter.test {
        Test::Is | Test::IsNot => "/* scan::condition */ select id from value where text = ?1",
        Test::StartsWith => {
            "/* scan::condition */ select id from value where substr(text, 1, length(?1)) = ?1"
        }
        Test::Contains => {
            "/* scan::condition */ select id from value where instr(lower(text), lower(?1)) > 0"
        }
    };
    let is_beyond_ascii = || filter.values.iter().any(|text| !text.is_ascii());
    if filter.is_of_readable_forms() || (filter.test == Test::Contains && is_beyond_ascii()) {
        return Ok(Condition { values: passing(reader, filter)?, is_in: true });
    }
    let mut statement = reader.prepare_cached(sql)?;
    let mut values = HashSet::new();
    for text in filter.values.iter().chain(&filter.spellings) {
        let found = statement.query_map([text], |row| row.get(0))?;
        values.extend(found.collect::<Result<Vec<u32>, _>>()?);
    }
    Ok(Condition { values, is_in: filter.test != Test::IsNot })
}

/// The numbers of the values that a filter lets pass, looked at one by one. SQLite knows the two
/// cases of ASCII letters alone, and no readable form of an address.
fn passing(reader: &Connection, filter: &Filter) -> Result<HashSet<u32>, StoreError> {
    let mut statement = reader.prepare_cached("/* scan::passing */ select id, text from value")?;
    let mut rows = statement.query([])?;
    let mut found = HashSet::new();
    while let Some(row) = rows.next()? {
        let value = row.get_ref(1)?.as_str().unwrap_or_default();
        if filter.lets_pass(value) {
            found.insert(row.get(0)?);
        }
    }
    Ok(found)
}
