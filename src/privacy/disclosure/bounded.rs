//! What of a line's exact figures may be published at all, and what was published of it before.

use hashbrown::HashMap;

use crate::model::Measures;
use crate::privacy::disclosure::bounds::{EVENTS, VIEWS, VISITORS, VISITS};
use crate::privacy::disclosure::rounding::Figures;
use crate::privacy::release::{ObsStatus, Published};

/// The exact figures that are rounded: what one reader adds to them is bounded, and views stay at
/// least as many as visitors, and visits between them.
pub(super) struct Bounded {
    /// The figures.
    pub figures: Figures,
    /// Are there more views than the bound leaves?
    pub is_lifted: bool,
    /// Are there fewer visits than were counted?
    pub is_cut: bool,
}

impl Bounded {
    /// Of a line.
    pub fn of(measures: &Measures) -> Self {
        let mut figures = measures.counted();
        figures[EVENTS] -= measures.events_over.min(figures[EVENTS]);
        if measures.views_over == 0 {
            return Self { figures, is_lifted: false, is_cut: false };
        }
        let left = figures[VIEWS] - measures.views_over.min(figures[VIEWS]);
        let visitors = figures[VISITORS].min(figures[VIEWS]);
        figures[VIEWS] = left.max(visitors);
        let visits = figures[VISITS].min(figures[VIEWS]);
        let is_cut = visits < figures[VISITS];
        figures[VISITS] = visits;
        Self { figures, is_lifted: visitors > left, is_cut }
    }
}

/// The figures that were published of a table.
pub(super) struct Before<'a>(HashMap<(&'a str, &'a str), Figures>);

impl<'a> Before<'a> {
    /// Of a table, if there is one.
    pub fn of(published: Option<&'a Published>) -> Self {
        let lines = published.into_iter().flat_map(Published::lines);
        let shown =
            lines.filter(|line| !line.is_withheld() && line.obs_status != ObsStatus::NotCollected);
        Self(shown.map(|line| ((line.label, line.second), line.counts())).collect())
    }

    /// Of one line.
    pub fn figures(&self, label: &str, second: &str) -> Option<Figures> {
        self.0.get(&(label, second)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_reader_adds_is_bounded_and_the_order_of_figures_stays() {
        let of = |views, views_over, visitors, visits| {
            let line = Measures { views, views_over, visitors, visits, ..Measures::default() };
            let Bounded { figures, is_lifted, is_cut } = Bounded::of(&line);
            (figures[VIEWS], figures[VISITS], figures[VISITORS], is_lifted, is_cut)
        };
        assert_eq!(of(509, 470, 10, 12), (39, 12, 10, false, false));
        // All of them read the page after their thirtieth view.
        assert_eq!(of(50, 50, 40, 45), (40, 40, 40, true, true));
        assert_eq!(of(50, 20, 40, 45), (40, 40, 40, true, true));
        // The first version of all did not count visits, and what was done has no views.
        assert_eq!(of(26, 0, 13, 0), (26, 0, 13, false, false));
        assert_eq!(of(0, 0, 13, 14), (0, 14, 13, false, false));
    }
}
