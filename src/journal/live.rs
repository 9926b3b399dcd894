//! The last half hour of every site, exact and for signed-in staff: it moves as the drain moves.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use compact_str::CompactString;
use hashbrown::HashMap;
use jiff::Timestamp;
use roaring::{MultiOps, RoaringBitmap};

use crate::journal::tally::Seen;
use crate::model::address::readable;
use crate::model::{KindOfHit, Measures, SiteId};
use crate::privacy::StaffPass;

/// How finely the last minutes move, in seconds.
const SLOT_SECONDS: i64 = 10;

/// The longest span shown, in seconds.
const SPAN_SECONDS: i64 = 30 * 60;

/// Pages listed as read right now.
const PAGES_SHOWN_MAX: usize = 20;

/// Ten seconds of one site.
#[derive(Default)]
struct Slot {
    start: i64,
    views: u64,
    visitors: RoaringBitmap,
    pages: HashMap<CompactString, u64>,
}

#[derive(Default)]
struct LiveSite {
    slots: VecDeque<Slot>,
    today: Measures,
    today_ends: i64,
}

/// What is happening on every site. Visitors of the last minutes are exact within one local day:
/// at midnight their keys change, and who reads on is seen as new.
#[derive(Default)]
pub struct Live {
    sites: Mutex<HashMap<SiteId, LiveSite>>,
}

/// What staff sees of one site.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LiveFigures {
    /// Page views of the last five minutes.
    pub views_5_minutes: u64,
    /// Visitors of the last five minutes.
    pub visitors_5_minutes: u64,
    /// Page views of the last thirty minutes.
    pub views_30_minutes: u64,
    /// Visitors of the last thirty minutes.
    pub visitors_30_minutes: u64,
    /// Page views of the local day so far.
    pub views_today: u64,
    /// Visitors of the local day so far.
    pub visitors_today: u64,
    /// The pages most viewed in the last thirty minutes, with their views.
    pub pages: Vec<(String, u64)>,
}

impl Live {
    /// Takes note of one tallied entry. Visitors' numbers start anew each day; `day_parity` (0 or
    /// 1) keeps those of two days that follow each other apart.
    pub(super) fn note(&self, seen: &Seen<'_>, day_parity: u32) {
        if seen.kind != KindOfHit::View {
            return;
        }
        let visitor = seen.visitor.map(|visitor| visitor | (day_parity << 31));
        let start = seen.received.as_second().div_euclid(SLOT_SECONDS) * SLOT_SECONDS;
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let slots = &mut sites.entry(seen.site).or_default().slots;
        if slots.back().is_none_or(|last| last.start < start) {
            slots.push_back(Slot { start, ..Slot::default() });
            while slots.front().is_some_and(|first| first.start <= start - SPAN_SECONDS) {
                slots.pop_front();
            }
        }
        let Some(slot) = slots.back_mut() else { return };
        slot.views += 1;
        slot.visitors.extend(visitor);
        if let Some(page) = seen.page {
            match slot.pages.get_mut(page) {
                Some(views) => *views += 1,
                None => drop(slot.pages.insert(page.clone(), 1)),
            }
        }
    }

    /// Takes note of a site's whole day so far, which ends at `today_ends`.
    pub(super) fn note_today(&self, site: SiteId, today: Measures, today_ends: Timestamp) {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let live = sites.entry(site).or_default();
        if today_ends.as_second() >= live.today_ends {
            live.today = today;
            live.today_ends = today_ends.as_second();
        }
    }

    /// One site's figures at this moment.
    pub fn figures(&self, site: SiteId, now: Timestamp, _pass: &StaffPass) -> LiveFigures {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(live) = sites.get(&site) else { return LiveFigures::default() };
        let now = now.as_second();
        let since = |seconds: i64| {
            live.slots.iter().filter(move |slot| slot.start > now - seconds - SLOT_SECONDS)
        };
        let visitors =
            |seconds: i64| MultiOps::union(since(seconds).map(|slot| &slot.visitors)).len();
        let today = if now < live.today_ends { live.today } else { Measures::default() };
        LiveFigures {
            views_5_minutes: since(5 * 60).map(|slot| slot.views).sum(),
            visitors_5_minutes: visitors(5 * 60),
            views_30_minutes: since(SPAN_SECONDS).map(|slot| slot.views).sum(),
            visitors_30_minutes: visitors(SPAN_SECONDS),
            views_today: today.views,
            visitors_today: today.visitors,
            pages: most_read(since(SPAN_SECONDS)),
        }
    }
}

fn most_read<'a>(slots: impl Iterator<Item = &'a Slot>) -> Vec<(String, u64)> {
    let mut pages: HashMap<&CompactString, u64> = HashMap::new();
    for slot in slots {
        for (page, views) in &slot.pages {
            *pages.entry(page).or_insert(0) += views;
        }
    }
    let mut pages: Vec<_> = pages.into_iter().collect();
    pages.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(right.0)));
    pages.truncate(PAGES_SHOWN_MAX);
    pages.into_iter().map(|(page, views)| (readable(page).into_owned(), views)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(live: &Live, second: i64, visitor: u32, page: &str, parity: u32) {
        let page = CompactString::from(page);
        let seen = Seen {
            site: SiteId(1),
            received: Timestamp::from_second(second).unwrap(),
            visitor: Some(visitor),
            kind: KindOfHit::View,
            page: Some(&page),
        };
        live.note(&seen, parity);
    }

    fn figures(live: &Live, second: i64) -> LiveFigures {
        let pass = StaffPass::signed_in("test".into());
        live.figures(SiteId(1), Timestamp::from_second(second).unwrap(), &pass)
    }

    #[test]
    fn views_leave_the_last_minutes_as_time_goes_on() {
        let live = Live::default();
        let noon = 1_800_000_000;
        note(&live, noon, 0, "/a", 0);
        note(&live, noon + 1, 0, "/b", 0);
        note(&live, noon + 200, 1, "/b", 0);
        let now = figures(&live, noon + 200);
        assert_eq!((now.views_5_minutes, now.visitors_5_minutes), (3, 2));
        assert_eq!(now.pages, [("/b".to_owned(), 2), ("/a".to_owned(), 1)]);
        let later = figures(&live, noon + 400);
        assert_eq!((later.views_5_minutes, later.views_30_minutes), (1, 3));
        assert_eq!(figures(&live, noon + 3_600).views_30_minutes, 0);
    }

    #[test]
    fn visitors_of_two_days_are_kept_apart_and_slots_are_bounded() {
        let live = Live::default();
        note(&live, 1_800_000_000, 0, "/", 0);
        note(&live, 1_800_000_010, 0, "/", 1);
        assert_eq!(figures(&live, 1_800_000_010).visitors_5_minutes, 2);
        for second in 0..20_000 {
            note(&live, 1_800_000_100 + second, 0, "/", 0);
        }
        let slots = live.sites.lock().unwrap()[&SiteId(1)].slots.len() as i64;
        assert!(slots <= SPAN_SECONDS / SLOT_SECONDS);
    }
}
