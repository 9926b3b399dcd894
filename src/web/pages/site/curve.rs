//! The curve of a site: by hour, day, week or month, with what is withheld, missing or provisional
//! drawn as such, the breaks in the series, the table, and a sentence that reads it.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::{Metric, Period, Zone, ZoneDay};
use crate::publish::metric_title;
use crate::query::{Answer, Ask, Compared, QueryError, Row, Scope, Shown, Span, What, run};
use crate::store::{Break, By, StoreError};
use crate::web::chart::{Chart, Drawing, NARROW, Series, State, WIDE};
use crate::web::error::Refusal;
use crate::web::pages::breaks::joined;
use crate::web::pages::figures::{point, shown};
use crate::web::pages::key::{KeyLine, key};
use crate::web::pages::labels;
use crate::web::pages::site::Making;
use crate::web::pages::site::beside::{Other, other_figure};
use crate::web::pages::site::links::{Links, links};
use crate::web::pages::site::reading::reading;
use crate::web::pages::why::{Why, why};

/// Days up to which a curve goes by day, and up to which by week, unless the reader says otherwise.
const BY_DAY_MAX: i32 = 100;
const BY_WEEK_MAX: i32 = 400;

/// The metrics that a curve can show.
const METRICS: [Metric; 4] = [Metric::Views, Metric::Visitors, Metric::Visits, Metric::Events];

/// The intervals that the reader can choose; their texts are `interval-` and this.
const INTERVALS: [&str; 4] = ["day", "week", "month", "hour"];

/// One line of the table.
pub struct CurveRow {
    /// The day, week, month or hour.
    pub label: String,
    /// The same for programs, as HTML writes times.
    pub datetime: String,
    /// The figure, and the one of the period set beside.
    pub figure: String,
    /// The figure of the period set beside.
    pub compared: Option<String>,
    /// The name of its status: the text is `status-` and this.
    pub status: &'static str,
}

/// A break within the period.
pub struct BreakLine {
    /// Its number in the drawing.
    pub number: usize,
    /// When, in words.
    pub when: String,
    /// What happened, in words.
    pub what: String,
}

/// A choice among a few.
pub struct Choice {
    /// Its text.
    pub text: String,
    /// The page with it.
    pub href: String,
    /// Is it the one that is shown?
    pub is_current: bool,
}

/// The curve with all that stands beside it.
pub struct Curve {
    /// What it shows.
    pub title: String,
    /// What its lines are called.
    pub names: Vec<String>,
    /// Its key.
    pub key: Vec<KeyLine>,
    /// It as drawn for a desk and for a phone.
    pub drawings: [Drawing; 2],
    /// What it says, in a sentence or two.
    pub reading: String,
    /// The table.
    pub rows: Vec<CurveRow>,
    /// The breaks.
    pub breaks: Vec<BreakLine>,
    /// The metrics to choose from.
    pub metrics: Vec<Choice>,
    /// The intervals to choose from.
    pub intervals: Vec<Choice>,
    /// Where the same can be had.
    pub links: Links,
    /// Why there is no curve.
    pub problem: Option<Why>,
}

/// Asks for the figures and draws them; nothing where the filter leaves nothing to draw.
pub fn made(making: &Making<'_>, span: Span) -> Result<Option<Curve>, Refusal> {
    let metric = Metric::named(making.asked.metric()).filter(|one| METRICS.contains(one));
    let metric = metric.unwrap_or(Metric::Views);
    let interval = making.asked.get("interval").unwrap_or(match span.days() {
        1 if making.asked.filters().is_empty() => "hour",
        days if days <= BY_DAY_MAX => "day",
        days if days <= BY_WEEK_MAX => "week",
        _ => "month",
    });
    let comparison = making.asked.comparison();
    let question = [
        ("metrics", metric.name()),
        ("interval", interval),
        ("compare", comparison),
        ("sort", ""),
        ("limit", ""),
        ("page", ""),
    ];
    let pairs = making.asked.question(&question);
    let asker = making.asker();
    let (ask, answer) = match run(&asker, Scope::Site(making.site), What::Timeseries, &pairs) {
        Ok(answered) => answered,
        Err(QueryError::Store(error)) => return Err(error.into()),
        Err(error) => {
            return Ok(Some(without(making, metric, (&pairs, Some(why(making.frame, &error))))));
        }
    };
    let mut breaks = making.app.store.breaks(making.site, span.first, span.last)?;
    breaks.retain(|one| is_shown(making, metric, one));
    Ok(Some(drawn(making, metric, (&ask, &answer), &breaks, &pairs)?))
}

