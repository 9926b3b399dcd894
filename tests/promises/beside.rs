//! What is not known is said: every change that alters counting is a break, a gap is a gap and
//! never a zero, and a site says by which rules and under which licence it is published.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use parvis::model::{Site, ZoneDay};
use parvis::publish::beside;
use parvis::publish::table::{Row, Schema, Value};
use parvis::store::{Breaks, Quality, Sites, SqliteStore};

use crate::clocked::{Clocked, folder_with_sites, moment};
use crate::service::{run, wait_until};

const HOST: &str = "www.example.fr";

/// The store of a folder and its sites.
fn opened(data: &Path) -> (SqliteStore, Vec<Arc<Site>>) {
    let store = SqliteStore::open(data).unwrap();
    let sites = store.sites().unwrap().into_iter().map(Arc::new).collect();
    (store, sites)
}

/// The kinds of a site's breaks with their moments in UTC.
fn breaks(data: &Path) -> Vec<(String, String)> {
    let (store, sites) = opened(data);
    let breaks = store.all_breaks(&sites[0]).unwrap();
    breaks.iter().map(|one| (one.kind.name().to_owned(), one.began.to_string())).collect()
}

fn known(kind: &str, began: &str) -> (String, String) {
    (kind.to_owned(), began.to_owned())
}

/// Each row as its columns' names and values.
fn named(
    schema: &Schema,
    rows: impl Iterator<Item = std::io::Result<Row>>,
) -> Vec<BTreeMap<&'static str, String>> {
    let shown = |value: Value| match value {
        Value::Nothing => String::new(),
        Value::Text(text) => text,
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Boolean(is) => is.to_string(),
    };
    let rows = rows.map(|row| {
        let row = row.unwrap();
        assert_eq!(row.len(), schema.columns.len());
        schema.columns.iter().map(|one| one.name).zip(row.into_iter().map(shown)).collect()
    });
    rows.collect()
}

/// What the quality of a day says: `indicator reason` and `value obs_status`.
fn quality(data: &Path, date: &str, now: &str) -> BTreeMap<String, String> {
    let (store, sites) = opened(data);
    let date = date.parse().unwrap();
    let rows = beside::quality_rows(&store, &sites, (date, date), moment(now));
    let rows = named(&beside::quality_schema(), rows);
    let said = rows.into_iter().map(|row| {
        let key = format!("{} {}", row["indicator"], row["reason"]);
        (key, format!("{} {}", row["value"], row["obs_status"]))
    });
    said.collect()
}

fn views(service: &Clocked, count: u32, of: &str) {
    for number in 0..count {
        let page = format!("https://{HOST}/");
        let address = format!("192.0.2.{}", number % 250);
        assert_eq!(service.view(&address, &page, &format!("{of} {number}")), 202);
    }
}

