//! Months of days in a store: a few days are invented hit by hit and counted by the product, and
//! each day of the history is one of them with other rare lines. What adds up to something on the
//! day that was counted does so still, or nothing of it could be released.

use std::sync::Arc;

use compact_str::CompactString;
use hashbrown::HashMap;
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use parvis::dimension;
use parvis::journal::PastDay;
use parvis::model::{Random, Site, Zone, ZoneDay, day_number};
use parvis::privacy::PastKeys;
use parvis::store::{Changes, Closing, Ledger, Line, Method};

use crate::audience::Audience;
use crate::chance::{Chance, Names};

/// A working day has a ninth more views than the mean of the week, and a day of the weekend less.
const WORKING_DAY: f64 = 1.12;
const WEEKEND_DAY: f64 = 0.70;

/// Days in a month, on average.
const MONTH_DAYS: f64 = 30.44;

/// Names of pages change places with those of their own section only: every so many-th is in the
/// same (`Audience::new`).
const PAGES_APART: usize = 120;

/// Lists of fewer names than this are the same every day.
const COMMON_NAMES: usize = 31;

/// Days counted by the product.
pub struct History {
    working_days: Vec<Closing>,
    weekend_days: Vec<Closing>,
    started: i64,
    /// The dimensions that have rare values.
    rare: HashMap<u8, Rare>,
}

/// The names of a dimension that change places from day to day.
struct Rare {
    names: Vec<CompactString>,
    ranks: HashMap<CompactString, usize>,
    /// A name changes places with names so many ranks away.
    apart: usize,
}

impl History {
    /// Invents some working days of a site with so many views a month, and half as many of
    /// weekends.
    pub fn invent(site: &Site, views_a_month: u64, templates: u64) -> Self {
        let day = ZoneDay { zone: site.zone.clone(), date: jiff::civil::date(2026, 9, 1) };
        let started = day.start().as_second();
        let random: Random = Arc::new(|bytes| bytes.fill(7));
        let counted = |seed: u64, share: f64| {
            let views = (views_a_month as f64 / MONTH_DAYS * share) as u64;
            let audience = Audience::new(seed);
            let keys = PastKeys::in_memory(day.clone(), &random);
            let mut past = PastDay::new(day.clone());
            for planned in audience.day(views) {
                past.add(&audience.hit(&planned, site, (&keys.salt, &keys.network), started));
            }
            past.close(&keys.network).expect("a day in memory is counted")
        };
        let working = (1..=templates).map(|seed| counted(seed, WORKING_DAY));
        let weekend = (1..=templates.div_ceil(2)).map(|seed| counted(100 + seed, WEEKEND_DAY));
        let (working_days, weekend_days) = (working.collect(), weekend.collect());
        let audience = Audience::new(0);
        let rare: [(&[&str], &Names, usize); 5] = [
            (&["page", "entry_page", "exit_page"], &audience.pages, PAGES_APART),
            (&["source"], &audience.sources, 1),
            (&["download"], &audience.downloads, 1),
            (&["outlink"], &audience.outlinks, 1),
            (&["search"], &audience.searches, 1),
        ];
        let rare = rare.into_iter().flat_map(|(dimensions, names, apart)| {
            dimensions.iter().map(move |name| {
                let code = dimension::named(name).expect("a dimension of the list").code;
                let ranks = names.texts.iter().cloned().zip(0..).collect();
                (code, Rare { names: names.texts.clone(), ranks, apart })
            })
        });
        Self { working_days, weekend_days, started, rare: rare.collect() }
    }

    /// Lines and crossed lines of a working day, on average.
    pub fn lines(&self) -> (usize, usize) {
        let count = self.working_days.len().max(1);
        let lines: usize = self.working_days.iter().map(|day| day.changes.lines.len()).sum();
        let crossed: usize = self.working_days.iter().map(|day| day.crossed.len()).sum();
        (lines / count, crossed / count)
    }

    /// Writes the days of a period, and gathers the months.
    pub fn write(&self, store: &dyn Ledger, site: &Site, first: Date, last: Date) {
        let mut date = first;
        while date <= last {
            let closing = self.day(date, &site.zone);
            let written = store.write_past_day(site.id, date, &closing, Method::Synthetic, None);
            written.expect("the day is written");
            date = date.saturating_add(1.day());
        }
        store.gather_months(date).expect("the months are gathered");
    }

    fn day(&self, date: Date, zone: &Zone) -> Closing {
        let number = day_number(date).unsigned_abs();
        let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let templates = if is_weekend { &self.weekend_days } else { &self.working_days };
        let template = &templates[number as usize % templates.len()];
        let starts = ZoneDay { zone: zone.clone(), date }.start().as_second();
        let mut changes = Changes::default();
        for line in &template.changes.lines {
            let hour = line.hour.map(|hour| hour.as_second() - self.started + starts);
            changes.lines.push(Line {
                site: line.site,
                dimension: line.dimension,
                value: self.other_value(line.dimension, &line.value, number),
                hour: hour.and_then(|second| Timestamp::from_second(second).ok()),
                measures: line.measures,
                networks: line.networks,
            });
        }
        let (crossed, bucketed) = (template.crossed.clone(), template.bucketed.clone());
        Closing { crossed, changes, bucketed, unknown_hits: 0 }
    }

    /// Another value about as frequent: places move in circles of 2 to 3, 4 to 7 and so on, each
    /// among those that are a whole number of steps away.
    fn other_value(&self, dimension: u8, value: &str, day: u64) -> String {
        let rare = self.rare.get(&dimension);
        let found = rare.and_then(|rare| Some((rare, *rare.ranks.get(value)?)));
        let Some((rare, rank)) = found.filter(|(_, rank)| *rank >= COMMON_NAMES) else {
            return value.to_owned();
        };
        let (column, place) = (rank % rare.apart, rank / rare.apart);
        let places = (rare.names.len() - column).div_ceil(rare.apart);
        let first = (1 << (place + 1).ilog2()) - 1;
        let length = (first + 1).min(places - first);
        let turned = (place - first + Chance(day + first as u64).below(length)) % length;
        rare.names[(first + turned) * rare.apart + column].to_string()
    }
}
