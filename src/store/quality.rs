//! What is known of how well the days were collected: when the collector ran, how many hits came
//! and what became of them, and how much of a site was measured.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::model::{Period, Site, SiteId, Zone, ZoneDay};
use crate::store::{Break, Collected, Method, OutageReason, StoreError};

/// How often a running collector notes that it runs.
pub const UPTIME_NOTE_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// For how long after its last note a collector is taken to run: the next note comes within this.
const UPTIME_NOTE_LATE: SignedDuration = SignedDuration::from_secs(120);

/// Seconds of an hour; a local hour is never longer.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// An interval in which the collector ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uptime {
    /// When it started.
    pub started: Timestamp,
    /// When it last noted that it ran.
    pub seen: Timestamp,
    /// The version of the tracker that it served; empty where an earlier version noted nothing.
    pub tracker: String,
}

/// Hits of one site and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitLine {
    /// Which site.
    pub site: SiteId,
    /// On which local day.
    pub date: Date,
    /// How many.
    pub hits: u64,
    /// Those of them whose page was known by its origin alone.
    pub page_unknown: u64,
}

/// How well one local day of a site was collected. The counts are exact: they are for
/// `privacy::release_hits` or for staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualityDay {
    /// The local day.
    pub date: Date,
    /// How it was collected; nothing where nothing was counted.
    pub method: Option<Method>,
    /// Views, events and messages of reading time that were counted; nothing where an earlier
    /// version counted the day and did not keep it.
    pub hits: Option<u64>,
    /// Page views.
    pub views: u64,
    /// Visitors.
    pub visitors: u64,
    /// Those of the page views that came by the picture for pages without script.
    pub without_script: u64,
    /// Those of them whose page was known by its origin alone.
    pub page_unknown: u64,
    /// Hits that were not counted, by reason, in the order of their names.
    pub dropped: Vec<(String, u64)>,
    /// Minutes without collector; nothing where the site was not registered yet.
    pub minutes_down: Option<u32>,
    /// Those of them in which the collector ran and hits were lost, by reason.
    pub minutes_lost: Vec<(OutageReason, u32)>,
    /// Did the collector run at all while the site was registered?
    pub was_up: bool,
    /// The versions of the tracker that were served, each once.
    pub trackers: Vec<String>,
}

/// What the pages of a site were compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageSource {
    /// The pages that its sitemap lists.
    Sitemap,
    /// The page views in its access logs.
    AccessLog,
}

impl CoverageSource {
    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sitemap => "sitemap",
            Self::AccessLog => "access_log",
        }
    }

    /// The source of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Sitemap, Self::AccessLog].into_iter().find(|source| source.name() == name)
    }
}

/// How much of a site was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Of which site.
    pub site: SiteId,
    /// When it was looked.
    pub measured: Timestamp,
    /// Which days were looked at: a period as in an address, or two days joined by a slash.
    pub period: String,
    /// What the pages were compared with.
    pub source: CoverageSource,
    /// Pages listed, or views in the logs.
    pub listed: u64,
    /// Those of the pages that were seen, or views by the tag.
    pub seen: u64,
}

impl Coverage {
    /// The share that was measured, in whole percent; nothing where nothing was listed. A tag can
    /// count more than a log, behind a cache that answers by itself.
    pub fn percent(&self) -> Option<u64> {
        (self.listed > 0).then(|| (self.seen * 200 + self.listed) / (self.listed * 2))
    }
}

