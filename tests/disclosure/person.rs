//! One person who reads a page of his own on 31 days, with a browser, a system, a country, a
//! language and a source that nobody else has; and one heavy reader among ten.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use parvis::model::{Period, READER_HITS_MAX};
use parvis::privacy::disclosure::bounds::Bounds;
use parvis::privacy::disclosure::cell::Cell;
use parvis::privacy::disclosure::rounding::BASE;
use parvis::privacy::disclosure::threshold::{Demand, Reach, draw};
use parvis::store::NewTable;

use crate::decided::{THRESHOLD, lines_of};
use crate::site::{Codes, Counted, Public, Reader, Reading, code, codes_of, secret};

const PAGE: &str = "/dossier";

/// What he is and nobody else.
const RARE: [(&str, &str); 8] = [
    ("browser", "Opera"),
    ("browser_version", "Opera 120"),
    ("system", "Haiku"),
    ("system_version", "Haiku 1"),
    ("country", "IS"),
    ("region", "IS-1"),
    ("language", "is"),
    ("source", "union.example.org"),
];

/// What he and all others are.
const ALIKE: [(&str, &str); 3] =
    [("device", "desktop"), ("screen", "wide"), ("source_kind", "site")];

/// Secrets with which the month is decided.
const SECRETS: u64 = 12;

fn december() -> impl Iterator<Item = Date> {
    date(2026, 12, 1).series(1.day()).take(31)
}

