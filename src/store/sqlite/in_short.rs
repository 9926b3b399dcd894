//! What was released of a site or of a group of sites, in short: when, until which day, and the
//! last month.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::store::sqlite::released_rows::{files_of, period, release, release_statement};
use crate::store::{Release, ReleasedFile, ReleasedInShort, StoreError};

/// All of it; nothing if nothing was released.
pub fn of(reader: &Connection, about: &str) -> Result<Option<ReleasedInShort>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* Releases.released_in_short */
         select min(released_at), max(released_at) from release where about = ?1",
    )?;
    let (first, last): (Option<i64>, Option<i64>) =
        statement.query_one([about], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (Some(first), Some(last)) = (first, last) else { return Ok(None) };
    let moment = |second| Timestamp::from_second(second).unwrap_or_default();
    let Some(last_day) = last_day(reader, about)? else { return Ok(None) };
    let (first, last) = (moment(first), moment(last));
    let month = last_month(reader, about)?;
    Ok(Some(ReleasedInShort { first, last, last_day, month }))
}

/// The last day that a release of a site or a group is about.
fn last_day(reader: &Connection, about: &str) -> Result<Option<Date>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* Releases.last_day */
         select scale, max(start) from release where about = ?1 group by scale",
    )?;
    let last = |row: &Row<'_>| Ok(period(row.get(0)?, row.get(1)?).last());
    let found = statement.query_map([about], last)?;
    let days: Vec<Date> = found.collect::<Result<_, _>>()?;
    Ok(days.into_iter().max())
}

/// The last month of a site or a group, in its latest revision, with its files.
fn last_month(
    reader: &Connection,
    about: &str,
) -> Result<Option<(Release, Vec<ReleasedFile>)>, StoreError> {
    let found = reader
        .prepare_cached(release_statement!(
            "Releases.last_month",
            "where about = ?1 and scale = 2
              order by start desc, revision desc
              limit 1"
        ))?
        .query_row([about], release)
        .optional()?;
    let Some(found) = found else { return Ok(None) };
    let files = files_of(reader, found.id)?;
    Ok(Some((found, files)))
}