/// The record of how days were collected.
pub trait Quality {
    /// Notes that the collector has started; answers with the number of the interval.
    fn begin_uptime(&self, now: Timestamp, tracker: &str) -> Result<i64, StoreError>;
    /// Notes that the collector still runs.
    fn note_uptime(&self, interval: i64, now: Timestamp) -> Result<(), StoreError>;
    /// The intervals that reach into a span of time, in order, without the outages of a zone.
    fn uptime(
        &self,
        zone: &Zone,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Uptime>, StoreError>;
    /// When the collector was last seen running; nothing if it never was.
    fn last_seen(&self) -> Result<Option<Timestamp>, StoreError>;
    /// When a site was registered.
    fn registered(&self, site: &Site) -> Result<Timestamp, StoreError>;
    /// What counting depended on at the last start, by name.
    fn collector_parts(&self) -> Result<Vec<(String, String)>, StoreError>;
    /// Replaces what counting depends on, and registers the breaks that this makes, in one
    /// transaction.
    fn set_collector_parts(
        &self,
        parts: &[(String, String)],
        breaks: &[Break],
    ) -> Result<(), StoreError>;
    /// Adds to the page views without script.
    fn add_without_script(&self, lines: &[HitLine]) -> Result<(), StoreError>;
    /// How well each day of a span was collected, from the first on which the site was registered
    /// or counted to the last; days after `now` are left out.
    fn quality(
        &self,
        site: &Site,
        first: Date,
        last: Date,
        now: Timestamp,
    ) -> Result<Vec<QualityDay>, StoreError>;
    /// Which days of a span were collected, as far as they have begun: those on which something was
    /// counted or imported, and those on which the collector ran while the site was registered.
    fn collected(
        &self,
        site: &Site,
        span: (Date, Date),
        now: Timestamp,
    ) -> Result<Collected, StoreError>;
    /// Hits of no site on a day in UTC, by reason: requests that named none that is counted.
    fn dropped_of_no_site(
        &self,
        first: Date,
        last: Date,
    ) -> Result<Vec<(Date, String, u64)>, StoreError>;
    /// The days, from this one on, on which the tag counted something, in order.
    fn days_of_tag(&self, site: &Site, from: Date) -> Result<Vec<Date>, StoreError>;
    /// When the first hour of a day with a hit began, as long as hours are kept.
    fn first_hour(&self, site: &Site, date: Date) -> Result<Option<Timestamp>, StoreError>;
    /// Which of these pages have any view in a span of days, in their order.
    fn pages_seen(
        &self,
        site: &Site,
        paths: &[String],
        first: Date,
        last: Date,
    ) -> Result<Vec<bool>, StoreError>;
    /// Page views that the tag counted on each of these days, and nothing on days without it.
    fn views_of_tag(&self, site: &Site, days: &[Date]) -> Result<Vec<Option<u64>>, StoreError>;
    /// Keeps a measure of coverage.
    fn add_coverage(&self, one: &Coverage) -> Result<(), StoreError>;
    /// The latest measure of each source.
    fn coverage(&self, site: &Site) -> Result<Vec<Coverage>, StoreError>;

    /// Are the breakdowns of every counted day of a period kept? Those of a log that is older than
    /// details are kept never were.
    fn has_details(&self, site: &Site, period: Period) -> Result<bool, StoreError>;

    /// Minutes of a local day in which the collector did not run, from when the site was
    /// registered on and until now.
    fn minutes_down(&self, site: &Site, date: Date, now: Timestamp) -> Result<u32, StoreError> {
        let (from, to) = self.awaited(site, date, now)?;
        let intervals = self.uptime(&site.zone, from, to)?;
        Ok((down_seconds(&intervals, (from, to), now) / 60) as u32)
    }

    /// The local hours of a day that have begun, by their first moments, and whether the collector
    /// ran in each while the site was registered: where it did not, nothing can be said of them.
    fn hours_up(
        &self,
        site: &Site,
        date: Date,
        now: Timestamp,
    ) -> Result<Vec<(Timestamp, bool)>, StoreError> {
        let day = ZoneDay { zone: site.zone.clone(), date };
        let registered = self.registered(site)?;
        let intervals = self.uptime(&site.zone, day.start(), day.end())?;
        let is_up = |hour: Timestamp| {
            let span = (hour.max(registered), (hour + HOUR).min(now));
            ran_within(&intervals, span, now)
        };
        let begun = day.hours().into_iter().filter(|hour| *hour <= now);
        Ok(begun.map(|hour| (hour, is_up(hour))).collect())
    }

    /// Has a collector noted a moment ago that it runs?
    fn is_up(&self, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.last_seen()?.is_some_and(|seen| now - UPTIME_NOTE_LATE <= seen))
    }

    /// The part of a local day in which the site was registered and that is not in the future.
    fn awaited(
        &self,
        site: &Site,
        date: Date,
        now: Timestamp,
    ) -> Result<(Timestamp, Timestamp), StoreError> {
        let day = ZoneDay { zone: site.zone.clone(), date };
        Ok((day.start().max(self.registered(site)?), day.end().min(now)))
    }
}

