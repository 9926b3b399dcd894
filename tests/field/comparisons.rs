//! Comparisons over what both sides count, and breaks that are breaks.

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::clocked::{Clocked, folder_with_sites};
use crate::logs::view;
use crate::service::{folder_with_site, run, wait_until};

const HOST: &str = "www.example.fr";
const NOON: &str = "2026-11-20T11:00:00Z";

/// The service on 20 November with two weeks before it, of which the second has more visitors, and
/// with some views of today.
fn two_weeks(visitors: impl Fn(Date) -> u32) -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, NOON);
    for day in 6..=19 {
        let day = date(2026, 11, day);
        let lines: Vec<_> = (0..visitors(day)).map(|one| view(day, one, "/")).collect();
        if !lines.is_empty() {
            service.import(HOST, &lines, false);
        }
    }
    for visitor in 1..=20 {
        let address = format!("198.18.{visitor}.7");
        assert_eq!(service.view(&address, "https://www.example.fr/", &address), 202);
    }
    wait_until("today is counted", || service.day("2026-11-20").0 == 20);
    (folder, service)
}

fn usual(day: Date) -> u32 {
    if day < date(2026, 11, 13) { 100 } else { 110 }
}

/// Waits until every import is released again: what was released as a gap meanwhile is revised.
fn settled(service: &Clocked, question: &str, days: usize) -> Value {
    service.publish(HOST, "2026-11-19");
    wait_until("as many days are compared", || {
        totals(service, question)["compared"]["days"] == days
    });
    totals(service, question)
}

fn totals(service: &Clocked, question: &str) -> Value {
    let asked = format!("/api/v1/sites/{HOST}/totals?metrics=visitors,visit_seconds&{question}");
    service.json(&asked)
}

/// What both sides have of the first metric, and over how many days.
fn sides(answer: &Value) -> (Value, Value, Value) {
    let row = &answer["rows"][0];
    let of = |side: &str| row[side]["visitors"].clone();
    (of("comparable"), of("compared"), answer["compared"]["days"].clone())
}

fn left_out(answer: &Value, reason: &str) -> Value {
    let all = answer["compared"]["left_out"].as_array().unwrap().iter();
    all.filter(|one| one["reason"] == reason)
        .map(|one| one["days"].clone())
        .next()
        .unwrap_or(json!(0))
}

#[test]
fn seven_closed_days_are_compared_with_the_seven_before_and_today_with_nothing() {
    let (_folder, service) = two_weeks(usual);
    let week = settled(&service, "period=7d&compare=previous", 7);
    assert_eq!(week["period"], json!({ "first": "2026-11-13", "last": "2026-11-19" }));
    assert_eq!(sides(&week), (json!(770), json!(700), json!(7)));
    // With today there would be a week of six days and a half against one of seven.
    let open = totals(&service, "from=2026-11-14&to=2026-11-20&compare=previous");
    assert_eq!(sides(&open), (json!(660), json!(600), json!(6)));
    assert_eq!(left_out(&open, "open"), 1);
    let today = totals(&service, "period=today&compare=previous");
    assert_eq!(today["compared"]["days"], 0);
    assert!(today["rows"][0].get("compared").is_none(), "{today}");
    let page = service.get(&format!("/en/sites/{HOST}?period=today&compare=previous"), &[]).body;
    assert!(page.contains("No comparison: none of the days to compare has ended."), "{page}");
    // The page says what the API says.
    let page = service.get(&format!("/en/sites/{HOST}?period=7d"), &[]).body;
    assert!(page.contains("The change is over 7 days"), "{page}");
    // Of 14 figures rounding alone can make 75: 770 are no more than 700, as far as this tells.
    assert!(page.contains("no change beyond rounding") && !page.contains("+10%"), "{page}");
    let file =
        format!("/api/v1/sites/{HOST}/totals.csv?metrics=visitors&period=7d&compare=previous");
    let file = service.get(&file, &[]).body;
    assert!(file.contains(",compared_days,comparable_first,comparable_last,"), "{file}");
    assert!(file.contains(",comparable_visitors,compared_visitors,"), "{file}");
    let compared = ",7,2026-11-13,2026-11-19,2026-11-06,2026-11-12,,770,700,";
    assert!(file.contains(compared), "{file}");
    // Nobody measures how long a page was read in a log: there is no change, not one from nothing.
    assert_eq!(week["compared"]["not_collected"], json!(["visit_seconds"]));
    assert_eq!(week["rows"][0]["comparable"]["visit_seconds"], Value::Null);
}

