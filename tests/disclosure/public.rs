//! Everything public of invented sites, set side by side: of three values a breakdown, and with one
//! withheld line everywhere.

use jiff::ToSpan;
use jiff::civil::date;
use parvis::model::Period;

use crate::chance::Chance;
use crate::decided::{THRESHOLD, lines_of};
use crate::intervals::Attack;
use crate::site::{Counted, Public, Reader, Reading, secret};

/// What every reader of a site has a value of.
const BREAKDOWNS: [(&str, &str); 7] = [
    ("browser", "Browser"),
    ("system", "System"),
    ("country", "A"),
    ("language", "l"),
    ("device", "device"),
    ("source", "source"),
    ("screen", "screen"),
];

/// A reader with values whose last is rare: the same for all breakdowns, or each by itself.
fn reader(number: u32, values: u64, is_alike: bool, chance: &mut Chance) -> (Reader, String) {
    let mut drawn = 0;
    let mut value = |chance: &mut Chance, is_first: bool| {
        if is_first || !is_alike {
            drawn = match chance.below(100) {
                0..12 => values - 1,
                _ => chance.below(values - 1),
            };
        }
        drawn
    };
    let page = format!("/page-{}", value(chance, true));
    let mut is = Vec::new();
    for (name, stem) in BREAKDOWNS {
        let own = value(chance, false);
        let text = format!("{stem}{own}");
        match name {
            "country" => is.push(("region", format!("{text}-{}", chance.below(2)))),
            "browser" => is.push(("browser_version", format!("{text} {}", 140 + chance.below(2)))),
            "system" => is.push(("system_version", format!("{text} {}", 10 + own))),
            "source" => is.push(("source_kind", format!("kind-{own}"))),
            _ => {}
        }
        is.push((name, text));
    }
    let value_of = |name: &str| is.iter().find(|one| one.0 == name).unwrap().1.clone();
    let both = format!("{}\t{}", value_of("country"), value_of("device"));
    is.push(("country_device", both));
    (Reader { network: number, agent: number, is }, page)
}

/// Some days of two months of a year.
fn counted(values: u64, is_alike: bool, seed: u64) -> (Counted, Vec<Period>) {
    let mut chance = Chance(seed);
    let counted = Counted::new(THRESHOLD, seed as u8);
    let days: Vec<_> = date(2026, 11, 28).series(1.day()).take(6).collect();
    for day in &days {
        let readers = 12 + chance.below(40) as u32;
        let read: Vec<_> =
            (0..readers).map(|number| reader(number, values, is_alike, &mut chance)).collect();
        let times: Vec<u32> = read.iter().map(|_| 1 + chance.rare(0.6) as u32).collect();
        let readings: Vec<Reading<'_>> = read
            .iter()
            .zip(times)
            .map(|((reader, page), times)| Reading { reader, page, times })
            .collect();
        counted.count(*day, &readings);
    }
    let mut periods: Vec<Period> = days.into_iter().map(Period::Day).collect();
    periods.extend([11, 12].map(|month| Period::Month(date(2026, month, 1))));
    periods.push(Period::Year(date(2026, 1, 1)));
    (counted, periods)
}

/// Sites of each kind. Of ten of each, with 8,910 tables, one withheld line is found: that a device
/// had four views at least on a day, which follows of more sums than the audit follows.
const SEEDS: u64 = 3;

/// Values of a breakdown, and are all rare ones of the same readers: a site of three values a
/// breakdown, one with a single withheld line everywhere, one of more.
const SITES: [(u64, bool); 3] = [(3, false), (2, true), (6, false)];

fn attacked(site: &Counted, public: &Public) -> Vec<String> {
    let mut attack = Attack::new(public);
    attack.follow();
    assert!(attack.withheld.len() > 20, "something is withheld");
    attack.found(site)
}

#[test]
fn everything_public_set_side_by_side() {
    let mut weakly_found = 0;
    for (values, is_alike) in SITES {
        for seed in 1..=SEEDS {
            let (site, periods) = counted(values, is_alike, seed);
            let unaudited = site.release_unaudited(&periods, &secret(seed));
            weakly_found += attacked(&site, &unaudited).len();
            let public = site.release(&periods, &secret(seed));
            let found = attacked(&site, &public);
            let lines = |public: &Public| -> usize {
                public.values().map(|table| lines_of(table).len()).sum()
            };
            let (audited, all) = (lines(&public), lines(&unaudited));
            println!(
                "{values} values, seed {seed}: {audited} of {all} lines, {} found",
                found.len()
            );
            assert_eq!(found, Vec::<String>::new(), "{values} values, seed {seed}");
        }
    }
    println!("without the audit: {weakly_found} found");
    assert!(weakly_found > 0, "the attack finds nothing where no sum is looked at");
}