#[test]
fn the_quality_of_a_day_says_what_came_and_what_became_of_it() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data.clone(), "2026-11-22T08:00:00Z");
    views(&service, 30, "view");
    // A copy, a picture, a reading time, a browser that refuses, a robot, a foreign page.
    let page = format!("https://{HOST}/");
    assert_eq!(service.view("192.0.2.1", &page, "view 1"), 202);
    let agent = ("user-agent", crate::service::FIREFOX);
    for number in 0..12 {
        let from = format!("198.18.{number}.7");
        let headers = [agent, ("x-forwarded-for", from.as_str()), ("referer", page.as_str())];
        assert_eq!(service.get("/p.gif", &headers).status, 200);
        let message = format!(r#"{{"n":"time","u":"{page}","p":{{"seconds":9}}}}"#);
        assert_eq!(service.send(&from, &message), 202);
        let refusing = [agent, ("x-forwarded-for", &from), ("sec-gpc", "1")];
        let view = format!(r#"{{"n":"pageview","u":"{page}"}}"#);
        assert_eq!(service.post("/api/event", &refusing, &view).status, 202);
    }
    let foreign = r#"{"n":"pageview","u":"https://other.example/","d":"www.example.fr"}"#;
    assert_eq!(service.send("192.0.2.1", foreign), 400);
    assert_eq!(service.send("192.0.2.1", r#"{"n":"pageview","u":"https://unknown.fr/"}"#), 400);
    wait_until("all are counted", || service.day("2026-11-22").0 == 42);
    service.at("2026-11-23T08:00:00Z");
    wait_until("the day is closed", || service.count("select count(*) from site_day") == 1);
    wait_until("the collector noted that it runs", || {
        let now = moment("2026-11-23T08:00:00Z").as_second();
        service.count("select max(seen_at) from uptime") == now
    });
    let day = quality(&data, "2026-11-22", "2026-11-23T08:00:00Z");
    for (about, value) in [
        // 42 views and 12 reading times; 12 refusals, a copy and a foreign page.
        ("counted all", "50 A"),
        ("received all", "70 A"),
        ("dropped gpc", "10 A"),
        ("dropped dnt", "0 A"),
        ("dropped duplicate", " Q"),
        ("refused foreign_host", " Q"),
        ("without_script all", "29 A"),
        ("minutes_down all", "540 A"),
    ] {
        assert_eq!(day[about], value, "{about}: {day:?}");
    }
    // Nothing is said of a day that goes on, or of days before the site was known.
    assert!(quality(&data, "2026-11-23", "2026-11-23T08:00:00Z").is_empty());
    assert!(quality(&data, "2025-12-31", "2026-11-23T08:00:00Z").is_empty());
    let (store, _) = opened(&data);
    let date = "2026-11-22".parse().unwrap();
    let now = moment("2026-11-23T08:00:00Z");
    let rows = beside::quality_rows_of_no_site(&store, (date, date), now);
    let rows = named(&beside::quality_schema(), rows);
    let said: Vec<_> = rows.iter().map(|row| (&*row["site"], &*row["reason"])).collect();
    assert_eq!(said, [(":none", "unknown_site")]);
}

#[test]
fn hits_counted_again_after_a_crash_are_the_same_hits() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let mut service = Clocked::start(data.clone(), "2026-11-22T08:00:00Z");
    views(&service, 30, "before");
    wait_until("they are counted", || service.day("2026-11-22").0 == 30);
    service.restart();
    views(&service, 10, "after");
    wait_until("all are counted", || service.day("2026-11-22").0 == 40);
    let hits = "select sum(hits) from hit_day";
    wait_until("the hits are those of the views", || service.count(hits) == 40);
}

#[test]
fn an_outage_is_a_break_and_a_gap_and_never_a_zero() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let mut service = Clocked::start(data.clone(), "2026-11-20T08:00:00Z");
    views(&service, 20, "view");
    wait_until("they are counted", || service.day("2026-11-20").0 == 20);
    service.at("2026-11-20T11:30:00Z");
    // Down for two days and a half.
    service.running.take().unwrap().stop().unwrap();
    service.at("2026-11-23T08:00:00Z");
    service.running = Some(parvis::app::start(&service.options, &service.machine).unwrap());
    let now = moment("2026-11-23T08:00:00Z");
    let began = known("outage", "2026-11-20T11:30:00Z");
    assert!(breaks(&data).contains(&began), "{:?}", breaks(&data));
    let (store, sites) = opened(&data);
    let site = &sites[0];
    let down = |date: &str| store.minutes_down(site, date.parse().unwrap(), now).unwrap();
    let hours = |date: &str| {
        let hours = store.hours_up(site, date.parse().unwrap(), now).unwrap().into_iter();
        hours.filter(|(_, is_up)| !is_up).map(|(hour, _)| hour).collect::<Vec<_>>()
    };
    // Paris is an hour before UTC: the day of the 20th began at 23:00.
    assert_eq!(down("2026-11-20"), 9 * 60 + 11 * 60 + 30);
    assert_eq!((down("2026-11-21"), down("2026-11-22")), (1_440, 1_440));
    assert_eq!(down("2026-11-23"), 9 * 60);
    assert_eq!((hours("2026-11-22").len(), hours("2026-11-20").len()), (24, 9 + 11));
    let first = ZoneDay { zone: site.zone.clone(), date: "2026-11-22".parse().unwrap() }.start();
    assert_eq!(hours("2026-11-22")[0], first);
    wait_until("the day is closed", || service.count("select count(*) from site_day") == 1);
    let gap = quality(&data, "2026-11-21", "2026-11-23T08:00:00Z");
    for about in ["counted all", "received all", "dropped robot", "without_script all"] {
        assert_eq!(gap[about], " L", "{about}");
    }
    assert_eq!(gap["minutes_down all"], "1440 A");
    // The same outage is not registered again, and a restart of a moment is none.
    service.restart();
    service.restart();
    let outages = breaks(&data).into_iter().filter(|one| one.0 == "outage");
    assert_eq!(outages.collect::<Vec<_>>(), [known("outage", "2026-11-20T00:00:00Z"), began][1..]);
}

#[test]
fn short_outages_of_one_day_are_a_long_one_together() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let mut service = Clocked::start(data.clone(), "2026-11-22T08:00:00Z");
    let mut down = |from: &str, to: &str| {
        service.at(from);
        service.running.take().unwrap().stop().unwrap();
        service.at(to);
        service.running = Some(parvis::app::start(&service.options, &service.machine).unwrap());
    };
    down("2026-11-22T09:00:00Z", "2026-11-22T09:06:00Z");
    assert!(breaks(&data).is_empty());
    down("2026-11-22T10:00:00Z", "2026-11-22T10:06:00Z");
    assert_eq!(breaks(&data), [known("outage", "2026-11-22T10:00:00Z")]);
    down("2026-11-22T11:00:00Z", "2026-11-22T11:06:00Z");
    assert_eq!(breaks(&data).len(), 1, "one break a day says it");
}

