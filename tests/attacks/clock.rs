//! A machine's clock that jumps: no day is closed by it, nobody is refused who was not, and what it
//! may have spoilt is said.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::clocked::{Clocked, folder_with_sites};
use crate::service::wait_until;

const PAGE: &str = "https://www.example.fr/";
const A_DAY_AND_AN_HOUR: i64 = 25 * 3_600;

/// A service on such a machine, and its sites' folder.
struct Jumping {
    service: Clocked,
    elapsed: Arc<AtomicI64>,
    views: u32,
    _folder: tempfile::TempDir,
}

impl Jumping {
    fn start(now: &str) -> Self {
        let (folder, data) = folder_with_sites(&[("www.example.fr", "UTC")]);
        let elapsed = Arc::new(AtomicI64::new(1_000));
        let service = Clocked::start_with_elapsed(data, now, &elapsed);
        Self { service, elapsed, views: 0, _folder: folder }
    }

    /// So many seconds pass.
    fn pass(&self, seconds: i64) {
        self.service.set_clock(seconds);
        self.elapsed.fetch_add(seconds, Ordering::SeqCst);
    }

    fn view(&mut self) -> u16 {
        self.views += 1;
        let address = format!("192.0.2.{}", self.views % 250);
        self.service.view(&address, PAGE, &format!("key {}", self.views))
    }

    fn is_ready(&self) -> bool {
        self.service.get("/readyz", &[]).status == 200
    }

    fn wait(&self, is_ready: bool) {
        wait_until("the clock is judged", || self.is_ready() == is_ready);
    }

    /// The seconds of outages that were noted, and how many there were.
    fn outages(&self) -> (i64, i64) {
        let outages = "from outage where reason = 'clock'";
        (
            self.service.count(&format!("select coalesce(sum(to_at - from_at), 0) {outages}")),
            self.service.count(&format!("select count(*) {outages}")),
        )
    }

    fn data(&self) -> PathBuf {
        self.service.options.data.clone()
    }

    fn salts(&self) -> usize {
        self.data().join("salts").read_dir().unwrap().count()
    }
}

#[test]
fn h5_a_jump_that_goes_back_closes_no_day() {
    let mut jumping = Jumping::start("2026-11-28T12:00:00Z");
    jumping.wait(true);
    assert_eq!(jumping.view(), 202);
    jumping.service.set_clock(A_DAY_AND_AN_HOUR);
    jumping.wait(false);
    assert_eq!(jumping.view(), 202);
    jumping.pass(300);
    assert_eq!(jumping.view(), 202);
    jumping.service.set_clock(-A_DAY_AND_AN_HOUR);
    jumping.wait(true);
    wait_until("the jump is noted", || jumping.outages().1 == 1);
    let (seconds, _) = jumping.outages();
    assert!((300..=302).contains(&seconds), "{seconds} s");
    assert_eq!(jumping.view(), 202);
    wait_until("all views are counted", || jumping.service.day("2026-11-28").0 == 4);
    assert_eq!(jumping.service.count("select count(*) from site_day"), 0);
    assert_eq!(jumping.salts(), 1);
    jumping.service.restart();
    assert_eq!(jumping.view(), 202);
    wait_until("the next one is counted", || jumping.service.day("2026-11-28").0 == 5);
}

#[test]
fn h5_a_clock_that_is_set_back_freezes_no_limit() {
    let mut jumping = Jumping::start("2026-11-28T12:00:00Z");
    let limit = jumping.service.options.config.requests_per_second;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for set in [-600, A_DAY_AND_AN_HOUR, -A_DAY_AND_AN_HOUR] {
        jumping.service.set_clock(set);
        let sent = |jumping: &Jumping| jumping.service.send("198.51.100.7", "{}");
        let refused = (0..limit + 20).filter(|_| sent(&jumping) == 429).count();
        assert_eq!(refused, 20, "clock set by {set}");
        let sign_in = || jumping.service.post("/admin/sign-in", &form, "login=a&password=b").status;
        let refused = (0..40).filter(|_| sign_in() == 429).count();
        assert!(refused > 0);
        jumping.pass(60);
        assert_ne!(sent(&jumping), 429, "clock set by {set}");
        let body = "login=c&password=b";
        assert_ne!(jumping.service.post("/admin/sign-in", &form, body).status, 429);
        jumping.pass(60);
    }
    assert_eq!(jumping.view(), 202);
}

#[test]
fn h5_a_clock_that_stays_where_it_jumped_is_believed_and_the_time_in_doubt_is_a_break() {
    let mut jumping = Jumping::start("2026-11-28T12:00:00Z");
    assert_eq!(jumping.view(), 202);
    jumping.service.set_clock(A_DAY_AND_AN_HOUR);
    jumping.wait(false);
    jumping.pass(599);
    assert!(!jumping.is_ready());
    assert_eq!(jumping.service.count("select count(*) from site_day"), 0);
    jumping.pass(1);
    jumping.wait(true);
    wait_until("the day is closed", || {
        jumping.service.count("select count(*) from site_day where site = 1") == 1
    });
    assert_eq!(jumping.view(), 202);
    wait_until("it is on the next day", || jumping.service.day("2026-11-29").0 == 1);
    wait_until("the jump is noted", || jumping.outages() == (A_DAY_AND_AN_HOUR + 600, 1));
    let outages = "select count(*) from series_break where kind = 'outage'";
    wait_until("it is a break", || jumping.service.count(outages) == 1);

    // The clock is set right: the day that it was is closed, and no view goes to another.
    jumping.service.set_clock(-A_DAY_AND_AN_HOUR);
    jumping.wait(false);
    assert_eq!(jumping.view(), 202);
    jumping.pass(600);
    wait_until("the day is refused", || jumping.view() == 503);
    assert!(!jumping.is_ready());
    jumping.pass(12 * 3_600);
    assert!(!jumping.is_ready());
    assert_eq!(jumping.view(), 202, "the day on which the service counts has begun");
    jumping.pass(A_DAY_AND_AN_HOUR - 12 * 3_600);
    jumping.wait(true);
    assert_eq!(jumping.view(), 202);
    wait_until("all of the next day is counted", || jumping.service.day("2026-11-29").0 == 4);
    wait_until("the second jump is noted", || jumping.outages().1 == 2);
}

#[test]
fn h5_a_service_that_is_started_anew_does_not_believe_a_clock_that_has_jumped() {
    let mut jumping = Jumping::start("2026-11-28T12:00:00Z");
    assert_eq!(jumping.view(), 202);
    wait_until("the clock is noted", || jumping.data().join("clock").exists());
    jumping.service.set_clock(A_DAY_AND_AN_HOUR);
    jumping.wait(false);
    let elapsed = jumping.elapsed.clone();
    jumping.service.restart_with_elapsed("one-boot", &elapsed);
    jumping.wait(false);
    assert_eq!(jumping.view(), 202);
    assert_eq!(jumping.service.count("select count(*) from site_day"), 0);
    jumping.service.set_clock(-A_DAY_AND_AN_HOUR);
    jumping.wait(true);
    assert_eq!(jumping.view(), 202);
    wait_until("all views are of the day", || jumping.service.day("2026-11-28").0 == 3);
    // After another start of the machine nothing is known of its clock.
    jumping.service.set_clock(A_DAY_AND_AN_HOUR);
    jumping.service.restart_with_elapsed("another-boot", &elapsed);
    jumping.wait(true);
    wait_until("the day is closed", || {
        jumping.service.count("select count(*) from site_day where site = 1") == 1
    });
}
