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
