//! The door out: a store's counts go in unreadable, and come out as published figures, rounded or
//! withheld.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::{Host, Measures, Metric, MetricValue, Zone};

/// A line of fewer visitors is withheld. Ten is the threshold of the ONS for research outputs and
/// the one that Parvis promises.
pub const VISITORS_MIN: u64 = 10;

/// Published figures are rounded to the nearest ten (CNIL, audience measurement exemption: reports
/// and exports "rounded to the nearest ten").
pub const ROUNDED_TO: u64 = 10;

/// The version of the rule, said in every output.
pub const RELEASE_RULE: &str = "release-1";

/// The line that stands for all lines whose label itself is withheld.
pub const WITHHELD_LABEL: &str = ":withheld";

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
    /// The figures.
    pub measures: Measures,
    /// Does the line hold figures of a day that is not closed?
    pub provisional: bool,
}

/// What a store has counted: made by a store, readable through [`release`] or with a [`StaffPass`].
pub struct Counts {
    heading: Heading,
    lines: Vec<CountLine>,
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

/// A figure as everybody may see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// Rounded to the nearest ten.
    Rounded(u64),
    /// A ratio of unrounded figures, itself rounded to a whole number; nothing where there is
    /// nothing to divide by.
    Ratio(Option<u64>),
    /// Not shown, because it is about few people.
    Withheld,
}

/// SDMX code list CL_OBS_STATUS, the codes in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObsStatus {
    /// `A`: a normal, final figure.
    Normal,
    /// `P`: provisional, of a day not yet closed.
    Provisional,
    /// `Q`: missing because suppressed.
    Suppressed,
}

/// SDMX code list CL_CONF_STATUS, the codes in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfStatus {
    /// `F`: free for publication.
    Free,
    /// `A`: withheld because the count is small.
    SmallCount,
}

impl ObsStatus {
    /// Its letter in the code list.
    pub fn code(self) -> &'static str {
        match self {
            Self::Normal => "A",
            Self::Provisional => "P",
            Self::Suppressed => "Q",
        }
    }
}

impl ConfStatus {
    /// Its letter in the code list.
    pub fn code(self) -> &'static str {
        match self {
            Self::Free => "F",
            Self::SmallCount => "A",
        }
    }
}

/// One published line.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedLine {
    /// A path, an hour or a day, or [`WITHHELD_LABEL`].
    pub label: String,
    /// The figures, in the order of [`Metric::ALL`].
    figures: [Figure; Metric::ALL.len()],
    /// Whether the figure is final.
    pub obs_status: ObsStatus,
    /// Why a figure is withheld.
    pub conf_status: ConfStatus,
}

impl PublishedLine {
    /// One of its figures.
    pub fn figure(&self, metric: Metric) -> Figure {
        let place = Metric::ALL.iter().position(|&one| one == metric);
        place.map_or(Figure::Withheld, |place| self.figures[place])
    }

    /// Are its figures withheld?
    pub fn is_withheld(&self) -> bool {
        self.conf_status != ConfStatus::Free
    }
}

/// Figures that may leave the service: made by [`release`] alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    heading: Heading,
    lines: Vec<PublishedLine>,
    provisional: bool,
}

impl Published {
    /// What the figures are about.
    pub fn heading(&self) -> &Heading {
        &self.heading
    }

    /// The lines, in the store's order; a line of withheld labels is the last.
    pub fn lines(&self) -> &[PublishedLine] {
        &self.lines
    }

    /// Is a day among them that is not yet closed?
    pub fn provisional(&self) -> bool {
        self.provisional
    }
}

/// Lets out what may be published. `now` decides only whether the period itself is still open.
pub fn release(counts: Counts, now: Timestamp) -> Published {
    let Counts { heading, lines } = counts;
    let today = heading.zone.day_at(now).date;
    let provisional = heading.last >= today || lines.iter().any(|line| line.provisional);
    let mut published: Vec<_> = Vec::with_capacity(lines.len());
    let mut labels_withheld = false;
    for line in lines {
        let shown = published_line(line);
        if shown.conf_status == ConfStatus::SmallCount && heading.labels_protected {
            labels_withheld = true;
        } else {
            published.push(shown);
        }
    }
    if labels_withheld {
        published.push(withheld(WITHHELD_LABEL.to_owned()));
    }
    Published { heading, lines: published, provisional }
}

fn published_line(line: CountLine) -> PublishedLine {
    if line.measures.visitors < VISITORS_MIN {
        return withheld(line.label);
    }
    PublishedLine {
        label: line.label,
        figures: Metric::ALL.map(|metric| match metric.of(&line.measures) {
            MetricValue::Count(count) => Figure::Rounded(rounded(count)),
            MetricValue::Ratio(ratio) => Figure::Ratio(ratio.map(|ratio| ratio.round() as u64)),
        }),
        obs_status: if line.provisional { ObsStatus::Provisional } else { ObsStatus::Normal },
        conf_status: ConfStatus::Free,
    }
}

fn withheld(label: String) -> PublishedLine {
    PublishedLine {
        label,
        figures: [Figure::Withheld; Metric::ALL.len()],
        obs_status: ObsStatus::Suppressed,
        conf_status: ConfStatus::SmallCount,
    }
}

/// To the nearest ten, halves up.
fn rounded(figure: u64) -> u64 {
    (figure + ROUNDED_TO / 2) / ROUNDED_TO * ROUNDED_TO
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(labels_protected: bool, lines: &[(&str, u64, u64)]) -> Counts {
        let heading = Heading {
            site: Host::parse("a.fr").unwrap(),
            zone: Zone::named("UTC").unwrap(),
            first: jiff::civil::date(2026, 11, 1),
            last: jiff::civil::date(2026, 11, 30),
            synthetic: false,
            labels_protected,
            staff_below_threshold: true,
        };
        let line = |&(label, views, visitors): &(&str, u64, u64)| CountLine {
            label: label.into(),
            measures: Measures { views, visitors, ..Measures::default() },
            provisional: false,
        };
        Counts::of_store(heading, lines.iter().map(line).collect())
    }

    fn later() -> Timestamp {
        "2027-01-01T00:00:00Z".parse().unwrap()
    }

    #[test]
    fn nine_visitors_are_withheld_and_ten_are_shown() {
        let published = release(counts(false, &[("d1", 900, 9), ("d2", 14, 10)]), later());
        assert_eq!(published.lines()[0], withheld("d1".into()));
        assert_eq!(published.lines()[1].figure(Metric::Views), Figure::Rounded(10));
        assert_eq!(published.lines()[1].figure(Metric::Visitors), Figure::Rounded(10));
        assert_eq!(published.lines()[1].obs_status.code(), "A");
    }

    #[test]
    fn a_withheld_path_does_not_appear() {
        let lines = [("/known", 15, 12), ("/secret", 3, 1), ("/other", 2, 2)];
        let published = release(counts(true, &lines), later());
        let labels: Vec<_> = published.lines().iter().map(|line| line.label.as_str()).collect();
        assert_eq!(labels, ["/known", WITHHELD_LABEL]);
        assert_eq!(published.lines()[0].figure(Metric::Views), Figure::Rounded(20));
    }

    #[test]
    fn a_period_that_has_not_ended_is_provisional() {
        let inside = "2026-11-30T23:59:59Z".parse().unwrap();
        assert!(release(counts(false, &[]), inside).provisional());
        assert!(!release(counts(false, &[]), later()).provisional());
    }
}
