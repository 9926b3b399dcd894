//! A sum that readers know: a line that is the sum of others, and what it tells of those of them
//! that are withheld.

use crate::model::FIGURES;
use crate::privacy::release::known::{Fate, Figures, Known, UNBOUNDED, VISITORS, is_protected};

/// How the lines of a breakdown relate to the line that they are parts of, in one figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sum {
    /// They add up to it.
    Exact,
    /// They add up to it or more: somebody may be in several of them.
    AtLeast,
    /// They add up to it or less: something of it may be in none of them.
    AtMost,
    /// Neither.
    Free,
}

/// The relation in each figure, in the order in which measures are stored.
pub type Sums = [Sum; FIGURES];

/// Days are a sum of hours and months of days in every figure that is kept.
pub const ADDS_UP: Sums = [Sum::Exact; FIGURES];

/// Lines that together are another line: what is shown of them, and how many are withheld.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    shown_low: Figures,
    shown_high: Figures,
    /// The sum of all that withheld lines may be.
    withheld_high: Figures,
    /// Kinds of withheld lines: why, how many visitors at most, and how many lines.
    kinds: Vec<(Fate, i64, u32)>,
    /// The smallest threshold of them.
    visitors_min: Option<u64>,
}

impl Parts {
    /// Adds a line. What few people stand in is known to be below the threshold only where the
    /// table says so: where none of its lines is withheld for another reason.
    pub fn add(&mut self, fate: Fate, known: &Known, says_few: bool, visitors_min: u64) {
        if fate == Fate::Shown {
            for place in 0..FIGURES {
                self.shown_low[place] += known.low[place];
                self.shown_high[place] += known.high[place];
            }
            return;
        }
        let most =
            if fate == Fate::Primary && says_few { visitors_min as i64 - 1 } else { UNBOUNDED };
        for (place, high) in self.withheld_high.iter_mut().enumerate() {
            *high += if place == VISITORS { most } else { UNBOUNDED };
        }
        match self.kinds.iter_mut().find(|kind| (kind.0, kind.1) == (fate, most)) {
            Some(kind) => kind.2 += 1,
            None => self.kinds.push((fate, most, 1)),
        }
        let least = self.visitors_min.map_or(visitors_min, |least| least.min(visitors_min));
        self.visitors_min = Some(least);
    }

    /// Is any of them withheld?
    #[cfg(test)]
    pub fn withhold(&self) -> bool {
        !self.kinds.is_empty()
    }

    /// What is known of their sum by themselves.
    pub fn known(&self) -> Known {
        let high =
            |place: usize| (self.shown_high[place] + self.withheld_high[place]).min(UNBOUNDED);
        Known { low: self.shown_low, high: std::array::from_fn(high) }
    }

    /// Does everything that is withheld stay unknown, if this is known of the whole?
    pub fn stay_unknown(&self, whole: &Known, sums: &Sums, has_views: bool) -> bool {
        let Some(visitors_min) = self.visitors_min else { return true };
        self.kinds.iter().all(|&(fate, most, _)| {
            let known = self.told(whole, sums, most);
            is_protected(fate, &known, visitors_min, has_views)
        })
    }

    /// What the whole tells of one withheld line that has at most so many visitors.
    fn told(&self, whole: &Known, sums: &Sums, most: i64) -> Known {
        let mut told = Known::NOTHING;
        for place in 0..FIGURES {
            let own = if place == VISITORS { most } else { UNBOUNDED };
            let others = self.withheld_high[place] - own;
            if matches!(sums[place], Sum::Exact | Sum::AtLeast) {
                let rest = whole.low[place] - self.shown_high[place] - others;
                told.low[place] = rest.max(0);
            }
            told.high[place] = own.min(whole.high[place]);
            if matches!(sums[place], Sum::Exact | Sum::AtMost) {
                let rest = whole.high[place] - self.shown_low[place];
                told.high[place] = told.high[place].min(rest);
            }
        }
        told
    }
}

