//! Forms of other sites, what answers tell a browser, and names that a request gives the service
//! (M8 and the low ones).

use std::fs;
use std::io::{Read, Write};

use crate::attacks::beside::{connect, host_of};
use crate::clocked::{Clocked, folder_with_sites};
use crate::field::http::{ask, header, routes};
use crate::service::{Service, folder_with_site, log_of, program, wait_until};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn service() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[("www.a.example", "Europe/Paris")]);
    (folder, Clocked::start(data, "2026-11-28T10:00:00Z"))
}

#[test]
fn m8_no_address_takes_anything_from_a_page_of_another_site() {
    let (_folder, service) = service();
    let cookie = service.sign_in();
    let mut paths: Vec<String> = routes().into_iter().map(|(path, _)| path).collect();
    paths.retain(|path| path != "/api/event" && !path.starts_with("/api/v1"));
    let spoken = ["/privacy/opt-out", "/reuses"];
    paths.extend(spoken.iter().flat_map(|path| [format!("/fr{path}"), format!("/en{path}")]));
    assert!(paths.iter().any(|path| path == "/privacy/opt-out") && paths.len() > 60, "{paths:?}");
    let own = format!("http://{}", service.running.as_ref().unwrap().address());
    for path in &paths {
        for from in [
            ("origin", "https://evil.example"),
            ("origin", "http://127.0.0.1.evil.example"),
            ("origin", &own.replace("127.0.0.1", "user@127.0.0.1")),
            ("origin", "nonsense"),
            ("origin", ""),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let headers = [FORM, from, ("cookie", &cookie)];
            let answer = service.post(path, &headers, "choice=in&login=a&password=b&token=c");
            let expected = if path.starts_with("/data") { 405 } else { 403 };
            assert!([403, expected].contains(&answer.status), "{path} {from:?} {}", answer.status);
            assert_eq!(answer.header("set-cookie"), None, "{path} {from:?}");
        }
    }
    // Of no origin at all is the form of a frame without rights.
    for path in ["/privacy/opt-out", "/fr/reuses", "/admin/sign-in", "/admin/sign-out"] {
        let headers = [FORM, ("origin", "null")];
        assert_eq!(service.post(path, &headers, "choice=in").status, 403, "{path}");
    }
    for headers in [
        vec![FORM, ("origin", own.as_str())],
        vec![FORM, ("origin", own.as_str()), ("sec-fetch-site", "same-origin")],
        vec![FORM, ("origin", "null"), ("sec-fetch-site", "same-origin")],
        vec![FORM],
    ] {
        let answer = service.post("/privacy/opt-out", &headers, "choice=out");
        assert_eq!(answer.status, 303, "{headers:?}");
        assert!(answer.header("set-cookie").unwrap().starts_with("parvis-opt-out=1"));
    }
}

#[test]
fn m8_behind_a_proxy_that_rewrites_the_host_forms_of_the_public_address_are_taken() {
    let (_folder, data) = folder_with_sites(&[("www.a.example", "Europe/Paris")]);
    let public =
        |name: &str| (name == "PARVIS_PUBLIC_URL").then(|| "https://stats.example.fr".to_owned());
    let service = Clocked::start_with(data, "2026-11-28T10:00:00Z", &public);
    let send =
        |origin: &str| service.post("/privacy/opt-out", &[FORM, ("origin", origin)], "choice=out");
    let taken = send("https://stats.example.fr");
    assert_eq!(taken.status, 303);
    assert!(taken.header("set-cookie").unwrap().contains("; Secure"));
    assert_eq!(send("https://stats.example.fr.evil.example").status, 403);
    assert_eq!(send("https://example.fr").status, 403);
}

#[test]
fn m8_cookies_are_for_https_alone_where_the_reader_comes_by_it() {
    let (_folder, service) = service();
    service.sign_in();
    let cookies = |headers: &[(&str, &str)]| {
        let headers = [&[FORM], headers].concat();
        let out = service.post("/privacy/opt-out", &headers, "choice=out");
        let form = "login=jeanne&password=a-long-password";
        let signed_in = service.post("/admin/sign-in", &headers, form);
        let all = [out, signed_in].into_iter().flat_map(|answer| {
            let all = answer.headers.get_all("set-cookie").iter();
            all.map(|one| one.to_str().unwrap().to_owned()).collect::<Vec<_>>()
        });
        all.collect::<Vec<_>>()
    };
    for (headers, is_secure) in [
        (vec![], false),
        (vec![("x-forwarded-proto", "http")], false),
        (vec![("x-forwarded-proto", "https")], true),
        (vec![("forwarded", "for=192.0.2.1;proto=https")], true),
    ] {
        let all = cookies(&headers);
        assert_eq!(all.len(), 3, "{all:?}");
        for cookie in all {
            assert_eq!(cookie.contains("; Secure"), is_secure, "{headers:?} {cookie}");
            assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite="), "{cookie}");
        }
    }
}

/// The same address in other letters.
fn escaped(path: &str) -> String {
    path.replacen("/a", "/%61", 1).replacen("/d", "/%64", 1)
}

