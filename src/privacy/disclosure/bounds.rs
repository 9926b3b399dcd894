//! Feasibility intervals: what readers who know the rules can know of a figure.

use crate::model::COUNTED;
use crate::privacy::disclosure::rounding::{BASE, Figures};

/// The places of figures that bound how many people there were.
pub const VIEWS: usize = 0;
/// See [`VIEWS`].
pub const VISITORS: usize = 1;
/// See [`VIEWS`].
pub const VISITS: usize = 2;
/// See [`VIEWS`].
pub const EVENTS: usize = 4;

/// No upper bound. A million of them can be added up.
pub const UNBOUNDED: i64 = i64::MAX >> 20;

/// Between which two numbers each figure lies, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub low: [i64; COUNTED],
    /// The most.
    pub high: [i64; COUNTED],
}

impl Bounds {
    /// Of a figure of which nothing is published.
    pub const UNKNOWN: Self = Self { low: [0; COUNTED], high: [UNBOUNDED; COUNTED] };

    /// Of published figures of a line that so many networks reach at least, each with a visitor.
    pub fn of_published(published: Figures, networks_least: u64) -> Self {
        let mut bounds = Self { low: [0; COUNTED], high: [0; COUNTED] };
        for (place, figure) in published.into_iter().enumerate().filter(|(_, figure)| *figure > 0) {
            let figure = i64::try_from(figure).unwrap_or(UNBOUNDED).min(UNBOUNDED);
            let width = BASE as i64 - 1;
            // What is not zero shows ten at least.
            bounds.low[place] = if figure == BASE as i64 { 1 } else { figure - width };
            bounds.high[place] = figure + width;
        }
        let least = i64::try_from(networks_least).unwrap_or(UNBOUNDED);
        if published[VISITORS] > 0 {
            bounds.low[VISITORS] = bounds.low[VISITORS].max(least);
        }
        bounds
    }
}

/// What readers do not know of a line, in each figure.
#[derive(Clone, Copy, Debug)]
pub struct Unknown {
    /// Whether there is anybody.
    pub is_anybody: [bool; COUNTED],
    /// Whether they are as many as a withheld line may be.
    pub are_enough: [bool; COUNTED],
}

impl Unknown {
    /// Of what is known.
    pub fn of(bounds: &Bounds, enough: i64) -> Self {
        Self {
            is_anybody: bounds.low.map(|low| low <= 0),
            are_enough: bounds.high.map(|high| high >= enough),
        }
    }
}

/// How the parts of a line relate to it in one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They add up to it.
    Exact,
    /// They add up to it or more: somebody may be in several of them.
    AtLeast,
    /// They add up to it or less: something of it may be in none of them.
    AtMost,
    /// Neither.
    Free,
}

/// How parts relate to their whole, in each figure.
pub type Relations = [Relation; COUNTED];

/// A line and the lines that are parts of it.
#[derive(Clone, Debug)]
pub struct LinkedSum {
    /// The whole.
    pub whole: usize,
    /// The parts that are named, and one for all that are not.
    pub parts: Vec<usize>,
    /// In each figure.
    pub relations: Relations,
    /// Has whoever is counted in it viewed a page? Then views and visits bound visitors; else
    /// events do.
    pub has_views: bool,
}

impl LinkedSum {
    /// The whole and the parts.
    pub fn members(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.whole).chain(self.parts.iter().copied())
    }

    /// What does not hold is no relation: the first version of all counted events of the whole site
    /// alone.
    pub fn relax(&mut self, exact: impl Fn(usize) -> Option<Figures>) {
        let Some(whole) = exact(self.whole) else { return };
        let known: Vec<Figures> = self.parts.iter().filter_map(|part| exact(*part)).collect();
        let are_all = known.len() == self.parts.len();
        for (place, relation) in self.relations.iter_mut().enumerate() {
            let all: u64 = known.iter().map(|part| part[place]).sum();
            let is_wrong = (relation.is_at_most() && all > whole[place])
                || (relation.is_at_least() && are_all && all < whole[place]);
            if is_wrong {
                *relation = Relation::Free;
            }
        }
    }

    /// What the sum tells of one of its lines, if so much is known of the others.
    pub fn bounds_of(&self, number: usize, known: &[Bounds]) -> Bounds {
        let mut bounds = Bounds::UNKNOWN;
        let is_whole = number == self.whole;
        let others = self.parts.iter().filter(|part| is_whole || **part != number);
        let (mut low, mut high) = ([0_i64; COUNTED], [0_i64; COUNTED]);
        for other in others.map(|part| known[*part]) {
            for place in 0..COUNTED {
                low[place] += other.low[place];
                high[place] += other.high[place];
            }
        }
        let whole = known[self.whole];
        for (place, relation) in self.relations.into_iter().enumerate() {
            if is_whole && relation.is_at_most() {
                bounds.low[place] = low[place];
            }
            if is_whole && relation.is_at_least() {
                bounds.high[place] = high[place].min(UNBOUNDED);
            }
            if !is_whole && relation.is_at_least() && high[place] < UNBOUNDED {
                bounds.low[place] = (whole.low[place] - high[place]).max(0);
            }
            if !is_whole && relation.is_at_most() {
                bounds.high[place] = (whole.high[place] - low[place]).max(0);
            }
        }
        bounds
    }
}

