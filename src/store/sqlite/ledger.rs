//! Writing counts in SQLite: whole figures of open days, and what was not counted.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::model::{SiteId, Zone, ZoneDay, date_of_day_number, day_number};
use crate::store::sqlite::rows::{write_hits, write_line};
use crate::store::sqlite::{SqliteStore, closing, months};
use crate::store::{
    Changes, Closing, DroppedLine, JOURNAL_SITE_UNKNOWN, Ledger, Method, PastDay, StoreError,
};

impl Ledger for SqliteStore {
    fn write(&self, day: &ZoneDay, changes: &Changes) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        write_position(&transaction, day, changes.position, None)?;
        for line in &changes.lines {
            write_line(&transaction, day_number(day.date), line)?;
        }
        write_hits(&transaction, day_number(day.date), &changes.hits)?;
        transaction.commit()?;
        Ok(())
    }

    fn close_day(
        &self,
        day: &ZoneDay,
        closing: &Closing,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        if closing.unknown_hits > 0 && !is_closed(&transaction, day)? {
            let (reason, hits) = (JOURNAL_SITE_UNKNOWN, closing.unknown_hits);
            add_dropped(&transaction, &DroppedLine { site: None, date: day.date, reason, hits })?;
        }
        write_position(&transaction, day, closing.changes.position, Some(now))?;
        closing::write_day(&transaction, day.date, closing, Method::Beacon, None)?;
        transaction.commit()?;
        Ok(())
    }

    fn position(&self, day: &ZoneDay) -> Result<u64, StoreError> {
        self.read(|reader| {
            let sql = "/* Ledger.position */ select position from day where zone = ?1 and day = ?2";
            let asked = params![day.zone.name(), day_number(day.date)];
            let position: Option<i64> =
                reader.query_row(sql, asked, |row| row.get(0)).optional()?;
            Ok(position.unwrap_or(0) as u64)
        })
    }

    fn open_days(&self) -> Result<Vec<ZoneDay>, StoreError> {
        self.read(|reader| {
            let sql = "/* Ledger.open_days */
                       select zone, day from day where closed_at is null and position > 0
                        order by day, zone";
            days(reader, sql)
        })
    }

    fn last_closed(&self) -> Result<Vec<ZoneDay>, StoreError> {
        self.read(|reader| {
            let sql = "/* Ledger.last_closed */
                       select zone, max(day) from day where closed_at is not null group by zone";
            days(reader, sql)
        })
    }

    fn add_dropped(&self, lines: &[DroppedLine]) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for line in lines {
            add_dropped(&transaction, line)?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn write_past_day(
        &self,
        site: SiteId,
        date: Date,
        closing: &Closing,
        method: Method,
        imports: Option<&str>,
    ) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        closing::clear_day(&transaction, site, date)?;
        closing::write_day(&transaction, date, closing, method, imports)?;
        transaction.commit()?;
        Ok(())
    }

    fn import_past_day(
        &self,
        (site, date): (SiteId, Date),
        closing: &Closing,
        (method, hash): (Method, &str),
        seen: Option<&PastDay>,
    ) -> Result<bool, StoreError> {
        let mut writer = self.writer();
        // From here on no other import can write until this one has.
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if past_day(&transaction, site, date)?.as_ref() != seen {
            return Ok(false);
        }
        closing::clear_day(&transaction, site, date)?;
        closing::write_day(&transaction, date, closing, method, Some(hash))?;
        transaction.commit()?;
        Ok(true)
    }

    fn past_day(&self, site: SiteId, date: Date) -> Result<Option<PastDay>, StoreError> {
        self.read(|reader| past_day(reader, site, date))
    }

    fn hits_of_day(&self, site: SiteId, date: Date) -> Result<u64, StoreError> {
        self.read(|reader| {
            let sql =
                "/* Ledger.hits_of_day */ select hits from hit_day where site = ?1 and day = ?2";
            let asked = params![site.0, day_number(date)];
            let hits: Option<i64> = reader.query_row(sql, asked, |row| row.get(0)).optional()?;
            Ok(hits.unwrap_or(0) as u64)
        })
    }

    fn gather_months(&self, today: Date) -> Result<(), StoreError> {
        months::gather(self, today)
    }

    fn delete_details_before(&self, date: Date) -> Result<(), StoreError> {
        months::delete_details_before(self, date)
    }
}

fn past_day(reader: &Connection, site: SiteId, date: Date) -> Result<Option<PastDay>, StoreError> {
    let sql = "/* Ledger.past_day */
        select coalesce(method, 'beacon'), imports
          from (select 1)
          left join site_day on site_day.site = ?1 and site_day.day = ?2
         where method is not null
            or exists (select 1 from count_day
                        where site = ?1 and dimension = 0 and day = ?2)";
    let asked = params![site.0, day_number(date)];
    Ok(reader.query_row(sql, asked, |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

fn add_dropped(transaction: &Connection, line: &DroppedLine) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "/* Ledger.add_dropped */
             insert into dropped (site, day, reason, hits) values (?1, ?2, ?3, ?4)
                 on conflict do update set hits = hits + excluded.hits",
        )?
        .execute(params![
            line.site.map_or(0, |site| site.0),
            day_number(line.date),
            line.reason,
            line.hits as i64
        ])?;
    Ok(())
}

/// Is a day final?
fn is_closed(reader: &Connection, day: &ZoneDay) -> Result<bool, StoreError> {
    let sql = "/* Ledger.is_closed */
               select exists (select 1 from day
                               where zone = ?1 and day = ?2 and closed_at is not null)";
    Ok(reader.query_row(sql, params![day.zone.name(), day_number(day.date)], |row| row.get(0))?)
}

/// How far the day's journal is drained; with a moment, the day becomes final.
/// The days that a query names by zone and number.
fn days(reader: &Connection, sql: &str) -> Result<Vec<ZoneDay>, StoreError> {
    let mut statement = reader.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut days = Vec::new();
    while let Some(row) = rows.next()? {
        let zone = Zone::named(&row.get::<_, String>(0)?)?;
        days.push(ZoneDay { zone, date: date_of_day_number(row.get(1)?) });
    }
    Ok(days)
}

fn write_position(
    transaction: &Connection,
    day: &ZoneDay,
    position: u64,
    closed: Option<Timestamp>,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "/* Ledger.write_position */
             insert into day (zone, day, position, closed_at) values (?1, ?2, ?3, ?4)
                 on conflict do update set position  = excluded.position,
                                           closed_at = coalesce(closed_at, excluded.closed_at)",
        )?
        .execute(params![
            day.zone.name(),
            day_number(day.date),
            position as i64,
            closed.map(Timestamp::as_second)
        ])?;
    Ok(())
}
