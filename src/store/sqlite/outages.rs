//! The register of times in which hits were lost, in SQLite.

use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::model::{SiteIdentity, Zone, ZoneDay, day_number};
use crate::store::sqlite::SqliteStore;
use crate::store::{Outage, OutageReason, Outages, StoreError};

impl Outages for SqliteStore {
    fn note_outage(&self, outage: &Outage) -> Result<(), StoreError> {
        self.writer().execute(
            "/* Outages.note_outage */
             insert or ignore into outage (zone, from_at, to_at, reason, noted_at, detail)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                outage.zone.as_ref().map_or("", |zone| zone.name()),
                outage.from.as_second(),
                outage.to.as_second(),
                outage.reason.name(),
                outage.noted.as_second(),
                outage.detail
            ],
        )?;
        Ok(())
    }

    fn outages(
        &self,
        zone: &Zone,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Outage>, StoreError> {
        self.read(|reader| outages(reader, zone, from, to))
    }

    fn latest_outages(&self, count: usize) -> Result<Vec<Outage>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Outages.latest_outages */
                 select zone, from_at, to_at, reason, noted_at, detail
                   from outage
                  order by noted_at desc, from_at desc
                  limit ?1",
            )?;
            let mut rows = statement.query([count as i64])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(read_outage(row)?);
            }
            Ok(found)
        })
    }

    fn begin_day_anew(&self, day: &ZoneDay) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let (zone, number) = (day.zone.name(), day_number(day.date));
        for table in ["count_day", "hit_day"] {
            // A day with a line in site_day is final already.
            let sql = format!(
                "/* Outages.begin_day_anew */
                 delete from {table}
                  where day = ?2 and site in (select id from site where zone = ?1)
                    and not exists (select 1 from site_day
                                     where site_day.site = {table}.site and site_day.day = ?2)"
            );
            transaction.execute(&sql, params![zone, number])?;
        }
        transaction.execute(
            "/* Outages.begin_day_anew */
             delete from count_hour
              where hour >= ?3 and hour < ?4 and site in (select id from site where zone = ?1)
                and not exists (select 1 from site_day
                                 where site_day.site = count_hour.site and site_day.day = ?2)",
            params![zone, number, day.start().as_second(), day.end().as_second()],
        )?;
        transaction.execute(
            "/* Outages.begin_day_anew */
             update day set position = 0 where zone = ?1 and day = ?2 and closed_at is null",
            params![zone, number],
        )?;
        transaction.commit()?;
        Ok(())
    }

    fn was_removed(&self, identity: SiteIdentity) -> Result<bool, StoreError> {
        self.read(|reader| {
            let sql = "/* Outages.was_removed */
                       select exists (select 1 from site_removed where identity = ?1)";
            Ok(reader.query_row(sql, [identity.0], |row| row.get(0))?)
        })
    }
}

/// The outages of a zone that reach into a span of time, in order.
pub(super) fn outages(
    reader: &Connection,
    zone: &Zone,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Outage>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* Outages.outages */
         select zone, from_at, to_at, reason, noted_at, detail
           from outage
          where zone in ('', ?1) and from_at < ?3 and to_at > ?2
          order by from_at, to_at",
    )?;
    let mut rows = statement.query(params![zone.name(), from.as_second(), to.as_second()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read_outage(row)?);
    }
    Ok(found)
}

fn read_outage(row: &Row<'_>) -> Result<Outage, StoreError> {
    let moment = |second| Timestamp::from_second(second).unwrap_or_default();
    let (zone, reason): (String, String) = (row.get(0)?, row.get(3)?);
    Ok(Outage {
        zone: if zone.is_empty() { None } else { Some(Zone::named(&zone)?) },
        from: moment(row.get(1)?),
        to: moment(row.get(2)?),
        reason: OutageReason::named(&reason).ok_or(StoreError::Damaged(reason))?,
        noted: moment(row.get(4)?),
        detail: row.get(5)?,
    })
}
