//! How well each day of a site was collected, put together from what SQLite holds of it.

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rusqlite::{Connection, OptionalExtension, params};

use crate::model::{Site, SiteId, Zone, ZoneDay, date_of_day_number, day_number};
use crate::store::sqlite::outages::outages;
use crate::store::{
    Method, OutageReason, QualityDay, StoreError, Uptime, WHOLE_SITE, down_seconds, without,
};

/// When a site was registered.
pub(super) fn registered(reader: &Connection, site: &Site) -> Result<Timestamp, StoreError> {
    let sql = "/* Quality.registered */ select added_at from site where id = ?1";
    let added: Option<i64> =
        reader.prepare_cached(sql)?.query_row([site.id.0], |row| row.get(0)).optional()?;
    let added = added.ok_or_else(|| StoreError::NoSite(site.host.to_string()))?;
    Ok(Timestamp::from_second(added).unwrap_or_default())
}

/// The intervals in which the collector ran, and the latest one in any case, without the outages of
/// a zone.
pub(super) fn uptime(
    reader: &Connection,
    zone: &Zone,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Uptime>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* Quality.uptime */
         select started_at, seen_at, tracker
           from uptime
          where started_at < ?2 and (seen_at >= ?1 or id = (select max(id) from uptime))
          order by started_at, id",
    )?;
    let moment = |second| Timestamp::from_second(second).unwrap_or_default();
    let intervals = statement.query_map(params![from.as_second(), to.as_second()], |row| {
        Ok(Uptime { started: moment(row.get(0)?), seen: moment(row.get(1)?), tracker: row.get(2)? })
    })?;
    let intervals = intervals.collect::<Result<_, _>>()?;
    Ok(without(intervals, &outages(reader, zone, from, to)?))
}

/// Hits that were not counted, by day and reason.
pub(super) fn dropped(
    reader: &Connection,
    site: SiteId,
    first: i64,
    last: i64,
) -> Result<Vec<(Date, String, u64)>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* Quality.dropped */
         select day, reason, hits
           from dropped
          where site = ?1 and day between ?2 and ?3
          order by day, reason",
    )?;
    let lines = statement.query_map(params![site.0, first, last], |row| {
        Ok((date_of_day_number(row.get(0)?), row.get(1)?, row.get::<_, i64>(2)? as u64))
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}

/// Days of one site.
struct Span<'a> {
    reader: &'a Connection,
    site: &'a Site,
    now: Timestamp,
}

/// What the store counted on a day.
#[derive(Default)]
struct Counted {
    method: Option<Method>,
    hits: Option<u64>,
    views: u64,
    visitors: u64,
    without_script: u64,
    page_unknown: u64,
}

/// How well each day of a span was collected.
pub(super) fn days(
    reader: &Connection,
    site: &Site,
    (first, last): (Date, Date),
    now: Timestamp,
) -> Result<Vec<QualityDay>, StoreError> {
    Span { reader, site, now }.days(first, last)
}

