//! Senders and arrivals in SQLite.

use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use crate::model::{date_of_day_number, day_number};
use crate::store::sqlite::SqliteStore;
use crate::store::{
    Arrivals, SENDER_DAYS_MAX, SENDER_OTHER, Sender, SenderLine, Senders, StoreError,
};

impl Senders for SqliteStore {
    fn add_senders(&self, lines: &[SenderLine], hosts_max: usize) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for line in lines {
            let host = match is_full(&transaction, line, hosts_max)? {
                true => SENDER_OTHER,
                false => &line.host,
            };
            transaction
                .prepare_cached(
                    "/* Senders.add_senders */
                     insert into sender (day, host, reason, hits) values (?1, ?2, ?3, ?4)
                         on conflict do update set hits = hits + excluded.hits",
                )?
                .execute(params![day_number(line.date), host, line.reason, line.hits as i64])?;
            delete_old(&transaction, "sender", line.date)?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn senders(&self, first: Date, last: Date) -> Result<Vec<Sender>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Senders.senders */
                 select host, reason, sum(hits) as hits, max(day)
                   from sender
                  where day between ?1 and ?2
                  group by host, reason
                  order by hits desc, host, reason",
            )?;
            let mut rows = statement.query([day_number(first), day_number(last)])?;
            let mut senders = Vec::new();
            while let Some(row) = rows.next()? {
                senders.push(Sender {
                    host: row.get(0)?,
                    reason: row.get(1)?,
                    hits: row.get::<_, i64>(2)? as u64,
                    last: date_of_day_number(row.get(3)?),
                });
            }
            Ok(senders)
        })
    }

    fn add_arrivals(&self, days: &[(Date, Arrivals)]) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for (date, arrivals) in days {
            transaction
                .prepare_cached(
                    "/* Senders.add_arrivals */
                     insert into arrival (day, requests, of_proxy, unreadable)
                     values (?1, ?2, ?3, ?4)
                         on conflict do update set requests   = requests + excluded.requests,
                                                   of_proxy   = of_proxy + excluded.of_proxy,
                                                   unreadable = unreadable + excluded.unreadable",
                )?
                .execute(params![
                    day_number(*date),
                    arrivals.requests as i64,
                    arrivals.of_proxy as i64,
                    arrivals.unreadable as i64
                ])?;
            delete_old(&transaction, "arrival", *date)?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn arrivals(&self, date: Date) -> Result<Arrivals, StoreError> {
        self.read(|reader| {
            let sql = "/* Senders.arrivals */
                select requests, of_proxy, unreadable from arrival where day = ?1";
            let found = reader.query_row(sql, [day_number(date)], |row| {
                Ok(Arrivals {
                    requests: row.get::<_, i64>(0)? as u64,
                    of_proxy: row.get::<_, i64>(1)? as u64,
                    unreadable: row.get::<_, i64>(2)? as u64,
                })
            });
            Ok(found.optional()?.unwrap_or_default())
        })
    }
}

/// Has the day as many hosts as it may, and not this one among them?
fn is_full(
    transaction: &Connection,
    line: &SenderLine,
    hosts_max: usize,
) -> Result<bool, StoreError> {
    let sql = "/* Senders.is_full */
        select count(distinct host) >= ?2 and coalesce(max(host = ?3), 0) = 0
          from sender
         where day = ?1";
    let asked = params![day_number(line.date), hosts_max as i64, line.host];
    Ok(transaction.prepare_cached(sql)?.query_row(asked, |row| row.get(0))?)
}

fn delete_old(transaction: &Connection, table: &str, date: Date) -> Result<(), StoreError> {
    let first = date.saturating_sub(SENDER_DAYS_MAX.days());
    let sql = format!("/* Senders.delete_old */ delete from {table} where day < ?1");
    transaction.prepare_cached(&sql)?.execute([day_number(first)])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn line(day: i8, host: &str) -> SenderLine {
        let date = date(2026, 11, day);
        SenderLine { date, host: host.to_owned(), reason: "unknown_site", hits: 2 }
    }

    #[test]
    fn a_day_has_a_number_of_senders_and_old_days_go() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let lines: Vec<_> = ["a.fr", "b.fr", "c.fr", "a.fr"].map(|host| line(1, host)).to_vec();
        store.add_senders(&lines, 2).unwrap();
        let all = (date(2026, 1, 1), date(2026, 12, 31));
        let found = store.senders(all.0, all.1).unwrap();
        let found: Vec<_> = found.iter().map(|one| (one.host.as_str(), one.hits)).collect();
        assert_eq!(found, [("a.fr", 4), (SENDER_OTHER, 2), ("b.fr", 2)]);
        let late = SenderLine { date: date(2026, 12, 31), ..line(1, "d.fr") };
        store.add_senders(&[late], 2).unwrap();
        assert_eq!(store.senders(all.0, all.1).unwrap().len(), 1);
    }

    #[test]
    fn arrivals_add_up_by_day() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let today = date(2026, 11, 28);
        let one = Arrivals { requests: 15, of_proxy: 14, unreadable: 1 };
        store.add_arrivals(&[(today, one), (today, one)]).unwrap();
        let both = Arrivals { requests: 30, of_proxy: 28, unreadable: 2 };
        assert_eq!(store.last_arrivals(today).unwrap(), both);
        assert_eq!(store.last_arrivals(today.tomorrow().unwrap()).unwrap(), both);
    }
}
