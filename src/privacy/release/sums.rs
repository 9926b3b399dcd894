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

    /// Narrows what is known of the whole and of its parts by each other; says whether it did.
    pub fn narrow(&self, known: &mut [Known]) -> bool {
        let mut has_changed = false;
        for place in 0..FIGURES {
            has_changed |= self.narrow_place(known, place);
        }
        has_changed
    }

    fn narrow_place(&self, known: &mut [Known], place: usize) -> bool {
        let whole = self.whole as usize;
        let (mut low, mut high) = (0_i64, 0_i64);
        for &part in &self.parts {
            low = low.saturating_add(known[part as usize].low[place]);
            high = high.saturating_add(known[part as usize].high[place]);
        }
        let sum = self.sums[place];
        let mut changed = false;
        if matches!(sum, Sum::Exact | Sum::AtMost) {
            changed |= raise(&mut known[whole].low[place], low);
        }
        if matches!(sum, Sum::Exact | Sum::AtLeast) {
            changed |= lower(&mut known[whole].high[place], high);
        }
        let (whole_low, whole_high) = (known[whole].low[place], known[whole].high[place]);
        for &part in &self.parts {
            let part = &mut known[part as usize];
            let others =
                (low.saturating_sub(part.low[place]), high.saturating_sub(part.high[place]));
            if matches!(sum, Sum::Exact | Sum::AtLeast) && others.1 < UNBOUNDED {
                changed |= raise(&mut part.low[place], whole_low.saturating_sub(others.1));
            }
            if matches!(sum, Sum::Exact | Sum::AtMost) {
                changed |= lower(&mut part.high[place], whole_high.saturating_sub(others.0));
            }
            if self.is_bounded {
                changed |= lower(&mut part.high[place], whole_high);
            }
        }
        changed
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
