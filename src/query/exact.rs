//! The lines of exact figures that a store has none of: an hour or a day on which nobody came is a
//! zero if it was collected, and a gap if it was not.

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::model::{Measures, Metric, Site};
use crate::privacy::{CountLine, NOT_COLLECTED_LABEL};
use crate::query::answer::{Row, Shown};
use crate::query::ask::Ask;
use crate::query::gathered::time_label;
use crate::store::{By, Collected, Method, Store, StoreError};

/// Bytes of a written date, with which the label of an hour begins.
const DATE_BYTES: usize = 10;

/// One line of a series.
struct Expected {
    label: String,
    /// The last day of it.
    date: Date,
    /// How its days were collected; nothing if they were not.
    methods: Option<Vec<Method>>,
}

/// What lines are completed for.
pub struct Lines<'a> {
    /// The figures, and when the collector ran.
    pub store: &'a dyn Store,
    /// The site.
    pub site: &'a Site,
    /// The question.
    pub ask: &'a Ask,
    /// The metrics of the answer.
    pub metrics: &'a [Metric],
    /// The service's time.
    pub now: Timestamp,
}

impl Lines<'_> {
    /// The lines, completed, in their order.
    pub fn completed(&self, rows: Vec<Row>) -> Result<Vec<Row>, StoreError> {
        let span = self.ask.span;
        let collected = self.store.collected(self.site, (span.first, span.last), self.now)?;
        let codes = self.ask.by.named_with(&self.ask.filters);
        let methods = collected.giving(span.first, span.last, &codes);
        let missing = |label: &str| vec![Row::not_collected(label.to_owned(), self.metrics)];
        match self.ask.by {
            By::Nothing if methods.is_empty() => Ok(missing("")),
            By::Value(_) if methods.is_empty() => Ok(missing(NOT_COLLECTED_LABEL)),
            By::Nothing | By::Value(_) => {
                let masked = |row| self.masked(row, &methods);
                Ok(rows.into_iter().map(masked).collect())
            }
            By::Hour | By::Day | By::Week | By::Month | By::Year => {
                let expected = self.expected(&collected)?;
                Ok(self.in_time(rows, &expected))
            }
        }
    }

    /// A line without the figures that the methods of its days cannot give.
    fn masked(&self, mut row: Row, methods: &[Method]) -> Row {
        for (figure, metric) in row.figures.iter_mut().zip(self.metrics) {
            if !Method::give(methods, *metric) {
                *figure = Shown::NotCollected;
            }
        }
        row.methods = Method::ALL.into_iter().filter(|one| methods.contains(one)).collect();
        row
    }

    /// The lines that a series has, in the order of time, from the first day with figures to today.
    fn expected(&self, collected: &Collected) -> Result<Vec<Expected>, StoreError> {
        let today = self.site.zone.day_at(self.now).date;
        let Some(oldest) = self.store.first_day(self.site)? else { return Ok(Vec::new()) };
        let (first, last) = (self.ask.span.first.max(oldest), self.ask.span.last.min(today));
        let mut expected: Vec<Expected> = Vec::new();
        for date in first.series(1.day()).take_while(|date| *date <= last) {
            let methods = collected.methods(date, date);
            if self.ask.by == By::Hour {
                let is_by_log = !matches!(collected.on(date), None | Some(Method::Beacon));
                for (hour, is_up) in self.store.hours_up(self.site, date, self.now)? {
                    let label = self.site.zone.written(hour);
                    let methods = (is_up || is_by_log).then(|| methods.clone());
                    expected.push(Expected { label, date, methods });
                }
                continue;
            }
            let label = time_label(self.ask.by, date);
            let methods = (!methods.is_empty()).then_some(methods);
            match expected.last_mut().filter(|line| line.label == label) {
                Some(line) => {
                    line.date = date;
                    if let Some(more) = methods {
                        line.methods.get_or_insert_default().extend(more);
                    }
                }
                None => expected.push(Expected { label, date, methods }),
            }
        }
        Ok(expected)
    }

    fn in_time(&self, rows: Vec<Row>, expected: &[Expected]) -> Vec<Row> {
        let today = self.site.zone.day_at(self.now).date.to_string();
        // From the first day that is not closed on nothing is final.
        let open = rows.iter().find(|row| row.obs_status == "P").map(|row| row.label.clone());
        let open = open.map_or(today.clone(), |label| label.min(today));
        let open = open.get(..DATE_BYTES).unwrap_or(&open).to_owned();
        let mut known: HashMap<String, Row> =
            rows.into_iter().map(|row| (row.label.clone(), row)).collect();
        let quiet = |line: &Expected| {
            let (label, second) = (line.label.clone(), String::new());
            let provisional = line.date.to_string() >= open;
            let measures = Measures::default();
            Row::exact(CountLine { label, second, measures, provisional }, self.metrics)
        };
        let row = |line: &Expected| match (known.remove(&line.label), &line.methods) {
            (Some(row), methods) => self.masked(row, methods.as_deref().unwrap_or_default()),
            (None, Some(methods)) => self.masked(quiet(line), methods),
            (None, None) => Row::not_collected(line.label.clone(), self.metrics),
        };
        let mut rows: Vec<Row> = expected.iter().map(row).collect();
        // A clock that is put back by half an hour makes hours that no whole hours lead to.
        rows.extend(known.into_values());
        let moment = |row: &Row| row.label.parse::<Timestamp>().ok();
        rows.sort_by_cached_key(|row| (moment(row), row.label.clone()));
        rows
    }
}
