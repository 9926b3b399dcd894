//! What several sites have together where some of them have gaps: a gap of one site is no zero in
//! the sum, and a line of the sum is missing only where no site was measured (row 34).

use jiff::civil::{Date, date};
use parvis::app::{self, SiteOptions};
use serde_json::{Value, json};

use crate::clocked::{Clocked, folder_with_sites, moment};
use crate::logs::view;
use crate::service::wait_until;

const SITES: [&str; 3] = ["www.north.example", "www.south.example", "www.west.example"];

/// How many readers the log of each site has on days of November; on all others nobody measured.
const READERS: [(usize, &[(i8, u32)]); 3] =
    [(0, &[(20, 40), (21, 40), (23, 40)]), (1, &[(20, 30), (23, 30)]), (2, &[(23, 20)])];

/// The days that are asked about, with the views of all sites together, the sites measured, and
/// those that have a gap: before its first day, a site has none.
const DAYS: [(i8, Option<u64>, u64, u64); 6] = [
    (19, None, 0, 0),
    (20, Some(70), 2, 0),
    (21, Some(40), 1, 1),
    (22, None, 0, 2),
    (23, Some(90), 3, 0),
    (24, None, 0, 3),
];

/// Three sites of a town that were counted from their logs on some days, long after these.
fn town() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[]);
    app::set_organisation(&data, "town", "Town", None, None).unwrap();
    app::set_organisation(&data, "quarter", "Quarter", None, Some("town")).unwrap();
    let added = moment("2026-11-28T08:00:00Z");
    for (host, slug) in SITES.into_iter().zip(["town", "town", "quarter"]) {
        let options = SiteOptions { organisation: Some(slug.to_owned()), ..SiteOptions::default() };
        app::add_site(&data, host, "Europe/Paris", options, added).unwrap();
    }
    let service = Clocked::start(data, "2026-11-28T09:00:00Z");
    for (site, days) in READERS {
        for (day, readers) in days {
            let day = date(2026, 11, *day);
            let page = format!("/{site}");
            let lines: Vec<_> = (0..*readers).map(|reader| view(day, reader, &page)).collect();
            service.import(SITES[site], &lines, false);
        }
    }
    service.publish("organisation:town", "2026-11-23");
    service.publish("all", "2026-11-23");
    (folder, service)
}

fn iso(day: i8) -> String {
    date(2026, 11, day).to_string()
}

/// The lines of an answer about the town, for everybody and for staff.
fn answers(service: &Clocked, question: &str) -> [Value; 2] {
    let cookie = service.sign_in();
    ["/api/v1", "/admin/api/v1"].map(|base| {
        let path = format!("{base}/organisations/town/{question}");
        let answer = service.get(&path, &[("cookie", &cookie)]);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    })
}

/// The columns of a text of lines, without its heads.
fn columns(text: &str, wanted: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let place = |name: &&str| heads.iter().position(|head| head == *name).unwrap();
    let places: Vec<usize> = wanted.iter().map(place).collect();
    let cells = |line: csv::StringRecord| places.iter().map(|at| line[*at].to_owned()).collect();
    reader.records().map(|line| cells(line.unwrap())).collect()
}

#[test]
fn row_34_a_sum_over_sites_has_a_gap_only_where_no_site_was_measured() {
    let (_folder, service) = town();
    let asked = "timeseries?from=2026-11-19&to=2026-11-24&metrics=views,visitors";
    for answer in answers(&service, asked) {
        let rows = answer["rows"].as_array().unwrap();
        for (day, views, sites, gaps) in DAYS {
            let row = rows.iter().find(|row| row["period"] == iso(day));
            // Before the first day of any site there is no line.
            let Some(row) = row else {
                assert_eq!(day, 19, "{answer}");
                continue;
            };
            assert_eq!((&row["views"], &row["visitors"]), (&json!(views), &json!(views)), "{day}");
            let code = if views.is_some() { "A" } else { "L" };
            assert_eq!(row["obs_status"], code, "{day}: {answer}");
            // How many sites a sum is of is said beside it, and how many were not measured.
            let cells = &row["cells"];
            if !cells.is_null() {
                assert_eq!(cells["released"], sites, "{day}: {answer}");
                assert_eq!(cells["not_collected"], gaps, "{day}: {answer}");
            }
        }
        assert_eq!(answer["days"], json!({ "begun": 18, "collected": 6 }), "{answer}");
        assert_eq!(rows.last().unwrap()["period"], iso(24), "{answer}");
    }
    // Over all days, over a gap of one site, and over a gap of all.
    for (from, to, views, code) in [
        (20, 24, Some(200), "A"),
        (21, 22, Some(40), "A"),
        (22, 22, None, "L"),
        (24, 27, None, "L"),
    ] {
        let asked = format!("totals?from={}&to={}&metrics=views", iso(from), iso(to));
        for answer in answers(&service, &asked) {
            let row = &answer["rows"][0];
            assert_eq!(
                (&row["views"], &row["obs_status"]),
                (&json!(views), &json!(code)),
                "{asked}"
            );
        }
    }
    // No log says how long a page was read: that is no sum of nothing.
    for answer in answers(&service, "totals?from=2026-11-20&to=2026-11-23&metrics=reading_seconds")
    {
        assert_eq!(answer["rows"][0]["reading_seconds"], Value::Null);
        assert_eq!(answer["not_collected"], json!(["reading_seconds"]));
    }
}

