//! What is a gap: hours and days in which no collector ran and of which nothing is known otherwise.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::events::{Act, Place};

/// Seconds for which a collector is taken to run after it was last seen.
const SEEN_SECONDS: i64 = 120;

/// Seconds of an hour.
const HOUR_SECONDS: i64 = 3_600;

/// When a collector ran: from its start to when it was last seen.
pub struct Ran(Vec<(i64, i64)>);

impl Ran {
    /// While some things happened: `began` is when it started, and `restarts` says which restarts
    /// it makes.
    pub fn during(acts: &[Act], began: Timestamp, restarts: impl Fn(&Act) -> bool) -> Self {
        let mut ran = Self(vec![(began.as_second(), began.as_second())]);
        for act in acts {
            let at = match act {
                Act::Happens(event) => event.moment,
                Act::Drains(at) | Act::Looks(at) | Act::Restarts { at, .. } => *at,
            };
            if matches!(act, Act::Restarts { .. }) && restarts(act) {
                ran.0.push((at.as_second(), at.as_second()));
            }
            ran.seen(at);
        }
        ran
    }

    /// It was seen once more.
    pub fn seen(&mut self, at: Timestamp) {
        let last = self.0.last_mut().unwrap();
        last.1 = last.1.max(at.as_second());
    }

    /// It stopped, and started again.
    pub fn restarted(&mut self, at: Timestamp) {
        self.0.push((at.as_second(), at.as_second()));
    }

    /// Did it run between two moments, as far as is known now?
    fn within(&self, from: i64, to: i64, now: i64) -> bool {
        let to = to.min(now);
        self.0.iter().any(|&(began, seen)| {
            let end = if seen <= now && now <= seen + SEEN_SECONDS { now } else { seen };
            if from == now { began <= now && end >= now } else { began < to && end > from }
        })
    }

    /// Did it run in an hour?
    pub fn in_hour(&self, hour: &str, now: Timestamp) -> bool {
        let hour: Timestamp = hour.parse().unwrap();
        self.within(hour.as_second(), hour.as_second() + HOUR_SECONDS, now.as_second())
    }

    /// Did it run on a day?
    pub fn on_day(&self, place: &Place, date: Date, now: Timestamp) -> bool {
        let start = |date: Date| {
            let midnight = date.at(0, 0, 0, 0).to_zoned_datetime(place.zone()).unwrap();
            midnight.timestamp().as_second()
        };
        self.within(start(date), start(date.tomorrow().unwrap()), now.as_second())
    }

    /// Every hour of a day that has begun, as the local clock names it.
    pub fn hours(place: &Place, date: Date, now: Timestamp) -> Vec<String> {
        let start = date.at(0, 0, 0, 0).to_zoned_datetime(place.zone()).unwrap();
        let mut hours = Vec::new();
        let mut hour = start.timestamp();
        while place.date(hour) == date && hour <= now {
            let local = hour.to_zoned_datetime(place.zone());
            hours.push(local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
            hour += jiff::SignedDuration::from_secs(HOUR_SECONDS);
        }
        hours
    }
}
