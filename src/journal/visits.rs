//! Which visit each hit of a site's day belongs to, and what is known of each visit so far.
//!
//! Visits are numbered in the order in which they began, so the same hits always make the same
//! numbers. A visitor who did something without having viewed a page that day has a visit that is
//! none: it has a number, so that the visitor is counted once, and is not counted as a visit.

use hashbrown::HashMap;

use crate::model::{KindOfHit, READER_HITS_MAX, VISIT_GAP_SECONDS};

/// No visit, or no line.
pub const NONE: u32 = u32::MAX;

/// One visit. Seconds are since the day began; lines and sets are places in the tally.
pub struct Visit {
    /// The visitor's visit before this one, or [`NONE`].
    pub before: u32,
    /// When its last view was.
    last_view_second: u32,
    /// Page views; a visit without any is none.
    pub views: u32,
    /// Events.
    pub events: u32,
    /// Visible reading time, in seconds.
    pub reading_seconds: u32,
    /// The set of lines that its first view decided for all of it.
    pub own: u32,
    /// The line of the page of its last view.
    pub exit: u32,
    /// The place of the lines that count it as a bounce, as long as it is one.
    pub bounce: u32,
    /// The bucket of the visitor's network, if it is known.
    pub bucket: Option<u8>,
    /// Views and events of the visitor's visits before this one, as far as they matter.
    views_before: u8,
    events_before: u8,
}

/// A visitor's hits of one kind so far, as far as they matter.
fn hits_so_far(before: u8, hits: u32) -> u8 {
    (u32::from(before) + hits).min(READER_HITS_MAX) as u8
}

/// Of some hits of a visitor who had so many before, those that are over.
fn over(before: u8, hits: u32) -> u32 {
    (u32::from(before) + hits).saturating_sub(READER_HITS_MAX)
}

impl Visit {
    /// Is it a visit, and not only a visitor who did something?
    pub fn is_real(&self) -> bool {
        self.views > 0
    }

    /// Of its views, those after the visitor's first [`READER_HITS_MAX`] of the day.
    pub fn views_over(&self) -> u32 {
        over(self.views_before, self.views)
    }

    /// Of its events, the same.
    pub fn events_over(&self) -> u32 {
        over(self.events_before, self.events)
    }

    /// Is the visitor's next hit of this kind, if it belongs to this visit, over?
    pub fn is_over(&self, kind: KindOfHit) -> bool {
        match kind {
            KindOfHit::View => over(self.views_before, self.views + 1) > 0,
            KindOfHit::Event => over(self.events_before, self.events + 1) > 0,
            KindOfHit::Reading(_) => false,
        }
    }
}

/// The visits of one site's day.
#[derive(Default)]
pub struct Visits {
    latest: HashMap<[u8; 8], u32>,
    all: Vec<Visit>,
}

impl Visits {
    /// The visit that a hit of this visitor belongs to; begins one if it must. A reading time of a
    /// visitor who has no visit belongs to none. The second answer tells whether it began.
    pub fn place(
        &mut self,
        visitor: [u8; 8],
        bucket: Option<u8>,
        kind: KindOfHit,
        second: u32,
    ) -> (u32, bool) {
        let latest = self.latest(visitor);
        let known = self.all.get(latest as usize);
        if matches!(kind, KindOfHit::Reading(_)) {
            return (latest, false);
        }
        let standing = known.map(|visit| (visit.is_real(), visit.last_view_second));
        let goes_on = goes_on(standing, kind, second);
        if goes_on {
            let visit = &mut self.all[latest as usize];
            if kind == KindOfHit::View {
                visit.last_view_second = second;
            }
            return (latest, false);
        }
        let number = self.all.len() as u32;
        let (bucket, views_before, events_before) = match self.all.get(latest as usize) {
            None => (bucket, 0, 0),
            Some(before) => (
                before.bucket.or(bucket),
                hits_so_far(before.views_before, before.views),
                hits_so_far(before.events_before, before.events),
            ),
        };
        self.all.push(Visit {
            before: latest,
            last_view_second: second,
            views: 0,
            events: 0,
            reading_seconds: 0,
            own: NONE,
            exit: NONE,
            bounce: NONE,
            bucket,
            views_before,
            events_before,
        });
        self.latest.insert(visitor, number);
        (number, true)
    }

