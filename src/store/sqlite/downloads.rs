//! Counts of downloads in SQLite, by day in UTC.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::params;

use crate::model::{date_of_day_number, day_number};
use crate::store::sqlite::SqliteStore;
use crate::store::{DownloadLine, Downloads, MonthOfDownloads, StoreError};

impl Downloads for SqliteStore {
    fn begin_downloads(&self, now: Timestamp) -> Result<(), StoreError> {
        self.writer().execute(
            "/* Downloads.begin_downloads */
             insert into file_download_began (began_at)
             select ?1 where not exists (select 1 from file_download_began)",
            [now.as_second()],
        )?;
        Ok(())
    }

    fn downloads_began(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|reader| {
            let sql = "/* Downloads.downloads_began */
                       select min(began_at) from file_download_began";
            let began: Option<i64> = reader.prepare_cached(sql)?.query_one([], |row| row.get(0))?;
            Ok(began.and_then(|second| Timestamp::from_second(second).ok()))
        })
    }

    fn add_downloads(&self, lines: &[DownloadLine]) -> Result<(), StoreError> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for DownloadLine { date, about, dataset, format, downloads } in lines {
            transaction
                .prepare_cached(
                    "/* Downloads.add_downloads */
                     insert into file_download (day, about, dataset, format, downloads)
                     values (?1, ?2, ?3, ?4, ?5)
                         on conflict do update set downloads = downloads + excluded.downloads",
                )?
                .execute(params![day_number(*date), about, dataset, format, *downloads as i64])?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn downloads_by_month(&self, before: Date) -> Result<Vec<MonthOfDownloads>, StoreError> {
        self.read(|reader| {
            let mut statement = reader.prepare_cached(
                "/* Downloads.downloads_by_month */
                 select min(day), dataset, format, sum(downloads)
                   from file_download
                  where day < ?1
                  group by strftime('%Y-%m', day * 86400, 'unixepoch'), dataset, format
                  order by strftime('%Y-%m', day * 86400, 'unixepoch'), dataset, format",
            )?;
            let months = statement.query_map([day_number(before)], |row| {
                Ok(MonthOfDownloads {
                    month: date_of_day_number(row.get(0)?).first_of_month(),
                    dataset: row.get(1)?,
                    format: row.get(2)?,
                    downloads: row.get::<_, i64>(3)? as u64,
                })
            })?;
            Ok(months.collect::<Result<_, _>>()?)
        })
    }

    fn downloads(&self, first: Date, last: Date) -> Result<u64, StoreError> {
        self.read(|reader| {
            let sql = "/* Downloads.downloads */
                       select coalesce(sum(downloads), 0)
                         from file_download
                        where day between ?1 and ?2";
            let days = params![day_number(first), day_number(last)];
            let sum: i64 = reader.prepare_cached(sql)?.query_one(days, |row| row.get(0))?;
            Ok(sum as u64)
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn line(date: Date, about: &str, dataset: &str, downloads: u64) -> DownloadLine {
        let [about, dataset, format] = [about, dataset, "csv"].map(str::to_owned);
        DownloadLine { date, about, dataset, format, downloads }
    }

    #[test]
    fn downloads_are_added_up_by_month_whatever_they_are_about() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let (october, november) = (date(2026, 10, 31), date(2026, 11, 1));
        store.add_downloads(&[line(october, "a.fr", "pages", 3)]).unwrap();
        let more = [
            line(october, "a.fr", "pages", 4),
            line(october, "all", "pages", 5),
            line(november, "all", "sites", 6),
        ];
        store.add_downloads(&more).unwrap();
        let month = |month, dataset: &str, downloads| {
            let [dataset, format] = [dataset, "csv"].map(str::to_owned);
            MonthOfDownloads { month, dataset, format, downloads }
        };
        assert_eq!(
            store.downloads_by_month(date(2026, 11, 2)).unwrap(),
            [month(date(2026, 10, 1), "pages", 12), month(november, "sites", 6)]
        );
        assert_eq!(store.downloads_by_month(november).unwrap().len(), 1);
        assert_eq!(store.downloads(date(2026, 10, 1), october).unwrap(), 12);
        assert_eq!(store.downloads(october, november).unwrap(), 18);
        assert_eq!(store.downloads(date(2026, 9, 1), date(2026, 9, 30)).unwrap(), 0);
    }

    #[test]
    fn counting_begins_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        assert_eq!(store.downloads_began().unwrap(), None);
        let at = |second| Timestamp::from_second(second).unwrap();
        store.begin_downloads(at(10)).unwrap();
        store.begin_downloads(at(20)).unwrap();
        assert_eq!(store.downloads_began().unwrap(), Some(at(10)));
    }
}
