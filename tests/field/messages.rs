//! What senders send, and what it must not cost: parts of another type, addresses that are too
//! long, several sites, letters that cannot be read (rows 1, 2, 6).

use serde_json::{Value, json};

use crate::clocked::{Clocked, folder_with_sites};
use crate::service::{Answer, FIREFOX, wait_until};

const NOW: &str = "2026-11-28T10:00:00Z";

/// A service that counts www.a.example and all.a.example.
fn service() -> (tempfile::TempDir, Clocked, String) {
    let sites = [("www.a.example", "Europe/Paris"), ("all.a.example", "Europe/Paris")];
    let (folder, data) = folder_with_sites(&sites);
    let service = Clocked::start(data, NOW);
    let cookie = service.sign_in();
    (folder, service, cookie)
}

fn send(service: &Clocked, body: &[u8]) -> Answer {
    let headers = [("user-agent", FIREFOX), ("x-forwarded-for", "198.51.100.7")];
    service.post_bytes("/api/event", &headers, body)
}

/// Exact figures of today, or what was not counted.
fn exact(service: &Clocked, cookie: &str, host: &str, about: &str) -> Value {
    let path = format!("/admin/api/v1/sites/{host}/{about}");
    let answer = service.get(&path, &[("cookie", cookie)]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn views(service: &Clocked, cookie: &str, host: &str) -> u64 {
    let all = exact(service, cookie, host, "totals?period=today&metrics=views");
    all["rows"][0]["views"].as_u64().unwrap_or(0)
}

/// The values of a breakdown with their views, in their order.
fn values(service: &Clocked, cookie: &str, dimension: &str) -> Vec<(String, u64)> {
    let about = format!("breakdown/{dimension}?period=today&metrics=views&limit=100");
    let all = exact(service, cookie, "www.a.example", &about);
    let row = |row: &Value| {
        (row[dimension].as_str().unwrap().to_owned(), row["views"].as_u64().unwrap_or(0))
    };
    all["rows"].as_array().unwrap().iter().map(row).collect()
}

/// The same with their events.
fn events(service: &Clocked, cookie: &str, dimension: &str) -> Vec<(String, u64)> {
    let about = format!("breakdown/{dimension}?period=today&metrics=events&limit=100");
    let all = exact(service, cookie, "www.a.example", &about);
    let row = |row: &Value| {
        (row[dimension].as_str().unwrap().to_owned(), row["events"].as_u64().unwrap_or(0))
    };
    all["rows"].as_array().unwrap().iter().map(row).collect()
}

fn dropped(service: &Clocked, cookie: &str, host: &str) -> Value {
    exact(service, cookie, host, "dropped?period=today")["dropped"].clone()
}

#[test]
fn row_1_an_optional_part_of_another_type_costs_nothing() {
    let (_folder, service, cookie) = service();
    let head = r#""n":"pageview","u":"https://www.a.example/x""#;
    let parts = [
        r#""p":[]"#,
        r#""p":"""#,
        r#""p":"{\"plan\":\"free\"}""#,
        r#""p":"[1]""#,
        r#""props":7"#,
        r#""p":{"a":{"b":[1]},"c":null}"#,
        r#""r":false"#,
        r#""r":0"#,
        r#""referrer":{"a":1}"#,
        r#""t":5"#,
        r#""t":{}"#,
        r#""title":["x"]"#,
        r#""k":5"#,
        r#""k":"""#,
        r#""d":5"#,
        r#""domain":null"#,
        r#""d":["www.a.example"]"#,
        r#""e":1.5"#,
        r#""e":-1"#,
        r#""w":"800""#,
        r#""name":"pageview""#,
        r#""name":5,"url":{}"#,
        r#""x":{"unknown":[true]}"#,
    ];
    for part in parts {
        let answer = send(&service, format!("{{{head},{part}}}").as_bytes());
        assert_eq!(answer.status, 202, "{part}: {}", answer.body);
    }
    let long = format!(r#"{{{head},"k":"{}","t":"{}"}}"#, "k".repeat(3_000), "é".repeat(9_000));
    assert_eq!(send(&service, long.as_bytes()).status, 202);
    let count = parts.len() as u64 + 1;
    wait_until("every view is counted", || views(&service, &cookie, "www.a.example") == count);
    assert_eq!(dropped(&service, &cookie, "www.a.example"), json!({}));
}

#[test]
fn row_1_letters_that_cannot_be_read_cost_nothing() {
    let (_folder, service, cookie) = service();
    let bodies: [&[u8]; 7] = [
        b"\xef\xbb\xbf{\"n\":\"pageview\",\"u\":\"https://www.a.example/bom\"}\r\n",
        b"{\"n\":\"pageview\",\"u\":\"https://www.a.example/latin\",\"t\":\"caf\xe9\"}",
        b"{\"n\":\"pageview\",\"u\":\"https://www.a.example/cut\",\"t\":\"caf\xc3\"}",
        br#"{"n":"pageview","u":"https://www.a.example/half","t":"\ud83d"}"#,
        br#"{"n":"pageview","u":"https:\/\/www.a.example\/slash","t":"\ude00 x"}"#,
        b"{\"n\":\"pageview\",\"u\":\"https://www.a.example/line\",\"t\":\"a\nb\0c\"}",
        b"\n {\"n\":\"pageview\",\r\n\t\"u\":\"https://www.a.example/space\"}\n\n",
    ];
    for body in bodies {
        let answer = send(&service, body);
        assert_eq!(answer.status, 202, "{}: {}", String::from_utf8_lossy(body), answer.body);
    }
    wait_until("every view is counted", || views(&service, &cookie, "www.a.example") == 7);
    let mut pages: Vec<_> = values(&service, &cookie, "page");
    pages.sort();
    let names = ["bom", "cut", "half", "latin", "line", "slash", "space"];
    assert_eq!(pages, names.map(|name| (format!("/{name}"), 1)));
}

#[test]
fn row_1_what_a_message_must_have_is_asked_for() {
    let (_folder, service, cookie) = service();
    for body in [
        r#"{"n":5,"u":"https://www.a.example/"}"#,
        r#"{"u":"https://www.a.example/","n":["pageview"]}"#,
        r#"{"n":"pageview","url":7,"d":"www.a.example"}"#,
        r#"{"n":"pageview","u":"https://www.a.example/x","r":"#,
        "n=pageview&u=https://www.a.example/",
    ] {
        let answer = send(&service, body.as_bytes());
        assert_eq!(answer.status, 400, "{body}");
        assert!(answer.body.contains("body_unreadable"), "{body}: {}", answer.body);
    }
    // The site is found in a message that cannot be read, but not in a form.
    wait_until("the losses are shown under their site", || {
        dropped(&service, &cookie, "www.a.example") == json!({ "body_unreadable": 4 })
    });
    let form = b"n=pageview&u=https://www.a.example/";
    let headers = [("user-agent", FIREFOX), ("origin", "https://www.a.example")];
    assert_eq!(service.post_bytes("/api/event", &headers, form).status, 400);
    wait_until("the header says the site of the form", || {
        dropped(&service, &cookie, "www.a.example") == json!({ "body_unreadable": 5 })
    });
}

#[test]
fn row_2_a_list_of_sites_is_refused_by_name_or_counted_once() {
    let (_folder, service, cookie) = service();
    let named = |sites: &str| {
        let body = format!(r#"{{"n":"pageview","u":"https://www.a.example/","d":"{sites}"}}"#);
        send(&service, body.as_bytes())
    };
    let lists = [
        "www.a.example,all.a.example",
        "all.a.example, www.a.example",
        "x.fr,y.fr",
        "www.a.example all.a.example",
        "www.a.example;all.a.example",
        "all.a.example | www.a.example",
        "www.a.example，all.a.example",
        "www.a.example、all.a.example",
        "x.fr\\ty.fr",
    ];
    for several in lists {
        let answer = named(several);
        assert_eq!(answer.status, 400, "{several}");
        assert!(answer.body.contains("several_sites"), "{}", answer.body);
        assert!(answer.body.contains("comma"), "{}", answer.body);
    }
    // Of one that is counted and others that are not, the one is meant; and each site once.
    for one in
        ["www.a.example x.fr", "x.fr ; www.a.example", "www.a.example|a.example", " www.a.example;"]
    {
        assert_eq!(named(one).status, 202, "{one}");
    }
    wait_until("each is counted once", || views(&service, &cookie, "www.a.example") == 4);
    assert_eq!(views(&service, &cookie, "all.a.example"), 0);
    // The first of the named that is counted, or else the page's host, says whose loss it is.
    for (host, hits) in [("www.a.example", 7), ("all.a.example", 2)] {
        wait_until("the losses are shown", || {
            dropped(&service, &cookie, host) == json!({ "several_sites": hits })
        });
    }
}

#[test]
fn row_2_a_picture_that_names_several_sites_is_refused_by_that_name() {
    let (_folder, service, cookie) = service();
    let ask = |query: &str| {
        let headers = [("user-agent", FIREFOX), ("x-forwarded-for", "198.51.100.7")];
        service.get(&format!("/p.gif?{query}"), &headers)
    };
    for sites in ["www.a.example+all.a.example", "www.a.example%3Ball.a.example", "x.fr%7Cy.fr"] {
        for page in ["", "&u=/b", "&u=https%3A%2F%2Fwww.a.example%2Fb"] {
            let answer = ask(&format!("d={sites}{page}"));
            assert_eq!(answer.status, 400, "{sites} {page}");
            let why = if page.is_empty() { "url_unusable" } else { "several_sites" };
            assert!(answer.body.contains(why), "{sites} {page}: {}", answer.body);
        }
    }
    // The path is one of the site that is counted.
    for sites in ["x.fr,www.a.example", "www.a.example%20x.fr", "www.a.example"] {
        assert_eq!(ask(&format!("d={sites}&u=/b")).status, 200, "{sites}");
    }
    wait_until("they are counted", || values(&service, &cookie, "page") == [("/b".to_owned(), 3)]);
}

#[test]
fn an_address_without_a_scheme_is_one_of_its_host() {
    let (_folder, service, cookie) = service();
    let headers = [("user-agent", FIREFOX), ("x-forwarded-for", "198.51.100.7")];
    for (page, status) in [
        ("//www.a.example/b", 200),
        ("%2F%2Fwww.a.example%2Fb", 200),
        ("/%5Cwww.a.example/b", 200),
        ("//elsewhere.example/b", 400),
    ] {
        let answer = service.get(&format!("/p.gif?d=www.a.example&u={page}"), &headers);
        assert_eq!(answer.status, status, "{page}: {}", answer.body);
        assert!(status == 200 || answer.body.contains("foreign_host"), "{}", answer.body);
    }
    let body = r#"{"n":"pageview","u":"//www.a.example/b","r":"//m.baidu.com/s"}"#;
    assert_eq!(service.send("198.51.100.8", body), 202);
    let link = r#"{"n":"outbound","u":"https://www.a.example./b","p":{"url":"//B.example./c"}}"#;
    assert_eq!(send(&service, link.as_bytes()).status, 202);
    let link =
        r#"{"n":"outbound","u":"https://www.a.example/b","p":{"url":"https://b.example/c"}}"#;
    assert_eq!(send(&service, link.as_bytes()).status, 202);
    wait_until("they are counted", || {
        values(&service, &cookie, "page") == [("/b".to_owned(), 4)]
            && events(&service, &cookie, "outlink") == [("b.example/c".to_owned(), 2)]
    });
    assert!(values(&service, &cookie, "source").contains(&("Baidu".to_owned(), 1)));
}

#[test]
fn row_6_who_asks_is_no_part_of_an_address_however_long_it_is() {
    let (_folder, service, cookie) = service();
    let user = "x".repeat(2_100);
    for user in [user.clone(), format!("{user}:{user}"), format!("a@{user}")] {
        let body = json!({
            "n": "pageview",
            "u": format!("https://{user}@www.a.example/p"),
            "r": format!("https://{user}@m.baidu.com/s"),
        });
        let answer = send(&service, body.to_string().as_bytes());
        assert_eq!(answer.status, 202, "{}", answer.body);
    }
    let picture = format!("/p.gif?u=https%3A%2F%2F{user}%40www.a.example%2Fp");
    let headers = [("user-agent", FIREFOX), ("x-forwarded-for", "198.51.100.8")];
    assert_eq!(service.get(&picture, &headers).status, 200);
    wait_until("they are counted", || values(&service, &cookie, "page") == [("/p".to_owned(), 4)]);
    assert!(values(&service, &cookie, "source").contains(&("Baidu".to_owned(), 3)));
}

#[test]
fn row_6_what_is_never_kept_is_cut_before_a_limit_applies() {
    let (_folder, service, cookie) = service();
    let x = |letters: usize| "x".repeat(letters);
    let mut reader = 0;
    let mut event = |page: &str, referrer: &str| {
        let body = json!({ "n": "pageview", "u": page, "r": referrer });
        reader += 1;
        let address = format!("198.18.{reader}.7");
        let headers = [("user-agent", FIREFOX), ("x-forwarded-for", address.as_str())];
        let answer = service.post("/api/event", &headers, &body.to_string());
        assert_eq!(answer.status, 202, "{}", answer.body);
    };
    let page = "https://www.a.example/p";
    for tail in [
        format!("?x={}", x(2_100)),
        format!("?x={}", x(7_000)),
        format!("?x={}&y={}", x(20_000), x(20_000)),
        format!("#{}", x(2_100)),
        format!("?x={}#{}", x(2_100), x(2_100)),
    ] {
        event(&format!("{page}{tail}"), "");
    }
    for tail in [
        format!("?x={}", x(1_900)),
        format!("?x={}", x(2_500)),
        format!("?x={}", x(9_000)),
        format!("/{}", x(2_500)),
        format!("#{}", x(2_500)),
    ] {
        event(page, &format!("https://m.baidu.com/tc{tail}"));
    }
    let headers = |referer| {
        [("user-agent", FIREFOX), ("x-forwarded-for", "203.0.113.7"), ("referer", referer)]
    };
    let referer = format!("{page}?x={}", x(2_500));
    assert_eq!(service.get("/p.gif?d=www.a.example", &headers(&referer)).status, 200);
    let picture = format!("/p.gif?u=https%3A%2F%2Fwww.a.example%2Fp%3Fx%3D{}", x(2_500));
    assert_eq!(service.get(&picture, &headers("")).status, 200);
    wait_until("every view is counted", || views(&service, &cookie, "www.a.example") == 12);
    assert_eq!(values(&service, &cookie, "page"), [("/p".to_owned(), 12)]);
    let sources = values(&service, &cookie, "source");
    assert_eq!(sources, [(":direct".to_owned(), 7), ("Baidu".to_owned(), 5)]);
    assert_eq!(dropped(&service, &cookie, "www.a.example"), json!({}));
}

#[test]
fn row_6_a_path_that_is_too_long_is_refused_and_shown_under_its_site() {
    let (_folder, service, cookie) = service();
    let long = format!("https://www.a.example/{}", "x".repeat(2_048));
    let body = json!({ "n": "pageview", "u": long });
    let answer = send(&service, body.to_string().as_bytes());
    assert!(answer.body.contains("url_too_long"), "{}", answer.body);
    let agent = ("user-agent", FIREFOX);
    let answer = service.get("/p.gif", &[agent, ("referer", &long)]);
    assert!(answer.body.contains("url_too_long"), "{}", answer.body);
    // A site that is not counted, on a page of one that is: the tag is wrong there.
    let wrong = r#"{"n":"pageview","u":"https://www.a.example/","d":"www.b.example"}"#;
    assert_eq!(send(&service, wrong.as_bytes()).status, 400);
    let large = vec![b' '; 70_000];
    let from = [agent, ("origin", "https://www.a.example")];
    assert_eq!(service.post_bytes("/api/event", &from, &large).status, 413);
    let losses = json!({ "body_too_large": 1, "unknown_site": 1, "url_too_long": 2 });
    wait_until("the losses are shown under their site", || {
        dropped(&service, &cookie, "www.a.example") == losses
    });
}

#[test]
fn row_6_declared_parameters_are_found_in_a_long_query() {
    let (_folder, data) = folder_with_sites(&[]);
    let options = parvis::app::SiteOptions {
        search_parameters: Some(vec!["q".to_owned()]),
        ..Default::default()
    };
    let now = crate::clocked::moment("2026-01-01T00:00:00Z");
    parvis::app::add_site(&data, "www.a.example", "Europe/Paris", options, now).unwrap();
    let service = Clocked::start(data, NOW);
    let cookie = service.sign_in();
    // Words are kept that enough readers searched for.
    for reader in 0..12 {
        let tail = match reader % 2 {
            0 => format!("x={}&q=impôts", "x".repeat(6_000)),
            _ => format!("q=impôts&x={}", "x".repeat(40_000)),
        };
        let body = json!({ "n": "pageview", "u": format!("https://www.a.example/s?{tail}") });
        assert_eq!(service.send(&format!("198.18.{reader}.7"), &body.to_string()), 202);
    }
    wait_until("all searches are counted", || {
        values(&service, &cookie, "search") == [("impôts".to_owned(), 12)]
    });
}
