//! What a reader who knows the rules can know of figures: bounds, before and after something more
//! is published, and what must stay unknown of a line that is withheld.

use crate::model::{COUNTED, Measures, Metric};
use crate::privacy::ROUNDED_TO;
use crate::privacy::release::figure::{Figure, PublishedLine};

/// Figures, in the order in which measures are stored.
pub(super) type Figures = [i64; COUNTED];

/// The places of people, visits and views among the figures.
pub(super) const VIEWS: usize = 0;
pub(super) const VISITORS: usize = 1;
pub(super) const VISITS: usize = 2;
const BOUNCES: usize = 3;

/// No upper bound: so large that no figure reaches it, and a million of them can be added up.
pub(super) const UNBOUNDED: i64 = i64::MAX >> 20;

/// A figure rounded to the nearest ten is known to lie in a range so wide.
const ROUNDED_WIDTH: i64 = ROUNDED_TO as i64 - 1;

/// A figure rounded to 0 is known to be no more than this.
const ROUNDED_TO_NONE: i64 = ROUNDED_TO as i64 / 2 - 1;

/// The metrics of the stored figures, in their order.
pub(super) const COUNTED_METRICS: [Metric; COUNTED] = [
    Metric::Views,
    Metric::Visitors,
    Metric::Visits,
    Metric::Bounces,
    Metric::Events,
    Metric::ReadingSeconds,
];

/// Why a line is in a table or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Its figures are shown.
    Shown,
    /// Withheld, because it is about few people.
    Primary,
    /// Withheld, so that another line cannot be found by subtracting.
    Secondary,
}

/// The bounds of a line's figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub low: Figures,
    pub high: Figures,
}

impl Known {
    /// Of nothing but that the figures are no negative ones.
    pub const NOTHING: Self = Self { low: [0; COUNTED], high: [UNBOUNDED; COUNTED] };

    /// What rounded figures tell. A line is shown from `visitors_min` visitors on, or if it is
    /// zero.
    pub fn of_rounded(rounded: Figures, visitors_min: u64) -> Self {
        if rounded[VISITORS] == 0 {
            return Self { low: [0; COUNTED], high: [0; COUNTED] };
        }
        let half = ROUNDED_TO as i64 / 2;
        let mut low = rounded.map(|figure| (figure - half).max(0));
        low[VISITORS] = low[VISITORS].max(visitors_min as i64);
        Self { low, high: rounded.map(|figure| figure + half - 1) }
    }

    /// What a shown line tells.
    pub fn of_shown(measures: &Measures, visitors_min: u64) -> Self {
        let rounded = measures.counted().map(|figure| super::rounded(figure) as i64);
        Self::of_rounded(rounded, visitors_min)
    }

    /// Narrows the figures of a line by each other; says whether it did. Whoever comes makes a
    /// visit, and where lines are about views, a visit has one.
    pub fn order(&mut self, has_views: bool) -> bool {
        let before = *self;
        let pairs: &[(usize, usize)] =
            if has_views { &[(VISITORS, VISITS), (VISITS, VIEWS), (BOUNCES, VISITS)] } else { &[] };
        for &(smaller, greater) in pairs {
            self.low[greater] = self.low[greater].max(self.low[smaller]);
        }
        for &(smaller, greater) in pairs.iter().rev() {
            self.high[smaller] = self.high[smaller].min(self.high[greater]);
        }
        *self != before
    }

    /// The sum of several lines without one of them.
    pub fn without(&self, one: &Self) -> Self {
        let mut others = *self;
        for place in 0..COUNTED {
            others.low[place] = others.low[place].saturating_sub(one.low[place]);
            others.high[place] = others.high[place].saturating_sub(one.high[place]);
        }
        others
    }

    /// The bounds of those figures that are known otherwise than here, without those that are not.
    pub fn beyond(&self, floor: &Self) -> Self {
        let mut beyond = Self::NOTHING;
        for place in 0..COUNTED {
            if (self.low[place], self.high[place]) != (floor.low[place], floor.high[place]) {
                (beyond.low[place], beyond.high[place]) = (self.low[place], self.high[place]);
            }
        }
        beyond
    }

