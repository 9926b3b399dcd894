//! `parvis check` is silent on a used folder and finds every kind of damage.

use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::civil::date;
use rusqlite::Connection;

use crate::clocked::{Clocked, folder_with_sites};
use crate::logs::{LogLine, view};
use crate::service::{run, wait_until};

const HOST: &str = "www.example.fr";

/// A folder that a beacon and an import have filled, with a gathered month, and nobody uses now.
fn used_folder() -> (tempfile::TempDir, PathBuf) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let mut service = Clocked::start(data.clone(), "2026-10-30T12:00:00Z");
    let mut lines = Vec::new();
    for day in [date(2026, 9, 28), date(2026, 9, 29), date(2026, 10, 2)] {
        lines.extend((0..40).map(|visitor| view(day, visitor, &format!("/{}", visitor % 7))));
        let lost = LogLine { request: "GET /lost HTTP/1.1", status: 404, ..LogLine::default() };
        lines.push(lost.on(day));
    }
    service.import(HOST, &lines, false);
    for number in 0..20 {
        let page = format!("https://www.example.fr/{}", number % 3);
        let address = format!("198.18.{number}.7");
        assert_eq!(service.view(&address, &page, &format!("k{number}")), 202);
        let time = format!(r#"{{"n":"time","u":"{page}","p":{{"seconds":9}}}}"#);
        assert_eq!(service.send(&address, &time), 202);
    }
    service.at("2026-11-02T12:00:00Z");
    wait_until("both months are gathered", || {
        service.count("select count(*) from block_month where stale = 0") == 2
    });
    // An open day, too.
    assert_eq!(service.view("192.0.2.1", "https://www.example.fr/", "open"), 202);
    wait_until("the open day is counted", || service.day("2026-11-02") == (1, 1));
    service.running.take().unwrap().stop().unwrap();
    let store = Connection::open(data.join("store.sqlite")).unwrap();
    store.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(())).unwrap();
    (folder, data)
}

fn execute(data: &Path, sql: &str) {
    let store = Connection::open(data.join("store.sqlite")).unwrap();
    let changed = store.execute(sql, []).unwrap();
    assert!(changed > 0, "{sql}");
}

/// Copies the folder's store, damages the copy, and checks it.
fn damaged(data: &Path, damage: impl FnOnce(&Path)) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("data");
    std::fs::create_dir(&copy).unwrap();
    std::fs::copy(data.join("store.sqlite"), copy.join("store.sqlite")).unwrap();
    damage(&copy);
    run(&copy, &["check"])
}

#[test]
fn a_used_folder_is_whole_and_every_damage_is_found() {
    let (_folder, data) = used_folder();
    let (code, said) = run(&data, &["check"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("1 sites on 5 days agree"), "{said}");
    assert_eq!(damaged(&data, |_| {}).0, 0, "a copy is as good");
    let pages_of_october_30 = "(select lines from block
        where first = 1 and second = 0 and scale = 1 and start = 20756)";
    let pages = "first = 1 and second = 0 and scale = 1 and start = 20725";
    for (what, sql) in [
        ("a whole line", "update count_day set views = views + 1 where dimension = 0"),
        ("its visitors", "update count_day set visitors = visitors - 1 where day = 20725"),
        ("its visits", "update count_day set visits = visits - 1 where day = 20725"),
        ("its order", "update count_day set visitors = 100 where visitors = 20"),
        ("an hour", "update count_hour set views = views + 1 where hour > 1793000000"),
        ("a lost hour", "delete from count_hour where hour = (select min(hour) from count_hour)"),
        ("a block", &format!("update block set lines = {pages_of_october_30} where {pages}")),
        ("a lost block", &format!("delete from block where {pages}")),
        ("a cut block", &format!("update block set lines = substr(lines, 1, 9) where {pages}")),
        (
            "a month",
            &format!(
                "update block set lines = {pages_of_october_30}
                  where first = 1 and second = 0 and scale = 2"
            ),
        ),
        ("a lost crossing", "delete from block where second > 0 and scale = 1 and start = 20725"),
        ("a lost month", "delete from block where first = 1 and second = 0 and scale = 2"),
    ] {
        let (code, said) = damaged(&data, |copy| execute(copy, sql));
        assert_eq!(code, 1, "{what}: {said}");
        assert!(said.contains("restore a backup") || said.contains("damaged"), "{what}: {said}");
    }
}

#[test]
fn a_damaged_file_is_found_too() {
    let (_folder, data) = used_folder();
    let overwrite = |from: u64, bytes: usize| {
        move |copy: &Path| {
            let file = std::fs::OpenOptions::new().write(true).open(copy.join("store.sqlite"));
            let mut file = file.unwrap();
            file.seek(SeekFrom::Start(from)).unwrap();
            file.write_all(&vec![0xA5; bytes]).unwrap();
        }
    };
    let length = std::fs::metadata(data.join("store.sqlite")).unwrap().len();
    for page in [0, 1, length / 4096 / 2, length / 4096 - 1] {
        let (code, said) = damaged(&data, overwrite(page * 4096, 4096));
        assert_eq!(code, 1, "page {page}: {said}");
        assert!(!said.contains("panicked"), "page {page}: {said}");
    }
}

#[test]
fn what_cannot_be_checked_is_misuse() {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    assert_eq!(run(&data, &["check"]).0, 0);
    let (code, said) = run(&folder.path().join("nowhere"), &["check"]);
    assert!(code == 2 && said.contains("--data"), "{said}");
    assert!(!folder.path().join("nowhere").exists(), "a check makes no folder");
    let file = folder.path().join("parvis.toml");
    std::fs::write(&file, "retention_months = 26").unwrap();
    let (code, said) = run(&data, &["check", "--config", file.to_str().unwrap()]);
    assert!(code == 2 && said.contains("1 to 25 months"), "{said}");
}
