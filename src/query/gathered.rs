//! The answer for everybody: released figures added up line by line, with a count of what of each
//! line is withheld.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;
use hashbrown::hash_table::{Entry, HashTable};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::dimension;
use crate::model::{COUNTED, Measures, Metric, Period, Texts};
use crate::privacy::disclosure::bounds::VISITS;
use crate::privacy::disclosure::rounding::uncertainty;
use crate::privacy::{
    ConfStatus, NOT_COLLECTED_LABEL, ObsStatus, PublishedLine, RATIO_VISITS_MIN, WITHHELD_LABEL,
};
use crate::query::answer::{Cells, Row, Shown};
use crate::query::cover::Cover;
use crate::store::{By, Filter, Method, Test};

/// What is put together, and how.
pub struct Wanted<'a> {
    /// What a line is.
    pub by: By,
    /// Which lines of the tables.
    pub filters: &'a [Filter],
    /// The dimensions of the tables, as they are stored.
    pub dimensions: (u8, u8),
    /// Put before the value of a line, where sites are added up whose values are their own.
    pub prefix: &'a str,
}

/// Lines that are being put together.
#[derive(Default)]
pub struct Gathered {
    /// The number of each label, by its hash.
    numbers: HashTable<u32>,
    hashes: DefaultHashBuilder,
    labels: Texts,
    sums: Vec<Sum>,
    /// Does a table go on? Then every value may still get more.
    provisional: bool,
    /// Were tables added of periods in which nothing was collected, and others?
    has_gaps: bool,
    has_measured: bool,
}

/// One line.
#[derive(Default)]
pub(super) struct Sum {
    figures: [u64; COUNTED],
    /// Released figures that were added, and those that would belong here and are withheld.
    shown: u32,
    withheld: u32,
    /// Tables of periods in which nothing was collected.
    gaps: u32,
    /// Is one of those withheld for another reason than that it is small?
    says_more: bool,
    provisional: bool,
    /// Of how many of the released figures each metric is given, in the order of [`Metric::ALL`].
    given: [u32; Metric::ALL.len()],
    /// The methods of released figures, in the order of [`Method::ALL`].
    methods: [bool; Method::ALL.len()],
    /// Those of days on which nobody came to the line, or its figures are withheld.
    other_methods: [bool; Method::ALL.len()],
}