    /// The visitor's latest visit, or [`NONE`].
    pub fn latest(&self, visitor: [u8; 8]) -> u32 {
        self.latest.get(&visitor).copied().unwrap_or(NONE)
    }

    /// A visit.
    pub fn get(&self, number: u32) -> Option<&Visit> {
        self.all.get(number as usize)
    }

    /// A visit, to be changed.
    pub fn get_mut(&mut self, number: u32) -> Option<&mut Visit> {
        self.all.get_mut(number as usize)
    }

    /// Is any of the visitor's visits before this one in a set?
    pub fn any_before(&self, number: u32, mut is_in: impl FnMut(u32) -> bool) -> bool {
        let mut before = self.get(number).map_or(NONE, |visit| visit.before);
        while let Some(visit) = self.get(before) {
            if is_in(before) {
                return true;
            }
            before = visit.before;
        }
        false
    }

    /// The visitor's first visit: it stands for the visitor.
    pub fn first(&self, number: u32) -> u32 {
        let mut first = number;
        while let Some(visit) = self.get(first).filter(|visit| visit.before != NONE) {
            first = visit.before;
        }
        first
    }
}

/// Does a view or an event belong to the visitor's latest visit? Of that it is known whether it is
/// real, and when its last view was.
fn goes_on(latest: Option<(bool, u32)>, kind: KindOfHit, second: u32) -> bool {
    match kind {
        KindOfHit::View => latest.is_some_and(|(is_real, last_view_second)| {
            is_real && second - last_view_second < VISIT_GAP_SECONDS
        }),
        KindOfHit::Event | KindOfHit::Reading(_) => latest.is_some(),
    }
}

/// Finds the visits of one visitor's hits once more, when the day is over.
pub struct Walk {
    /// The visitor's visits, the first one last.
    to_come: Vec<u32>,
    visit: u32,
    standing: Option<(bool, u32)>,
}

impl Walk {
    /// At the beginning of the day of the visitor with this latest visit.
    pub fn new(visits: &Visits, latest: u32) -> Self {
        let before = |&number: &u32| visits.get(number).map(|visit| visit.before);
        let is_visit = |number: &u32| *number != NONE;
        let chain = std::iter::successors(Some(latest).filter(is_visit), |number| {
            before(number).filter(is_visit)
        });
        Self { to_come: chain.collect(), visit: NONE, standing: None }
    }

    /// The visit of the next hit: the same that [`Visits::place`] gave it.
    pub fn place(&mut self, kind: KindOfHit, second: u32) -> u32 {
        if matches!(kind, KindOfHit::Reading(_)) {
            return self.visit;
        }
        let is_view = kind == KindOfHit::View;
        if !goes_on(self.standing, kind, second) {
            self.visit = self.to_come.pop().unwrap_or(NONE);
            self.standing = Some((is_view, second));
        } else if is_view {
            self.standing = Some((true, second));
        }
        self.visit
    }
}

/// The lines that count a visit as a bounce, for each visit that is one so far. Few are alike and
/// half of them are soon revoked, so each place is used again.
#[derive(Default)]
pub struct BounceSets {
    sets: Vec<Box<[u32]>>,
    free: Vec<u32>,
}

impl BounceSets {
    /// Keeps the lines of a visit; answers with their place.
    pub fn keep(&mut self, lines: &[u32]) -> u32 {
        if let Some(place) = self.free.pop() {
            self.sets[place as usize] = lines.into();
            return place;
        }
        self.sets.push(lines.into());
        self.sets.len() as u32 - 1
    }

