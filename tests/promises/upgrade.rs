//! A data folder of the first version opens in this one, and its open day goes on exactly.
//!
//! The folder was written by the program of commit f0bacad, whose journal has a place for each of
//! its eight breakdowns in every entry; `tests/old-data/first` holds it as SQL.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::clocked::Clocked;
use crate::service::wait_until;

const HOST: &str = "www.example.fr";

/// The day that was open.
const OPEN: &str = "2026-11-22.Europe~Paris";

/// Makes the folder as the first version left it.
fn old_folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old-data/first");
    let text = |name: &str| std::fs::read_to_string(old.join(name)).unwrap();
    for part in ["journal", "salts"] {
        std::fs::create_dir_all(data.join(part)).unwrap();
    }
    for (name, sql) in [
        ("store.sqlite".to_owned(), text("store.sql")),
        (format!("journal/{OPEN}.sqlite"), text("journal.sql")),
    ] {
        let file = Connection::open(data.join(name)).unwrap();
        file.pragma_update(None, "journal_mode", "wal").unwrap();
        // The tables stand in the order of their names.
        file.pragma_update(None, "foreign_keys", "off").unwrap();
        file.execute_batch(&sql).unwrap();
    }
    let salt = text("salt.hex");
    let bytes = salt.trim().as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    let salt: Vec<u8> = bytes.map(byte).collect();
    std::fs::write(data.join(format!("salts/{OPEN}.salt")), salt).unwrap();
    (folder, data)
}

fn exact(service: &Clocked, cookie: &str, about: &str) -> Value {
    let path = format!("/admin/api/v1/sites/{HOST}/{about}");
    let answer = service.get(&path, &[("cookie", cookie)]);
    assert_eq!(answer.status, 200, "{about}: {}", answer.body);
    let json: Value = serde_json::from_str(&answer.body).unwrap();
    json["rows"].clone()
}

#[test]
fn the_figures_of_the_first_version_are_shown() {
    let (_folder, data) = old_folder();
    let service = Clocked::start(data, "2026-11-22T10:00:00Z");
    let cookie = service.sign_in();
    let totals = exact(&service, &cookie, "totals?period=2026-11-21&metrics=views,visitors,events");
    let row = json!([{ "views": 26, "visitors": 13, "events": 1, "obs_status": "A" }]);
    assert_eq!(totals, row);
    let hours = exact(&service, &cookie, "timeseries?period=2026-11-21&interval=hour");
    let hour = &hours[11];
    assert_eq!(
        (&hour["period"], &hour["views"]),
        (&json!("2026-11-21T11:00:00+01:00"), &json!(26))
    );
    for (dimension, value, views) in [
        ("page", "/old", 13),
        ("page", "/too", 13),
        ("device", "desktop", 26),
        ("browser_version", "Firefox 131", 26),
    ] {
        let rows = exact(&service, &cookie, &format!("breakdown/{dimension}?period=2026-11-21"));
        let rows = rows.as_array().unwrap();
        let row = rows.iter().find(|row| row[dimension] == value);
        let row = row.unwrap_or_else(|| panic!("{dimension} {value}: {rows:?}"));
        assert_eq!((&row["views"], &row["visitors"]), (&json!(views), &json!(13)), "{dimension}");
    }
    // Before the day is released and after.
    for _ in 0..2 {
        let file = service.get(&format!("/data/{HOST}/pages/2026-11-21.csv"), &[]);
        assert!(file.body.contains("/old,10,10,"), "{}", file.body);
        service.publish(HOST, "2026-11-21");
    }
    // What the first version did not keep is not made up.
    let path = format!("/admin/api/v1/sites/{HOST}/breakdown/country?filter=page:is:/old");
    let answer = service.get(&format!("{path}&period=2026-11-21"), &[("cookie", &cookie)]);
    assert_eq!(answer.status, 400, "{}", answer.body);
}

#[test]
fn the_open_day_of_the_first_version_goes_on_exactly() {
    let (_folder, data) = old_folder();
    let mut service = Clocked::start(data.clone(), "2026-11-22T10:00:00Z");
    // Four visitors were there at 10:10 in Paris; it is 11:00 now.
    let page = format!("https://{HOST}/old");
    for visitor in 0..4 {
        let address = format!("192.0.2.{visitor}");
        assert_eq!(service.view(&address, &page, &format!("again {visitor}")), 202);
        // A beacon of the first version that comes again is the same beacon.
        assert_eq!(service.view(&address, &page, &format!("n{visitor}")), 202);
    }
    assert_eq!(service.view("192.0.2.9", &page, "new"), 202);
    wait_until("all are counted", || service.day("2026-11-22") == (9, 5));
    service.restart();
    assert_eq!(service.view("192.0.2.0", &page, "again 0"), 202);
    assert_eq!(service.view("192.0.2.0", &format!("https://{HOST}/last"), "last"), 202);
    wait_until("one more is counted", || service.day("2026-11-22") == (10, 5));
    service.at("2026-11-23T10:00:00Z");
    wait_until("the day is closed", || {
        service.count("select count(*) from site_day") == 1
            && data.join("journal").read_dir().unwrap().next().is_none()
            && data.join("salts").read_dir().unwrap().next().is_none()
    });
    let cookie = service.sign_in();
    let totals = exact(&service, &cookie, "totals?period=2026-11-22");
    for (metric, count) in
        [("views", 10), ("visitors", 5), ("visits", 9), ("events", 2), ("reading_seconds", 40)]
    {
        assert_eq!(totals[0][metric], count, "{metric}");
    }
    let pages = exact(&service, &cookie, "breakdown/page?period=2026-11-22&metrics=views,visitors");
    assert_eq!(
        pages[0],
        json!({
            "page": "/old", "title": null, "views": 9, "visitors": 5, "obs_status": "A",
        })
    );
    let path = "breakdown/device?period=2026-11-22&filter=page:is:/old";
    assert_eq!(exact(&service, &cookie, path)[0]["views"], 9);
    let both = exact(&service, &cookie, "totals?period=2026-11&metrics=views,visitors");
    assert_eq!((&both[0]["views"], &both[0]["visitors"]), (&json!(36), &json!(18)));
    let report = parvis::app::check(&data);
    assert!(report.is_ok(), "{report:?}");
}
