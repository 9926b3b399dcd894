//! Random rounding: each figure goes to one of the two multiples of ten beside it, with the odds of
//! its distance, by one secret number a cell.

use crate::model::COUNTED;
use crate::privacy::disclosure::cell::Cell;
use crate::privacy::disclosure::secret::{Purpose, RoundingSecret};
use crate::privacy::release::ROUNDED_TO;

/// To what figures are rounded.
pub const BASE: u64 = ROUNDED_TO;

/// The places of figures that are rounded by numbers of their own.
const EVENTS: usize = 4;
const READING: usize = 5;

/// The figures of a line, in the order in which measures are stored.
pub type Figures = [u64; COUNTED];

/// Below this, ten times the base, a figure carries no percentage and no place in an order.
pub const SMALL_MAX: u64 = 10 * BASE;

/// How far rounding alone can move a sum or a difference of so many published figures: by nine
/// each, and of many by no more than four standard deviations, which happens once in 15,000 times.
/// One figure has a standard deviation of five at most.
pub fn uncertainty(cells: u32) -> f64 {
    let (figure_max, deviation_max, deviations) = ((BASE - 1) as f64, BASE as f64 / 2.0, 4.0);
    let cells = f64::from(cells);
    (figure_max * cells).min(deviations * deviation_max * cells.sqrt())
}

/// How the figures of a cell are rounded: those whose distance from the multiple below is greater
/// go up. One limit for views, visits, visitors and bounces, so that equal figures round equally
/// and a figure that is no greater than another stays so. Events and reading time have limits of
/// their own: on most lines they could be made by a sender alone, who would see from them how the
/// views of others are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    limit: i64,
    limit_of_events: i64,
    limit_of_reading: i64,
}

impl Rounding {
    /// All figures go up, or all down: the other neighbour where a sum would tell too much.
    pub const UP: Self = Self::alike(-1);
    /// See [`Rounding::UP`].
    pub const DOWN: Self = Self::alike(BASE as i64);

    const fn alike(limit: i64) -> Self {
        Self { limit, limit_of_events: limit, limit_of_reading: limit }
    }

    /// The rounding of a cell.
    pub fn of(secret: &RoundingSecret, cell: &Cell<'_>) -> Self {
        // 2^64 is no multiple of ten: the odds differ by less than 2^-50.
        let number = secret.number(Purpose::Rounding, cell);
        let limit = |digit: u64| (number / digit % BASE) as i64;
        Self { limit: limit(1), limit_of_events: limit(BASE), limit_of_reading: limit(BASE * BASE) }
    }

    /// One figure of views, visits, visitors or bounces. What is not zero never shows zero.
    pub fn figure(self, exact: u64) -> u64 {
        let (below, distance) = (exact / BASE * BASE, (exact % BASE) as i64);
        let is_up = distance > 0 && distance > self.limit;
        let rounded = if is_up { below + BASE } else { below };
        if exact > 0 { rounded.max(BASE) } else { 0 }
    }

    /// Could these figures have been published of a line of these exact ones? Each is one of the
    /// two multiples beside its own; earlier rules rounded what is below ten to zero, too.
    pub fn may_be(published: Figures, exact: Figures) -> bool {
        let is_beside = |(shown, exact): (u64, u64)| {
            let below = exact / BASE * BASE;
            shown == below || shown == exact.next_multiple_of(BASE)
        };
        published.into_iter().zip(exact).all(is_beside)
    }

    /// All figures of a line.
    pub fn figures(self, exact: Figures) -> Figures {
        let mut figures = exact.map(|figure| self.figure(figure));
        figures[EVENTS] = Self::alike(self.limit_of_events).figure(exact[EVENTS]);
        figures[READING] = Self::alike(self.limit_of_reading).figure(exact[READING]);
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roundings() -> impl Iterator<Item = Rounding> {
        (0..BASE as i64).map(Rounding::alike)
    }

    #[test]
    fn rounding_moves_one_figure_by_nine_and_many_by_less_each() {
        assert_eq!([0, 1, 2, 4].map(uncertainty), [0.0, 9.0, 18.0, 36.0]);
        assert_eq!(uncertainty(100), 200.0);
    }

    #[test]
    fn figures_are_right_on_average_and_never_ten_off() {
        for exact in 10..200_u64 {
            let shown: Vec<u64> = roundings().map(|rounding| rounding.figure(exact)).collect();
            assert_eq!(shown.iter().sum::<u64>(), exact * BASE);
            assert!(shown.iter().all(|shown| shown.abs_diff(exact) < BASE));
        }
    }

    #[test]
    fn nothing_is_zero_and_something_is_not() {
        for rounding in roundings().chain([Rounding::UP, Rounding::DOWN]) {
            assert_eq!(rounding.figure(0), 0);
            assert!((1..=10).all(|exact| rounding.figure(exact) == BASE));
        }
    }

    #[test]
    fn a_figure_may_be_one_of_the_two_multiples_beside_the_exact_one() {
        let may_be = |shown, exact| Rounding::may_be([shown; COUNTED], [exact; COUNTED]);
        for exact in 0..100 {
            for rounding in roundings() {
                assert!(may_be(rounding.figure(exact), exact), "{exact}");
            }
            assert!(!may_be(exact / BASE * BASE + 2 * BASE, exact));
        }
        assert!(may_be(20, 20) && !may_be(30, 20) && !may_be(10, 20) && !may_be(10, 0));
    }

    #[test]
    fn the_order_of_figures_stays() {
        for rounding in roundings().chain([Rounding::UP, Rounding::DOWN]) {
            let shown: Vec<u64> = (0..300).map(|exact| rounding.figure(exact)).collect();
            assert!(shown.is_sorted());
        }
        assert_eq!((Rounding::UP.figure(21), Rounding::DOWN.figure(29)), (30, 20));
        assert_eq!((Rounding::UP.figure(20), Rounding::DOWN.figure(20)), (20, 20));
    }

    #[test]
    fn events_and_reading_time_have_numbers_of_their_own() {
        let site = "www.example.fr";
        let secret = RoundingSecret::new(&[7; 32]);
        let rounded = (0..1_000_u64).map(|number| {
            let period = number.to_string();
            Rounding::of(&secret, &Cell::new(site, &period, vec![])).figures([15; COUNTED])
        });
        let rounded: Vec<Figures> = rounded.collect();
        assert!(rounded.iter().all(|figures| figures[..4] == [figures[0]; 4]));
        for (one, other) in [(0, EVENTS), (0, READING), (EVENTS, READING)] {
            let alike = rounded.iter().filter(|figures| figures[one] == figures[other]).count();
            assert!((430..570).contains(&alike), "{one} {other}: {alike} of 1,000");
        }
    }
}