impl Sum {
    pub(super) fn add(&mut self, line: &PublishedLine<'_>, methods: &[Method]) {
        if line.obs_status == ObsStatus::NotCollected {
            self.gaps += 1;
            return;
        }
        if line.is_withheld() {
            self.withhold(line.conf_status, methods);
            return;
        }
        self.shown += 1;
        note(&mut self.methods, methods);
        self.provisional |= line.obs_status == ObsStatus::Provisional;
        self.give(methods);
        let figures = line.counts();
        self.figures.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure);
    }

    /// Adds that nobody came, as far as these methods can say.
    pub(super) fn add_nobody(&mut self, methods: &[Method]) {
        self.shown += 1;
        note(&mut self.other_methods, methods);
        self.give(methods);
    }

    /// How the line was collected: the methods of its figures, or else of the days on which it may
    /// have some.
    fn methods(&self) -> Vec<Method> {
        let is_known = self.methods.contains(&true);
        let used = if is_known { self.methods } else { self.other_methods };
        Method::ALL.into_iter().filter(|method| used[*method as usize]).collect()
    }

    /// Adds exact figures.
    pub(super) fn add_exact(&mut self, measures: Measures) {
        self.figures.iter_mut().zip(measures.figures()).for_each(|(sum, figure)| *sum += figure);
    }

    /// The sum of exact figures.
    pub(super) fn exact_figure(&self, metric: Metric) -> Shown {
        Shown::exact(metric, &Measures::of_counted(self.figures))
    }

    /// Notes which metrics the methods of a released figure give.
    fn give(&mut self, methods: &[Method]) {
        for (given, metric) in self.given.iter_mut().zip(Metric::ALL) {
            *given += u32::from(Method::give(methods, metric));
        }
    }

    /// Is a metric given of enough of the figures? An average needs all of them.
    fn gives(&self, metric: Metric) -> bool {
        let given = self.given[metric as usize];
        match metric {
            Metric::BounceRate | Metric::VisitSeconds => given == self.shown,
            Metric::Views
            | Metric::Visitors
            | Metric::Visits
            | Metric::Bounces
            | Metric::Events
            | Metric::ReadingSeconds => given > 0,
        }
    }

    fn withhold(&mut self, code: ConfStatus, methods: &[Method]) {
        note(&mut self.other_methods, methods);
        self.withheld += 1;
        self.says_more |= code == ConfStatus::Secondary;
    }

    pub(super) fn figure(&self, metric: Metric) -> Shown {
        match (self.shown, self.withheld) {
            (0, 0) => return Shown::NotCollected,
            (0, _) => return Shown::Withheld,
            _ if !self.gives(metric) => return Shown::NotCollected,
            _ => {}
        }
        let [views, visitors, visits, bounces, events, reading_seconds] = self.figures;
        // Made of published figures, a ratio tells nothing new.
        let ratio = |figure: u64| {
            let is_enough = visits >= RATIO_VISITS_MIN;
            Shown::Ratio(is_enough.then(|| (figure as f64 / visits as f64).round()))
        };
        match metric {
            Metric::Views => Shown::Count(views),
            Metric::Visitors => Shown::Count(visitors),
            Metric::Visits => Shown::Count(visits),
            Metric::Bounces => Shown::Count(bounces),
            Metric::Events => Shown::Count(events),
            // Published as a mean alone.
            Metric::ReadingSeconds => Shown::Withheld,
            Metric::BounceRate => ratio(bounces * 100),
            Metric::VisitSeconds => ratio(reading_seconds),
        }
    }

    /// How much of the difference from another sum can come from rounding alone, in the unit of the
    /// metric. Of exact figures nothing does.
    pub(super) fn by_rounding(&self, other: &Self, metric: Metric) -> f64 {
        // A numerator and a denominator are rounded, each by itself.
        let of_ratio = |sum: &Self, scale: f64| match sum.figure(metric) {
            Shown::Ratio(Some(ratio)) => {
                let visits = sum.figures[VISITS] as f64;
                uncertainty(sum.shown) * (scale + ratio) / visits
            }
            _ => 0.0,
        };
        match metric {
            Metric::BounceRate => of_ratio(self, 100.0) + of_ratio(other, 100.0),
            Metric::VisitSeconds => of_ratio(self, 1.0) + of_ratio(other, 1.0),
            Metric::Views
            | Metric::Visitors
            | Metric::Visits
            | Metric::Bounces
            | Metric::Events
            | Metric::ReadingSeconds => uncertainty(self.shown + other.shown),
        }
    }

    fn row(self, label: String, metrics: &[Metric], by: By) -> Row {
        let (obs, conf) = match (self.shown, self.withheld) {
            (0, 0) => (ObsStatus::NotCollected, ConfStatus::Free),
            (0, _) if self.says_more => (ObsStatus::Suppressed, ConfStatus::Secondary),
            (0, _) => (ObsStatus::Suppressed, ConfStatus::SmallCount),
            _ if self.provisional => (ObsStatus::Provisional, ConfStatus::Free),
            _ => (ObsStatus::Normal, ConfStatus::Free),
        };
        Row {
            figures: metrics.iter().map(|&metric| self.figure(metric)).collect(),
            methods: self.methods(),
            label,
            compared: None,
            obs_status: obs.code(),
            conf_status: Some(conf.code()),
            cells: Some(Cells {
                released: self.shown,
                withheld: self.withheld,
                not_collected: (!matches!(by, By::Value(_))).then_some(self.gaps),
            }),
        }
    }
}

fn note(used: &mut [bool; Method::ALL.len()], methods: &[Method]) {
    methods.iter().for_each(|method| used[*method as usize] = true);
}

