//! The duties: the month for the Single Digital Gateway and the files of analytics.usa.gov say what
//! was released, and nothing more.

use jiff::civil::date;

use crate::audience::problem;
use crate::clocked::{Clocked, folder_with_sites};
use crate::service::run;
use parvis::app;
use serde_json::{Value, json};

const HOST: &str = "www.example.fr";

const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 \
    (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

const WINDOWS: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 \
    Firefox/144.0";

/// Networks of France, Greece and Germany, and one of no country.
const FRANCE: &str = "90.0";
const GREECE: &str = "79.128";
const GERMANY: &str = "91.0";
const NOWHERE: &str = "198.18";

/// A line of the last day of October.
fn line(address: &str, path: &str, agent: &str) -> String {
    let stamp = date(2026, 10, 31).strftime("%d/%b/%Y");
    format!(
        "{address} - - [{stamp}:10:00:00 +0100] \"GET {path} HTTP/1.1\" 200 512 \"-\" \"{agent}\"\n"
    )
}

/// 30 read /a from France at a desk, 20 from Greece on a telephone, 20 from nowhere at a desk, and
/// 10 from one network in Germany on a telephone.
fn readers() -> Vec<String> {
    let mut lines = Vec::new();
    let mut read = |visitors: u32, network: &str, path: &str, agent: &str| {
        lines.extend((0..visitors).map(|one| line(&format!("{network}.{one}.7"), path, agent)));
    };
    read(30, FRANCE, "/a", WINDOWS);
    read(20, GREECE, "/a", IPHONE);
    read(20, NOWHERE, "/a", WINDOWS);
    lines.extend((0..10).map(|one| line(&format!("{GERMANY}.0.{one}"), "/a", IPHONE)));
    lines
}

fn released() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-10-31T22:00:00Z");
    service.at("2026-11-01T09:00:00Z");
    service.import(HOST, &readers(), false);
    app::publish(&service.options.data, &service.machine).unwrap();
    (folder, service)
}

#[test]
fn the_month_of_the_gateway_is_pages_by_country_and_device() {
    let (folder, service) = released();
    let path = format!("/data/{HOST}/sdg/2026-10.json");
    let file = service.get(&path, &[]);
    let read: Value = serde_json::from_str(&file.body).unwrap();
    let statistic = |country: &str, device: &str, visits: u64| {
        json!({
            "nbVisits": visits,
            "originatingCountry": country,
            "deviceType": device,
        })
    };
    // Greece is EL there; Germans of one network are few; the country of the others is unknown.
    let statistics = [statistic("EL", "Smartphone", 20), statistic("FR", "PC", 30)];
    assert_eq!(
        read,
        json!({
            "referencePeriod": {
                "startDate": "2026-10-01T00:00:00Z",
                "endDate": "2026-10-31T23:59:59Z",
            },
            "transferDate": "2026-11-01T09:00:00Z",
            "transferType": "API",
            "nbEntries": 1,
            "sources": [{ "sourceUrl": format!("https://{HOST}/a"), "statistics": statistics }],
        })
    );
    let note = service.json(&format!("/data/{HOST}/sdg/2026-10-note.json"));
    let said = ["sources", "statistics", "visits", "unknown_country_visits", "visitors_min"];
    assert_eq!(said.map(|name| note[name].as_u64().unwrap()), [1, 2, 50, 20, 10]);
    assert!(note["withheld"].is_string() && !file.body.contains("DE"), "{note}");
    service.at("2027-02-01T09:00:00Z");
    assert_eq!(service.get(&path, &[]).body, file.body, "the bytes never change");
    the_command_says_the_same(&folder, &service, &file.body);
}

fn the_command_says_the_same(folder: &tempfile::TempDir, service: &Clocked, file: &str) {
    let words = ["sdg", "--site", HOST, "--period", "2026-10"];
    assert_eq!(run(&service.options.data, &words), (0, file.to_owned()));
    let pages = folder.path().join("pages");
    let of = |text: &str| {
        std::fs::write(&pages, text).unwrap();
        let of_file = ["--pages", pages.to_str().unwrap()];
        run(&service.options.data, &[&words[..], &of_file].concat())
    };
    let (code, said) = of(&format!("https://{HOST}/a\n/few\n"));
    assert!(code == 0 && said.contains("/few has no statistics"), "{said}");
    assert!(said.contains("\"nbEntries\": 1"), "{said}");
    assert!(of("/other\n").1.contains("\"nbEntries\": 0"));
    assert_eq!(of("https://www.other.fr/a\n").0, 2);
    let of = |period| run(&service.options.data, &["sdg", "--site", HOST, "--period", period]);
    assert!(of("2026-11").0 == 2 && of("2026-11").1.contains("not released yet"));
    assert!(of("2026").0 == 2 && of("2026").1.contains("no month"));
}

