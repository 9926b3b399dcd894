//! The figures of another period that has not the same weekdays, set beside those of each line of
//! an answer: they are shown, and nothing is said to have changed.

use hashbrown::HashMap;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::Period;
use crate::query::answer::{Pair, Row, Shown};
use crate::query::ask::{Ask, What};
use crate::store::By;

/// Bytes of a written date, and of an hour of the local clock without its offset.
const DATE_BYTES: usize = 10;
const LOCAL_HOUR_BYTES: usize = 19;

/// Sets the figures of another period beside each line: in a series those of the same place in
/// time, else those of the same label.
pub fn set_beside(rows: &mut [Row], beside: Vec<Row>, ask: &Ask, beside_from: Date) {
    match ask.what {
        What::Totals => {
            for (row, other) in rows.iter_mut().zip(beside) {
                row.compared = Some(uncompared(other.figures));
            }
        }
        What::Timeseries => {
            let shift = beside_from.since(ask.span.first).map_or(0, |span| span.get_days());
            // Hours are paired by the local clock: their offset from UTC may differ.
            let local = |label: &str| label.get(..LOCAL_HOUR_BYTES).unwrap_or(label).to_owned();
            let mut others: HashMap<String, Vec<Shown>> =
                beside.into_iter().map(|row| (local(&row.label), row.figures)).collect();
            for row in rows {
                let other = moved(&row.label, shift, ask).and_then(|label| others.remove(&label));
                row.compared = other.map(uncompared);
            }
        }
        What::Breakdown(_) => {
            // Few of all lines are shown, and those set beside them are many.
            let mut wanted: HashMap<String, &mut Row> =
                rows.iter_mut().map(|row| (row.label.clone(), row)).collect();
            for other in beside {
                if let Some(row) = wanted.get_mut(&other.label) {
                    row.compared = Some(uncompared(other.figures));
                }
            }
        }
    }
}

/// Figures of the other period alone.
fn uncompared(other: Vec<Shown>) -> Pair {
    Pair { own: Vec::new(), other, by_rounding: Vec::new(), days: 0, run: None }
}

/// The label of a line of a series in the period set beside, which begins `shift` days later. The
/// months of two periods are paired by their distance from the first.
fn moved(label: &str, shift: i32, ask: &Ask) -> Option<String> {
    match ask.by {
        By::Day | By::Week => {
            let date: Date = label.parse().ok()?;
            Some(date.checked_add(shift.days()).ok()?.to_string())
        }
        By::Month | By::Year => {
            let period: Period = label.parse().ok()?;
            let first = period.first().max(ask.span.first);
            let moved = first.checked_add(shift.days()).ok()?;
            Some(match ask.by {
                By::Year => Period::Year(moved).to_string(),
                _ => Period::Month(moved).to_string(),
            })
        }
        By::Hour => {
            let date: Date = label.get(..DATE_BYTES)?.parse().ok()?;
            let moved = date.checked_add(shift.days()).ok()?;
            Some(format!("{moved}{}", label.get(DATE_BYTES..LOCAL_HOUR_BYTES)?))
        }
        By::Nothing | By::Value(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_paired_by_the_local_clock_and_months_by_distance() {
        let ask = |query: &str| {
            let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
            let today = jiff::civil::date(2026, 11, 24);
            Ask::read(What::Timeseries, pairs, today, today).unwrap()
        };
        let hours = ask("period=2026-11-22");
        let moved = |label: &str, shift, ask: &Ask| moved(label, shift, ask).unwrap();
        assert_eq!(moved("2026-10-26T02:00:00+01:00", -1, &hours), "2026-10-25T02:00:00");
        let months = ask("period=2026&interval=month");
        assert_eq!(moved("2026-03", -365, &months), "2025-03");
    }
}
