//! An answer: its lines with the figures as the asker may see them.

use std::cmp::Ordering;
use std::ops::Range;

use jiff::civil::Date;

use crate::model::{Measures, Metric, MetricValue};
use crate::privacy::{CountLine, ObsStatus, names_no_value};
use crate::query::ask::Sort;
use crate::query::compared::{Compared, Run};
use crate::store::Method;

/// A figure as it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// A whole number.
    Count(u64),
    /// A ratio; nothing where there is nothing to divide by.
    Ratio(Option<f64>),
    /// Withheld, because it is about few people.
    Withheld,
    /// Nobody measured it: a gap, and no zero.
    NotCollected,
}

/// How many days a period has, and how many of them an answer is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// Days that have begun.
    pub begun: usize,
    /// Those that were collected.
    pub collected: usize,
}

/// The figures of a line over the days that are compared, in the order of the answer's metrics.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Those of the period of the question; none where the periods have not the same weekdays.
    pub own: Vec<Shown>,
    /// Those of the other period.
    pub other: Vec<Shown>,
    /// How much of the difference of each can come from rounding alone.
    pub by_rounding: Vec<f64>,
    /// Pairs of days.
    pub days: usize,
    /// From the first to the last of them, on both sides; nothing where none is compared.
    pub run: Option<Run>,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The hour, day or period, or the value; empty for totals.
    pub label: String,
    /// The figures, in the order of the answer's metrics.
    pub figures: Vec<Shown>,
    /// Those of both periods over the days that are compared, if another one was asked for.
    pub compared: Option<Pair>,
    /// How it was collected, in the order of [`Method::ALL`].
    pub methods: Vec<Method>,
    /// SDMX CL_OBS_STATUS.
    pub obs_status: &'static str,
    /// SDMX CL_CONF_STATUS; nothing for exact figures, which are not published.
    pub conf_status: Option<&'static str>,
    /// Of what the line is the sum; nothing for exact figures.
    pub cells: Option<Cells>,
}

/// Of how many published figures a line is the sum, and what it lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// Published figures that were added up.
    pub released: u32,
    /// Those that may belong to the line and are withheld.
    pub withheld: u32,
    /// Periods of a site, from its first on, in which nothing was collected; lines by value do not
    /// know it.
    pub not_collected: Option<u32>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// What it is compared with, if that was asked for.
    pub compared: Option<Compared>,
    /// The metrics, in the order of columns.
    pub metrics: Vec<Metric>,
    /// Those of the metrics that the methods of the days cannot give.
    pub not_collected: Vec<Metric>,
    /// Those of the metrics that the methods of some of the days cannot give: they are of the
    /// others.
    pub partly_collected: Vec<Metric>,
    /// Metrics that have no exact answer here, with the reason.
    pub left_out: Vec<(Metric, String)>,
    /// Days of the period that have begun, and those of them that were collected; of several sites
    /// the sum of theirs.
    pub days: Days,
    /// The lines of this page of results.
    pub rows: Vec<Row>,
    /// How many lines there are in all.
    pub rows_total: usize,
    /// Is some of it not final?
    pub provisional: bool,
    /// Are the figures invented?
    pub synthetic: bool,
    /// Lines whose label itself is withheld.
    pub rows_withheld: usize,
}

impl Shown {
    /// A metric of exact figures.
    pub fn exact(metric: Metric, measures: &Measures) -> Self {
        match metric.of(measures) {
            MetricValue::Count(count) => Self::Count(count),
            MetricValue::Ratio(ratio) => Self::Ratio(ratio),
        }
    }

    /// The number to sort by; what is withheld comes last.
    fn weight(self) -> f64 {
        match self {
            Self::Count(count) => count as f64,
            Self::Ratio(ratio) => ratio.unwrap_or(-1.0),
            Self::Withheld => -2.0,
            Self::NotCollected => -3.0,
        }
    }
}

impl Row {
    /// How it was collected, as the column `method` has it: what was not collected has no method.
    pub fn method(&self) -> String {
        let is_gap = self.obs_status == ObsStatus::NotCollected.code();
        if is_gap { String::new() } else { Method::names(&self.methods) }
    }

    /// A line of exact figures.
    pub fn exact(line: CountLine, metrics: &[Metric]) -> Self {
        let figures = metrics.iter().map(|metric| Shown::exact(*metric, &line.measures));
        Self {
            figures: figures.collect(),
            label: line.label,
            methods: Vec::new(),
            compared: None,
            obs_status: if line.provisional { "P" } else { "A" },
            conf_status: None,
            cells: None,
        }
    }

    /// A line of exact figures of which nothing was collected.
    pub fn not_collected(label: String, metrics: &[Metric]) -> Self {
        Self {
            label,
            figures: vec![Shown::NotCollected; metrics.len()],
            methods: Vec::new(),
            compared: None,
            obs_status: ObsStatus::NotCollected.code(),
            conf_status: None,
            cells: None,
        }
    }
}

/// The lines of these places in an order; the line that stands for withheld labels is always the
/// last of all. Lines that are not wanted are not put in order.
pub fn sorted(
    mut rows: Vec<Row>,
    metrics: &[Metric],
    sort: Sort,
    wanted: Range<usize>,
) -> Vec<Row> {
    let (place, descending) = match sort {
        Sort::Metric(metric, descending) => {
            (metrics.iter().position(|&one| one == metric), descending)
        }
        Sort::Value(descending) => (None, descending),
    };
    let weight = |row: &Row| place.and_then(|place| row.figures.get(place)).map(|one| one.weight());
    let order = |one: &Row, other: &Row| {
        let is_rest = |row: &Row| names_no_value(&row.label);
        let by_weight = || weight(one).partial_cmp(&weight(other)).unwrap_or(Ordering::Equal);
        let by_label = || one.label.cmp(&other.label);
        let order = match place {
            Some(_) if descending => by_weight().reverse().then_with(by_label),
            Some(_) => by_weight().then_with(by_label),
            None if descending => by_label().reverse(),
            None => by_label(),
        };
        is_rest(one).cmp(&is_rest(other)).then(order)
    };
    if wanted.end < rows.len() {
        rows.select_nth_unstable_by(wanted.end, order);
        rows.truncate(wanted.end);
    }
    rows.sort_unstable_by(order);
    rows.drain(..wanted.start.min(rows.len()));
    rows
}
