//! A line says its own method, the same in every file, and in one order (row 35).

use jiff::civil::date;
use parvis::app;

use crate::clocked::{Clocked, folder_with_sites};
use crate::field::gaps::days::{add, log_of, visitors};
use crate::logs::view;
use crate::service::wait_until;

/// The method of each line of a file, by site and period.
fn methods(service: &Clocked, name: &str) -> Vec<(String, String, String)> {
    let file = service.get(&format!("/data/{name}"), &[]);
    assert_eq!(file.status, 200, "{name}: {}", file.body);
    let mut reader = csv::Reader::from_reader(file.body.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let place = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let places = ["site", "period", "method"].map(place);
    let lines = reader.records().map(|line| {
        let line = line.unwrap();
        let [site, period, method] = places.map(|place| line[place].to_owned());
        (site, period, method)
    });
    lines.collect()
}

/// One site by tag, one by log, and one that was counted by log before it got the tag.
fn three_sites() -> (tempfile::TempDir, Clocked) {
    let sites = ["tag.example.fr", "log.example.fr", "both.example.fr"];
    let (folder, data) = folder_with_sites(&sites.map(|host| (host, "Europe/Paris")));
    let service = Clocked::start(data, "2026-11-20T09:00:00Z");
    for host in ["tag.example.fr", "both.example.fr"] {
        visitors(&service, &format!("https://{host}/"), host);
    }
    wait_until("they are counted", || service.day("2026-11-20").0 == 40);
    service.at("2026-11-22T09:00:00Z");
    service.import("log.example.fr", &log_of(date(2026, 11, 20)), false);
    service.import("both.example.fr", &log_of(date(2026, 11, 19)), false);
    (folder, service)
}

#[test]
fn row_35_a_line_says_its_own_method_in_every_file() {
    let (_folder, mut service) = three_sites();
    service.publish("both.example.fr", "2026-11-20");
    let check = |service: &Clocked| {
        let all = methods(service, "all/traffic/2026-11.csv");
        let of = |host: &str, day: &str| {
            let line = all.iter().find(|line| line.0 == host && line.1 == day);
            line.map(|line| line.2.clone())
        };
        assert_eq!(of("tag.example.fr", "2026-11-20").unwrap(), "beacon");
        assert_eq!(of("log.example.fr", "2026-11-20").unwrap(), "access_log");
        assert_eq!(of("both.example.fr", "2026-11-19").unwrap(), "access_log");
        assert_eq!(of("both.example.fr", "2026-11-20").unwrap(), "beacon");
        for host in ["tag.example.fr", "log.example.fr", "both.example.fr"] {
            for dataset in ["traffic", "pages", "countries"] {
                let own = methods(service, &format!("{host}/{dataset}/2026-11.csv"));
                let all = methods(service, &format!("all/{dataset}/2026-11.csv"));
                let of_it: Vec<_> = all.into_iter().filter(|line| line.0 == host).collect();
                assert_eq!(own, of_it, "{host} {dataset}");
            }
        }
        let pages = methods(service, "both.example.fr/pages/2026-11.csv");
        assert_eq!(pages[0].2, "beacon,access_log", "{pages:?}");
        let pages = methods(service, "all/pages/2026-11.csv");
        // Days of the tag on which nobody came are in no line but that of what is withheld.
        let own: Vec<_> = pages.iter().filter(|line| line.0 == "log.example.fr").collect();
        assert_eq!(own[0].2, "access_log", "{own:?}");
    };
    check(&service);
    service.at("2026-12-02T09:00:00Z");
    service.publish("all", "2026-11");
    check(&service);
    let answer = service.json("/api/v1/sites/both.example.fr/totals?period=2026-11");
    assert_eq!(answer["methods"], serde_json::json!(["beacon", "access_log"]));
    service.restart();
    check(&service);
}

#[test]
fn row_35_a_line_without_collection_has_no_method() {
    let (_folder, service) = three_sites();
    add(&service, "late.example.fr", "2026-11-22T09:00:00Z");
    service.import("late.example.fr", &log_of(date(2026, 11, 18)), false);
    app::publish(&service.options.data, &service.machine).unwrap();
    let lines = methods(&service, "late.example.fr/traffic/2026-11.csv");
    let of = |day: &str| lines.iter().find(|line| line.1 == day).unwrap().2.clone();
    assert_eq!((of("2026-11-18"), of("2026-11-19")), ("access_log".into(), String::new()));
    // Nobody came while the tag was there: that is a figure of the tag.
    assert_eq!(of("2026-11-22"), "beacon");
}

/// A site that was counted by log on the 18th and by tag from the 20th on, each with a page that
/// the other has not.
fn of_log_and_tag() -> (tempfile::TempDir, Clocked) {
    let host = "both.example.fr";
    let (folder, data) = folder_with_sites(&[(host, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-20T09:00:00Z");
    for visitor in 1..=20 {
        for page in ["", "tag"] {
            let body = format!(
                r#"{{"n":"pageview","u":"https://{host}/{page}","w":1400,"k":"{page}{visitor}"}}"#
            );
            assert_eq!(service.send(&format!("198.18.{visitor}.7"), &body), 202);
        }
    }
    wait_until("they are counted", || service.day("2026-11-20").0 == 40);
    service.at("2026-11-22T09:00:00Z");
    let day = date(2026, 11, 18);
    let lines = |page| (0..20).map(move |visitor| view(day, visitor, page));
    let lines: Vec<_> = lines("/").chain(lines("/log")).collect();
    service.import(host, &lines, false);
    (folder, service)
}

#[test]
fn row_35_in_a_month_of_log_and_tag_each_line_has_its_own_method() {
    let (_folder, mut service) = of_log_and_tag();
    service.publish("both.example.fr", "2026-11-21");
    let check = |service: &Clocked, period: &str| {
        for about in ["both.example.fr", "all"] {
            let file = |dataset: &str| service.get(&format!("/data/{about}/{dataset}"), &[]).body;
            let of = |dataset: &str, value: &str| {
                let file = file(&format!("{dataset}/{period}.csv"));
                let found = methods_of(&file, value);
                found.unwrap_or_else(|| panic!("{value} is in no line: {file}"))
            };
            assert_eq!(of("pages", "/"), "beacon,access_log", "{about} {period}");
            assert_eq!(of("pages", "/tag"), "beacon", "{about} {period}");
            assert_eq!(of("pages", "/log"), "access_log", "{about} {period}");
            // No log says how wide a window is.
            assert_eq!(of("screens", "large"), "beacon", "{about} {period}");
        }
        let asked = |what: &str| format!("/api/v1/sites/both.example.fr/{what}?period={period}");
        let answer = service.json(&asked("breakdown/page"));
        let rows = answer["rows"].as_array().unwrap();
        let method = |path: &str| &rows.iter().find(|row| row["page"] == path).unwrap()["method"];
        assert_eq!((method("/tag"), method("/log")), (&"beacon".into(), &"access_log".into()));
        let screens = service.json(&asked("breakdown/screen"));
        assert_eq!(screens["methods"], serde_json::json!(["beacon"]));
        assert_eq!(screens["rows"][0]["method"], "beacon");
        let totals = service.json(&asked("totals"));
        assert_eq!(totals["rows"][0]["method"], "beacon,access_log");
        let days = service.get(&asked("timeseries.csv"), &[]).body;
        assert!(days.contains(",access_log,") && days.contains(",beacon,"), "{days}");
        // Reading times are those of the lines that the tag counted.
        let log = rows.iter().find(|row| row["page"] == "/log").unwrap();
        assert_eq!(log["reading_seconds"], serde_json::Value::Null, "{log}");
    };
    check(&service, "2026-11");
    check(&service, "2026");
    service.at("2026-12-02T09:00:00Z");
    service.publish("all", "2026-11");
    check(&service, "2026-11");
    service.at("2027-01-02T09:00:00Z");
    service.publish("all", "2026");
    check(&service, "2026");
    service.restart();
    check(&service, "2026-11");
}

/// The method of the line of a value.
fn methods_of(file: &str, value: &str) -> Option<String> {
    let mut reader = csv::Reader::from_reader(file.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let place = heads.iter().position(|head| head == "method").unwrap();
    let mut lines = reader.records().map(Result::unwrap);
    let found = lines.find(|line| line.iter().any(|cell| cell == value));
    found.map(|line| line[place].to_owned())
}
