//! With which days those of a question are compared, and why others are not.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::Metric;
use crate::query::span::Span;

/// Why days are not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// One of the two has not ended.
    Open,
    /// One of the two was not collected.
    NotCollected,
    /// A figure of one of the two is withheld.
    Withheld,
    /// The other one lies within the period itself, which is longer than the weeks between the two.
    Overlap,
    /// The other period has not as many days of the same weekdays.
    Weekdays,
    /// What is asked is published by whole months, and no two months have the same weekdays.
    Months,
}

impl Gap {
    /// Its name in answers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::NotCollected => "not_collected",
            Self::Withheld => "withheld",
            Self::Overlap => "overlap",
            Self::Weekdays => "weekdays",
            Self::Months => "months",
        }
    }
}

/// Days that follow each other, each with the day that it is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Days of the question.
    pub own: Span,
    /// As many days of the other period.
    pub other: Span,
}

impl Run {
    /// The pairs as runs.
    pub(super) fn of_pairs(days: &[(Date, Date)]) -> Vec<Self> {
        let mut runs: Vec<Self> = Vec::new();
        for &(own, other) in days {
            match runs.last_mut() {
                Some(run) if run.own.last.saturating_add(1.day()) == own => {
                    (run.own.last, run.other.last) = (own, other);
                }
                _ => runs.push(Self { own: Span::of_day(own), other: Span::of_day(other) }),
            }
        }
        runs
    }
}

/// What an answer is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The first day of the other period that is compared; where none is, of that period.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The days that are compared, as runs of days that follow each other on both sides, in the
    /// order of time: of several sites, those of the site with most of them.
    pub runs: Vec<Run>,
    /// Pairs of days that are compared: of several sites, as many as the site with most of them.
    pub days: usize,
    /// Pairs of days that are not, by reason.
    pub left_out: Vec<(Gap, usize)>,
    /// Sites of which days are compared, and all of the question.
    pub sites: (usize, usize),
    /// Metrics that the methods of one side cannot give.
    pub not_collected: Vec<Metric>,
}

impl Compared {
    /// Nothing is compared, for one reason.
    pub fn nothing(span: Span, why: Gap, sites: usize) -> Self {
        Self {
            first: span.first,
            last: span.last,
            runs: Vec::new(),
            days: 0,
            left_out: vec![(why, 0)],
            sites: (0, sites),
            not_collected: Vec::new(),
        }
    }

    /// Takes over the days of the site with most of them.
    pub(super) fn compare(&mut self, days: &[(Date, Date)], left_out: Vec<(Gap, usize)>) {
        self.days = days.len();
        self.left_out = left_out;
        self.left_out.sort_unstable();
        self.runs = Run::of_pairs(days);
        if let Some(other) = self.other() {
            (self.first, self.last) = (other.first, other.last);
        }
    }

    /// From the first to the last day of the question that is compared.
    pub fn own(&self) -> Option<Span> {
        let (first, last) = (self.runs.first()?, self.runs.last()?);
        Some(Span { first: first.own.first, last: last.own.last })
    }

    /// From the first to the last day that those are compared with.
    pub fn other(&self) -> Option<Span> {
        let (first, last) = (self.runs.first()?, self.runs.last()?);
        Some(Span { first: first.other.first, last: last.other.last })
    }

    /// Has the other period not as many days of the same weekdays?
    pub fn is_of_other_weekdays(&self) -> bool {
        self.left_out.iter().any(|(gap, _)| *gap == Gap::Weekdays)
    }

    /// Why nothing is compared: the reason of most days.
    pub fn obstacle(&self) -> Option<Gap> {
        let most = self.left_out.iter().max_by_key(|(_, days)| *days);
        most.map(|(gap, _)| *gap).filter(|_| self.days == 0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_gap_ends_a_run() {
        let pair = |day| (date(2026, 11, day), date(2026, 10, day));
        let runs = Run::of_pairs(&[pair(2), pair(3), pair(5)]);
        let days: Vec<_> = runs.iter().map(|run| (run.own.days(), run.other.days())).collect();
        assert_eq!(days, [(2, 2), (1, 1)]);
        assert_eq!(runs[1].other.first, date(2026, 10, 5));
    }
}
