//! What a figure is about, whatever table it stands in: site, period and values.

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
}
