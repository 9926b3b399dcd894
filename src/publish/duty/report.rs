//! The reports of analytics.usa.gov that can be filled: their names, what they are by, and over
//! which days.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::model::Metric;
use crate::query::Span;

/// Which days before today a report is of, by the end of its name.
pub const RANGES: [&str; 8] = [
    "yesterday",
    "7-days",
    "30-days",
    "90-days",
    "current-year",
    "current-fiscal-year",
    "previous-year",
    "previous-fiscal-year",
];

/// The month in which a fiscal year of the United States begins.
const FISCAL_MONTH: i8 = 10;

/// What a line of a report is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// One of everything.
    Total,
    /// A day.
    Days,
    /// A site.
    Domains,
    /// A value of a dimension, in each calendar month.
    Months(&'static str),
    /// A value of a dimension, whatever its site.
    Values(&'static str),
    /// A page of a site.
    Pages,
}

/// A family of reports that differ in their days.
pub struct Report {
    /// The name without its days.
    pub name: &'static str,
    /// The days that there are of it; nothing where the name has none.
    pub ranges: &'static [&'static str],
    /// Its name for people.
    pub title: &'static str,
    /// What it is, with what is different here.
    pub description: &'static str,
    /// What a line is.
    pub lines: Lines,
    /// The columns that say what a line is: as they are asked for there, and as they are written.
    pub about: &'static [(&'static str, &'static str)],
    /// The figures, likewise; the first puts the lines in order.
    pub figures: &'static [(Metric, &'static str, &'static str)],
    /// Most lines, where the title names a number.
    pub limit: Option<usize>,
}

const USERS: (Metric, &str, &str) = (Metric::Visitors, "activeUsers", "activeUsers");
const VISITS: (Metric, &str, &str) = (Metric::Visits, "sessions", "visits");
const PAGE_VIEWS: (Metric, &str, &str) = (Metric::Views, "screenPageViews", "pageviews");
const DOMAIN: (&str, &str) = ("hostName", "domain");
const MONTH: (&str, &str) = ("yearMonth", "yearMonth");
const THIRTY: &[&str] = &["30-days"];

const fn by_month(
    name: &'static str,
    title: &'static str,
    description: &'static str,
    dimension: &'static str,
    about: &'static [(&'static str, &'static str)],
) -> Report {
    let (lines, figures) = (Lines::Months(dimension), &[USERS]);
    Report { name, ranges: &RANGES, title, description, lines, about, figures, limit: None }
}

/// Every family that can be filled.
pub const REPORTS: [Report; 13] = [
    Report {
        name: "total-sessions",
        ranges: THIRTY,
        title: "Sessions in the last 30 days",
        description: "Total count of visits in the last 30 days.",
        lines: Lines::Total,
        about: &[],
        figures: &[VISITS],
        limit: None,
    },
    Report {
        name: "daily-sessions",
        ranges: THIRTY,
        title: "Daily sessions over 30 days",
        description: "Visits broken down by day over 30 days.",
        lines: Lines::Days,
        about: &[("date", "date")],
        figures: &[VISITS],
        limit: None,
    },
    Report {
        name: "engagement-duration",
        ranges: THIRTY,
        title: "User engagement duration (30 Days)",
        description: "Seconds for which pages were visible, and visits, for the past 30 days.",
        lines: Lines::Total,
        about: &[],
        figures: &[
            (Metric::ReadingSeconds, "userEngagementDuration", "userEngagementDuration"),
            VISITS,
        ],
        limit: None,
    },
    by_month(
        "devices",
        "Devices",
        "Desktop/mobile/tablet demographics by user.",
        "device",
        &[MONTH, ("deviceCategory", "device")],
    ),
    by_month(
        "os",
        "Operating Systems",
        "Operating system demographics by user.",
        "system",
        &[MONTH, ("operatingSystem", "os")],
    ),
    by_month(
        "browsers",
        "Browsers",
        "Browser demographics by user.",
        "browser",
        &[MONTH, ("browser", "browser")],
    ),
    by_month(
        "languages",
        "Browser Language",
        "Browser language demographics by user; language and language code are both the code.",
        "language",
        &[MONTH, ("language", "language"), ("languageCode", "language_code")],
    ),
    Report {
        name: "top-countries",
        ranges: &RANGES,
        title: "Top Countries",
        description: "Countries of users, as ISO 3166-1 codes.",
        lines: Lines::Values("country"),
        about: &[("country", "country")],
        figures: &[USERS],
        limit: None,
    },
    Report {
        name: "top-viewed-pages",
        ranges: &RANGES,
        title: "Top 10000 pages people are viewing",
        description: "The top 10000 pages, measured by page views.",
        lines: Lines::Pages,
        about: &[DOMAIN, ("pagePath", "pagePath")],
        figures: &[PAGE_VIEWS],
        limit: Some(10_000),
    },
    Report {
        name: "top-pages-by-active-user",
        ranges: &RANGES,
        title: "Top 10000 pages by active users",
        description: "The top 10000 pages, measured by active users.",
        lines: Lines::Pages,
        about: &[DOMAIN, ("pagePath", "pagePath")],
        figures: &[USERS],
        limit: Some(10_000),
    },
    Report {
        name: "top-100000-domains",
        ranges: THIRTY,
        title: "Top 100000 Domains (30 Days)",
        description: "Last 30 days' domains, measured by page views and sessions.",
        lines: Lines::Domains,
        about: &[DOMAIN],
        figures: &[PAGE_VIEWS, VISITS],
        limit: Some(100_000),
    },
    Report {
        name: "top-domains",
        ranges: &RANGES,
        title: "Top Domains",
        description: "Top 30 domains, measured by visits.",
        lines: Lines::Domains,
        about: &[DOMAIN],
        figures: &[VISITS],
        limit: Some(30),
    },
    Report {
        name: "top-downloads",
        ranges: &RANGES,
        title: "Top Downloads",
        description: "Top 100 downloads; the page they were downloaded from is not said.",
        lines: Lines::Values("download"),
        about: &[("linkUrl", "linkUrl")],
        figures: &[(Metric::Events, "eventCount", "total_events")],
        limit: Some(100),
    },
];

