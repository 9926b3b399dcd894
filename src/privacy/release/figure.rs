//! A figure and a line as everybody may see them, and the codes that say what became of each.

use crate::model::{FIGURES, Metric};
use crate::privacy::ROUNDED_TO;

/// The metrics of the stored figures, in their order.
const COUNTED: [Metric; FIGURES] = [
    Metric::Views,
    Metric::Visitors,
    Metric::Visits,
    Metric::Bounces,
    Metric::Events,
    Metric::ReadingSeconds,
];

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

    /// Its counts as they are published, in the order in which measures are stored.
    pub fn rounded_figures(&self) -> [u64; FIGURES] {
        COUNTED.map(|metric| match self.figure(metric) {
            Figure::Rounded(figure) => figure,
            Figure::Ratio(_) | Figure::Withheld => 0,
        })
    }

    /// Are its figures withheld?
    pub fn is_withheld(&self) -> bool {
        self.conf_status != ConfStatus::Free
    }
}
