//! What is asked of the API: filters, orders, comparisons; every wrong question is told its cure;
//! and who asks decides what is seen.

use serde_json::{Value, json};

use crate::audience::{HOST, MANY, PAGES, RICH, audience, problem, visitors_of};
use crate::clocked::Clocked;

fn path_of(about: &str) -> String {
    format!("/api/v1/sites/{HOST}/{about}")
}

/// The answer to signed-in staff.
fn exact(service: &Clocked, cookie: &str, about: &str) -> Value {
    let answer = service.get(&format!("/admin/api/v1/{about}"), &[("cookie", cookie)]);
    assert_eq!(answer.status, 200, "{about}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn rows(json: &Value) -> &Vec<Value> {
    json["rows"].as_array().unwrap()
}

/// The values of a column, in the order of the lines.
fn column<'a>(json: &'a Value, name: &str) -> Vec<&'a Value> {
    rows(json).iter().map(|row| &row[name]).collect()
}

#[test]
fn staff_sees_exact_figures_and_everybody_no_line_of_few() {
    let (_folder, _data, service) = audience();
    let about = format!("sites/{HOST}/breakdown/page?period={MANY}&limit=1000&sort=value");
    for path in ["sites", "dimensions", &about] {
        problem_without_cors(&service, &format!("/admin/api/v1/{path}"));
    }
    let cookie = service.sign_in();
    let staff = exact(&service, &cookie, &about);
    let public = service.json(&format!("/api/v1/{about}"));
    assert_eq!(staff["rule"], json!({ "version": "exact" }));
    assert_eq!(staff["rows_total"], PAGES);
    for (page, row) in (0..PAGES).zip(rows(&staff)) {
        let visitors = visitors_of(page);
        assert_eq!(row["page"], format!("/p/{page:03}"));
        assert_eq!((&row["views"], &row["visitors"]), (&json!(visitors), &json!(visitors)));
    }
    assert_eq!(public["rule"]["visitors_min"], 10);
    for row in rows(&public).iter().filter(|row| row["page"] != ":withheld") {
        let page: u32 = row["page"].as_str().unwrap()[3..].parse().unwrap();
        assert!(visitors_of(page) >= 30 && row["visitors"] == visitors_of(page), "{row}");
    }
    // What two visitors typed, nobody reads.
    let about = format!("sites/{HOST}/breakdown/search?period={RICH}");
    let staff = exact(&service, &cookie, &about);
    assert_eq!(column(&staff, "search"), ["carte"]);
    assert_eq!(staff["rows"][0]["visitors"], 40);
    let public = service.json(&format!("/api/v1/{about}"));
    assert_eq!(column(&public, "search"), ["carte", ":withheld"]);
    for filter in
        ["totals?filter=search:is:jean%20dupont", "breakdown/page?filter=search:is:jean%20dupont"]
    {
        let about = format!("sites/{HOST}/{filter}&period={RICH}");
        assert_eq!(rows(&exact(&service, &cookie, &about)).len(), 0, "{about}");
    }
}

fn problem_without_cors(service: &Clocked, path: &str) {
    let answer = service.get(path, &[]);
    assert_eq!(answer.status, 401, "{path}");
    assert!(answer.body.contains("/admin/sign-in"), "{}", answer.body);
}

#[test]
fn filters_of_each_test_and_metrics_that_are_chosen() {
    let (_folder, _data, service) = audience();
    let cookie = service.sign_in();
    let views = |filter: &str| -> u64 {
        let about = format!("sites/{HOST}/totals?period={MANY}&metrics=views&{filter}");
        exact(&service, &cookie, &about)["rows"][0]["views"].as_u64().unwrap()
    };
    let of = |is_in: &dyn Fn(u32) -> bool| -> u64 {
        (0..PAGES).filter(|page| is_in(*page)).map(|page| u64::from(visitors_of(page))).sum()
    };
    assert_eq!(views("filter=page:is:/p/001"), 30);
    assert_eq!(views("filter=page:is:/p/001|/p/002"), 70);
    assert_eq!(views("filter=page:is_not:/p/001|/p/002"), of(&|_| true) - 70);
    assert_eq!(views("filter=page:contains:/P/01"), of(&|page| page / 10 == 1));
    assert_eq!(views("filter=page:starts_with:/p/2"), of(&|page| page / 100 == 2));
    assert_eq!(
        views("filter=page:starts_with:/p/2&filter=page:contains:1"),
        of(&|page| page / 100 == 2 && page.to_string().contains('1'))
    );
    assert_eq!(views("filter=page:contains:%25"), 0, "% is a letter as any other");
    // A crossing of a closed day: exact, whichever of the two is asked for.
    let about = format!("sites/{HOST}/breakdown/source?period={RICH}&filter=page:is:/");
    let crossed = exact(&service, &cookie, &about);
    assert_eq!((rows(&crossed).len(), &crossed["rows"][0]["views"]), (1, &json!(50)));
    let source = crossed["rows"][0]["source"].as_str().unwrap();
    let about = format!("sites/{HOST}/breakdown/page?period={RICH}&filter=source:is:{source}");
    let crossed = exact(&service, &cookie, &about);
    assert_eq!(rows(&crossed).len(), 3 + 1, "{crossed}");
    // For everybody two breakdowns are crossed by whole months.
    let refused = problem(&service.get(&format!("/api/v1/{about}"), &[]), 400);
    assert!(refused.contains("2026-11"), "{refused}");
    let about = "breakdown/page?period=2026-10&limit=1000&filter=source:is::direct";
    let public = service.json(&path_of(about));
    assert!(rows(&public).len() > 1, "{public}");
    assert!(
        column(&public, "views")
            .iter()
            .all(|views| views.is_null() || [30, 40, 50].iter().any(|one| *views == one)),
        "{public}"
    );
    let chosen =
        service.json(&path_of(&format!("totals?period={RICH}&metrics=visits,bounce_rate,views")));
    assert_eq!(
        chosen["rows"][0],
        // A rate of so few visits would tell of the bounces what their rounding hides.
        json!({
            "visits": 40, "bounce_rate": null, "views": 130, "method": "beacon",
            "obs_status": "A", "conf_status": "F",
            "cells": { "released": 1, "withheld": 0, "not_collected": 0 },
        })
    );
}

