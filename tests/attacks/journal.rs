//! A journal whose bytes changed is noticed, set aside and said; all that is whole is counted, and
//! the service goes on.

use std::path::{Path, PathBuf};

use parvis::app;
use parvis::store::SqliteStore;
use rusqlite::Connection;

use crate::clocked::{Clocked, folder_with_sites};
use crate::service::{Service, folder_with_site, log_of, query, run, views_counted, wait_until};

const HOST: &str = "www.example.fr";
const PAGE: &str = "https://www.example.fr/page";
const OTHER: &str = "https://other.example.fr/";

/// The files of open days in a data folder.
fn journals(data: &Path) -> Vec<PathBuf> {
    named(data, |name| name.ends_with(".sqlite"))
}

fn set_aside(data: &Path) -> Vec<PathBuf> {
    named(data, |name| name.contains(".damaged-") && !name.ends_with("-wal"))
}

fn named(data: &Path, is_it: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let files = data.join("journal").read_dir().unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| is_it(file.file_name().unwrap().to_str().unwrap())).collect()
}

fn execute(file: &Path, sql: &str) {
    let journal = Connection::open(file).unwrap();
    journal.busy_timeout(crate::service::PATIENCE).unwrap();
    assert!(journal.execute(sql, []).unwrap() > 0, "{sql}");
}

fn views(service: &Service, count: usize, page: &str, key: &str) {
    for number in 0..count {
        let address = format!("198.18.{number}.7");
        let answer = service.view(&address, page, &format!("{key}{number}"));
        assert_eq!(answer.status, 202, "{}", answer.body);
    }
}

/// One byte of a batch, whose length stays.
const ONE_BYTE_OF_BATCH_7: &str = "update batch set entries =
    cast(substr(entries, 1, 4) || x'ff' || substr(entries, 6) as blob) where id = 7";

#[test]
fn m5_a_damaged_batch_is_set_aside_and_everything_else_is_counted() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    views(&service, 20, PAGE, "before");
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), 20);
    let [file] = &journals(&data)[..] else { panic!("one day") };
    execute(file, ONE_BYTE_OF_BATCH_7);
    let (code, said) = run(&data, &["check"]);
    assert!(code == 1 && said.contains("batch 7") && said.contains("journal"), "{said}");
    let service = Service::start(&data);
    views(&service, 5, PAGE, "after");
    wait_until("all that is whole is counted", || views_counted(&data) == 19 + 5);
    wait_until("it is ready", || service.get("/readyz", &[]).status == 200);
    // What was counted twice would be known by its key: the keys of whole batches are remembered.
    views(&service, 6, PAGE, "before");
    assert_eq!(set_aside(&data).len(), 1);
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), 24);
    let log = std::fs::read_to_string(log_of(&data)).unwrap();
    assert!(log.contains("batch 7") && log.contains("set aside as"), "{log}");
    let store = data.join("store.sqlite");
    let breaks = "select count(*) from series_break where kind = 'outage'";
    assert_eq!(query(&store, breaks), 1);
    let minutes = "select sum(to_at - from_at) / 60 from outage where reason = 'journal_damaged'";
    assert!((1..=2).contains(&query(&store, minutes)));
    let (code, said) = run(&data, &["check"]);
    assert!(code == 0 && said.contains("set aside") && said.contains("1 batches"), "{said}");
    // The next start has nothing more to say.
    assert!(Service::start(&data).stop().success());
    assert_eq!((views_counted(&data), set_aside(&data).len()), (24, 1));
}

#[test]
fn m5_entries_that_were_given_to_another_site_are_noticed() {
    let (_folder, data) = folder_with_site();
    assert_eq!(run(&data, &["site", "add", "other.example.fr"]).0, 0);
    let service = Service::start(&data);
    views(&service, 4, OTHER, "other");
    views(&service, 4, PAGE, "page");
    assert!(service.stop().success());
    let [file] = &journals(&data)[..] else { panic!("one day") };
    // The site's number is one byte, behind the varint of the second.
    let journal = Connection::open(file).unwrap();
    let entries: Vec<u8> =
        journal.query_row("select entries from batch where id = 2", [], |row| row.get(0)).unwrap();
    let place = entries.iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    let mut changed = entries.clone();
    assert_eq!(changed[place], 1);
    changed[place] = 2;
    journal.execute("update batch set entries = ?1 where id = 2", [changed]).unwrap();
    drop(journal);
    let service = Service::start(&data);
    wait_until("the changed batch is taken out", || set_aside(&data).len() == 1);
    wait_until("the others are counted", || views_counted(&data) == 7);
    assert!(service.stop().success());
    let of_page = "select views from count_day
                     join site on site.id = site where dimension = 0 and host = 'www.example.fr'";
    assert_eq!(query(&data.join("store.sqlite"), of_page), 4);
}