#[test]
fn a_month_that_goes_on_has_no_file_for_the_gateway() {
    let (_folder, service) = released();
    let get = |file: &str| service.get(&format!("/data/{HOST}/sdg/{file}"), &[]);
    for (file, status, says) in [
        ("2026-11.json", 404, "not final"),
        ("2026-11-note.json", 404, "not final"),
        ("2026.json", 400, "whole months"),
        ("lately.json", 400, "2026-11"),
        ("2026-10.csv", 404, "JSON alone"),
    ] {
        let said = problem(&get(file), status);
        assert!(said.contains(says), "{file}: {said}");
    }
    assert_eq!(service.get("/data/www.nobody.fr/sdg/2026-10.json", &[]).status, 404);
}

#[test]
fn country_and_device_are_public_together_with_a_page_alone() {
    let (_folder, service) = released();
    let path = format!("/api/v1/sites/{HOST}/breakdown/country_device?period=2026-10");
    let said = problem(&service.get(&path, &[]), 400);
    assert!(said.contains("filter=page:is:"), "{said}");
    let answer = service.json(&format!("{path}&filter=page:is:/a&metrics=visits"));
    let row = &answer["rows"][0];
    assert_eq!((&row["country"], &row["device"]), (&json!("FR"), &json!("desktop")), "{answer}");
    assert_eq!(row["visits"], 30);
}

#[test]
fn reports_have_the_names_and_fields_of_analytics_usa_gov() {
    let (_folder, service) = released();
    let get = |path: &str| service.get(&format!("/data/compat/usa/{path}"), &[]);
    let json = |path: &str| -> Value {
        let answer = get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    };
    let devices = json("live/devices-30-days.json");
    let row = |device: &str, users: &str| {
        json!({
            "yearMonth": "October 2026",
            "device": device,
            "activeUsers": users,
        })
    };
    assert_eq!(devices["data"], json!([row("desktop", "50"), row("mobile", "30")]), "{devices:#}");
    let by_device = json!({ "desktop": 50, "mobile": 30 });
    assert_eq!(devices["totals"], json!({ "activeUsers": 80, "by_device": by_device }));
    assert_eq!((&devices["name"], &devices["agency"]), (&json!("devices-30-days"), &Value::Null));
    assert_eq!(devices["query"]["dateRanges"][0]["startDate"], "30daysAgo");
    assert_eq!(devices["taken_at"], "2026-11-01T09:00:00.000Z");
    assert_eq!(
        get("live/devices-30-days.csv").body,
        "Month-Year,device,Active Users\r\nOctober 2026,desktop,50\r\nOctober 2026,mobile,30\r\n"
    );
    let own = |report: &str| get(&format!("{HOST}/{report}.csv")).body;
    assert_eq!(
        own("top-viewed-pages-yesterday"),
        format!("domain,pagePath,pageviews\r\n{HOST},/a,80\r\n")
    );
    assert_eq!(
        own("top-100000-domains-30-days"),
        format!("domain,pageviews,visits\r\n{HOST},80,80\r\n")
    );
    assert_eq!(own("daily-sessions-30-days"), "date,visits\r\n2026-10-31,80\r\n");
    assert_eq!(own("total-sessions-30-days"), "visits\r\n80\r\n");
    assert_eq!(own("top-domains-previous-year"), "domain,visits\r\n");
    assert_eq!(json(&format!("{HOST}/top-domains-current-fiscal-year.json"))["agency"], HOST);
    for (path, says) in [
        ("live/realtime.json", "devices-30-days"),
        ("live/devices-30-days.xml", ".csv"),
        ("nobody/devices-30-days.json", "live"),
    ] {
        let said = problem(&get(path), 404);
        assert!(said.contains(says), "{path}: {said}");
    }
}
