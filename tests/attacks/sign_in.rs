//! Floods of wrong sign-ins, and guesses at one login (H1, M3).

use std::collections::BTreeMap;
use std::io::Write;
use std::time::{Duration, Instant};

use crate::attacks::accounts::{add_user, form_of, sign_in};
use crate::attacks::beside::{Beacons, connect, host_of, memory, next, post, processor_ticks};
use crate::service::{Service, folder_with_site, wait_until};

/// How long a flood lasts.
const FLOOD: Duration = Duration::from_secs(6);

/// Connections that send it.
const CONNECTIONS: usize = 100;

/// By how much a flood may move the memory, in kilobytes.
const MOVED_MAX: i64 = 150 * 1024;

/// How much of it may stay: what a service in use takes anyway.
const STAYS_MAX: i64 = 60 * 1024;

/// Sign-ins of which the time is measured: fewer than one login has in a minute.
const TRIES: usize = 18;

/// An address of a network that nobody used before.
fn new_address() -> String {
    let number = next();
    format!("2001:db8:{:x}:{:x}::1", number >> 16 & 0xFFFF, number & 0xFFFF)
}

fn wrong() -> String {
    format!("login=ghost{}&password=a-wrong-password", next())
}

/// Posts wrong passwords on kept connections, each from another network; returns how many answers
/// had which status.
fn flood(host: &str) -> BTreeMap<u16, u64> {
    let senders = (0..CONNECTIONS).map(|_| {
        let host = host.to_owned();
        std::thread::spawn(move || {
            let (mut stream, began) = (connect(&host), Instant::now());
            let mut statuses = BTreeMap::new();
            while began.elapsed() < FLOOD {
                let head = format!("x-forwarded-for: {}", new_address());
                let (status, head) = post(&mut stream, "/admin/sign-in", &head, &wrong()).unwrap();
                assert!(status != 429 || head.contains("retry-after: "), "{head}");
                *statuses.entry(status).or_insert(0) += 1;
            }
            statuses
        })
    });
    let senders: Vec<_> = senders.collect();
    let mut all = BTreeMap::new();
    for sender in senders {
        for (status, count) in sender.join().unwrap() {
            *all.entry(status).or_insert(0) += count;
        }
    }
    all
}

fn memory_is_given_back(service: &Service, before: i64) {
    let most = memory(service, "VmHWM") - before;
    assert!(most < MOVED_MAX, "memory moved by {most} kB");
    wait_until("memory is given back", || memory(service, "VmRSS") - before < STAYS_MAX);
}

#[test]
fn h1_a_flood_of_wrong_passwords_moves_little_memory_and_keeps_nobody_out() {
    let (_folder, data) = folder_with_site();
    add_user(&data, "jeanne", "a-long-password");
    let service = Service::start(&data);
    let right = form_of("jeanne", "a-long-password");
    let (_, known) = sign_in(&service, &right, &[]);
    let before = memory(&service, "VmRSS");
    let beacons = Beacons::begin(&service);
    let host = host_of(&service);
    let flooded = std::thread::spawn(move || flood(&host));
    // Whoever signed in with this browser before is let in beside it.
    std::thread::sleep(FLOOD / 3);
    let began = Instant::now();
    let (status, _) =
        sign_in(&service, &right, &[("cookie", &known), ("x-forwarded-for", "192.0.2.1")]);
    assert_eq!(status, 303);
    assert!(began.elapsed() < FLOOD, "{:?}", began.elapsed());
    let statuses = flooded.join().unwrap();
    // Some are checked, the others are told to come later; nothing else happens.
    assert!(statuses.keys().all(|status| [200, 429].contains(status)), "{statuses:?}");
    assert!(statuses.len() == 2, "{statuses:?}");
    memory_is_given_back(&service, before);
    beacons.all_are_counted(&data);
}

