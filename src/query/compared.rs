//! With which days those of a question are compared, and why others are not.

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
            Self::Weekdays => "weekdays",
            Self::Months => "months",
        }
    }
}

/// What an answer is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The first day of the other period.
    pub first: Date,
    /// Its last day.
    pub last: Date,
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
            days: 0,
            left_out: vec![(why, 0)],
            sites: (0, sites),
            not_collected: Vec::new(),
        }
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
