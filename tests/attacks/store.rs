//! A store that is older than its journal, damaged or gone: nothing is given to another site, and
//! nothing is acknowledged that is not kept.

use std::path::Path;

use rusqlite::Connection;

use crate::clocked::{Clocked, folder_with_sites};
use crate::service::{Service, folder_with_site, log_of, query, run, views_counted, wait_until};

const PAGE: &str = "https://www.example.fr/page";

fn restore(data: &Path, backup: &Path) {
    for suffix in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(data.join(format!("store.sqlite{suffix}")));
    }
    std::fs::copy(backup, data.join("store.sqlite")).unwrap();
}

fn views_of(data: &Path, host: &str) -> i64 {
    let sql = format!(
        "select coalesce(sum(views), 0) from count_day join site on site.id = site
          where dimension = 0 and host = '{host}'"
    );
    query(&data.join("store.sqlite"), &sql)
}

#[test]
fn m6_views_of_a_site_that_an_older_store_does_not_know_go_to_no_other_site() {
    let (_folder, data) = folder_with_site();
    let backup = data.with_extension("backup");
    std::fs::copy(data.join("store.sqlite"), &backup).unwrap();
    assert_eq!(run(&data, &["site", "add", "c.example.fr"]).0, 0);
    let service = Service::start(&data);
    for number in 0..15 {
        let address = format!("198.18.{number}.7");
        let key = format!("c {number}");
        assert_eq!(service.view(&address, "https://c.example.fr/", &key).status, 202);
        assert_eq!(service.view(&address, PAGE, &format!("page {number}")).status, 202);
    }
    assert!(service.stop().success());
    let newer = data.with_extension("newer");
    std::fs::copy(data.join("store.sqlite"), &newer).unwrap();
    restore(&data, &backup);
    assert_eq!(run(&data, &["site", "add", "d.example.fr"]).0, 0);
    let (code, said) = run(&data, &["check"]);
    assert!(code == 1 && said.contains("15 views of sites") && said.contains("older"), "{said}");
    let service = Service::start(&data);
    assert_eq!(service.view("192.0.2.1", "https://d.example.fr/", "d").status, 202);
    wait_until("the sites that it knows are counted", || views_counted(&data) == 16);
    assert!(service.stop().success());
    assert_eq!((views_of(&data, "www.example.fr"), views_of(&data, "d.example.fr")), (15, 1));
    let log = std::fs::read_to_string(log_of(&data)).unwrap();
    assert!(log.contains("older than the journal"), "{log}");
    // The newer store, put back while the day is open, has them all.
    restore(&data, &newer);
    let service = Service::start(&data);
    assert!(service.stop().success());
    assert_eq!(views_of(&data, "c.example.fr"), 15);
}

#[test]
fn m6_views_of_an_unknown_site_are_counted_under_their_reason_when_the_day_closes() {
    let (_folder, data) = folder_with_sites(&[("www.example.fr", "UTC")]);
    let backup = data.with_extension("backup");
    std::fs::copy(data.join("store.sqlite"), &backup).unwrap();
    assert_eq!(run(&data, &["site", "add", "c.example.fr", "--zone", "UTC"]).0, 0);
    let mut service = Clocked::start(data.clone(), "2026-11-20T10:00:00Z");
    for number in 0..20 {
        let key = format!("c {number}");
        assert_eq!(service.view("192.0.2.1", "https://c.example.fr/", &key), 202);
    }
    service.running.take().unwrap().stop().unwrap();
    restore(&data, &backup);
    service.running = Some(parvis::app::start(&service.options, &service.machine).unwrap());
    assert_eq!(service.view("192.0.2.1", PAGE, "page"), 202);
    service.restart();
    service.at("2026-11-21T10:00:00Z");
    wait_until("the day is closed", || {
        service.count("select count(*) from day where closed_at is not null") == 1
    });
    let dropped = "select sum(hits) from dropped where reason = 'journal_site_unknown'";
    assert_eq!(service.count(dropped), 20);
}

#[test]
fn m6_a_site_that_is_removed_and_added_again_is_another_one() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    for number in 0..5 {
        assert_eq!(service.view("192.0.2.1", PAGE, &format!("page {number}")).status, 202);
    }
    assert!(service.stop().success());
    assert_eq!(run(&data, &["site", "remove", "www.example.fr", "--yes"]).0, 0);
    assert_eq!(run(&data, &["site", "add", "www.example.fr"]).0, 0);
    let (code, said) = run(&data, &["check"]);
    assert_eq!(code, 0, "{said}");
    let service = Service::start(&data);
    assert_eq!(service.view("192.0.2.1", PAGE, "new").status, 202);
    wait_until("it is counted", || views_counted(&data) == 1);
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), 1);
    let log = std::fs::read_to_string(log_of(&data)).unwrap();
    assert!(!log.contains("older than the journal"), "{log}");
}

