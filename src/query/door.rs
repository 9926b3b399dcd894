//! Which tables of a day, a month or a year are let out, and which sums readers know of them: what
//! `privacy::World` needs to protect them.

use std::cell::RefCell;

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::dimension::{self, CROSSINGS, Dimension, JOINED, Joined, WITHIN, Within};
use crate::model::{Metric, Period, Site, ZoneDay};
use crate::privacy::{
    ADDS_UP, Counts, Figure, Published, PublishedLine, Sum, Sums, TableId, World,
};
use crate::query::layer::{Codes, Layer};
use crate::store::{By, HOURS, Method, NewTable, Question, Store, StoreError, WHOLE_SITE};

/// Hours add up to their day, and a visit is in the hour in which it begins; a visitor may be in
/// several of them.
const HOURS_ADD_UP: Sums =
    [Sum::Exact, Sum::AtLeast, Sum::Exact, Sum::Exact, Sum::Exact, Sum::Exact];

/// Two breakdowns together with more lines than this are not released by year: protecting them
/// would take more memory than a server has. What is asked of them is a sum of months then.
pub const CROSSED_LINES_OF_YEAR_MAX: usize = 20_000;

/// The days of a year are looked at too, unless they have more lines than this: a line takes some
/// 300 bytes meanwhile. With more the months must tell no more than they did.
const LINES_OF_YEAR_MAX: usize = 3_000_000;

/// The label of the one line of a total.
pub const TOTAL: &str = "";

/// Makes the tables of one site.
pub struct Door<'a> {
    /// The exact figures, and what was let out of them before.
    pub store: &'a dyn Store,
    /// The site.
    pub site: &'a Site,
    /// The service's time.
    pub now: Timestamp,
}

/// When the collector did not run, as far as nothing else collected.
struct Down {
    /// In the whole period?
    is_whole: bool,
    /// Are the details of everything that was counted kept?
    has_details: bool,
    /// The hours, by their labels.
    hours: Vec<String>,
    /// The hours in which something may have been counted.
    hours_up: Vec<String>,
}

/// The breakdowns that everybody may see.
pub fn public_dimensions() -> impl Iterator<Item = &'static Dimension> {
    dimension::ALL.into_iter().filter(|one| one.exposure.is_public())
}

/// The crossings that everybody may see: of whole months and years.
pub fn public_crossings() -> impl Iterator<Item = (&'static Dimension, &'static Dimension)> {
    let both = |pair: &(&Dimension, &Dimension)| {
        pair.0.exposure.is_public_crossed() && pair.1.exposure.is_public_crossed()
    };
    CROSSINGS.into_iter().filter(both)
}

/// The dimensions of every table of a period.
fn codes_of(period: Period) -> Vec<Codes> {
    let mut codes = vec![(WHOLE_SITE, 0)];
    if matches!(period, Period::Day(_)) {
        codes.push((HOURS, 0));
    }
    codes.extend(public_dimensions().map(|one| (one.code, 0)));
    if !matches!(period, Period::Day(_)) {
        codes.extend(public_crossings().map(|(one, other)| (one.code, other.code)));
    }
    codes
}

/// The periods that a period is the sum of.
fn parts_of(period: Period) -> Vec<Period> {
    let (first, last) = (period.first(), period.last());
    match period {
        Period::Day(_) => Vec::new(),
        Period::Month(_) => {
            first.series(1.day()).take_while(|date| *date <= last).map(Period::Day).collect()
        }
        Period::Year(_) => {
            first.series(1.month()).take_while(|date| *date <= last).map(Period::Month).collect()
        }
    }
}

fn has_views((first, second): Codes) -> bool {
    let is_viewed = |code: u8| dimension::coded(code).is_none_or(Dimension::has_views);
    first != HOURS && is_viewed(first) && is_viewed(second)
}

