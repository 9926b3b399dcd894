//! What goes on beside an attack: beacons that are sent and must be counted, and the memory of the
//! process that is attacked.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::service::{FIREFOX, PATIENCE, Service, views_counted, wait_until};

/// Time between two beacons of one sender.
const PAUSE: Duration = Duration::from_millis(10);

/// Beacons that are sent as long as an attack lasts.
pub struct Beacons {
    before: u64,
    stop: Arc<AtomicBool>,
    sender: JoinHandle<(u64, Duration)>,
}

impl Beacons {
    /// Begins to send to a service that has counted nothing yet.
    pub fn begin(service: &Service) -> Self {
        Self::begin_after(service, 0)
    }

    /// Begins to send to a service that has counted so many views.
    pub fn begin_after(service: &Service, before: u64) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (host, stopped) = (host_of(service), stop.clone());
        let sender = std::thread::spawn(move || send(&host, &stopped));
        Self { before, stop, sender }
    }

    /// Stops sending: every beacon was acknowledged, and is counted. Returns how long the slowest
    /// one took.
    pub fn all_are_counted(self, data: &Path) -> Duration {
        self.stop.store(true, Ordering::SeqCst);
        let (acknowledged, slowest) = self.sender.join().unwrap();
        assert!(acknowledged > 10, "{acknowledged} beacons are few");
        wait_until("every acknowledged view is counted", || {
            views_counted(data) as u64 == self.before + acknowledged
        });
        slowest
    }
}

fn send(host: &str, stopped: &AtomicBool) -> (u64, Duration) {
    let mut stream = connect(host);
    let (mut number, mut slowest) = (0, Duration::ZERO);
    while !stopped.load(Ordering::SeqCst) {
        let address = format!("198.51.{}.{}", number / 250 % 250, number % 250);
        let body = format!(r#"{{"n":"pageview","u":"https://www.example.fr/","k":"b{number}"}}"#);
        let began = Instant::now();
        let head = format!("x-forwarded-for: {address}\r\nuser-agent: {FIREFOX}");
        let status = post(&mut stream, "/api/event", &head, &body).unwrap().0;
        slowest = slowest.max(began.elapsed());
        assert_eq!(status, 202, "beacon {number}");
        number += 1;
        std::thread::sleep(PAUSE);
    }
    (number, slowest)
}

/// Host and port of a service.
pub fn host_of(service: &Service) -> String {
    service.base.trim_start_matches("http://").to_owned()
}

/// A connection that does not wait for ever.
pub fn connect(host: &str) -> TcpStream {
    let stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends a form or a message on a kept connection; returns the status and the head of the answer in
/// small letters. What is sent names no host but `x`, so that it comes from no page.
pub fn post(
    stream: &mut TcpStream,
    path: &str,
    more: &str,
    body: &str,
) -> std::io::Result<(u16, String)> {
    let length = body.len();
    let form = "content-type: application/x-www-form-urlencoded";
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: x\r\n{form}\r\n{more}\r\n\
         content-length: {length}\r\n\r\n{body}"
    )?;
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
    stream.read_exact(&mut vec![0; length])?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
    Ok((status, head))
}

/// A number that no other request of a test has.
pub fn next() -> u64 {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

/// Resident memory in kilobytes: `VmRSS` is that of now, `VmHWM` the most there was.
pub fn memory(service: &Service, name: &str) -> i64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", service.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(&format!("{name}:"))).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Time that a service was on a processor, in hundredths of a second.
pub fn processor_ticks(service: &Service) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", service.id())).unwrap();
    // The name before the bracket may hold anything; user and system time are the 14th and 15th.
    let fields: Vec<_> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}
