//! Every address answers as the standards say: methods, headers, addresses for machines (row 7).

mod slashes;

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use crate::clocked::{Clocked, folder_with_sites};
use crate::service::{FIREFOX, PATIENCE, wait_until};

const NOW: &str = "2026-11-28T10:00:00Z";

fn service() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[("www.a.example", "Europe/Paris")]);
    (folder, Clocked::start(data, NOW))
}

/// What the wire says to any method: status, headers in small letters, and all bytes after them.
pub fn ask(
    service: &Clocked,
    method: &str,
    path: &str,
    more: &[(&str, &str)],
) -> (u16, String, String) {
    let address = service.running.as_ref().unwrap().address();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    for (name, value) in more {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, head.to_lowercase(), body.to_owned())
}

pub fn header(head: &str, name: &str) -> Option<String> {
    let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.map(str::to_owned)
}

/// Every path of the source's route tables that is read or sent, with the names in it replaced.
pub fn routes() -> BTreeSet<(String, bool)> {
    let mut found = BTreeSet::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    for file in walkdir::WalkDir::new(root) {
        let file = file.unwrap().into_path();
        if file.extension().is_none_or(|one| one != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("web::get()"), "{}: read() answers HEAD too", file.display());
        let folder = match file.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_str().unwrap()
        {
            "src/web/api/mod.rs" => "/api/v1",
            "src/web/open_data/mod.rs" | "src/web/duty.rs" => "/data",
            _ => "",
        };
        let mut below = folder;
        for (part, before) in text.split(".route(").skip(1).zip(text.split(".route(")) {
            if before.contains("pub fn neutral_data_routes") {
                below = "/data";
            } else if before.contains("pub fn data_routes") {
                below = "/fr";
            }
            let Some(path) = part.split('"').nth(1) else { continue };
            let is_path = part.trim_start().starts_with(['"', '&']);
            let is_sent = part.find("web::post()").is_some_and(|at| at < 160)
                && !part[..part.find("web::post()").unwrap()].contains(".route(");
            let is_read = part.split(".to(").next().unwrap_or_default().contains("read()");
            if is_path && (is_read || is_sent) && !(below.is_empty() && path.is_empty()) {
                found.insert((format!("{below}{}", filled(path)), is_sent && !is_read));
            }
        }
    }
    let read: Vec<_> = found.iter().filter(|one| !one.1).map(|one| one.0.clone()).collect();
    found.retain(|(path, is_sent)| !is_sent || !read.contains(path));
    found
}

/// A pattern with its names replaced by what there is.
fn filled(pattern: &str) -> String {
    // Names in capitals are constants with what a name may be.
    let mut path = pattern.replace("{{", "{").replace("}}", "}").replace("{of}", "");
    path = path.replace("{PAGES}", "");
    while let Some(start) = path.find('{') {
        let end = start + path[start..].find('}').unwrap();
        let name = path[start + 1..end].split(':').next().unwrap().to_owned();
        let value = match name.as_str() {
            "host" => "www.a.example",
            "dimension" => "page",
            "page" => "compare",
            "id" | "number" => "1",
            "file" => "style.css",
            "path" => "catalog.ttl",
            _ => "nothing",
        };
        path.replace_range(start..=end, value);
    }
    path
}

#[test]
fn row_7_every_address_that_is_read_answers_its_head_alone() {
    let (_folder, service) = service();
    let cookie = service.sign_in();
    let routes = routes();
    assert!(routes.len() > 60, "{routes:#?}");
    for (path, _) in routes.iter().filter(|(_, is_sent)| !is_sent) {
        // These two have a test of their own.
        if path.ends_with("/live/events") || path == "/p.gif" {
            continue;
        }
        let cookie = [("cookie", cookie.as_str()), ("user-agent", FIREFOX)];
        let (status, head, body) = ask(&service, "GET", path, &cookie);
        let (head_status, head_head, nothing) = ask(&service, "HEAD", path, &cookie);
        assert_eq!(head_status, status, "{path}");
        assert_eq!(nothing, "", "{path}");
        let of = |head: &str| ["content-type", "etag"].map(|name| header(head, name));
        if status < 400 {
            assert_eq!(of(&head_head), of(&head), "{path}");
        }
        assert!(status != 405 && (status != 404 || !body.contains("nothing at this")), "{path}");
    }
}