/// What a journal says: all that is counted of it.
fn content(file: &Path) -> Option<Vec<(i64, String)>> {
    let journal = Connection::open(file).ok()?;
    let sql = "select id, hex(entries) from batch
                union all select id, site || ' ' || dimension || ' ' || text from value
                union all select number, cast(identity as text) from site";
    let mut statement = journal.prepare(sql).ok()?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).ok()?;
    rows.collect::<Result<_, _>>().ok()
}

#[test]
fn m5_a_byte_changed_anywhere_is_noticed_or_changes_nothing() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    views(&service, 40, PAGE, "key");
    assert!(service.stop().success());
    let [file] = &journals(&data)[..] else { panic!("one day") };
    let whole = std::fs::read(file).unwrap();
    let before = content(file).unwrap();
    assert!(before.len() > 40);
    let store = SqliteStore::open(&data).unwrap();
    let copy = tempfile::tempdir().unwrap();
    let changed = copy.path().join(file.file_name().unwrap());
    let mut noticed = 0;
    for place in (0..whole.len()).step_by(23) {
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (place % 8);
        for left in copy.path().read_dir().unwrap() {
            std::fs::remove_file(left.unwrap().path()).unwrap();
        }
        std::fs::write(&changed, bytes).unwrap();
        let is_noticed = !parvis::journal::check(copy.path(), &store).unwrap().findings.is_empty();
        noticed += usize::from(is_noticed);
        assert!(is_noticed || content(&changed).as_ref() == Some(&before), "byte {place}");
    }
    assert!(noticed > 50, "{noticed}");
}

/// A service with a clock of our own that has views of two zones.
fn two_zones() -> (tempfile::TempDir, PathBuf, Clocked) {
    let sites = [(HOST, "Europe/Paris"), ("other.example.fr", "UTC")];
    let (folder, data) = folder_with_sites(&sites);
    let service = Clocked::start(data.clone(), "2026-11-20T10:00:00Z");
    for number in 0..12 {
        let address = format!("198.18.{number}.7");
        assert_eq!(service.view(&address, PAGE, &format!("page {number}")), 202);
        assert_eq!(service.view(&address, OTHER, &format!("other {number}")), 202);
    }
    wait_until("all are counted", || service.day("2026-11-20").0 == 24);
    (folder, data, service)
}

fn views_of(service: &Clocked, host: &str) -> i64 {
    service.count(&format!(
        "select coalesce(sum(views), 0) from count_day join site on site.id = site
          where dimension = 0 and host = '{host}'"
    ))
}

fn close(service: &Clocked, data: &Path) {
    service.at("2026-11-21T10:00:00Z");
    wait_until("both days are closed, and their keys are gone", || {
        let is_empty = |folder: &str| data.join(folder).read_dir().unwrap().next().is_none();
        service.count("select count(*) from day where closed_at is not null") == 2
            && is_empty("journal")
            && is_empty("salts")
    });
    let report = app::check(data).unwrap();
    assert!(report.contains("figures of 2 sites on 2 days agree"), "{report}");
}

