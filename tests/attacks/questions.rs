//! Questions that take long never starve beacons: they are answered behind them, a bounded number
//! waits, and the rest is refused at once with a time to come back.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::attacks::beside::Beacons;
use crate::service::{PATIENCE, Service, folder_with_site};

/// Connections that ask at once: more than one address may have questions.
const ASKERS: usize = 100;

/// How long they go on.
const LASTS: Duration = Duration::from_secs(4);

/// A question that nobody has asked before.
fn question(number: u32) -> String {
    let pages: Vec<_> = (0..100).map(|page| format!("/{number}-{page}")).collect();
    let filter = format!("filter=page:is_not:{}", pages.join("|"));
    format!(
        "/api/v1/sites/www.example.fr/breakdown/page?period=all&limit=10000&compare=year&{filter}"
    )
}

/// Asks on one connection until the time is over; the answers by their status.
fn ask(host: &str, forwarded: Option<&str>, number: &AtomicU32) -> Vec<(u16, bool)> {
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let forwarded = forwarded.map(|address| format!("x-forwarded-for: {address}\r\n"));
    let forwarded = forwarded.unwrap_or_default();
    let (began, mut answers) = (Instant::now(), Vec::new());
    while began.elapsed() < LASTS {
        let path = question(number.fetch_add(1, Ordering::Relaxed));
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {host}\r\n{forwarded}\r\n").unwrap();
        let head = read_answer(&mut stream);
        let status = head.get(9..12).and_then(|status| status.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no status: {head:?}"));
        answers.push((status, head.to_ascii_lowercase().contains("retry-after: ")));
    }
    answers
}

/// Reads an answer to its end, of which it says the length; returns its head.
fn read_answer(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let length = head.to_ascii_lowercase();
    let length = length.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.expect("a length").parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    head
}

#[test]
fn questions_of_one_address_wait_in_a_bounded_number_and_starve_nobody() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    for reader in 0..50 {
        let page = format!("https://www.example.fr/{reader}");
        assert_eq!(service.view("192.0.2.9", &page, &format!("before {reader}")).status, 202);
    }
    let asked = AtomicU32::new(0);
    let beacons = Beacons::begin_after(&service, 50);
    let host = service.base.trim_start_matches("http://");
    let answers: Vec<_> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..ASKERS).map(|_| scope.spawn(|| ask(host, None, &asked))).collect();
        // Another address is answered in the middle of it.
        let mine = ask(host, Some("198.51.100.1"), &asked);
        assert!(mine.iter().all(|(status, _)| *status == 200), "{mine:?}");
        asking.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    let of = |wanted: u16| answers.iter().filter(|(status, _)| *status == wanted).count();
    assert_eq!(of(200) + of(503), answers.len());
    assert!(of(200) > 0 && of(503) > 0, "{} and {}", of(200), of(503));
    assert!(answers.iter().all(|(status, says_when)| *status == 200 || *says_when));
    beacons.all_are_counted(&data);
}
