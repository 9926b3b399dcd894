//! What a log cannot say is not collected: not 0, in no file, answer or page (row 34's kind).

use jiff::civil::date;
use serde_json::Value;

use crate::clocked::{Clocked, folder_with_sites};
use crate::field::gaps::days::{log_of, visitors};
use crate::service::wait_until;

const HOST: &str = "www.example.fr";
const PAGE: &str = "https://www.example.fr/";

/// A site that was counted from a log on 19 November, and by tag on the 20th, with reading times.
fn by_both() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-20T09:00:00Z");
    visitors(&service, PAGE, "view");
    for visitor in 21..=100 {
        let address = format!("198.18.{visitor}.7");
        assert_eq!(service.view(&address, PAGE, &address), 202);
    }
    for visitor in 1..=100 {
        let address = format!("198.18.{visitor}.7");
        let read = format!(r#"{{"n":"time","u":"{PAGE}","p":{{"seconds":30}}}}"#);
        assert_eq!(service.send(&address, &read), 202);
    }
    let read = "select coalesce(sum(reading_seconds), 0) from count_day where dimension = 0";
    wait_until("they are counted", || service.count(read) == 3_000);
    service.at("2026-11-22T09:00:00Z");
    service.import(HOST, &log_of(date(2026, 11, 19)), false);
    service.publish(HOST, "2026-11-20");
    (folder, service)
}

/// One column of each line of a file, by its period or first label.
fn column(service: &Clocked, name: &str, about: &str, wanted: &str) -> Vec<(String, String)> {
    let file = service.get(&format!("/data/{HOST}/{name}"), &[]);
    assert_eq!(file.status, 200, "{name}: {}", file.body);
    let mut reader = csv::Reader::from_reader(file.body.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let place = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let places = [place(about), place(wanted)];
    let lines = reader.records().map(Result::unwrap);
    lines.map(|line| (line[places[0]].to_owned(), line[places[1]].to_owned())).collect()
}

fn of(lines: &[(String, String)], label: &str) -> String {
    lines.iter().find(|line| line.0 == label).unwrap().1.clone()
}

#[test]
fn reading_time_of_a_log_is_empty_in_files_and_null_in_answers() {
    let (_folder, mut service) = by_both();
    let check = |service: &Clocked| {
        let days = column(service, "traffic/2026-11.csv", "period", "visit_seconds");
        assert_eq!((of(&days, "2026-11-19"), of(&days, "2026-11-20")), ("".into(), "30".into()));
        let pages = column(service, "pages/2026-11-19.csv", "page", "visit_seconds");
        assert_eq!(of(&pages, "/"), "");
        let pages = column(service, "pages/2026-11-20.csv", "page", "visit_seconds");
        assert_eq!(of(&pages, "/"), "30");
        // An average over days of which one has no reading time would be no average.
        let pages = column(service, "pages/2026-11.csv", "page", "visit_seconds");
        assert_eq!(of(&pages, "/"), "");
        let totals = |period: &str| service.json(&format!("/api/v1/sites/{HOST}/totals?{period}"));
        let log = totals("period=2026-11-19");
        let row = &log["rows"][0];
        assert_eq!((&row["views"], &row["reading_seconds"]), (&20.into(), &Value::Null));
        assert_eq!(row["visit_seconds"], Value::Null);
        assert_eq!(log["not_collected"], serde_json::json!(["reading_seconds", "visit_seconds"]));
        let tag = totals("period=2026-11-20");
        assert_eq!(tag["rows"][0]["visit_seconds"], 30.0);
        assert_eq!(tag["rows"][0]["reading_seconds"], Value::Null, "published as a mean alone");
        assert_eq!(tag["not_collected"], serde_json::json!([]));
        let both = totals("from=2026-11-19&to=2026-11-20");
        let row = &both["rows"][0];
        assert_eq!((&row["views"], &row["reading_seconds"]), (&120.into(), &Value::Null));
        // An average over days of which one has no reading time would be no average.
        assert_eq!(row["visit_seconds"], Value::Null);
        assert_eq!(both["not_collected"], serde_json::json!(["visit_seconds"]));
        assert_eq!(both["partly_collected"], serde_json::json!(["reading_seconds"]));
    };
    check(&service);
    service.at("2026-12-02T09:00:00Z");
    service.publish(HOST, "2026-11");
    check(&service);
    service.restart();
    check(&service);
}

#[test]
fn a_breakdown_that_a_log_has_not_is_one_line_that_says_so() {
    let (_folder, service) = by_both();
    for (dataset, dimension) in
        [("screens", "screen"), ("languages", "language"), ("outlinks", "outlink")]
    {
        let lines = column(&service, &format!("{dataset}/2026-11-19.csv"), dimension, "obs_status");
        assert_eq!(lines, [(":not_collected".to_owned(), "L".to_owned())], "{dataset}");
        let path = format!("/api/v1/sites/{HOST}/breakdown/{dimension}?period=2026-11-19");
        let answer = service.json(&path);
        assert_eq!(answer["rows"][0][dimension], ":not_collected", "{answer}");
        assert_eq!(answer["rows_total"], 1);
    }
    // Of both days together there are the languages of the one that says them.
    let path = format!("/api/v1/sites/{HOST}/breakdown/language?from=2026-11-19&to=2026-11-20");
    let answer = service.json(&path);
    let rows = answer["rows"].as_array().unwrap();
    let named: Vec<_> = rows.iter().map(|row| (&row["language"], &row["views"])).collect();
    assert_eq!(named, [(&"fr".into(), &100.into()), (&":not_collected".into(), &Value::Null)]);
    // What a log says, it says.
    let browsers = column(&service, "browsers/2026-11-19.csv", "browser", "views");
    assert_eq!(browsers, [("Firefox".to_owned(), "20".to_owned())]);
}

#[test]
fn staff_and_pages_say_what_is_not_measured() {
    let (_folder, service) = by_both();
    let cookie = service.sign_in();
    let path = format!("/admin/api/v1/sites/{HOST}/timeseries?from=2026-11-19&to=2026-11-20");
    let answer: Value =
        serde_json::from_str(&service.get(&path, &[("cookie", &cookie)]).body).unwrap();
    let seconds: Vec<_> = answer["rows"].as_array().unwrap().iter().collect();
    assert_eq!(seconds[0]["reading_seconds"], Value::Null);
    assert_eq!(seconds[1]["reading_seconds"], 3_000);
    for (page, said) in [
        (format!("/en/sites/{HOST}?period=2026-11-19"), "not measured"),
        (format!("/fr/sites/{HOST}?period=2026-11-19"), "non mesuré"),
    ] {
        let body = service.get(&page, &[]).body;
        assert!(body.contains(said), "{page}: {body}");
    }
    let body = service.get(&format!("/en/sites/{HOST}?period=2026-11-20"), &[]).body;
    // Hours before the tag were not measured, and its curve says so; all figures of the day were.
    let cards = body.split("</dl>").find(|part| part.contains("class=\"cards\"")).unwrap();
    let cards = cards.split_once("class=\"cards\"").unwrap().1;
    assert!(cards.contains("<dd>100</dd>") && !cards.contains("not measured"), "{cards}");
    let methods = service.get("/data/methods.csv", &[]).body;
    let log = methods.lines().find(|line| line.starts_with("access_log,")).unwrap();
    assert!(log.contains("\"reading_seconds,visit_seconds,"), "{log}");
}