/// Sends views until one is refused; returns how many were acknowledged.
fn send_until_refused(service: &Service, key: &str) -> i64 {
    for number in 0..2_000 {
        if service.view("192.0.2.1", PAGE, &format!("{key} {number}")).status != 202 {
            return number;
        }
    }
    panic!("none was refused");
}

#[test]
fn m4_a_folder_that_is_gone_is_noticed_at_the_next_view() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    assert_eq!(service.view("192.0.2.1", PAGE, "first").status, 202);
    wait_until("it is counted", || views_counted(&data) == 1);
    // The service may make a file meanwhile.
    wait_until("the folder is gone", || std::fs::remove_dir_all(&data).is_ok() || !data.exists());
    assert_eq!(send_until_refused(&service, "gone"), 0, "nothing more is acknowledged");
    let refused = service.view("192.0.2.1", PAGE, "again");
    assert_eq!(refused.status, 503);
    assert!(refused.header("retry-after").is_some());
    assert_eq!(service.get("/readyz", &[]).status, 503);
    wait_until("it is said", || {
        std::fs::read_to_string(log_of(&data)).unwrap().contains("gone from under the service")
    });
    // An empty folder in its place, as of a volume that is not mounted, changes nothing.
    std::fs::create_dir_all(data.join("journal")).unwrap();
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(service.view("192.0.2.1", PAGE, "into nothing").status, 503);
    assert_eq!(service.get("/readyz", &[]).status, 503);
}

#[test]
fn m4_a_folder_that_was_away_for_a_moment_is_used_again() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    assert_eq!(service.view("192.0.2.1", PAGE, "first").status, 202);
    let away = data.with_extension("away");
    std::fs::rename(&data, &away).unwrap();
    assert_eq!(send_until_refused(&service, "away"), 0);
    wait_until("the store is missed, too", || {
        std::fs::read_to_string(log_of(&data)).unwrap().contains("the store")
    });
    std::fs::rename(&away, &data).unwrap();
    wait_until("views are taken again", || {
        service.view("192.0.2.2", PAGE, "back").status == 202
            && service.get("/readyz", &[]).status == 200
    });
    wait_until("both are counted", || views_counted(&data) >= 2);
    assert!(service.stop().success());
    // What was refused is on the disk all the same, and may be sent again: it counts once.
    let service = Service::start(&data);
    assert_eq!(service.view("192.0.2.1", PAGE, "away 0").status, 202);
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), 3);
}

#[test]
fn m4_a_journal_that_was_taken_away_is_noted_and_the_service_goes_on() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    for number in 0..5 {
        assert_eq!(service.view("192.0.2.1", PAGE, &format!("{number}")).status, 202);
    }
    wait_until("they are counted", || views_counted(&data) == 5);
    std::fs::remove_dir_all(data.join("journal")).unwrap();
    std::fs::create_dir(data.join("journal")).unwrap();
    wait_until("views are taken again", || service.view("192.0.2.1", PAGE, "new").status == 202);
    wait_until("the loss is noted", || {
        query(&data.join("store.sqlite"), "select count(*) from outage") > 0
    });
    wait_until("it counts on", || views_counted(&data) == 1);
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), 1);
}

#[test]
fn m4_a_damaged_store_is_not_served() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    for number in 0..50 {
        let page = format!("{PAGE}/{number}");
        assert_eq!(service.view("192.0.2.1", &page, &format!("{number}")).status, 202);
    }
    assert!(service.stop().success());
    let file = data.join("store.sqlite");
    let store = Connection::open(&file).unwrap();
    store.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(())).unwrap();
    drop(store);
    let whole = std::fs::read(&file).unwrap();
    let roots = "select rootpage from sqlite_schema where name = ";
    let root = |table: &str| query(&file, &format!("{roots}'{table}'")) as usize - 1;
    for page in [0, root("site"), root("count_hour"), root("value")] {
        let mut bytes = whole.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0xa5);
        std::fs::write(&file, &bytes).unwrap();
        let (code, said) = run(&data, &["serve", "--listen", "127.0.0.1:0"]);
        assert_eq!(code, 1, "page {page}: {said}");
        assert!(said.contains("restore a backup") && said.contains("check"), "{page}: {said}");
        assert_eq!(std::fs::read(&file).unwrap(), bytes, "it is left as it is");
    }
    std::fs::write(&file, &whole).unwrap();
    assert!(Service::start(&data).stop().success());
}
