//! A day that nobody measured is a gap: no zero in any file, answer or page (row 34).

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use parvis::app::{self, SiteOptions};

use crate::audience::{of_csv, of_json};
use crate::clocked::{Clocked, folder_with_sites, moment};
use crate::logs::view;
use crate::service::wait_until;

const HOST: &str = "late.example.fr";
const PAGE: &str = "https://late.example.fr/";

/// Views and status of each line, by its period.
type Days = BTreeMap<String, (String, String)>;

/// A service that began on 1 November, and a site that is added on the 28th.
pub fn with_a_late_site() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[("www.example.fr", "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-28T09:00:00Z");
    add(&service, HOST, "2026-11-28T09:00:00Z");
    (folder, service)
}

/// Adds a site, and waits until the service knows it.
pub fn add(service: &Clocked, host: &str, at: &str) {
    let (data, options) = (&service.options.data, SiteOptions::default());
    app::add_site(data, host, "Europe/Paris", options, moment(at)).unwrap();
    let known = format!("/api/v1/sites/{host}/totals?period=today");
    wait_until("the site is known", || service.get(&known, &[]).status == 200);
}

/// The lines of a log: twenty visitors of a day.
pub fn log_of(day: Date) -> Vec<String> {
    (0..20).map(|visitor| view(day, visitor, "/")).collect()
}

/// Twenty visitors at the service's own time.
pub fn visitors(service: &Clocked, page: &str, key: &str) {
    wait_until("the site is known", || service.view("192.0.2.1", page, &format!("{key}1")) == 202);
    for visitor in 2..=20 {
        let address = format!("198.18.{visitor}.7");
        assert_eq!(service.view(&address, page, &format!("{key}{visitor}")), 202);
    }
}

fn short(lines: crate::audience::Figures) -> Days {
    let lines = lines.into_iter();
    lines.map(|(about, said)| (about[0].clone(), (said[0].clone(), said[1].clone()))).collect()
}

fn of_file(service: &Clocked, name: &str) -> Days {
    let file = service.get(&format!("/data/{name}"), &[]);
    assert_eq!(file.status, 200, "{name}: {}", file.body);
    let lines = file.body.lines().enumerate();
    let own = lines.filter(|(place, line)| *place == 0 || line.starts_with(HOST));
    let own: String = own.map(|(_, line)| format!("{line}\r\n")).collect();
    short(of_csv(&own, &["period"], &["views", "obs_status"]))
}

fn of_answer(service: &Clocked, question: &str) -> Days {
    let json = service.json(&format!("/api/v1/sites/{HOST}/{question}"));
    short(of_json(&json, &["period"], &["views", "obs_status"]))
}

fn said(views: &str, status: &str) -> (String, String) {
    (views.to_owned(), status.to_owned())
}

/// What lines of these days must say, where all others are gaps.
fn expected(first: Date, last: Date, counted: &[(Date, &str, &str)]) -> Days {
    let days = first.series(jiff::ToSpan::day(1)).take_while(|day| *day <= last);
    let line = |day: Date| {
        let found = counted.iter().find(|one| one.0 == day);
        (day.to_string(), found.map_or(said("", "L"), |one| said(one.1, one.2)))
    };
    days.map(line).collect()
}

#[test]
fn row_34_days_between_an_import_and_the_tag_are_gaps() {
    let (_folder, service) = with_a_late_site();
    service.import(HOST, &log_of(date(2026, 11, 20)), false);
    visitors(&service, PAGE, "today");
    service.at("2026-11-28T10:00:00Z");
    service.publish(HOST, "2026-11-27");
    let counted = [(date(2026, 11, 20), "20", "A"), (date(2026, 11, 28), "20", "P")];
    let days = expected(date(2026, 11, 20), date(2026, 11, 28), &counted);
    wait_until("today is counted", || service.day("2026-11-28").0 >= 20);
    service.at("2026-11-28T10:20:00Z");
    assert_eq!(of_file(&service, &format!("{HOST}/traffic/2026-11.csv")), days);
    assert_eq!(of_file(&service, "all/traffic/2026-11.csv"), days);
    assert_eq!(of_answer(&service, "timeseries?from=2026-11-20&to=2026-11-28"), days);
    // Hours and breakdowns of such a day as well.
    let hours = of_file(&service, &format!("{HOST}/traffic/2026-11-24.csv"));
    assert!(hours.len() == 24 && hours.values().all(|line| *line == said("", "L")), "{hours:?}");
    let pages = service.get(&format!("/data/{HOST}/pages/2026-11-24.csv"), &[]).body;
    assert!(pages.contains(",:not_collected,,,,,,,,") && pages.ends_with("L,F\r\n"), "{pages}");
    // The answer says how much of the period was collected, and sums what was.
    let totals =
        service.json(&format!("/api/v1/sites/{HOST}/totals?from=2026-11-01&to=2026-11-28"));
    assert_eq!((&totals["days"]["begun"], &totals["days"]["collected"]), (&28.into(), &2.into()));
    assert_eq!(totals["rows"][0]["views"], 40);
    let gap = service.json(&format!("/api/v1/sites/{HOST}/totals?from=2026-11-22&to=2026-11-25"));
    assert_eq!(
        (&gap["rows"][0]["views"], &gap["rows"][0]["obs_status"]),
        (&().into(), &"L".into())
    );
    assert_eq!(gap["days"]["collected"], 0);
}

