//! What a site decides about its own counting takes effect, and only what it lets in is kept.

use serde_json::Value;

use crate::marked::search;
use crate::service::{
    Answer, FIREFOX, Service, folder_with_site, program, query, run, views_counted, wait_until,
};

const HOST: &str = "www.example.fr";

/// A browser that sends fetch headers on secure pages.
const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
    Chrome/131.0.0.0 Safari/537.36";

fn set(data: &std::path::Path, words: &[&str]) {
    let (code, said) = run(data, &[&["site", "set", HOST], words].concat());
    assert_eq!(code, 0, "{said}");
}

fn store(data: &std::path::Path, sql: &str) -> i64 {
    query(&data.join("store.sqlite"), sql)
}

fn dropped(data: &std::path::Path, reason: &str) -> i64 {
    store(data, &format!("select coalesce(sum(hits), 0) from dropped where reason = '{reason}'"))
}

/// Sends a message as a visitor whose browser sends these headers, too.
fn send(service: &Service, address: &str, body: &str, headers: &[(&str, &str)]) -> Answer {
    let mut all = vec![("user-agent", FIREFOX), ("x-forwarded-for", address)];
    all.retain(|(name, _)| !headers.iter().any(|(other, _)| other == name));
    all.extend(headers);
    service.post("/api/event", &all, body.as_bytes())
}

