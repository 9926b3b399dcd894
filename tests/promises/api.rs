//! The API says the same figures as the files, in every form, and all of them.

use serde_json::Value;

use crate::audience::{HOST, MANY, PAGES, RICH, audience, of_csv, of_json, visitors_of};
use crate::clocked::Clocked;
use crate::service::program;

/// The datasets that the day with everything fills, and the columns of their values.
const FILLED: [(&str, &str, &[&str]); 19] = [
    ("pages", "page", &["page"]),
    ("entry_pages", "entry_page", &["entry_page"]),
    ("exit_pages", "exit_page", &["exit_page"]),
    ("sections", "section", &["section"]),
    ("hosts", "host", &["host"]),
    ("sources", "source", &["source"]),
    ("source_kinds", "source_kind", &["source_kind"]),
    ("countries", "country", &["country"]),
    ("devices", "device", &["device"]),
    ("browsers", "browser", &["browser"]),
    ("systems", "system", &["system"]),
    ("screens", "screen", &["screen"]),
    ("languages", "language", &["language"]),
    ("downloads", "download", &["download"]),
    ("outlinks", "outlink", &["outlink"]),
    ("searches", "search", &["search"]),
    ("events", "event", &["event"]),
    ("missing", "missing", &["missing"]),
    ("missing_from", "missing_from", &["missing", "missing_from"]),
];

const FIGURES: [&str; 8] = [
    "views",
    "visitors",
    "visits",
    "bounces",
    "events",
    "visit_seconds",
    "obs_status",
    "conf_status",
];

fn path_of(about: &str) -> String {
    format!("/api/v1/sites/{HOST}/{about}")
}

