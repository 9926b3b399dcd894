//! Whether the store is whole and its figures agree with each other.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use crate::dimension::{self, Dimension, ENTRY_PAGE, EXIT_PAGE, PAGE};
use crate::model::{Measures, Site, Zone, ZoneDay, date_of_day_number, day_number};
use crate::store::block;
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::closing::{OF_DAY, OF_MONTH};
use crate::store::sqlite::rows::measures;
use crate::store::{Checks, Report, StoreError, WHOLE_SITE};

/// Bytes of a store that are all looked through when the service starts. Where they
/// are in memory that takes half a second; larger ones are looked through by `parvis check`.
const LOOKED_THROUGH_BYTES_MAX: i64 = 512 << 20;

fn file_bytes(reader: &Connection) -> Result<i64, StoreError> {
    let sql = "/* check::file_bytes */
               select page_count * page_size from pragma_page_count, pragma_page_size";
    Ok(reader.query_row(sql, [], |row| row.get(0))?)
}

impl Checks for SqliteStore {
    fn check(&self) -> Result<Report, StoreError> {
        self.read(|reader| {
            let mut report = Report::default();
            integrity(reader, &mut report)?;
            let sql = "/* Checks.check */ select count(*) from site";
            report.sites = reader.query_one(sql, [], |row| row.get(0))?;
            check_wholes(reader, None, (i64::MIN, i64::MAX), i64::MIN, &mut report)?;
            check_months(reader, &mut report)?;
            Ok(report)
        })
    }

    fn look(&self) -> Result<(), StoreError> {
        let said = self.read(|reader| {
            let sql = if file_bytes(reader)? <= LOOKED_THROUGH_BYTES_MAX {
                "/* Checks.look */ pragma quick_check(1)"
            } else {
                // Its head, its schema and the register of sites.
                "/* Checks.look */ select 'ok' from sqlite_schema, site limit 1"
            };
            let said: Option<String> = reader.query_row(sql, [], |row| row.get(0)).optional()?;
            Ok(said.unwrap_or_else(|| "ok".to_owned()))
        });
        match said {
            Ok(said) if said == "ok" => Ok(()),
            Ok(said) => Err(StoreError::Broken(said)),
            Err(StoreError::Engine(error)) => Err(StoreError::Broken(error.to_string())),
            Err(error) => Err(error),
        }
    }

    fn is_kept(&self) -> Result<(), StoreError> {
        let is_kept = self.place.is_kept();
        if is_kept { Ok(()) } else { Err(StoreError::Gone(self.place.path().to_owned())) }
    }

    fn check_day(&self, site: &Site, date: Date) -> Result<Vec<String>, StoreError> {
        self.read(|reader| {
            let mut report = Report::default();
            let day = day_number(date);
            // Whether it is the day of an upgrade is seen from the day before.
            check_wholes(reader, Some(site.id.0), (day - 1, day), day, &mut report)?;
            Ok(report.findings)
        })
    }
}

/// Checks the days of one site or of all, from `first` on; those before it are only looked at.
fn check_wholes(
    reader: &Connection,
    site: Option<u32>,
    days: (i64, i64),
    first: i64,
    report: &mut Report,
) -> Result<(), StoreError> {
    let mut statement = reader.prepare_cached(
        "/* check::check_wholes */
         select count_day.site, host, count_day.day,
                views, visitors, visits, bounces, events, reading_seconds,
                views_over, events_over, site_day.day is not null, zone
           from count_day
           join site on site.id = count_day.site
           left join site_day on site_day.site = count_day.site
                             and site_day.day  = count_day.day
          where dimension = ?1 and (?2 is null or count_day.site = ?2)
            and count_day.day between ?3 and ?4
          order by count_day.site, count_day.day",
    )?;
    let mut rows = statement.query(params![WHOLE_SITE, site, days.0, days.1])?;
    let mut before = None;
    while let Some(row) = rows.next()? {
        let is_in_blocks: bool = row.get(11)?;
        let site = row.get(0)?;
        let is_mixed = is_in_blocks && before == Some((site, false));
        before = Some((site, is_in_blocks));
        let whole = Whole {
            site,
            is_mixed,
            name: format!("{} on {}", row.get::<_, String>(1)?, date_of_day_number(row.get(2)?)),
            day: row.get(2)?,
            measures: measures(row, 3)?,
            zone: Zone::named(&row.get::<_, String>(12)?)?,
        };
        if whole.day < first {
            continue;
        }
        report.days += 1;
        whole.check_order(report);
        whole.check_hours(reader, report)?;
        if is_in_blocks {
            whole.check_breakdowns(reader, report)?;
        }
    }
    Ok(())
}

/// The figures of a whole site on one day.
struct Whole {
    site: u32,
    /// Is it the day of the upgrade from the first version, which knew fewer breakdowns? What it
    /// had counted of the day is in none of the newer ones.
    is_mixed: bool,
    name: String,
    day: i64,
    measures: Measures,
    zone: Zone,
}