#[test]
fn row_7_the_head_of_live_events_ends_and_that_of_the_picture_counts_nothing() {
    let (_folder, service) = service();
    let cookie = service.sign_in();
    let events = "/admin/live/events?site=www.a.example";
    let (status, head, _) = ask(&service, "HEAD", events, &[("cookie", &cookie)]);
    assert_eq!(
        (status, header(&head, "content-type").as_deref()),
        (200, Some("text/event-stream"))
    );
    let picture = "/p.gif?u=https%3A%2F%2Fwww.a.example%2Fb";
    let (status, head, _) = ask(&service, "HEAD", picture, &[("user-agent", FIREFOX)]);
    assert_eq!((status, header(&head, "content-type").as_deref()), (200, Some("image/gif")));
    assert_eq!(ask(&service, "GET", picture, &[("user-agent", FIREFOX)]).0, 200);
    wait_until("the picture is counted", || service.day("2026-11-28").0 > 0);
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(service.day("2026-11-28").0, 1);
}

#[test]
fn a_method_that_an_address_does_not_take_is_405_and_says_which_it_takes() {
    let (_folder, service) = service();
    for (path, is_sent) in routes() {
        for method in ["DELETE", "TRACE", "PATCH", if is_sent { "GET" } else { "PUT" }] {
            let (status, head, _) = ask(&service, method, &path, &[]);
            assert_eq!(status, 405, "{method} {path}");
            let allowed = header(&head, "allow").unwrap();
            assert!(
                allowed.contains(if is_sent { "post" } else { "get, head" }),
                "{path} {allowed}"
            );
        }
    }
    for (method, path, allowed) in [
        ("POST", "/data/www.a.example/traffic/2026-11.csv", "get, head, options"),
        ("TRACE", "/api/v1/sites", "get, head, options"),
        ("DELETE", "/", "get, head"),
        ("PUT", "/fr/compare", "get, head"),
        ("GET", "/fr/privacy/opt-out", "post"),
        ("DELETE", "/en/reuses", "get, head, post"),
        ("GET", "/api/event", "post, options"),
        ("GET", "/admin/reuses/7/publish", "post"),
        ("POST", "/t-0123456789ab.js", "get, head"),
    ] {
        let (status, head, _) = ask(&service, method, path, &[("accept", "text/html")]);
        assert_eq!((status, header(&head, "allow").as_deref()), (405, Some(allowed)), "{path}");
    }
    for (method, path) in
        [("DELETE", "/no/such/page"), ("POST", "/xx/compare"), ("GET", "/nothing")]
    {
        assert_eq!(ask(&service, method, path, &[]).0, 404, "{path}");
    }
}

#[test]
fn what_is_known_already_is_not_sent_again_however_its_tag_is_written() {
    let (_folder, service) = service();
    for path in ["/t.js", "/opt-out.js", "/assets/style.css", "/", "/robots.txt", "/sitemap.xml"] {
        let (_, head, _) = ask(&service, "GET", path, &[]);
        let tag = header(&head, "etag").unwrap();
        let list = format!("\"other\", W/{tag}");
        for known in [tag.as_str(), &format!("W/{tag}"), &list, "*"] {
            for method in ["GET", "HEAD"] {
                let (status, _, body) = ask(&service, method, path, &[("if-none-match", known)]);
                assert_eq!((status, body.as_str()), (304, ""), "{method} {path} {known}");
            }
        }
        for other in ["\"other\"", "nonsense"] {
            assert_eq!(ask(&service, "GET", path, &[("if-none-match", other)]).0, 200, "{path}");
        }
    }
}