#[test]
fn row_34_days_between_two_imports_are_gaps_in_files_of_months_and_years() {
    let (_folder, service) = with_a_late_site();
    service.import(HOST, &log_of(date(2026, 3, 29)), false);
    service.import(HOST, &log_of(date(2026, 10, 25)), false);
    service.publish(HOST, "2026-10");
    let june = of_file(&service, &format!("{HOST}/traffic/2026-06.csv"));
    assert_eq!(june, expected(date(2026, 6, 1), date(2026, 6, 30), &[]));
    let pages = service.get(&format!("/data/{HOST}/pages/2026-06.csv"), &[]).body;
    assert!(pages.contains("2026-06,:not_collected,"), "{pages}");
    let counted = [(date(2026, 10, 25), "20", "A")];
    let october = of_file(&service, &format!("{HOST}/traffic/2026-10.csv"));
    assert_eq!(october, expected(date(2026, 10, 1), date(2026, 10, 31), &counted));
    let months = of_answer(&service, "timeseries?period=2026&interval=month");
    let of = |month: &str| months[month].clone();
    assert_eq!((of("2026-03"), of("2026-06")), (said("20", "A"), said("", "L")));
    assert_eq!((of("2026-10"), of("2026-11").1), (said("20", "A"), "Q".to_owned()));
    // What the register of quality says, the figures say.
    let quality = service.get(&format!("/data/{HOST}/quality/2026-06.csv"), &[]).body;
    assert!(quality.lines().skip(1).all(|line| line.ends_with(",L,F")), "{quality}");
}

#[test]
fn row_34_staff_read_gaps_as_gaps_and_quiet_days_as_zeros() {
    let (_folder, service) = with_a_late_site();
    service.import(HOST, &log_of(date(2026, 11, 25)), false);
    service.at("2026-11-30T10:30:00Z");
    let cookie = service.sign_in();
    let asked = |question: &str| {
        let path = format!("/admin/api/v1/sites/{HOST}/{question}");
        let answer = service.get(&path, &[("cookie", &cookie)]);
        let json = serde_json::from_str(&answer.body).unwrap();
        short(of_json(&json, &["period"], &["views", "obs_status"]))
    };
    let counted = [
        (date(2026, 11, 25), "20", "A"),
        (date(2026, 11, 28), "0", "A"),
        (date(2026, 11, 29), "0", "A"),
        (date(2026, 11, 30), "0", "P"),
    ];
    let days = expected(date(2026, 11, 25), date(2026, 11, 30), &counted);
    wait_until("the collector has noted itself", || {
        asked("timeseries?from=2026-11-20&to=2026-11-30") == days
    });
    let hours = asked("timeseries?period=2026-11-28&interval=hour");
    // The site was added at ten, local time.
    let hour = |hour: u32| hours[&format!("2026-11-28T{hour:02}:00:00+01:00")].clone();
    assert_eq!(hours.len(), 24);
    assert_eq!((hour(9), hour(10), hour(23)), (said("", "L"), said("0", "A"), said("0", "A")));
}