#[test]
fn a_tag_that_appears_or_disappears_is_a_break_dated_where_it_happened() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data.clone(), "2026-11-02T08:10:00Z");
    views(&service, 3, "first");
    wait_until("they are counted", || service.day("2026-11-02").0 == 3);
    service.at("2026-11-02T08:30:00Z");
    // Six silent days are a quiet site; on the seventh the tag is gone since the first.
    service.at("2026-11-09T12:00:00Z");
    wait_until("the day is closed", || service.count("select count(*) from site_day") == 1);
    std::thread::sleep(std::time::Duration::from_secs(5));
    let of_tag = || {
        let all = breaks(&data).into_iter().filter(|one| one.0.starts_with("tag"));
        all.collect::<Vec<_>>()
    };
    // The first view begins the series and breaks nothing.
    assert_eq!(of_tag(), []);
    let removed = known("tag_removed", "2026-11-02T23:00:00Z");
    service.at("2026-11-10T12:00:00Z");
    wait_until("the tag is missed", || of_tag() == [removed.clone()]);
    let again = known("tag_added", "2026-11-10T12:00:00Z");
    views(&service, 3, "again");
    wait_until("they are counted", || service.day("2026-11-10").0 == 3);
    service.at("2026-11-10T12:30:00Z");
    wait_until("it is back", || of_tag() == [removed.clone(), again.clone()]);
}

#[test]
fn another_setting_that_filters_is_a_break_of_every_site_and_tells_no_network() {
    let (_folder, data) =
        folder_with_sites(&[(HOST, "Europe/Paris"), ("www.example.re", "Indian/Reunion")]);
    drop(Clocked::start(data.clone(), "2026-11-22T08:00:00Z"));
    let other = |name: &str| match name {
        "PARVIS_EXCLUDED_NETWORKS" => Some("198.51.100.7/32".to_owned()),
        "PARVIS_FORWARDED_HEADER" => Some("x-forwarded-for".to_owned()),
        _ => None,
    };
    drop(Clocked::start_with(data.clone(), "2026-11-22T08:05:00Z", &other));
    // Nothing has changed since.
    drop(Clocked::start_with(data.clone(), "2026-11-22T08:06:00Z", &other));
    let (store, sites) = opened(&data);
    for site in &sites {
        let breaks = store.all_breaks(site).unwrap();
        let said: Vec<_> =
            breaks.iter().map(|one| (one.kind.name(), &*one.before, &*one.after)).collect();
        assert_eq!(
            said,
            [
                ("filter_rules", "forwarded_header=any", "forwarded_header=x-forwarded-for"),
                ("filter_rules", "excluded_networks: 0 entries", "excluded_networks: 1 entries"),
            ]
        );
    }
    // Another table of robots, as of another version of the program.
    let store_file = rusqlite::Connection::open(data.join("store.sqlite")).unwrap();
    let sql = "update collector_part set value = 'older' where name in ('isbot', 'tracker')";
    assert_eq!(store_file.execute(sql, []).unwrap(), 2);
    drop(Clocked::start_with(data.clone(), "2026-11-22T08:07:00Z", &other));
    let kinds: Vec<_> = breaks(&data).into_iter().skip(2).map(|one| one.0).collect();
    assert_eq!(kinds, ["tracker_version", "robot_rules"]);
    let rows = beside::break_rows(&store, &sites);
    let rows = named(&beside::break_schema(), rows);
    let robots = rows.iter().find(|row| row["type"] == "robot_rules").unwrap();
    assert_eq!((&*robots["site"], &*robots["source"]), (HOST, "automatic"));
    assert_eq!(robots["began"], "2026-11-22T09:07:00+01:00");
    assert!(robots["before"] == "isbot=older" && robots["note_fr"].contains("robots"));
}

