//! The times in which hits were collected: the collector ran, and nothing of them was lost since.

use crate::store::{Outage, Uptime};

/// The intervals in which the collector ran without the outages that lie in them.
pub fn without(mut intervals: Vec<Uptime>, outages: &[Outage]) -> Vec<Uptime> {
    for Outage { from, to, .. } in outages {
        let mut left = Vec::with_capacity(intervals.len() + 1);
        for one in intervals {
            if *to <= one.started || one.seen <= *from {
                left.push(one);
                continue;
            }
            if one.started < *from {
                left.push(Uptime { seen: *from, ..one.clone() });
            }
            if *to < one.seen {
                left.push(Uptime { started: *to, ..one });
            }
        }
        intervals = left;
    }
    intervals
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::store::OutageReason;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn up(started: i64, seen: i64) -> Uptime {
        Uptime { started: at(started), seen: at(seen), tracker: String::new() }
    }

    #[test]
    fn an_outage_is_cut_out_of_the_intervals_it_lies_in() {
        let left = |outages: &[(i64, i64)]| {
            let outage = |&(from, to)| Outage {
                zone: None,
                from: at(from),
                to: at(to),
                reason: OutageReason::JournalDamaged,
                noted: at(to),
                detail: String::new(),
            };
            let outages: Vec<_> = outages.iter().map(outage).collect();
            let left = without(vec![up(0, 100), up(200, 300)], &outages);
            left.iter().map(|one| (one.started.as_second(), one.seen.as_second())).collect()
        };
        let is = |outages: &[(i64, i64)], expected: &[(i64, i64)]| {
            let found: Vec<(i64, i64)> = left(outages);
            assert_eq!(found, expected, "{outages:?}");
        };
        is(&[(120, 180)], &[(0, 100), (200, 300)]);
        is(&[(20, 30)], &[(0, 20), (30, 100), (200, 300)]);
        is(&[(0, 250)], &[(250, 300)]);
        is(&[(90, 210), (0, 10)], &[(10, 90), (210, 300)]);
        is(&[(-5, 400)], &[]);
    }
}