#[test]
fn row_34_a_site_removed_and_added_again_has_a_gap_between() {
    let (_folder, service) = with_a_late_site();
    visitors(&service, PAGE, "first");
    service.at("2026-11-29T10:00:00Z");
    service.publish(HOST, "2026-11-28");
    let before = service.get(&format!("/data/{HOST}/traffic/2026-11-28.csv"), &[]).body;
    app::remove_site(&service.options.data, HOST).unwrap();
    wait_until("it is gone", || service.view("192.0.2.1", PAGE, "gone") == 400);
    service.at("2026-12-02T10:00:00Z");
    add(&service, HOST, "2026-12-02T10:00:00Z");
    visitors(&service, PAGE, "again");
    service.import(HOST, &log_of(date(2026, 11, 27)), false);
    service.at("2026-12-03T10:00:00Z");
    service.publish(HOST, "2026-12-02");
    // What was published stays; what nobody measured since is a gap.
    let after = service.get(&format!("/data/{HOST}/traffic/2026-11-28.csv"), &[]).body;
    assert_eq!(after, before);
    let days = of_answer(&service, "timeseries?from=2026-11-29&to=2026-12-02");
    let counted = [(date(2026, 12, 2), "20", "A")];
    assert_eq!(days, expected(date(2026, 11, 29), date(2026, 12, 2), &counted));
}

#[test]
fn row_34_zeros_that_were_published_of_days_nobody_measured_are_revised() {
    let (_folder, service) = with_a_late_site();
    service.import(HOST, &log_of(date(2026, 11, 20)), false);
    // As an earlier version published it: as if the site had been there since the 19th.
    let store = service.options.data.join("store.sqlite");
    let set = |sql: &str| {
        let store = rusqlite::Connection::open(&store).unwrap();
        store.busy_timeout(crate::service::PATIENCE).unwrap();
        store.execute_batch(sql).unwrap();
    };
    let added = moment("2026-11-28T09:00:00Z").as_second();
    let early = moment("2026-11-19T09:00:00Z").as_second();
    set(&format!(
        "insert into uptime (started_at, seen_at, tracker) values ({early}, {added}, '');
         update site set added_at = {early} where host = '{HOST}'"
    ));
    service.publish(HOST, "2026-11-27");
    let file = format!("{HOST}/traffic/2026-11-24");
    let before = service.get(&format!("/data/{file}.csv"), &[]).body;
    let day = of_answer(&service, "timeseries?period=2026-11-24&interval=day");
    assert_eq!(day["2026-11-24"], said("", "Q"), "nobody looks like few");
    set(&format!("update site set added_at = {added} where host = '{HOST}'"));
    app::publish(&service.options.data, &service.machine).unwrap();
    assert_eq!(service.revision(HOST, "2026-11-24"), 2);
    assert!(of_file(&service, &format!("{file}.csv")).values().all(|line| line.1 == "L"));
    assert_eq!(service.get(&format!("/data/{file}-r1.csv"), &[]).body, before);
    let register = service.get("/data/releases.csv", &[]).body;
    assert!(register.contains("nobody measured this day"), "{register}");
    // Once.
    app::publish(&service.options.data, &service.machine).unwrap();
    assert_eq!(service.revision(HOST, "2026-11-24"), 2);
}

#[test]
fn row_34_a_breakdown_holds_what_was_measured_and_is_not_collected_only_where_nothing_was() {
    let (_folder, service) = with_a_late_site();
    let days = [24, 25, 27].map(|day| log_of(date(2026, 11, day)));
    service.import(HOST, &days.concat(), false);
    service.publish(HOST, "2026-11-27");
    let values = |question: &str, name: &str| -> Vec<String> {
        let json = service.json(&format!("/api/v1/sites/{HOST}/breakdown/{question}"));
        let rows = json["rows"].as_array().unwrap().iter();
        rows.map(|row| row[name].as_str().unwrap().to_owned()).collect()
    };
    let between = "from=2026-11-24&to=2026-11-27";
    wait_until("what was imported is released", || {
        values(&format!("page?{between}"), "page") == ["/"]
    });
    assert_eq!(values(&format!("download?{between}"), "download"), [""; 0]);
    let gap = "page?from=2026-11-26&to=2026-11-26";
    assert_eq!(values(gap, "page"), [":not_collected"]);
    // No log has the language of its readers.
    assert_eq!(values(&format!("language?{between}"), "language"), [":not_collected"]);
    let file = service.get(&format!("/data/{HOST}/pages/2026-11.csv"), &[]);
    assert!(file.status == 200 && !file.body.contains(":not_collected"), "{}", file.body);
}
