//! The record of how days were collected, in SQLite.

use hashbrown::{HashMap, HashSet};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use crate::dimension::PAGE;
use crate::model::{Period, Site, SiteId, Zone, ZoneDay, date_of_day_number, day_number};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::breaks::write_break;
use crate::store::sqlite::closing::OF_DAY;
use crate::store::sqlite::collected;
use crate::store::sqlite::quality_days::{self, dropped, registered, uptime};
use crate::store::sqlite::rows::texts;
use crate::store::sqlite::scan::{Scan, scan};
use crate::store::{
    Break, By, Collected, Coverage, CoverageSource, HitLine, Quality, QualityDay, Question,
    StoreError, Uptime, WHOLE_SITE,
};

impl Quality for SqliteStore {
    fn begin_uptime(&self, now: Timestamp, tracker: &str) -> Result<i64, StoreError> {
        let writer = self.writer();
        writer.execute(
            "/* Quality.begin_uptime */
             insert into uptime (started_at, seen_at, tracker) values (?1, ?1, ?2)",
            params![now.as_second(), tracker],
        )?;
        Ok(writer.last_insert_rowid())
    }

    fn note_uptime(&self, interval: i64, now: Timestamp) -> Result<(), StoreError> {
        self.writer().execute(
            "/* Quality.note_uptime */
             update uptime set seen_at = max(seen_at, ?2) where id = ?1",
            params![interval, now.as_second()],
        )?;
        Ok(())
    }

    fn uptime(
        &self,
        zone: &Zone,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Uptime>, StoreError> {
        self.read(|reader| uptime(reader, zone, from, to))
    }

    fn has_details(&self, site: &Site, period: Period) -> Result<bool, StoreError> {
        self.read(|reader| {
            let sql = "/* Quality.has_details */
                select not exists (
                    select 1
                      from count_day
                     where count_day.site = ?1 and count_day.dimension = ?2
                       and count_day.day between ?3 and ?4 and views + events > 0
                       and not exists (
                           select 1
                             from block
                            where block.site = ?1 and first = ?5 and second = 0
                              and scale = ?6 and start = count_day.day)
                       -- The first version kept the breakdowns of past days here.
                       and not exists (
                           select 1
                             from count_day as page
                            where page.site = ?1 and page.dimension = ?5
                              and page.day = count_day.day))";
            let (first, last) = (day_number(period.first()), day_number(period.last()));
            let asked = params![site.id.0, WHOLE_SITE, first, last, PAGE, OF_DAY];
            Ok(reader.query_one(sql, asked, |row| row.get(0))?)
        })
    }

    fn last_seen(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|reader| {
            let sql = "/* Quality.last_seen */ select max(seen_at) from uptime";
            let seen: Option<i64> = reader.query_one(sql, [], |row| row.get(0))?;
            Ok(seen.and_then(|second| Timestamp::from_second(second).ok()))
        })
    }

    fn registered(&self, site: &Site) -> Result<Timestamp, StoreError> {
        self.read(|reader| registered(reader, site))
    }

