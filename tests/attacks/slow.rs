//! Who sends slowly, or does not read what is sent, stops nobody else, and is given up.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::attacks::beside::{Beacons, host_of};
use crate::clocked::{Clocked, folder_with_sites};
use crate::service::{FIREFOX, Service, folder_with_site, program, wait_until};

/// Connections that send slowly: more than the files that a process usually may open.
const SLOW: usize = 1_200;

/// Connections that do not read, in pairs of one address: more than one address may have.
const DEAF: usize = 100;

/// What a connection says until its end, and whether that came within a time.
fn read_to_end(stream: &mut TcpStream, patience: Duration) -> (Vec<u8>, bool) {
    let (mut said, began) = (Vec::new(), Instant::now());
    let mut piece = [0; 64 * 1024];
    while began.elapsed() < patience {
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        match stream.read(&mut piece) {
            Ok(0) => return (said, true),
            Ok(length) => said.extend_from_slice(&piece[..length]),
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return (said, true),
        }
    }
    (said, false)
}

#[test]
fn bodies_that_never_end_are_given_up_and_stop_nobody() {
    let (_folder, data) = folder_with_site();
    // A process may usually open 1,024 files; what the system allows beyond is taken at start.
    let mut limited = std::process::Command::new("sh");
    limited.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let run = format!("ulimit -S -n 1024; exec {} \"$@\"", program().get_program().display());
    limited.args(["-c", &run, "parvis"]);
    let service = Service::start_with(limited, &data, &[]);
    let beacons = Beacons::begin(&service);
    let host = host_of(&service);
    let slow = |number: usize| {
        let path = ["/api/event", "/admin/sign-in"][number % 2];
        let mut stream = TcpStream::connect(&host).unwrap();
        write!(stream, "POST {path} HTTP/1.1\r\nhost: {host}\r\nuser-agent: {FIREFOX}\r\n")
            .unwrap();
        let form = "content-type: application/x-www-form-urlencoded";
        write!(stream, "{form}\r\ncontent-length: 1000\r\n\r\nl").unwrap();
        stream
    };
    let mut streams: Vec<_> = (0..SLOW).map(slow).collect();
    for _ in 0..5 {
        for path in ["/t.js", "/fr/methodology", "/api/v1/sites", "/readyz"] {
            assert_eq!(service.get(path, &[]).status, 200, "{path}");
        }
    }
    for (number, stream) in streams.iter_mut().enumerate() {
        let (said, is_over) = read_to_end(stream, Duration::from_secs(25));
        let said = String::from_utf8_lossy(&said);
        assert!(is_over, "connection {number} is still open: {said}");
        let is_refused = ["HTTP/1.1 408", "HTTP/1.1 429"].iter().any(|one| said.starts_with(one));
        assert!(said.is_empty() || is_refused, "{said}");
    }
    beacons.all_are_counted(&data);
    let log = std::fs::read_to_string(crate::service::log_of(&data)).unwrap();
    assert!(log.contains("files and connections may be open at once"), "{log}");
}

/// A released day with many pages, so that its file does not fit into the buffers of a connection.
fn released(data: &Path) {
    let service = Clocked::start(data.to_owned(), "2026-11-20T10:00:00Z");
    let line = |number: usize| {
        let (page, reader) = (number / 12, number % 12);
        format!(
            "198.18.{reader}.7 - - [18/Nov/2026:10:00:00 +0100] \"GET /a-page-with-a-long-name-\
             of-which-there-are-many/{page} HTTP/1.1\" 200 5 \"-\" \"{FIREFOX}\"\n"
        )
    };
    let lines: Vec<_> = (0..1_500 * 12).map(line).collect();
    service.import("www.example.fr", &lines, false);
    service.publish("www.example.fr", "2026-11-18");
}

#[test]
fn readers_that_do_not_read_are_given_up_and_leave_room_for_others() {
    let (_folder, data) = folder_with_sites(&[("www.example.fr", "Europe/Paris")]);
    released(&data);
    let service = Service::start(&data);
    let path = "/data/www.example.fr/pages/2026-11-18.json";
    let length = service.get(path, &[]).body.len();
    assert!(length > 200_000, "{length}");
    let before = 1_500 * 12;
    let beacons = Beacons::begin_after(&service, before);
    let host = host_of(&service);
    let mut deaf: Vec<_> = (0..DEAF).map(|_| TcpStream::connect(&host).unwrap()).collect();
    for stream in &mut deaf {
        // Each is looked up before the next one asks; several files fill what the system holds
        // for the reader.
        std::thread::sleep(Duration::from_millis(30));
        for _ in 0..40 {
            let head = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n");
            write!(stream, "{head}x-forwarded-for: 192.0.2.66\r\n\r\n").unwrap();
        }
    }
    let from = |address: &str| service.get(path, &[("x-forwarded-for", address)]);
    wait_until("the address has as many downloads as it may", || {
        let crowded = from("192.0.2.66");
        crowded.status == 429 && crowded.header("retry-after").is_some()
    });
    assert_eq!(from("198.51.100.1").body.len(), length);
    // Nothing was taken for half a minute: they are given up.
    let began = Instant::now();
    while from("192.0.2.66").status != 200 {
        assert!(began.elapsed() < Duration::from_secs(90), "they still hold their places");
        std::thread::sleep(Duration::from_millis(500));
    }
    beacons.all_are_counted(&data);
}

#[test]
fn two_thousand_readers_behind_one_proxy_are_served() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let beacons = Beacons::begin(&service);
    let host = host_of(&service);
    let mut streams: Vec<_> = (0..2_000).map(|_| TcpStream::connect(&host).unwrap()).collect();
    for (number, stream) in streams.iter_mut().enumerate() {
        let address = format!("198.{}.{}.7", 18 + number / 250 % 2, number % 250);
        let head = format!("GET /fr/methodology HTTP/1.1\r\nhost: {host}\r\n");
        write!(stream, "{head}x-forwarded-for: {address}\r\nconnection: close\r\n\r\n").unwrap();
    }
    let mut statuses = std::collections::BTreeMap::new();
    for stream in &mut streams {
        let (said, _) = read_to_end(stream, Duration::from_secs(60));
        let said = String::from_utf8_lossy(&said[..said.len().min(12)]).into_owned();
        *statuses.entry(said).or_insert(0) += 1;
    }
    assert_eq!(statuses.get("HTTP/1.1 200"), Some(&2_000), "{statuses:?}");
    beacons.all_are_counted(&data);
}

#[test]
fn one_address_that_is_no_proxy_has_a_bounded_number_of_connections() {
    let (_folder, data) = folder_with_site();
    let mut command = program();
    command.env("PARVIS_TRUSTED_PROXIES", "192.0.2.1");
    let service = Service::start_with(command, &data, &[]);
    let host = host_of(&service);
    let mut streams: Vec<_> = (0..1_200).map(|_| TcpStream::connect(&host).unwrap()).collect();
    std::thread::sleep(Duration::from_secs(1));
    let mut open = 0;
    for stream in &mut streams {
        // One that is open waits for a request, for as long as its head may take.
        stream.set_nonblocking(true).unwrap();
        let ended = stream.read(&mut [0; 1]);
        open += usize::from(ended.is_err_and(|error| error.kind() == ErrorKind::WouldBlock));
    }
    assert!((900..=1_024).contains(&open), "{open}");
    drop(streams);
    wait_until("it answers again", || {
        service.agent.get(format!("{}/healthz", service.base)).call().is_ok()
    });
}
