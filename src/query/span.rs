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

/// Days of 52 weeks: the same day of the week, nearly a year before.
const YEAR_DAYS: i32 = 52 * 7;

/// Days of the longest calendar year, one or two of which 52 weeks do not hold.
const YEAR_DAYS_MAX: i32 = 366;

/// Longer periods are compared with those of a year before: the season counts for more than
/// nearness.
const HALF_A_YEAR_DAYS: i32 = 26 * 7;

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

    /// One day.
    pub fn of_day(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// From the first to the last day of both.
    pub(super) fn to(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// How many days it has.
    pub fn days(self) -> i32 {
        self.first.until(self.last).map_or(0, |span| span.get_days()) + 1
    }

    /// The period to compare with: as many days of the same weekdays before this one. Up to half a
    /// year it is the nearest that does not overlap; longer ones follow the seasons, and are
    /// compared with the days 52 weeks before.
    pub fn previous(self) -> Self {
        match self.days() {
            days if days <= HALF_A_YEAR_DAYS => self.before(whole_weeks(days)),
            _ => self.year_before(),
        }
    }

    /// The days of the same weekdays 52 weeks before, or as many times 52 as keep most days of a
    /// longer period apart.
    pub fn year_before(self) -> Self {
        let years = (self.days() + YEAR_DAYS_MAX - 1).div_euclid(YEAR_DAYS_MAX);
        self.before(years * YEAR_DAYS)
    }

    /// The same number of days, so many days before.
    fn before(self, days: i32) -> Self {
        let before = |date: Date| date.saturating_sub(days.days());
        Self { first: before(self.first), last: before(self.last) }
    }
}

/// The days of as many whole weeks as hold so many days.
fn whole_weeks(days: i32) -> i32 {
    (days + 6).div_euclid(7) * 7
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
    fn the_period_before_has_as_many_days_of_the_same_weekdays() {
        let of = |from: &str, to: &str, before: fn(Span) -> Span| {
            let span = Span::between(from, to).unwrap();
            let other = before(span);
            assert_eq!(other.days(), span.days());
            assert_eq!(other.first.weekday(), span.first.weekday());
            (other.first.to_string(), other.last.to_string())
        };
        let previous = |from: &str, to: &str| of(from, to, Span::previous);
        let day = ("2026-11-22", "2026-11-22");
        assert_eq!(previous(day.0, day.1), days("2026-11-15", "2026-11-15"));
        assert_eq!(previous("2026-11-18", "2026-11-24"), days("2026-11-11", "2026-11-17"));
        assert_eq!(previous("2026-10-27", "2026-11-23"), days("2026-09-29", "2026-10-26"));
        // March has 31 days: those of five weeks before.
        assert_eq!(previous("2026-03-01", "2026-03-31"), days("2026-01-25", "2026-02-24"));
        assert_eq!(previous("2026-01-01", "2026-12-31"), days("2025-01-02", "2026-01-01"));
        let year = |from: &str, to: &str| of(from, to, Span::year_before);
        assert_eq!(year("2026-11-02", "2026-11-02"), days("2025-11-03", "2025-11-03"));
        assert_eq!(year("2026-02-01", "2026-02-28"), days("2025-02-02", "2025-03-01"));
        assert_eq!(year("2024-01-01", "2024-12-31"), days("2023-01-02", "2024-01-02"));
        assert_eq!(year("2024-01-01", "2025-12-31"), days("2022-01-03", "2024-01-03"));
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
