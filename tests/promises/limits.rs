//! Every named limit, at its last allowed value and at the first refused one.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::service::{
    FIREFOX, PATIENCE, Service, folder_with_site, program, query, views_counted, wait_until,
};

fn post(service: &Service, body: &[u8]) -> (u16, String) {
    let headers = [("user-agent", FIREFOX), ("x-forwarded-for", "192.0.2.9")];
    let answer = service.post("/api/event", &headers, body);
    (answer.status, answer.body)
}

#[test]
fn a_body_has_64_kib() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let body = |length: usize| {
        let empty = r#"{"n":"pageview","u":"https://www.example.fr/","x":""}"#.len();
        let filling = "x".repeat(length - empty);
        format!(r#"{{"n":"pageview","u":"https://www.example.fr/","x":"{filling}"}}"#)
    };
    assert_eq!(post(&service, body(65_536).as_bytes()).0, 202);
    let (status, said) = post(&service, body(65_537).as_bytes());
    assert_eq!(status, 413);
    assert!(said.contains("65536 bytes"), "{said}");
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), 1);
}

#[test]
fn ten_megabytes_are_refused_without_being_read() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let host = service.base.trim_start_matches("http://").to_owned();
    for framing in ["content-length: 10485760", "transfer-encoding: chunked"] {
        let mut stream = TcpStream::connect(&host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "POST /api/event HTTP/1.1\r\nhost: {host}\r\n{framing}\r\n\r\n").unwrap();
        if framing.starts_with("transfer") {
            // Refused after the first 64 KiB, so the rest may meet a closed connection.
            let chunk = [b"4000\r\n".as_slice(), &[b'x'; 0x4000], b"\r\n"].concat();
            (0..640).all(|_| stream.write_all(&chunk).is_ok());
        }
        let mut head = [0; 12];
        stream.read_exact(&mut head).unwrap();
        assert_eq!(&head, b"HTTP/1.1 413", "{framing}");
    }
}

#[test]
fn an_address_has_2048_bytes() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let body = |length: usize| {
        let start = "https://www.example.fr/";
        let page = format!("{start}{}", "a".repeat(length - start.len()));
        format!(r#"{{"n":"pageview","u":"{page}"}}"#)
    };
    assert_eq!(post(&service, body(2_048).as_bytes()).0, 202);
    let (status, said) = post(&service, body(2_049).as_bytes());
    assert_eq!(status, 400);
    assert!(said.contains("2048 bytes"), "{said}");
    let query =
        format!(r#"{{"n":"pageview","u":"https://www.example.fr/?x={}"}}"#, "a".repeat(9_000));
    assert_eq!(post(&service, query.as_bytes()).0, 202);
}

#[test]
fn an_event_has_ten_properties_of_200_bytes() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let body = |count: usize, length: usize| {
        let value = "v".repeat(length);
        let all: Vec<_> = (0..count).map(|n| format!(r#""p{n}":"{value}""#)).collect();
        let all = all.join(",");
        format!(r#"{{"n":"feature","u":"https://www.example.fr/","p":{{{all}}}}}"#)
    };
    assert_eq!(post(&service, body(10, 200).as_bytes()).0, 202);
    // Those beyond are left out and cost the event nothing.
    assert_eq!(post(&service, body(11, 1).as_bytes()).0, 202);
    assert_eq!(post(&service, body(1, 201).as_bytes()).0, 202);
}

#[test]
fn one_address_has_its_requests_a_second_and_others_have_theirs() {
    let (_folder, data) = folder_with_site();
    let mut command = program();
    command.env("PARVIS_REQUESTS_PER_SECOND", "5");
    let service = Service::start_with(command, &data, &[]);
    let statuses: Vec<_> = (0..60)
        .map(|number| {
            service.view("192.0.2.1", "https://www.example.fr/", &number.to_string()).status
        })
        .collect();
    // Sixty requests take less than twelve seconds, so some second has more than five.
    assert!(statuses.contains(&202) && statuses.contains(&429), "{statuses:?}");
    let other = service.view("198.51.100.7", "https://www.example.fr/", "other");
    assert_eq!(other.status, 202);
    let refused = (0..60).map(|number| {
        service.view("192.0.2.1", "https://www.example.fr/", &format!("again {number}"))
    });
    let refused = refused.into_iter().find(|answer| answer.status == 429).unwrap();
    assert!(refused.header("retry-after").is_some());
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    assert!(refused.body.contains("requests_per_second"), "{}", refused.body);
}

/// Distinct paths of one site and day that one network can bring a line.
const PATHS_OF_NETWORK_MAX: usize = 25_000;

/// Further ones, after which those of the senders' network have none.
const PATHS_FURTHER: usize = 1_000;

/// Connections that send them at the same time.
const SENDERS: usize = 50;

#[test]
fn further_paths_of_one_network_go_to_the_overflow_line() {
    let (_folder, data) = folder_with_site();
    let mut command = program();
    command.env("PARVIS_REQUESTS_PER_SECOND", "1000000");
    let service = Service::start_with(command, &data, &[]);
    let first = service.view("192.0.2.1", "https://www.example.fr/first", "first");
    assert_eq!(first.status, 202);
    let paths = PATHS_OF_NETWORK_MAX + PATHS_FURTHER;
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let base = service.base.clone();
            std::thread::spawn(move || send_paths(&base, sender, paths / SENDERS))
        })
        .collect();
    senders.into_iter().for_each(|sender| sender.join().unwrap());
    for extra in ["x", "y", "z"] {
        let page = format!("https://www.example.fr/extra/{extra}");
        assert_eq!(service.view("192.0.2.1", &page, extra).status, 202);
    }
    let known = service.view("192.0.2.1", "https://www.example.fr/first", "known");
    assert_eq!(known.status, 202);
    let store = data.join("store.sqlite");
    wait_until("all are counted", || views_counted(&data) as usize == paths + 5);
    let views = |path: &str| {
        let sql = "select coalesce(sum(views), 0) from count_day
                     join value on value.id = count_day.value
                    where dimension = 1 and text = ";
        query(&store, &format!("{sql}'{path}'"))
    };
    let further = PATHS_FURTHER as i64 + 4;
    assert_eq!((views(":overflow"), views("/first"), views("/extra/x")), (further, 2, 0));
    let pages = query(&store, "select count(*) from count_day where dimension = 1");
    assert_eq!(pages as usize, PATHS_OF_NETWORK_MAX + 1);
}

/// Sends views of as many paths over one connection.
pub fn send_paths(base: &str, sender: usize, count: usize) {
    let host = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut answer = [0; 4_096];
    for number in 0..count {
        let body =
            format!(r#"{{"n":"pageview","u":"https://www.example.fr/p/{sender}/{number}"}}"#);
        let request = format!(
            "POST /api/event HTTP/1.1\r\nhost: {host}\r\nuser-agent: {FIREFOX}\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        // The answer has no body and fits into one packet.
        let length = stream.read(&mut answer).unwrap();
        assert!(answer[..length].starts_with(b"HTTP/1.1 202"), "{sender}/{number}");
    }
}
