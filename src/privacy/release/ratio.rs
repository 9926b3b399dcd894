//! Ratios, made of published figures: they tell nothing that those do not.

use crate::model::{COUNTED, Measures, Metric, MetricValue};
use crate::privacy::ROUNDED_TO;

/// Visits from which ratios are published: with fewer, rounding alone would move a rate by more
/// than ten points.
pub const RATIO_VISITS_MIN: u64 = 10 * ROUNDED_TO;

/// A line as it is kept, in the order of [`Metric::ALL`], from its published figures: counts in
/// tens; a ratio is one more than itself, and 0 where there is none.
pub(super) fn kept(figures: [u64; COUNTED]) -> [u64; Metric::ALL.len()] {
    let line = Measures::of_counted(figures);
    Metric::ALL.map(|metric| match metric.of(&line) {
        MetricValue::Count(count) => count / ROUNDED_TO,
        MetricValue::Ratio(Some(ratio)) if line.visits >= RATIO_VISITS_MIN => {
            ratio.round() as u64 + 1
        }
        MetricValue::Ratio(_) => 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_of_published_figures_and_of_a_hundred_visits_at_least() {
        let kept = |visits, bounces| {
            let figures = [200, 100, visits, bounces, 0, 1_000];
            let kept = kept(figures);
            (kept[Metric::BounceRate as usize], kept[Metric::VisitSeconds as usize])
        };
        assert_eq!(kept(100, 30), (31, 11));
        assert_eq!(kept(90, 30), (0, 0));
    }
}
