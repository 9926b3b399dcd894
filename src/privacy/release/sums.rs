//! A sum that readers know, and what its parts and its whole tell of each other.

use crate::model::COUNTED;
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
pub type Sums = [Sum; COUNTED];

/// Days are a sum of hours and months of days in every figure that is kept.
pub const ADDS_UP: Sums = [Sum::Exact; COUNTED];

/// Where some of the parts are not known.
pub(super) const AT_MOST: Sums = [Sum::AtMost; COUNTED];

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
    /// is known now. Each line is fetched twice for all of its figures: in the month of a large
    /// site there are millions of them, and fetching takes longer than reckoning.
    pub fn narrow(&self, known: &mut [Known], changed: &mut Vec<u32>) {
        let parts = self.sum_of_parts(known);
        if self.narrow_whole(&mut known[self.whole as usize], &parts) {
            changed.push(self.whole);
        }
        let whole = known[self.whole as usize];
        for &number in &self.parts {
            let part = &mut known[number as usize];
            let others = parts.without(part);
            if self.narrow_part(part, &whole, &others) {
                changed.push(number);
            }
        }
    }

    /// The sums of what is known of the parts.
    pub fn sum_of_parts(&self, known: &[Known]) -> Known {
        let mut sum = Known { low: [0; COUNTED], high: [0; COUNTED] };
        for &part in &self.parts {
            let part = &known[part as usize];
            for place in 0..COUNTED {
                sum.low[place] = sum.low[place].saturating_add(part.low[place]);
                sum.high[place] = sum.high[place].saturating_add(part.high[place]);
            }
        }
        sum
    }

    /// What this sum alone tells of one of its lines, if the others are known so well. `parts` are
    /// the [sums of what is known](Self::sum_of_parts) of all parts.
    pub fn told_of(&self, cell: usize, known: &[Known], parts: &Known) -> Known {
        let mut told = Known::NOTHING;
        if cell == self.whole as usize {
            self.narrow_whole(&mut told, parts);
        } else {
            let others = parts.without(&known[cell]);
            self.narrow_part(&mut told, &known[self.whole as usize], &others);
        }
        told
    }

    /// Narrows what is known of the whole by the sums of what is known of its parts; says whether
    /// it did.
    fn narrow_whole(&self, whole: &mut Known, parts: &Known) -> bool {
        let mut is_narrower = false;
        for (place, sum) in self.sums.iter().enumerate() {
            if matches!(sum, Sum::Exact | Sum::AtMost) {
                is_narrower |= raise(&mut whole.low[place], parts.low[place]);
            }
            if matches!(sum, Sum::Exact | Sum::AtLeast) {
                is_narrower |= lower(&mut whole.high[place], parts.high[place]);
            }
        }
        is_narrower
    }

    /// Narrows what is known of a part by the whole and by the sums of what is known of the other
    /// parts; says whether it did.
    fn narrow_part(&self, part: &mut Known, whole: &Known, others: &Known) -> bool {
        let mut is_narrower = false;
        for (place, sum) in self.sums.iter().enumerate() {
            if matches!(sum, Sum::Exact | Sum::AtLeast) && others.high[place] < UNBOUNDED {
                let least = whole.low[place].saturating_sub(others.high[place]);
                is_narrower |= raise(&mut part.low[place], least);
            }
            if matches!(sum, Sum::Exact | Sum::AtMost) {
                let most = whole.high[place].saturating_sub(others.low[place]);
                is_narrower |= lower(&mut part.high[place], most);
            }
            if self.is_bounded {
                is_narrower |= lower(&mut part.high[place], whole.high[place]);
            }
        }
        is_narrower
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
