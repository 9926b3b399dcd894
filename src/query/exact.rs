//! The lines of exact figures that a store has none of: an hour or a day on which nobody came is a
//! zero if it was collected, and a gap if it was not.

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::model::{Measures, Metric, Site};
use crate::privacy::{CountLine, NOT_COLLECTED_LABEL};
use crate::query::answer::Row;
use crate::query::ask::Ask;
use crate::query::gathered::time_label;
use crate::store::{By, Collected, Method, Store, StoreError};

/// Bytes of a written date, with which the label of an hour begins.
const DATE_BYTES: usize = 10;

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
        let is_gap = collected.is_gap(span.first, span.last);
        let missing = |label: &str| vec![Row::not_collected(label.to_owned(), self.metrics)];
        match self.ask.by {
            By::Nothing if is_gap => Ok(missing("")),
            By::Value(_) if is_gap => Ok(missing(NOT_COLLECTED_LABEL)),
            By::Nothing | By::Value(_) => Ok(rows),
            By::Hour | By::Day | By::Week | By::Month | By::Year => {
                let expected = self.expected(&collected)?;
                Ok(self.in_time(rows, &expected))
            }
        }
    }

    /// The lines that a series has, in the order of time, from the first day with figures to today:
    /// label, date, and whether anything of it was collected.
    fn expected(&self, collected: &Collected) -> Result<Vec<(String, Date, bool)>, StoreError> {
        let today = self.site.zone.day_at(self.now).date;
        let Some(oldest) = self.store.first_day(self.site)? else { return Ok(Vec::new()) };
        let (first, last) = (self.ask.span.first.max(oldest), self.ask.span.last.min(today));
        let mut expected: Vec<(String, Date, bool)> = Vec::new();
        for date in first.series(1.day()).take_while(|date| *date <= last) {
            let method = collected.on(date);
            if self.ask.by == By::Hour {
                let is_by_log = !matches!(method, None | Some(Method::Beacon));
                for (hour, is_up) in self.store.hours_up(self.site, date, self.now)? {
                    expected.push((self.site.zone.written(hour), date, is_up || is_by_log));
                }
                continue;
            }
            let label = time_label(self.ask.by, date);
            match expected.last_mut().filter(|line| line.0 == label) {
                Some(line) => (line.1, line.2) = (date, line.2 || method.is_some()),
                None => expected.push((label, date, method.is_some())),
            }
        }
        Ok(expected)
    }

    fn in_time(&self, rows: Vec<Row>, expected: &[(String, Date, bool)]) -> Vec<Row> {
        let today = self.site.zone.day_at(self.now).date.to_string();
        // From the first day that is not closed on nothing is final.
        let open = rows.iter().find(|row| row.obs_status == "P").map(|row| row.label.clone());
        let open = open.map_or(today.clone(), |label| label.min(today));
        let mut known: HashMap<String, Row> =
            rows.into_iter().map(|row| (row.label.clone(), row)).collect();
        let row = |(label, date, is_collected): &(String, Date, bool)| {
            known.remove(label).unwrap_or_else(|| match is_collected {
                true => {
                    let open = open.get(..DATE_BYTES).unwrap_or(&open);
                    let (label, second) = (label.clone(), String::new());
                    let provisional = date.to_string().as_str() >= open;
                    let measures = Measures::default();
                    Row::exact(CountLine { label, second, measures, provisional }, self.metrics)
                }
                false => Row::not_collected(label.clone(), self.metrics),
            })
        };
        let mut rows: Vec<Row> = expected.iter().map(row).collect();
        // A clock that is put back by half an hour makes hours that no whole hours lead to.
        rows.extend(known.into_values());
        let moment = |row: &Row| row.label.parse::<Timestamp>().ok();
        rows.sort_by_cached_key(|row| (moment(row), row.label.clone()));
        rows
    }
}
