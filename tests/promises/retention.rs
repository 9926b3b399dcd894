//! Details of a day live as long as is configured, and its totals for ever; months are gathered
//! and say what their days say.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde_json::Value;

use crate::clocked::{Clocked, folder_with_sites, moment};
use crate::logs::{LogLine, view};
use crate::marked::search;
use crate::service::wait_until;

const HOST: &str = "www.example.fr";

fn three_months(name: &str) -> Option<String> {
    (name == "PARVIS_RETENTION_MONTHS").then(|| "3".to_owned())
}

/// Visitors of a day on its page: so many that one more cannot be told from the rounded total.
const VISITORS: u32 = 60;

/// All views of a day.
const VIEWS: i64 = VISITORS as i64 + 1;

/// Many visitors a day on a page, and another on a page of the day's own just after midnight.
fn days(first: Date, last: Date, mark: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for day in first.series(1.day()).take_while(|day| *day <= last) {
        lines.extend((0..VISITORS).map(|visitor| view(day, visitor, "/kept")));
        // In the local hour after midnight; in UTC it is still the day before.
        let request = format!("GET /{mark}-{day} HTTP/1.1");
        let line = LogLine { time: "00:10:00", request: &request, ..LogLine::default() };
        lines.push(line.on(day));
        let lost = format!("GET /{mark}-lost-{day} HTTP/1.1");
        lines.push(LogLine { request: &lost, status: 404, ..line }.on(day));
    }
    lines
}

#[test]
fn old_details_are_gone_from_every_byte_and_totals_stay() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start_with(data.clone(), "2026-11-24T12:00:00Z", &three_months);
    // Details are kept from 24 August on.
    service.import(HOST, &days(date(2026, 11, 1), date(2026, 11, 20), "MarkOfNow"), false);
    service.import(HOST, &days(date(2026, 8, 10), date(2026, 9, 5), "MarkOfThen"), false);
    let views = "select sum(views) from count_day where dimension = 0";
    assert_eq!(service.count(views), 47 * VIEWS);
    // What was too old already is not kept for a moment.
    let first = "select min(start) from block where scale = 1";
    assert_eq!(service.count(first), 20_689);
    let staff = |path: &str| {
        service
            .get(&format!("/admin/api/v1/sites/{HOST}/{path}"), &[("cookie", &service.sign_in())])
    };
    let old = staff("breakdown/page?period=2026-08");
    assert!(old.status == 400 && old.body.contains("from=2026-08-24"), "{}", old.body);
    // What everybody may see is published, and is seen for ever.
    service.publish(HOST, "2026-11-23");
    let path = format!("/api/v1/sites/{HOST}/breakdown/page?from=2026-08-26&to=2026-09-05");
    let released = service.json(&path)["rows"].clone();
    assert_eq!(released[0]["page"], "/kept");
    // The clock moves on by two months.
    service.at("2027-01-24T12:00:00Z");
    let left = "select count(*) from block where start < 20750 and scale = 1";
    wait_until("the details are deleted", || service.count(left) == 0);
    let mark = vec![b"MarkOfThen".to_vec()];
    wait_until("no byte tells of them", || {
        let mut found = Vec::new();
        search(&data, &mark, &mut found);
        found.is_empty()
    });
    assert_eq!(service.count("select count(*) from value where text like '%MarkOfNow-%'"), 40);
    // October 24, 00:00 in Paris: no hour of an older day is kept, and every hour of a newer one.
    let kept = moment("2026-10-23T22:00:00Z").as_second();
    assert_eq!(service.count(&format!("select count(*) from count_hour where hour < {kept}")), 0);
    assert_eq!(service.count("select sum(views) from count_hour"), 20 * VIEWS);
    assert_eq!(service.count(views), 47 * VIEWS);
    let totals = staff("timeseries?from=2026-08-01&to=2026-11-30&interval=day&limit=1000").body;
    let totals: Value = serde_json::from_str(&totals).unwrap();
    let rows = totals["rows"].as_array().unwrap();
    assert_eq!(rows.iter().filter(|row| row["views"].as_i64() == Some(VIEWS)).count(), 47);
    assert_eq!(service.json(&path)["rows"], released);
    for wrong in [
        "breakdown/page?from=2026-10-23",
        "timeseries?interval=hour&from=2026-10-23",
        "totals?from=2026-08-10&filter=page:is:/kept",
    ] {
        let answer = staff(&format!("{wrong}&to=2026-11-02"));
        assert_eq!(answer.status, 400, "{wrong}");
        assert!(answer.body.contains("only daily totals"), "{}", answer.body);
    }
    let path = "/api/v1/sites/www.example.fr/breakdown/page?from=2026-10-24&to=2026-11-30";
    let json = service.json(path);
    assert_eq!(json["rows"][0]["page"], "/kept", "{json}");
}