impl Whole {
    fn check_order(&self, report: &mut Report) {
        let Measures { views, visitors, visits, bounces, .. } = self.measures;
        // Days of the first version have no visits.
        if visits > 0 && (visitors > visits || visits > views || bounces > visits) {
            report.findings.push(format!(
                "{}: {visitors} visitors, {visits} visits, {bounces} bounces and {views} views \
                 are not in order",
                self.name
            ));
        }
    }

    fn check_breakdowns(&self, reader: &Connection, report: &mut Report) -> Result<(), StoreError> {
        let of_visits = [ENTRY_PAGE, EXIT_PAGE];
        let adds_up = |one: &&Dimension| one.is_total || of_visits.contains(&one.code);
        for one in dimension::ALL.into_iter().filter(adds_up) {
            let Some(sum) = sum_of(reader, self.site, (one.code, 0), OF_DAY, self.day)? else {
                continue;
            };
            let (whole, of) = (self.measures, one.of);
            for (what, is_sum, found, wanted) in [
                ("views", one.is_total, sum.views, whole.views),
                ("visits", of.visits_add_up(), sum.visits, whole.visits),
                ("visitors", of.visitors_add_up(), sum.visitors, whole.visitors),
            ] {
                if is_sum && found != wanted && !(self.is_mixed && found < wanted) {
                    report.findings.push(format!(
                        "{}: {wanted} {what} of the site and {found} by {}",
                        self.name, one.name
                    ));
                }
            }
        }
        Ok(())
    }

    /// The hours of a day that are kept add up to it.
    fn check_hours(&self, reader: &Connection, report: &mut Report) -> Result<(), StoreError> {
        let date = date_of_day_number(self.day);
        let day = ZoneDay { zone: self.zone.clone(), date };
        let mut statement = reader.prepare_cached(
            "/* Whole.check_hours */
             select count(*), coalesce(sum(views), 0), coalesce(sum(events), 0)
               from count_hour
              where site = ?1 and dimension = ?2 and hour >= ?3 and hour < ?4",
        )?;
        let (start, end) = (day.start().as_second(), day.end().as_second());
        let (hours, views, events): (i64, i64, i64) = statement
            .query_one(params![self.site, WHOLE_SITE, start, end], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        let whole = (self.measures.views as i64, self.measures.events as i64);
        // Hours live as long as the other details of their day.
        let has_details =
            hours > 0 || sum_of(reader, self.site, (PAGE, 0), OF_DAY, self.day)?.is_some();
        if has_details && (views, events) != whole {
            report.findings.push(format!(
                "{}: {} views and {} events, by the hour {views} and {events}",
                self.name, whole.0, whole.1
            ));
        }
        Ok(())
    }
}

fn integrity(reader: &Connection, report: &mut Report) -> Result<(), StoreError> {
    let mut statement = reader.prepare("/* check::integrity */ pragma integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let said: String = row.get(0)?;
        if said != "ok" {
            report.findings.push(format!("the store's file: {said}"));
        }
    }
    Ok(())
}

/// The sum of one block, if there is one.
fn sum_of(
    reader: &Connection,
    site: u32,
    (first, second): (u8, u8),
    scale: u8,
    start: i64,
) -> Result<Option<Measures>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* check::sum_of */
         select lines
           from block
          where site = ?1 and first = ?2 and second = ?3 and scale = ?4 and start = ?5",
    )?;
    let mut rows = statement.query(params![site, first, second, scale, start])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let mut sum = Measures::default();
    block::unpack(row.get_ref(0)?.as_blob().unwrap_or_default(), |line| sum.add(line.measures))
        .map_err(|error| StoreError::Damaged(error.to_string()))?;
    Ok(Some(sum))
}

/// A gathered month is the sum of its days, in every breakdown and crossing.
fn check_months(reader: &Connection, report: &mut Report) -> Result<(), StoreError> {
    let mut statement = reader.prepare(
        "/* check::check_months */
         select site, start from block_month where stale = 0 order by site, start",
    )?;
    let mut pairs = reader.prepare(
        "/* check::check_months */
         select distinct first, second from block where site = ?1 and start between ?2 and ?3",
    )?;
    let mut months = statement.query([])?;
    while let Some(row) = months.next()? {
        let (site, start): (u32, i64) = (row.get(0)?, row.get(1)?);
        let last = day_number(date_of_day_number(start).last_of_month());
        let mut rows = pairs.query(params![site, start, last])?;
        while let Some(row) = rows.next()? {
            let pair = (row.get(0)?, row.get(1)?);
            let month = sum_of(reader, site, pair, OF_MONTH, start)?;
            let mut days = Measures::default();
            for day in start..=last {
                days.add(sum_of(reader, site, pair, OF_DAY, day)?.unwrap_or_default());
            }
            if month.unwrap_or_default() != days {
                report.findings.push(format!(
                    "site {site}, breakdown {pair:?}: the month from {} is not the sum of its days",
                    date_of_day_number(start)
                ));
            }
        }
    }
    Ok(())
}
