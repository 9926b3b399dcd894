//! Days that end while the service runs, with a clock of our own: nothing is counted twice, nothing
//! stays.

use std::path::Path;

use jiff::SignedDuration;
use parvis::app::{self, SiteOptions};

use crate::clocked::{Clocked, folder_with_sites, moment};
use crate::service::wait_until;

fn files(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const PAGE: &str = "https://www.example.fr/";

#[test]
fn a_day_of_25_hours_ends_at_its_own_midnight_and_leaves_nothing_behind() {
    let (_folder, data) = folder_with_sites(&[("www.example.fr", "Europe/Paris")]);
    // 24 October 2026, 23:59 in Paris; the day after has 25 hours.
    let service = Clocked::start(data.clone(), "2026-10-24T21:59:00Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "a"), 202);
    service.at("2026-10-24T22:00:00Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "b"), 202);
    // The same hour by name, twice.
    service.at("2026-10-25T00:30:00Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "c"), 202);
    service.at("2026-10-25T01:30:00Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "d"), 202);
    service.at("2026-10-25T22:59:59Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "e"), 202);
    wait_until("the day is counted", || service.day("2026-10-25") == (4, 1));
    assert_eq!(service.day("2026-10-24"), (1, 1));
    let hours = "select count(*) from count_hour where dimension = 0";
    assert_eq!(service.count(hours), 5);
    wait_until("the first day's file is gone", || {
        files(&data.join("journal")).iter().all(|name| name.starts_with("2026-10-25"))
    });
    service.at("2026-10-25T23:02:00Z");
    wait_until("the second day's file is gone", || files(&data.join("journal")).is_empty());
    wait_until("its salt is gone", || files(&data.join("salts")).is_empty());
    assert_eq!(service.count("select count(*) from day where closed_at is not null"), 2);
    assert_eq!((service.day("2026-10-24"), service.day("2026-10-25")), ((1, 1), (4, 1)));
}

#[test]
fn a_restart_in_the_open_day_counts_nobody_twice() {
    let (_folder, data) = folder_with_sites(&[("www.example.fr", "Europe/Paris")]);
    let mut service = Clocked::start(data.clone(), "2026-03-29T10:10:00Z");
    for key in ["a", "b", "c"] {
        assert_eq!(service.view("192.0.2.1", PAGE, key), 202);
    }
    for round in 0..3 {
        service.restart();
        assert_eq!(service.view("192.0.2.1", PAGE, &format!("again {round}")), 202);
        assert_eq!(service.view("192.0.2.1", PAGE, "a"), 202);
        assert_eq!(service.view("192.0.2.2", PAGE, &format!("other {round}")), 202);
    }
    wait_until("all views are counted", || service.day("2026-03-29").0 == 9);
    assert_eq!(service.day("2026-03-29"), (9, 2));
    let hour = "select visitors from count_hour where dimension = 0";
    assert_eq!(service.count(hour), 2);
}

#[test]
fn a_day_that_ended_while_the_service_was_off_is_closed_at_the_next_start() {
    let (_folder, data) = folder_with_sites(&[("www.example.fr", "Europe/Paris")]);
    let mut service = Clocked::start(data.clone(), "2026-03-29T10:10:00Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "a"), 202);
    service.running.take().unwrap().stop().unwrap();
    assert_eq!(files(&data.join("salts")).len(), 1);
    service.at("2026-04-02T08:00:00Z");
    service.running = Some(app::start(&service.options, &service.machine).unwrap());
    wait_until("its file is gone", || files(&data.join("journal")).is_empty());
    wait_until("so is its salt", || files(&data.join("salts")).is_empty());
    assert_eq!(service.day("2026-03-29"), (1, 1));
}

#[test]
fn a_new_site_does_not_inherit_the_open_day_of_a_removed_one() {
    let (_folder, data) = folder_with_sites(&[("www.example.fr", "Europe/Paris")]);
    let mut service = Clocked::start(data.clone(), "2026-11-22T12:00:00Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "a"), 202);
    wait_until("the view is counted", || service.day("2026-11-22").0 == 1);
    service.running.take().unwrap().stop().unwrap();
    app::remove_site(&data, "www.example.fr").unwrap();
    let now = moment("2026-11-22T12:00:00Z");
    app::add_site(&data, "new.example.fr", "Europe/Paris", SiteOptions::default(), now).unwrap();
    service.running = Some(app::start(&service.options, &service.machine).unwrap());
    assert_eq!(service.view("192.0.2.1", "https://new.example.fr/", "b"), 202);
    wait_until("the new site is counted", || service.day("2026-11-22").0 == 1);
    service.restart();
    assert_eq!(service.day("2026-11-22"), (1, 1));
}

#[test]
fn a_beacon_sent_again_after_midnight_counts_once() {
    let (_folder, data) = folder_with_sites(&[("www.example.fr", "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-22T22:59:58Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "late"), 202);
    service.at("2026-11-22T23:00:03Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "late"), 202);
    assert_eq!(service.view("192.0.2.1", PAGE, "new"), 202);
    wait_until("the new view is counted", || service.day("2026-11-23").0 == 1);
    assert_eq!(service.day("2026-11-22"), (1, 1));
}

#[test]
fn sites_of_two_zones_have_their_own_days() {
    let sites = [("www.example.fr", "Europe/Paris"), ("www.example.re", "Indian/Reunion")];
    let (_folder, data) = folder_with_sites(&sites);
    // 22:00 in Paris; 01:00 of the next day on Réunion.
    let service = Clocked::start(data.clone(), "2026-11-22T21:00:00Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "a"), 202);
    assert_eq!(service.view("192.0.2.1", "https://www.example.re/", "b"), 202);
    wait_until("both are counted", || {
        service.day("2026-11-22") == (1, 1) && service.day("2026-11-23") == (1, 1)
    });
    service.at("2026-11-22T23:05:00Z");
    wait_until("Paris is closed", || {
        files(&data.join("journal")).iter().all(|name| name.contains("Reunion"))
    });
    assert_eq!(service.view("192.0.2.1", "https://www.example.re/", "c"), 202);
    wait_until("Réunion goes on", || service.day("2026-11-23") == (2, 1));
}

#[test]
fn a_clock_set_back_into_a_closed_day_is_refused_and_changes_nothing() {
    let (_folder, data) = folder_with_sites(&[("www.example.fr", "Europe/Paris")]);
    let mut service = Clocked::start(data.clone(), "2026-11-22T12:00:00Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "a"), 202);
    service.at("2026-11-23T00:00:00Z");
    wait_until("the day is closed", || files(&data.join("salts")).is_empty());
    service.at("2026-11-22T13:00:00Z");
    assert_eq!(service.view("192.0.2.1", PAGE, "b"), 503);
    service.restart();
    assert_eq!(service.view("192.0.2.1", PAGE, "b"), 503);
    assert_eq!(service.day("2026-11-22"), (1, 1));
    assert_eq!(files(&data.join("salts")), Vec::<String>::new());
    let later = moment("2026-11-22T13:00:00Z") + SignedDuration::from_hours(24);
    service.at(&later.to_string());
    assert_eq!(service.view("192.0.2.1", PAGE, "b"), 202);
}

#[test]
fn a_period_that_goes_on_is_provisional_even_while_nobody_comes() {
    let (_folder, data) = folder_with_sites(&[("www.example.fr", "Europe/Paris")]);
    let service = Clocked::start(data.clone(), "2026-11-10T10:00:00Z");
    for visitor in 1..=30 {
        let address = format!("198.18.{visitor}.7");
        assert_eq!(service.view(&address, PAGE, &address), 202);
    }
    service.at("2026-11-11T12:00:00Z");
    let closed = "select count(*) from day where closed_at is not null";
    wait_until("the day is final", || service.count(closed) == 1);
    service.publish("www.example.fr", "2026-11-10");
    let status = |about: &str| {
        let answer = service.json(&format!("/api/v1/sites/www.example.fr/{about}"));
        let rows = answer["rows"].as_array().unwrap().iter();
        let codes: Vec<_> = rows.map(|row| row["obs_status"].as_str().unwrap()).collect();
        codes.join(" ")
    };
    for (about, expected) in [
        ("totals?period=7d", "A"),
        ("totals?period=month", "P"),
        ("totals?period=yesterday", "A"),
        ("breakdown/page?period=2026-11", "P Q"),
        ("breakdown/page?period=2026-11-10", "A"),
        ("timeseries?period=2026-11&interval=day", "A Q"),
        ("timeseries?period=2026-11&interval=week", "P"),
        ("timeseries?period=2026&interval=month", "P"),
        ("timeseries?period=2026-11-10&interval=month", "A"),
        ("totals?period=2026-11&filter=page:is:/", "P"),
    ] {
        assert_eq!(status(about), expected, "{about}");
    }
    let file = service.get("/data/www.example.fr/pages/2026-11.csv", &[]).body;
    assert!(file.contains("2026-11,/,30,30,30,30,0,,beacon,release-3,P,F\r\n"), "{file}");
    let file = service.get("/data/www.example.fr/pages/2026-11-10.csv", &[]).body;
    assert!(file.ends_with(",beacon,release-3,A,F\r\n"), "{file}");
}
