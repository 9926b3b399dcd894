//! Downloads of the published files, counted in memory until they are taken to the store: by day,
//! by what a file is about, by dataset and by format. Nothing about who asks is looked at.

use std::sync::{Mutex, PoisonError};

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use hashbrown::HashMap;
use jiff::civil::Date;

use crate::store::{DownloadLine, Store, StoreError};

/// Kinds of file that are counted between two writings. Some thousand sites have as many, if all
/// their files are asked for within seconds; of one more kind nothing is counted.
const KINDS_MAX: usize = 100_000;

/// What a file is: a dataset or register, and its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileKind {
    /// The name of the dataset or register.
    pub dataset: &'static str,
    /// The extension.
    pub format: &'static str,
}

/// Counts downloads until they are written. After a crash at most the last seconds' counts are
/// missing.
#[derive(Default)]
pub struct DownloadCounters {
    counts: Mutex<HashMap<(Date, String, FileKind), u64>>,
}

impl DownloadCounters {
    /// Counts one more, if the answer is a whole file: what is asked for by its head alone, known
    /// already, or sent in part is no download.
    pub fn count(
        &self,
        (request, response): (&HttpRequest, &HttpResponse),
        date: Date,
        about: &str,
        kind: FileKind,
    ) {
        if request.method() == Method::GET && response.status() == StatusCode::OK {
            self.add(date, about.to_owned(), kind, 1);
        }
    }

    /// Takes the counts to the store; they stay here if it cannot be written.
    pub fn write(&self, store: &dyn Store) -> Result<(), StoreError> {
        // Nobody who asks for a file waits for the store.
        let counts =
            std::mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner));
        if counts.is_empty() {
            return Ok(());
        }
        let line = |((date, about, kind), downloads): (&(Date, String, FileKind), &u64)| {
            let FileKind { dataset, format } = *kind;
            let (dataset, format) = (dataset.to_owned(), format.to_owned());
            DownloadLine {
                date: *date,
                about: about.clone(),
                dataset,
                format,
                downloads: *downloads,
            }
        };
        let lines: Vec<_> = counts.iter().map(line).collect();
        store.add_downloads(&lines).inspect_err(|_| {
            for ((date, about, kind), downloads) in counts {
                self.add(date, about, kind, downloads);
            }
        })
    }

    fn add(&self, date: Date, about: String, kind: FileKind, downloads: u64) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (date, about, kind);
        if counts.len() < KINDS_MAX || counts.contains_key(&key) {
            *counts.entry(key).or_insert(0) += downloads;
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::store::{Downloads, SqliteStore};

    const PAGES: FileKind = FileKind { dataset: "pages", format: "csv" };

    fn sum(counters: &DownloadCounters) -> u64 {
        counters.counts.lock().unwrap().values().sum()
    }

    #[test]
    fn counts_stay_in_memory_while_the_store_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let counters = DownloadCounters::default();
        counters.add(date(2026, 11, 22), "a.fr".to_owned(), PAGES, 2);
        let file = folder.path().join("store.sqlite");
        let other = rusqlite::Connection::open(&file).unwrap();
        other.execute("alter table file_download rename to gone", []).unwrap();
        assert!(counters.write(&store).is_err());
        counters.add(date(2026, 11, 22), "a.fr".to_owned(), PAGES, 1);
        assert_eq!(sum(&counters), 3);
        other.execute("alter table gone rename to file_download", []).unwrap();
        counters.write(&store).unwrap();
        counters.write(&store).unwrap();
        assert_eq!((sum(&counters), store.downloads(Date::MIN, Date::MAX).unwrap()), (0, 3));
    }

    #[test]
    fn memory_is_bounded_and_known_kinds_are_counted_on() {
        let counters = DownloadCounters::default();
        let day = date(2026, 11, 22);
        for number in 0..KINDS_MAX + 10 {
            counters.add(day, number.to_string(), PAGES, 1);
        }
        counters.add(day, "0".to_owned(), PAGES, 1);
        assert_eq!(sum(&counters), KINDS_MAX as u64 + 1);
    }
}
