//! A calendar period of a file: one day, one month or one year, written as in its address.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// `2026-11-22`
    Day(Date),
    /// `2026-11`; the date is the first of the month.
    Month(Date),
    /// `2026`; the date is the first of January.
    Year(Date),
}

/// The text names no period.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a period: write a day as 2026-11-22, a month as 2026-11 or a year as 2026")]
pub struct PeriodError;

impl std::str::FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let digits = |part: &str, length: usize| {
            let whole = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            whole.then(|| part.parse::<i16>().ok()).flatten().ok_or(PeriodError)
        };
        let mut parts = text.split('-');
        let year = digits(parts.next().unwrap_or_default(), 4)?;
        let month = parts.next().map(|part| digits(part, 2)).transpose()?;
        let day = parts.next().map(|part| digits(part, 2)).transpose()?;
        if parts.next().is_some() {
            return Err(PeriodError);
        }
        let whole =
            |month: i16, day: i16| Date::new(year, month as i8, day as i8).map_err(|_| PeriodError);
        match (month, day) {
            (None, _) => Ok(Self::Year(date(year, 1, 1))),
            (Some(month), None) => Ok(Self::Month(whole(month, 1)?)),
            (Some(month), Some(day)) => Ok(Self::Day(whole(month, day)?)),
        }
    }
}

impl Period {
    /// Its first day.
    pub fn first(self) -> Date {
        match self {
            Self::Day(first) | Self::Month(first) | Self::Year(first) => first,
        }
    }

    /// Its last day.
    pub fn last(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month(first) => first.last_of_month(),
            Self::Year(first) => first.last_of_year(),
        }
    }

    /// The period before this one, of the same kind.
    pub fn previous(self) -> Self {
        let before = self.first().saturating_sub(1.day());
        match self {
            Self::Day(_) => Self::Day(before),
            Self::Month(_) => Self::Month(before.first_of_month()),
            Self::Year(_) => Self::Year(before.first_of_year()),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(formatter, "{day}"),
            Self::Month(first) => write!(formatter, "{:04}-{:02}", first.year(), first.month()),
            Self::Year(first) => write!(formatter, "{:04}", first.year()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_written_alike() {
        for text in ["2026-11-22", "2026-11", "2026", "2024-02-29"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for wrong in
            ["", "26", "2026-13", "2026-02-30", "2026-1", "2026-11-22-1", "2026-11-+1", "today"]
        {
            assert_eq!(wrong.parse::<Period>(), Err(PeriodError), "{wrong}");
        }
    }

    #[test]
    fn a_period_knows_its_days() {
        let month: Period = "2024-02".parse().unwrap();
        assert_eq!((month.first(), month.last()), (date(2024, 2, 1), date(2024, 2, 29)));
        assert_eq!(month.previous().to_string(), "2024-01");
    }
}
