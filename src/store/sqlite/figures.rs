//! Reading counts from SQLite, as `Counts` that only the door out can open.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use crate::model::{Measures, Site, ZoneDay, date_of_day_number, day_number};
use crate::privacy::{CountLine, Counts, Heading};
use crate::store::sqlite::SqliteStore;
use crate::store::{Figures, StoreError, WHOLE_SITE};

impl Figures for SqliteStore {
    fn hours(&self, site: &Site, date: Date) -> Result<Counts, StoreError> {
        let day = ZoneDay { zone: site.zone.clone(), date };
        self.read(|reader| {
            let provisional = open_from(reader, site)? <= day_number(date);
            let mut statement = reader.prepare_cached(
                "/* Figures.hours */
                 select hour, views, visitors, events, reading_seconds
                   from count_hour
                  where site = ?1 and dimension = ?2 and hour >= ?3 and hour < ?4
                  order by hour",
            )?;
            let (start, end) = (day.start().as_second(), day.end().as_second());
            let mut rows = statement.query(params![site.id.0, WHOLE_SITE, start, end])?;
            let mut lines = Vec::new();
            while let Some(row) = rows.next()? {
                let hour = Timestamp::from_second(row.get(0)?).unwrap_or_default();
                let label = site.zone.written(hour);
                lines.push(CountLine { label, measures: measures(row, 1)?, provisional });
            }
            Ok(Counts::of_store(heading(site, date, date, false), lines))
        })
    }

    fn days(&self, site: &Site, first: Date, last: Date) -> Result<Counts, StoreError> {
        self.read(|reader| {
            let open_from = open_from(reader, site)?;
            let mut statement = reader.prepare_cached(
                "/* Figures.days */
                 select day, views, visitors, events, reading_seconds
                   from count_day
                  where site = ?1 and dimension = ?2 and day between ?3 and ?4
                  order by day",
            )?;
            let asked = params![site.id.0, WHOLE_SITE, day_number(first), day_number(last)];
            let mut rows = statement.query(asked)?;
            let mut lines = Vec::new();
            while let Some(row) = rows.next()? {
                let day: i64 = row.get(0)?;
                lines.push(CountLine {
                    label: date_of_day_number(day).to_string(),
                    measures: measures(row, 1)?,
                    provisional: day >= open_from,
                });
            }
            Ok(Counts::of_store(heading(site, first, last, false), lines))
        })
    }

    fn breakdown(
        &self,
        site: &Site,
        dimension: u8,
        first: Date,
        last: Date,
    ) -> Result<Counts, StoreError> {
        self.read(|reader| {
            let provisional = open_from(reader, site)? <= day_number(last);
            let mut statement = reader.prepare_cached(
                "/* Figures.breakdown */
                 select text, sum(views) as all_views, sum(visitors), sum(events),
                        sum(reading_seconds)
                   from count_day
                   join value on value.id = count_day.value
                  where site = ?1 and dimension = ?2 and day between ?3 and ?4
                  group by value.id
                  order by all_views desc, text",
            )?;
            let asked = params![site.id.0, dimension, day_number(first), day_number(last)];
            let mut rows = statement.query(asked)?;
            let mut lines = Vec::new();
            while let Some(row) = rows.next()? {
                let measures = measures(row, 1)?;
                lines.push(CountLine { label: row.get(0)?, measures, provisional });
            }
            Ok(Counts::of_store(heading(site, first, last, true), lines))
        })
    }

    fn total(&self, site: &Site, first: Date, last: Date) -> Result<Counts, StoreError> {
        self.read(|reader| {
            let provisional = open_from(reader, site)? <= day_number(last);
            let mut statement = reader.prepare_cached(
                "/* Figures.total */
                 select coalesce(sum(views), 0), coalesce(sum(visitors), 0),
                        coalesce(sum(events), 0), coalesce(sum(reading_seconds), 0)
                   from count_day
                  where site = ?1 and dimension = ?2 and day between ?3 and ?4",
            )?;
            let asked = params![site.id.0, WHOLE_SITE, day_number(first), day_number(last)];
            let measures = statement.query_one(asked, |row| measures(row, 0))?;
            let line = CountLine { label: String::new(), measures, provisional };
            Ok(Counts::of_store(heading(site, first, last, false), vec![line]))
        })
    }

    fn dropped(
        &self,
        site: &Site,
        first: Date,
        last: Date,
    ) -> Result<Vec<(String, u64)>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Figures.dropped */
                 select reason, sum(hits)
                   from dropped
                  where site = ?1 and day between ?2 and ?3
                  group by reason
                  order by reason",
            )?;
            let asked = params![site.id.0, day_number(first), day_number(last)];
            let lines = statement
                .query_map(asked, |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?
                .collect::<Result<_, _>>()?;
            Ok(lines)
        })
    }
}

fn heading(site: &Site, first: Date, last: Date, labels_protected: bool) -> Heading {
    Heading {
        site: site.host.clone(),
        zone: site.zone.clone(),
        first,
        last,
        synthetic: site.synthetic,
        labels_protected,
    }
}

/// The number of the first day of the site's zone that is not closed.
fn open_from(reader: &Connection, site: &Site) -> Result<i64, StoreError> {
    let sql = "/* Figures.open_from */
               select coalesce(min(day), 9223372036854775807)
                 from day
                where zone = ?1 and closed_at is null";
    Ok(reader.prepare_cached(sql)?.query_one([site.zone.name()], |row| row.get(0))?)
}

fn measures(row: &Row<'_>, from: usize) -> Result<Measures, rusqlite::Error> {
    let figure = |place: usize| row.get::<_, i64>(from + place).map(|figure| figure as u64);
    Ok(Measures {
        views: figure(0)?,
        visitors: figure(1)?,
        events: figure(2)?,
        reading_seconds: figure(3)?,
    })
}
