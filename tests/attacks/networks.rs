//! What is kept of readers' networks tells nobody which they are: it compares between no sites and
//! no months, and ends with its month.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::{Date, date};
use parvis::model::{Networks, Period};
use parvis::store::block::{KeptNetworks, unpack_networks};
use parvis::store::{NetworkSets as _, Sites as _, SqliteStore, WHOLE_SITE};
use rusqlite::Connection;

use crate::clocked::{Clocked, folder_with_sites};
use crate::logs::LogLine;
use crate::service::{FIREFOX, Service, folder_with_site, views_counted, wait_until};

const HOST: &str = "www.example.fr";
const OTHER: &str = "other.example.fr";
const ZONE: &str = "Europe/Paris";

/// The codes of the page, and of the last one of a visit.
const PAGE: u8 = parvis::dimension::PAGE;
const EXIT_PAGE: u8 = parvis::dimension::EXIT_PAGE;

/// The networks of a page, or of the whole site, over a period.
fn networks(data: &Path, host: &str, code: u8, period: &str, label: &str) -> Networks {
    let store = SqliteStore::open(data).unwrap();
    let site = store.sites().unwrap().into_iter().find(|site| site.host.as_str() == host).unwrap();
    let period: Period = period.parse().unwrap();
    let lines = store.networks(&site, (code, 0), period).unwrap();
    lines.iter().find(|line| line.label == label).map(|line| line.networks).unwrap_or_default()
}

fn is_closed(service: &Clocked, days: i64) {
    wait_until("the day is closed", || service.count("select count(*) from site_day") == days);
}

fn files(data: &Path, folder: &str) -> usize {
    data.join(folder).read_dir().unwrap().count()
}

#[test]
fn c1_no_byte_of_an_address_or_of_its_network_is_on_the_disk() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let page = "https://www.example.fr/page";
    let addresses = ["198.51.100.77", "203.0.113.201", "2a01:cb00:7e57:5eed::d00d"];
    for (number, address) in addresses.into_iter().enumerate() {
        let answer = service.view(address, page, &format!("k{number}"));
        assert_eq!(answer.status, 202, "{}", answer.body);
    }
    wait_until("all are counted", || views_counted(&data) == 3);
    assert!(service.stop().success());
    let marks: [&[u8]; 8] = [
        b"198.51.100",
        b"203.0.113",
        b"2a01:cb00",
        &[198, 51, 100, 77],
        &[203, 0, 113, 201],
        &[198, 51, 100, 0],
        &[203, 0, 113, 0],
        &[0x2a, 0x01, 0xcb, 0x00, 0x7e, 0x57],
    ];
    let mut looked_through = 0;
    for folder in [data.clone(), data.join("journal"), data.join("network-keys")] {
        for entry in folder.read_dir().unwrap().map(|entry| entry.unwrap().path()) {
            let Ok(bytes) = std::fs::read(&entry) else { continue };
            looked_through += 1;
            for mark in marks {
                let is_there = bytes.windows(mark.len()).any(|window| window == mark);
                assert!(!is_there, "{mark:?} in {}", entry.display());
            }
        }
    }
    assert!(looked_through >= 4 && files(&data, "network-keys") == 1);
}

/// The bucket of the one reader of each page of a site on a day.
fn buckets(data: &Path, host: &str, day: Date) -> BTreeMap<String, u8> {
    let store = Connection::open(data.join("store.sqlite")).unwrap();
    let packed: Vec<u8> = store
        .query_row(
            "select lines from network_set join site on site.id = network_set.site
              where host = ?1 and first = ?2 and second = 0 and day = ?3",
            (host, PAGE, parvis::model::day_number(day)),
            |row| row.get(0),
        )
        .unwrap();
    let mut found = BTreeMap::new();
    unpack_networks(&packed, |line| {
        let sql = "select text from value where id = ?1";
        let page = store.query_row(sql, [line.first], |row| row.get(0)).unwrap();
        let KeptNetworks::Set(set) = line.kept else { panic!("of one reader the bucket is kept") };
        let [bucket] = set.buckets().collect::<Vec<_>>()[..] else { panic!("one reader") };
        found.insert(page, bucket);
    })
    .unwrap();
    found
}

#[test]
fn c1_buckets_compare_between_no_sites_and_no_months_and_end_with_theirs() {
    const NETWORKS: u8 = 60;
    let (_folder, data) = folder_with_sites(&[(HOST, ZONE), (OTHER, ZONE)]);
    let service = Clocked::start(data.clone(), "2026-11-29T10:00:00Z");
    let visit = |moment: &str| {
        service.at(moment);
        for host in [HOST, OTHER] {
            for number in 0..NETWORKS {
                let page = format!("https://{host}/{number}");
                let address = format!("81.2.{number}.9");
                assert_eq!(service.view(&address, &page, &format!("{moment}{host}{number}")), 202);
            }
        }
    };
    visit("2026-11-29T10:00:00Z");
    visit("2026-11-30T10:00:00Z");
    visit("2026-12-01T10:00:00Z");
    service.at("2026-12-02T10:00:00Z");
    is_closed(&service, 6);
    assert_eq!(files(&data, "network-keys"), 2);
    let [before, last, first] = [date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)]
        .map(|day| buckets(&data, HOST, day));
    let other = buckets(&data, OTHER, date(2026, 11, 30));
    let alike = |one: &BTreeMap<String, u8>, other: &BTreeMap<String, u8>| {
        assert_eq!((one.len(), other.len()), (usize::from(NETWORKS), usize::from(NETWORKS)));
        one.iter().filter(|(page, bucket)| other.get(*page) == Some(*bucket)).count()
    };
    assert_eq!(alike(&before, &last), usize::from(NETWORKS), "one site and month has one key");
    // Less than one of 60 is expected by chance; five are seen once in a hundred thousand times.
    assert!(alike(&last, &other) < 5 && alike(&last, &first) < 5);
    let november = networks(&data, HOST, WHOLE_SITE, "2026-11", "");
    assert_eq!(november.count, november.largest_day);
    // Three days after its end nothing of November is left but its numbers.
    let sets = "select count(*) from network_set where has_sets = 1 and day < 20788";
    assert!(service.count(sets) > 0);
    service.at("2026-12-04T10:00:00Z");
    wait_until("it is seen that nothing is written", || {
        // Time goes on while it is looked.
        service.set_clock(60);
        service.count(sets) == 0
    });
    wait_until("the key is gone", || {
        service.set_clock(60);
        files(&data, "network-keys") == 1
    });
    assert!(data.join("network-keys/2026-12.Europe~Paris.key").exists());
    assert_eq!(networks(&data, HOST, WHOLE_SITE, "2026-11", ""), november);
    assert_eq!(networks(&data, HOST, PAGE, "2026-11", "/7").count, 1);
}