#[test]
fn a_change_is_said_where_rounding_alone_cannot_make_it() {
    let (_folder, service) = two_weeks(|day| if day < date(2026, 11, 13) { 100 } else { 120 });
    settled(&service, "period=7d&compare=previous", 7);
    let page = service.get(&format!("/en/sites/{HOST}?period=7d"), &[]).body;
    assert!(page.contains("+20%"), "{page}");
    // One day of 20 and one of 60 have no percentage.
    let (_folder, service) = two_weeks(|day| if day < date(2026, 11, 13) { 20 } else { 60 });
    settled(&service, "period=7d&compare=previous", 7);
    let path = format!("/en/sites/{HOST}?period=2026-11-19&compare=previous");
    let page = service.get(&path, &[]).body;
    assert!(page.contains("too small to compare"), "{page}");
}

#[test]
fn a_day_that_one_side_lacks_counts_on_neither() {
    // 8 November was not collected, and of 11 November the total is withheld.
    let (_folder, service) = two_weeks(|day| match day.day() {
        8 => 0,
        11 => 3,
        _ => usual(day),
    });
    let week = settled(&service, "period=7d&compare=previous", 5);
    assert_eq!(sides(&week), (json!(550), json!(500), json!(5)));
    assert_eq!(
        (left_out(&week, "not_collected"), left_out(&week, "withheld")),
        (json!(1), json!(1))
    );
    let path =
        format!("/api/v1/sites/{HOST}/timeseries?metrics=visitors&period=7d&compare=previous");
    let series = service.json(&path);
    let rows = series["rows"].as_array().unwrap();
    let compared = |day: &str| {
        let row = rows.iter().find(|row| row["period"] == day).unwrap();
        row["compared"]["visitors"].clone()
    };
    assert_eq!((compared("2026-11-14"), compared("2026-11-15")), (json!(100), Value::Null));
    assert_eq!(compared("2026-11-18"), Value::Null);
    // The line of a breakdown follows the same rule.
    let pages =
        format!("/api/v1/sites/{HOST}/breakdown/page?metrics=visitors&period=7d&compare=previous");
    let line = &service.json(&pages)["rows"][0];
    assert_eq!(line["page"], "/");
    assert_eq!((&line["compared_days"], &line["comparable"]["visitors"]), (&json!(5), &json!(550)));
    assert_eq!(line["compared"]["visitors"], 500);
    // Staff reads the withheld day, and not the one that nobody collected.
    let cookie = service.sign_in();
    let path =
        format!("/admin/api/v1/sites/{HOST}/totals?metrics=visitors&period=7d&compare=previous");
    let exact = service.get(&path, &[("cookie", &cookie)]).body;
    let exact: Value = serde_json::from_str(&exact).unwrap();
    assert_eq!(sides(&exact), (json!(660), json!(503), json!(6)));
}

#[test]
fn months_and_years_are_compared_by_whole_weeks() {
    let (_folder, service) = two_weeks(usual);
    let first = |question: &str| {
        let compared = totals(&service, question)["compared"].clone();
        (compared["first"].clone(), compared["last"].clone())
    };
    // October has 31 days: those of five weeks before.
    let october = first("period=2026-10&compare=previous");
    assert_eq!(october, (json!("2026-08-27"), json!("2026-09-26")));
    let year = first("period=7d&compare=year");
    assert_eq!(year, (json!("2025-11-14"), json!("2025-11-20")));
    let other = totals(&service, "period=2026-11&compare=2026-10");
    assert_eq!((left_out(&other, "weekdays"), &other["compared"]["days"]), (json!(0), &json!(0)));
    let page = format!("/en/sites/{HOST}?period=2026-11&compare=2026-10");
    let page = service.get(&page, &[]).body;
    assert!(page.contains("the two periods do not have the same days of the week"), "{page}");
}

