//! Writing counts in SQLite: whole figures of open days, and days that become final.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::model::{Zone, ZoneDay, date_of_day_number, day_number};
use crate::store::sqlite::SqliteStore;
use crate::store::{Changes, DroppedLine, Ledger, Line, StoreError};

impl Ledger for SqliteStore {
    fn write(&self, day: &ZoneDay, changes: &Changes) -> Result<(), StoreError> {
        write_changes(&mut self.writer(), day, changes, None)
    }

    fn close_day(
        &self,
        day: &ZoneDay,
        changes: &Changes,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        write_changes(&mut self.writer(), day, changes, Some(now))
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

    fn last_closed(&self) -> Result<Vec<ZoneDay>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Ledger.last_closed */
                 select zone, max(day) from day where closed_at is not null group by zone",
            )?;
            let mut rows = statement.query([])?;
            let mut days = Vec::new();
            while let Some(row) = rows.next()? {
                let zone = Zone::named(&row.get::<_, String>(0)?)?;
                days.push(ZoneDay { zone, date: date_of_day_number(row.get(1)?) });
            }
            Ok(days)
        })
    }

    fn add_dropped(&self, lines: &[DroppedLine]) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for line in lines {
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
        }
        transaction.commit()?;
        Ok(())
    }

    fn write_history(&self, days: &[(Date, Changes)]) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for (date, changes) in days {
            write_lines(&transaction, day_number(*date), changes)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

/// Figures and position in one transaction; with a moment, the day becomes final.
fn write_changes(
    writer: &mut Connection,
    day: &ZoneDay,
    changes: &Changes,
    closed: Option<Timestamp>,
) -> Result<(), StoreError> {
    let transaction = writer.transaction()?;
    let number = day_number(day.date);
    transaction
        .prepare_cached(
            "/* Ledger.write_changes */
             insert into day (zone, day, position, closed_at) values (?1, ?2, ?3, ?4)
                 on conflict do update set position  = excluded.position,
                                           closed_at = coalesce(closed_at, excluded.closed_at)",
        )?
        .execute(params![
            day.zone.name(),
            number,
            changes.position as i64,
            closed.map(Timestamp::as_second)
        ])?;
    write_lines(&transaction, number, changes)?;
    transaction.commit()?;
    Ok(())
}

fn write_lines(
    transaction: &Transaction<'_>,
    day: i64,
    changes: &Changes,
) -> Result<(), StoreError> {
    for line in &changes.days {
        write_line(transaction, DAY_LINE, day, line)?;
    }
    for (hour, line) in &changes.hours {
        write_line(transaction, HOUR_LINE, hour.as_second(), line)?;
    }
    Ok(())
}

// A removed site leaves hits in the open journal: `where exists` passes over them.
const DAY_LINE: &str = "/* Ledger.write_line */
    insert into count_day
           (site, dimension, day, value, views, visitors, events, reading_seconds)
    select ?1, ?2, ?3, (select id from value where text = ?4), ?5, ?6, ?7, ?8
     where exists (select 1 from site where id = ?1)
        on conflict do update set views           = excluded.views,
                                  visitors        = excluded.visitors,
                                  events          = excluded.events,
                                  reading_seconds = excluded.reading_seconds";

const HOUR_LINE: &str = "/* Ledger.write_line */
    insert into count_hour
           (site, dimension, hour, value, views, visitors, events, reading_seconds)
    select ?1, ?2, ?3, (select id from value where text = ?4), ?5, ?6, ?7, ?8
     where exists (select 1 from site where id = ?1)
        on conflict do update set views           = excluded.views,
                                  visitors        = excluded.visitors,
                                  events          = excluded.events,
                                  reading_seconds = excluded.reading_seconds";

fn write_line(
    transaction: &Transaction<'_>,
    statement: &str,
    moment: i64,
    line: &Line,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached("/* Ledger.write_line */ insert or ignore into value (text) values (?1)")?
        .execute([&line.value])?;
    transaction.prepare_cached(statement)?.execute(params![
        line.site.0,
        line.dimension,
        moment,
        line.value,
        line.measures.views as i64,
        line.measures.visitors as i64,
        line.measures.events as i64,
        line.measures.reading_seconds as i64
    ])?;
    Ok(())
}
