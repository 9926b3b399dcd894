//! What was let out, in SQLite: written once, in one transaction, and read for ever.

use hashbrown::HashSet;
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::model::{Period, Site, date_of_day_number, day_number};
use crate::privacy::disclosure::audit::Record;
use crate::privacy::{Heading, Published, keep, reopen};
use crate::store::sqlite::released_rows::{
    file, files_of, period, release, release_statement, scale_and_start,
};
use crate::store::sqlite::{SqliteStore, in_short};
use crate::store::{
    FileContent, HOURS, NewRelease, Release, ReleasedCounts, ReleasedFile, ReleasedInShort,
    Releases, Scales, StoreError, WHOLE_SITE,
};

impl Releases for SqliteStore {
    fn put_release(&self, new: &NewRelease<'_>) -> Result<bool, StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let Some(id) = write_release(&transaction, &new.release, &new.record)? else {
            return Ok(false);
        };
        let (scale, start) = scale_and_start(new.release.period);
        if let Some(site) = new.site {
            for table in &new.tables {
                let lines = keep(&table.published).map_err(damaged)?;
                transaction
                    .prepare_cached(
                        "/* Releases.put_release */
                         insert or replace into released_table
                                (site, first, second, scale, start, lines)
                         select ?1, ?2, ?3, ?4, ?5, ?6
                          where exists (select 1 from site where id = ?1)",
                    )?
                    .execute(params![site.id.0, table.first, table.second, scale, start, lines])?;
            }
        }
        for (file, packed) in &new.files {
            transaction
                .prepare_cached(
                    "/* Releases.put_release */
                     insert into released_file (release, dataset, format, bytes, sha256, packed)
                     values (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    id,
                    file.dataset,
                    file.format,
                    file.bytes as i64,
                    file.sha256,
                    packed
                ])?;
        }
        transaction.commit()?;
        Ok(true)
    }

    fn release(&self, about: &str, period: Period) -> Result<Option<Release>, StoreError> {
        self.read(|reader| find_release(reader, about, period, None))
    }

    fn latest_releases(&self, about: &str) -> Result<Vec<Release>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(release_statement!(
                "Releases.latest_releases",
                "max(revision)",
                "where about = ?1
                  group by scale, start
                  order by start, scale"
            ))?;
            let releases = statement.query_map([about], release)?;
            Ok(releases.collect::<Result<_, _>>()?)
        })
    }

    fn releases_after(
        &self,
        id: i64,
        most: usize,
    ) -> Result<Vec<(Release, Vec<ReleasedFile>)>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(release_statement!(
                "Releases.releases_after",
                "where id > ?1
                  order by id
                  limit ?2"
            ))?;
            let found = statement.query_map(params![id, most as i64], release)?;
            let found: Vec<Release> = found.collect::<Result<_, _>>()?;
            let with_files = |one: Release| Ok((files_of(reader, one.id)?, one));
            let with_files = found.into_iter().map(with_files);
            with_files.map(|pair| pair.map(|(files, one)| (one, files))).collect()
        })
    }

    fn released_in_short(&self, about: &str) -> Result<Option<ReleasedInShort>, StoreError> {
        self.read(|reader| in_short::of(reader, about))
    }

    fn last_release(&self) -> Result<Option<(i64, Timestamp)>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Releases.last_release */
                 select id, released_at from release order by id desc limit 1",
            )?;
            let moment = |second| Timestamp::from_second(second).unwrap_or_default();
            let found = statement.query_row([], |row| Ok((row.get(0)?, moment(row.get(1)?))));
            Ok(found.optional()?)
        })
    }

    fn released_counts(&self, after: i64) -> Result<ReleasedCounts, StoreError> {
        self.read(|reader| {
            // A host has no colon, and is not called all.
            let sql = "/* Releases.released_counts */
                select count(*),
                       count(*) filter (where scale = 1 and revision = 1
                                          and about <> 'all' and instr(about, ':') = 0),
                       (select count(*) from released_file where release > ?1),
                       coalesce(max(id), ?1)
                  from release
                 where id > ?1";
            let count = |row: &Row<'_>, place| row.get::<_, i64>(place).map(|count| count as u64);
            Ok(reader.prepare_cached(sql)?.query_one([after], |row| {
                let (releases, days, files) = (count(row, 0)?, count(row, 1)?, count(row, 2)?);
                Ok(ReleasedCounts { last: row.get(3)?, releases, days, files })
            })?)
        })
    }

    fn released_table(
        &self,
        site: &Site,
        (first, second): (u8, u8),
        period: Period,
    ) -> Result<Option<Published>, StoreError> {
        self.read(|reader| {
            let (scale, start) = scale_and_start(period);
            let lines: Option<Vec<u8>> = reader
                .prepare_cached(
                    "/* Releases.released_table */
                     select lines
                       from released_table
                      where site = ?1 and first = ?2 and second = ?3 and scale = ?4
                        and start = ?5",
                )?
                .query_row(params![site.id.0, first, second, scale, start], |row| row.get(0))
                .optional()?;
            let opened = lines.map(|lines| reopen(&lines, heading(site, first, period)));
            opened.transpose().map_err(damaged)
        })
    }

    fn released_tables(
        &self,
        site: &Site,
        (first, second): (u8, u8),
        (first_day, last_day): (Date, Date),
        scales: Scales,
    ) -> Result<Vec<(Period, Published)>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Releases.released_tables */
                 select scale, start, lines
                   from released_table
                  where site = ?1 and first = ?2 and second = ?3 and scale = ?4
                    and start between ?5 and ?6
                  order by start",
            )?;
            let mut tables: Vec<(Period, Published)> = Vec::new();
            for scale in (1..=scale_of(scales)).rev() {
                let days = (day_number(first_day), day_number(last_day));
                let asked = params![site.id.0, first, second, scale, days.0, days.1];
                let longer: Vec<_> =
                    tables.iter().map(|(period, _)| period.first()..=period.last()).collect();
                let mut rows = statement.query(asked)?;
                while let Some(row) = rows.next()? {
                    let period = period(row.get(0)?, row.get(1)?);
                    let day = period.first();
                    let is_covered = longer.iter().any(|days| days.contains(&day));
                    if period.last() <= last_day && !is_covered {
                        let lines = row.get_ref(2)?.as_blob().unwrap_or_default();
                        let table = reopen(lines, heading(site, first, period));
                        tables.push((period, table.map_err(damaged)?));
                    }
                }
            }
            tables.sort_by_key(|(period, _)| period.first());
            Ok(tables)
        })
    }

    fn released_labels(
        &self,
        site: &Site,
        (first, second): (u8, u8),
        from: Date,
    ) -> Result<HashSet<String>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Releases.released_labels */
                 select scale, start, lines
                   from released_table
                  where site = ?1 and first = ?2 and second = ?3 and scale in (1, 2)
                    and start >= ?4",
            )?;
            let mut labels = HashSet::new();
            let mut rows = statement.query(params![site.id.0, first, second, day_number(from)])?;
            while let Some(row) = rows.next()? {
                let period = period(row.get(0)?, row.get(1)?);
                let lines = row.get_ref(2)?.as_blob().unwrap_or_default();
                let table = reopen(lines, heading(site, first, period)).map_err(damaged)?;
                for line in table.lines().filter(|line| !line.is_withheld()) {
                    labels.get_or_insert_with(line.label, |label| label.to_owned());
                }
            }
            Ok(labels)
        })
    }

    fn secret_fingerprint(&self) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|reader| {
            let sql = "/* Releases.secret_fingerprint */
                       select fingerprint from disclosure_secret order by id desc limit 1";
            Ok(reader.query_row(sql, [], |row| row.get(0)).optional()?)
        })
    }

    fn note_secret(&self, fingerprint: &[u8], now: Timestamp) -> Result<(), StoreError> {
        let sql = "/* Releases.note_secret */
                   insert into disclosure_secret (fingerprint, noted_at) values (?1, ?2)";
        self.writer().execute(sql, params![fingerprint, now.as_second()])?;
        Ok(())
    }

    fn released_file(
        &self,
        about: &str,
        period: Period,
        revision: Option<u32>,
        dataset: &str,
        format: &str,
    ) -> Result<Option<FileContent>, StoreError> {
        self.read(|reader| {
            let Some(release) = find_release(reader, about, period, revision)? else {
                return Ok(None);
            };
            let found = reader
                .prepare_cached(
                    "/* Releases.released_file */
                     select dataset, format, bytes, sha256, packed
                       from released_file
                      where release = ?1 and dataset = ?2 and format = ?3",
                )?
                .query_row(params![release.id, dataset, format], |row| {
                    Ok((file(row)?, row.get(4)?))
                })
                .optional()?;
            Ok(found.map(|(file, packed)| FileContent { release, file, packed }))
        })
    }

    fn day_changes(&self, site: &Site) -> Result<Vec<(Date, i64)>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Releases.day_changes */
                 select day, change from site_day where site = ?1 and change > 0",
            )?;
            let days = statement
                .query_map([site.id.0], |row| Ok((date_of_day_number(row.get(0)?), row.get(1)?)))?;
            Ok(days.collect::<Result<_, _>>()?)
        })
    }

    fn last_change(&self) -> Result<i64, StoreError> {
        self.read(|reader| {
            let sql = "/* Releases.last_change */ select number from last_change";
            Ok(reader.prepare_cached(sql)?.query_one([], |row| row.get(0))?)
        })
    }
}