/// Months that together are a year, with the days of those in which some are withheld.
#[derive(Clone, Debug, Default)]
pub(super) struct Months {
    months: Vec<Month>,
}

/// One month of a line.
#[derive(Clone, Debug)]
pub(super) struct Month {
    pub fate: Fate,
    /// What is known of it already, from its own file and those of its days.
    pub known: Known,
    pub visitors_min: u64,
    pub days: Parts,
}

impl Months {
    /// Adds a month.
    pub fn add(&mut self, month: Month) {
        self.months.push(month);
    }

    /// Does everything that is withheld stay unknown, months and their days, if this is known of
    /// the year?
    pub fn stay_unknown(&self, year: &Known, has_views: bool) -> bool {
        let sum = |bound: fn(&Known) -> &Figures, place: usize| -> i64 {
            self.months.iter().map(|month| bound(&month.known)[place]).sum()
        };
        let lows: Figures = std::array::from_fn(|place| sum(|known| &known.low, place));
        let highs: Figures = std::array::from_fn(|place| sum(|known| &known.high, place));
        self.months.iter().all(|month| {
            let mut told = month.known;
            for place in 0..FIGURES {
                let (low, high) = (month.known.low[place], month.known.high[place]);
                told.low[place] = low.max(year.low[place] - (highs[place] - high));
                told.high[place] = high.min(year.high[place] - (lows[place] - low));
            }
            let itself = is_protected(month.fate, &told, month.visitors_min, has_views);
            itself && month.days.stay_unknown(&told, &ADDS_UP, has_views)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Measures;

    fn line(visitors: u64) -> Measures {
        Measures { views: visitors * 3, visitors, visits: visitors * 2, ..Measures::default() }
    }

    fn parts(visitors: &[u64], says_few: bool) -> (Parts, Known) {
        let mut parts = Parts::default();
        let mut sum = Measures::default();
        for &visitors in visitors {
            let fate = if visitors < 10 { Fate::Primary } else { Fate::Shown };
            parts.add(fate, &Known::of_shown(&line(visitors), 10), says_few, 10);
            sum.add(line(visitors));
        }
        (parts, Known::of_shown(&sum, 10))
    }

    fn are_safe(visitors: &[u64], says_few: bool) -> bool {
        let (parts, whole) = parts(visitors, says_few);
        parts.stay_unknown(&whole, &ADDS_UP, true)
    }

    #[test]
    fn a_sum_that_betrays_the_last_day_is_noticed() {
        // 12 is told as 10 and 10 alone: the other day has at most four visitors.
        assert!(!are_safe(&[10, 2], true));
        // 14, 14 and 7 are told as 10, 10 and 40: the last day has at least seven.
        assert!(!are_safe(&[14, 14, 7], true));
        assert!(are_safe(&[12, 3], true));
        assert!(are_safe(&[40, 50, 60, 7], true));
    }

    #[test]
    fn nine_and_nine_are_told_apart_from_less_unless_the_table_says_less() {
        assert!(!are_safe(&[9, 9], true));
        assert!(are_safe(&[9, 9], false));
    }

    #[test]
    fn a_year_may_betray_a_day_through_its_month() {
        let day = |visitors: &[u64]| parts(visitors, true).0;
        let month = |visitors: &[u64]| {
            let (days, known) = parts(visitors, true);
            Month { fate: Fate::Shown, known, visitors_min: 10, days }
        };
        let year_of = |months: &[&[u64]]| {
            let mut year = Months::default();
            months.iter().for_each(|days| year.add(month(days)));
            let all: u64 = months.iter().flat_map(|days| days.iter()).sum();
            year.stay_unknown(&Known::of_shown(&line(all), 10), true)
        };
        assert!(day(&[30, 4]).withhold());
        assert!(year_of(&[&[30, 4], &[40]]));
        // The first month is told as 30; the year of 34 and 14 as 50, so that it has at least 31.
        assert!(year_of(&[&[30, 4], &[14]]));
        assert!(!year_of(&[&[14, 14, 6], &[14]]), "the month by itself told it already");
    }
}
