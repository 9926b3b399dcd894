//! Notes that the collector runs, so that what it missed can be said: from a kill or a power cut at
//! most a minute is unknown.
//!
//! What is noted is that the process lives and can write to its store. A machine that sleeps with
//! the process on it is not noticed.

use jiff::{Timestamp, ToSpan};

use crate::app::AppError;
use crate::model::{Site, ZoneDay};
use crate::store::{Break, BreakKind, Store, StoreError, UPTIME_NOTE_EVERY, down_seconds};
use crate::web;

/// An outage of more minutes than this within one local day is registered as a break: shorter ones
/// are restarts, and stand in the quality of the day.
pub const OUTAGE_MINUTES: u32 = 10;

/// Notes that the collector runs.
pub struct Heartbeat {
    interval: i64,
    noted: Timestamp,
}

impl Heartbeat {
    /// The collector starts: registers the outage before, if there was one.
    pub fn begin(store: &dyn Store, now: Timestamp) -> Result<Self, AppError> {
        let last_seen = store.last_seen()?;
        let tracker = web::tracker_version_inside().unwrap_or_default();
        let interval = store.begin_uptime(now, &tracker)?;
        if let Some(from) = last_seen.filter(|from| *from < now) {
            for site in store.sites()? {
                note_outages(store, &site, from, now)?;
            }
        }
        Ok(Self { interval, noted: now })
    }

    /// Notes that it runs, once in a while; at the end in any case.
    pub fn note(
        &mut self,
        store: &dyn Store,
        now: Timestamp,
        is_last: bool,
    ) -> Result<(), StoreError> {
        if is_last || self.noted + UPTIME_NOTE_EVERY <= now {
            store.note_uptime(self.interval, now)?;
            self.noted = now;
        }
        Ok(())
    }
}

/// Registers an outage of a site, once for each day on which one began.
pub fn note_outages(
    store: &dyn Store,
    site: &Site,
    from: Timestamp,
    to: Timestamp,
) -> Result<(), StoreError> {
    let registered = store.registered(site)?;
    let began = from.max(registered);
    if began >= to {
        return Ok(());
    }
    let (first, last) = (site.zone.day_at(began).date, site.zone.day_at(to).date);
    let day = |date| ZoneDay { zone: site.zone.clone(), date };
    // Several short outages of one day are a long one.
    let intervals = store.uptime(&site.zone, day(first).start().min(from), to)?;
    let is_long_on = |date| {
        let day = day(date);
        // What was before the first start is no outage. Where there is none, an outage that was
        // noted has covered all of it.
        let started = intervals.first().map_or(from, |one| one.started);
        let span = (day.start().max(started).max(registered), day.end().min(to));
        span.0 < span.1 && down_seconds(&intervals, span, to) > i64::from(OUTAGE_MINUTES) * 60
    };
    // An outage over more than two days has a whole day in it.
    let is_long = first.saturating_add(1.day()) < last || is_long_on(first) || is_long_on(last);
    let known = store.breaks(site, first, first)?;
    if !is_long || known.iter().any(|one| one.kind == BreakKind::Outage) {
        return Ok(());
    }
    store.add_break(&Break::outage(site.id, began, &site.zone.written(to)))?;
    Ok(())
}
