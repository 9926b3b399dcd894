//! A table of figures that may leave the service.

use crate::privacy::release::counts::Heading;
use crate::privacy::release::figure::{ConfStatus, PublishedLine};
use crate::privacy::release::lines::Lines;

/// Figures that may leave the service: made by the door out alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    pub(super) heading: Heading,
    pub(super) lines: Lines,
    /// The code of the lines whose labels are withheld too, if there are any.
    pub(super) remainder: Option<ConfStatus>,
    pub(super) provisional: bool,
    /// Did the collector not run at all, and was nothing counted?
    pub(super) not_collected: bool,
    /// The threshold in force.
    pub(super) visitors_min: u64,
}

impl Published {
    /// What the figures are about.
    pub fn heading(&self) -> &Heading {
        &self.heading
    }

    /// The lines whose labels are shown, in the store's order.
    pub fn lines(&self) -> impl Iterator<Item = PublishedLine<'_>> {
        self.lines.iter(self.provisional)
    }

    /// Why other lines are withheld together with their labels, if there are any.
    pub fn remainder(&self) -> Option<ConfStatus> {
        self.remainder
    }

    /// Is a day among them that is not yet closed?
    pub fn provisional(&self) -> bool {
        self.provisional
    }

    /// Did the collector not run at all, and was nothing counted? Then what has no line is not
    /// zero: nothing is known of it.
    pub fn was_not_collected(&self) -> bool {
        self.not_collected
    }

    /// Visitors from which a line was shown.
    pub fn visitors_min(&self) -> u64 {
        self.visitors_min
    }

    /// Does it hold fewer lines than were counted?
    pub fn withholds(&self) -> bool {
        let reasons = [ConfStatus::SmallCount, ConfStatus::Secondary];
        self.remainder.is_some() || reasons.into_iter().any(|why| self.lines.has(why))
    }
}
