//! Nobody looks like few, where the values are known beforehand.

use jiff::civil::{Date, date};
use parvis::model::Period;
use parvis::privacy::{ConfStatus, Published};

use crate::decided::THRESHOLD;
use crate::site::{Codes, Counted, Public, Reader, Reading, code, secret};

const DAY: Date = date(2026, 12, 1);

fn reader(network: u32, device: &str) -> Reader {
    Reader { network, agent: network, is: vec![("device", device.to_owned())] }
}

/// A site that these read on a day, each from a network of his own, with nothing else of the month.
fn released(readers: &[Reader]) -> Public {
    let counted = Counted::new(THRESHOLD, 7);
    let reading = |reader| Reading { reader, page: "/", times: 1 };
    let readings: Vec<Reading<'_>> = readers.iter().map(reading).collect();
    counted.count(DAY, &readings);
    counted.release(&[Period::Day(DAY), Period::Month(DAY), Period::Year(DAY)], &secret(1))
}

/// Everything of a table but its figures: labels, codes and the line of what is withheld.
fn labels_and_codes(table: &Published) -> (Vec<(String, String, ConfStatus)>, Option<ConfStatus>) {
    let line = |line: parvis::privacy::PublishedLine<'_>| {
        (line.label.to_owned(), line.second.to_owned(), line.conf_status)
    };
    (table.lines().map(line).collect(), table.remainder())
}

fn devices(public: &Public, period: Period) -> &Published {
    let codes: Codes = (code("device"), 0);
    &public[&(period, codes)]
}

#[test]
fn a_class_of_device_that_one_has_looks_like_one_that_nobody_has() {
    let desktops: Vec<Reader> = (0..40).map(|number| reader(number, "desktop")).collect();
    let with_one: Vec<Reader> =
        (0..40).map(|number| reader(number, "desktop")).chain([reader(99, "tv")]).collect();
    let (nobody, one) = (released(&desktops), released(&with_one));
    for period in [Period::Day(DAY), Period::Month(DAY), Period::Year(DAY)] {
        let table = devices(&nobody, period);
        assert_eq!(table.lines().filter(|line| line.label == "desktop").count(), 1, "{period}");
        assert_eq!(table.remainder(), Some(ConfStatus::SmallCount), "{period}");
        let other = devices(&one, period);
        assert_eq!(labels_and_codes(table), labels_and_codes(other), "{period}");
    }
}

#[test]
fn a_table_of_all_classes_withholds_nothing() {
    let classes = ["desktop", "mobile", "tablet", "tv", "console"];
    let readers: Vec<Reader> =
        (0..200).map(|number| reader(number, classes[number as usize % 5])).collect();
    let public = released(&readers);
    let table = devices(&public, Period::Day(DAY));
    assert_eq!((table.lines().count(), table.remainder()), (5, None));
}

/// Forty readers who are all alike and read the same four pages on three days, and three of them a
/// fifth one.
fn alike() -> (Counted, Vec<Period>) {
    let counted = Counted::new(THRESHOLD, 7);
    let alike = [
        ("browser", "Firefox"),
        ("browser_version", "Firefox 131"),
        ("system", "Linux"),
        ("country", ":unknown"),
        ("country_device", ":unknown\tdesktop"),
        ("device", "desktop"),
        ("screen", ":unknown"),
        ("source", ":direct"),
    ];
    let is = alike.map(|(name, value)| (name, value.to_owned()));
    let reader = |number| Reader { network: number, agent: number, is: is.to_vec() };
    let readers: Vec<Reader> = (0..40).map(reader).collect();
    let days = [29i8, 30, 31].map(|day| date(2026, 10, day));
    for day in days {
        let mut readings = Vec::new();
        for (number, reader) in readers.iter().enumerate() {
            let few = (number < 3).then_some("/few");
            let pages = ["/", "/a", "/b", "/c"].into_iter().chain(few);
            readings.extend(pages.map(|page| Reading { reader, page, times: 1 }));
        }
        counted.count(day, &readings);
    }
    let mut periods: Vec<Period> = days.iter().map(|day| Period::Day(*day)).collect();
    periods.push(Period::Month(days[0]));
    (counted, periods)
}

#[test]
fn readers_who_are_all_alike_are_no_reason_to_withhold_anything() {
    for seed in 1..=8 {
        let (counted, periods) = alike();
        let public = counted.release(&periods, &secret(seed));
        for period in &periods {
            let lines = |name: &str| public[&(*period, (code(name), 0))].lines().count();
            let found = ["page", "device", "browser", "country", "host"].map(lines);
            assert_eq!(found, [4, 1, 1, 1, 1], "{period}, secret {seed}");
        }
    }
}
