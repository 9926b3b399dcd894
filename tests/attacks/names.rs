//! Invented names of one network: they hide no page that people read, and no title that a page has.

use jiff::civil::date;
use parvis::model::day_number;

use crate::clocked::{Clocked, folder_with_sites};
use crate::limits::send_paths;
use crate::logs::view;
use crate::service::wait_until;

const HOST: &str = "www.example.fr";

/// Invented paths, and how many connections send them.
const PATHS: usize = 50_000;
const SENDERS: usize = 25;

/// Readers of a real page, each of a network of their own.
const READERS: i64 = 60;

/// Views of a page on the open day.
fn views(service: &Clocked, path: &str) -> i64 {
    service.count(&format!(
        "select coalesce(sum(views), 0) from count_day join value on value.id = count_day.value
          where dimension = 1 and text = '{path}' and day = {}",
        day_number(date(2026, 11, 23))
    ))
}

fn are_counted(service: &Clocked, views: i64) {
    wait_until("all are counted", || service.day("2026-11-23").0 == views);
}

/// Sends one view of a path from each of so many networks.
fn read(service: &Clocked, path: &str, networks: i64) {
    for number in 0..networks {
        let address = format!("81.2.{number}.9");
        let page = format!("https://{HOST}{path}");
        assert_eq!(service.view(&address, &page, &format!("{path}{number}")), 202);
    }
}

#[test]
fn h3_fifty_thousand_invented_paths_hide_no_page() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let unlimited =
        |name: &str| (name == "PARVIS_REQUESTS_PER_SECOND").then(|| "1000000".to_owned());
    let mut service = Clocked::start_with(data, "2026-11-23T10:00:00Z", &unlimited);
    let day = date(2026, 11, 20);
    let before: Vec<_> = (0..60).map(|visitor| view(day, visitor, "/published")).collect();
    service.import(HOST, &before, false);
    service.publish(HOST, "2026-11-20");
    let base = format!("http://{}", service.running.as_ref().unwrap().address());
    std::thread::scope(|scope| {
        for sender in 0..SENDERS {
            let base = &base;
            scope.spawn(move || send_paths(base, sender, PATHS / SENDERS));
        }
    });
    are_counted(&service, PATHS as i64);
    // What was admitted is known again after a restart, and what was published is asked for again.
    read(&service, "/published", READERS / 2);
    service.restart();
    read(&service, "/a-real-page-of-the-ministry", READERS);
    for number in READERS / 2..READERS {
        let page = format!("https://{HOST}/published");
        let address = format!("81.2.{number}.9");
        assert_eq!(service.view(&address, &page, &format!("late{number}")), 202);
    }
    are_counted(&service, PATHS as i64 + 2 * READERS);
    let real = views(&service, "/a-real-page-of-the-ministry");
    assert!((READERS - 2..READERS).contains(&real), "{real}");
    assert_eq!(views(&service, "/published"), READERS);
    assert_eq!(views(&service, ":overflow"), PATHS as i64 / 2 + READERS - real);
}

/// Sends views of the page `/demarche` with a title, from so many networks or all from one.
fn read_titled(service: &Clocked, title: &str, of: &str, networks: bool) {
    for number in 0..30 {
        let address = match networks {
            true => format!("81.2.{number}.9"),
            false => format!("203.0.113.{number}"),
        };
        let body = format!(
            r#"{{"n":"pageview","u":"https://{HOST}/demarche","t":"{title}","k":"{of}{number}"}}"#
        );
        assert_eq!(service.send(&address, &body), 202);
    }
}

/// The title that the page's line of a day shows everybody.
fn title(service: &Clocked, day: &str) -> serde_json::Value {
    let path = format!("/api/v1/sites/{HOST}/breakdown/page?period={day}");
    let json = service.json(&path);
    let rows = json["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["label"] == "/demarche" || row["page"] == "/demarche");
    row.unwrap_or_else(|| panic!("{json}"))["title"].clone()
}

#[test]
fn h3_a_title_of_one_network_is_shown_to_nobody() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-20T10:00:00Z");
    let hacked = "SITE HACKED, call this number at once, it is longer and it comes later";
    read_titled(&service, hacked, "early", false);
    read(&service, "/demarche", 40);
    service.at("2026-11-21T10:00:00Z");
    service.publish(HOST, "2026-11-20");
    assert!(title(&service, "2026-11-20").is_null());
    read_titled(&service, "Official title", "official", true);
    read_titled(&service, hacked, "late", false);
    service.at("2026-11-22T10:00:00Z");
    read_titled(&service, hacked, "later", false);
    service.at("2026-11-23T10:00:00Z");
    service.publish(HOST, "2026-11-21");
    assert_eq!(title(&service, "2026-11-21"), "Official title");
}
