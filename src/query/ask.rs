//! A whole question, read from the parameters of an address or of a command.

use jiff::civil::Date;

use crate::dimension::{self, Dimension};
use crate::model::Metric;
use crate::query::filter::{FilterError, read_all};
use crate::query::span::{PERIOD_DEFAULT, Span, SpanError};
use crate::store::{By, Filter};

/// Lines of one page of results, unless asked for otherwise.
pub const LIMIT_DEFAULT: usize = 100;

/// Most lines of one page of results. There are as many pages as it takes.
pub const LIMIT_MAX: usize = 10_000;

/// The last page of results that may be asked for.
pub const PAGE_MAX: usize = 1_000_000;

/// Days of a period that may be asked for by the hour.
const HOURLY_DAYS_MAX: i32 = 92;

/// What the lines of the answer are.
#[derive(Clone, Copy)]
pub enum What {
    /// One line.
    Totals,
    /// One line an hour, day, week, month or year.
    Timeseries,
    /// One line a value.
    Breakdown(&'static Dimension),
}

impl What {
    /// What tells it from all others.
    pub fn name(self) -> String {
        match self {
            Self::Totals => "totals".to_owned(),
            Self::Timeseries => "timeseries".to_owned(),
            Self::Breakdown(dimension) => format!("breakdown/{}", dimension.name),
        }
    }
}

/// Which period the figures are set beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The one before.
    Previous,
    /// The same days a year before.
    YearBefore,
    /// A given one.
    Fixed(Span),
}

/// In which order the lines come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// By a metric, the largest first or last; equal ones by value.
    Metric(Metric, bool),
    /// By value.
    Value(bool),
}

/// A question.
#[derive(Clone)]
pub struct Ask {
    /// What the lines are.
    pub what: What,
    /// The period.
    pub span: Span,
    /// How the store groups the lines.
    pub by: By,
    /// The metrics, in the order of their columns; nothing for all that can be answered.
    pub metrics: Option<Vec<Metric>>,
    /// The filters.
    pub filters: Vec<Filter>,
    /// The period set beside.
    pub comparison: Option<Comparison>,
    /// The order of a breakdown's lines.
    pub sort: Sort,
    /// Lines of one page of results.
    pub limit: usize,
    /// Which page, from 1.
    pub page: usize,
}

