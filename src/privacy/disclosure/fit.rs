//! Complete small sums are made to add up as they are published, so that they are no further
//! estimate of their lines.

use crate::privacy::disclosure::audit::{Entry, LinkedTables, Record, State};
use crate::privacy::disclosure::bounds::{EVENTS, LinkedSum, Relation, VIEWS, VISITORS, VISITS};
use crate::privacy::disclosure::rounding::Rounding;

/// Which figure is no more than which other, in the order in which they go down.
const ORDER: [(usize, usize); 3] = [(VISITS, VIEWS), (VISITORS, VISITS), (VISITORS, VIEWS)];

impl LinkedTables {
    /// Can the parts be made to add up to the whole as they are published?
    pub(super) fn may_fit(&self, sum: &LinkedSum) -> bool {
        places_of(sum).iter().filter(|place| self.adds_up(sum, **place)).all(|&place| {
            let reached = |rounding: Rounding| -> u64 {
                let figure = |part: &usize| match self.entries[*part] {
                    Entry { state: State::New { exact, .. }, is_settled: false, .. } => {
                        rounding.figure(exact[place])
                    }
                    _ => self.shown(*part)[place],
                };
                sum.parts.iter().map(figure).sum()
            };
            let whole = self.shown(sum.whole)[place];
            (reached(Rounding::DOWN)..=reached(Rounding::UP)).contains(&whole)
        })
    }

    /// A whole whose parts are public is published as their sum, where that is one of its two
    /// roundings: what was read on one day only would have two figures of its own, by the day and
    /// by the month.
    pub(super) fn fit_whole(&mut self, sum: &LinkedSum, record: &mut Record) {
        let is_frozen = |part: &usize| matches!(self.entries[*part].state, State::Frozen(_));
        if !sum.parts.iter().all(is_frozen) {
            return;
        }
        for place in [VIEWS, VISITS, VISITORS, EVENTS] {
            let all: u64 = sum.parts.iter().map(|part| self.shown(*part)[place]).sum();
            let whole = self.shown(sum.whole)[place];
            if sum.relations[place] == Relation::Exact && all != whole {
                let State::New { exact, .. } = self.entries[sum.whole].state else { return };
                let rounding = if all < whole { Rounding::DOWN } else { Rounding::UP };
                if rounding.figure(exact[place]) == all {
                    record.moved += u64::from(self.move_figure(sum.whole, place, rounding));
                }
            }
        }
    }

    /// Do the parts add up to the whole in a figure: because they must, or as it happens? Where
    /// somebody could be in several parts and nobody is, readers may well guess it.
    fn adds_up(&self, sum: &LinkedSum, place: usize) -> bool {
        let exact = |number: usize| match self.entries[number].state {
            State::New { exact, .. } => Some(exact[place]),
            State::Frozen(_) | State::Withheld => None,
        };
        let all: Option<u64> = sum.parts.iter().map(|part| exact(*part)).sum();
        match sum.relations[place] {
            Relation::Exact => true,
            Relation::AtLeast | Relation::AtMost => all.is_some() && all == exact(sum.whole),
            Relation::Free => false,
        }
    }

    /// Makes the parts add up to the whole as they are published, in every figure that adds up: a
    /// complete sum tells nothing then that the whole did not tell. Says whether it could; what
    /// must fit stays so.
    pub(super) fn fit(&mut self, sum: &LinkedSum, must_fit: bool, record: &mut Record) -> bool {
        let mut parts: Vec<usize> = sum.parts.clone();
        parts.sort_by_key(|&part| self.entries[part].order);
        for &place in places_of(sum) {
            if !self.adds_up(sum, place) {
                continue;
            }
            let whole = self.shown(sum.whole)[place];
            let mut all: u64 = parts.iter().map(|part| self.shown(*part)[place]).sum();
            for &part in &parts {
                if all == whole {
                    break;
                }
                let rounding = if all < whole { Rounding::UP } else { Rounding::DOWN };
                let before = self.shown(part)[place];
                record.moved += u64::from(self.move_figure(part, place, rounding));
                all = all - before + self.shown(part)[place];
            }
            if all != whole {
                return false;
            }
        }
        if must_fit {
            sum.members().for_each(|number| self.entries[number].is_settled = true);
        }
        true
    }

    /// Rounds one figure of an entry otherwise, if visitors stay no more than visits, and visits no
    /// more than views.
    fn move_figure(&mut self, number: usize, place: usize, rounding: Rounding) -> bool {
        let entry = &mut self.entries[number];
        let State::New { exact, shown } = entry.state else { return false };
        if entry.is_settled {
            return false;
        }
        let mut other = shown;
        other[place] = rounding.figure(exact[place]);
        // What may be no more than it goes down with it, and is made to fit after it. Visits were
        // not counted on the first days of all.
        for (less, more) in ORDER {
            if exact[less] <= exact[more] && other[more] < shown[more] {
                other[less] = other[less].min(other[more]);
            }
        }
        let breaks_order =
            |(less, more): (usize, usize)| exact[less] <= exact[more] && other[less] > other[more];
        if other == shown || ORDER.into_iter().any(breaks_order) {
            return false;
        }
        entry.state = State::New { exact, shown: other };
        true
    }
}

/// The figures that the parts of a sum add up in.
fn places_of(sum: &LinkedSum) -> &'static [usize] {
    if sum.has_views { &[VIEWS, VISITS, VISITORS] } else { &[EVENTS] }
}
