//! What is made of the figures is counted and published, and nobody is followed for it: downloads
//! of whole files, and the indicators of the portal.

use std::collections::BTreeMap;

use crate::clocked::Clocked;
use crate::portal::{HOST, released};
use crate::service::wait_until;

/// The lines of a register, its header left out.
fn lines(service: &Clocked, name: &str) -> Vec<String> {
    let answer = service.get(&format!("/data/{name}.csv"), &[]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body.lines().skip(1).map(str::to_owned).collect()
}

/// The indicators: the value and the status of each, and that all are of one day.
fn indicators(service: &Clocked, date: &str) -> BTreeMap<String, String> {
    let of_line = |line: String| {
        let cells: Vec<_> = line.split(',').collect();
        assert_eq!(cells[0], date, "{line}");
        (cells[1].to_owned(), format!("{} {}", cells[2], cells[4]))
    };
    lines(service, "indicators").into_iter().map(of_line).collect()
}

#[test]
fn whole_files_are_counted_and_nothing_else() {
    let (_folder, mut service) = released();
    let pages = format!("/data/{HOST}/pages/2026-10.csv");
    let etag = service.get(&pages, &[]).header("etag").unwrap().to_owned();
    let marked = [("user-agent", "marked-agent"), ("x-forwarded-for", "198.51.100.77")];
    for _ in 0..13 {
        assert_eq!(service.get(&pages, &marked).status, 200);
    }
    for _ in 0..20 {
        assert_eq!(service.head(&pages).status, 200);
        assert_eq!(service.get(&pages, &[("if-none-match", &etag)]).status, 304);
        assert_eq!(service.get(&pages, &[("range", "bytes=5-9")]).status, 206);
        assert_eq!(service.get(&format!("/data/{HOST}/sources/2026-10-r9.csv"), &[]).status, 404);
        assert_eq!(service.get("/data/catalog.ttl", &[]).status, 200);
    }
    // A register, the breaks of a site, a file under its other names, another format.
    for _ in 0..5 {
        service.get("/data/sites.json", &[]);
        service.get("/data/sites.json", &[]);
        service.get(&format!("/data/{HOST}/breaks.csv"), &[]);
        service.get("/data/breaks.csv", &[]);
        service.get(&format!("/data/{HOST}/traffic/latest.tableur.csv"), &[]);
        service.get("/data/all/traffic/2026-10-r1.tableur.csv", &[]);
    }
    service.restart();
    assert_eq!(lines(&service, "file_downloads"), [""; 0], "the day goes on");
    service.at("2026-11-04T00:00:00Z");
    assert_eq!(
        lines(&service, "file_downloads"),
        [
            "2026-11,breaks,csv,10,P,F",
            "2026-11,pages,csv,20,P,F",
            "2026-11,sites,json,10,P,F",
            "2026-11,traffic,tableur.csv,10,P,F",
        ]
    );
    // The waiting for the release asked for the pages, too.
    assert_eq!(service.count("select downloads from file_download where dataset = 'pages'"), 15);
    let sites = format!("select downloads from file_download where about = '{HOST}'");
    assert_eq!(service.count(&format!("{sites} and dataset = 'breaks'")), 5);
    // Few are withheld, and a month that has ended is final.
    service.restart();
    service.at("2026-12-01T00:00:00Z");
    let downloads = lines(&service, "file_downloads");
    assert!(downloads.contains(&"2026-11,pages,csv,20,A,F".to_owned()), "{downloads:?}");
    assert!(downloads.contains(&"2026-11,file_downloads,csv,,Q,A".to_owned()), "{downloads:?}");
    for entry in walkdir::WalkDir::new(&service.options.data) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let bytes = std::fs::read(entry.path()).unwrap();
            for mark in ["marked-agent", "198.51.100.77"] {
                let is_there = bytes.windows(mark.len()).any(|part| part == mark.as_bytes());
                assert!(!is_there, "{mark} is in {}", entry.path().display());
            }
        }
    }
}

