//! The title that stands beside a page: the one that came from most networks.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::dimension::BETWEEN;
use crate::model::{BUCKETS, NetworkSet, Site};
use crate::privacy::VISITORS_MIN;
use crate::store::{Line, StoreError};

/// Days after which a title that no longer comes gives way to one of fewer networks: a week, which
/// an office's closed days do not fill, and after which a changed title is shown.
const TITLE_DAYS: i64 = 7;

/// Keeps a title beside its page, if none is there or if it takes the place of the one that is:
/// from more networks; or from enough, while the other one has not come from enough for
/// [`TITLE_DAYS`]. A title that is there already counts with its best day.
pub(super) fn write_title(
    transaction: &Connection,
    day: i64,
    line: &Line,
) -> Result<(), StoreError> {
    let Some((path, title)) = line.value.split_once(BETWEEN) else { return Ok(()) };
    // Where an earlier version counted no networks, visitors stand for them.
    transaction
        .prepare_cached(
            "/* Ledger.write_title */
             insert into page_title (site, path, title, visitors, day, networks)
             select ?1, ?2, ?3, ?4, ?5, ?6 where exists (select 1 from site where id = ?1)
                 on conflict do update set
                    title    = excluded.title,
                    visitors = iif(title = excluded.title,
                                   max(visitors, excluded.visitors), excluded.visitors),
                    networks = iif(title = excluded.title,
                                   max(coalesce(networks, excluded.networks),
                                       coalesce(excluded.networks, networks)),
                                   excluded.networks),
                    day      = excluded.day
                  where excluded.day >= day
                    and (   coalesce(excluded.networks, min(excluded.visitors, ?8))
                          > coalesce(networks, min(visitors, ?8))
                         or (coalesce(excluded.networks, excluded.visitors) >= ?7
                             and (title = excluded.title or day < excluded.day - ?9)))",
        )?
        .execute(params![
            line.site.0,
            path,
            title,
            line.measures.visitors as i64,
            day,
            line.networks.map(NetworkSet::count),
            VISITORS_MIN as i64,
            BUCKETS as i64,
            TITLE_DAYS
        ])?;
    Ok(())
}

/// The titles of pages that came from so many networks.
pub(super) fn titles(
    reader: &Connection,
    site: &Site,
    paths: &[&str],
    networks_min: u64,
) -> Result<Vec<Option<String>>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* Figures.titles */
         select title from page_title
          where site = ?1 and path = ?2 and coalesce(networks, visitors) >= ?3",
    )?;
    let mut title = |path: &&str| {
        let asked = params![site.id.0, path, networks_min as i64];
        Ok(statement.query_row(asked, |row| row.get(0)).optional()?)
    };
    paths.iter().map(&mut title).collect()
}

#[cfg(test)]
mod tests;