fn reader(network: u32, agent: u32, is: &[(&'static str, &str)]) -> Reader {
    let is = is.iter().chain(&ALIKE).map(|&(name, value)| (name, value.to_owned())).collect();
    Reader { network, agent, is }
}

fn ordinary(network: u32) -> Reader {
    let is = [
        ("browser", "Firefox"),
        ("browser_version", "Firefox 145"),
        ("system", "Windows"),
        ("system_version", "Windows 11"),
        ("country", "FR"),
        ("region", "FR-IDF"),
        ("language", "fr"),
        ("source", "search.example.org"),
        ("country_device", "FR\tdesktop"),
    ];
    reader(network, network, &is)
}

/// December of a site with twenty ordinary readers a day, and one person who comes each day from
/// one of his networks.
fn december_of(network_of_day: impl Fn(u32) -> u32) -> Counted {
    let counted = Counted::new(THRESHOLD, 7);
    for (number, date) in december().enumerate() {
        let number = number as u32;
        let readers: Vec<Reader> = (0..20).map(|own| ordinary(1_000 + 7 * number + own)).collect();
        let mut person = reader(network_of_day(number), 1, &RARE);
        person.is.push(("country_device", "IS\tdesktop".to_owned()));
        let mut readings: Vec<Reading<'_>> =
            readers.iter().map(|reader| Reading { reader, page: "/", times: 2 }).collect();
        readings.push(Reading { reader: &person, page: PAGE, times: 1 });
        counted.count(date, &readings);
    }
    counted
}

fn is_his(label: &str) -> bool {
    label.contains(PAGE) || RARE.iter().any(|(_, value)| label.split('\t').any(|one| one == *value))
}

/// His values among what is public: table, label and second label.
fn his(public: &Public) -> Vec<String> {
    let mut found = Vec::new();
    for ((period, codes), table) in public {
        let lines = lines_of(table).into_keys();
        let his = lines.filter(|(label, second)| is_his(label) || is_his(second));
        found.extend(his.map(|(label, second)| format!("{period} {codes:?}: {label} {second}")));
    }
    found
}

/// The month's lines that are his and that a weaker rule publishes.
fn weakly(
    counted: &Counted,
    is_published: impl Fn(Codes, &str, Reach, u64) -> bool,
) -> Vec<String> {
    let month = Period::Month(date(2026, 12, 1));
    let mut found = Vec::new();
    for codes in codes_of(month) {
        let reaches = counted.reaches(codes, month);
        for ((label, second), measures) in counted.exact(codes, month) {
            let reach = reaches.get(&(label.clone(), second.clone())).copied().unwrap_or_default();
            let is_his = is_his(&label) || is_his(&second);
            if is_his && is_published(codes, &label, reach, measures.visitors) {
                found.push(label);
            }
        }
    }
    found
}

fn assert_hidden(counted: &Counted) {
    let mut periods: Vec<Period> = december().map(Period::Day).collect();
    let month = Period::Month(date(2026, 12, 1));
    let year = Period::Year(date(2026, 1, 1));
    periods.extend([month, year]);
    let public = counted.release(&periods, &secret(0));
    assert_eq!(his(&public), Vec::<String>::new());
    let pages = lines_of(&public[&(month, (code("page"), 0))]);
    assert!(pages.keys().any(|(label, _)| label == "/"), "others are published: {pages:?}");
    for number in 1..SECRETS {
        let decided = counted.plan(&secret(number)).tables(month).unwrap();
        for table in decided.tables {
            let labels = lines_of(&table.published).into_keys();
            let his = labels.filter(|(label, second)| is_his(label) || is_his(second)).count();
            assert_eq!(his, 0, "secret {number}, {} {}", table.first, table.second);
        }
    }
}

#[test]
fn one_person_from_one_line() {
    let counted = december_of(|_| 1);
    assert_hidden(&counted);
    // Days summed up: 31 visitors of one person.
    let found = weakly(&counted, |_, _, _, visitors| visitors >= THRESHOLD);
    for value in RARE.iter().map(|rare| rare.1).chain([PAGE]) {
        assert!(found.iter().any(|label| label == value), "{value}: {found:?}");
    }
}

#[test]
fn one_person_from_six_networks_in_turn() {
    let counted = december_of(|day| 1 + day % 6);
    assert_hidden(&counted);
    // Where no single day is asked for, six networks are enough for one draw in 75.
    let demand = Demand::new(THRESHOLD, false, Period::Month(date(2026, 12, 1)));
    let month = Period::Month(date(2026, 12, 1));
    let reach = counted.reaches((code("page"), 0), month)[&(PAGE.to_owned(), String::new())];
    assert_eq!((reach.networks, reach.networks_of_a_day), (6, 1));
    let trials = 10_000;
    let published = (0..trials).filter(|&number| {
        let (site, period) = (counted.site.host.as_str(), month.to_string());
        let cell = Cell::new(site, &period, vec![(code("page"), PAGE)]);
        let drawn = draw(&secret(number), &cell);
        assert!(!demand.is_met(reach, drawn), "the rule publishes him with no draw");
        demand.is_met(Reach { networks_of_a_day: reach.networks, ..reach }, drawn)
    });
    let share = published.count() as f64 / trials as f64;
    println!("six networks, without a day that is asked for: {share:.4}");
    assert!((share - demand.likelihood(6)).abs() < 0.005 && share > 0.005, "{share}");
}

#[test]
fn one_person_from_a_new_network_every_day() {
    let counted = december_of(|day| 1 + day);
    assert_hidden(&counted);
    // The networks of the month alone are many: without a day of several of them he is published.
    let month = Period::Month(date(2026, 12, 1));
    let found = weakly(&counted, |codes, label, reach, _| {
        let period = month.to_string();
        let cell = Cell::new(counted.site.host.as_str(), &period, vec![(codes.0, label)]);
        let demand = Demand::new(THRESHOLD, false, month);
        let reach = Reach { networks_of_a_day: reach.networks, ..reach };
        demand.is_met(reach, draw(&secret(0), &cell))
    });
    for value in RARE.iter().map(|rare| rare.1).chain([PAGE]) {
        assert!(found.iter().any(|label| label == value), "{value}: {found:?}");
    }
}

/// What would be published of a page that ten people read, nine of them once.
fn ten_readers(times: u32) -> (Counted, Vec<NewTable>) {
    let counted = Counted::new(THRESHOLD, 7);
    let date = date(2026, 12, 1);
    let readers: Vec<Reader> = (0..30).map(|number| ordinary(1_000 + number)).collect();
    let reading = |(number, reader)| {
        let page = if number < 10 { PAGE } else { "/" };
        Reading { reader, page, times: if number == 0 { times } else { 1 } }
    };
    let readings: Vec<Reading<'_>> = readers.iter().enumerate().map(reading).collect();
    counted.count(date, &readings);
    // A secret by whose draws the page is published.
    let days = Cell::new(counted.site.host.as_str(), "days of 2026-12", vec![(code("page"), PAGE)]);
    let publishes = |number: &u64| draw(&secret(*number), &days) >= 3;
    let secret = secret((0..1_000).find(publishes).unwrap());
    let periods = [Period::Day(date), Period::Month(date), Period::Year(date.first_of_year())];
    let decided = periods.into_iter().flat_map(|period| {
        let decided = counted.plan(&secret).tables(period).unwrap();
        decided.tables
    });
    let tables = decided.collect();
    (counted, tables)
}

#[test]
fn one_heavy_reader_among_ten() {
    let day = Period::Day(date(2026, 12, 1));
    let page = (PAGE.to_owned(), String::new());
    let codes = (code("page"), 0);
    let (counted, heavy) = ten_readers(500);
    let of_page = heavy.iter().find(|table| (table.first, table.second) == codes).unwrap();
    let shown = lines_of(&of_page.published)[&page];
    // Whoever knows that the nine others came once learns no more of him than the bound.
    let bounds = Bounds::of_published(shown, 0);
    let most = u64::try_from(bounds.high[0] - 9).unwrap();
    assert!(most <= u64::from(READER_HITS_MAX) + BASE, "{shown:?}");
    // Nothing that is public tells 500 views of one reader from 30.
    let (_, bounded) = ten_readers(READER_HITS_MAX);
    assert_eq!(heavy.len(), bounded.len());
    for (one, other) in heavy.iter().zip(&bounded) {
        let lines = lines_of(&one.published);
        assert_eq!(lines, lines_of(&other.published), "{} {}", one.first, one.second);
    }
    // The ten might as well have read three pages each, or four.
    let within = |views: i64| (bounds.low[0]..=bounds.high[0]).contains(&views);
    assert!(within(30) || within(40), "{shown:?}");
    // Without the bound the published views are his.
    let exact = counted.exact(codes, day)[&page];
    assert_eq!((exact.views, exact.views_over), (509, 470));
    let unbounded = [exact.views.next_multiple_of(10); 6];
    assert!(Bounds::of_published(unbounded, 0).low[0] - 9 > 490, "his views stand out");
}
