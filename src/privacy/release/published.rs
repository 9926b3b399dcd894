//! Figures that may leave the service, and the codes that say what became of each.

use crate::model::Metric;
use crate::privacy::ROUNDED_TO;
use crate::privacy::release::counts::Heading;
use crate::privacy::release::lines::Lines;

/// A figure as everybody may see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// Rounded to the nearest ten.
    Rounded(u64),
    /// A ratio of unrounded figures, rounded to a step that adds nothing to what the rounded
    /// figures tell; nothing where there is nothing to divide by, or no such step.
    Ratio(Option<u64>),
    /// Not shown, because it is about few people.
    Withheld,
}

/// SDMX code list CL_OBS_STATUS, the codes in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObsStatus {
    /// `A`: a normal, final figure.
    Normal,
    /// `P`: provisional, of a period that goes on or is not yet closed.
    Provisional,
    /// `Q`: missing because suppressed.
    Suppressed,
    /// `L`: missing because the collector did not run.
    NotCollected,
}

/// SDMX code list CL_CONF_STATUS, the codes in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfStatus {
    /// `F`: free for publication.
    Free,
    /// `A`: withheld because the count is small.
    SmallCount,
    /// `D`: withheld so that no small count can be found by subtracting.
    Secondary,
}

impl ObsStatus {
    /// Its letter in the code list.
    pub fn code(self) -> &'static str {
        match self {
            Self::Normal => "A",
            Self::Provisional => "P",
            Self::Suppressed => "Q",
            Self::NotCollected => "L",
        }
    }
}

impl ConfStatus {
    /// Its letter in the code list.
    pub fn code(self) -> &'static str {
        match self {
            Self::Free => "F",
            Self::SmallCount => "A",
            Self::Secondary => "D",
        }
    }
}

/// One published line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PublishedLine<'a> {
    /// A path, an hour or a day, or `WITHHELD_LABEL`.
    pub label: &'a str,
    /// The value of the other breakdown, where two are crossed; else empty.
    pub second: &'a str,
    /// The figures as they are kept, in the order of [`Metric::ALL`]; none unless they are shown.
    pub(super) figures: &'a [u64],
    /// Whether the figure is final, and why it is missing.
    pub obs_status: ObsStatus,
    /// Why a figure is withheld.
    pub conf_status: ConfStatus,
}

impl PublishedLine<'_> {
    /// One of its figures.
    pub fn figure(&self, metric: Metric) -> Figure {
        let Some(&kept) = self.figures.get(metric as usize) else { return Figure::Withheld };
        match metric {
            Metric::BounceRate | Metric::VisitSeconds => Figure::Ratio(kept.checked_sub(1)),
            Metric::Views
            | Metric::Visitors
            | Metric::Visits
            | Metric::Bounces
            | Metric::Events
            | Metric::ReadingSeconds => Figure::Rounded(kept * ROUNDED_TO),
        }
    }

    /// Are its figures withheld?
    pub fn is_withheld(&self) -> bool {
        self.conf_status != ConfStatus::Free
    }
}

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
