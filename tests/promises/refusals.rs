//! What is refused and what is not counted on purpose: each with its reason, and nothing stored.

use crate::service::{FIREFOX, Service, folder_with_site, query, run, views_counted, wait_until};

const PAGE: &str = r#"{"n":"pageview","u":"https://www.example.fr/"}"#;

fn service() -> (tempfile::TempDir, std::path::PathBuf, Service) {
    let (folder, data) = folder_with_site();
    let service = Service::start(&data);
    (folder, data, service)
}

#[test]
fn hostile_input_is_a_problem_that_says_what_to_mend_and_stores_nothing() {
    let (_folder, data, service) = service();
    let deep =
        format!(r#"{{"n":"x","u":"https://www.example.fr/","p":{{"a":{}"#, "[".repeat(2_000));
    let bodies: [(&[u8], &str); 14] = [
        (b"", "body_unreadable"),
        (b"\xff\xfe\x00", "body_unreadable"),
        (b"{\"n\":\"page\xffview\",\"u\":\"https://www.example.fr/\"}", "body_unreadable"),
        (deep.as_bytes(), "body_unreadable"),
        (br#"{"n":"pageview"}"#, "body_unreadable"),
        (br#"{"n":"page\u0000view","u":"https://www.example.fr/"}"#, "name_unusable"),
        (br#"{"n":"","u":"https://www.example.fr/"}"#, "name_unusable"),
        (br#"{"n":"pageview","u":"/relative"}"#, "url_unusable"),
        (br#"{"n":"pageview","u":"javascript:alert(1)"}"#, "url_unusable"),
        (br#"{"n":"pageview","u":"https://www.example.fr:99999/"}"#, "url_unusable"),
        (br#"{"n":"x","u":"https://www.example.fr/","d":"a.fr,b.fr"}"#, "several_sites"),
        (br#"{"n":"pageview","u":"https://www.other.fr/"}"#, "unknown_site"),
        (br#"{"n":"pageview","u":"https://www.other.fr/","d":"www.example.fr"}"#, "foreign_host"),
        // The first letter is Cyrillic: a homograph is another host.
        ("{\"n\":\"pageview\",\"u\":\"https://www.\u{435}xample.fr/\"}".as_bytes(), "unknown_site"),
    ];
    for (body, reason) in bodies {
        let answer = service.post("/api/event", &[("user-agent", FIREFOX)], body);
        let shown = String::from_utf8_lossy(body).into_owned();
        assert_eq!(answer.status, 400, "{shown}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["type"], format!("tag:parvis,2026:{reason}"), "{shown}");
        assert!(problem["detail"].as_str().unwrap().len() > 20);
    }
    let store = data.join("store.sqlite");
    let all = "select coalesce(sum(hits), 0) from dropped";
    wait_until("every refusal is counted", || query(&store, all) == bodies.len() as i64);
    assert_eq!(views_counted(&data), 0);
    assert!(!data.join("journal").read_dir().unwrap().any(|_| true));
}

#[test]
fn requests_that_fit_no_route_are_problems_too() {
    let (_folder, _data, service) = service();
    let form = ("content-type", "application/x-www-form-urlencoded");
    for (answer, status) in [
        (service.get("/api/event", &[]), 405),
        (service.get("/p.gif?d=a&d=b", &[]), 400),
        (service.post("/admin/sign-in", &[form], b"login=only"), 400),
        (service.post("/privacy/opt-out", &[], b"choice=out"), 400),
        (service.get("/no/such/page", &[]), 404),
    ] {
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["status"], status);
    }
}

#[test]
fn an_origin_that_disagrees_is_refused_and_one_that_agrees_is_not() {
    let (_folder, _data, service) = service();
    for (origin, status) in [
        ("https://www.example.fr", 202),
        ("https://www.example.fr:8443", 202),
        ("https://example.fr", 202),
        ("https://www.example.fr.evil.test", 400),
        ("https://evil.test", 400),
        ("null", 400),
    ] {
        let headers = [("user-agent", FIREFOX), ("origin", origin)];
        assert_eq!(
            service.post("/api/event", &headers, PAGE.as_bytes()).status,
            status,
            "{origin}"
        );
    }
}

#[test]
fn who_asks_not_to_be_counted_is_not() {
    let (_folder, data, service) = service();
    let browser = ("user-agent", FIREFOX);
    for (headers, reason) in [
        ([browser, ("sec-gpc", "1")], "gpc"),
        ([browser, ("dnt", "1")], "dnt"),
        ([browser, ("cookie", "parvis-opt-out=1")], "opt_out"),
        ([browser, ("sec-purpose", "prefetch;prerender")], "prefetch"),
        ([("user-agent", "Mozilla/5.0 (compatible; Googlebot/2.1)"), ("x", "y")], "robot"),
        ([("user-agent", ""), ("x", "y")], "robot_impossible"),
        ([("user-agent", "Pingdom.com_bot_version_1.4"), ("x", "y")], "monitor"),
    ] {
        let answer = service.post("/api/event", &headers, PAGE.as_bytes());
        assert_eq!((answer.status, answer.header("x-parvis-dropped")), (202, Some(reason)));
    }
    let counted = service.post("/api/event", &[browser, ("sec-gpc", "0")], PAGE.as_bytes());
    assert_eq!((counted.status, counted.header("x-parvis-dropped")), (202, None));
    wait_until("the one view is counted", || views_counted(&data) == 1);
}

#[test]
fn the_pixel_counts_and_says_why_not() {
    let (_folder, data, service) = service();
    let browser = ("user-agent", FIREFOX);
    let seen = service.get(
        "/p.gif?d=www.example.fr",
        &[browser, ("referer", "https://www.example.fr/page?secret=1")],
    );
    assert_eq!((seen.status, seen.header("content-type")), (200, Some("image/gif")));
    let named = service.get("/p.gif?u=https%3A%2F%2Fwww.example.fr%2Fpage", &[browser]);
    assert_eq!(named.status, 200);
    assert_eq!(service.get("/p.gif", &[browser]).status, 400);
    let refused = service.get(
        "/p.gif?d=www.example.fr",
        &[browser, ("referer", "https://www.example.fr/page"), ("sec-gpc", "1")],
    );
    assert_eq!((refused.status, refused.header("x-parvis-dropped")), (200, Some("gpc")));
    wait_until("both views are counted", || views_counted(&data) == 2);
    let page = "select views from count_day join value on value.id = count_day.value
                 where dimension = 1 and text = '/page'";
    assert_eq!(query(&data.join("store.sqlite"), page), 2);
}

#[test]
fn existing_senders_of_the_widespread_shape_need_no_change() {
    let (_folder, data, service) = service();
    let body = r#"{"name":"pageview","url":"https://www.example.fr/a","domain":"www.example.fr",
        "referrer":"https://search.example/","screen_width":1200}"#;
    let headers = [("user-agent", FIREFOX), ("content-type", "application/json")];
    assert_eq!(service.post("/api/event", &headers, body.as_bytes()).status, 202);
    let download = r#"{"name":"File Download","url":"https://www.example.fr/a",
        "domain":"www.example.fr","props":{"url":"https://www.example.fr/guide.pdf"}}"#;
    assert_eq!(service.post("/api/event", &headers, download.as_bytes()).status, 202);
    wait_until("the view is counted", || views_counted(&data) == 1);
    let target = "select coalesce(sum(events), 0) from count_day
                    join value on value.id = count_day.value
                   where dimension = 17 and text = 'www.example.fr/guide.pdf'";
    wait_until("so is the download", || query(&data.join("store.sqlite"), target) == 1);
}

#[test]
fn a_site_added_while_the_service_runs_is_counted_within_seconds() {
    let (_folder, data, service) = service();
    assert_eq!(service.view("192.0.2.1", "https://late.example.fr/", "k").status, 400);
    assert_eq!(run(&data, &["site", "add", "late.example.fr"]).0, 0);
    wait_until("the new site is counted", || {
        service.view("192.0.2.1", "https://late.example.fr/", "k").status == 202
    });
}
