//! A figure and a line as everybody may see them, and the codes that say what became of each.

use crate::model::{COUNTED, Metric};
use crate::privacy::ROUNDED_TO;

/// A figure as everybody may see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// Rounded at random to one of the two tens beside it.
    Rounded(u64),
    /// A ratio of published figures; nothing where there are too few visits.
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
    pub(super) kept: &'a [u64],
    /// Whether the figure is final, and why it is missing.
    pub obs_status: ObsStatus,
    /// Why a figure is withheld.
    pub conf_status: ConfStatus,
}

impl PublishedLine<'_> {
    /// One of its figures.
    pub fn figure(&self, metric: Metric) -> Figure {
        let Some(&kept) = self.kept.get(metric as usize) else { return Figure::Withheld };
        match metric {
            Metric::BounceRate | Metric::VisitSeconds => Figure::Ratio(kept.checked_sub(1)),
            Metric::Views
            | Metric::Visitors
            | Metric::Visits
            | Metric::Bounces
            | Metric::Events => Figure::Rounded(kept * ROUNDED_TO),
            Metric::ReadingSeconds => Figure::Withheld,
        }
    }

    /// What was counted, as it is rounded, in the order in which measures are stored; nothing
    /// unless it is shown. Reading time is in it, of which only means are published.
    pub fn counts(&self) -> [u64; COUNTED] {
        let count = |metric: Metric| self.kept.get(metric as usize).copied().unwrap_or(0);
        Metric::COUNTED.map(|metric| count(metric) * ROUNDED_TO)
    }

    /// Are its figures withheld?
    pub fn is_withheld(&self) -> bool {
        self.conf_status != ConfStatus::Free
    }
}
