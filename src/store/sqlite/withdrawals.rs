//! The register of values that were taken out of what is published, in SQLite.

use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::model::{Period, Site, date_of_day_number, day_number};
use crate::store::sqlite::SqliteStore;
use crate::store::sqlite::released_rows::scale_and_start;
use crate::store::{MADE_AGAIN, StoreError, Withdrawal, Withdrawals};

impl Withdrawals for SqliteStore {
    fn withdraw(
        &self,
        site: &Site,
        new: &Withdrawal,
        (about, periods): (&[String], &[Period]),
    ) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        transaction.execute(
            "/* Withdrawals.withdraw */
             insert into withdrawal (site, value, first, last, reason, withdrawn_at)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                site.id.0,
                new.value,
                day_number(new.first),
                day_number(new.last),
                new.reason,
                new.withdrawn.as_second()
            ],
        )?;
        for about in about {
            for period in periods {
                let (scale, start) = scale_and_start(*period);
                transaction.execute(
                    "/* Withdrawals.withdraw */
                     delete from released_file
                      where release in (select id from release
                                         where about = ?1 and scale = ?2 and start = ?3)",
                    params![about, scale, start],
                )?;
                transaction.execute(
                    "/* Withdrawals.withdraw */
                     update release set made_of = ?4
                      where about = ?1 and scale = ?2 and start = ?3",
                    params![about, scale, start, MADE_AGAIN],
                )?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    fn withdrawals(&self, site: &Site, period: Period) -> Result<Vec<Withdrawal>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Withdrawals.withdrawals */
                 select value, first, last, reason, withdrawn_at
                   from withdrawal
                  where site = ?1 and first <= ?3 and last >= ?2
                  order by id",
            )?;
            let days = (day_number(period.first()), day_number(period.last()));
            let found = statement.query_map(params![site.id.0, days.0, days.1], withdrawal)?;
            Ok(found.collect::<Result<_, _>>()?)
        })
    }
}

fn withdrawal(row: &Row<'_>) -> rusqlite::Result<Withdrawal> {
    Ok(Withdrawal {
        value: row.get(0)?,
        first: date_of_day_number(row.get(1)?),
        last: date_of_day_number(row.get(2)?),
        reason: row.get(3)?,
        withdrawn: Timestamp::from_second(row.get(4)?).unwrap_or_default(),
    })
}