fn damaged(error: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged(error.to_string())
}

/// The largest of them.
fn scale_of(scales: Scales) -> u8 {
    match scales {
        Scales::Days => 1,
        Scales::Months => 2,
        Scales::Years => 3,
    }
}

/// What a released table is about: everything but its figures.
fn heading(site: &Site, first: u8, period: Period) -> Heading {
    Heading {
        site: site.host.clone(),
        zone: site.zone.clone(),
        first: period.first(),
        last: period.last(),
        synthetic: site.synthetic,
        labels_protected: ![WHOLE_SITE, HOURS].contains(&first),
        staff_below_threshold: false,
    }
}

fn write_release(
    transaction: &Transaction<'_>,
    new: &Release,
    record: &Record,
) -> Result<Option<i64>, StoreError> {
    let (scale, start) = scale_and_start(new.period);
    let added = transaction
        .prepare_cached(
            "/* Releases.write_release */
             insert or ignore into release (about, scale, start, revision, released_at,
                                            generator, rule, method, reason, made_of,
                                            sums_checked, sums_moved, sums_failed)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            new.about,
            scale,
            start,
            new.revision,
            new.released.as_second(),
            new.generator,
            new.rule,
            new.method,
            new.reason,
            new.made_of,
            record.checked as i64,
            record.moved as i64,
            record.failed as i64
        ])?;
    Ok((added > 0).then(|| transaction.last_insert_rowid()))
}

fn find_release(
    reader: &Connection,
    about: &str,
    period: Period,
    revision: Option<u32>,
) -> Result<Option<Release>, StoreError> {
    let (scale, start) = scale_and_start(period);
    let found = reader
        .prepare_cached(release_statement!(
            "Releases.find_release",
            "where about = ?1 and scale = ?2 and start = ?3
                and (?4 is null or revision = ?4)
              order by revision desc
              limit 1"
        ))?
        .query_row(params![about, scale, start, revision], release)
        .optional()?;
    Ok(found)
}
