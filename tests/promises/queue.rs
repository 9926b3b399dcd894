//! The queue before the journal has a length: what does not fit is refused at once and not counted.

use std::path::Path;
use std::sync::Arc;

use futures_util::future::join_all;
use jiff::Timestamp;
use parvis::journal::{APPEND_WAIT_MAX, Journal, JournalError, QUEUE_HITS_MAX, Stored};
use parvis::model::{Host, KindOfHit, Site, SiteId, Zone};
use parvis::privacy::{Arrival, Hit, Raw, Salts, Sealing, seal};
use parvis::store::SqliteStore;
use rusqlite::Connection;

use crate::service::PATIENCE;

/// More hits than the queue and one batch hold together.
const HITS: usize = QUEUE_HITS_MAX + 10_000;

fn site() -> Site {
    let host = Host::parse("www.example.fr").unwrap();
    Site::new(SiteId(1), host, Zone::named("Europe/Paris").unwrap())
}

fn hit(salts: &Salts, site: &Site) -> Hit {
    let now: Timestamp = "2026-11-23T11:00:00Z".parse().unwrap();
    let address = "192.0.2.1".parse().unwrap();
    let arrival = Arrival { page: "https://www.example.fr/", ..Arrival::default() };
    let raw = Raw::new(address, "agent".into(), arrival).unwrap();
    let salt = salts.of(&site.zone, now).unwrap();
    let kind = KindOfHit::View;
    seal(
        raw,
        Sealing {
            site,
            kind,
            values: vec![],
            without_visitor: false,
            salt: &salt,
            salt_before: None,
            idempotency_key: None,
            received: now,
        },
    )
}

async fn append(journal: &Journal, hit: Hit) -> Result<Stored, JournalError> {
    journal.append(hit)?.within(APPEND_WAIT_MAX).await
}

fn hits_on_disk(folder: &Path) -> usize {
    let mut files = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let file = files.find(|file| file.extension().is_some_and(|end| end == "sqlite")).unwrap();
    let journal = Connection::open(file).unwrap();
    let mut statement = journal.prepare("select entries from batch").unwrap();
    let batches = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    // All hits are alike, so the first batch, which holds one, says how long an entry is.
    let lengths: Vec<usize> = batches.map(|batch| batch.unwrap().len()).collect();
    lengths.iter().sum::<usize>() / lengths[0]
}

#[test]
fn what_does_not_fit_into_the_queue_is_refused_at_once_and_the_rest_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let salts = Salts::open(folder.path().join("salts"), Arc::new(|bytes| bytes.fill(1)), vec![]);
    let (salts, site) = (salts.unwrap(), site());
    let store = Arc::new(SqliteStore::open(folder.path()).unwrap());
    let folder = folder.path().join("journal");
    let journal = Journal::open(&folder, store, Timestamp::UNIX_EPOCH).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(append(&journal, hit(&salts, &site))).unwrap();
    let hits: Vec<_> = (0..HITS).map(|_| hit(&salts, &site)).collect();
    let file = folder.join("2026-11-23.Europe~Paris.sqlite");
    let blocker = Connection::open(file).unwrap();
    blocker.busy_timeout(PATIENCE).unwrap();
    blocker.execute_batch("begin immediate").unwrap();
    let (all_asked, asked) = std::sync::mpsc::channel();
    let unblock = std::thread::spawn(move || {
        asked.recv().unwrap();
        blocker.execute_batch("rollback").unwrap();
    });
    let appends = hits.into_iter().map(|hit| append(&journal, hit));
    let outcomes = runtime.block_on(async {
        // All are asked once, in order, before this one is: only then may the writer go on.
        let told = async { all_asked.send(()).unwrap() };
        futures_util::future::join(join_all(appends), told).await.0
    });
    unblock.join().unwrap();
    let full = outcomes.iter().filter(|outcome| **outcome == Err(JournalError::Full)).count();
    let stored = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert!(full > 0, "nothing was refused");
    assert_eq!(full + stored, HITS);
    journal.stop();
    assert_eq!(hits_on_disk(&folder), stored + 1);
    let late = runtime.block_on(append(&journal, hit(&salts, &site)));
    assert_eq!(late, Err(JournalError::Stopping));
}