fn view_of(page: &str) -> String {
    format!(r#"{{"n":"pageview","u":"https://www.example.fr{page}"}}"#)
}

/// A view of a campaign, from a search engine, and a feature with a property.
fn campaign(service: &Service, address: &str) {
    let page = "/?utm_source=UtmSourceMark&utm_medium=UtmMediumMark&utm_campaign=UtmNameMark\
                &utm_content=UtmContentMark&utm_term=UtmTermMark";
    let view = format!(
        r#"{{"n":"pageview","u":"https://www.example.fr{page}","r":"https://www.google.com/"}}"#
    );
    assert_eq!(send(service, address, &view, &[]).status, 202);
    for name in ["print", "UndeclaredMark"] {
        let feature = format!(
            r#"{{"n":"{name}","u":"https://www.example.fr/","p":{{"plan":"PropertyMark"}}}}"#
        );
        assert_eq!(send(service, address, &feature, &[]).status, 202);
    }
}

const MARKS: [&str; 7] = [
    "UtmSourceMark",
    "UtmMediumMark",
    "UtmNameMark",
    "UtmContentMark",
    "UtmTermMark",
    "PropertyMark",
    "UndeclaredMark",
];

fn sign_in(service: &Service) -> String {
    let token = service.first_link.clone().unwrap();
    let token = token.split_once("token=").unwrap().1;
    let form = format!("token={token}&login=admin&password=a-long-password");
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let answer = service.post("/admin/first", &headers, form.as_bytes());
    answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
}

/// The lines of a breakdown of today, for staff: value and figure.
fn lines(service: &Service, cookie: &str, dimension: &str, column: &str) -> Vec<(String, u64)> {
    let path = format!("/admin/api/v1/sites/{HOST}/breakdown/{dimension}?period=today");
    let answer = service.get(&path, &[("cookie", cookie)]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let json: Value = serde_json::from_str(&answer.body).unwrap();
    let line =
        |row: &Value| (row[dimension].as_str().unwrap().to_owned(), row[column].as_u64().unwrap());
    json["rows"].as_array().unwrap().iter().map(line).collect()
}

fn line(text: &str, count: u64) -> (String, u64) {
    (text.to_owned(), count)
}

#[test]
fn the_exempt_profile_keeps_no_campaign_and_no_property_and_the_extended_one_does() {
    let (_folder, data) = folder_with_site();
    set(&data, &["--feature", "print"]);
    let service = Service::start(&data);
    let cookie = sign_in(&service);
    campaign(&service, "192.0.2.1");
    let events = "select coalesce(sum(events), 0) from count_day where dimension = 0";
    wait_until("the visit is counted", || store(&data, events) == 2);
    let features = lines(&service, &cookie, "event", "events");
    assert_eq!(features, [line("feature", 1), line("print", 1)]);
    for dimension in ["campaign", "campaign_source", "campaign_term", "source_kind", "property"] {
        assert_eq!(lines(&service, &cookie, dimension, "views"), [], "{dimension}");
    }
    let marks: Vec<_> = MARKS.iter().map(|mark| mark.as_bytes().to_vec()).collect();
    let mut found = Vec::new();
    search(&data, &marks, &mut found);
    assert_eq!(found, Vec::<String>::new());
    // The change takes effect while the service runs, and is a break.
    set(&data, &["--profile", "extended"]);
    let breaks = format!("/api/v1/sites/{HOST}/totals?period=today");
    let json: Value = serde_json::from_str(&service.get(&breaks, &[]).body).unwrap();
    // That the tag appeared today is registered too, as soon as it was looked.
    let of_rules = json["breaks"].as_array().unwrap().iter();
    let breaks: Vec<_> = of_rules.filter(|one| one["kind"] != "tag_added").collect();
    let kinds: Vec<_> = breaks.iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["addresses", "privacy_profile"]);
    assert_eq!(breaks[1]["before"], "exempt");
    assert_eq!(breaks[1]["after"], "extended");
    let mut sent = 0;
    wait_until("the new profile is known", || {
        sent += 1;
        campaign(&service, &format!("198.18.{sent}.7"));
        std::thread::sleep(std::time::Duration::from_millis(700));
        !lines(&service, &cookie, "campaign", "views").is_empty()
    });
    let campaigns = lines(&service, &cookie, "campaign", "views");
    assert_eq!(campaigns[0].0, "UtmNameMark");
    assert_eq!(lines(&service, &cookie, "source_kind", "views")[0].0, "search");
    let properties = lines(&service, &cookie, "property", "events");
    assert_eq!(properties[0].0, "plan=PropertyMark");
    let events = lines(&service, &cookie, "event", "events");
    assert!(events.iter().any(|(name, _)| name == "UndeclaredMark"), "{events:?}");
    // Staff only: the public is told so.
    let path = format!("/api/v1/sites/{HOST}/breakdown/property?period=today");
    let answer = service.get(&path, &[]);
    assert!(answer.status == 400 && answer.body.contains("staff"), "{}", answer.body);
}

#[test]
fn each_site_decides_what_a_refusal_does() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let known = |service: &Service| {
        let answer = service.get("/.well-known/gpc.json", &[]);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        serde_json::from_str::<Value>(&answer.body).unwrap()["gpc"].clone()
    };
    assert_eq!(known(&service), true);
    let page = view_of("/");
    for (header, reason) in [("sec-gpc", "gpc"), ("dnt", "dnt")] {
        for _ in 0..3 {
            let answer = send(&service, "192.0.2.1", &page, &[(header, "1")]);
            assert_eq!(answer.header("x-parvis-dropped"), Some(reason));
        }
        wait_until("three refusals are counted", || dropped(&data, reason) == 3);
    }
    assert_eq!(views_counted(&data), 0);
    set(&data, &["--gpc", "count_without_visitor", "--dnt", "ignore"]);
    wait_until("the new rules are known", || {
        let answer = send(&service, "192.0.2.1", &page, &[("dnt", "1")]);
        answer.header("x-parvis-dropped").is_none()
    });
    for number in 0..4 {
        let address = format!("198.18.{number}.7");
        let answer = send(&service, &address, &page, &[("sec-gpc", "1")]);
        assert_eq!((answer.status, answer.header("x-parvis-dropped")), (202, None));
    }
    let of = |column: &str| {
        store(&data, &format!("select sum({column}) from count_day where dimension = 0"))
    };
    wait_until("views are counted", || views_counted(&data) == 5);
    assert_eq!((of("visitors"), of("visits"), of("bounces")), (1, 1, 1));
    assert_eq!(known(&service), true, "a site that ignores DNT alone honours GPC");
    set(&data, &["--gpc", "ignore"]);
    wait_until("the file says so", || known(&service) == false);
    assert_eq!(send(&service, "192.0.2.7", &page, &[("sec-gpc", "1")]).status, 202);
    wait_until("the visitor is counted", || of("visitors") == 2);
    let (code, said) = run(&data, &["check"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn excluded_networks_are_never_counted_and_never_stored() {
    for by_file in [true, false] {
        let (folder, data) = folder_with_site();
        let file = folder.path().join("parvis.toml");
        let networks = ["203.0.113.0/24", "2001:db8:1::/48", "192.0.2.9"];
        std::fs::write(&file, format!("excluded_networks = {networks:?}")).unwrap();
        let mut command = program();
        let config = ["--config", file.to_str().unwrap()];
        let service = if by_file {
            Service::start_with(command, &data, &config)
        } else {
            command.env("PARVIS_EXCLUDED_NETWORKS", networks.join(", "));
            Service::start_with(command, &data, &[])
        };
        for address in ["203.0.113.77", "2001:db8:1::7", "192.0.2.9"] {
            let answer = send(&service, address, &view_of("/ExcludedPathMark"), &[]);
            assert_eq!(answer.header("x-parvis-dropped"), Some("excluded"), "{address}");
            let headers = [("user-agent", FIREFOX), ("x-forwarded-for", address)];
            let pixel = service.get("/p.gif?u=https://www.example.fr/ExcludedPathMark", &headers);
            assert_eq!(pixel.header("x-parvis-dropped"), Some("excluded"), "{address}");
        }
        assert_eq!(send(&service, "192.0.2.8", &view_of("/"), &[]).status, 202);
        wait_until("the other is counted", || views_counted(&data) == 1);
        wait_until("that they were is", || dropped(&data, "excluded") == 6);
        let mut found = Vec::new();
        search(&data, &[b"ExcludedPathMark".to_vec()], &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}

#[test]
fn a_browser_without_its_fetch_headers_is_doubted_on_secure_pages_alone() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let page = view_of("/");
    let reason = |headers: &[(&str, &str)]| {
        let chrome = [("user-agent", CHROME), ("origin", "https://www.example.fr")];
        let answer = send(&service, "192.0.2.1", &page, &[&chrome, headers].concat());
        assert_eq!(answer.status, 202);
        answer.header("x-parvis-dropped").map(str::to_owned)
    };
    let doubted = Some("robot_headers".to_owned());
    let secure = ("x-forwarded-proto", "https");
    assert_eq!(reason(&[secure]), doubted);
    assert_eq!(reason(&[]), None, "over http a browser sends none");
    let fetch = [secure, ("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "empty")];
    assert_eq!(reason(&fetch), None);
    assert_eq!(reason(&[secure, fetch[1], ("sec-fetch-dest", "document")]), doubted);
    wait_until("two views are counted", || views_counted(&data) == 2);
    wait_until("two robots are", || dropped(&data, "robot_headers") == 2);
}

#[test]
fn nested_sections_count_each_visitor_once() {
    let (_folder, data) = folder_with_site();
    set(&data, &["--section", "/services/,/services/pro/,/news/"]);
    let service = Service::start(&data);
    let cookie = sign_in(&service);
    for (address, page) in [
        ("192.0.2.1", "/services/a"),
        ("192.0.2.1", "/services/pro/b"),
        ("192.0.2.1", "/services/pro/c"),
        ("192.0.2.2", "/services/pro/b"),
        ("192.0.2.2", "/news/"),
        ("192.0.2.3", "/services"),
        ("192.0.2.3", "/"),
    ] {
        assert_eq!(send(&service, address, &view_of(page), &[]).status, 202);
    }
    wait_until("all are counted", || views_counted(&data) == 7);
    let views = lines(&service, &cookie, "section", "views");
    assert_eq!(views, [line("/services/", 4), line("/services/pro/", 3), line("/news/", 1)]);
    let visitors = lines(&service, &cookie, "section", "visitors");
    assert_eq!(visitors, [line("/services/", 2), line("/services/pro/", 2), line("/news/", 1)]);
    // An undeclared section is no section, and several are not added up.
    let path = format!("/admin/api/v1/sites/{HOST}/totals?period=today&metrics=visitors&filter=");
    let several = format!("{path}section:is:/services/|/news/");
    let answer = service.get(&several, &[("cookie", &cookie)]);
    assert!(answer.status == 400 && answer.body.contains("twice"), "{}", answer.body);
}
