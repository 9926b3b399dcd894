//! A visit counts in the hour in which it begins, so that hours add up to the day (row 29).

use serde_json::Value;

use crate::clocked::{Clocked, folder_with_sites};
use crate::service::wait_until;

const HOST: &str = "www.example.fr";
const PAGE: &str = "https://www.example.fr/";

/// Sends a view of each of these visitors.
fn views(service: &Clocked, visitors: std::ops::RangeInclusive<u8>) {
    for visitor in visitors {
        let body = format!(r#"{{"n":"pageview","u":"{PAGE}"}}"#);
        assert_eq!(service.send(&format!("198.18.{visitor}.7"), &body), 202);
    }
}

/// The hours of a day with views, visitors, visits and bounces, and the status, by their number.
fn hours(service: &Clocked) -> Vec<(String, Vec<String>)> {
    let file = service.get(&format!("/data/{HOST}/traffic/2026-11-20.csv"), &[]);
    let about = ["period"];
    let figures = ["views", "visitors", "visits", "bounces", "obs_status"];
    let lines = crate::audience::of_csv(&file.body, &about, &figures).into_iter();
    let hour = |label: &str| label[11..13].to_owned();
    lines.map(|(about, figures)| (hour(&about[0]), figures)).collect()
}

#[test]
fn row_29_hours_add_up_to_the_visits_of_the_day() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-19T22:30:00Z");
    // Twenty readers at 09:59:30 and 10:01:00, and twenty of one view.
    service.at("2026-11-20T08:59:30Z");
    views(&service, 1..=40);
    service.at("2026-11-20T09:01:00Z");
    views(&service, 1..=20);
    wait_until("they are counted", || service.day("2026-11-20") == (60, 40));
    // Another visit of some of them.
    service.at("2026-11-20T13:00:00Z");
    views(&service, 1..=20);
    wait_until("they are counted too", || service.day("2026-11-20").0 == 80);
    service.at("2026-11-21T09:00:00Z");
    service.publish(HOST, "2026-11-20");
    let hours = hours(&service);
    let of = |hour: &str| hours.iter().find(|line| line.0 == hour).unwrap().1.clone();
    assert_eq!(hours.len(), 24);
    assert_eq!(of("09"), ["40", "40", "40", "20", "A"]);
    assert_eq!(of("10"), ["20", "20", "0", "0", "A"]);
    assert_eq!(of("14"), ["20", "20", "20", "20", "A"]);
    assert_eq!(of("00"), ["0", "0", "0", "0", "A"]);
    let sum = |column: usize| -> u64 {
        hours.iter().map(|line| line.1[column].parse::<u64>().unwrap()).sum()
    };
    let day = service.json(&format!("/api/v1/sites/{HOST}/totals?period=2026-11-20"));
    let row = &day["rows"][0];
    let of_day = ["views", "visits", "bounces"].map(|metric| row[metric].as_u64().unwrap());
    assert_eq!(of_day, [80, 60, 40]);
    assert_eq!((sum(0), sum(2), sum(3)), (80, 60, 40));
    // Visitors do not add up, and that is said.
    assert_eq!((sum(1), &row["visitors"]), (80, &40.into()));
    let said = service.get("/en/methodology", &[]).body;
    assert!(said.contains("A visit counts in the hour in which it begins"), "{said}");
}

#[test]
fn row_29_an_hour_without_a_view_looks_like_one_of_few_to_everybody_and_is_zero_to_staff() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-19T22:30:00Z");
    service.at("2026-11-20T08:10:00Z");
    views(&service, 1..=30);
    service.at("2026-11-20T11:10:00Z");
    views(&service, 31..=34);
    wait_until("they are counted", || service.day("2026-11-20") == (34, 34));
    service.at("2026-11-21T09:00:00Z");
    service.publish(HOST, "2026-11-20");
    let hours = hours(&service);
    let of = |hour: &str| hours.iter().find(|line| line.0 == hour).unwrap().1.clone();
    assert_eq!((of("12"), of("12")[4].as_str()), (of("15"), "Q"));
    let cookie = service.sign_in();
    let path = format!("/admin/api/v1/sites/{HOST}/timeseries?period=2026-11-20");
    let answer = service.get(&path, &[("cookie", &cookie)]).body;
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let rows = answer["rows"].as_array().unwrap();
    let views: Vec<_> = [12, 15].map(|hour| &rows[hour]["views"]).into();
    assert_eq!((rows.len(), views), (24, vec![&4.into(), &0.into()]));
}

#[test]
fn row_29_an_event_ends_a_bounce_whatever_its_sender_says_of_it() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-20T09:00:00Z");
    views(&service, 1..=2);
    for (visitor, more) in [(1, ""), (2, r#","i":false"#)] {
        let body = format!(r#"{{"n":"download","u":"{PAGE}","p":{{"url":"{PAGE}a.pdf"}}{more}}}"#);
        assert_eq!(service.send(&format!("198.18.{visitor}.7"), &body), 202);
    }
    views(&service, 3..=3);
    wait_until("they are counted", || service.day("2026-11-20").0 == 3);
    let bounces = "select sum(bounces) from count_day where dimension = 0";
    let events = "select sum(events) from count_day where dimension = 0";
    wait_until("so are the events", || service.count(events) == 2);
    assert_eq!(service.count(bounces), 1);
}