fn drawn(
    making: &Making<'_>,
    metric: Metric,
    (ask, answer): (&Ask, &Answer),
    breaks: &[Break],
    pairs: &[(String, String)],
) -> Result<Curve, StoreError> {
    let frame = making.frame;
    let mut curve = without(making, metric, (pairs, None));
    let own = answer.rows.iter().map(|row| point(row.figures.first().copied(), row.obs_status));
    let mut series = vec![Series {
        name: labels::span_short(frame, answer.first, answer.last),
        points: own.collect(),
    }];
    let mut others = Vec::new();
    let has_other = |_: &&Compared| answer.rows.iter().any(|row| row.compared.is_some());
    let compared = answer.compared.as_ref().filter(has_other);
    if let Some(compared) = compared {
        let other = Other::read(making, (ask, compared))?;
        let points = answer.rows.iter().map(|row| other.point(row)).collect();
        others = answer.rows.iter().map(|row| other.label(frame, row)).collect();
        series.push(Series { name: other.name(frame), points });
    }
    let numbered = placed(making, ask.by, answer, breaks);
    let labels = answer.rows.iter().map(|row| labels::time_short(frame, ask.by, &row.label));
    let chart = Chart {
        labels: labels.collect(),
        breaks: numbered.iter().map(|(place, line)| (*place, line.number)).collect(),
        series,
    };
    let written = |figure: f64| frame.locale.decimal(figure, 0);
    curve.drawings = [chart.drawn(WIDE, &written), chart.drawn(NARROW, &written)];
    curve.reading = reading(frame, metric, (ask, answer));
    curve.names = chart.series.iter().map(|series| series.name.clone()).collect();
    curve.key = key(frame, &chart.series, &[&chart.labels, &others]);
    curve.breaks = numbered.into_iter().map(|(_, line)| line).collect();
    curve.rows = rows(making, metric, (ask, answer), chart.series.get(1));
    curve.intervals = intervals(making, ask);
    Ok(curve)
}

fn rows(
    making: &Making<'_>,
    metric: Metric,
    (ask, answer): (&Ask, &Answer),
    other: Option<&Series>,
) -> Vec<CurveRow> {
    let frame = making.frame;
    let row = |(place, row): (usize, &Row)| {
        let compared = other.and_then(|other| other.points.get(place)).map(|point| {
            match (other_figure(row), point.state) {
                (Some(figure), _) => shown(frame, metric, figure),
                (None, State::Missing) => frame.say("not-collected").to_string(),
                (None, _) => frame.say("not-compared").to_string(),
            }
        });
        let figure = row.figures.first().copied().unwrap_or(Shown::Withheld);
        CurveRow {
            label: labels::time(frame, ask.by, &row.label),
            datetime: datetime(ask.by, &row.label),
            figure: shown(frame, metric, figure),
            compared,
            status: match row.obs_status {
                "P" => "provisional",
                "L" => "missing",
                "Q" => "withheld",
                _ => "final",
            },
        }
    };
    answer.rows.iter().enumerate().map(row).collect()
}

