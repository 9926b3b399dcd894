//! A site's day with something in every breakdown, and the figures as programs read them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::{Date, date};
use serde_json::Value;

use crate::clocked::{Clocked, folder_with_sites, moment};
use crate::logs::view;
use crate::service::{Answer, wait_until};
use parvis::app::{self, SiteOptions};

pub const HOST: &str = "www.example.fr";

/// The day with something in every breakdown.
pub const RICH: &str = "2026-11-02";

/// A day of many pages.
pub const MANY: Date = date(2026, 10, 14);

/// Pages of that day.
pub const PAGES: u32 = 420;

/// Visitors of a page of that day: some are below the threshold.
pub fn visitors_of(page: u32) -> u32 {
    [4, 30, 40, 50][page as usize % 4]
}

/// Sites with their organisations, and a service that has counted by tag and from logs.
pub fn audience() -> (tempfile::TempDir, PathBuf, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let named = |slug: &str, name: &str, parent| {
        app::set_organisation(&data, slug, name, None, parent).unwrap();
    };
    named("ministry", "Ministry", None);
    named("agency", "Agency", Some("ministry"));
    let list = |text: &str| Some(text.split(',').map(str::to_owned).collect());
    let options = SiteOptions {
        sections: list("/services/"),
        search_parameters: list("q"),
        features: list("print"),
        organisation: Some("ministry".to_owned()),
        profile: Some("extended".to_owned()),
        ..SiteOptions::default()
    };
    let then = moment("2026-01-01T00:00:00Z");
    app::set_site(&data, HOST, options, then).unwrap();
    let options = SiteOptions { organisation: Some("agency".into()), ..SiteOptions::default() };
    app::add_site(&data, "www.example.re", "Indian/Reunion", options, then).unwrap();
    let service = Clocked::start(data.clone(), "2026-11-02T09:00:00Z");
    for visitor in 0..40 {
        visit(&service, visitor);
    }
    // What two of them search besides.
    for visitor in (0..2).cycle().take(10) {
        let search = r#"{"n":"pageview","u":"https://www.example.fr/?q=jean+dupont"}"#;
        assert_eq!(service.send(&address_of(visitor), search), 202);
    }
    wait_until("the visits are counted", || service.day(RICH) == (130, 40));
    service.at("2026-11-03T12:00:00Z");
    let closed = format!("select count(*) from site_day where day = {}", number(RICH));
    wait_until("the day is closed", || service.count(&closed) == 1);
    service.import(HOST, &many_pages(), false);
    let lines: Vec<_> = (0..30).map(|visitor| view(date(2026, 11, 2), visitor, "/")).collect();
    service.import("www.example.re", &lines, false);
    service.publish(HOST, RICH);
    service.publish("www.example.re", RICH);
    (folder, data, service)
}

/// A date as the store numbers it.
pub fn number(day: &str) -> i64 {
    parvis::model::day_number(day.parse().unwrap())
}

fn address_of(visitor: u32) -> String {
    format!("198.18.{visitor}.7")
}

/// One visitor's three views and some events.
fn visit(service: &Clocked, visitor: u32) {
    let address = address_of(visitor);
    let on = |path: &str| format!("https://www.example.fr{path}");
    let view = |path: &str, referrer: &str, title: &str| {
        format!(r#"{{"n":"pageview","u":"{}","r":"{referrer}","t":"{title}","w":1200}}"#, on(path))
    };
    let event = |name: &str, property: &str, value: &str| {
        let (page, width) = (on("/services/"), r#""w":1200"#);
        format!(r#"{{"n":"{name}","u":"{page}",{width},"p":{{"{property}":{value}}}}}"#)
    };
    for body in [
        view("/?utm_source=letter", "https://www.google.com/", "Accueil"),
        view("/services/", "", "Services"),
        view("/recherche?q=carte", "", "Recherche"),
        event("download", "url", r#""https://www.example.fr/guide.pdf""#),
        event("outbound", "url", r#""https://www.autre.fr/page""#),
        event("print", "plan", r#""a""#),
        event("time", "seconds", "30"),
        format!(
            r#"{{"n":"missing","u":"{}","r":"https://www.autre.fr/liens","w":1200}}"#,
            on("/nulle-part")
        ),
    ] {
        assert_eq!(service.send(&address, &body), 202, "{body}");
    }
}

fn many_pages() -> Vec<String> {
    let pages = (0..PAGES).flat_map(|page| {
        (0..visitors_of(page)).map(move |visitor| {
            // Nobody reads thirty of them.
            view(MANY, (page * 31 + visitor) % 500, &format!("/p/{page:03}"))
        })
    });
    pages.collect()
}

/// The figures of an answer's lines, by what the line is about.
pub type Figures = BTreeMap<Vec<String>, Vec<String>>;

/// The lines of a CSV text: the columns named, by the columns that say what a line is about.
pub fn of_csv(text: &str, about: &[&str], figures: &[&str]) -> Figures {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| {
        header.iter().position(|one| one == name).unwrap_or_else(|| panic!("{name}: {header:?}"))
    };
    let places = |names: &[&str]| names.iter().map(|name| place(name)).collect::<Vec<_>>();
    let (about, figures) = (places(about), places(figures));
    let cells = |record: &csv::StringRecord, places: &[usize]| {
        places.iter().map(|&place| record[place].to_owned()).collect()
    };
    let records = reader.records().map(Result::unwrap);
    records.map(|record| (cells(&record, &about), cells(&record, &figures))).collect()
}

/// The same of the rows of a JSON answer.
pub fn of_json(json: &Value, about: &[&str], figures: &[&str]) -> Figures {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let cells = |row: &Value, names: &[&str]| names.iter().map(|name| text(&row[*name])).collect();
    let rows = json["rows"].as_array().unwrap().iter();
    rows.map(|row| (cells(row, about), cells(row, figures))).collect()
}

/// The detail of a problem, which an answer must be.
pub fn problem(answer: &Answer, status: u16) -> String {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let json: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["status"], status);
    assert!(json["type"].as_str().unwrap().starts_with("tag:parvis"), "{json}");
    assert!(!json["title"].as_str().unwrap().is_empty(), "{json}");
    json["detail"].as_str().unwrap().to_owned()
}
