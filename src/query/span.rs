//! A period as it is asked for: a name, a calendar period, or two dates.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::Period;

/// The period of questions that name none: four whole weeks that have ended.
pub const PERIOD_DEFAULT: &str = "28d";

/// The period that the figures of others are of, for programs that expect it: it is no whole
/// number of weeks, so pages do not compare it unless asked to.
pub const PERIOD_COMPATIBLE: &str = "30d";

/// The periods that have a name.
pub const PERIOD_NAMES: [&str; 9] =
    ["today", "yesterday", "7d", PERIOD_DEFAULT, PERIOD_COMPATIBLE, "month", "year", "12mo", "all"];

/// Letters of a day as it is written, `2026-11-22`.
const DAY_LETTERS: usize = 10;

/// Days, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

/// Why a period cannot be understood.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SpanError {
    /// Not a name and not a calendar period.
    #[error(
        "{0:?} is no period: write today, yesterday, 7d, 28d, 30d, month, year, 12mo, all, a day \
         as 2026-11-22, a month as 2026-11, a year as 2026, or two days as from and to"
    )]
    Unknown(String),
    /// A date that is none.
    #[error("{0:?} is no day: write it as 2026-11-22")]
    Date(String),
    /// The last day comes before the first.
    #[error("the period ends before it begins: give from and to in the order of time")]
    Backwards,
}

impl Span {
    /// Reads the name of a period; `today` is the site's own, `oldest` its first day with figures.
    pub fn named(text: &str, today: Date, oldest: Date) -> Result<Self, SpanError> {
        let back = |days: i32| today.saturating_sub(days.days());
        let ended = |days: i32| Ok(Self { first: back(days), last: back(1) });
        let first = match text {
            "today" => today,
            "yesterday" => return ended(1),
            "7d" => return ended(7),
            PERIOD_DEFAULT => return ended(28),
            PERIOD_COMPATIBLE => return ended(30),
            "month" => today.first_of_month(),
            "year" => today.first_of_year(),
            "12mo" => today.first_of_month().saturating_sub(11.months()),
            "all" => oldest.min(today),
            _ => {
                let period: Period =
                    text.parse().map_err(|_| SpanError::Unknown(text.to_owned()))?;
                return Ok(Self { first: period.first(), last: period.last() });
            }
        };
        Ok(Self { first, last: today })
    }

    /// Reads two dates.
    pub fn between(from: &str, to: &str) -> Result<Self, SpanError> {
        let date = |text: &str| {
            let day = text.parse().ok().filter(|_| text.len() == DAY_LETTERS);
            day.ok_or_else(|| SpanError::Date(text.to_owned()))
        };
        let (first, last): (Date, Date) = (date(from)?, date(to)?);
        if last < first { Err(SpanError::Backwards) } else { Ok(Self { first, last }) }
    }

    /// How many days it has.
    pub fn days(self) -> i32 {
        self.first.until(self.last).map_or(0, |span| span.get_days()) + 1
    }

    /// The period of the same length before this one; of a calendar month or year the one before.
    pub fn previous(self) -> Self {
        let calendar = [Period::Month(self.first), Period::Year(self.first)];
        let whole = calendar
            .into_iter()
            .find(|period| self.first == first_of(*period) && self.last == period.last());
        match whole {
            Some(period) => {
                let before = period.previous();
                Self { first: before.first(), last: before.last() }
            }
            None => {
                let days = self.days().days();
                Self {
                    first: self.first.saturating_sub(days),
                    last: self.last.saturating_sub(days),
                }
            }
        }
    }

    /// The same days a year before; 29 February becomes the 28th.
    pub fn year_before(self) -> Self {
        let before = |date: Date| date.saturating_sub(1.year());
        Self { first: before(self.first), last: before(self.last) }
    }
}

/// The first day of the calendar period that a date lies in.
fn first_of(period: Period) -> Date {
    match period {
        Period::Day(day) => day,
        Period::Month(day) => day.first_of_month(),
        Period::Year(day) => day.first_of_year(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn span(text: &str) -> (String, String) {
        let span = Span::named(text, date(2026, 11, 24), date(2025, 3, 2)).unwrap();
        (span.first.to_string(), span.last.to_string())
    }

    fn days(first: &str, last: &str) -> (String, String) {
        (first.to_owned(), last.to_owned())
    }

    #[test]
    fn periods_of_days_have_ended_and_those_of_the_calendar_go_up_to_today() {
        assert_eq!(span("today"), days("2026-11-24", "2026-11-24"));
        assert_eq!(span("yesterday"), days("2026-11-23", "2026-11-23"));
        assert_eq!(span("7d"), days("2026-11-17", "2026-11-23"));
        assert_eq!(span("28d"), days("2026-10-27", "2026-11-23"));
        assert_eq!(span("30d"), days("2026-10-25", "2026-11-23"));
        assert_eq!(span("month"), days("2026-11-01", "2026-11-24"));
        assert_eq!(span("12mo"), days("2025-12-01", "2026-11-24"));
        assert_eq!(span("all"), days("2025-03-02", "2026-11-24"));
        assert_eq!(span("2026-02"), days("2026-02-01", "2026-02-28"));
        let today = date(2026, 11, 24);
        assert!(matches!(Span::named("8d", today, today), Err(SpanError::Unknown(_))));
    }

    #[test]
    fn the_period_before_has_the_same_length_or_is_the_calendar_s() {
        let previous = |from: &str, to: &str| {
            let span = Span::between(from, to).unwrap().previous();
            (span.first.to_string(), span.last.to_string())
        };
        assert_eq!(previous("2026-03-01", "2026-03-31"), days("2026-02-01", "2026-02-28"));
        assert_eq!(previous("2026-01-01", "2026-12-31"), days("2025-01-01", "2025-12-31"));
        assert_eq!(previous("2026-11-18", "2026-11-24"), days("2026-11-11", "2026-11-17"));
        let leap = Span::between("2024-02-29", "2024-03-01").unwrap().year_before();
        assert_eq!((leap.first.to_string(), leap.days()), ("2023-02-28".into(), 2));
    }

    #[test]
    fn two_dates_are_in_the_order_of_time() {
        assert_eq!(Span::between("2026-11-02", "2026-11-01"), Err(SpanError::Backwards));
        for text in ["2026-11", "20261101", "2026-11-01T00:00", "+002026-11-01"] {
            assert!(matches!(Span::between(text, "2026-11-01"), Err(SpanError::Date(_))), "{text}");
        }
    }

    #[test]
    fn every_name_is_a_period() {
        let today = date(2026, 11, 24);
        assert!(PERIOD_NAMES.iter().all(|name| Span::named(name, today, today).is_ok()));
    }
}
