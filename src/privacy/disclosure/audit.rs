//! The audit of what is about to be published together with what is public already: every small sum
//! that readers can write down, and what it tells of the lines that are withheld.
//!
//! Where a sum tells too much, a figure that is about to be published takes its other rounding;
//! where none helps, the smallest of its new lines is withheld, and all sums are looked at again.
//! What was published before never moves.

use hashbrown::HashSet;

use crate::privacy::disclosure::bounds::{
    Bounds, EVENTS, Unknown, VIEWS, VISITORS, VISITS, follow,
};
use crate::privacy::disclosure::rounding::{Figures, Rounding, SMALL_MAX};

pub use crate::privacy::disclosure::bounds::{LinkedSum, Relation};

/// Sums of more terms tell nothing: each adds an uncertainty of nine in either direction.
pub const TERMS_MAX: usize = 10_000;

/// So many times bounds are passed on from sum to sum: what follows of more steps is little.
const STEPS_MAX: usize = 12;

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is public already.
    Frozen(Figures),
    /// It is about to be published.
    New {
        /// Its exact figures.
        exact: Figures,
        /// Its figures as they will be published.
        shown: Figures,
    },
    /// It is withheld.
    Withheld,
}

/// A line of a table.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The number of its table.
    pub table: usize,
    /// What becomes of it.
    pub state: State,
    /// In which order entries give way: a secret number of the cell.
    pub order: u64,
    /// May it stand for several lines, whose labels are not published?
    pub is_several: bool,
    /// Has it taken its other rounding, or been made to fit?
    pub is_settled: bool,
    /// If it is withheld, may it as well be nobody, because a value of it is known beforehand?
    pub may_be_nobody: bool,
}

/// What the audit did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Sums that were checked.
    pub checked: u64,
    /// Figures that took their other rounding.
    pub moved: u64,
    /// Sums that told too much whatever was done.
    pub failed: u64,
}

/// Tables that readers can set side by side.
#[derive(Debug, Default)]
pub struct LinkedTables {
    /// Every line.
    pub entries: Vec<Entry>,
    /// Every sum.
    pub sums: Vec<LinkedSum>,
    /// The site's threshold.
    pub threshold: u64,
    /// Networks that a published line has at least.
    pub networks_least: u64,
    /// What readers will know of every line.
    pub known_after: Vec<Bounds>,
    /// What they do not know of it before.
    pub unknown_before: Vec<Unknown>,
}

/// What a sum tells too much of: which figure, and whether the withheld line is known to be too
/// large or too small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Exposed {
    place: usize,
    is_too_large: bool,
}

impl LinkedTables {
    /// Looks at every small sum; the entries of what still tells too much are returned: they have
    /// to be withheld, and the rest looked at again.
    pub fn audit(&mut self, record: &mut Record) -> Vec<usize> {
        let mut failures = Vec::new();
        let mut sums = std::mem::take(&mut self.sums);
        let exact = |number: usize| match self.entries[number].state {
            State::New { exact, .. } => Some(exact),
            State::Frozen(_) | State::Withheld => None,
        };
        sums.iter_mut().for_each(|sum| sum.relax(exact));
        let small = || sums.iter().filter(|sum| sum.parts.len() <= TERMS_MAX);
        for sum in small() {
            if self.is_complete(sum) {
                self.fit_whole(sum, record);
            }
        }
        for sum in small() {
            if !self.is_complete(sum) {
                continue;
            }
            // Others add up as far as they can: large ones, so that they do not narrow the whole
            // together, and those that seem complete whether they are or not.
            let must_fit = self.is_small(sum) && !self.has_rest(sum);
            let does_fit = (must_fit || self.may_fit(sum)) && self.fit(sum, must_fit, record);
            if must_fit && !does_fit {
                self.fail(sum, &mut failures);
            }
        }
        let before = self.follow(&sums, false);
        self.unknown_before = before.iter().map(|one| Unknown::of(one, self.enough())).collect();
        drop(before);
        // An entry moves once at most, so that this ends.
        loop {
            let moved = record.moved;
            self.known_after = self.follow(&sums, true);
            for sum in small() {
                self.mend(sum, record);
            }
            if record.moved == moved {
                break;
            }
        }
        for sum in small() {
            record.checked += 1;
            if self.exposed(sum).is_some() && !self.fail(sum, &mut failures) {
                self.fail_near(sum, &sums, &mut failures);
            }
        }
        record.failed += failures.len() as u64;
        self.sums = sums;
        failures
    }

    /// Moves what may move until the sum tells nothing of a withheld line, or nothing is left to
    /// be moved.
    fn mend(&mut self, sum: &LinkedSum, record: &mut Record) {
        while let Some(exposed) = self.exposed(sum) {
            if !self.move_one(sum, exposed, record) {
                return;
            }
        }
    }

    /// One entry of the sum takes its other rounding, in the direction that helps.
    fn move_one(&mut self, sum: &LinkedSum, exposed: Exposed, record: &mut Record) -> bool {
        let Exposed { place, is_too_large } = exposed;
        let is_whole_withheld = matches!(self.entries[sum.whole].state, State::Withheld);
        let mut parts: Vec<usize> = sum.parts.clone();
        parts.sort_by_key(|&part| self.entries[part].order);
        for number in std::iter::once(sum.whole).chain(parts) {
            // A part that is larger leaves less for the others, and makes the whole larger.
            let is_up = match (number == sum.whole, is_whole_withheld) {
                (true, _) | (false, true) => !is_too_large,
                (false, false) => is_too_large,
            };
            let rounding = if is_up { Rounding::UP } else { Rounding::DOWN };
            let entry = &mut self.entries[number];
            let State::New { exact, shown } = entry.state else { continue };
            let other = rounding.figures(exact);
            if entry.is_settled || other[place] == shown[place] {
                continue;
            }
            entry.state = State::New { exact, shown: other };
            entry.is_settled = true;
            self.known_after[number] = Bounds::of_published(other, self.networks_least);
            record.moved += 1;
            return true;
        }
        false
    }

