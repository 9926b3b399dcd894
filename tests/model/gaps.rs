//! What is a gap: hours and days in which no collector ran and of which nothing is known otherwise.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use parvis::model::{Metric, Site};
use parvis::query::{Shown, What};

use crate::brute::{Day, Figures, Flaw, NOTHING, sum};
use crate::compare::{Difference, ends};
use crate::events::{Act, Place};
use crate::questions::{Desk, value};

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

    /// Did it run on a day? Not on one that a zone leaves out.
    pub fn on_day(&self, place: &Place, date: Date, now: Timestamp) -> bool {
        let start = |date: Date| {
            let midnight = date.at(0, 0, 0, 0).to_zoned_datetime(place.zone()).unwrap();
            midnight.timestamp().as_second()
        };
        let (from, to) = (start(date), start(date.tomorrow().unwrap()));
        from < to && self.within(from, to, now.as_second())
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

/// What is known of some days together: of those by tag every figure, of those from a log no
/// reading time, and no average of it where one of the days has none.
fn known(metric: Metric, days: &[&Day], flaw: Flaw) -> Shown {
    let figures = |by_log: bool| -> Figures {
        let some = days.iter().filter(|day| day.is_by_log == by_log);
        some.map(|day| day.count(&[])).fold(NOTHING, sum)
    };
    let (by_tag, by_log) = (figures(false), figures(true));
    let logs = days.iter().filter(|day| day.is_by_log).count();
    let is_average = metric == Metric::VisitSeconds;
    let is_of_reading = is_average || metric == Metric::ReadingSeconds;
    let is_missing = match flaw {
        Flaw::GapIsZero => is_of_reading && logs > 0,
        Flaw::LogReadsForZeroSeconds => days.is_empty(),
        _ if is_average && logs > 0 => true,
        _ => days.is_empty() || is_of_reading && logs == days.len(),
    };
    if is_missing { Shown::NotCollected } else { value(metric, sum(by_tag, by_log)) }
}

/// Days that were imported, and those between and after them, of which nobody knows anything: no
/// collector ever ran here.
pub fn check(
    desk: &Desk<'_>,
    site: &Arc<Site>,
    days: &[&Day],
    flaw: Flaw,
) -> Result<(), Difference> {
    let (first, last) = ends(days);
    let period = (first - 2.days(), last + 1.day());
    let at = |what: String| Err(format!("{} from {first} to {last}: {what}", site.host));
    let answer = desk.ask(site, What::Timeseries, period, &[]).map_err(|why| why.to_string())?;
    let mut rows = answer.rows.iter();
    for date in first.series(1.day()).take_while(|date| *date <= period.1) {
        let day: Vec<&Day> = days.iter().copied().filter(|day| day.date == date).collect();
        let figures = Metric::ALL.map(|metric| known(metric, &day, flaw));
        let status = if day.is_empty() { "L" } else { "A" };
        let Some(row) = rows.next() else { return at(format!("no line of {date}")) };
        if (&*row.label, row.obs_status) != (&*date.to_string(), status) || row.figures != figures {
            return at(format!("{row:?}, and not {status} {figures:?}"));
        }
    }
    if let Some(row) = rows.next() {
        return at(format!("one line more: {row:?}"));
    }
    let answer = desk.ask(site, What::Totals, period, &[]).map_err(|why| why.to_string())?;
    let figures = Metric::ALL.map(|metric| known(metric, days, flaw));
    let asked =
        first.since(period.0).unwrap().get_days() + period.1.since(first).unwrap().get_days();
    let counts = (answer.days.begun, answer.days.collected);
    if answer.rows[0].figures != figures || counts != (asked as usize + 1, days.len()) {
        return at(format!("{answer:?}, and not {figures:?} of {} days", days.len()));
    }
    Ok(())
}