/// Why a question cannot be understood.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum AskError {
    /// The period.
    #[error(transparent)]
    Span(#[from] SpanError),
    /// A filter.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// A parameter that nobody knows.
    #[error(
        "there is no parameter {0:?}: there are period, from, to, interval, metrics, filter, \
         compare, sort, limit and page"
    )]
    Parameter(String),
    /// A parameter given twice.
    #[error("the parameter {0} is given twice")]
    Twice(&'static str),
    /// Not a metric.
    #[error("there is no metric {name:?}: there are {}", metric_names())]
    Metric {
        /// What was written.
        name: String,
    },
    /// Not an interval.
    #[error("{0:?} is no interval: write hour, day, week, month or year")]
    Interval(String),
    /// A period twice, in two ways.
    #[error("give a period, or from and to, but not both")]
    TwoPeriods,
    /// An order by what is not in the answer.
    #[error("lines are put in order by what they show: add {0} to metrics, or sort by one of them")]
    SortApart(&'static str),
    /// By the hour over too long a period, or with filters.
    #[error("hours are answered for at most {HOURLY_DAYS_MAX} days, and of whole sites only")]
    Hourly,
    /// Not an order.
    #[error("{0:?} is no order: write value or a metric, with - before it for the largest first")]
    Sort(String),
    /// Not a number in its bounds.
    #[error("{0} is a whole number from 1 to {1}")]
    Number(&'static str, usize),
    /// Not a comparison.
    #[error("{0:?} is no comparison: write previous, year, or a period such as 2025-11 or a..b")]
    Comparison(String),
}

impl AskError {
    /// Is each parameter as it should be, and only what they are together is not?
    pub fn is_of_the_whole(&self) -> bool {
        matches!(
            self,
            Self::TwoPeriods | Self::SortApart(_) | Self::Hourly | Self::Span(SpanError::Backwards)
        )
    }
}

fn metric_names() -> String {
    Metric::ALL.map(Metric::name).join(", ")
}

/// The parameters as they are written.
#[derive(Default)]
struct Written {
    period: Option<String>,
    from: Option<String>,
    to: Option<String>,
    interval: Option<String>,
    metrics: Option<String>,
    filters: Vec<String>,
    compare: Option<String>,
    sort: Option<String>,
    limit: Option<String>,
    page: Option<String>,
}

impl Written {
    fn read(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, AskError> {
        let mut written = Self::default();
        for (name, value) in pairs {
            let (place, name) = match name.as_str() {
                "period" => (&mut written.period, "period"),
                "from" => (&mut written.from, "from"),
                "to" => (&mut written.to, "to"),
                "interval" => (&mut written.interval, "interval"),
                "metrics" => (&mut written.metrics, "metrics"),
                "compare" => (&mut written.compare, "compare"),
                "sort" => (&mut written.sort, "sort"),
                "limit" => (&mut written.limit, "limit"),
                "page" => (&mut written.page, "page"),
                "filter" => {
                    written.filters.push(value);
                    continue;
                }
                _ => return Err(AskError::Parameter(name)),
            };
            if place.replace(value).is_some() {
                return Err(AskError::Twice(name));
            }
        }
        Ok(written)
    }

    fn span(&self, today: Date, oldest: Date) -> Result<Span, AskError> {
        let today_text = today.to_string();
        if self.period.is_some() && (self.from.is_some() || self.to.is_some()) {
            return Err(AskError::TwoPeriods);
        }
        match (&self.from, &self.to) {
            (None, None) => {
                let period = self.period.as_deref().unwrap_or(PERIOD_DEFAULT);
                Ok(Span::named(period, today, oldest)?)
            }
            (Some(from), to) => Ok(Span::between(from, to.as_deref().unwrap_or(&today_text))?),
            (None, Some(to)) => Ok(Span::between(&oldest.to_string(), to)?),
        }
    }
}

impl Ask {
    /// Reads a question; `today` is the site's own, `oldest` its first day with figures.
    pub fn read(
        what: What,
        pairs: impl Iterator<Item = (String, String)>,
        today: Date,
        oldest: Date,
    ) -> Result<Self, AskError> {
        let written = Written::read(pairs)?;
        let span = written.span(today, oldest)?;
        let filters = read_all(&written.filters)?;
        let by = match what {
            What::Totals => By::Nothing,
            What::Breakdown(dimension) => By::Value(dimension.code),
            What::Timeseries => interval(written.interval.as_deref(), span)?,
        };
        if by == By::Hour && (span.days() > HOURLY_DAYS_MAX || !filters.is_empty()) {
            return Err(AskError::Hourly);
        }
        let comparison = written.compare.as_deref();
        let metrics = written.metrics.as_deref().map(metrics).transpose()?;
        Ok(Self {
            what,
            span,
            by,
            sort: order(what, written.sort.as_deref(), metrics.as_deref())?,
            metrics,
            filters,
            comparison: comparison.map(|text| compared(text, today, oldest)).transpose()?,
            limit: number("limit", written.limit.as_deref(), LIMIT_DEFAULT, LIMIT_MAX)?,
            page: number("page", written.page.as_deref(), 1, PAGE_MAX)?,
        })
    }
}

fn interval(text: Option<&str>, span: Span) -> Result<By, AskError> {
    match text {
        None if span.days() == 1 => Ok(By::Hour),
        None | Some("day") => Ok(By::Day),
        Some("hour") => Ok(By::Hour),
        Some("week") => Ok(By::Week),
        Some("month") => Ok(By::Month),
        Some("year") => Ok(By::Year),
        Some(text) => Err(AskError::Interval(text.to_owned())),
    }
}

fn metrics(text: &str) -> Result<Vec<Metric>, AskError> {
    let mut metrics = Vec::new();
    for name in text.split(',').map(str::trim) {
        let metric =
            Metric::named(name).ok_or_else(|| AskError::Metric { name: name.to_owned() })?;
        if !metrics.contains(&metric) {
            metrics.push(metric);
        }
    }
    Ok(metrics)
}

fn compared(text: &str, today: Date, oldest: Date) -> Result<Comparison, AskError> {
    let wrong = |error| match error {
        SpanError::Backwards => AskError::Span(error),
        _ => AskError::Comparison(text.to_owned()),
    };
    Ok(match (text, text.split_once("..")) {
        ("previous", _) => Comparison::Previous,
        ("year", _) => Comparison::YearBefore,
        (_, Some((from, to))) => Comparison::Fixed(Span::between(from, to).map_err(wrong)?),
        (_, None) => Comparison::Fixed(Span::named(text, today, oldest).map_err(wrong)?),
    })
}

/// The order that is asked for. Without one: most views first (what was done has events and no
/// views), or most of the first metric if those are not in the answer.
fn order(what: What, text: Option<&str>, metrics: Option<&[Metric]>) -> Result<Sort, AskError> {
    let is_shown = |metric: &Metric| metrics.is_none_or(|shown| shown.contains(metric));
    let Some(text) = text else {
        let usual = match what {
            What::Breakdown(dimension) if dimension.of.is_of_deeds() => Metric::Events,
            What::Totals | What::Timeseries | What::Breakdown(_) => Metric::Views,
        };
        let first = metrics.and_then(|metrics| metrics.first().copied()).unwrap_or(usual);
        return Ok(Sort::Metric(if is_shown(&usual) { usual } else { first }, true));
    };
    match sort(text)? {
        Sort::Metric(metric, _) if !is_shown(&metric) => Err(AskError::SortApart(metric.name())),
        known => Ok(known),
    }
}

fn sort(text: &str) -> Result<Sort, AskError> {
    let (name, is_descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
    if name == "value" {
        return Ok(Sort::Value(is_descending));
    }
    let metric = Metric::named(name).ok_or_else(|| AskError::Sort(text.to_owned()))?;
    Ok(Sort::Metric(metric, is_descending))
}

fn number(
    name: &'static str,
    text: Option<&str>,
    default: usize,
    most: usize,
) -> Result<usize, AskError> {
    let Some(text) = text else { return Ok(default) };
    let number = text.parse().ok().filter(|number| (1..=most).contains(number));
    number.ok_or(AskError::Number(name, most))
}

/// Finds a dimension by its name in an address.
pub fn dimension_named(name: &str) -> Result<&'static Dimension, FilterError> {
    dimension::named(name).ok_or_else(|| FilterError::Dimension(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn ask(what: What, query: &str) -> Result<Ask, AskError> {
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        Ask::read(what, pairs, date(2026, 11, 24), date(2025, 1, 1))
    }

    #[test]
    fn what_is_not_said_has_its_default() {
        let ask = ask(What::Timeseries, "").unwrap();
        assert_eq!((ask.span.days(), ask.by), (28, By::Day));
        assert_eq!((ask.limit, ask.page, ask.metrics), (LIMIT_DEFAULT, 1, None));
    }

    #[test]
    fn everything_can_be_said() {
        let query = "from=2026-11-01&to=2026-11-10&metrics=visits,views&filter=page:is:/a\
                     &compare=year&sort=-visits&limit=5&page=2";
        let ask = ask(What::Breakdown(dimension_named("country").unwrap()), query).unwrap();
        assert_eq!(ask.span.days(), 10);
        assert_eq!(ask.metrics, Some(vec![Metric::Visits, Metric::Views]));
        assert_eq!(ask.comparison, Some(Comparison::YearBefore));
        assert_eq!(ask.sort, Sort::Metric(Metric::Visits, true));
        assert_eq!((ask.limit, ask.page, ask.filters.len()), (5, 2, 1));
    }

    #[test]
    fn each_mistake_is_named() {
        let wrong = |query: &str| ask(What::Timeseries, query).err().unwrap();
        assert_eq!(wrong("days=3"), AskError::Parameter("days".into()));
        assert_eq!(wrong("period=7d&period=7d"), AskError::Twice("period"));
        assert_eq!(wrong("metrics=hits"), AskError::Metric { name: "hits".into() });
        assert_eq!(wrong("interval=minute"), AskError::Interval("minute".into()));
        assert_eq!(wrong("interval=hour&period=all"), AskError::Hourly);
        assert_eq!(wrong("sort=up"), AskError::Sort("up".into()));
        assert_eq!(wrong("limit=0"), AskError::Number("limit", LIMIT_MAX));
        assert_eq!(wrong("compare=before"), AskError::Comparison("before".into()));
        let backwards = wrong("compare=2026-02-01..2026-01-01");
        assert!(backwards.is_of_the_whole() && !wrong("compare=before").is_of_the_whole());
        assert_eq!(wrong("page=1000001"), AskError::Number("page", PAGE_MAX));
        assert!(wrong("period=x").to_string().contains("7d"));
        assert_eq!(wrong("period=7d&to=2026-11-20"), AskError::TwoPeriods);
        assert_eq!(wrong("metrics=visits&sort=-views"), AskError::SortApart("views"));
    }
}