    /// Gives the lines back: the visit is no bounce.
    pub fn take(&mut self, place: u32) -> Box<[u32]> {
        let Some(set) = self.sets.get_mut(place as usize) else { return Box::default() };
        self.free.push(place);
        std::mem::take(set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: [u8; 8] = [1; 8];

    fn view(visits: &mut Visits, second: u32) -> u32 {
        let (number, _) = visits.place(ANN, None, KindOfHit::View, second);
        visits.get_mut(number).unwrap().views += 1;
        number
    }

    #[test]
    fn a_gap_of_thirty_minutes_ends_a_visit_and_a_shorter_one_does_not() {
        let mut visits = Visits::default();
        assert_eq!(view(&mut visits, 0), 0);
        assert_eq!(view(&mut visits, 1_799), 0);
        assert_eq!(view(&mut visits, 1_799 + 1_800), 1);
        assert_eq!(visits.first(1), 0);
    }

    #[test]
    fn events_and_reading_time_belong_to_the_latest_visit_however_late() {
        let mut visits = Visits::default();
        view(&mut visits, 0);
        assert_eq!(visits.place(ANN, None, KindOfHit::Event, 9_000), (0, false));
        assert_eq!(visits.place(ANN, None, KindOfHit::Reading(5), 9_000), (0, false));
        // An event does not lengthen the visit: only views do.
        assert_eq!(view(&mut visits, 9_001), 1);
    }

    #[test]
    fn who_only_does_something_has_no_visit_and_a_view_begins_one() {
        let mut visits = Visits::default();
        assert_eq!(visits.place(ANN, None, KindOfHit::Reading(5), 0), (NONE, false));
        assert_eq!(visits.place(ANN, None, KindOfHit::Event, 1), (0, true));
        assert!(!visits.get(0).unwrap().is_real());
        assert_eq!(view(&mut visits, 2), 1);
        assert!(visits.any_before(1, |number| number == 0));
    }

    #[test]
    fn what_a_visitor_does_after_the_thirtieth_time_is_over_in_whichever_visit() {
        let mut visits = Visits::default();
        let mut over = Vec::new();
        for (number, second) in [(0, 0), (1, 2_000), (2, 9_000)] {
            for view in 0..14 {
                let (placed, _) = visits.place(ANN, None, KindOfHit::View, second);
                assert_eq!(placed, number);
                let visit = visits.get_mut(number).unwrap();
                over.push(visit.is_over(KindOfHit::View));
                visit.views += 1;
                if view % 7 == 0 {
                    assert!(!visit.is_over(KindOfHit::Event));
                    visit.events += 1;
                }
            }
        }
        assert_eq!(over.iter().position(|is_over| *is_over), Some(30));
        assert!(over[30..].iter().all(|is_over| *is_over));
        let of = |number| visits.get(number).map(|visit| (visit.views_over(), visit.events_over()));
        assert_eq!([of(0), of(1), of(2)], [Some((0, 0)), Some((0, 0)), Some((12, 0))]);
        let many = visits.get_mut(2).unwrap();
        many.events = 900;
        assert_eq!(many.events_over(), 874);
    }

    #[test]
    fn a_second_walk_finds_the_same_visits() {
        let mut visits = Visits::default();
        let hits = [
            (KindOfHit::Reading(9), 0),
            (KindOfHit::Event, 5),
            (KindOfHit::View, 5),
            (KindOfHit::Event, 5),
            (KindOfHit::View, 1_000),
            (KindOfHit::Event, 9_000),
            (KindOfHit::View, 9_000),
            (KindOfHit::Reading(9), 20_000),
            (KindOfHit::View, 20_000),
        ];
        let placed = hits.map(|(kind, second)| {
            let (number, _) = visits.place(ANN, None, kind, second);
            if let (KindOfHit::View, Some(visit)) = (kind, visits.get_mut(number)) {
                visit.views += 1;
            }
            number
        });
        assert_eq!(placed, [NONE, 0, 1, 1, 1, 1, 2, 2, 3]);
        let mut walk = Walk::new(&visits, visits.latest(ANN));
        assert_eq!(hits.map(|(kind, second)| walk.place(kind, second)), placed);
        let mut nobody = Walk::new(&visits, visits.latest([2; 8]));
        assert_eq!(nobody.place(KindOfHit::Reading(1), 0), NONE);
    }

    #[test]
    fn places_of_revoked_bounces_are_used_again() {
        let mut bounces = BounceSets::default();
        assert_eq!((bounces.keep(&[1, 2]), bounces.keep(&[3])), (0, 1));
        assert_eq!(*bounces.take(0), [1, 2]);
        assert_eq!(bounces.keep(&[4]), 0);
        assert_eq!(*bounces.take(1), [3]);
        assert!(bounces.take(NONE).is_empty());
    }
}
