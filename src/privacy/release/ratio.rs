//! Ratios of unrounded figures, shown so coarsely that they tell no more of the figures than the
//! rounded ones do.

use crate::model::{Measures, Metric, MetricValue};
use crate::privacy::ROUNDED_TO;
use crate::privacy::release::published::Figure;
use crate::privacy::release::rounded;

/// To what a ratio is rounded, the finest first, in its own unit: hundredths or seconds.
const STEPS: [u64; 6] = [1, 2, 5, 10, 20, 50];

/// The published figures of a shown line, in the order of [`Metric::ALL`].
pub(super) fn figures(measures: &Measures) -> [Figure; Metric::ALL.len()] {
    Metric::ALL.map(|metric| match (metric, metric.of(measures)) {
        (_, MetricValue::Count(count)) => Figure::Rounded(rounded(count)),
        (Metric::BounceRate, _) => {
            Figure::Ratio(coarse_ratio(measures.bounces, measures.visits, 100))
        }
        (_, MetricValue::Ratio(_)) => {
            Figure::Ratio(coarse_ratio(measures.reading_seconds, measures.visits, 1))
        }
    })
}

/// `scale` times the ratio, rounded to the finest step with which every value that the rounded
/// figures leave possible of either figure stays possible; nothing if there is no such step.
fn coarse_ratio(above: u64, below: u64, scale: u64) -> Option<u64> {
    stepped_ratio(above, below, scale).map(|(shown, _)| shown)
}

/// The ratio, and the step to which it is rounded.
fn stepped_ratio(above: u64, below: u64, scale: u64) -> Option<(u64, u64)> {
    if below < ROUNDED_TO {
        return None;
    }
    let exact = (above * scale) as f64 / below as f64;
    STEPS.into_iter().find_map(|step| {
        let shown = (exact / step as f64).round() as u64 * step;
        let half = step as f64 / 2.0;
        let told = ((shown as f64 - half).max(0.0), shown as f64 + half);
        adds_nothing(told, possible(above), possible(below), scale as f64).then_some((shown, step))
    })
}

/// What a rounded figure leaves possible: the lowest and the highest.
fn possible(figure: u64) -> (f64, f64) {
    let rounded = rounded(figure);
    let half = ROUNDED_TO / 2;
    (rounded.saturating_sub(half) as f64, (rounded + half - 1) as f64)
}

/// Is each end of either range still possible, together with something in the other, when the ratio
/// lies between `told.0` and `told.1`? Then all between are, too.
fn adds_nothing(told: (f64, f64), above: (f64, f64), below: (f64, f64), scale: f64) -> bool {
    let meets = |low: f64, high: f64| low <= told.1 && high >= told.0;
    let of_above = |above: f64| meets(above * scale / below.1, above * scale / below.0);
    let of_below = |below: f64| meets(above.0 * scale / below, above.1 * scale / below);
    of_above(above.0) && of_above(above.1) && of_below(below.0) && of_below(below.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_of_many_is_fine_and_one_of_few_is_coarse_or_absent() {
        assert_eq!(coarse_ratio(33_333, 100_000, 100), Some(33));
        assert_eq!(coarse_ratio(60_000, 1_200, 1), Some(50));
        assert_eq!(coarse_ratio(1, 12, 100), None);
        assert_eq!(coarse_ratio(5, 9, 100), None);
        assert_eq!(coarse_ratio(0, 0, 100), None);
    }

    #[test]
    fn whatever_is_shown_leaves_every_figure_possible_that_rounding_left() {
        for below in 10..150_u64 {
            for above in 0..=below {
                let Some((shown, step)) = stepped_ratio(above, below, 100) else { continue };
                let is_told = |above: u64, below: u64| {
                    let ratio = (above * 100) as f64 / below.max(1) as f64;
                    (ratio - shown as f64).abs() <= step as f64 / 2.0
                };
                assert!(is_told(above, below));
                let range = |figure| {
                    let (low, high) = possible(figure);
                    low as u64..=high as u64
                };
                // Figures are whole numbers, so the ends of a range may lie half a step apart.
                let near = |above: u64, below: u64| {
                    let ratio = (above * 100) as f64 / below.max(1) as f64;
                    let whole = 100.0 / below.max(1) as f64;
                    (ratio - shown as f64).abs() <= step as f64 / 2.0 + whole
                };
                for one in range(above) {
                    assert!(range(below).any(|below| near(one, below)), "{above} of {below}");
                }
                for one in range(below) {
                    assert!(range(above).any(|above| near(above, one)), "{above} of {below}");
                }
            }
        }
    }
}
