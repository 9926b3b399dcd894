//! Months of days in a store: a few days are invented hit by hit and counted by the product, and
//! each day of the history is one of them with other rare lines and a little fewer of everything.

use std::sync::Arc;

use compact_str::CompactString;
use hashbrown::HashMap;
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use parvis::dimension;
use parvis::journal::PastDay;
use parvis::model::{Measures, Random, Site, Zone, ZoneDay, day_number};
use parvis::privacy::Salt;
use parvis::store::{Changes, Closing, CrossedLine, Ledger, Line, Method};

use crate::audience::Audience;
use crate::chance::{Chance, Names};

/// A working day has a ninth more views than the mean of the week, and a day of the weekend less.
const WORKING_DAY: f64 = 1.12;
const WEEKEND_DAY: f64 = 0.70;

/// Days in a month, on average.
const MONTH_DAYS: f64 = 30.44;

/// Lists of fewer names than this are the same every day.
const COMMON_NAMES: usize = 31;

/// Days counted by the product.
pub struct History {
    templates: Vec<Closing>,
    started: i64,
    /// For each dimension that has rare values: its names, and their ranks.
    rare: HashMap<u8, (Vec<CompactString>, HashMap<CompactString, usize>)>,
}

impl History {
    /// Invents some working days of a site with so many views a month.
    pub fn invent(site: &Site, views_a_month: u64, templates: u64) -> Self {
        let day = ZoneDay { zone: site.zone.clone(), date: jiff::civil::date(2026, 9, 1) };
        let started = day.start().as_second();
        let views = (views_a_month as f64 / MONTH_DAYS * WORKING_DAY) as u64;
        let random: Random = Arc::new(|bytes| bytes.fill(7));
        let counted = (0..templates).map(|number| {
            let audience = Audience::new(number + 1);
            let salt = Salt::in_memory(day.clone(), &random);
            let mut past = PastDay::new(day.clone());
            for planned in audience.day(views) {
                past.add(&audience.hit(&planned, site, &salt, started));
            }
            past.close().expect("a day in memory is counted")
        });
        let templates = counted.collect();
        let audience = Audience::new(0);
        let rare: [(&[&str], &Names); 5] = [
            (&["page", "entry_page", "exit_page"], &audience.pages),
            (&["source"], &audience.sources),
            (&["download"], &audience.downloads),
            (&["outlink"], &audience.outlinks),
            (&["search"], &audience.searches),
        ];
        let rare = rare.into_iter().flat_map(|(dimensions, names)| {
            dimensions.iter().map(|name| {
                let code = dimension::named(name).expect("a dimension of the list").code;
                let texts = names.texts.iter().cloned();
                (code, (names.texts.clone(), texts.zip(0..).collect()))
            })
        });
        Self { templates, started, rare: rare.collect() }
    }

    /// Lines and crossed lines of a day, on average.
    pub fn lines(&self) -> (usize, usize) {
        let count = self.templates.len().max(1);
        let lines: usize = self.templates.iter().map(|day| day.changes.lines.len()).sum();
        let crossed: usize = self.templates.iter().map(|day| day.crossed.len()).sum();
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
        let template = &self.templates[number as usize % self.templates.len()];
        let starts = ZoneDay { zone: zone.clone(), date }.start().as_second();
        let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let share = if is_weekend { WEEKEND_DAY / WORKING_DAY } else { 1.0 };
        let mut chance = Chance(number);
        let share = share * (0.94 + 0.06 * chance.share());
        let mut changes = Changes::default();
        for line in &template.changes.lines {
            let hour = line.hour.map(|hour| hour.as_second() - self.started + starts);
            changes.lines.push(Line {
                site: line.site,
                dimension: line.dimension,
                value: self.other_value(line.dimension, &line.value, number),
                hour: hour.and_then(|second| Timestamp::from_second(second).ok()),
                measures: fewer(line.measures, share, &mut chance),
            });
        }
        let is_left = |place: u32| changes.lines[place as usize].measures != Measures::default();
        let crossed = template.crossed.iter().filter_map(|line| {
            let measures = fewer(line.measures, share, &mut chance);
            let is_kept =
                measures != Measures::default() && is_left(line.first) && is_left(line.second);
            is_kept.then_some(CrossedLine { measures, ..*line })
        });
        Closing { crossed: crossed.collect(), changes }
    }

    /// Another value about as frequent: ranks move in circles of 32 to 63, 64 to 127 and so on.
    fn other_value(&self, dimension: u8, value: &str, day: u64) -> String {
        let rare = self.rare.get(&dimension);
        let found = rare.and_then(|(names, ranks)| Some((names, *ranks.get(value)?)));
        let Some((names, rank)) = found.filter(|(_, rank)| *rank >= COMMON_NAMES) else {
            return value.to_owned();
        };
        let first = (1 << (rank + 1).ilog2()) - 1;
        let length = (first + 1).min(names.len() - first);
        let turned = (rank - first + Chance(day + first as u64).below(length)) % length;
        names[first + turned].to_string()
    }
}

/// A share of the figures; what is left of one by chance is one or none.
fn fewer(measures: Measures, share: f64, chance: &mut Chance) -> Measures {
    let luck = chance.share();
    let left = |figure: u64| (figure as f64 * share + luck) as u64;
    Measures::of_figures(measures.figures().map(left))
}
