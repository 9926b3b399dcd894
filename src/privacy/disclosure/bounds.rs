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
}
