//! Promise 2: a marked visitor passes through every route, and is nowhere afterwards.

use std::path::Path;

use crate::service::{Service, folder_with_site, log_of, wait_until};

/// An address like no other, and how it may be written.
const ADDRESS: &str = "203.113.77.199";
const ADDRESS_SIX: &str = "2001:db8:5eed:cafe:1122:3344:5566:7788";

/// An agent like no other.
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0 \
    QuasarZebraMark";

/// Personal things that pages leak into their addresses.
const MAIL: &str = "marked.person@mail.example";
const QUERY: &str = "token=QuerySecretMark";

fn marks() -> Vec<Vec<u8>> {
    let six: std::net::Ipv6Addr = ADDRESS_SIX.parse().unwrap();
    let four: std::net::Ipv4Addr = ADDRESS.parse().unwrap();
    vec![
        ADDRESS.into(),
        four.octets().to_vec(),
        ADDRESS_SIX.into(),
        b"2001:db8:5eed:cafe".to_vec(),
        six.octets()[..8].to_vec(),
        b"QuasarZebraMark".to_vec(),
        b"marked.person".to_vec(),
        b"QuerySecretMark".to_vec(),
        b"PathTokenMark1a2B3c4D5e".to_vec(),
        b"ReferrerPathMark".to_vec(),
        b"PropertyMark".to_vec(),
    ]
}

/// Every route, good and bad, as this visitor.
fn pass_everywhere(service: &Service, address: &str) -> Vec<String> {
    let page = format!("https://www.example.fr/u/{MAIL}/PathTokenMark1a2B3c4D5e?{QUERY}#x");
    let referrer = format!("https://www.other.fr/ReferrerPathMark?{QUERY}");
    let document = format!("https://www.example.fr/guide.pdf?{QUERY}");
    let bodies = [
        format!(r#"{{"n":"pageview","u":"{page}","r":"{referrer}","k":"marked-{address}"}}"#),
        format!(r#"{{"n":"download","u":"{page}","p":{{"url":"{document}"}}}}"#),
        format!(r#"{{"n":"feature","u":"{page}","p":{{"who":"PropertyMark"}}}}"#),
        format!(r#"{{"n":"time","u":"{page}","p":{{"seconds":3}}}}"#),
        format!(r#"{{"n":"pageview","u":"https://unknown.fr/{MAIL}"}}"#),
        format!(r#"{{"n":"pageview","u":"{page}","p":["PropertyMark"#),
        format!(r#"{{"n":"{}","u":"{page}"}}"#, "PropertyMark".repeat(40)),
        "PropertyMark".repeat(1_000),
    ];
    let headers = [("user-agent", AGENT), ("x-forwarded-for", address), ("referer", &page)];
    let mut said = Vec::new();
    let mut keep = |answer: crate::service::Answer| {
        said.push(format!("{:?}\n{}", answer.headers, answer.body));
    };
    for body in &bodies {
        keep(service.post("/api/event", &headers, body.as_bytes()));
    }
    for path in [
        "/p.gif?d=www.example.fr",
        "/p.gif",
        "/",
        "/sites/www.example.fr",
        "/t.js",
        "/opt-out.js",
        "/privacy",
        "/privacy/assessment.json",
        "/methodology",
        "/accessibility",
        "/api",
        "/healthz",
        "/readyz",
        "/admin",
        "/admin/sign-in",
        "/admin/live",
        "/admin/live/events?site=www.example.fr",
        "/data/www.example.fr/pages/2026.csv",
        "/data/www.example.fr/traffic/2026.json",
        "/data/www.example.fr/pages/2099.csv",
        "/no/such/page",
        "/assets/style.css",
        "/demo/",
        "/admin/first?token=wrong",
    ] {
        keep(service.get(path, &headers));
    }
    let form = [headers[0], headers[1], ("content-type", "application/x-www-form-urlencoded")];
    keep(service.post("/admin/sign-in", &form, b"login=PropertyMark&password=QuerySecretMark"));
    keep(service.post("/privacy/opt-out", &form, b"choice=out"));
    said
}

/// Looks for marks in a file, or in every file of a folder.
pub fn search(what: &Path, marks: &[Vec<u8>], found: &mut Vec<String>) {
    if what.is_dir() {
        for entry in what.read_dir().unwrap() {
            search(&entry.unwrap().path(), marks, found);
        }
        return;
    }
    let bytes = std::fs::read(what).unwrap();
    for mark in marks {
        if contains(&bytes, mark) {
            found.push(format!("{}: {:?}", what.display(), String::from_utf8_lossy(mark)));
        }
    }
}

/// Does it hold these bytes?
pub fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}

#[test]
fn every_byte_is_searched_for_a_marked_visitor_and_nothing_is_found() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let mut said = pass_everywhere(&service, ADDRESS);
    said.extend(pass_everywhere(&service, ADDRESS_SIX));
    let store = data.join("store.sqlite");
    let events = "select coalesce(sum(views + events), 0) from count_day where dimension = 0";
    wait_until("the visitor was counted", || crate::service::query(&store, events) >= 6);
    let marks = marks();
    let mut found = Vec::new();
    // While it runs: journal, WAL, store, salts; and again after it has ended.
    search(&data, &marks, &mut found);
    assert!(service.stop().success());
    search(&data, &marks, &mut found);
    search(&log_of(&data), &marks, &mut found);
    for answer in &said {
        for mark in marks.iter().filter(|mark| contains(answer.as_bytes(), mark)) {
            found.push(format!("an answer: {:?}: {answer}", String::from_utf8_lossy(mark)));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_search_finds_a_mark_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deep").join("file");
    std::fs::create_dir(folder.path().join("deep")).unwrap();
    std::fs::write(&file, b"...QuasarZebraMark...").unwrap();
    let mut found = Vec::new();
    search(folder.path(), &marks(), &mut found);
    assert_eq!(found.len(), 1);
}
