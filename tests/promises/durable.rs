//! Promise 1: what was answered 202 is counted exactly once, whenever the process is killed.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::service::{
    FIREFOX, Service, folder_with_site, program, query, views_counted, wait_until,
};

/// Kills on one data folder.
const KILLS: usize = 20;

/// Senders at the same time.
const SENDERS: usize = 8;

/// Sends views until told to stop or until nobody answers; counts those that were answered 202,
/// and returns the key of the one of which nothing is known.
fn send(base: &str, name: &str, stop: &AtomicBool, sent: &AtomicUsize) -> Option<String> {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(10)));
    let agent: ureq::Agent = config.build().into();
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let key = format!("{name}-{number}");
        match post(&agent, base, &key) {
            Some(202) => sent.fetch_add(1, Ordering::Relaxed),
            Some(status) => panic!("answered {status}"),
            None => return Some(key),
        };
    }
    None
}

fn post(agent: &ureq::Agent, base: &str, key: &str) -> Option<u16> {
    let page = key.len() % 7;
    let body =
        format!(r#"{{"n":"pageview","u":"https://www.example.fr/p/{page}","k":"key-{key}"}}"#);
    let request = agent.post(format!("{base}/api/event")).header("user-agent", FIREFOX);
    let address = format!("192.0.2.{}", key.bytes().map(usize::from).sum::<usize>() % 250);
    let response = request.header("x-forwarded-for", address).send(body.as_bytes());
    response.ok().map(|response| response.status().as_u16())
}

/// A service that takes as many requests as the senders make.
fn unlimited(data: &Path) -> Service {
    let mut command = program();
    command.env("PARVIS_REQUESTS_PER_SECOND", "1000000");
    Service::start_with(command, data, &[])
}

/// A delay that differs from kill to kill and is the same in every run of the test.
fn delay(round: usize) -> Duration {
    Duration::from_millis((round * 7_919 % 23) as u64 * 17)
}

#[test]
fn acknowledged_is_counted_after_twenty_kills() {
    let (_folder, data) = folder_with_site();
    let sent = Arc::new(AtomicUsize::new(0));
    let pending: Arc<Mutex<Vec<String>>> = Arc::default();
    for round in 0..KILLS {
        let service = unlimited(&data);
        let again = std::mem::take(&mut *pending.lock().unwrap());
        resend(&service, &again);
        let sent_before = sent.fetch_add(again.len(), Ordering::Relaxed) + again.len();
        let stop = Arc::new(AtomicBool::new(false));
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let (base, stop) = (service.base.clone(), stop.clone());
                let (sent, pending) = (sent.clone(), pending.clone());
                std::thread::spawn(move || {
                    let unknown = send(&base, &format!("{round}-{sender}"), &stop, &sent);
                    pending.lock().unwrap().extend(unknown);
                })
            })
            .collect();
        wait_until("views are taken", || sent.load(Ordering::Relaxed) > sent_before);
        std::thread::sleep(delay(round));
        service.kill();
        stop.store(true, Ordering::Relaxed);
        senders.into_iter().for_each(|sender| sender.join().unwrap());
    }
    let service = unlimited(&data);
    let again = std::mem::take(&mut *pending.lock().unwrap());
    resend(&service, &again);
    // Some messages of the last round a second time, though they were acknowledged.
    resend(&service, &again);
    let expected = (sent.load(Ordering::Relaxed) + again.len()) as i64;
    wait_until("all acknowledged views are counted", || views_counted(&data) >= expected);
    assert_eq!(views_counted(&data), expected);
    check_sums(&data, expected);
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), expected);
}

/// After a restart: every message of which nothing is known is sent again with its key.
fn resend(service: &Service, keys: &[String]) {
    for key in keys {
        assert_eq!(post(&service.agent, &service.base, key), Some(202));
    }
}

/// Pages, hours and days say the same.
fn check_sums(data: &Path, expected: i64) {
    let store = data.join("store.sqlite");
    for table in ["count_hour where dimension = 0", "count_day where dimension = 3"] {
        assert_eq!(query(&store, &format!("select sum(views) from {table}")), expected);
    }
    let pages = "select sum(views) from count_day where dimension = 1";
    assert_eq!(query(&store, pages), expected);
    let visitors = "select max(visitors) from count_day where dimension = 0";
    assert!(query(&store, visitors) <= 250, "a visitor was counted twice after a restart");
}

#[test]
fn a_beacon_sent_twice_counts_once_and_both_are_answered_202() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let page = "https://www.example.fr/";
    assert_eq!(service.view("192.0.2.1", page, "one").status, 202);
    let again = service.view("192.0.2.1", page, "one");
    assert_eq!((again.status, again.header("x-parvis-dropped")), (202, None));
    assert_eq!(service.view("192.0.2.1", page, "two").status, 202);
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), 2);
    let service = Service::start(&data);
    assert_eq!(service.view("192.0.2.1", page, "one").status, 202);
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), 2);
    let duplicates = "select hits from dropped where reason = 'duplicate'";
    assert_eq!(query(&data.join("store.sqlite"), duplicates), 2);
}

#[test]
fn a_service_that_is_stopped_under_load_writes_what_it_took_and_exits_0() {
    let (_folder, data) = folder_with_site();
    let service = unlimited(&data);
    let stop = Arc::new(AtomicBool::new(false));
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let (base, stop) = (service.base.clone(), stop.clone());
            std::thread::spawn(move || {
                let config = ureq::Agent::config_builder().http_status_as_error(false);
                let agent: ureq::Agent = config.build().into();
                let keys = (0..).map(|number| format!("{sender}-{number}"));
                let answers = keys
                    .take_while(|_| !stop.load(Ordering::Relaxed))
                    .map_while(|key| post(&agent, &base, &key));
                answers.filter(|&status| status == 202).count()
            })
        })
        .collect();
    std::thread::sleep(Duration::from_millis(400));
    assert!(service.stop().success());
    stop.store(true, Ordering::Relaxed);
    let sent: usize = senders.into_iter().map(|sender| sender.join().unwrap()).sum();
    assert!(sent > 0);
    // A view may be written though its answer was cut off with its connection: at most one each.
    let counted = views_counted(&data) as usize;
    assert!((sent..=sent + SENDERS).contains(&counted), "{counted} counted, {sent} acknowledged");
}