#[test]
fn a_person_registers_a_break_in_words_once() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let begins = ["break", "add", "--site", HOST];
    let add = |words: &[&str]| run(&data, &[&begins[..], words].concat());
    let notes = ["--note-fr", "Nouveau plan du site", "--note-en", "New plan of the site"];
    let first = [&["--began", "2026-03-29T10:00", "--dimensions", "page"], &notes[..]].concat();
    let (code, said) = add(&first);
    assert!(code == 0 && said.contains("is registered, and published"), "{said}");
    let (code, said) = add(&first);
    assert!(code == 0 && said.contains("registered already"), "{said}");
    for (words, cure) in [
        (vec!["--began", "2031-01-01"], "in the future"),
        (vec!["--began", "tomorrow"], "2026-11-22"),
        (vec!["--began", "2026-01-01", "--type", "moon"], "tag_added"),
        (vec!["--began", "2026-01-01", "--metrics", "hits"], "visitors"),
        (vec!["--began", "2026-01-01", "--dimensions", "title"], "page"),
        (vec!["--began", "2026-01-01", "--splice-coefficient", "0"], "1.08"),
    ] {
        let (code, said) = add(&[&words[..], &notes[..]].concat());
        assert!(code == 2 && said.contains(cure), "{words:?}: {said}");
    }
    let (code, said) = run(&data, &["break", "list", "--site", HOST]);
    let line = "www.example.fr\t2026-03-29T10:00:00+02:00\tother\tmanual\tNew plan of the site\n";
    assert_eq!((code, said.as_str()), (0, line));
    assert_eq!(run(&data, &["break", "list", "--site", "other.fr"]).0, 1);
    let (store, sites) = opened(&data);
    let rows = named(&beside::break_schema(), beside::break_rows(&store, &sites));
    assert_eq!((&*rows[0]["dimensions"], &*rows[0]["note_fr"]), ("page", "Nouveau plan du site"));
    let service = Clocked::start(data.clone(), "2026-11-22T08:00:00Z");
    let json = service.json(&format!("/api/v1/sites/{HOST}/totals?period=2026-03"));
    assert_eq!(json["breaks"][0]["note_fr"], "Nouveau plan du site");
    assert_eq!(json["breaks"][0]["kind"], "other");
}

#[test]
fn a_site_says_its_rules_its_licence_and_its_contact() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let set = |words: &[&str]| run(&data, &[&["site", "set", HOST], words].concat());
    for (words, cure) in [
        (["--visitors-min", "4"], "8 to 50"),
        (["--licence", "GPL-3.0"], "etalab-2.0, CC-BY-4.0, ODbL-1.0, CC0-1.0"),
        (["--contact", "nobody"], "audience@example.fr"),
    ] {
        let (code, said) = set(&words);
        assert!(code == 2 && said.contains(cure), "{words:?}: {said}");
    }
    let words = ["--licence", "CC-BY-4.0", "--contact", "a@example.fr", "--visitors-min", "20"];
    assert_eq!(set(&words).0, 0);
    let set_organisation = parvis::app::set_organisation;
    set_organisation(&data, "dinum", "Direction", Some("130025265"), None).unwrap();
    assert_eq!(set(&["--organisation", "dinum"]).0, 0);
    let (store, sites) = opened(&data);
    let now: Timestamp = moment("2026-11-23T08:00:00Z");
    let rows = named(&beside::site_schema(), beside::site_rows(&store, &sites, now));
    for (column, value) in [
        ("site", HOST),
        ("aliases", "example.fr"),
        ("organisation", "dinum"),
        ("organisation_name", "Direction"),
        ("identifier", "130025265"),
        ("identifier_scheme", "SIREN"),
        ("since", "2026-01-01"),
        ("first_day", ""),
        ("licence", "CC-BY-4.0"),
        ("contact", "a@example.fr"),
        ("visitors_min", "20"),
        ("gpc", "drop"),
        ("privacy_profile", "exempt"),
        ("synthetic", "false"),
        ("coverage_sitemap", ""),
    ] {
        assert_eq!(rows[0][column], value, "{column}");
    }
    let kinds: Vec<_> = breaks(&data).into_iter().map(|one| one.0).collect();
    assert_eq!(kinds, ["release_rule"], "neither licence nor contact alters a figure");
}
