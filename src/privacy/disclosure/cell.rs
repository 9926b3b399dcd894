//! What a figure is about, whatever table it stands in: site, period and values.

use crate::model::Period;

/// Two values of a cell, each with the code of its dimension.
pub(super) type Joined = [(u8, String); 2];

/// A cell. One cell has one draw and one rounding, wherever it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    pub(super) site: &'a str,
    pub(super) period: &'a str,
    pub(super) labels: Vec<(u8, &'a str)>,
}

impl<'a> Cell<'a> {
    /// The cell of these values, each with the code of its dimension, in any order; without any it
    /// is the whole site. The site is named by its host: who takes a site away and adds it again
    /// sees no second rounding of the same counts.
    pub fn new(site: &'a str, period: &'a str, mut labels: Vec<(u8, &'a str)>) -> Self {
        labels.sort_unstable();
        labels.dedup();
        Self { site, period, labels }
    }

    /// Its two values, if it has two.
    pub(super) fn joined(&self) -> Option<Joined> {
        match self.labels.as_slice() {
            [one, other] => Some([*one, *other].map(|(code, value)| (code, value.to_owned()))),
            _ => None,
        }
    }
}

/// Where the draws of a period are kept: one for all days of a month, so that asking every day
/// tells no more than asking once.
pub(super) fn draws_of(period: Period) -> String {
    match period {
        Period::Day(date) => format!("days of {}", Period::Month(date.first_of_month())),
        Period::Month(_) | Period::Year(_) => period.to_string(),
    }
}