/// The report of a name with its days.
pub fn named(name: &str) -> Option<(&'static Report, &'static str)> {
    REPORTS.iter().find_map(|report| {
        let range = name.strip_prefix(report.name)?.strip_prefix('-')?;
        report.ranges.iter().find(|one| **one == range).map(|range| (report, *range))
    })
}

/// The days of a range, of which yesterday is the last, or nothing if there is none yet.
pub fn span(range: &str, today: Date) -> Option<Span> {
    let yesterday = today.yesterday().ok()?;
    let back = |days: i32| Some((today.saturating_sub(days.days()), yesterday));
    let year = today.first_of_year();
    let fiscal = match today.month() < FISCAL_MONTH {
        true => date(today.year() - 1, FISCAL_MONTH, 1),
        false => date(today.year(), FISCAL_MONTH, 1),
    };
    let before = |first: Date| Some((first.saturating_sub(1.year()), first.yesterday().ok()?));
    let (first, last) = match range {
        "yesterday" => back(1),
        "7-days" => back(7),
        "30-days" => back(30),
        "90-days" => back(90),
        "current-year" => Some((year, yesterday)),
        "current-fiscal-year" => Some((fiscal, yesterday)),
        "previous-year" => before(year),
        "previous-fiscal-year" => before(fiscal),
        _ => None,
    }?;
    (first <= last).then_some(Span { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_end_yesterday_or_with_their_year() {
        let said = |range: &str, today: Date| {
            span(range, today).map(|span| format!("{} {}", span.first, span.last))
        };
        let today = date(2026, 11, 24);
        for (range, days) in [
            ("yesterday", "2026-11-23 2026-11-23"),
            ("7-days", "2026-11-17 2026-11-23"),
            ("current-year", "2026-01-01 2026-11-23"),
            ("current-fiscal-year", "2026-10-01 2026-11-23"),
            ("previous-year", "2025-01-01 2025-12-31"),
            ("previous-fiscal-year", "2025-10-01 2026-09-30"),
        ] {
            assert_eq!(said(range, today).as_deref(), Some(days), "{range}");
        }
        let fiscal = said("current-fiscal-year", date(2026, 9, 30));
        assert_eq!(fiscal.as_deref(), Some("2025-10-01 2026-09-29"));
        assert_eq!(said("current-year", date(2026, 1, 1)), None);
    }

    #[test]
    fn names_end_with_their_days() {
        assert!(named("devices-90-days").is_some_and(|(one, _)| one.name == "devices"));
        assert!(named("top-domains-previous-fiscal-year").is_some());
        assert!(named("total-sessions-7-days").is_none() && named("devices").is_none());
    }
}