#[test]
fn row_34_the_values_of_a_sum_are_those_of_the_sites_that_were_measured() {
    let (_folder, service) = town();
    let values = |answer: &Value, name: &str| -> Vec<(String, Value)> {
        let rows = answer["rows"].as_array().unwrap().iter();
        rows.map(|row| (row[name].as_str().unwrap().to_owned(), row["views"].clone())).collect()
    };
    let named = |list: &[(&str, Value)]| -> Vec<(String, Value)> {
        list.iter().map(|(value, views)| ((*value).to_owned(), views.clone())).collect()
    };
    let day = |breakdown: &str, day: i8| {
        let day = iso(day);
        format!("breakdown/{breakdown}?from={day}&to={day}&metrics=views&sort=-views")
    };
    for answer in answers(&service, &day("page", 21)) {
        assert_eq!(values(&answer, "page"), named(&[("www.north.example/0", json!(40))]));
    }
    for answer in answers(&service, &day("browser", 20)) {
        assert_eq!(values(&answer, "browser"), named(&[("Firefox", json!(70))]));
    }
    let nothing = named(&[(":not_collected", Value::Null)]);
    for (breakdown, of) in [("browser", 22), ("language", 20), ("page", 22)] {
        for answer in answers(&service, &day(breakdown, of)) {
            assert_eq!(values(&answer, breakdown), nothing, "{breakdown}");
        }
    }
    // A page that one site has: what the others have of it is nothing, and their gaps stay gaps.
    let asked = "timeseries?from=2026-11-20&to=2026-11-23&metrics=views&filter=page:is:/0";
    for answer in answers(&service, asked) {
        let rows = answer["rows"].as_array().unwrap().iter();
        let said: Vec<_> =
            rows.map(|row| (&row["views"], row["obs_status"].as_str().unwrap())).collect();
        let (some, none) = (json!(40), Value::Null);
        assert_eq!(said, [(&some, "A"), (&some, "A"), (&none, "L"), (&some, "A")], "{answer}");
    }
}

#[test]
fn row_34_the_files_of_several_sites_have_no_zero_of_a_gap() {
    let (_folder, service) = town();
    let expected = |day: Date| -> Vec<[String; 3]> {
        let line = |(site, days): &(usize, &[(i8, u32)])| {
            let found = days.iter().find(|(of, _)| date(2026, 11, *of) == day);
            // Before its first day a site has no line.
            let begins = days.iter().any(|(of, _)| date(2026, 11, *of) <= day);
            let (views, code) =
                found.map_or((String::new(), "L"), |(_, count)| (count.to_string(), "A"));
            begins.then(|| [SITES[*site].to_owned(), views, code.to_owned()])
        };
        READERS.iter().filter_map(line).collect()
    };
    for folder in ["organisations/town", "all"] {
        let file = service.get(&format!("/data/{folder}/traffic/2026-11.csv"), &[]);
        assert_eq!(file.status, 200, "{folder}: {}", file.body);
        let lines = columns(&file.body, &["site", "period", "views", "obs_status"]);
        for day in [20, 21, 22, 23, 24] {
            let of_day = lines.iter().filter(|line| line[1] == iso(day));
            let mut of_day: Vec<_> =
                of_day.map(|line| [0, 2, 3].map(|at| line[at].clone())).collect();
            of_day.sort();
            assert_eq!(of_day, expected(date(2026, 11, day)), "{folder} {day}");
        }
        assert!(lines.iter().all(|line| line[2] != "0"), "{folder}: {lines:?}");
    }
    // The names of analytics.usa.gov have room for no gap: such a day has no line, and a sum of the
    // sites that were measured is the sum of the others' figures.
    for agency in ["live", "town"] {
        let path = format!("/data/compat/usa/{agency}/daily-sessions-30-days.csv");
        let file = service.get(&path, &[]);
        let lines = columns(&file.body, &["date", "visits"]);
        let days =
            DAYS.iter().filter_map(|(day, visits, ..)| Some([iso(*day), (*visits)?.to_string()]));
        assert_eq!(lines, days.collect::<Vec<_>>(), "{agency}");
    }
}

#[test]
fn row_34_a_site_by_tag_and_one_by_log_add_up_to_what_each_of_them_measures() {
    let (_folder, service) = town();
    let page = "https://www.west.example/2";
    for reader in 0..20 {
        let address = format!("198.18.{reader}.7");
        assert_eq!(service.view(&address, page, &address), 202);
        let body = format!(r#"{{"n":"time","u":"{page}","p":{{"seconds":30}}}}"#);
        assert_eq!(service.send(&address, &body), 202);
    }
    wait_until("they are counted", || service.day("2026-11-28").0 == 20);
    service.at("2026-11-30T09:00:00Z");
    service.publish(SITES[2], "2026-11-28");
    let lines: Vec<_> = (0..30).map(|reader| view(date(2026, 11, 28), reader, "/1")).collect();
    service.import(SITES[1], &lines, false);
    service.publish("organisation:town", "2026-11-28");
    wait_until("both sites are in the sum", || {
        let [public, _] = answers(&service, "totals?period=2026-11-28&metrics=views");
        public["rows"][0]["views"] == 50
    });
    for answer in answers(&service, "totals?period=2026-11-28&metrics=views,reading_seconds") {
        let row = &answer["rows"][0];
        assert_eq!(row["views"], 50, "{answer}");
        assert_eq!(answer["partly_collected"], json!(["reading_seconds"]), "{answer}");
    }
}
