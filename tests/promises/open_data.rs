//! Promise 3, first version, and the files: who is few is withheld, and page and file say the same.

use crate::service::{FIREFOX, Service, folder_with_site, views_counted, wait_until};

/// Thirty visitors read `/known`, three of them `/few`.
fn with_readers() -> (tempfile::TempDir, Service) {
    let (folder, data) = folder_with_site();
    let service = Service::start(&data);
    for number in 0..30 {
        let address = format!("198.18.{number}.7");
        let page = "https://www.example.fr/known";
        assert_eq!(service.view(&address, page, &format!("k{number}")).status, 202);
    }
    for number in 0..3 {
        let address = format!("198.18.{number}.7");
        let page = "https://www.example.fr/few";
        assert_eq!(service.view(&address, page, &format!("f{number}")).status, 202);
    }
    wait_until("all are counted", || views_counted(&data) == 33);
    (folder, service)
}

/// The local day in Paris, as the files name it.
fn today() -> String {
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
    jiff::Timestamp::now().to_zoned_datetime(zone).date().to_string()
}

#[test]
fn the_pages_of_a_first_day_have_no_names_before_they_are_published() {
    let (_folder, service) = with_readers();
    let day = today();
    for period in [day.as_str(), &day[..7], &day[..4]] {
        let file = service.get(&format!("/data/www.example.fr/pages/{period}.csv"), &[]);
        let expected = format!(
            "site,period,page,views,visitors,visits,bounces,events,visit_seconds,\
             method,rule,obs_status,conf_status\r\n\
             www.example.fr,{period},:withheld,,,,,,,beacon,release-3,Q,A\r\n"
        );
        assert_eq!(file.body, expected);
        assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        assert_eq!(file.header("access-control-allow-origin"), Some("*"));
    }
    // The site's own figures are there: 33 views of 30 visitors.
    let totals = service.get("/api/v1/sites/www.example.fr/totals?period=today", &[]).body;
    let totals: serde_json::Value = serde_json::from_str(&totals).unwrap();
    let row = &totals["rows"][0];
    assert!(row["views"] == 30 || row["views"] == 40, "{totals}");
    assert_eq!((&row["visitors"], &row["obs_status"]), (&30.into(), &"P".into()), "{totals}");
    let page = service.get("/sites/www.example.fr", &[]);
    assert!(!page.body.contains("/known") && !page.body.contains("/few"), "{}", page.body);
}

#[test]
fn json_says_the_same_as_csv() {
    let (_folder, service) = with_readers();
    let day = today();
    for dataset in ["pages", "traffic"] {
        let name = format!("/data/www.example.fr/{dataset}/{day}");
        let csv = service.get(&format!("{name}.csv"), &[]).body;
        let json = service.get(&format!("{name}.json"), &[]);
        assert_eq!(json.header("content-type"), Some("application/json"));
        let json: serde_json::Value = serde_json::from_str(&json.body).unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let names = reader.headers().unwrap().clone();
        let rows = json["rows"].as_array().unwrap();
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), rows.len());
        for (record, row) in records.iter().zip(rows) {
            for (name, cell) in names.iter().zip(record.iter()) {
                // What is the same of all lines stands once.
                let value = row.get(name).or_else(|| json.get(name));
                let value = value.unwrap_or_else(|| panic!("{dataset} {name}: {json}"));
                let text = match value {
                    serde_json::Value::Null => String::new(),
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                assert_eq!(text, cell, "{dataset} {name}");
            }
        }
        assert_eq!(json["provisional"], true);
        assert_eq!(json["time_zone"], "Europe/Paris");
    }
}

#[test]
fn an_unchanged_file_is_not_sent_again() {
    let (_folder, service) = with_readers();
    let path = format!("/data/www.example.fr/pages/{}.csv", today());
    let first = service.get(&path, &[]);
    let tag = first.header("etag").unwrap();
    assert!(tag.starts_with('"'), "a strong tag: {tag}");
    let again = service.get(&path, &[("if-none-match", tag)]);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(again.header("etag"), Some(tag));
    let other = service.get(&path, &[("if-none-match", "\"other\"")]);
    assert_eq!((other.status, other.body), (200, first.body));
}

#[test]
fn what_is_not_there_is_a_problem_that_says_what_is() {
    let (_folder, service) = with_readers();
    for (path, status, says) in [
        ("/data/www.nobody.fr/pages/2026.csv", 404, "No such site"),
        ("/data/www.example.fr/weather/2026.csv", 404, "traffic, pages"),
        ("/data/www.example.fr/pages/2026.ods", 404, "csv, json"),
        ("/data/www.example.fr/pages/yesterday.csv", 400, "2026-11-22"),
        ("/data/www.example.fr/pages/2099.csv", 404, "not begun"),
    ] {
        let answer = service.get(path, &[]);
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains(says), "{}", answer.body);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    }
}

#[test]
fn the_tracker_has_a_versioned_address_that_never_changes() {
    let (_folder, service) = with_readers();
    let link = service.first_link.clone().unwrap();
    let token = link.split_once("token=").unwrap().1;
    let form = format!("token={token}&login=admin&password=a-long-password");
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let signed_in = service.post("/admin/first", &headers, form.as_bytes());
    assert_eq!(signed_in.status, 303);
    let cookie = signed_in.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let page = service.get("/admin", &[("cookie", &cookie), ("user-agent", FIREFOX)]).body;
    let start = page.find("/t-").unwrap();
    let address = &page[start..start + "/t-1a2b3c4d5e6f.js".len()];
    let versioned = service.get(address, &[]);
    assert_eq!(versioned.status, 200);
    assert!(versioned.header("cache-control").unwrap().contains("immutable"));
    assert_eq!(versioned.body, service.get("/t.js", &[]).body);
    assert_eq!(service.get("/t-000000000000.js", &[]).status, 404);
    // The link is good for one time.
    assert_eq!(service.get(&link, &[]).status, 404);
    assert_eq!(service.post("/admin/first", &headers, form.as_bytes()).status, 404);
}
