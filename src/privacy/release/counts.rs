//! What a store has counted, unreadable but through the door out or with a staff pass.

use jiff::civil::Date;

use crate::model::{Host, Measures, Zone};
use crate::privacy::VISITORS_MIN;

/// What a set of counts is about. None of it is a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The site's host.
    pub site: Host,
    /// The zone of its days.
    pub zone: Zone,
    /// First day counted.
    pub first: Date,
    /// Last day counted.
    pub last: Date,
    /// Are the figures invented to show the product?
    pub synthetic: bool,
    /// May the labels of lines betray anybody? Hours and days may not; paths may.
    pub labels_protected: bool,
    /// May staff see lines of fewer visitors than the threshold? Not of what people typed.
    pub staff_below_threshold: bool,
}

/// One line of a store's answer.
pub struct CountLine {
    /// A path, a country; for a series the hour or the day.
    pub label: String,
    /// The value of the other breakdown, where two are crossed; else empty.
    pub second: String,
    /// The figures.
    pub measures: Measures,
    /// Does the line hold figures of a day that is not closed?
    pub provisional: bool,
}

/// What a store has counted: made by a store, readable through `release` or with a [`StaffPass`].
pub struct Counts {
    pub(super) heading: Heading,
    pub(super) lines: Vec<CountLine>,
}

impl Counts {
    /// What a store found, in the store's order.
    pub fn of_store(heading: Heading, lines: Vec<CountLine>) -> Self {
        Self { heading, lines }
    }

    /// What the counts are about.
    pub fn heading(&self) -> &Heading {
        &self.heading
    }

    /// The exact figures, for signed-in staff.
    pub fn exact(self, _pass: &StaffPass) -> Vec<CountLine> {
        let Self { heading, mut lines } = self;
        if !heading.staff_below_threshold {
            lines.retain(|line| line.measures.visitors >= VISITORS_MIN);
        }
        lines
    }
}

/// The proof that the asker is signed in.
pub struct StaffPass {
    login: String,
}

impl StaffPass {
    /// Made by the administrator's pages once a session is verified, and nowhere else.
    pub fn signed_in(login: String) -> Self {
        Self { login }
    }

    /// Who is signed in.
    pub fn login(&self) -> &str {
        &self.login
    }
}