#[test]
fn row_7_a_message_with_credentials_is_answered_to_its_page() {
    let (_folder, service) = service();
    let origin = "https://www.a.example";
    let asks = [
        ("origin", origin),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "content-type"),
    ];
    let (status, head, _) = ask(&service, "OPTIONS", "/api/event", &asks);
    assert_eq!(status, 204);
    let open = |head: &str| {
        let of = |name: &str| header(head, name).unwrap_or_default();
        assert_eq!(of("access-control-allow-origin"), origin);
        assert_eq!(of("access-control-allow-credentials"), "true");
        assert!(of("vary").contains("origin"));
    };
    open(&head);
    assert!(header(&head, "access-control-allow-headers").unwrap().contains("content-type"));
    let body = r#"{"n":"pageview","u":"https://www.a.example/","k":"once"}"#;
    for (body, expected) in [(body, 202), ("{}", 400)] {
        let headers = [("user-agent", FIREFOX), ("origin", origin)];
        let answer = service.post("/api/event", &headers, body);
        assert_eq!(answer.status, expected);
        let said = |name: &str| answer.header(name).unwrap_or_default().to_owned();
        assert_eq!(said("access-control-allow-origin"), origin);
        assert_eq!(said("access-control-allow-credentials"), "true");
        assert_eq!(said("vary"), "origin");
    }
    let (_, head, _) = ask(&service, "OPTIONS", "/api/event", &[]);
    assert_eq!(header(&head, "access-control-allow-origin").as_deref(), Some("*"));
    // What a reader has chosen here is not for the page to read.
    let headers = [("user-agent", FIREFOX), ("origin", origin), ("cookie", "parvis-opt-out=1")];
    let answer =
        service.post("/api/event", &headers, r#"{"n":"pageview","u":"https://www.a.example/"}"#);
    assert_eq!((answer.status, answer.header("x-parvis-dropped")), (202, Some("opt_out")));
    assert_eq!(answer.header("access-control-expose-headers"), None);
}

#[test]
fn addresses_that_programs_ask_every_site_for_are_there() {
    let (_folder, service) = service();
    service.view("198.51.100.7", "https://www.a.example/", "k");
    service.at("2026-11-29T10:00:00Z");
    service.publish("www.a.example", "2026-11-28");
    let robots = service.get("/robots.txt", &[]);
    assert!(robots.body.contains("Disallow: /admin") && robots.body.contains("/sitemap.xml"));
    let map = service.get("/sitemap.xml", &[]).body;
    let base = map.split("<loc>").nth(1).unwrap().split("/en/").next().unwrap().to_owned();
    for page in ["/fr/", "/en/", "/fr/sites/www.a.example", "/en/data/www.a.example/"] {
        assert!(map.contains(&format!("<loc>{base}{page}</loc>")), "{page}");
    }
    assert!(!map.contains("/admin") && !map.contains("<loc></loc>"));
    let mut addresses: Vec<_> = map
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().and_then(|address| address.strip_prefix(&base)))
        .collect();
    addresses.sort_unstable();
    addresses.dedup();
    // The identifiers of datasets lead to what describes them: tests of their own look at that.
    addresses.retain(|address| !address.starts_with("/data/") || address.ends_with('/'));
    assert!(addresses.len() > 30, "{addresses:?}");
    for address in addresses {
        let status = service.get(address, &[("accept", "text/html")]).status;
        assert!(status < 400, "{address}: {status}");
    }
    let icon = service.get("/favicon.ico", &[]);
    assert_eq!((icon.status, icon.header("content-type")), (200, Some("image/x-icon")));
    for (sites, first) in [("/sites", "/#sites"), ("/fr/sites", "/fr/#sites")] {
        let answer = service.get(sites, &[]);
        assert_eq!((answer.status, answer.header("location")), (303, Some(first)));
    }
}