    /// Something new of the sum is withheld, if there is something: its smallest part, which widens
    /// what may be in the others, or else the whole.
    fn fail(&self, sum: &LinkedSum, failures: &mut Vec<usize>) -> bool {
        let is_new = |number: &usize| matches!(self.entries[*number].state, State::New { .. });
        let size = |part: &usize| (self.shown(*part)[VISITORS], self.entries[*part].order);
        let smallest = sum.parts.iter().copied().filter(is_new).min_by_key(size);
        let Some(failure) = smallest.or(Some(sum.whole).filter(is_new)) else { return false };
        if !failures.contains(&failure) {
            failures.push(failure);
        }
        true
    }

    /// Something new in the nearest sums that share lines with this one is withheld: of the finest
    /// table among them.
    fn fail_near(&self, sum: &LinkedSum, sums: &[LinkedSum], failures: &mut Vec<usize>) {
        let is_new = |number: &usize| matches!(self.entries[*number].state, State::New { .. });
        let mut seen: HashSet<usize> = sum.members().collect();
        loop {
            let before = seen.len();
            let near = sums.iter().filter(|sum| sum.members().any(|one| seen.contains(&one)));
            let found: Vec<usize> = near.flat_map(LinkedSum::members).collect();
            let new = found.iter().copied().filter(is_new);
            if let Some(finest) = new.max_by_key(|&one| (self.entries[one].table, one)) {
                if !failures.contains(&finest) {
                    failures.push(finest);
                }
                return;
            }
            seen.extend(found);
            if seen.len() == before {
                return;
            }
        }
    }

    /// What the sum tells too much of. What public figures tell already is not its doing.
    fn exposed(&self, sum: &LinkedSum) -> Option<Exposed> {
        let withheld = |number: &usize| matches!(self.entries[*number].state, State::Withheld);
        let mut members = std::iter::once(&sum.whole).chain(&sum.parts);
        members.find_map(|number| withheld(number).then(|| self.exposed_of(sum, *number))?)
    }

    fn exposed_of(&self, sum: &LinkedSum, withheld: usize) -> Option<Exposed> {
        let after = sum.bounds_of(withheld, &self.known_after);
        let unknown = self.unknown_before[withheld];
        let enough = self.enough();
        let places: &[usize] =
            if sum.has_views { &[VISITORS, VISITS, VIEWS] } else { &[VISITORS, EVENTS] };
        let is_several = self.entries[withheld].is_several;
        let whole = match self.entries[sum.whole].state {
            State::Frozen(shown) | State::New { shown, .. } => Some(shown),
            State::Withheld => None,
        };
        // Of what has no events at all, no part has any: that is published by itself.
        let is_nothing = |place: &&usize| whole.is_some_and(|shown| shown[**place] == 0);
        places.iter().filter(|place| !is_nothing(place)).find_map(|&place| {
            let is_too_large = !is_several && after.low[place] > 0 && unknown.is_anybody[place];
            let is_too_small = after.high[place] < enough && unknown.are_enough[place];
            (is_too_large || is_too_small).then_some(Exposed { place, is_too_large })
        })
    }

    /// A withheld line may be as many.
    fn enough(&self) -> i64 {
        self.threshold as i64 - 1
    }

    /// What is known of every line, with the figures that are about to be published or without
    /// them: bounds are passed on from sum to sum.
    fn follow(&self, sums: &[LinkedSum], with_new: bool) -> Vec<Bounds> {
        let own = |entry: &Entry| match entry.state {
            State::Frozen(shown) => Bounds::of_published(shown, self.networks_least),
            State::New { shown, .. } if with_new => {
                Bounds::of_published(shown, self.networks_least)
            }
            State::New { .. } | State::Withheld => Bounds::UNKNOWN,
        };
        let mut bounds: Vec<Bounds> = self.entries.iter().map(own).collect();
        let small = sums.iter().filter(|sum| sum.parts.len() <= TERMS_MAX);
        follow(small, &mut bounds, STEPS_MAX);
        bounds
    }

    /// Is every line of it published, or could it seem so?
    fn is_complete(&self, sum: &LinkedSum) -> bool {
        let is_there = |number: usize| {
            let entry = &self.entries[number];
            entry.may_be_nobody || !matches!(entry.state, State::Withheld)
        };
        sum.members().all(is_there)
    }

    /// Has it a part of which it is not said whether anybody is in it?
    pub(super) fn has_rest(&self, sum: &LinkedSum) -> bool {
        let is_withheld = |number: usize| matches!(self.entries[number].state, State::Withheld);
        sum.members().any(is_withheld)
    }

    /// Is one of its lines small, and published only now? A complete sum would be one more estimate
    /// of it.
    fn is_small(&self, sum: &LinkedSum) -> bool {
        let mut members = std::iter::once(&sum.whole).chain(&sum.parts);
        let is_new = |number: &usize| matches!(self.entries[*number].state, State::New { .. });
        sum.parts.iter().any(is_new)
            && members.any(|number| match self.entries[*number].state {
                State::Frozen(shown) | State::New { shown, .. } => {
                    [VIEWS, VISITORS, VISITS].iter().any(|place| shown[*place] < SMALL_MAX)
                }
                State::Withheld => false,
            })
    }

    pub(super) fn shown(&self, number: usize) -> Figures {
        match self.entries[number].state {
            State::Frozen(shown) | State::New { shown, .. } => shown,
            State::Withheld => Figures::default(),
        }
    }
}