impl Gathered {
    fn line(&mut self, label: &str) -> &mut Sum {
        let Self { numbers, hashes, labels, sums, .. } = self;
        let is_it = |number: &u32| labels.get(*number as usize) == label;
        let hash_of = |number: &u32| hashes.hash_one(labels.get(*number as usize));
        let number = match numbers.entry(hashes.hash_one(label), is_it, hash_of) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                let number = sums.len() as u32;
                new.insert(number);
                labels.push(label);
                sums.push(Sum::default());
                number
            }
        };
        &mut sums[number as usize]
    }

    /// Adds the lines of a table that are wanted.
    pub fn add(&mut self, cover: &Cover, wanted: &Wanted<'_>) {
        let table = &*cover.table;
        let time = time_label(wanted.by, cover.period.first());
        self.provisional |= table.provisional();
        // How many days were collected is said beside the lines; a value of theirs is no gap's.
        let is_gap = table.was_not_collected() && cover.is_gap;
        if is_gap && matches!(wanted.by, By::Value(_)) {
            self.has_gaps = true;
            return;
        }
        self.has_measured = true;
        let mut found = 0;
        let mut prefixed = String::new();
        for line in table.lines().filter(|line| wanted.wants(line)) {
            found += 1;
            let value = match wanted.by {
                By::Value(code) if code != wanted.dimensions.0 => line.second,
                By::Value(_) | By::Hour => line.label,
                By::Nothing | By::Day | By::Week | By::Month | By::Year => &time,
            };
            let is_plain = wanted.prefix.is_empty() || !matches!(wanted.by, By::Value(_));
            let label = if is_plain {
                value
            } else {
                prefixed.clear();
                prefixed.extend([wanted.prefix, value]);
                &prefixed
            };
            self.line(label).add(&line, cover.methods.of(line.label));
        }
        // A period that goes on is provisional, even if what it has of today is withheld.
        if found > 0 && matches!(wanted.by, By::Day | By::Week | By::Month | By::Year) {
            self.line(&time).provisional |= table.provisional();
        }
        self.add_rest(cover, wanted, &time, found);
    }

    /// What of the table is not shown, and may belong to the lines that are wanted.
    fn add_rest(&mut self, cover: &Cover, wanted: &Wanted<'_>, time: &str, found: usize) {
        let table = &*cover.table;
        let is_value = matches!(wanted.by, By::Value(_));
        let Some(code) = table.remainder() else {
            // Of a value that is in no line of a table without a rest, nothing was counted.
            if found == 0 && !is_value && !wanted.filters.is_empty() {
                let line = self.line(time);
                match table.was_not_collected() {
                    true => line.gaps += 1,
                    false => line.add_nobody(cover.methods.of_rest()),
                }
                line.provisional |= table.provisional();
            }
            return;
        };
        if is_value {
            self.line(WITHHELD_LABEL).withhold(code, cover.methods.of_rest());
        } else if found == 0 || !wanted.is_one_value() {
            self.line(time).withhold(code, cover.methods.of_rest());
        }
    }

    /// Makes sure that a line is there, though no table has it.
    pub fn expect(&mut self, label: &str) {
        self.line(label);
    }

    /// The lines: values in the order in which they were found, all others in that of time.
    pub fn rows(mut self, metrics: &[Metric], by: By) -> Vec<Row> {
        if self.has_gaps && !self.has_measured {
            self.line(NOT_COLLECTED_LABEL);
        }
        let goes_on = self.provisional && matches!(by, By::Value(_) | By::Nothing);
        let row = |(number, mut sum): (usize, Sum)| {
            sum.provisional |= goes_on;
            sum.row(self.labels.get(number).to_owned(), metrics, by)
        };
        let mut rows: Vec<_> = self.sums.into_iter().enumerate().map(row).collect();
        if !matches!(by, By::Value(_) | By::Nothing) {
            // An hour that clocks show twice has two labels, not in the order of letters.
            let moment = |row: &Row| row.label.parse::<Timestamp>().ok();
            rows.sort_by_cached_key(|row| (moment(row), row.label.clone()));
        }
        rows
    }
}

impl Wanted<'_> {
    pub(super) fn wants(&self, line: &PublishedLine<'_>) -> bool {
        self.filters.iter().all(|filter| {
            let is_first = filter.dimension == self.dimensions.0;
            filter.lets_pass(if is_first { line.label } else { line.second })
        })
    }

    /// Do the filters name one line of each table?
    pub(super) fn is_one_value(&self) -> bool {
        let is_one = |code: u8| {
            let mut filters = self.filters.iter().filter(|filter| filter.dimension == code);
            code == 0 || filters.any(|filter| filter.test == Test::Is && filter.values.len() == 1)
        };
        is_one(self.dimensions.0) && is_one(self.dimensions.1)
    }
}

/// The label of the line that a period which begins on this day belongs to.
pub fn time_label(by: By, date: Date) -> String {
    match by {
        By::Nothing | By::Hour | By::Value(_) => String::new(),
        By::Day => date.to_string(),
        By::Week => {
            let days_past_monday = i32::from(date.weekday().to_monday_zero_offset());
            date.saturating_sub(days_past_monday.days()).to_string()
        }
        By::Month => Period::Month(date).to_string(),
        By::Year => Period::Year(date).to_string(),
    }
}

/// Are the values of the lines paths, which mean something on their own site only?
pub fn names_paths(by: By) -> bool {
    by.dimension().and_then(dimension::coded).is_some_and(|one| one.is_path)
}