fn get(service: &Clocked, path: &str) -> String {
    let answer = service.get(path, &[]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

#[test]
fn a_breakdown_is_the_same_in_json_csv_file_and_export() {
    let (_folder, data, service) = audience();
    for (dataset, dimension, columns) in FILLED {
        let question = format!("period={RICH}&limit=10000");
        let path = path_of(&format!("breakdown/{dimension}"));
        let json: Value =
            serde_json::from_str(&get(&service, &format!("{path}?{question}"))).unwrap();
        let wanted = of_json(&json, columns, &FIGURES);
        assert!(!wanted.is_empty(), "{dimension} is empty");
        assert!(wanted.values().any(|line| line[1] == "40"), "{dimension}: {wanted:?}");
        let csv = get(&service, &format!("{path}.csv?{question}"));
        let accept = [("accept", "text/csv, application/json;q=0.5")];
        let accepted = service.get(&format!("{path}?{question}"), &accept);
        assert_eq!(
            accepted.header("content-type"),
            Some("text/csv; charset=utf-8; header=present")
        );
        assert_eq!(accepted.body, csv);
        let file = get(&service, &format!("/data/{HOST}/{dataset}/{RICH}.csv"));
        let as_json = get(&service, &format!("/data/{HOST}/{dataset}/{RICH}.json"));
        let as_json = serde_json::from_str(&as_json).unwrap();
        for found in [
            of_csv(&csv, columns, &FIGURES),
            of_csv(&file, columns, &FIGURES),
            of_json(&as_json, columns, &FIGURES),
        ] {
            assert_eq!(found, wanted, "{dimension}");
        }
        for format in ["csv", "json"] {
            let mut command = program();
            command.arg("--data").arg(&data).args(["export", "--site", HOST, "--dataset", dataset]);
            let exported = command.args(["--period", RICH, "--format", format]).output().unwrap();
            let web = get(&service, &format!("/data/{HOST}/{dataset}/{RICH}.{format}"));
            assert_eq!(exported.status.code(), Some(0));
            assert_eq!(String::from_utf8(exported.stdout).unwrap(), web, "{dataset}.{format}");
        }
    }
}

#[test]
fn every_public_dimension_is_tested_or_said_to_be_empty() {
    let (_folder, _data, service) = audience();
    let all = service.json("/api/v1/dimensions");
    let names = all["dimensions"].as_array().unwrap().iter();
    let public = names.filter(|one| one["public"] == true);
    let mut untested: Vec<_> = public
        .map(|one| one["name"].as_str().unwrap())
        .filter(|name| FILLED.iter().all(|(_, dimension, _)| dimension != name))
        .collect();
    untested.sort_unstable();
    // The table inside the program has no regions; versions have no file. Titles stand beside
    // their pages and are no breakdown.
    assert_eq!(untested, ["browser_version", "region", "system_version"]);
    for dimension in ["browser_version", "system_version"] {
        let json = service.json(&path_of(&format!("breakdown/{dimension}?period={RICH}")));
        assert_eq!(json["rows"][0]["visitors"], 40, "{json}");
    }
    let pages = service.json(&path_of(&format!("breakdown/page?period={RICH}")));
    let titles: Vec<_> =
        pages["rows"].as_array().unwrap().iter().map(|row| &row["title"]).collect();
    assert!(titles.contains(&&Value::from("Services")), "{titles:?}");
    let answer = service.get(&path_of(&format!("breakdown/title?period={RICH}")), &[]);
    assert!(answer.status == 400 && answer.body.contains("breakdown/page"), "{}", answer.body);
}

#[test]
fn a_series_is_the_same_in_every_interval_and_in_the_files() {
    let (_folder, data, service) = audience();
    // A quiet year of one site: some days of December, and one of January.
    let lines: Vec<_> = ["2025-12-29", "2025-12-31", "2026-01-01", "2026-02-28"]
        .iter()
        .flat_map(|day| (0..20).map(|number| crate::logs::view(day.parse().unwrap(), number, "/")))
        .collect();
    service.import("www.example.re", &lines, false);
    service.publish("www.example.re", "2026-02");
    let of = |interval: &str| {
        let question = format!("interval={interval}&from=2025-12-01&to=2026-02-28&metrics=views");
        let path = format!("/api/v1/sites/www.example.re/timeseries?{question}");
        of_json(&service.json(&path), &["period"], &["views", "obs_status"])
    };
    let written = |lines: &[(&str, &str)]| {
        lines
            .iter()
            .map(|(label, views)| {
                (vec![(*label).to_owned()], vec![(*views).to_owned(), "A".to_owned()])
            })
            .collect()
    };
    let counted = |lines: crate::audience::Figures| -> crate::audience::Figures {
        lines
            .into_iter()
            .filter(|(_, figures)| !figures[0].is_empty() && figures[0] != "0")
            .collect()
    };
    let days =
        [("2025-12-29", "20"), ("2025-12-31", "20"), ("2026-01-01", "20"), ("2026-02-28", "20")];
    assert_eq!(counted(of("day")), written(&days));
    // A day of which no log says anything is a gap, before the site was registered and after.
    let between = |day: &str| of("day")[&vec![day.to_owned()]].join(" ");
    assert_eq!((between("2025-12-30"), between("2026-01-02")), (" L".into(), " L".into()));
    assert_eq!(of("day").len(), 62);
    // ISO 8601: the first of January 2026 lies in the week from 29 December.
    assert_eq!(counted(of("week")), written(&[("2025-12-29", "60"), ("2026-02-23", "20")]));
    assert_eq!(of("week")[&vec!["2026-01-05".to_owned()]], ["", "L"]);
    assert_eq!(of("month"), written(&[("2025-12", "40"), ("2026-01", "20"), ("2026-02", "20")]));
    assert_eq!(of("year"), written(&[("2025", "40"), ("2026", "40")]));
    let question = format!("period={RICH}&interval=hour");
    let hours = service.json(&path_of(&format!("timeseries?{question}")));
    let wanted = of_json(&hours, &["period"], &FIGURES);
    // Before the service was started, nothing is known.
    assert_eq!(hours["rows"][9]["period"], "2026-11-02T09:00:00+01:00");
    assert_eq!(hours["rows"][9]["obs_status"], "L");
    assert_eq!(hours["rows"][10]["period"], "2026-11-02T10:00:00+01:00");
    assert_eq!(hours["rows"][10]["obs_status"], "A");
    let csv = get(&service, &path_of(&format!("timeseries.csv?{question}")));
    let file = get(&service, &format!("/data/{HOST}/traffic/{RICH}.csv"));
    assert_eq!(of_csv(&csv, &["period"], &FIGURES), wanted);
    assert_eq!(of_csv(&file, &["period"], &FIGURES), wanted);
    let month =
        of_json(&service.json(&path_of("timeseries?period=2026-11")), &["period"], &FIGURES);
    let file = get(&service, &format!("/data/{HOST}/traffic/2026-11.csv"));
    assert_eq!(of_csv(&file, &["period"], &FIGURES), month);
    let mut command = program();
    command.arg("--data").arg(&data).args(["export", "--site", HOST, "--dataset", "traffic"]);
    let exported = command.args(["--period", RICH]).output().unwrap();
    let web = get(&service, &format!("/data/{HOST}/traffic/{RICH}.csv"));
    assert_eq!(String::from_utf8(exported.stdout).unwrap(), web);
}

#[test]
fn all_lines_of_a_breakdown_are_walked_through_once() {
    let (_folder, _data, service) = audience();
    let shown = (0..PAGES).filter(|page| visitors_of(*page) >= 30).count();
    for (limit, extension) in [(37, ""), (100, ".json"), (64, ".csv")] {
        let mut next =
            Some(path_of(&format!("breakdown/page{extension}?period={MANY}&limit={limit}")));
        let mut seen = Vec::new();
        let mut pages = 0;
        while let Some(path) = next {
            let answer = service.get(&path, &[]);
            assert_eq!(answer.status, 200, "{}", answer.body);
            let link = answer.header("link").map(|link| {
                link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap().to_owned()
            });
            if extension == ".csv" {
                let mut reader = csv::Reader::from_reader(answer.body.as_bytes());
                seen.extend(reader.records().map(|record| record.unwrap()[3].to_owned()));
            } else {
                let json: Value = serde_json::from_str(&answer.body).unwrap();
                let rows = json["rows"].as_array().unwrap();
                seen.extend(rows.iter().map(|row| row["page"].as_str().unwrap().to_owned()));
                assert_eq!(json["next"].as_str(), link.as_deref());
                assert_eq!(json["rows_total"], shown + 1);
                assert_eq!(json["pages"], (shown + 1).div_ceil(limit));
            }
            pages += 1;
            next = link;
        }
        assert_eq!((pages, seen.len()), ((shown + 1).div_ceil(limit), shown + 1));
        assert_eq!(seen.last().map(String::as_str), Some(":withheld"));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), shown + 1, "each line once");
    }
    let beyond = service.json(&path_of(&format!("breakdown/page?period={MANY}&page=9")));
    assert_eq!((beyond["rows"].as_array().unwrap().len(), &beyond["next"]), (0, &Value::Null));
    // A file has no pages at all.
    let file = get(&service, &format!("/data/{HOST}/pages/{MANY}.csv"));
    assert_eq!(file.lines().count(), 1 + shown + 1);
}
