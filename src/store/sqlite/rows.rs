//! One row of counts in SQLite, written and read.

use rusqlite::{Connection, Row, params};

use crate::dimension::TITLE;
use crate::model::{FIGURES, Measures, NetworkSet, SiteId};
use crate::store::sqlite::titles::write_title;
use crate::store::{Line, StoreError};

/// A text is found by its number in the time in which some ten are passed over in their order.
const TEXTS_PASSED_MAX: usize = 8;

/// The statement that writes a line to a table whose lines are told apart by this column.
// A removed site leaves hits in the open journal: `where exists` passes over them.
macro_rules! line_statement {
    ($table:literal, $moment:literal) => {
        concat!(
            "/* Ledger.write_line */
             insert into ",
            $table,
            "
                    (site, dimension, ",
            $moment,
            ", value,
                     views, visitors, visits, bounces, events, reading_seconds,
                     views_over, events_over, networks)
             select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13
              where exists (select 1 from site where id = ?1)
                 on conflict do update set views           = excluded.views,
                                           visitors        = excluded.visitors,
                                           visits          = excluded.visits,
                                           bounces         = excluded.bounces,
                                           events          = excluded.events,
                                           reading_seconds = excluded.reading_seconds,
                                           views_over      = excluded.views_over,
                                           events_over     = excluded.events_over,
                                           networks        = excluded.networks"
        )
    };
}

const DAY_LINE: &str = line_statement!("count_day", "day");

const HOUR_LINE: &str = line_statement!("count_hour", "hour");

/// Writes one line of a day or an hour as it now stands.
pub(super) fn write_line(
    transaction: &Connection,
    day: i64,
    line: &Line,
) -> Result<(), StoreError> {
    if line.dimension == TITLE {
        return write_title(transaction, day, line);
    }
    let value = value_number(transaction, &line.value, day)?;
    let (statement, moment) = match line.hour {
        Some(hour) => (HOUR_LINE, hour.as_second()),
        None => (DAY_LINE, day),
    };
    let [views, visitors, visits, bounces, events, reading_seconds, views_over, events_over] =
        line.measures.figures().map(|figure| figure as i64);
    transaction.prepare_cached(statement)?.execute(params![
        line.site.0,
        line.dimension,
        moment,
        value,
        views,
        visitors,
        visits,
        bounces,
        events,
        reading_seconds,
        views_over,
        events_over,
        line.networks.map(NetworkSet::count)
    ])?;
    Ok(())
}

/// Writes how many hits each site had on a day, whole.
pub(super) fn write_hits(
    transaction: &Connection,
    day: i64,
    hits: &[(SiteId, u64)],
) -> Result<(), StoreError> {
    for (site, hits) in hits {
        transaction
            .prepare_cached(
                "/* Ledger.write_hits */
                 insert into hit_day (site, day, hits)
                 select id, ?2, ?3 from site where id = ?1
                     on conflict do update set hits = excluded.hits",
            )?
            .execute(params![site.0, day, *hits as i64])?;
    }
    Ok(())
}

/// The number of a text; gives it one if it has none.
pub(super) fn value_number(
    transaction: &Connection,
    text: &str,
    day: i64,
) -> Result<u32, StoreError> {
    let sql = "/* Ledger.value_number */
               insert into value (text, last_day) values (?1, ?2)
                   on conflict do update set last_day = max(last_day, excluded.last_day)
            returning id";
    Ok(transaction.prepare_cached(sql)?.query_one(params![text, day], |row| row.get(0))?)
}

/// The texts of values, whose numbers are in order.
pub(super) fn texts(reader: &Connection, numbers: &[u32]) -> Result<Vec<String>, StoreError> {
    let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else { return Ok(vec![]) };
    let mut texts = Vec::with_capacity(numbers.len());
    if (last - first) as usize / numbers.len() > TEXTS_PASSED_MAX {
        let sql = "/* Figures.texts */ select text from value where id = ?1";
        let mut statement = reader.prepare_cached(sql)?;
        for number in numbers {
            texts.push(statement.query_one([number], |row| row.get(0))?);
        }
        return Ok(texts);
    }
    let sql = "/* Figures.texts */
               select id, text from value where id between ?1 and ?2 order by id";
    let mut statement = reader.prepare_cached(sql)?;
    let mut rows = statement.query([first, last])?;
    for &number in numbers {
        let row = loop {
            match rows.next()? {
                Some(row) if row.get::<_, u32>(0)? == number => break row,
                Some(_) => {}
                None => return Err(rusqlite::Error::QueryReturnedNoRows.into()),
            }
        };
        texts.push(row.get(1)?);
    }
    Ok(texts)
}

/// The figures of a row from a column on, in the order in which they are always selected.
pub(super) fn measures(row: &Row<'_>, from: usize) -> Result<Measures, rusqlite::Error> {
    let mut figures = [0; FIGURES];
    for (place, figure) in figures.iter_mut().enumerate() {
        *figure = row.get::<_, i64>(from + place)? as u64;
    }
    Ok(Measures::of_figures(figures))
}
