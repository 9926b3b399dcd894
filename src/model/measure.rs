//! What is measured: the kinds of hit a beacon can report and the figures kept of them.

/// What one hit reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindOfHit {
    /// A page shown to a person: the only kind that counts as a page view and makes a visitor.
    View,
    /// Something done on a page: a download, an outbound link, a page not found, a declared
    /// feature.
    Event,
    /// Whole seconds of visible reading time on a page.
    Reading(u16),
}

/// The figures of one line: a site, a page, a country, over an hour or a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Page views.
    pub views: u64,
    /// Distinct visitor keys on one site on one local day; over several days, the sum of the days.
    pub visitors: u64,
    /// Events other than page views.
    pub events: u64,
    /// Visible reading time, in seconds.
    pub reading_seconds: u64,
}

impl Measures {
    /// Adds another line's figures to these.
    pub fn add(&mut self, other: Self) {
        self.views += other.views;
        self.visitors += other.visitors;
        self.events += other.events;
        self.reading_seconds += other.reading_seconds;
    }
}
