//! What the collector missed is said to be missing, in files and answers, and is never zero.

use std::collections::BTreeMap;

use parvis::app;
use serde_json::Value;

use crate::audience::{of_csv, of_json};
use crate::clocked::{Clocked, folder_with_sites};
use crate::service::wait_until;

const HOST: &str = "www.example.fr";
const PAGE: &str = "https://www.example.fr/";

/// Twenty visitors at the service's own time.
fn visitors(service: &Clocked, key: &str) {
    for visitor in 1..=20 {
        let address = format!("198.18.{visitor}.7");
        assert_eq!(service.view(&address, PAGE, &format!("{key}{visitor}")), 202);
    }
}

/// Collects on 10 November until 14:30, is off until the 12th at 10:30, and collects on.
fn with_an_outage() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let mut service = Clocked::start(data, "2026-11-09T22:30:00Z");
    service.at("2026-11-10T12:10:00Z");
    visitors(&service, "before");
    service.at("2026-11-10T13:30:00Z");
    service.running.take().unwrap().stop().unwrap();
    service.at("2026-11-12T09:30:00Z");
    service.running = Some(app::start(&service.options, &service.machine).unwrap());
    visitors(&service, "after");
    wait_until("they are counted", || service.day("2026-11-12") == (20, 20));
    service.at("2026-11-13T12:00:00Z");
    service.publish(HOST, "2026-11-12");
    (folder, service)
}

/// Views and status of each line, by its period.
fn of_file(service: &Clocked, name: &str) -> BTreeMap<String, (String, String)> {
    let file = service.get(&format!("/data/{HOST}/{name}"), &[]);
    assert_eq!(file.status, 200, "{name}: {}", file.body);
    short(of_csv(&file.body, &["period"], &["views", "obs_status"]))
}

fn of_answer(service: &Clocked, question: &str) -> BTreeMap<String, (String, String)> {
    let json = service.json(&format!("/api/v1/sites/{HOST}/{question}"));
    short(of_json(&json, &["period"], &["views", "obs_status"]))
}

fn short(lines: crate::audience::Figures) -> BTreeMap<String, (String, String)> {
    let short = |(about, figures): (Vec<String>, Vec<String>)| {
        (about[0].clone(), (figures[0].clone(), figures[1].clone()))
    };
    lines.into_iter().map(short).collect()
}

fn said(views: &str, status: &str) -> (String, String) {
    (views.to_owned(), status.to_owned())
}

#[test]
fn a_day_without_collector_is_missing_and_not_zero() {
    let (_folder, service) = with_an_outage();
    let days = of_answer(&service, "timeseries?from=2026-11-10&to=2026-11-12");
    let expected = [
        ("2026-11-10", said("20", "A")),
        ("2026-11-11", said("", "L")),
        ("2026-11-12", said("20", "A")),
    ];
    assert_eq!(days, expected.map(|(day, said)| (day.to_owned(), said)).into());
    for question in ["totals?period=2026-11-11", "totals?period=2026-11-11&filter=page:is:/"] {
        let json = service.json(&format!("/api/v1/sites/{HOST}/{question}"));
        let row = &json["rows"][0];
        assert_eq!((&row["views"], &row["obs_status"]), (&Value::Null, &Value::from("L")));
        assert_eq!(row["conf_status"], "F");
    }
    let pages = service.json(&format!("/api/v1/sites/{HOST}/breakdown/page?period=2026-11-11"));
    let row = &pages["rows"][0];
    assert_eq!((&row["page"], &row["obs_status"]), (&":not_collected".into(), &"L".into()));
    assert_eq!((&row["views"], &pages["rows_total"]), (&Value::Null, &1.into()), "{pages}");
    // With the days beside it there is a figure, which is theirs.
    let both = service.json(&format!("/api/v1/sites/{HOST}/totals?from=2026-11-10&to=2026-11-11"));
    assert_eq!(
        (&both["rows"][0]["views"], &both["rows"][0]["obs_status"]),
        (&20.into(), &"A".into())
    );
}

