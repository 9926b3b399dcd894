//! That (nearly) all requests come from one trusted or private address is said in the log of
//! `serve`, once, on the real binary (row 27).

use std::path::Path;
use std::time::Duration;

use crate::service::{FIREFOX, Service, folder_with_site, log_of, program, run, wait_until};

/// Long enough for the service to look at what arrived, several times.
const A_WHILE: Duration = Duration::from_secs(2);

/// A part of the warning.
const WARNING: &str = "requests of a day seem to come from a proxy, this machine or one private";

fn warnings(data: &Path) -> usize {
    std::fs::read_to_string(log_of(data)).unwrap_or_default().matches(WARNING).count()
}

/// Sends a view for each reader, who has these headers.
fn send(service: &Service, readers: u32, header: impl Fn(u32) -> (&'static str, String)) {
    for reader in 0..readers {
        let (name, value) = header(reader);
        let headers = [("user-agent", FIREFOX), (name, value.as_str())];
        let body = br#"{"n":"pageview","u":"https://www.example.fr/"}"#;
        assert_eq!(service.post("/api/event", &headers, body).status, 202);
    }
}

/// Is it said of readers with these headers?
fn is_said(header: impl Fn(u32) -> (&'static str, String)) -> bool {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    // Nineteen are too few to say anything.
    send(&service, 19, &header);
    std::thread::sleep(A_WHILE);
    assert_eq!(warnings(&data), 0);
    send(&service, 21, &header);
    std::thread::sleep(A_WHILE);
    let said = warnings(&data);
    assert!(said <= 1, "said once: {said}");
    let (code, check) = run(&data, &["check"]);
    assert_eq!(code, 0, "{check}");
    assert_eq!(check.contains(WARNING), said == 1, "{check}");
    said == 1
}

#[test]
fn row_27_the_log_says_that_all_requests_come_from_a_trusted_or_one_private_address() {
    let of_reader = |name: &'static str, before: &'static str| {
        move |reader: u32| (name, format!("{before}{}", reader + 1))
    };
    let of_all = |name: &'static str, value: &'static str| move |_| (name, value.to_owned());
    // The proxy names the reader in a header that is not read, in none, or unreadably.
    assert!(is_said(of_reader("x-real-ip", "198.51.100.")));
    assert!(is_said(of_all("x-forwarded-for", "unknown")));
    // A second proxy, which nobody said is one: all readers have its private address.
    assert!(is_said(of_all("x-forwarded-for", "203.0.113.9, 172.17.0.1")));
    assert!(is_said(of_all("x-forwarded-for", "fd00::1")));
    // Readers who are told apart, on the web or in a network of one's own.
    assert!(!is_said(of_reader("x-forwarded-for", "198.51.100.")));
    assert!(!is_said(of_reader("x-forwarded-for", "10.1.2.")));
    assert!(!is_said(of_reader("forwarded", "for=10.1.2.")));
    // One reader of the web is one reader.
    assert!(!is_said(of_all("x-forwarded-for", "198.51.100.7")));
}

#[test]
fn row_27_where_no_proxy_is_trusted_this_machine_is_no_reader_either() {
    let (_folder, data) = folder_with_site();
    let mut command = program();
    command.env("PARVIS_TRUSTED_PROXIES", "203.0.113.9");
    let service = Service::start_with(command, &data, &[]);
    // The header of a proxy that is not trusted is not believed.
    send(&service, 20, |reader| ("x-forwarded-for", format!("198.18.{reader}.7")));
    wait_until("it is said", || warnings(&data) == 1);
}