#[test]
fn every_page_says_what_it_may_load_and_who_may_show_it() {
    let (_folder, service) = service();
    let cookie = service.sign_in();
    let mut pages = 0;
    let mut paths: Vec<String> = routes().into_iter().map(|(path, _)| path).collect();
    paths.extend(
        ["/", "/fr", "/data", "/data/www.a.example/", "/data/nothing/", "/nothing"].map(Into::into),
    );
    paths.extend(["/data/no.example/", "/admin/nothing", "/api/v1/nothing"].map(Into::into));
    for path in paths.iter().filter(|path| !path.ends_with("/live/events")) {
        for cookie in ["", cookie.as_str()] {
            for path in [path.clone(), escaped(path)] {
                let headers = [("accept", "text/html"), ("cookie", cookie)];
                let (_, head, _) = ask(&service, "GET", &path, &headers);
                let of = |name: &str| header(&head, name).unwrap_or_default();
                if !of("content-type").starts_with("text/html") {
                    continue;
                }
                pages += 1;
                let policy = of("content-security-policy");
                assert!(policy.contains("default-src 'none'"), "{path}: {head}");
                let frames = if path.contains("embed/") { "*" } else { "'none'" };
                assert!(policy.ends_with(&format!("frame-ancestors {frames}")), "{path}: {head}");
                assert_eq!(of("x-content-type-options"), "nosniff", "{path}");
                assert_eq!(of("referrer-policy"), "same-origin", "{path}");
            }
        }
    }
    assert!(pages > 100, "{pages} pages");
}

#[test]
fn what_staff_may_read_is_kept_nowhere_however_its_address_is_written() {
    let (_folder, service) = service();
    let cookie = service.sign_in();
    let below = "/sites/www.a.example/totals";
    for path in [
        "/admin",
        "/admin/live",
        "/admin/dropped",
        "/admin/reuses",
        "/admin/sign-in",
        "/admin/first?token=wrong",
        "/admin/api/v1/sites",
        "/admin/api/v1/dropped",
        "/admin/api/v1/sites/www.a.example/totals?period=today",
    ] {
        for path in [path.to_owned(), escaped(path), path.replace("min", "mi%6E")] {
            for cookie in ["", cookie.as_str()] {
                let answer = service.get(&path, &[("cookie", cookie)]);
                assert_eq!(answer.header("cache-control"), Some("no-store"), "{path} {cookie}");
                let origins = answer.header("access-control-allow-origin");
                assert!(origins.is_none(), "{path} {cookie}");
            }
            // Figures for staff are exact, and for nobody else there are none.
            if path.contains("totals") {
                assert_eq!(service.get(&path, &[]).status, 401, "{path}");
            }
        }
    }
    let public = service.get(&format!("/api/v1{below}"), &[("cookie", &cookie)]);
    assert_eq!(public.header("access-control-allow-origin"), Some("*"));
    let public = service.get(&escaped(&format!("/api/v1{below}")), &[("cookie", &cookie)]);
    assert_eq!(public.header("cache-control"), Some("no-cache"));
}

#[test]
fn the_secret_of_the_one_time_link_goes_to_nobody() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let link = service.first_link.clone().unwrap();
    let page = service.get(&link, &[("accept", "text/html")]);
    assert_eq!(page.status, 200);
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    // A browser calls the origin of such a page null; a page of another site has no secret.
    let token = link.split_once("token=").unwrap().1;
    let send = |origin: &str, token: &str| {
        let form = format!("token={token}&login=jeanne&password=a-long-password");
        service.post("/admin/first", &[FORM, ("origin", origin)], form.as_bytes()).status
    };
    assert_eq!((send("https://evil.example", token), send("null", "wrong")), (403, 404));
    assert_eq!(send("null", token), 303);
}

#[test]
fn a_name_that_a_request_gives_the_service_is_in_no_tag() {
    let (_folder, service) = service();
    let cookie = service.sign_in();
    let address = service.running.as_ref().unwrap().address();
    for names in [
        "host: evil.example",
        "host: evil.example\r\nx-forwarded-host: evil.example",
        "host: 127.0.0.1\r\nx-forwarded-host: evil.example\r\nforwarded: host=evil.example",
    ] {
        let mut stream = connect(&address.to_string());
        let request = format!(
            "GET /admin HTTP/1.1\r\n{names}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).unwrap();
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("/t.js"), "{page}");
        assert!(!page.contains("evil"), "{page}");
        assert!(page.contains("public_url"), "the page says what to set: {page}");
    }
}

#[test]
fn a_newcomer_copies_the_address_on_which_the_service_listens() {
    let tag = |listen: &str| {
        let config = parvis::config::Config::read(None, &|_| None).unwrap();
        config.base_url(listen)
    };
    assert_eq!(tag("127.0.0.1:8080"), "http://127.0.0.1:8080");
    assert_eq!(tag("192.0.2.7:80"), "http://192.0.2.7:80");
    for every in ["0.0.0.0:8080", "[::]:8080"] {
        assert_eq!(tag(every), "http://localhost:8080");
    }
}

#[test]
fn requests_that_cannot_be_read_have_one_line_of_the_log() {
    let (_folder, data) = folder_with_site();
    let service = Service::start_with(program(), &data, &[]);
    let host = host_of(&service);
    for number in 0..200 {
        let mut stream = connect(&host);
        write!(stream, "NONSENSE {number}\r\nmark: SecretMark\r\n\r\n").unwrap();
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    }
    let log = || fs::read_to_string(log_of(&data)).unwrap();
    wait_until("a line is there", || log().contains("stream error"));
    assert_eq!(log().matches("stream error").count(), 1, "{}", log());
    // One line says how many files may be open.
    assert!(log().lines().count() < 6 && !log().contains("SecretMark"), "{}", log());
    assert_eq!(service.view("192.0.2.1", "https://www.example.fr/", "k").status, 202);
}
