//! Data folders of earlier versions open in this one, and their open days go on exactly.
//!
//! `tests/old-data` holds them as SQL. `first` was written by the program of commit f0bacad, whose
//! journal has a place for each of its eight breakdowns in every entry. `before_senders`,
//! `before_measured`, `before_pictures` and `before_networks` were written by those of commits
//! 70516d9, 0f84731, 81e76d1 and d244179, the last ones before the migrations of these names: a day
//! from a log, with the files of pages and of traffic that were released of it, and a day that was
//! open. The other files of the releases, which are large, were deleted.

use std::path::{Path, PathBuf};

use parvis::model::hexadecimal;
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::clocked::Clocked;
use crate::service::wait_until;

const HOST: &str = "www.example.fr";

/// The first version, and the day that was open.
const FIRST: (&str, &str) = ("first", "2026-11-22.Europe~Paris");

/// The day that was open in all others.
const OPEN: &str = "2026-11-29.Europe~Paris";

/// Makes the folder as that version left it.
fn old_folder((name, open): (&str, &str)) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old-data").join(name);
    let text = |name: &str| std::fs::read_to_string(old.join(name)).unwrap();
    for part in ["journal", "salts"] {
        std::fs::create_dir_all(data.join(part)).unwrap();
    }
    for (name, sql) in [
        ("store.sqlite".to_owned(), text("store.sql")),
        (format!("journal/{open}.sqlite"), text("journal.sql")),
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
    std::fs::write(data.join(format!("salts/{open}.salt")), salt).unwrap();
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
    let (_folder, data) = old_folder(FIRST);
    let service = Clocked::start(data, "2026-11-22T10:00:00Z");
    let cookie = service.sign_in();
    let totals = exact(&service, &cookie, "totals?period=2026-11-21&metrics=views,visitors,events");
    let row = json!([
        { "views": 26, "visitors": 13, "events": 1, "method": "beacon", "obs_status": "A" }
    ]);
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
    // Of a day of that version nothing is known of networks: its visitors stand for them.
    service.publish(HOST, "2026-11-21");
    let file = service.get(&format!("/data/{HOST}/pages/2026-11-21.csv"), &[]).body;
    assert!(file.contains("/old,10,10,") || file.contains("/old,20,20,"), "{file}");
    // What the first version did not keep is not made up.
    let path = format!("/admin/api/v1/sites/{HOST}/breakdown/country?filter=page:is:/old");
    let answer = service.get(&format!("{path}&period=2026-11-21"), &[("cookie", &cookie)]);
    assert_eq!(answer.status, 400, "{}", answer.body);
}

#[test]
fn the_open_day_of_the_first_version_goes_on_exactly() {
    let (_folder, data) = old_folder(FIRST);
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
            "page": "/old", "title": null, "views": 9, "visitors": 5, "method": "beacon",
            "obs_status": "A",
        })
    );
    let path = "breakdown/device?period=2026-11-22&filter=page:is:/old";
    assert_eq!(exact(&service, &cookie, path)[0]["views"], 9);
    let both = exact(&service, &cookie, "totals?period=2026-11&metrics=views,visitors");
    assert_eq!((&both[0]["views"], &both[0]["visitors"]), (&json!(36), &json!(18)));
    let report = parvis::app::check(&data);
    assert!(report.is_ok(), "{report:?}");
}

/// A folder of one of the versions before these migrations, served on the same day.
fn before(migration: &str) -> (tempfile::TempDir, PathBuf, Clocked) {
    let (folder, data) = old_folder((migration, OPEN));
    let moment = match migration {
        "before_networks" => "2026-11-29T10:00:00Z",
        _ => "2026-11-29T03:00:00Z",
    };
    let service = Clocked::start(data.clone(), moment);
    (folder, data, service)
}

const MIGRATIONS: [&str; 4] =
    ["before_senders", "before_measured", "before_pictures", "before_networks"];

