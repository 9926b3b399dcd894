//! Where the logs of an import begin and end in the middle of a day: such a day may be short, and
//! that is said.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::model::Zone;

/// A log that begins or ends this near a midnight has the whole day: quiet sites have quiet hours.
pub const NEAR_MIDNIGHT: SignedDuration = SignedDuration::from_hours(1);

/// When the logs begin or end on a day, where that is far from its own beginning or end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    /// The first line of the day, before which no log has any.
    pub begins: Option<Timestamp>,
    /// The last line of the day, after which no log has any.
    pub ends: Option<Timestamp>,
}

/// The days in the middle of which logs begin or end that do not continue each other, by the first
/// and the last line of each log: between those lies at least one day without any line.
pub(super) fn edges(mut spans: Vec<(Timestamp, Timestamp)>, zone: &Zone) -> BTreeMap<Date, Edge> {
    spans.sort_unstable();
    let mut joined: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (first, last) in spans {
        let follows = |end: Timestamp| {
            zone.day_at(end).date.saturating_add(1.day()) >= zone.day_at(first).date
        };
        match joined.last_mut() {
            Some((_, end)) if follows(*end) => *end = last.max(*end),
            _ => joined.push((first, last)),
        }
    }
    let mut edges: BTreeMap<Date, Edge> = BTreeMap::new();
    for (first, last) in joined {
        let day = zone.day_at(first);
        if first.duration_since(day.start()) > NEAR_MIDNIGHT {
            edges.entry(day.date).or_default().begins = Some(first);
        }
        let day = zone.day_at(last);
        if day.end().duration_since(last) > NEAR_MIDNIGHT {
            edges.entry(day.date).or_default().ends = Some(last);
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-{text}:00Z").parse().unwrap()
    }

    #[test]
    fn days_are_cut_where_the_logs_begin_and_end_and_where_one_is_missing() {
        let zone = Zone::named("UTC").unwrap();
        let of = |spans: &[(&str, &str)]| {
            let spans = spans.iter().map(|(first, last)| (at(first), at(last))).collect();
            let days = edges(spans, &zone).into_iter();
            days.map(|(date, edge)| (date.day(), edge.begins.is_some(), edge.ends.is_some()))
                .collect::<Vec<_>>()
        };
        assert_eq!(of(&[("10T00:20", "12T23:40")]), []);
        assert_eq!(of(&[("10T06:25", "12T06:24")]), [(10, true, false), (12, false, true)]);
        assert_eq!(of(&[("12T06:25", "14T23:50"), ("10T00:10", "12T06:24")]), []);
        assert_eq!(of(&[("10T09:00", "10T17:00")]), [(10, true, true)]);
        // The log of the 13th and of a part of its neighbours is missing.
        let missing = of(&[("10T00:10", "12T06:24"), ("14T06:25", "15T23:59")]);
        assert_eq!(missing, [(12, false, true), (14, true, false)]);
    }
}