#[test]
fn lines_come_in_the_order_that_is_asked_for() {
    let (_folder, _data, service) = audience();
    let cookie = service.sign_in();
    let pages = |sort: &str| -> Vec<String> {
        let about = format!("sites/{HOST}/breakdown/page?period={RICH}{sort}");
        let json = exact(&service, &cookie, &about);
        column(&json, "page").iter().map(|page| page.as_str().unwrap().to_owned()).collect()
    };
    let [home, missing, search, services] = ["/", "/nulle-part", "/recherche", "/services/"];
    assert_eq!(pages(""), [home, search, services, missing]);
    assert_eq!(pages("&sort=value"), [home, missing, search, services]);
    assert_eq!(pages("&sort=-value"), [services, search, missing, home]);
    assert_eq!(pages("&sort=-events"), [services, missing, home, search]);
    assert_eq!(pages("&sort=views"), [missing, search, services, home]);
    assert_eq!(pages("&sort=-reading_seconds"), [services, home, missing, search]);
    // Without an order, the first metric that is shown makes it.
    assert_eq!(pages("&metrics=events"), [services, missing, home, search]);
    let answer = service.get(&path_of("breakdown/page?metrics=events&sort=-views"), &[]);
    assert!(problem(&answer, 400).contains("add views to metrics"));
}

#[test]
fn a_period_is_set_beside_another() {
    let (_folder, _data, service) = audience();
    let cookie = service.sign_in();
    let day = |back: &str, visitors: u32| -> Vec<String> {
        (0..visitors)
            .map(|visitor| crate::logs::view(back.parse().unwrap(), visitor, "/"))
            .collect()
    };
    for (date, visitors) in
        [("2025-11-02", 23), ("2025-11-03", 21), ("2026-10-26", 32), ("2026-06-15", 43)]
    {
        service.import(HOST, &day(date, visitors), false);
    }
    for (compare, first, visitors) in [
        ("previous", "2026-10-26", json!(32)),
        ("year", "2025-11-03", json!(21)),
        ("2026-06-15", "2026-06-15", json!(43)),
        ("2026-06-14..2026-06-16", "2026-06-14", json!(43)),
    ] {
        let question = format!("period={RICH}&compare={compare}");
        let totals = exact(&service, &cookie, &format!("sites/{HOST}/totals?{question}"));
        assert_eq!(totals["compared"]["first"], first, "{compare}");
        assert_eq!(totals["rows"][0]["visitors"], 40);
        assert_eq!(totals["rows"][0]["compared"]["visitors"], visitors, "{compare}");
        let pages = exact(&service, &cookie, &format!("sites/{HOST}/breakdown/page?{question}"));
        assert_eq!(pages["rows"][0]["compared"]["visitors"], visitors, "{compare}");
        // Three days are not as many as one: they are shown, and nothing is compared.
        let days = if compare.contains("..") { 0 } else { 1 };
        assert_eq!(totals["compared"]["days"], days, "{compare}");
        assert_eq!(totals["rows"][0]["compared_days"], days, "{compare}");
        let comparable = &totals["rows"][0]["comparable"]["visitors"];
        assert_eq!(*comparable, if days > 0 { json!(40) } else { json!(null) }, "{compare}");
        let other = &pages["rows"][1]["compared"]["visitors"];
        assert_eq!(*other, if days > 0 { json!(0) } else { json!(null) }, "{pages}");
        let about = format!("/admin/api/v1/sites/{HOST}/totals.csv?{question}");
        let csv = service.get(&about, &[("cookie", &cookie)]).body;
        assert!(csv.contains(",compared_visitors,"), "{csv}");
    }
    let about = "timeseries?from=2026-11-01&to=2026-11-02&compare=2025-11-01..2025-11-02";
    let series = exact(&service, &cookie, &format!("sites/{HOST}/{about}"));
    assert!(series["rows"][0].get("compared").is_none());
    assert_eq!(series["rows"][1]["compared"]["visitors"], 23);
}

