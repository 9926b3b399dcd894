//! What a store has counted, unreadable but through the door out or with a staff pass.

use hashbrown::HashSet;
use jiff::Timestamp;
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
    pub(in crate::privacy) heading: Heading,
    pub(in crate::privacy) lines: Vec<CountLine>,
    /// The lines of which nothing can be said unless something was counted.
    pub(in crate::privacy) down: HashSet<String>,
    /// The same of the whole period.
    pub(in crate::privacy) is_down: bool,
    /// Are its lines not kept? Then it adds up to nothing.
    pub(in crate::privacy) lacks_details: bool,
    /// How many values it can have, if they are known beforehand.
    pub(in crate::privacy) known: Option<usize>,
}

impl Counts {
    /// What a store found, in the store's order.
    pub fn of_store(heading: Heading, lines: Vec<CountLine>) -> Self {
        Self {
            heading,
            lines,
            down: HashSet::new(),
            is_down: false,
            lacks_details: false,
            known: None,
        }
    }

    /// The collector did not run in the whole period: nothing is what is known of it, and not that
    /// nobody came.
    pub fn without_collector(mut self) -> Self {
        self.is_down = true;
        self
    }

    /// It can have so many values, which are known beforehand.
    pub fn with_known(self, known: Option<usize>) -> Self {
        Self { known, ..self }
    }

    /// Is every value that is known beforehand among so many published lines? Else those that are
    /// not there are withheld, whether anybody had them or not.
    pub(in crate::privacy) fn names_all(&self, published: usize) -> bool {
        self.is_down || self.known.is_none_or(|known| published >= known)
    }

    /// Its lines are not kept, or not all of them: a part would be taken for the whole.
    pub fn without_details(self) -> Self {
        Self { lines: Vec::new(), is_down: true, lacks_details: true, ..self }
    }

    /// The hours in which the collector ran, and those in which it did not, by their labels. Each
    /// has a line.
    pub fn with_hours(mut self, up: Vec<String>, down: Vec<String>) -> Self {
        for label in up.iter().chain(&down) {
            if !self.lines.iter().any(|line| line.label == *label) {
                let (label, second) = (label.clone(), String::new());
                let measures = Measures::default();
                self.lines.push(CountLine { label, second, measures, provisional: false });
            }
        }
        // An hour that clocks show twice has two labels, and their order is not that of letters.
        self.lines.sort_by_key(|line| line.label.parse::<Timestamp>().ok());
        self.down.extend(down);
        self
    }

    /// What the counts are about.
    pub fn heading(&self) -> &Heading {
        &self.heading
    }

    /// Are there more lines than this?
    pub fn has_more_lines_than(&self, most: usize) -> bool {
        self.lines.len() > most
    }

    /// The exact figures, for signed-in staff.
    pub fn exact(self, _pass: &StaffPass) -> Vec<CountLine> {
        let Self { heading, mut lines, .. } = self;
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