#[test]
fn the_last_day_that_is_deleted_and_the_first_that_is_kept_are_whole() {
    let zones = [
        (HOST, "Europe/Paris"),
        ("www.example.re", "Indian/Reunion"),
        ("www.example.gf", "America/Cayenne"),
    ];
    let (_folder, data) = folder_with_sites(&zones);
    let service = Clocked::start_with(data.clone(), "2026-11-24T12:00:00Z", &three_months);
    for (host, _) in zones {
        service.import(host, &days(date(2026, 8, 20), date(2026, 8, 28), "Mark"), false);
    }
    // Details go when they are published.
    for (host, _) in zones {
        service.publish(host, "2026-11-23");
    }
    service.at("2026-11-25T12:00:00Z");
    let left = "select count(*) from block where scale = 1 and start < 20690";
    wait_until("the details are deleted", || service.count(left) == 0);
    let report = parvis::app::check(&data);
    assert!(report.is_ok(), "{report:?}");
    for (place, (host, _)) in zones.iter().enumerate() {
        let path =
            format!("/api/v1/sites/{host}/timeseries?from=2026-08-25&to=2026-08-25&interval=hour");
        let rows = service.json(&path)["rows_total"].as_u64();
        assert!(rows >= Some(2), "{host}: {rows:?}");
        let hours = "select min(hour) from count_hour where site = ";
        let first = service.count(&format!("{hours}{}", place + 1));
        let zone = jiff::tz::TimeZone::get(zones[place].1).unwrap();
        let first = jiff::Timestamp::from_second(first).unwrap().to_zoned_datetime(zone);
        assert_eq!(first.date(), date(2026, 8, 25), "{host}");
    }
}

#[test]
fn a_month_is_gathered_once_it_is_complete_and_says_what_its_days_say() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data.clone(), "2026-10-31T22:00:00Z");
    service.import(HOST, &days(date(2026, 10, 3), date(2026, 10, 29), "Day"), false);
    let gathered = "select count(*) from block_month where stale = 0";
    assert_eq!(service.count(gathered), 0);
    service.at("2026-11-01T12:00:00Z");
    wait_until("the month is gathered", || service.count(gathered) == 1);
    let blocks = "select count(*) from block where scale = 2 and second = 0 and first = 1";
    assert_eq!(service.count(blocks), 1);
    let cookie = service.sign_in();
    let ask = |path: &str| {
        let path = format!("/admin/api/v1/sites/{HOST}/{path}&limit=1000");
        let answer = service.get(&path, &[("cookie", &cookie)]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let json: Value = serde_json::from_str(&answer.body).unwrap();
        json["rows"].as_array().unwrap().clone()
    };
    for question in [
        "breakdown/page?",
        "breakdown/missing?",
        "breakdown/country?",
        "breakdown/exit_page?",
        "totals?filter=page:is:/kept&",
        "breakdown/page?filter=source:is:%3Adirect&",
    ] {
        // A whole month is read from its own block; a day less of it, day by day.
        let whole = ask(&format!("{question}period=2026-10"));
        let days = ask(&format!("{question}from=2026-10-02&to=2026-10-31"));
        assert!(!whole.is_empty() && whole == days, "{question}: {whole:?}\n{days:?}");
    }
    // No log has the language of its readers.
    assert_eq!(ask("breakdown/language?from=2026-10-03&to=2026-10-29")[0]["obs_status"], "L");
    for dimension in ["page", "country", "device", "host"] {
        let lines = ask(&format!("breakdown/{dimension}?period=2026-10"));
        let views: u64 = lines
            .iter()
            .map(|line| line["views"].as_u64().unwrap_or_else(|| panic!("{dimension}: {line}")))
            .sum();
        assert_eq!(views, 27 * VIEWS as u64, "{dimension}");
    }
    assert!(parvis::app::check(&data).is_ok());
}

#[test]
fn a_day_that_the_beacon_counted_and_a_day_that_is_open_are_not_imported() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-20T12:00:00Z");
    let page = "https://www.example.fr/";
    assert_eq!(service.view("192.0.2.1", page, "a"), 202);
    service.at("2026-11-21T12:00:00Z");
    assert_eq!(service.view("192.0.2.1", page, "b"), 202);
    let closed = "select count(*) from site_day";
    wait_until("the day is closed", || service.count(closed) == 1);
    wait_until("the open one is counted", || service.day("2026-11-21") == (1, 1));
    for replace in [false, true] {
        let lines = days(date(2026, 11, 19), date(2026, 11, 22), "Mark");
        let summary = service.import(HOST, &lines, replace);
        assert_eq!(summary.days_refused, [(date(2026, 11, 20), "counted by the beacon")]);
        // The views of a day, and one page missed.
        let lines = VIEWS as u64 + 1;
        assert_eq!(summary.refused["day_refused"], lines);
        assert_eq!(summary.refused["day_not_ended"], 2 * lines);
        assert_eq!(service.day("2026-11-19"), (VIEWS, VIEWS));
        assert_eq!((service.day("2026-11-20"), service.day("2026-11-21")), ((1, 1), (1, 1)));
        assert_eq!(service.day("2026-11-22"), (0, 0));
    }
}
