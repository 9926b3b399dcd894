//! What the tag meets on real pages, as the collector sees it: a sandbox (row 8) and pictures for
//! pages without script (row 16).

use crate::service::{FIREFOX, Service, folder_with_site, query, views_counted, wait_until};

const MESSAGE: &str =
    r#"{"n":"pageview","u":"https://www.example.fr/framed","d":"www.example.fr"}"#;

#[test]
fn row_8_a_sandboxed_page_has_a_reason_and_an_advice_of_its_own() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    for (origin, reason) in [("null", "sandboxed_page"), ("https://evil.example", "foreign_origin")]
    {
        let headers = [("user-agent", FIREFOX), ("origin", origin)];
        let refused = service.post("/api/event", &headers, MESSAGE.as_bytes());
        assert_eq!(refused.status, 400, "{origin}");
        let problem: serde_json::Value = serde_json::from_str(&refused.body).unwrap();
        assert_eq!(problem["type"], format!("tag:parvis,2026:{reason}"), "{origin}");
        let detail = problem["detail"].as_str().unwrap();
        let is_sandbox = reason == "sandboxed_page";
        assert_eq!(detail.contains("allow-same-origin"), is_sandbox, "{detail}");
        assert_eq!(detail.contains("--alias"), !is_sandbox, "{detail}");
    }
    let store = data.join("store.sqlite");
    for reason in ["sandboxed_page", "foreign_origin"] {
        let sql = format!("select coalesce(sum(hits), 0) from dropped where reason = '{reason}'");
        let of_site = format!("{sql} and site <> 0");
        wait_until(reason, || query(&store, &of_site) == 1 && query(&store, &sql) == 1);
    }
    assert_eq!(views_counted(&data), 0);
}

/// The views of each page, as the store has them.
fn views_of(data: &std::path::Path, page: &str) -> i64 {
    let sql = "select coalesce(sum(views), 0) from count_day
                 join value on value.id = count_day.value where dimension = 1 and text = ";
    query(&data.join("store.sqlite"), &format!("{sql}'{page}'"))
}

#[test]
fn row_16_an_origin_alone_is_not_the_first_page() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let origin = "https://www.example.fr/";
    let picture = |query: &str, referrer: &str| {
        let headers = [("user-agent", FIREFOX), ("referer", referrer)];
        let used = if referrer.is_empty() { &headers[..1] } else { &headers[..] };
        service.get(&format!("/p.gif?{query}"), used).status
    };
    for (query, referrer, status) in [
        // Known by the origin alone, or by nothing at all.
        ("d=www.example.fr", origin, 200),
        ("d=www.example.fr", "https://www.example.fr", 200),
        ("d=www.example.fr&u=", origin, 200),
        ("d=www.example.fr&u=%7B%7B+page.url+%7D%7D", origin, 200),
        ("d=www.example.fr", "", 400),
        ("u=/b", "", 400),
        // Known by the path, the address or the header.
        ("d=www.example.fr&u=/b", origin, 200),
        ("d=www.example.fr&u=/b", "", 200),
        ("d=www.example.fr&u=%2Fb%3Fx%3D1", origin, 200),
        ("u=/b", origin, 200),
        ("d=www.example.fr&u=https%3A%2F%2Fwww.example.fr%2Fb", origin, 200),
        ("d=www.example.fr", "https://www.example.fr/b?x=1", 200),
        // The first page, which says so.
        ("d=www.example.fr&u=/", origin, 200),
        ("d=www.example.fr&u=https://www.example.fr/", "", 200),
        // Another site's page.
        ("d=www.example.fr&u=https://evil.example/b", origin, 400),
        ("d=www.example.fr", "https://evil.example/", 400),
    ] {
        assert_eq!(picture(query, referrer), status, "{query} {referrer}");
    }
    wait_until("all are counted", || views_counted(&data) == 12);
    for (page, views) in [(":unknown", 4), ("/b", 6), ("/", 2)] {
        assert_eq!(views_of(&data, page), views, "{page}");
    }
    let sql = "select coalesce(sum(hits) * 100 + sum(page_unknown), 0) from hit_without_script";
    wait_until("the pictures are noted", || query(&data.join("store.sqlite"), sql) == 1_204);
}