#[test]
fn the_figures_before_each_migration_are_shown_and_what_was_published_keeps_its_bytes() {
    for migration in MIGRATIONS {
        let (_folder, data, service) = before(migration);
        let cookie = service.sign_in();
        let views = |day: &str, views: u64| {
            let totals = exact(&service, &cookie, &format!("totals?period={day}&metrics=views"));
            assert_eq!(totals[0]["views"], views, "{migration} {day}");
        };
        views("2026-11-20", 13);
        views("2026-11-29", 5);
        let rows = |breakdown: &str, name: &str| -> Vec<String> {
            let rows = exact(&service, &cookie, &format!("breakdown/{breakdown}"));
            let rows = rows.as_array().unwrap().iter();
            rows.map(|row| row[name].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(rows("page?period=2026-11-20", "page"), ["/old"], "{migration}");
        assert_eq!(rows("source?period=2026-11-20", "source"), ["Google"], "{migration}");
        // No log says these: what was kept of them as unknown is gone.
        for breakdown in ["language", "screen"] {
            let asked = format!("{breakdown}?period=2026-11-20");
            assert_eq!(rows(&asked, breakdown), [":not_collected"], "{migration}");
        }
        assert_eq!(rows("language?period=2026-11-29", "language"), ["fr"], "{migration}");
        for (file, heads) in [("pages", "site,period,page,"), ("traffic", "site,period,views,")] {
            let text = service.get(&format!("/data/{HOST}/{file}/2026-11-20-r1.csv"), &[]).body;
            assert!(text.starts_with(heads), "{migration}: {text}");
            let hash = hexadecimal(&Sha256::digest(text.as_bytes()));
            let same = format!(
                "select count(*) from released_file
                  where dataset = '{file}' and format = 'csv' and sha256 = '{hash}'"
            );
            assert_eq!(service.count(&same), 1, "{migration} {file}: {text}");
        }
        let report = parvis::app::check(&data);
        assert!(report.is_ok(), "{migration}: {report:?}");
    }
}

#[test]
fn the_open_day_before_each_migration_goes_on_exactly() {
    for migration in MIGRATIONS {
        let (_folder, data, mut service) = before(migration);
        let page = format!("https://{HOST}/old");
        // One of the first readers again, the same message again, and a new reader.
        assert_eq!(service.view("192.0.2.1", &page, "again"), 202);
        assert_eq!(service.view("192.0.2.1", &page, "n0"), 202);
        assert_eq!(service.view("192.0.2.77", &page, "new"), 202);
        wait_until("all are counted", || service.day("2026-11-29") == (7, 6));
        // The picture by its origin alone, and a sender whom nobody knows.
        let picture = |address: &str| {
            let headers = [
                ("user-agent", crate::service::FIREFOX),
                ("x-forwarded-for", address),
                ("referer", "https://www.example.fr/"),
            ];
            service.get(&format!("/p.gif?d={HOST}"), &headers).status
        };
        assert_eq!(picture("192.0.2.78"), 200);
        let stranger = "https://stranger.example/";
        assert_eq!(service.view("192.0.2.79", stranger, "stranger"), 400);
        wait_until("the pictures are counted", || {
            service.count("select hits * 10 + page_unknown from hit_without_script") == 31
        });
        let senders = "select group_concat(host) = ? from (select host from sender order by host)";
        let known = match migration {
            "before_senders" => "stranger.example",
            _ => "elsewhere.example,stranger.example",
        };
        let senders = senders.replace('?', &format!("'{known}'"));
        wait_until("senders are noted", || service.count(&senders) == 1);
        let refused = "select hits from dropped where reason = 'unknown_site'";
        assert_eq!(service.count(refused), 2, "{migration}");
        service.restart();
        service.at("2026-11-30T10:00:00Z");
        wait_until("the day is closed", || {
            service.count("select count(*) from site_day") == 2
                && data.join("journal").read_dir().unwrap().next().is_none()
                && data.join("salts").read_dir().unwrap().next().is_none()
        });
        let cookie = service.sign_in();
        let totals = exact(&service, &cookie, "totals?period=2026-11-29&metrics=views,visitors");
        assert_eq!((&totals[0]["views"], &totals[0]["visitors"]), (&json!(8), &json!(7)));
        // The networks of those who came before are not known, and so nothing is said of the day's.
        let said = "select count(*) from count_day where networks is not null or views_over > 0";
        assert_eq!(service.count(said), 0, "{migration}");
        assert_eq!(service.count("select count(*) from network_set"), 0, "{migration}");
        let report = parvis::app::check(&data);
        assert!(report.is_ok(), "{migration}: {report:?}");
    }
}