    /// What a published line tells, if its figures are shown.
    pub fn of_line(line: &PublishedLine<'_>, visitors_min: u64) -> Option<Self> {
        let figure = |metric| match line.figure(metric) {
            Figure::Rounded(figure) => figure as i64,
            Figure::Ratio(_) | Figure::Withheld => 0,
        };
        (!line.is_withheld()).then(|| Self::of_rounded(COUNTED_METRICS.map(figure), visitors_min))
    }
}

/// Is what must stay unknown of a withheld line still unknown within these bounds?
///
/// - Of a line of few people nothing is learnt but that they are few: its visitors may be 1 as well
///   as one less than the threshold, and no other figure says otherwise.
/// - No other figure is known better than if it had been published, rounded to the nearest ten.
///   That it is nothing may be known: it is about nobody.
///
/// A line that is withheld for another's sake is large enough to be published: whether it helps is
/// seen where it was withheld.
///
/// `has_views` says that whoever is counted in the line has viewed a page, so that views bound
/// visits, and visits bound visitors.
pub(super) fn is_protected(
    fate: Fate,
    known: &Known,
    measures: &Measures,
    visitors_min: u64,
    has_views: bool,
) -> bool {
    let Known { low, high } = known;
    let bounding: &[usize] = if has_views { &[VISITORS, VISITS, VIEWS] } else { &[VISITORS] };
    let visitors_high = bounding.iter().map(|&place| high[place]).min().unwrap_or(0);
    let needed = visitors_min as i64;
    if fate != Fate::Primary {
        return true;
    }
    let people = low[VISITORS] <= 1 && visitors_high >= needed - 1;
    let figures = measures.counted();
    let is_vague = |place: usize| {
        let is_wide = high[place] - low[place] >= ROUNDED_WIDTH;
        is_wide || (low[place] == 0 && high[place] >= ROUNDED_TO_NONE) || figures[place] == 0
    };
    people && (0..COUNTED).filter(|&place| place != VISITORS).all(is_vague)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: Measures = Measures {
        views: 20,
        visitors: 5,
        visits: 10,
        bounces: 1,
        events: 1,
        reading_seconds: 1,
        views_over: 0,
        events_over: 0,
    };

    fn known(visitors: (i64, i64), others: (i64, i64)) -> Known {
        let mut known = Known { low: [others.0; COUNTED], high: [others.1; COUNTED] };
        (known.low[VISITORS], known.high[VISITORS]) = visitors;
        known
    }

    #[test]
    fn rounded_figures_tell_a_range_and_zero_tells_zero() {
        let known = Known::of_rounded([20, 10, 10, 0, 0, 100], 10);
        assert_eq!(known.low, [15, 10, 5, 0, 0, 95]);
        assert_eq!(known.high, [24, 14, 14, 4, 4, 104]);
        assert_eq!(Known::of_rounded([0; COUNTED], 10).high, [0; COUNTED]);
    }

    #[test]
    fn few_may_be_any_number_of_few() {
        let few = |known| is_protected(Fate::Primary, &known, &SOME, 10, true);
        assert!(few(known((0, 9), (0, 30))));
        assert!(few(known((1, 9), (0, 9))));
        assert!(!few(known((2, 9), (0, 30))));
        assert!(!few(known((0, 8), (0, 30))));
        assert!(!few(known((0, 20), (0, 8))), "few views are few visitors");
    }

    #[test]
    fn other_figures_are_known_no_better_than_if_they_were_published() {
        let few = |known| is_protected(Fate::Primary, &known, &SOME, 10, false);
        assert!(few(known((0, 9), (40, 49))));
        assert!(!few(known((0, 9), (40, 48))));
        assert!(few(known((0, 9), (0, 4))));
        assert!(!few(known((0, 9), (0, 3))));
    }
}
