//! A stop ends within ten seconds whatever goes on, with exit code 0, and the next start goes on
//! with what was under way.

use std::fs::DirBuilder;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};

use crate::service::{Service, folder_with_site, program, query, views_counted};

/// What is promised.
const STOP_MAX: Duration = Duration::from_secs(10);

/// How long a slow machine may take to invent the demonstration's history and to release of it.
const DEMO_PATIENCE: Duration = Duration::from_secs(400);

fn terminate(id: u32) {
    let killed = Command::new("kill").args(["-TERM", &id.to_string()]).status().unwrap();
    assert!(killed.success());
}

fn stopped_in_time(service: Service, when: &str) {
    let began = Instant::now();
    let status = service.stop();
    assert_eq!(status.code(), Some(0), "{when}");
    assert!(began.elapsed() < STOP_MAX, "{when}: {:?}", began.elapsed());
}

/// A number of the store, 0 as long as there is none.
fn number(data: &Path, sql: &str) -> i64 {
    let (store, flags) = (data.join("store.sqlite"), OpenFlags::SQLITE_OPEN_READ_ONLY);
    let Ok(connection) = Connection::open_with_flags(store, flags) else { return 0 };
    connection.query_row(sql, [], |row| row.get(0)).unwrap_or(0)
}

fn wait_for(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < DEMO_PATIENCE, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn start_demo(data: &Path) -> Child {
    let mut command = program();
    command.arg("--data").arg(data).args(["serve", "--demo", "--listen", "127.0.0.1:0"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

const DAYS: &str = "select count(*) from site_day";
const RELEASES: &str = "select count(*) from release where scale = 1";

/// Starts the demonstration, and stops it when the store says so much.
fn stop_demo_at(data: &Path, sql: &str, least: i64) {
    let mut process = start_demo(data);
    wait_for(&format!("{sql} is {least}"), || number(data, sql) >= least);
    terminate(process.id());
    let began = Instant::now();
    let status = process.wait().unwrap();
    assert_eq!(status.code(), Some(0), "stopped at {least} of {sql}");
    assert!(began.elapsed() < STOP_MAX, "{:?} at {least} of {sql}", began.elapsed());
}

fn copy_folder(from: &Path, to: &Path) {
    DirBuilder::new().mode(0o700).create(to).unwrap();
    for entry in from.read_dir().unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The files of the first released days, one after the other.
fn first_files(data: &Path, days: i64) -> Vec<(i64, String)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = Connection::open_with_flags(data.join("store.sqlite"), flags).unwrap();
    let sql = "select start, sha256 from release
                 join released_file on released_file.release = release.id
                where scale = 1 and about = 'demo.localhost' and format = 'csv'
                  and start < (select min(start) from release where scale = 1) + ?1
                order by start, dataset";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([days], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn the_demonstration_stops_at_any_moment_and_goes_on_with_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let (data, whole) = (folder.path().join("stopped"), folder.path().join("whole"));
    for days in [1, 40] {
        stop_demo_at(&data, DAYS, days);
        assert!(number(&data, DAYS) < 396, "it was stopped while the history was invented");
    }
    stop_demo_at(&data, RELEASES, 1);
    assert_eq!(number(&data, DAYS), 396, "the history is whole");
    let fresh = folder.path().join("fresh");
    stop_demo_at(&fresh, DAYS, 396);
    let views = "select sum(views * (day % 97)) from count_day where dimension = 0";
    assert_eq!(number(&data, views), number(&fresh, views), "the same history as without a stop");
    // Figures are rounded by the secret of the folder: from here on one goes on without a stop.
    copy_folder(&data, &whole);
    stop_demo_at(&data, RELEASES, 12);
    stop_demo_at(&whole, RELEASES, 20);
    stop_demo_at(&data, RELEASES, 20);
    let (stopped, whole) = (first_files(&data, 20), first_files(&whole, 20));
    assert!(stopped.len() > 20 * 5, "{}", stopped.len());
    assert_eq!(stopped, whole, "the same files as without a stop");
}

#[test]
fn readers_who_do_not_read_and_senders_who_do_not_send_keep_no_stop_waiting() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let address = service.base.strip_prefix("http://").unwrap().to_owned();
    let connect = |bytes: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.write_all(bytes.as_bytes()).unwrap();
        stream
    };
    let body = "POST /api/event HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"n\":";
    let mut idle = connect("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    idle.read_exact(&mut [0; 12]).unwrap();
    let _held = [connect("GET /t.js HTT"), connect(body), idle];
    for visitor in 1..=5 {
        let address = format!("198.18.{visitor}.7");
        assert_eq!(service.view(&address, "https://www.example.fr/", &address).status, 202);
    }
    stopped_in_time(service, "with connections that are held open");
    assert_eq!(views_counted(&data), 5, "what was acknowledged is counted");
    stopped_in_time(Service::start(&data), "at once");
    assert_eq!(query(&data.join("store.sqlite"), "select count(*) from uptime"), 2);
}

/// Connections of each kind that are held open while the service is asked to stop.
const OPEN: usize = 20;

/// Downloads asked for on one connection: far more bytes than the systems at both ends keep.
const DOWNLOADS: usize = 400;

/// How fast slow senders and slow readers are.
const SLOWNESS: Duration = Duration::from_millis(100);

/// Makes the first administrator; returns the session's cookie.
fn signed_in(service: &Service) -> String {
    let link = service.first_link.as_deref().unwrap();
    let token = link.split_once("token=").unwrap().1;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = format!("token={token}&login=jeanne&password=a-long-password");
    let answer = service.post("/admin/first", &form, body.as_bytes());
    let cookie = answer.header("set-cookie").unwrap_or_else(|| panic!("{}", answer.body));
    cookie.split(';').next().unwrap().to_owned()
}

#[test]
fn slow_downloads_live_streams_and_slow_bodies_keep_no_stop_waiting() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let cookie = signed_in(&service);
    let address = service.base.strip_prefix("http://").unwrap().to_owned();
    let connect = |bytes: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.set_write_timeout(Some(SLOWNESS)).unwrap();
        stream.set_read_timeout(Some(STOP_MAX)).unwrap();
        // What does not fit any more is not sent: the service waits for its reader.
        let _ = stream.write_all(bytes.as_bytes());
        stream
    };
    for visitor in 1..=5 {
        let address = format!("198.18.{visitor}.7");
        assert_eq!(service.view(&address, "https://www.example.fr/", &address).status, 202);
    }
    let download = "GET /en/methodology HTTP/1.1\r\nHost: x\r\n\r\n".repeat(DOWNLOADS);
    let live = format!(
        "GET /admin/live/events?site=www.example.fr HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n"
    );
    let body =
        |path: &str| format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n");
    let mut slow = Vec::new();
    for number in 0..OPEN {
        slow.push(connect(&download));
        let mut stream = connect(&live);
        let mut head = [0; 12];
        stream.read_exact(&mut head).unwrap();
        assert_eq!(&head, b"HTTP/1.1 200", "a live stream");
        slow.push(stream);
        slow.push(connect(&body(["/api/event", "/reuses", "/admin/sign-in"][number % 3])));
    }
    // Slow readers and slow senders go on all the time, a byte after the other.
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut byte = [0];
            while !is_over.load(Ordering::SeqCst) {
                for (place, stream) in slow.iter_mut().enumerate() {
                    let _ = stream.set_read_timeout(Some(Duration::from_millis(1)));
                    let _ =
                        if place % 3 == 2 { stream.write(b" ") } else { stream.read(&mut byte) };
                }
                std::thread::sleep(SLOWNESS);
            }
        });
        // They are under way when the stop comes.
        std::thread::sleep(SLOWNESS * 5);
        let asked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            stopped_in_time(service, "with slow readers and slow senders");
        }));
        is_over.store(true, Ordering::SeqCst);
        asked.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
    assert_eq!(views_counted(&data), 5, "what was acknowledged is counted");
    stopped_in_time(Service::start(&data), "at once");
}