    fn collector_parts(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Quality.collector_parts */ select name, value from collector_part",
            )?;
            let parts = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(parts.collect::<Result<_, _>>()?)
        })
    }

    fn set_collector_parts(
        &self,
        parts: &[(String, String)],
        breaks: &[Break],
    ) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        transaction.execute("/* Quality.set_collector_parts */ delete from collector_part", [])?;
        for (name, value) in parts {
            transaction.execute(
                "/* Quality.set_collector_parts */
                 insert into collector_part (name, value) values (?1, ?2)",
                params![name, value],
            )?;
        }
        for one in breaks {
            write_break(&transaction, one)?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn add_without_script(&self, lines: &[HitLine]) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for HitLine { site, date, hits, page_unknown } in lines {
            transaction
                .prepare_cached(
                    "/* Quality.add_without_script */
                     insert into hit_without_script (site, day, hits, page_unknown)
                     select id, ?2, ?3, ?4 from site where id = ?1
                         on conflict do update set
                            hits         = hits + excluded.hits,
                            page_unknown = page_unknown + excluded.page_unknown",
                )?
                .execute(params![site.0, day_number(*date), *hits as i64, *page_unknown as i64])?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn quality(
        &self,
        site: &Site,
        first: Date,
        last: Date,
        now: Timestamp,
    ) -> Result<Vec<QualityDay>, StoreError> {
        self.read(|reader| quality_days::days(reader, site, (first, last), now))
    }

    fn collected(
        &self,
        site: &Site,
        (first, last): (Date, Date),
        now: Timestamp,
    ) -> Result<Collected, StoreError> {
        self.read(|reader| collected::collected(reader, site, (first, last), now))
    }

    fn dropped_of_no_site(
        &self,
        first: Date,
        last: Date,
    ) -> Result<Vec<(Date, String, u64)>, StoreError> {
        self.read(|reader| dropped(reader, SiteId(0), day_number(first), day_number(last)))
    }

    fn days_of_tag(&self, site: &Site, from: Date) -> Result<Vec<Date>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Quality.days_of_tag */
                 select count_day.day
                   from count_day
                   left join site_day on site_day.site = count_day.site
                                     and site_day.day  = count_day.day
                  where count_day.site = ?1 and dimension = ?2 and count_day.day >= ?3
                    and coalesce(method, 'beacon') = 'beacon'
                  order by count_day.day",
            )?;
            let asked = params![site.id.0, WHOLE_SITE, day_number(from)];
            let days = statement.query_map(asked, |row| row.get(0).map(date_of_day_number))?;
            Ok(days.collect::<Result<_, _>>()?)
        })
    }

    fn first_hour(&self, site: &Site, date: Date) -> Result<Option<Timestamp>, StoreError> {
        self.read(|reader| {
            let day = ZoneDay { zone: site.zone.clone(), date };
            let (start, end) = (day.start().as_second(), day.end().as_second());
            let sql = "/* Quality.first_hour */
                select min(hour)
                  from count_hour
                 where site = ?1 and dimension = ?2 and hour >= ?3 and hour < ?4";
            let asked = params![site.id.0, WHOLE_SITE, start, end];
            let hour: Option<i64> = reader.query_one(sql, asked, |row| row.get(0))?;
            Ok(hour.and_then(|second| Timestamp::from_second(second).ok()))
        })
    }

    fn pages_seen(
        &self,
        site: &Site,
        paths: &[String],
        first: Date,
        last: Date,
    ) -> Result<Vec<bool>, StoreError> {
        self.read(|reader| {
            let now = Timestamp::MAX;
            let by = By::Value(PAGE);
            let question = Question { site, first, last, by, filters: &[], now };
            let mut views: HashMap<u32, u64> = HashMap::new();
            scan(reader, &Scan::of(reader, &question)?, false, &mut |_, value, measures| {
                *views.entry(value).or_default() += measures.views;
            })?;
            let seen = views.into_iter().filter(|(_, views)| *views > 0);
            let mut numbers: Vec<u32> = seen.map(|(number, _)| number).collect();
            numbers.sort_unstable();
            let seen: HashSet<String> = texts(reader, &numbers)?.into_iter().collect();
            Ok(paths.iter().map(|path| seen.contains(path)).collect())
        })
    }

    fn views_of_tag(&self, site: &Site, days: &[Date]) -> Result<Vec<Option<u64>>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Quality.views_of_tag */
                 select views
                   from count_day
                   left join site_day on site_day.site = count_day.site
                                     and site_day.day  = count_day.day
                  where count_day.site = ?1 and dimension = ?2 and count_day.day = ?3
                    and coalesce(method, 'beacon') = 'beacon'",
            )?;
            let mut views = Vec::with_capacity(days.len());
            for day in days {
                let asked = params![site.id.0, WHOLE_SITE, day_number(*day)];
                let found: Option<i64> = statement.query_row(asked, |row| row.get(0)).optional()?;
                views.push(found.map(|views| views as u64));
            }
            Ok(views)
        })
    }

    fn add_coverage(&self, one: &Coverage) -> Result<(), StoreError> {
        self.writer().execute(
            "/* Quality.add_coverage */
             insert or replace into coverage (site, measured_at, period, source, listed, seen)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                one.site.0,
                one.measured.as_second(),
                one.period,
                one.source.name(),
                one.listed as i64,
                one.seen as i64
            ],
        )?;
        Ok(())
    }

    fn coverage(&self, site: &Site) -> Result<Vec<Coverage>, StoreError> {
        self.read(|reader| coverage(reader, site))
    }
}

fn coverage(reader: &Connection, site: &Site) -> Result<Vec<Coverage>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* Quality.coverage */
         select max(measured_at), period, source, listed, seen
           from coverage
          where site = ?1
          group by source
          order by source desc",
    )?;
    let mut rows = statement.query([site.id.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let source: String = row.get(2)?;
        found.push(Coverage {
            site: site.id,
            measured: Timestamp::from_second(row.get(0)?).unwrap_or_default(),
            period: row.get(1)?,
            source: CoverageSource::named(&source).ok_or(StoreError::Damaged(source))?,
            listed: row.get::<_, i64>(3)? as u64,
            seen: row.get::<_, i64>(4)? as u64,
        });
    }
    Ok(found)
}