#[test]
fn hours_without_collector_are_missing_in_files_and_answers_alike() {
    let (_folder, service) = with_an_outage();
    for (day, down, views_at) in [
        ("2026-11-10", 15..24, Some(13)),
        ("2026-11-11", 0..24, None),
        ("2026-11-12", 0..10, Some(10)),
    ] {
        let hour = |hour: u32| format!("{day}T{hour:02}:00:00+01:00");
        // In all others the collector ran, and nobody came.
        let mut expected: BTreeMap<_, _> = (0..24).map(|up| (hour(up), said("0", "A"))).collect();
        expected.extend(down.map(|down| (hour(down), said("", "L"))));
        expected.extend(views_at.map(|at| (hour(at), said("20", "A"))));
        assert_eq!(of_file(&service, &format!("traffic/{day}.csv")), expected);
        let question = format!("timeseries?period={day}&interval=hour");
        assert_eq!(of_answer(&service, &question), expected);
    }
}

#[test]
fn a_day_of_one_visitor_looks_like_a_day_of_nobody() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-09T22:30:00Z");
    service.at("2026-11-10T12:10:00Z");
    visitors(&service, "some");
    service.at("2026-11-12T10:00:00Z");
    assert_eq!(service.view("198.18.1.7", PAGE, "one"), 202);
    service.at("2026-11-13T12:00:00Z");
    service.publish(HOST, "2026-11-12");
    for dataset in ["traffic", "pages", "devices", "countries", "hosts", "downloads", "events"] {
        let of = |day: &str| {
            let file = service.get(&format!("/data/{HOST}/{dataset}/{day}.csv"), &[]);
            assert_eq!(file.status, 200, "{dataset} {day}: {}", file.body);
            file.body.replace(day, "")
        };
        let (nobody, one) = (of("2026-11-11"), of("2026-11-12"));
        assert_eq!(nobody, one, "{dataset}");
        assert!(nobody.contains(",Q,"), "{dataset}: {nobody}");
    }
    let total = |day: &str| of_answer(&service, &format!("timeseries?period={day}&interval=day"));
    assert_eq!(total("2026-11-11")["2026-11-11"], said("", "Q"));
    assert_eq!(total("2026-11-12")["2026-11-12"], said("", "Q"));
}

#[test]
fn what_was_missing_stays_so_and_a_month_keeps_its_days() {
    let (_folder, mut service) = with_an_outage();
    service.at("2026-12-02T12:00:00Z");
    service.publish(HOST, "2026-11");
    let days = of_file(&service, "traffic/2026-11.csv");
    assert_eq!(days["2026-11-11"], said("", "L"));
    // Where the collector ran and nobody came, this looks like few.
    assert_eq!(days["2026-11-20"], said("", "Q"));
    assert_eq!(of_answer(&service, "timeseries?period=2026-11&interval=month")["2026-11"].0, "40");
    service.restart();
    assert_eq!(of_file(&service, "traffic/2026-11.csv"), days);
    assert_eq!(of_answer(&service, "timeseries?period=2026-11"), days);
}

#[test]
fn a_month_without_collector_is_missing_too() {
    let (_folder, mut service) = with_an_outage();
    service.running.take().unwrap().stop().unwrap();
    service.at("2027-01-05T09:30:00Z");
    service.running = Some(app::start(&service.options, &service.machine).unwrap());
    service.publish(HOST, "2026-12");
    let months = of_answer(&service, "timeseries?from=2026-11-01&to=2026-12-31&interval=month");
    assert_eq!(months["2026-11"], said("40", "A"));
    assert_eq!(months["2026-12"], said("", "L"));
}

#[test]
fn a_day_that_was_imported_in_its_place_has_its_figures() {
    let (_folder, service) = with_an_outage();
    let day = jiff::civil::date(2026, 11, 11);
    let lines: Vec<_> = (0..20).map(|visitor| crate::logs::view(day, visitor, "/")).collect();
    service.import(HOST, &lines, false);
    service.publish(HOST, "2026-11-11");
    assert_eq!(service.revision(HOST, "2026-11-11"), 2);
    let days = of_answer(&service, "timeseries?period=2026-11-11&interval=day");
    assert_eq!(days["2026-11-11"], said("20", "A"));
    let hours = of_file(&service, "traffic/2026-11-11.csv");
    let said_of = |(hour, line): (&String, &(String, String))| (hour.clone(), line.clone());
    let some: Vec<_> = hours.iter().filter(|line| line.1.0 != "0").map(said_of).collect();
    assert_eq!(some, [("2026-11-11T10:00:00+01:00".to_owned(), said("20", "A"))]);
    assert!(hours.len() == 24 && hours.values().all(|line| line.1 == "A"), "{hours:?}");
    // The first revision still says what was known then.
    assert_eq!(of_file(&service, "traffic/2026-11-11-r1.csv").len(), 24);
}