#[test]
fn downloads_reach_the_store_while_the_service_runs() {
    let (_folder, service) = released();
    service.get("/data/methods.parquet", &[]);
    let downloads =
        "select coalesce(sum(downloads), 0) from file_download where dataset = 'methods'";
    wait_until("the count is written", || service.count(downloads) == 1);
}

#[test]
fn the_indicators_say_what_there_is() {
    let (_folder, mut service) = released();
    let shown = indicators(&service, "2026-11-03");
    let days = service.count("select count(*) from release where scale = 1 and about <> 'all'");
    let releases = service.count("select count(*) from release");
    let files = service.count("select count(*) from released_file");
    let catalogue = service.get("/data/catalog.ttl", &[]).body;
    let datasets = catalogue.matches("a dcat:Dataset").count();
    for (name, value) in [
        ("sites", "1 A".to_owned()),
        ("organisations", "0 A".to_owned()),
        ("pages", "2 A".to_owned()),
        ("days", format!("{days} A")),
        ("releases", format!("{releases} A")),
        ("files", format!("{files} A")),
        ("datasets", format!("{datasets} A")),
        ("formats", "4 A".to_owned()),
        ("reuses_published", "0 A".to_owned()),
        ("reuses_waiting", "0 A".to_owned()),
        // Nothing is known of October: it is a gap, and no zero.
        ("file_downloads_last_month", " L".to_owned()),
        ("file_downloads", " L".to_owned()),
        ("languages", "2 A".to_owned()),
    ] {
        assert_eq!(shown[name], value, "{name}: {shown:?}");
    }
    assert!(days >= 4 && datasets > 20, "{days} {datasets}");
    for _ in 0..25 {
        service.get(&format!("/data/{HOST}/pages/2026-10.csv"), &[]);
    }
    service.restart();
    // Counting began within November, so the month as a whole is not known.
    service.at("2026-12-15T12:00:00Z");
    let shown = indicators(&service, "2026-12-15");
    assert_eq!(shown["file_downloads_last_month"], " L");
    assert_eq!(shown["file_downloads"], "30 A");
    service.at("2027-01-02T12:00:00Z");
    let shown = indicators(&service, "2027-01-02");
    assert_eq!(shown["file_downloads_last_month"], "0 A");
}

#[test]
fn a_new_release_is_among_the_indicators_at_once() {
    let (_folder, service) = released();
    let before = indicators(&service, "2026-11-03");
    service.at("2026-11-04T12:00:00Z");
    service.publish(HOST, "2026-11-03");
    let after = indicators(&service, "2026-11-04");
    let number = |of: &BTreeMap<String, String>, name: &str| -> u64 {
        of[name].split(' ').next().unwrap().parse().unwrap()
    };
    assert_eq!(number(&after, "days"), number(&before, "days") + 1);
    assert!(number(&after, "files") > number(&before, "files"));
    // The pages of the last month stay as they were.
    assert_eq!(after["pages"], before["pages"]);
}

#[test]
fn the_registers_of_uses_are_described_as_all_others() {
    let (_folder, service) = released();
    let package = service.json("/data/datapackage.json").to_string();
    let catalogue = service.get("/data/catalog.ttl", &[]).body;
    for name in ["reuses", "file_downloads", "indicators"] {
        assert!(catalogue.contains(&format!("/data/{name}.parquet")), "{name}");
        assert!(package.contains(&format!("{name}.csv")), "{name}");
        let schema = service.json(&format!("/data/schemas/{name}.json"));
        assert!(schema["fields"].as_array().unwrap().len() > 4, "{name}");
        let csvw = service.get(&format!("/data/{name}.csv-metadata.json"), &[]);
        assert_eq!(csvw.status, 200, "{name}");
        for extension in ["json", "parquet", "tableur.csv"] {
            let answer = service.head(&format!("/data/{name}.{extension}"));
            assert_eq!(answer.status, 200, "{name}.{extension}");
        }
    }
    // The dataset of the figures keeps its own description.
    let schema = service.json("/data/schemas/downloads.json").to_string();
    assert!(schema.contains("visitors"), "{schema}");
}