impl Span<'_> {
    fn days(&self, first: Date, last: Date) -> Result<Vec<QualityDay>, StoreError> {
        let registered = registered(self.reader, self.site)?;
        let zone = &self.site.zone;
        let sql = "/* Quality.quality */
                   select min(day) from count_day where site = ?1 and dimension = ?2";
        let counted: Option<i64> =
            self.reader.query_one(sql, params![self.site.id.0, WHOLE_SITE], |row| row.get(0))?;
        let begins = zone.day_at(registered).date;
        let begins = counted.map_or(begins, |day| begins.min(date_of_day_number(day)));
        let (first, last) = (first.max(begins), last.min(zone.day_at(self.now).date));
        let mut counted = self.counted(first, last)?;
        let mut dropped_by_day: HashMap<Date, Vec<(String, u64)>> = HashMap::new();
        for (date, reason, hits) in
            dropped(self.reader, self.site.id, day_number(first), day_number(last))?
        {
            dropped_by_day.entry(date).or_default().push((reason, hits));
        }
        let mut days = Vec::new();
        for date in first.series(1.day()).take_while(|date| *date <= last) {
            let day = ZoneDay { zone: zone.clone(), date };
            let (from, to) = (day.start().max(registered), day.end().min(self.now));
            let intervals =
                if from < to { uptime(self.reader, zone, from, to)? } else { Vec::new() };
            let down = down_seconds(&intervals, (from, to), self.now);
            let Counted { method, hits, views, visitors, without_script, page_unknown } =
                counted.remove(&date).unwrap_or_default();
            let mut trackers: Vec<String> = Vec::new();
            for tracker in intervals.into_iter().map(|one| one.tracker) {
                if !tracker.is_empty() && !trackers.contains(&tracker) {
                    trackers.push(tracker);
                }
            }
            days.push(QualityDay {
                date,
                method,
                hits,
                views,
                visitors,
                without_script,
                page_unknown,
                dropped: dropped_by_day.remove(&date).unwrap_or_default(),
                minutes_down: (from < to).then_some((down / 60) as u32),
                minutes_lost: self.lost(from, to)?,
                was_up: from < to && down < to.as_second() - from.as_second(),
                trackers,
            });
        }
        Ok(days)
    }

    /// Minutes of a span in which hits were lost, by reason.
    fn lost(&self, from: Timestamp, to: Timestamp) -> Result<Vec<(OutageReason, u32)>, StoreError> {
        if from >= to {
            return Ok(Vec::new());
        }
        let all = outages(self.reader, &self.site.zone, from, to)?;
        let of = |reason| {
            let mut of_reason = all.iter().filter(|one| one.reason == reason).peekable();
            of_reason.peek()?;
            let whole = vec![Uptime { started: from, seen: to, tracker: String::new() }];
            let of_reason: Vec<_> = of_reason.cloned().collect();
            let left = without(whole, &of_reason);
            let seconds = |one: &Uptime| one.seen.as_second() - one.started.as_second();
            let left: i64 = left.iter().map(seconds).sum();
            let lost = to.as_second() - from.as_second() - left;
            Some((reason, (lost / 60) as u32))
        };
        Ok(OutageReason::ALL.into_iter().filter_map(of).collect())
    }

    fn counted(&self, first: Date, last: Date) -> Result<HashMap<Date, Counted>, StoreError> {
        let mut statement = self.reader.prepare_cached(
            "/* Quality.counted */
             select count_day.day, coalesce(method, 'beacon'), hit_day.hits, views, visitors,
                    coalesce(hit_without_script.hits, 0),
                    coalesce(hit_without_script.page_unknown, 0)
               from count_day
               left join site_day on site_day.site = count_day.site
                                 and site_day.day  = count_day.day
               left join hit_day on hit_day.site = count_day.site
                                and hit_day.day  = count_day.day
               left join hit_without_script on hit_without_script.site = count_day.site
                                           and hit_without_script.day  = count_day.day
              where count_day.site = ?1 and dimension = ?2 and count_day.day between ?3 and ?4",
        )?;
        let asked = params![self.site.id.0, WHOLE_SITE, day_number(first), day_number(last)];
        let mut rows = statement.query(asked)?;
        let mut counted = HashMap::new();
        while let Some(row) = rows.next()? {
            let number = |place| Ok::<u64, StoreError>(row.get::<_, i64>(place)? as u64);
            let method: String = row.get(1)?;
            let of = Counted {
                method: Some(Method::named(&method).ok_or(StoreError::Damaged(method))?),
                hits: row.get::<_, Option<i64>>(2)?.map(|hits| hits as u64),
                views: number(3)?,
                visitors: number(4)?,
                without_script: number(5)?,
                page_unknown: number(6)?,
            };
            counted.insert(date_of_day_number(row.get(0)?), of);
        }
        Ok(counted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sqlite::{MIGRATIONS, SqliteStore};
    use crate::store::{Quality, Sites};

    #[test]
    fn days_of_an_earlier_version_are_taken_to_be_collected() {
        let folder = tempfile::tempdir().unwrap();
        let file = Connection::open(folder.path().join("store.sqlite")).unwrap();
        for migration in &MIGRATIONS[..3] {
            file.execute_batch(migration).unwrap();
        }
        file.pragma_update(None, "user_version", 3).unwrap();
        let moment = |text: &str| text.parse::<Timestamp>().unwrap();
        let (added, closed) = (moment("2026-11-01T10:00:00Z"), moment("2026-11-21T00:01:00Z"));
        file.execute(
            "insert into site (host, zone, query_kept, synthetic, added_at)
             values ('a.fr', 'UTC', '[]', 0, ?1)",
            [added.as_second()],
        )
        .unwrap();
        file.execute(
            "insert into day (zone, day, position, closed_at) values ('UTC', 20777, 0, ?1)",
            [closed.as_second()],
        )
        .unwrap();
        drop(file);
        let store = SqliteStore::open(folder.path()).unwrap();
        let site = &store.sites().unwrap()[0];
        let now = moment("2026-11-23T12:00:00Z");
        let down = |date: &str| store.minutes_down(site, date.parse().unwrap(), now).unwrap();
        assert_eq!((down("2026-11-01"), down("2026-11-10"), down("2026-11-20")), (0, 0, 0));
        assert_eq!((down("2026-11-21"), down("2026-11-22")), (1_439, 1_440));
        // Before the site was registered nothing was awaited.
        assert_eq!(down("2026-10-31"), 0);
    }

    #[test]
    fn a_new_store_takes_nothing_for_granted() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        assert_eq!(store.last_seen().unwrap(), None);
    }
}