impl Relation {
    /// The relation if the parts were made larger.
    pub fn or_more(self) -> Self {
        match self {
            Self::Exact | Self::AtLeast => Self::AtLeast,
            Self::AtMost | Self::Free => Self::Free,
        }
    }

    /// The relation if the parts were made smaller.
    pub fn or_less(self) -> Self {
        match self {
            Self::Exact | Self::AtMost => Self::AtMost,
            Self::AtLeast | Self::Free => Self::Free,
        }
    }

    fn is_at_most(self) -> bool {
        matches!(self, Self::Exact | Self::AtMost)
    }

    fn is_at_least(self) -> bool {
        matches!(self, Self::Exact | Self::AtLeast)
    }
}

/// Narrows what is known of the lines of sums to what the sums leave possible, in so many steps at
/// most from sum to sum.
pub fn follow<'a>(
    sums: impl Iterator<Item = &'a LinkedSum> + Clone,
    bounds: &mut [Bounds],
    steps_max: usize,
) {
    let mut is_new = vec![true; bounds.len()];
    for _ in 0..steps_max {
        let mut is_narrowed = vec![false; bounds.len()];
        for sum in sums.clone() {
            if sum.members().any(|number| is_new[number]) {
                narrow(sum, bounds, &mut is_narrowed);
            }
        }
        if !is_narrowed.contains(&true) {
            return;
        }
        is_new = is_narrowed;
    }
}

fn narrow(sum: &LinkedSum, bounds: &mut [Bounds], is_narrowed: &mut [bool]) {
    let mut set = |number: usize, place: usize, (low, high): (i64, i64), bounds: &mut [Bounds]| {
        let own = &mut bounds[number];
        // Counts that contradict each other leave one number, and not less than none.
        let (low, high) = (low.min(own.high[place]), high.max(own.low[place]));
        is_narrowed[number] |= low > own.low[place] || high < own.high[place];
        own.low[place] = own.low[place].max(low);
        own.high[place] = own.high[place].min(high);
    };
    for (place, relation) in sum.relations.into_iter().enumerate() {
        let whole = bounds[sum.whole];
        let low: i64 = sum.parts.iter().map(|part| bounds[*part].low[place]).sum();
        let high: i64 = sum.parts.iter().map(|part| bounds[*part].high[place]).sum();
        if relation.is_at_most() {
            set(sum.whole, place, (low, UNBOUNDED), bounds);
        }
        if relation.is_at_least() {
            set(sum.whole, place, (0, high), bounds);
        }
        for &part in &sum.parts {
            let own = bounds[part];
            let others = (low - own.low[place], high - own.high[place]);
            if relation.is_at_most() {
                set(part, place, (0, whole.high[place] - others.0), bounds);
            }
            if relation.is_at_least() && others.1 < UNBOUNDED {
                set(part, place, (whole.low[place] - others.1, UNBOUNDED), bounds);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::disclosure::rounding::Rounding;

    #[test]
    fn bounds_hold_every_figure_that_is_shown_so() {
        for exact in 0..300_u64 {
            for rounding in [Rounding::UP, Rounding::DOWN] {
                let shown = rounding.figure(exact);
                let bounds = Bounds::of_published([shown; COUNTED], 0);
                let exact = exact as i64;
                assert!(bounds.low[VIEWS] <= exact && exact <= bounds.high[VIEWS], "{exact}");
            }
        }
        let bounds = Bounds::of_published([20, 10, 10, 0, 0, 0], 5);
        assert_eq!((bounds.low, bounds.high), ([11, 5, 1, 0, 0, 0], [29, 19, 19, 0, 0, 0]));
    }

    #[test]
    fn bounds_are_passed_on_from_sum_to_sum() {
        let relations = [Relation::Exact; COUNTED];
        let sum = |whole, parts| LinkedSum { whole, parts, relations, has_views: true };
        // A site of 20 and of 30 visitors, by two breakdowns of which one is complete.
        let published = |figure| Bounds::of_published([figure; COUNTED], 0);
        let lines = [published(30), published(20), published(20), Bounds::UNKNOWN];
        let sums = [sum(0, vec![1]), sum(0, vec![2, 3])];
        let followed = |count: usize| {
            let mut bounds = lines;
            follow(sums[2 - count..].iter(), &mut bounds, 12);
            (bounds[3].low[VISITORS], bounds[3].high[VISITORS])
        };
        assert_eq!((followed(1), followed(2)), ((0, 28), (0, 18)));
        assert_eq!(sums[1].bounds_of(3, &lines).high[VISITORS], 28, "by the one sum alone");
        // What contradicts itself ends, too.
        let mut bounds = [published(100), published(20)];
        follow([sum(0, vec![1])].iter(), &mut bounds, 1_000);
        assert!(bounds.iter().all(|one| one.low[VIEWS] <= one.high[VIEWS]));
    }
}
