//! A line says its own method, the same in every file, and in one order (row 35).

use jiff::civil::date;
use parvis::app;

use crate::clocked::{Clocked, folder_with_sites};
use crate::field::gaps::days::{add, log_of, visitors};
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
        assert!(pages.iter().all(|line| line.2 == "beacon,access_log"), "{pages:?}");
        let pages = methods(service, "all/pages/2026-11.csv");
        let own = pages.iter().find(|line| line.0 == "log.example.fr").unwrap();
        assert!(own.2.starts_with(if own.2.contains(',') { "beacon," } else { "access_log" }));
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
    app::publish(&service.options.data, (service.machine.clock)()).unwrap();
    let lines = methods(&service, "late.example.fr/traffic/2026-11.csv");
    let of = |day: &str| lines.iter().find(|line| line.1 == day).unwrap().2.clone();
    assert_eq!((of("2026-11-18"), of("2026-11-19")), ("access_log".into(), String::new()));
    // Nobody came while the tag was there: that is a figure of the tag.
    assert_eq!(of("2026-11-22"), "beacon");
}