#[test]
fn senders_we_do_not_know_are_shown_to_staff() {
    let (_folder, service) = service();
    let cookie = service.sign_in();
    let lost = r#"{"n":"pageview","u":"https://elsewhere.example/private/path?token=1"}"#;
    assert_eq!(service.send("198.51.100.7", lost), 400);
    assert_eq!(service.send("198.51.100.7", "nonsense"), 400);
    let staff = [("cookie", cookie.as_str())];
    let api = || service.get("/admin/api/v1/dropped", &staff).body;
    wait_until("both are shown", || api().contains(":none"));
    let all: serde_json::Value = serde_json::from_str(&api()).unwrap();
    let senders = all["senders"].as_array().unwrap();
    let said: Vec<_> =
        senders.iter().map(|one| (&one["host"], &one["reason"], &one["hits"])).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().any(|one| one.0 == "elsewhere.example" && one.1 == "unknown_site"));
    assert!(!api().contains("private") && !api().contains("198.51"));
    for (language, title) in [("fr", "Expéditeurs inconnus"), ("en", "Senders we do not know")] {
        let headers = [staff[0], ("accept-language", language)];
        let page = service.get("/admin/dropped", &headers).body;
        assert!(page.contains(title) && page.contains("elsewhere.example"), "{page}");
        assert!(page.contains("parvis site add"), "{page}");
    }
    for path in ["/api/v1/dropped", "/admin/api/v1/dropped"] {
        assert_eq!(service.get(path, &[]).status, 401, "{path}");
    }
    assert_eq!(service.get("/admin/dropped", &[]).header("location"), Some("/admin/sign-in"));
}

#[test]
fn row_27_that_all_requests_come_from_a_proxy_is_said() {
    let (_folder, service) = service();
    let mut cookie = service.sign_in();
    let body = r#"{"n":"pageview","u":"https://www.a.example/"}"#;
    let send = |name: &str, value: &str| {
        let headers = [("user-agent", FIREFOX), (name, value)];
        assert_eq!(service.post("/api/event", &headers, body).status, 202);
    };
    let admin = |cookie: &str| {
        let answer = service.get("/admin", &[("cookie", cookie)]);
        assert_eq!(answer.status, 200);
        answer.body
    };
    let data = service.options.data.clone();
    let check = || parvis::app::arrivals_warning(&data, crate::clocked::moment(NOW)).unwrap();
    (0..10).for_each(|reader| send("x-real-ip", &format!("198.18.{reader}.7")));
    assert!(!admin(&cookie).contains("trusted_proxies") && check().is_none());
    (10..20).for_each(|reader| send("x-real-ip", &format!("198.18.{reader}.7")));
    wait_until("the warning is shown", || admin(&cookie).contains("trusted_proxies"));
    assert!(check().unwrap().contains("x-real-ip"));
    // Once the header is named, readers are told apart and nothing is wrong any more.
    service.at("2026-11-30T10:00:00Z");
    cookie = service.sign_in();
    (0..30).for_each(|reader| send("x-forwarded-for", &format!("198.18.{reader}.7")));
    wait_until("the warning goes", || !admin(&cookie).contains("trusted_proxies"));
    service.at("2026-12-02T10:00:00Z");
    cookie = service.sign_in();
    (0..20).for_each(|_| send("x-forwarded-for", "garbage"));
    wait_until("what cannot be read is shown", || admin(&cookie).contains("names no address"));
}

#[test]
fn row_27_x_real_ip_can_be_named() {
    let (_folder, data) = folder_with_sites(&[("www.a.example", "Europe/Paris")]);
    let named = |name: &str| (name == "PARVIS_FORWARDED_HEADER").then(|| "x-real-ip".to_owned());
    let service = Clocked::start_with(data, NOW, &named);
    for reader in 0..20 {
        let address = format!("198.18.{reader}.7");
        let headers = [("user-agent", FIREFOX), ("x-real-ip", address.as_str())];
        let body = r#"{"n":"pageview","u":"https://www.a.example/"}"#;
        assert_eq!(service.post("/api/event", &headers, body).status, 202);
    }
    wait_until("each is a visitor", || service.day("2026-11-28") == (20, 20));
}