#[test]
fn c1_a_network_counts_once_whatever_its_readers_do_and_a_restart_changes_nothing() {
    let (_folder, data) = folder_with_sites(&[(HOST, ZONE)]);
    let mut service = Clocked::start(data.clone(), "2026-11-23T08:00:00Z");
    let view = |service: &Clocked, address: &str, agent: &str, page: &str, key: &str| {
        let headers = [("user-agent", agent), ("x-forwarded-for", address)];
        let body = format!(r#"{{"n":"pageview","u":"https://{HOST}{page}","k":"{key}"}}"#);
        assert_eq!(service.post("/api/event", &headers, &body).status, 202);
    };
    let safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, \
        like Gecko) Version/14.1 Safari/605.1.15";
    view(&service, "81.2.69.1", FIREFOX, "/a", "1");
    view(&service, "81.2.69.1", safari, "/a", "2");
    view(&service, "81.2.69.200", FIREFOX, "/a", "3");
    wait_until("they are counted", || service.day("2026-11-23") == (3, 3));
    let of = |page: &str| networks(&data, HOST, PAGE, "2026-11-23", page).count;
    let exits = |page: &str| networks(&data, HOST, EXIT_PAGE, "2026-11-23", page).count;
    assert_eq!((of("/a"), exits("/a")), (1, 1));
    service.restart();
    view(&service, "90.3.12.5", FIREFOX, "/a", "4");
    wait_until("one more", || service.day("2026-11-23") == (4, 4));
    let distinct = of("/a");
    assert!((1..=2).contains(&distinct));
    // All readers of the one network go on to another page, one after the other.
    for (address, agent, key) in
        [("81.2.69.1", FIREFOX, "5"), ("81.2.69.1", safari, "6"), ("81.2.69.200", FIREFOX, "7")]
    {
        view(&service, address, agent, "/b", key);
    }
    wait_until("they went on", || service.day("2026-11-23") == (7, 4));
    service.restart();
    view(&service, "90.3.12.5", FIREFOX, "/a", "8");
    wait_until("after a restart", || service.day("2026-11-23") == (8, 4));
    assert_eq!((of("/a"), of("/b"), exits("/a"), exits("/b")), (distinct, 1, 1, 1));
    service.at("2026-11-24T08:00:00Z");
    is_closed(&service, 1);
    assert_eq!((of("/a"), of("/b"), exits("/a"), exits("/b")), (distinct, 1, 1, 1));
    let whole = networks(&data, HOST, WHOLE_SITE, "2026-11", "");
    assert_eq!((whole.count, whole.largest_day), (distinct, distinct));
}

#[test]
fn c1_imports_are_counted_by_networks_as_well_and_their_days_together() {
    let (_folder, data) = folder_with_sites(&[(HOST, ZONE)]);
    let service = Clocked::start(data.clone(), "2026-11-23T08:00:00Z");
    let lines = |day: i8, networks: std::ops::Range<u8>| {
        let of = move |number| {
            ["1", "2"].map(|last| {
                let address = format!("81.2.{number}.{last}");
                let request = "GET /a HTTP/1.1";
                LogLine { address: &address, request, ..LogLine::default() }.on(date(2026, 10, day))
            })
        };
        networks.flat_map(of).collect::<Vec<String>>()
    };
    let import = |days: &[(i8, std::ops::Range<u8>)], replace: bool| {
        let lines: Vec<String> =
            days.iter().flat_map(|(day, networks)| lines(*day, networks.clone())).collect();
        service.import(HOST, &lines, replace).days_written.len()
    };
    assert_eq!(import(&[(1, 0..6), (2, 3..9), (3, 0..9)], false), 3);
    let of = |period: &str| networks(&data, HOST, PAGE, period, "/a");
    let (first, second, third) = (of("2026-10-01"), of("2026-10-02"), of("2026-10-03"));
    assert!((4..=6).contains(&first.count) && (4..=6).contains(&second.count));
    // The third day has the networks of both others.
    let month = of("2026-10");
    assert_eq!((month.count, month.largest_day), (third.count, third.count));
    assert_eq!(of("2026").count, month.count);
    let key = "network-keys/2026-10.Europe~Paris.key";
    assert!(data.join(key).exists());
    // The key is lost: what is imported from now on is counted apart.
    std::fs::remove_file(data.join(key)).unwrap();
    assert_eq!(import(&[(2, 20..27), (4, 26..32)], true), 2);
    let (second, fourth) = (of("2026-10-02"), of("2026-10-04"));
    let month = of("2026-10");
    let largest = third.count.max(second.count + fourth.count);
    assert!(month.count <= largest && month.count >= third.count.max(second.count), "{month:?}");
    assert_eq!(month.largest_day, third.count);
}
