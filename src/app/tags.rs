//! Whether the tag is on a site's pages: looked at now and then, and each change is a break.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::app::uptime::OUTAGE_MINUTES;
use crate::model::{Site, ZoneDay};
use crate::store::{Break, BreakKind, Store, StoreError};

/// Whole local days without a beacon after which the tag is gone: a week, because small sites have
/// quiet weekends.
const SILENT_DAYS: usize = 7;

/// How often it is looked whether a tag appeared or disappeared.
const TAGS_LOOK_EVERY: SignedDuration = SignedDuration::from_mins(10);

/// Looks now and then whether a tag appeared or disappeared.
#[derive(Default)]
pub struct TagWatch {
    looked: Option<Timestamp>,
}

impl TagWatch {
    /// Looks, if it is time, and registers what is found. When the collector was down is known once
    /// it has noted itself; until then a silent day might be an outage.
    pub fn look(&mut self, store: &dyn Store, now: Timestamp) -> Result<(), StoreError> {
        if self.looked.is_some_and(|looked| looked <= now && now < looked + TAGS_LOOK_EVERY) {
            return Ok(());
        }
        if !store.is_up(now)? {
            return Ok(());
        }
        for site in store.sites()? {
            look_at(store, &site, now)?;
        }
        self.looked = Some(now);
        Ok(())
    }
}

/// Follows a site from the last change of its tag that is registered.
fn look_at(store: &dyn Store, site: &Site, now: Timestamp) -> Result<(), StoreError> {
    let breaks = store.all_breaks(site)?;
    let is_of_tag = |one: &&Break| {
        !one.is_manual && matches!(one.kind, BreakKind::TagAdded | BreakKind::TagRemoved)
    };
    let last = breaks.iter().rev().find(is_of_tag);
    let mut is_there = last.is_some_and(|one| one.kind == BreakKind::TagAdded);
    let mut since = last.map_or(Date::MIN, |one| site.zone.day_at(one.began).date);
    loop {
        let days = store.days_of_tag(site, since)?;
        let (kind, began) = if is_there {
            let Some(silent) = silence(store, site, &days, now)? else { return Ok(()) };
            since = silent;
            let day = ZoneDay { zone: site.zone.clone(), date: silent };
            (BreakKind::TagRemoved, day.start())
        } else {
            let Some(&first) = days.first() else { return Ok(()) };
            since = first;
            if last.is_none() && store.first_day(site)?.is_some_and(|day| first <= day) {
                // The series begins here, and nothing breaks.
                is_there = true;
                continue;
            }
            let day = ZoneDay { zone: site.zone.clone(), date: first };
            (BreakKind::TagAdded, store.first_hour(site, first)?.unwrap_or(day.start()))
        };
        is_there = !is_there;
        let said = (String::new(), String::new());
        store.add_break(&Break::automatic(site.id, began, kind, said))?;
    }
}

/// The first of the days without a beacon, where there are enough of them in a row. Days on which
/// the collector did not run say nothing.
fn silence(
    store: &dyn Store,
    site: &Site,
    days: &[Date],
    now: Timestamp,
) -> Result<Option<Date>, StoreError> {
    let today = site.zone.day_at(now).date;
    let nexts = days.iter().copied().skip(1).chain([today]);
    for (day, next) in days.iter().copied().zip(nexts) {
        let between = day.saturating_add(1.day()).series(1.day());
        let between: Vec<_> = between.take_while(|date| *date < next).collect();
        if between.len() < SILENT_DAYS {
            continue;
        }
        let mut silent = Vec::new();
        for date in between {
            if store.minutes_down(site, date, now)? <= OUTAGE_MINUTES {
                silent.push(date);
            }
            if silent.len() == SILENT_DAYS {
                return Ok(silent.first().copied());
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Quality, SqliteStore};

    #[test]
    fn tags_are_looked_at_once_the_collector_has_noted_itself() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path()).unwrap();
        let began: Timestamp = "2026-11-09T12:00:00Z".parse().unwrap();
        let now = began + SignedDuration::from_hours(24);
        let interval = store.begin_uptime(began, "").unwrap();
        let mut watch = TagWatch::default();
        watch.look(&store, now).unwrap();
        assert_eq!(watch.looked, None);
        store.note_uptime(interval, now).unwrap();
        watch.look(&store, now).unwrap();
        assert_eq!(watch.looked, Some(now));
    }
}