#[test]
fn h1_clients_that_send_and_reset_start_no_more_checks_than_there_are_places() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    sign_in(&service, &wrong(), &[]);
    let before = memory(&service, "VmRSS");
    let beacons = Beacons::begin(&service);
    let host = host_of(&service);
    let senders = (0..16).map(|_| {
        let host = host.clone();
        std::thread::spawn(move || {
            let began = Instant::now();
            while began.elapsed() < FLOOD {
                send_and_reset(&host);
            }
        })
    });
    let senders: Vec<_> = senders.collect();
    senders.into_iter().for_each(|sender| sender.join().unwrap());
    memory_is_given_back(&service, before);
    assert_eq!(service.get("/healthz", &[]).status, 200);
    beacons.all_are_counted(&data);
}

/// Sends a sign-in, waits until it is begun, and resets the connection.
fn send_and_reset(host: &str) {
    let mut stream = connect(host);
    rustix::net::sockopt::set_socket_linger(&stream, Some(Duration::ZERO)).unwrap();
    let (body, address) = (wrong(), new_address());
    let length = body.len();
    let form = "content-type: application/x-www-form-urlencoded";
    write!(
        stream,
        "POST /admin/sign-in HTTP/1.1\r\nhost: x\r\n{form}\r\nx-forwarded-for: {address}\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    std::thread::sleep(Duration::from_millis(4));
}

#[test]
fn h1_guesses_at_one_login_from_many_networks_are_bounded_and_its_owner_signs_in() {
    let (_folder, data) = folder_with_site();
    add_user(&data, "jeanne", "a-long-password");
    let service = Service::start(&data);
    let right = form_of("jeanne", "a-long-password");
    let (_, known) = sign_in(&service, &right, &[]);
    let guess = |login: &str| {
        let address = new_address();
        let form = form_of(login, &format!("a-wrong-guess-{}", next()));
        sign_in(&service, &form, &[("x-forwarded-for", &address)]).0
    };
    for login in ["jeanne", "nobody"] {
        let statuses: Vec<_> = (0..70).map(|_| guess(login)).collect();
        let checked = statuses.iter().filter(|status| **status == 200).count();
        // Twenty a minute, and a minute may end in between.
        assert!((19..=60).contains(&checked), "{login}: {statuses:?}");
        assert!(statuses.iter().all(|status| [200, 429].contains(status)), "{statuses:?}");
    }
    // Another login is not slowed down, and nor is the browser that is known.
    assert_eq!(guess("martin"), 200);
    let headers = [("cookie", known.as_str()), ("x-forwarded-for", "192.0.2.1")];
    assert_eq!(sign_in(&service, &right, &headers).0, 303);
    // The cookie of one login is none of another's.
    let other = form_of("nobody", "a-wrong-password");
    let (mut refused, headers) =
        (0, [("cookie", known.as_str()), ("x-forwarded-for", "192.0.2.2")]);
    refused += u32::from(sign_in(&service, &other, &headers).0 == 429);
    assert!(refused == 1 || guess("nobody") == 200, "a minute has passed, or it is refused");
}

#[test]
fn m3_an_unknown_login_takes_as_long_as_a_known_one() {
    let (_folder, data) = folder_with_site();
    add_user(&data, "jeanne", "a-long-password");
    let service = Service::start(&data);
    // Time on a processor, since time by the clock is that of the whole machine.
    let took = |login: &str| {
        let before = processor_ticks(&service);
        for _ in 0..TRIES {
            let address = new_address();
            let form = form_of(login, "a-wrong-password");
            let answer = sign_in(&service, &form, &[("x-forwarded-for", &address)]);
            assert_eq!(answer.0, 200);
        }
        (processor_ticks(&service) - before) as f64
    };
    let (known, unknown) = (took("jeanne"), took("nobody"));
    let ratio = unknown / known;
    assert!((0.7..1.4).contains(&ratio), "unknown {unknown}, known {known}");
}