#[test]
fn the_sum_of_sites_is_over_the_same_sites_on_both_sides() {
    let young = "www.young.example";
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris"), (young, "Europe/Paris")]);
    let service = Clocked::start(data, NOON);
    for (host, day) in [(HOST, 6), (HOST, 13), (young, 13)] {
        let day = date(2026, 11, day);
        let lines: Vec<_> = (0..100).map(|one| view(day, one, "/")).collect();
        service.import(host, &lines, false);
    }
    let data = service.options.data.clone();
    for words in [
        ["organisation", "set", "town", "--name", "Town"].as_slice(),
        &["site", "set", HOST, "--organisation", "town"],
        &["site", "set", young, "--organisation", "town"],
    ] {
        let (code, said) = run(&data, words);
        assert_eq!(code, 0, "{said}");
    }
    let path =
        "/api/v1/organisations/town/totals?metrics=visitors&period=2026-11-13&compare=previous";
    wait_until("both sites belong to it", || {
        service.get(path, &[]).body.contains("\"sites_total\": 2")
    });
    let sum = service.json(path);
    assert_eq!(sum["rows"][0]["visitors"], 200);
    assert_eq!(sides(&sum), (json!(100), json!(100), json!(1)));
    assert_eq!(sum["compared"]["sites"], 1);
}

#[test]
fn a_change_of_settings_is_said_in_words_and_the_first_view_is_no_break() {
    let (_folder, data) = folder_with_site();
    let service = Clocked::start(data.clone(), NOON);
    for visitor in 1..=20 {
        let address = format!("198.18.{visitor}.7");
        assert_eq!(service.view(&address, "https://www.example.fr/", &address), 202);
    }
    wait_until("they are counted", || service.day("2026-11-20").0 == 20);
    service.at("2026-11-20T11:30:00Z");
    // Long enough for the tag to be looked for.
    std::thread::sleep(std::time::Duration::from_secs(3));
    let register = || service.get("/data/breaks.csv", &[]).body;
    assert_eq!(register().lines().count(), 1, "the heads alone: {}", register());
    drop(service);
    let words =
        ["site", "set", HOST, "--gpc", "ignore", "--query-keep", "page", "--search-parameter", "q"];
    let (code, said) = run(&data, &words);
    assert_eq!(code, 0, "{said}");
    let service = Clocked::start(data, NOON);
    let register = service.get("/data/breaks.csv", &[]).body;
    let page = service.get("/fr/sites/www.example.fr?period=today", &[]).body;
    assert!(!page.contains("tombe entre les jours comparés"), "no day is compared: {page}");
    for said in [
        "refus par le signal GPC (la visite n’est pas comptée → sans effet)",
        "refusal by the GPC signal (the visit is not counted → without effect)",
        "parameters kept in addresses (none → page); parameters of the site's search (none → q)",
    ] {
        assert!(register.contains(said), "{said}: {register}");
    }
}

#[test]
fn a_comparison_says_the_breaks_that_lie_between_its_days_and_no_other() {
    let (_folder, service) = two_weeks(usual);
    settled(&service, "period=7d&compare=previous", 7);
    let data = service.options.data.clone();
    let add = |began: &str, note: &str| {
        let words = [
            "break",
            "add",
            "--site",
            HOST,
            "--began",
            began,
            "--type",
            "other",
            "--note-fr",
            note,
        ];
        let words = [&words[..], &["--note-en", note]].concat();
        let (code, said) = run(&data, &words);
        assert_eq!(code, 0, "{said}");
    };
    let page = || service.get(&format!("/en/sites/{HOST}?period=7d"), &[]).body;
    let says = |said: &str| page().contains(said);
    // Before all compared days, with the first of them, and on the day that goes on.
    for began in ["2026-11-05", "2026-11-06", "2026-11-20T10:00:00"] {
        add(began, "Elsewhere");
    }
    assert!(!says("A break in the series"), "{}", page());
    add("2026-11-10", "Move");
    assert!(says("A break in the series (10 November 2026) lies between"), "{}", page());
    // It divides no two of the days that the curve shows.
    assert!(!says("Move"), "{}", page());
    add("2026-11-16T09:30:00", "Campaign");
    assert!(says("16 November 2026 at 09:30") && says("Campaign"), "{}", page());
}
