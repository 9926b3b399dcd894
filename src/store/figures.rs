//! What is asked of the counts, and how.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::dimension;
use crate::model::Site;
use crate::privacy::Counts;
use crate::store::{Method, StoreError};

/// How a filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// The value is one of these.
    Is,
    /// The value is none of these.
    IsNot,
    /// The value contains one of these, whatever the case of their letters.
    Contains,
    /// The value starts with one of these.
    StartsWith,
}

/// A condition on one dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The dimension's code.
    pub dimension: u8,
    /// How it compares.
    pub test: Test,
    /// With what: keys of values, or pieces of what people read of them.
    pub values: Vec<String>,
    /// How values were spelled in the question, where an earlier version kept them so.
    pub spellings: Vec<String>,
}

impl Filter {
    /// Does it let a kept value pass?
    pub fn lets_pass(&self, value: &str) -> bool {
        match self.test {
            Test::Is => self.names(value),
            Test::IsNot => !self.names(value),
            Test::StartsWith => {
                let value = self.searchable(value);
                self.values.iter().any(|one| value.starts_with(one.as_str()))
            }
            Test::Contains => {
                let value = self.searchable(value).to_lowercase();
                self.values.iter().any(|one| value.contains(&one.to_lowercase()))
            }
        }
    }

    fn names(&self, value: &str) -> bool {
        self.values.iter().chain(&self.spellings).any(|one| one == value)
    }

    /// Does it look into a form that the store does not hold?
    pub fn is_of_readable_forms(&self) -> bool {
        let is_address = dimension::coded(self.dimension).is_some_and(|one| one.is_address);
        is_address && matches!(self.test, Test::StartsWith | Test::Contains)
    }

    fn searchable<'a>(&self, value: &'a str) -> Cow<'a, str> {
        match dimension::coded(self.dimension) {
            Some(dimension) => dimension.searchable(value),
            None => Cow::Borrowed(value),
        }
    }
}

/// What the lines of an answer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// One line of everything.
    Nothing,
    /// One line an hour; without filters.
    Hour,
    /// One line a day.
    Day,
    /// One line a week, from Monday on (ISO 8601), with the first day as its label.
    Week,
    /// One line a calendar month.
    Month,
    /// One line a calendar year.
    Year,
    /// One line a value of this dimension.
    Value(u8),
}

impl By {
    /// The dimension whose values the lines are.
    pub fn dimension(self) -> Option<u8> {
        match self {
            Self::Value(code) => Some(code),
            Self::Nothing | Self::Hour | Self::Day | Self::Week | Self::Month | Self::Year => None,
        }
    }

    /// The codes of the dimensions that a question with these filters names, each once: that of
    /// the lines first.
    pub fn named_with(self, filters: &[Filter]) -> Vec<u8> {
        let mut codes = Vec::new();
        for code in self.dimension().into_iter().chain(filters.iter().map(|one| one.dimension)) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }
}

/// A question to the figures of one site. It names at most two dimensions, and if two, a crossing
/// that is kept.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// Whose figures.
    pub site: &'a Site,
    /// The first day.
    pub first: Date,
    /// The last day, included.
    pub last: Date,
    /// What the lines are.
    pub by: By,
    /// Which hits.
    pub filters: &'a [Filter],
    /// When it is asked: from the site's today on nothing is final.
    pub now: Timestamp,
}

/// The figures, unreadable but through `privacy::release` or a staff pass.
pub trait Figures {
    /// The answer to a question: for values, most views first. No line is left out. Hours and
    /// days without any hit have no line.
    fn counts(&self, question: &Question<'_>) -> Result<Counts, StoreError>;
    /// The figures of every pair of values of the question's dimension and another one that is
    /// kept crossed with it, of closed days; filters are passed over.
    fn crossed(&self, question: &Question<'_>, other: u8) -> Result<Counts, StoreError>;
    /// The last day of a period that has figures of the site and no crossings: because it is open,
    /// or because an earlier version closed it.
    fn last_uncrossed(
        &self,
        site: &Site,
        first: Date,
        last: Date,
    ) -> Result<Option<Date>, StoreError>;
    /// The first day of the site that has figures.
    fn first_day(&self, site: &Site) -> Result<Option<Date>, StoreError>;
    /// How the days of a period on which something was counted were collected, each method once,
    /// in the order of [`Method::ALL`].
    fn methods(&self, site: &Site, first: Date, last: Date) -> Result<Vec<Method>, StoreError>;
    /// The titles of pages that came from so many networks.
    fn titles(
        &self,
        site: &Site,
        paths: &[&str],
        networks_min: u64,
    ) -> Result<Vec<Option<String>>, StoreError>;
    /// Hits not counted over the days, by reason.
    fn dropped(
        &self,
        site: &Site,
        first: Date,
        last: Date,
    ) -> Result<Vec<(String, u64)>, StoreError>;
}