#[test]
fn every_wrong_question_is_told_its_cure() {
    let (_folder, _data, service) = audience();
    for (about, status, says) in [
        ("totals?days=3", 400, "there are period, from, to"),
        ("totals?period=7d&period=30d", 400, "twice"),
        ("totals?period=7d&from=2026-10-01", 400, "not both"),
        ("totals?period=lately", 400, "2026-11-22"),
        ("totals?from=2026-13-01", 400, "2026-11-22"),
        ("totals?from=2026-10-02&to=2026-10-01", 400, "order of time"),
        ("totals?metrics=hits", 400, "views, visitors"),
        ("totals?compare=before", 400, "previous, year"),
        ("totals?filter=page", 400, "page:is:/contact"),
        ("totals?filter=page:like:/a", 400, "starts_with"),
        ("totals?filter=city:is:Paris", 400, "/api/v1/dimensions"),
        ("timeseries?interval=minute", 400, "hour, day, week"),
        ("timeseries?interval=hour&period=all&to=2026-11-02", 400, "not both"),
        ("timeseries?interval=hour&from=2026-01-01", 400, "at most 92 days"),
        ("breakdown/page?sort=up", 400, "largest first"),
        ("breakdown/page?limit=0", 400, "1 to 10000"),
        ("breakdown/page?limit=10001", 400, "1 to 10000"),
        ("breakdown/page?page=-1", 400, "whole number"),
        ("breakdown/city", 404, "/api/v1/dimensions"),
        ("breakdown/property", 400, "signed-in staff"),
        ("funnels", 404, "nothing at this address"),
    ] {
        let detail = problem(&service.get(&path_of(about), &[]), status);
        assert!(detail.contains(says), "{about}: {detail}");
    }
    for (path, says) in [
        ("/api/v1/sites/www.nobody.fr/totals", "/api/v1/sites"),
        ("/api/v1/organisations/nobody/totals", "/api/v1/organisations"),
    ] {
        assert!(problem(&service.get(path, &[]), 404).contains(says), "{path}");
    }
}

#[test]
fn what_has_no_exact_answer_is_refused_with_the_reason() {
    let (_folder, _data, service) = audience();
    assert_eq!(service.view("192.0.2.1", "https://www.example.fr/", "today"), 202);
    crate::service::wait_until("today has a view", || service.day("2026-11-03").0 == 1);
    let cookie = service.sign_in();
    for (about, says) in [
        ("breakdown/country?filter=page:is:/&filter=device:is:desktop", "at most two dimensions"),
        ("breakdown/screen?filter=page:is:/", "not kept together"),
        ("breakdown/country?filter=page:is:/&to=2026-11-03&from=2026-11-02", "to=2026-11-02"),
        ("totals?filter=page:is:/|/services/&metrics=visitors", "counted twice"),
        ("totals?filter=section:is:/services/|/&period=2026-11-02", "ask for each value"),
    ] {
        let path = format!("/admin/api/v1/sites/{HOST}/{about}");
        let answer = service.get(&path, &[("cookie", &cookie)]);
        assert_eq!(answer.status, 400, "{about}: {}", answer.body);
        assert!(answer.body.contains(says), "{about}: {}", answer.body);
        problem(&service.get(&path_of(about), &[]), 400);
    }
    let several =
        service.json(&path_of(&format!("totals?filter=page:is:/|/services/&period={RICH}")));
    let left_out = several["left_out"].as_array().unwrap();
    assert!(left_out.iter().any(|one| one["name"] == "visitors"), "{several}");
    assert!(several["rows"][0].get("visitors").is_none());
    let over_time = problem(&service.get(&path_of("timeseries?filter=page:contains:a"), &[]), 400);
    assert!(over_time.contains("one value at a time"), "{over_time}");
}

#[test]
fn staff_reads_what_was_not_counted_by_reason() {
    let (_folder, _data, service) = audience();
    problem_without_cors(&service, &format!("/admin/api/v1/sites/{HOST}/dropped"));
    problem_without_cors(&service, &format!("/api/v1/sites/{HOST}/dropped"));
    let cookie = service.sign_in();
    let about = format!("sites/{HOST}/dropped?period=today");
    let before = exact(&service, &cookie, &about);
    assert_eq!(before["dropped"]["monitor"], Value::Null);
    let body = format!(r#"{{"n":"pageview","u":"https://{HOST}/"}}"#);
    for _ in 0..3 {
        let probe = [("user-agent", "Pingdom.com_bot_version_1.4")];
        assert_eq!(service.post("/api/event", &probe, &body).status, 202);
    }
    crate::service::wait_until("the three probes are told", || {
        exact(&service, &cookie, &about)["dropped"]["monitor"] == 3
    });
}