impl Door<'_> {
    /// Every table of a period that is final. Those of its days and months are let out already.
    pub fn tables(&self, period: Period) -> Result<Vec<NewTable>, StoreError> {
        let mut world = World::new();
        let own = self.draft(&mut world, period, false)?;
        self.add_parts(&mut world, &own)?;
        Ok(let_out(world, &own))
    }

    /// Every table of a day that is not released yet, by itself.
    pub fn provisional(&self, date: Date) -> Result<Vec<NewTable>, StoreError> {
        let mut world = World::new();
        let own = self.draft(&mut world, Period::Day(date), true)?;
        Ok(let_out(world, &own))
    }

    /// The tables that are about to be let out.
    fn draft(
        &self,
        world: &mut World,
        period: Period,
        is_provisional: bool,
    ) -> Result<Layer, StoreError> {
        let mut layer = self.layer(period)?;
        let least = self.site.rules.visitors_min;
        let down = self.down(period, is_provisional)?;
        for codes in codes_of(period) {
            let mut counts = self.counts(codes, period)?;
            let has_lines = down.has_details || codes == (WHOLE_SITE, 0);
            if !has_lines || !layer.is_given(codes) {
                // A part of it would be taken for the whole.
                counts = counts.without_details();
            }
            if down.is_whole {
                counts = counts.without_collector();
            }
            if codes.0 == HOURS {
                counts = counts.with_hours(down.hours_up.clone(), down.hours.clone());
            }
            let before = self.store.released_table(self.site, codes, period)?;
            let is_crossed_year = codes.1 != 0 && matches!(period, Period::Year(_));
            let is_too_long =
                is_crossed_year && counts.has_more_lines_than(CROSSED_LINES_OF_YEAR_MAX);
            if is_too_long && before.is_none() {
                continue;
            }
            let id = world.add_draft(counts, least, has_views(codes), is_provisional);
            if let Some(before) = before {
                world.freeze(id, &before);
            }
            layer.tables.push((codes, id));
        }
        add_sums(world, &layer);
        Ok(layer)
    }

    /// What was let out of the parts of a period, and of their parts, with their sums.
    fn add_parts(&self, world: &mut World, whole: &Layer) -> Result<(), StoreError> {
        let mut layers = Vec::new();
        for period in parts_of(whole.period) {
            let layer = self.kept(world, period)?;
            if !layer.tables.is_empty() {
                layers.push(layer);
            }
        }
        for &(codes, table) in &whole.tables {
            let parts: Vec<_> = layers.iter().filter_map(|layer| layer.table(codes)).collect();
            world.sum_of_periods(table, &parts);
        }
        for layer in layers.iter().filter(|layer| !parts_of(layer.period).is_empty()) {
            if world.lines() > LINES_OF_YEAR_MAX {
                layer.tables.iter().for_each(|(_, table)| world.keep_as_known(*table));
            } else {
                self.add_parts(world, layer)?;
            }
        }
        Ok(())
    }

    fn kept(&self, world: &mut World, period: Period) -> Result<Layer, StoreError> {
        let mut layer = self.layer(period)?;
        let has_details = self.store.has_details(self.site, period)?;
        for codes in codes_of(period) {
            if let Some(published) = self.store.released_table(self.site, codes, period)? {
                let is_total = codes == (WHOLE_SITE, 0);
                if is_total && (published.was_not_collected() || is_of_nobody(&published)) {
                    return Ok(layer);
                }
                let mut counts = self.counts(codes, period)?;
                if (!has_details && codes != (WHOLE_SITE, 0)) || !layer.is_given(codes) {
                    counts = counts.without_details();
                }
                let id = world.add_kept(&published, &counts, has_views(codes));
                layer.tables.push((codes, id));
            }
        }
        add_sums(world, &layer);
        Ok(layer)
    }

    fn layer(&self, period: Period) -> Result<Layer, StoreError> {
        let (first, last) = (period.first(), period.last());
        let methods = self.store.collected(self.site, (first, last), self.now)?;
        let methods = methods.methods(first, last);
        Ok(Layer { period, tables: Vec::new(), methods })
    }

    /// When nothing was collected. A day that was imported, or invented, is known by that.
    fn down(&self, period: Period, is_open: bool) -> Result<Down, StoreError> {
        let has_details = is_open || self.store.has_details(self.site, period)?;
        let mut down =
            Down { is_whole: false, has_details, hours: Vec::new(), hours_up: Vec::new() };
        if let (Period::Day(date), false) = (period, has_details) {
            let day = ZoneDay { zone: self.site.zone.clone(), date };
            let hours = day.hours().into_iter();
            down.hours = hours.map(|hour| self.site.zone.written(hour)).collect();
        }
        let (site, now) = (self.site, self.now);
        let (first, last) = (period.first(), period.last());
        let collected = self.store.collected(site, (first, last), now)?;
        if let (Period::Day(date), true) = (period, has_details) {
            let is_by_log = !matches!(collected.on(date), None | Some(Method::Beacon));
            for (hour, is_up) in self.store.hours_up(site, date, now)? {
                let hours = if is_up || is_by_log { &mut down.hours_up } else { &mut down.hours };
                hours.push(site.zone.written(hour));
            }
        }
        down.is_whole = collected.is_gap(first, last);
        Ok(down)
    }

    /// The exact figures of a table.
    fn counts(&self, codes: Codes, period: Period) -> Result<Counts, StoreError> {
        let by = match codes.0 {
            WHOLE_SITE => By::Nothing,
            HOURS => By::Hour,
            code => By::Value(code),
        };
        let (first, last) = (period.first(), period.last());
        let question = Question { site: self.site, first, last, by, filters: &[], now: self.now };
        match codes.1 {
            0 => self.store.counts(&question),
            other => self.store.crossed(&question, other),
        }
    }
}

/// Was nobody there at all?
fn is_of_nobody(total: &Published) -> bool {
    let is_none = |line: PublishedLine<'_>| line.figure(Metric::Visitors) == Figure::Rounded(0);
    total.lines().all(is_none)
}