/// A line of a series as the element `time` of HTML has it: a week as `2026-W48`.
fn datetime(by: By, label: &str) -> String {
    match (by, label.parse::<Date>()) {
        (By::Week, Ok(date)) => {
            let week = date.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        _ => label.to_owned(),
    }
}

/// A curve of which only the choices are known.
fn without(
    making: &Making<'_>,
    metric: Metric,
    (pairs, problem): (&[(String, String)], Option<Why>),
) -> Curve {
    let frame = making.frame;
    let empty = Chart::default();
    let written = |figure: f64| frame.locale.decimal(figure, 0);
    let choice = |one: Metric| Choice {
        text: frame.locale.of(metric_title(one)).to_owned(),
        href: making.here(&making.asked.with("metric", one.name())),
        is_current: one == metric,
    };
    let path = format!("/api/v1/sites/{}/timeseries", making.site.host);
    Curve {
        title: frame.locale.of(metric_title(metric)).to_owned(),
        names: Vec::new(),
        key: Vec::new(),
        drawings: [empty.drawn(WIDE, &written), empty.drawn(NARROW, &written)],
        reading: String::new(),
        rows: Vec::new(),
        breaks: Vec::new(),
        metrics: METRICS.map(choice).into(),
        intervals: Vec::new(),
        links: links(frame, &path, pairs),
        problem,
    }
}

/// The intervals that make sense for so many days.
fn intervals(making: &Making<'_>, ask: &Ask) -> Vec<Choice> {
    let days = ask.span.days();
    let fits = |name: &str| match name {
        "hour" => days <= 7 && ask.filters.is_empty(),
        "day" => days <= BY_WEEK_MAX * 2,
        "week" => days > 14,
        _ => days > 60,
    };
    let choice = |name: &str| Choice {
        text: making.frame.say(format!("interval-{name}")).to_string(),
        href: making.here(&making.asked.with("interval", name)),
        is_current: name == interval_name(ask.by),
    };
    INTERVALS.into_iter().filter(|name| fits(name)).map(choice).collect()
}

fn interval_name(by: By) -> &'static str {
    match by {
        By::Hour => "hour",
        By::Week => "week",
        By::Month => "month",
        By::Year => "year",
        By::Day | By::Nothing | By::Value(_) => "day",
    }
}

/// The breaks of the period before the lines that they come before, with their numbers. What began
/// with the first line divides none of them.
fn placed(
    making: &Making<'_>,
    by: By,
    answer: &Answer,
    breaks: &[Break],
) -> Vec<(usize, BreakLine)> {
    let zone = &making.site.zone;
    let mut found: Vec<(usize, BreakLine)> = Vec::new();
    for one in joined(making.frame, zone, breaks) {
        let begins = |row: &Row| begins(by, &row.label, zone);
        let place = answer.rows.iter().rposition(|row| begins(row) <= Some(one.began));
        let Some(place) = place else { continue };
        if place == 0 && begins(&answer.rows[0]) == Some(one.began) {
            continue;
        }
        let number = match found.last() {
            // Several breaks of one line of the series are one line in the drawing.
            Some((at, line)) if *at == place => line.number,
            Some((_, line)) => line.number + 1,
            None => 1,
        };
        found.push((place, BreakLine { number, when: one.when, what: one.what }));
    }
    found
}

/// The first moment of a line of a series.
fn begins(by: By, label: &str, zone: &Zone) -> Option<Timestamp> {
    let date = match by {
        By::Month | By::Year => label.parse::<Period>().ok().map(Period::first),
        By::Hour => return label.parse().ok(),
        _ => label.get(..10)?.parse().ok(),
    };
    Some(ZoneDay { zone: zone.clone(), date: date? }.start())
}

/// Does a break alter what the curve shows: its metric, over the whole site or what is filtered?
fn is_shown(making: &Making<'_>, metric: Metric, one: &Break) -> bool {
    let words = &one.words;
    let of_metric =
        words.metrics.is_empty() || words.metrics.iter().any(|name| name == metric.name());
    let filtered = making.asked.filters();
    let is_filtered =
        |name: &str| filtered.iter().any(|filter| filter.split(':').next() == Some(name));
    let mut dimensions =
        words.dimensions.iter().map(String::as_str).chain(one.kind.dimensions().iter().copied());
    of_metric && (one.alters_whole_figures() || dimensions.any(is_filtered))
}