/// Up to when an interval reaches: a collector that noted itself a moment ago is taken to run.
fn end_of(interval: &Uptime, now: Timestamp) -> Timestamp {
    let is_fresh = interval.seen <= now && now - UPTIME_NOTE_LATE <= interval.seen;
    if is_fresh { now } else { interval.seen }
}

/// Seconds of a span that no interval covers. Intervals are in order and may overlap.
pub fn down_seconds(
    intervals: &[Uptime],
    (from, to): (Timestamp, Timestamp),
    now: Timestamp,
) -> i64 {
    let mut covered_to = from;
    let mut down = 0;
    for interval in intervals {
        let (start, end) = (interval.started.min(to), end_of(interval, now).min(to));
        if start > covered_to {
            down += start.as_second() - covered_to.as_second();
        }
        covered_to = covered_to.max(start).max(end);
    }
    down + (to.as_second() - covered_to.as_second()).max(0)
}

/// Did the collector run at any moment of a span? One without a moment was awaited by nobody; of
/// the present moment, as when a site has just been registered, it is whether it runs.
pub fn ran_within(
    intervals: &[Uptime],
    (from, to): (Timestamp, Timestamp),
    now: Timestamp,
) -> bool {
    intervals.iter().any(|one| {
        let end = end_of(one, now);
        if from == now { one.started <= now && end >= now } else { one.started < to && end > from }
    }) && (from < to || (from == to && to == now))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-22T{text}Z").parse().unwrap()
    }

    fn up(started: &str, seen: &str) -> Uptime {
        Uptime { started: at(started), seen: at(seen), tracker: String::new() }
    }

    const LATER: &str = "23:59:59";

    #[test]
    fn what_no_interval_covers_is_down() {
        let span = (at("10:00:00"), at("12:00:00"));
        let down = |intervals: &[Uptime]| down_seconds(intervals, span, at(LATER));
        assert_eq!(down(&[]), 7_200);
        assert_eq!(down(&[up("09:00:00", "13:00:00")]), 0);
        assert_eq!(down(&[up("09:00:00", "10:30:00"), up("11:00:00", "12:30:00")]), 1_800);
        assert_eq!(down(&[up("08:00:00", "09:00:00"), up("12:00:00", "13:00:00")]), 7_200);
        // Two that overlap, as after a clock that was set back.
        assert_eq!(down(&[up("10:00:00", "11:30:00"), up("10:30:00", "11:00:00")]), 1_800);
    }

    #[test]
    fn a_collector_that_noted_itself_a_moment_ago_runs() {
        let span = (at("10:00:00"), at("11:00:00"));
        let running = [up("10:00:00", "10:59:10")];
        assert_eq!(down_seconds(&running, span, at("11:00:00")), 0);
        assert_eq!(down_seconds(&running, span, at("11:10:00")), 50);
    }

    #[test]
    fn a_collector_ran_in_a_span_that_it_touched() {
        let intervals = [up("08:00:00", "09:31:00"), up("12:29:00", "12:40:00")];
        let ran = |from, to| ran_within(&intervals, (at(from), at(to)), at(LATER));
        assert!(ran("09:30:00", "10:30:00") && ran("11:30:00", "12:30:00"));
        assert!(!ran("10:30:00", "11:30:00") && !ran("09:31:00", "10:00:00"));
        assert!(!ran("09:00:00", "09:00:00") && !ran("13:00:00", "09:00:00"));
        // A site that is registered at this moment.
        let now = |now| ran_within(&intervals, (at(now), at(now)), at(now));
        assert!(now("09:00:00") && !now("10:00:00"));
        let before = (at("09:00:00"), at("08:30:00"));
        assert!(!ran_within(&intervals, before, at("09:00:00")), "a day before it");
    }

    #[test]
    fn a_share_is_rounded_to_whole_percent() {
        let of = |listed, seen| {
            let (site, period) = (SiteId(1), "2026-10".to_owned());
            let measured = at(LATER);
            let source = CoverageSource::Sitemap;
            Coverage { site, measured, period, source, listed, seen }.percent()
        };
        assert_eq!(of(0, 0), None);
        assert_eq!(
            (of(3, 2), of(3, 1), of(4, 4), of(100, 110)),
            (Some(67), Some(33), Some(100), Some(110))
        );
    }
}