#[test]
fn m5_a_journal_that_is_destroyed_stops_no_other_day_and_its_own_day_closes() {
    let (_folder, data, mut service) = two_zones();
    service.running.take().unwrap().stop().unwrap();
    let paris = data.join("journal/2026-11-20.Europe~Paris.sqlite");
    let bytes = std::fs::read(&paris).unwrap().len();
    std::fs::write(&paris, vec![0xa5; bytes]).unwrap();
    service.at("2026-11-20T12:00:00Z");
    service.running = Some(app::start(&service.options, &service.machine).unwrap());
    wait_until("it is ready", || service.get("/readyz", &[]).status == 200);
    for number in 0..11 {
        assert_eq!(
            service.view(&format!("198.18.{number}.7"), PAGE, &format!("new {number}")),
            202
        );
    }
    wait_until("it counts on", || views_of(&service, HOST) == 11);
    assert_eq!(views_of(&service, "other.example.fr"), 12);
    assert_eq!(set_aside(&data), [paris.with_extension("sqlite.damaged-1")]);
    close(&service, &data);
    assert_eq!((views_of(&service, HOST), views_of(&service, "other.example.fr")), (11, 12));
    service.publish(HOST, "2026-11-20");
    let quality = service.get(&format!("/data/{HOST}/quality/2026-11.csv"), &[]).body;
    let start = format!("{HOST},2026-11-20,minutes_down,journal_damaged,");
    let line = quality.lines().find_map(|line| line.strip_prefix(&start));
    // From the day's begin in Paris to noon in UTC, thirteen hours.
    let lost = line.unwrap_or_else(|| panic!("{quality}"));
    assert!(lost.starts_with("780,minutes"), "{lost}");
    let other = service.get("/data/other.example.fr/quality/2026-11.csv", &[]).body;
    assert!(!other.contains("journal_damaged"), "{other}");
    let breaks = service.get(&format!("/data/{HOST}/breaks.csv"), &[]).body;
    assert!(breaks.contains("journal of views was damaged"), "{breaks}");
}

#[test]
fn m5_a_batch_that_is_damaged_after_it_was_counted_does_not_keep_its_day_open() {
    for damage in [
        ONE_BYTE_OF_BATCH_7,
        "delete from batch where id = 7",
        "delete from batch where id = (select max(id) from batch)",
        "update batch set sum = 0 where id = 7",
        "update batch set entries = x'', sum = 3 where id = 7",
    ] {
        let (_folder, data, service) = two_zones();
        execute(&data.join("journal/2026-11-20.Europe~Paris.sqlite"), damage);
        close(&service, &data);
        assert_eq!(views_of(&service, HOST), 11, "{damage}");
        assert_eq!(views_of(&service, "other.example.fr"), 12, "{damage}");
        assert_eq!(service.count("select count(*) from outage"), 1, "{damage}");
    }
}

#[test]
fn m5_texts_and_sites_that_changed_lose_no_view() {
    for damage in [
        "update value set text = '/pagf' where text = '/page'",
        "update value set site = 5 where text = '/page'",
        "update value set dimension = 99 where text = '/page'",
        "update site set identity = identity + 1",
        "update site set sum = sum + 1",
    ] {
        let (_folder, data, mut service) = two_zones();
        service.running.take().unwrap().stop().unwrap();
        execute(&data.join("journal/2026-11-20.Europe~Paris.sqlite"), damage);
        service.running = Some(app::start(&service.options, &service.machine).unwrap());
        assert_eq!(service.view("192.0.2.99", PAGE, "one more"), 202);
        wait_until("all are counted", || views_of(&service, HOST) == 13);
        close(&service, &data);
        assert_eq!(views_of(&service, HOST), 13, "{damage}");
    }
}

#[test]
fn m5_a_journal_that_is_gone_and_a_salt_that_is_cut_off_are_said_by_check() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    views(&service, 5, PAGE, "before");
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), 5);
    let [file] = &journals(&data)[..] else { panic!("one day") };
    std::fs::remove_file(file).unwrap();
    let (code, said) = run(&data, &["check"]);
    assert!(code == 0 && said.contains("Warning: the journal of"), "{said}");
    assert!(said.contains("is gone"), "{said}");

    let salt = data.join("salts").read_dir().unwrap().next().unwrap().unwrap().path();
    let whole = std::fs::read(&salt).unwrap();
    for bytes in [0, whole.len() / 2] {
        std::fs::write(&salt, &whole[..bytes]).unwrap();
        let (code, said) = run(&data, &["check"]);
        assert!(code == 1 && said.contains("salt") && said.contains("remove it"), "{said}");
        let service = Service::start(&data);
        let answer = service.view("192.0.2.9", PAGE, &format!("cut off at {bytes}"));
        assert_eq!(answer.status, 503, "{}", answer.body);
        assert!(service.stop().success());
        let log = std::fs::read_to_string(log_of(&data)).unwrap();
        assert!(log.contains("is damaged, it is shorter than"), "{log}");
    }
    std::fs::remove_file(&salt).unwrap();
    let service = Service::start(&data);
    views(&service, 1, PAGE, "after");
    assert!(service.stop().success());
}
