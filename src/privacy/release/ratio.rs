//! Ratios of unrounded figures, shown so coarsely that they tell no more of the figures than the
//! rounded ones do.

use crate::model::{FIGURES, Measures, Metric, MetricValue};
use crate::privacy::ROUNDED_TO;
use crate::privacy::release::figure::Figure;
use crate::privacy::release::rounded;

/// To what a ratio is rounded, the finest first, in its own unit: hundredths or seconds.
const STEPS: [u64; 4] = [1, 2, 5, 10];

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

/// Visits from which ratios are published: a tenth of them is lost in the rounding.
pub const RATIO_VISITS_MIN: u64 = 100;

/// A line as it is kept, in the order of [`Metric::ALL`], from its published figures: counts in
/// tens; a ratio of published figures is one more than itself, and 0 where there is none.
pub(super) fn published(figures: [u64; FIGURES]) -> [u64; Metric::ALL.len()] {
    let line = Measures::of_figures(figures);
    Metric::ALL.map(|metric| match metric.of(&line) {
        MetricValue::Count(count) => count / ROUNDED_TO,
        MetricValue::Ratio(Some(ratio)) if line.visits >= RATIO_VISITS_MIN => {
            ratio.round() as u64 + 1
        }
        MetricValue::Ratio(_) => 0,
    })
}

/// `scale` times the ratio, rounded to the finest step with which all that the rounded figures
/// leave possible would be rounded alike; nothing if there is no such step.
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

/// Does every pair of figures that rounding leaves possible have a ratio between `told.0` and
/// `told.1`? Then the ratio tells nothing of either, whatever else is known of them.
fn adds_nothing(told: (f64, f64), above: (f64, f64), below: (f64, f64), scale: f64) -> bool {
    below.0 > 0.0 && above.0 * scale / below.1 >= told.0 && above.1 * scale / below.0 <= told.1
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
    fn every_pair_that_rounding_left_possible_has_the_same_ratio() {
        let mut shown_count = 0;
        for below in (10..1_500_u64).step_by(3) {
            for above in (0..=below).step_by(7) {
                let Some((shown, step)) = stepped_ratio(above, below, 100) else { continue };
                shown_count += 1;
                let range = |figure| {
                    let (low, high) = possible(figure);
                    [low, high]
                };
                for above in range(above) {
                    for below in range(below) {
                        let ratio = above * 100.0 / below;
                        let way = (ratio - shown as f64).abs();
                        assert!(way <= step as f64 / 2.0 + 1e-9, "{above} of {below}");
                    }
                }
            }
        }
        assert!(shown_count > 10_000, "{shown_count}");
    }
}
