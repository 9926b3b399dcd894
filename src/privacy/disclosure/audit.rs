//! The audit of what is about to be published together with what is public already: every small sum
//! that readers can write down, and what it tells of the lines that are withheld.
//!
//! Where a sum tells too much, a figure that is about to be published takes its other rounding;
//! where none helps, the table is withheld, or the line where it is the only new one. What was
//! published before never moves.

use hashbrown::HashSet;

use crate::privacy::disclosure::bounds::{
    Bounds, EVENTS, Unknown, VIEWS, VISITORS, VISITS, follow,
};
use crate::privacy::disclosure::rounding::{BASE, Figures, Rounding};

pub use crate::privacy::disclosure::bounds::{LinkedSum, Relation};

/// Sums of more terms tell nothing: each adds an uncertainty of nine in either direction.
pub const TERMS_MAX: usize = 10_000;

/// So many times bounds are passed on from sum to sum: what follows of more steps is little.
const STEPS_MAX: usize = 12;

/// Below ten times the base a complete sum would be one more estimate of each of its figures.
const SMALL_MAX: u64 = 10 * BASE;

/// Which figure is no more than which other, in the order in which they go down.
const ORDER: [(usize, usize); 3] = [(VISITS, VIEWS), (VISITORS, VISITS), (VISITORS, VIEWS)];

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

/// What has to be withheld besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// One line.
    Entry(usize),
    /// A whole table.
    Table(usize),
}

/// What a sum tells too much of: which figure, and whether the withheld line is known to be too
/// large or too small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Exposed {
    place: usize,
    is_too_large: bool,
}

impl LinkedTables {
    /// Looks at every small sum; what still tells too much is returned, and has to be withheld and
    /// looked at again.
    pub fn audit(&mut self, record: &mut Record) -> Vec<Failure> {
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
            if self.is_complete(sum) && self.is_small(sum) && !self.fit(sum, record) {
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

    /// Something new of the sum is withheld, if there is something.
    fn fail(&self, sum: &LinkedSum, failures: &mut Vec<Failure>) -> bool {
        let is_new = |number: &usize| matches!(self.entries[*number].state, State::New { .. });
        let part = sum.parts.iter().find(|part| is_new(part));
        let failure = match part {
            Some(&part) => Failure::Table(self.entries[part].table),
            None if is_new(&sum.whole) => Failure::Entry(sum.whole),
            None => return false,
        };
        if !failures.contains(&failure) {
            failures.push(failure);
        }
        true
    }

    /// Something new in the nearest sums that share lines with this one is withheld: of the finest
    /// table among them.
    fn fail_near(&self, sum: &LinkedSum, sums: &[LinkedSum], failures: &mut Vec<Failure>) {
        let is_new = |number: &usize| matches!(self.entries[*number].state, State::New { .. });
        let mut seen: HashSet<usize> = sum.members().collect();
        loop {
            let before = seen.len();
            let near = sums.iter().filter(|sum| sum.members().any(|one| seen.contains(&one)));
            let found: Vec<usize> = near.flat_map(LinkedSum::members).collect();
            let new = found.iter().copied().filter(is_new);
            if let Some(finest) = new.max_by_key(|&one| (self.entries[one].table, one)) {
                let failure = Failure::Entry(finest);
                if !failures.contains(&failure) {
                    failures.push(failure);
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

    /// Is every line of it published?
    fn is_complete(&self, sum: &LinkedSum) -> bool {
        let mut members = std::iter::once(&sum.whole).chain(&sum.parts);
        members.all(|number| !matches!(self.entries[*number].state, State::Withheld))
    }

    /// Is one of its lines small, and published only now?
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

    /// A whole whose parts are public is published as their sum, where that is one of its two
    /// roundings: what was read on one day only would have two figures of its own, by the day and
    /// by the month.
    fn fit_whole(&mut self, sum: &LinkedSum, record: &mut Record) {
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
    /// complete sum tells nothing then that the whole did not tell. Says whether it could.
    fn fit(&mut self, sum: &LinkedSum, record: &mut Record) -> bool {
        let mut parts: Vec<usize> = sum.parts.clone();
        parts.sort_by_key(|&part| self.entries[part].order);
        let places: &[usize] = if sum.has_views { &[VIEWS, VISITS, VISITORS] } else { &[EVENTS] };
        for &place in places {
            if !self.adds_up(sum, place) {
                continue;
            }
            let whole = self.shown(sum.whole)[place];
            for &part in &parts {
                let all: u64 = sum.parts.iter().map(|part| self.shown(*part)[place]).sum();
                if all == whole {
                    break;
                }
                let rounding = if all < whole { Rounding::UP } else { Rounding::DOWN };
                record.moved += u64::from(self.move_figure(part, place, rounding));
            }
            let all: u64 = sum.parts.iter().map(|part| self.shown(*part)[place]).sum();
            if all != whole {
                return false;
            }
        }
        std::iter::once(&sum.whole).chain(&sum.parts).for_each(|number| {
            self.entries[*number].is_settled = true;
        });
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

    fn shown(&self, number: usize) -> Figures {
        match self.entries[number].state {
            State::Frozen(shown) | State::New { shown, .. } => shown,
            State::Withheld => Figures::default(),
        }
    }
}
