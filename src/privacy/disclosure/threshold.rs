//! Whether a line is published: how many networks its readers come from, on one day and in all, and
//! a secret draw.

use crate::model::Period;
use crate::privacy::disclosure::cell::Cell;
use crate::privacy::disclosure::secret::{Purpose, RoundingSecret};

/// The likelihood that a draw is one further from zero, in one direction: e^-1. Draws are two-sided
/// geometric (Ghosh, Roughgarden and Sundararajan, "Universally utility-maximizing privacy
/// mechanisms", 2009): one network more or less changes the odds that a line is published by a
/// factor of e at most (epsilon 1), and by no bounded one only where the least number is reached.
const RATIO: f64 = 0.367_879_441_171_442_33;

/// Beyond it a draw has a likelihood below 2^-64.
const DRAW_MAX: i64 = 45;

/// How many networks the readers of a line come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// In the whole period: distinct buckets of networks.
    pub networks: u64,
    /// On the day with the most of them.
    pub networks_of_a_day: u64,
}

/// What is asked of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The site's threshold, k.
    pub threshold: u64,
    /// Is the line one of two breakdowns together?
    pub is_crossing: bool,
    /// Is it about more than one day?
    pub is_of_days: bool,
}

impl Demand {
    /// What is asked of a line of a period.
    pub fn new(threshold: u64, is_crossing: bool, period: Period) -> Self {
        Self { threshold, is_crossing, is_of_days: !matches!(period, Period::Day(_)) }
    }

    /// Networks without which no draw publishes a line.
    pub fn networks_least(self) -> u64 {
        self.threshold.div_ceil(2)
    }

    /// The same of one single day: one person may come from a new network every day.
    pub fn networks_of_a_day_least(self) -> u64 {
        let divisor = if self.is_of_days && !self.is_crossing { 4 } else { 2 };
        self.threshold.div_ceil(divisor)
    }

    /// Is a line of this reach published with this draw?
    pub fn is_met(self, reach: Reach, draw: i64) -> bool {
        reach.networks >= self.networks_least()
            && reach.networks_of_a_day >= self.networks_of_a_day_least()
            && i64::try_from(reach.networks).unwrap_or(i64::MAX).saturating_add(draw)
                >= i64::try_from(self.threshold).unwrap_or(i64::MAX)
    }

    /// The likelihood that a line of so many networks is published, if one day has enough.
    pub fn likelihood(self, networks: u64) -> f64 {
        if networks < self.networks_least() {
            return 0.0;
        }
        let least = self.threshold as i64 - networks as i64;
        (-DRAW_MAX..=DRAW_MAX).filter(|draw| *draw >= least).map(likelihood_of).sum()
    }
}

/// The likelihood of a draw.
fn likelihood_of(draw: i64) -> f64 {
    let at_zero = (1.0 - RATIO) / (1.0 + RATIO);
    (0..draw.abs()).fold(at_zero, |likelihood, _| likelihood * RATIO)
}

/// The draw of a cell. Only sums and products of the same numbers decide it, so that every machine
/// draws alike.
pub fn draw(secret: &RoundingSecret, cell: &Cell<'_>) -> i64 {
    drawn(secret.number(Purpose::Draw, cell))
}

fn drawn(number: u64) -> i64 {
    let (mut left, sign) = ((number >> 1) as f64 / (1_u64 << 63) as f64, number & 1);
    // Zero is drawn by either sign, and so counts half for each.
    let mut likelihood = likelihood_of(0);
    let mut distance = 0;
    while distance < DRAW_MAX && left >= likelihood {
        left -= likelihood;
        distance += 1;
        likelihood = 2.0 * likelihood_of(distance);
    }
    if sign == 0 { distance } else { -distance }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn of_day(threshold: u64) -> Demand {
        Demand::new(threshold, false, Period::Day(date(2026, 11, 1)))
    }

    #[test]
    fn draws_are_two_sided_geometric() {
        let mut counts = [0_u64; 91];
        let all = 1_000_000_u64;
        for number in 0..all {
            // A row of numbers that is spread evenly (golden ratio), with both signs.
            let number = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            counts[(drawn(number) + DRAW_MAX) as usize] += 1;
        }
        for draw in -6..=6 {
            let share = counts[(draw + DRAW_MAX) as usize] as f64 / all as f64;
            let expected = likelihood_of(draw);
            assert!((share - expected).abs() < 0.002, "{draw}: {share} of {expected}");
        }
        let all: f64 = (-DRAW_MAX..=DRAW_MAX).map(likelihood_of).sum();
        assert!((all - 1.0).abs() < 1e-12);
        assert!(drawn(u64::MAX).abs() > 30 && drawn(0) == 0);
    }

    #[test]
    fn one_network_changes_the_odds_by_a_factor_of_e_at_most_but_at_the_least_number() {
        for threshold in [8, 10, 50] {
            let demand = of_day(threshold);
            for networks in demand.networks_least()..3 * threshold {
                let (one, more) = (demand.likelihood(networks), demand.likelihood(networks + 1));
                assert!(more <= one * std::f64::consts::E + 1e-12, "{networks}");
                assert!(1.0 - one <= (1.0 - more) * std::f64::consts::E + 1e-12, "{networks}");
            }
        }
        // What a line of the least number tells for certain: that is delta, of one draw.
        let delta = of_day(10).likelihood(5);
        assert!((0.0049..0.0050).contains(&delta), "{delta}");
        assert_eq!(of_day(10).likelihood(4), 0.0);
    }

    #[test]
    fn a_month_needs_a_day_and_a_crossing_a_better_one() {
        let month = Period::Month(date(2026, 11, 1));
        let reach = |networks, networks_of_a_day| Reach { networks, networks_of_a_day };
        let line = Demand::new(10, false, month);
        assert!(line.is_met(reach(10, 3), 0) && !line.is_met(reach(31, 2), 9));
        assert!(!line.is_met(reach(9, 9), 0) && line.is_met(reach(9, 9), 1));
        assert!(!line.is_met(reach(4, 4), 40));
        let crossing = Demand::new(10, true, month);
        assert!(crossing.is_met(reach(10, 5), 0) && !crossing.is_met(reach(31, 4), 9));
        assert!(!of_day(10).is_met(reach(4, 4), 40) && of_day(10).is_met(reach(5, 5), 5));
        assert_eq!(Demand::new(9, false, month).networks_of_a_day_least(), 3);
    }
}