/// The sums between the tables of one period.
fn add_sums(world: &mut World, layer: &Layer) {
    let Some(total) = layer.table((WHOLE_SITE, 0)) else { return };
    for &((first, second), table) in &layer.tables {
        let (one, other) = (dimension::coded(first), dimension::coded(second));
        match (one, other) {
            _ if first == HOURS => {
                let sums = world.kept_sums(total, table, HOURS_ADD_UP);
                world.parts_of_total(total, table, (sums, true));
            }
            (Some(one), None) => {
                let sums = layer.sums((first, 0), one.sums());
                world.parts_of_total(total, table, (sums, one.has_views()));
            }
            (Some(one), Some(other)) => {
                let is_bounded = one.has_views() && other.has_views();
                if let Some(whole) = layer.table((first, 0)) {
                    let sums = layer.sums((first, second), other.sums());
                    world.parts_of(whole, table, (sums, is_bounded), |label, _, found| {
                        found(label, "");
                    });
                }
                if let Some(whole) = layer.table((second, 0)) {
                    let sums = layer.sums((first, second), one.sums());
                    world.parts_of(whole, table, (sums, is_bounded), |_, second, found| {
                        found(second, "");
                    });
                }
            }
            (None, _) => {}
        }
    }
    for within in &WITHIN {
        let tables = (layer.table((within.whole.code, 0)), layer.table((within.part.code, 0)));
        if let (Some(whole), Some(part)) = tables {
            let holders = Holders::new(within, world.labels(whole));
            let is_bounded = within.part.has_views();
            world.parts_of(whole, part, (within.sums, is_bounded), |label, _, found| {
                holders.of(label, |whole| found(whole, ""));
            });
        }
    }
    for within in &WITHIN {
        add_within_crossed(world, layer, within);
    }
    for joined in &JOINED {
        add_joined(world, layer, joined);
    }
}

/// The sums of a finer breakdown's crossings with those of the coarser one: the pages of a section
/// by source, and the section by source.
fn add_within_crossed(world: &mut World, layer: &Layer, within: &Within) {
    let Some(coarse) = layer.table((within.whole.code, 0)) else { return };
    let holders = Holders::new(within, world.labels(coarse));
    for &((first, second), part) in layer.tables.iter().filter(|table| table.0.1 != 0) {
        let is_first = first == within.part.code;
        if !is_first && second != within.part.code {
            continue;
        }
        let other = if is_first { second } else { first };
        let orders = [((within.whole.code, other), false), ((other, within.whole.code), true)];
        for (codes, is_turned) in orders {
            let Some(whole) = layer.table(codes) else { continue };
            let is_bounded = within.part.has_views()
                && dimension::coded(other).is_some_and(Dimension::has_views);
            world.parts_of(whole, part, (within.sums, is_bounded), |label, second, found| {
                let (fine, other) = if is_first { (label, second) } else { (second, label) };
                holders.of(fine, |coarse| match is_turned {
                    true => found(other, coarse),
                    false => found(coarse, other),
                });
            });
        }
    }
}

/// Which values of a coarser breakdown hold a value of a finer one.
struct Holders<'a> {
    within: &'a Within,
    coarse: Vec<String>,
    /// The places of those that hold a value: a crossing has the same values again and again.
    found: RefCell<HashMap<String, Vec<usize>>>,
}

impl<'a> Holders<'a> {
    fn new(within: &'a Within, coarse: Vec<String>) -> Self {
        Self { within, coarse, found: RefCell::default() }
    }

    fn of(&self, fine: &str, mut each: impl FnMut(&str)) {
        let mut found = self.found.borrow_mut();
        let places = found.entry_ref(fine).or_insert_with(|| {
            let coarse = self.coarse.iter().enumerate();
            let holding = coarse.filter(|(_, coarse)| (self.within.holds)(coarse, fine));
            holding.map(|(place, _)| place).collect()
        });
        places.iter().for_each(|&place| each(&self.coarse[place]));
    }
}

/// The sums of what a breakdown that joins two others is crossed with: with their crossing, and
/// with what either of them is crossed with.
fn add_joined(world: &mut World, layer: &Layer, joined: &Joined) {
    let codes = joined.halves.map(|half| half.code);
    for &((first, second), part) in &layer.tables {
        let Some(one) = dimension::coded(first).filter(|_| second == joined.both.code) else {
            continue;
        };
        if let Some(whole) = layer.table((codes[0], codes[1])) {
            world.parts_of(whole, part, (one.sums(), one.has_views()), |_, second, found| {
                if let Some([one, other]) = Joined::split(second) {
                    found(one, other);
                }
            });
        }
        for (place, &code) in codes.iter().enumerate() {
            let Some(whole) = layer.table((first, code)) else { continue };
            world.parts_of(whole, part, (ADDS_UP, one.has_views()), |label, second, found| {
                if let Some(halves) = Joined::split(second) {
                    found(label, halves[place]);
                }
            });
        }
    }
}

fn let_out(mut world: World, layer: &Layer) -> Vec<NewTable> {
    world.protect();
    let tables = layer.tables.iter();
    let mut table = |&((first, second), id): &(Codes, TableId)| {
        let published: Published = world.let_out(id);
        NewTable { first, second, published }
    };
    tables.map(&mut table).collect()
}
