//! A sum that readers know, and what its parts and its whole tell of each other.

use crate::model::FIGURES;
use crate::privacy::release::known::{Known, UNBOUNDED};

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

/// Where some of the parts are not known.
pub(super) const AT_MOST: Sums = [Sum::AtMost; FIGURES];

/// The relation of those parts that are known, where there may be others.
pub(super) fn at_most(sum: Sum) -> Sum {
    match sum {
        Sum::Exact | Sum::AtMost => Sum::AtMost,
        Sum::AtLeast | Sum::Free => Sum::Free,
    }
}

/// A line and the lines that are parts of it, by their numbers.
pub(super) struct Equation {
    pub whole: u32,
    pub parts: Vec<u32>,
    pub sums: Sums,
    /// Is no part more than the whole, in any figure?
    pub is_bounded: bool,
}

impl Equation {
    /// Every line that it is about.
    pub fn members(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().chain([&self.whole]).map(|&cell| cell as usize)
    }

    /// Narrows what is known of the whole and of its parts by each other; adds those of which more
    /// is known now.
    pub fn narrow(&self, known: &mut [Known], changed: &mut Vec<u32>) {
        for place in 0..FIGURES {
            self.narrow_place(known, place, changed);
        }
    }

    fn narrow_place(&self, known: &mut [Known], place: usize, changed: &mut Vec<u32>) {
        let whole = self.whole as usize;
        let (mut low, mut high) = (0_i64, 0_i64);
        for &part in &self.parts {
            low = low.saturating_add(known[part as usize].low[place]);
            high = high.saturating_add(known[part as usize].high[place]);
        }
        let sum = self.sums[place];
        let mut is_narrower = false;
        if matches!(sum, Sum::Exact | Sum::AtMost) {
            is_narrower |= raise(&mut known[whole].low[place], low);
        }
        if matches!(sum, Sum::Exact | Sum::AtLeast) {
            is_narrower |= lower(&mut known[whole].high[place], high);
        }
        if is_narrower {
            changed.push(self.whole);
        }
        let (whole_low, whole_high) = (known[whole].low[place], known[whole].high[place]);
        for &number in &self.parts {
            let part = &mut known[number as usize];
            let mut is_narrower = false;
            let others =
                (low.saturating_sub(part.low[place]), high.saturating_sub(part.high[place]));
            if matches!(sum, Sum::Exact | Sum::AtLeast) && others.1 < UNBOUNDED {
                is_narrower |= raise(&mut part.low[place], whole_low.saturating_sub(others.1));
            }
            if matches!(sum, Sum::Exact | Sum::AtMost) {
                is_narrower |= lower(&mut part.high[place], whole_high.saturating_sub(others.0));
            }
            if self.is_bounded {
                is_narrower |= lower(&mut part.high[place], whole_high);
            }
            if is_narrower {
                changed.push(number);
            }
        }
    }
}

fn raise(low: &mut i64, to: i64) -> bool {
    let is_more = to > *low;
    if is_more {
        *low = to;
    }
    is_more
}

fn lower(high: &mut i64, to: i64) -> bool {
    let is_less = to < *high;
    if is_less {
        *high = to;
    }
    is_less
}
