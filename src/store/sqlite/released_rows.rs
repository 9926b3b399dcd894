//! The rows of releases and of their files, as they stand in the store.

use jiff::Timestamp;
use rusqlite::{Connection, Row};

use crate::model::{Period, date_of_day_number, day_number};
use crate::store::{Release, ReleasedFile, StoreError};

/// The period of a scale that begins on a day.
pub fn period(scale: u8, start: i64) -> Period {
    let date = date_of_day_number(start);
    match scale {
        1 => Period::Day(date),
        2 => Period::Month(date),
        _ => Period::Year(date),
    }
}

/// A statement that reads releases: a comment with its name, and what follows their columns.
macro_rules! release_statement {
    ($name:literal, $rest:literal) => {
        $crate::store::sqlite::released_rows::release_statement!($name, "revision", $rest)
    };
    ($name:literal, $revision:literal, $rest:literal) => {
        concat!(
            "/* ",
            $name,
            " */
             select id, about, scale, start, ",
            $revision,
            ", released_at, generator, rule, method, reason, made_of
               from release ",
            $rest
        )
    };
}
pub(super) use release_statement;

/// A release, of the columns of [`release_statement`].
pub fn release(row: &Row<'_>) -> Result<Release, rusqlite::Error> {
    Ok(Release {
        id: row.get(0)?,
        about: row.get(1)?,
        period: period(row.get(2)?, row.get(3)?),
        revision: row.get(4)?,
        released: Timestamp::from_second(row.get(5)?).unwrap_or_default(),
        generator: row.get(6)?,
        rule: row.get(7)?,
        method: row.get(8)?,
        reason: row.get(9)?,
        made_of: row.get(10)?,
    })
}

/// A file of a release, of the first columns that are asked for.
pub fn file(row: &Row<'_>) -> Result<ReleasedFile, rusqlite::Error> {
    Ok(ReleasedFile {
        dataset: row.get(0)?,
        format: row.get(1)?,
        bytes: row.get::<_, i64>(2)? as u64,
        sha256: row.get(3)?,
    })
}

/// The files of a release.
pub fn files_of(reader: &Connection, release: i64) -> Result<Vec<ReleasedFile>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* Releases.files_of */
         select dataset, format, bytes, sha256
           from released_file
          where release = ?1
          order by dataset, format",
    )?;
    let files = statement.query_map([release], file)?;
    Ok(files.collect::<Result<_, _>>()?)
}

/// How a period is kept: its scale, and its first day.
pub(super) fn scale_and_start(period: Period) -> (u8, i64) {
    let scale = match period {
        Period::Day(_) => 1,
        Period::Month(_) => 2,
        Period::Year(_) => 3,
    };
    (scale, day_number(period.first()))
}
