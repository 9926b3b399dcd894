//! The series of a comparison: each is a question to the figures, and its answer laid beside the
//! others.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::{Metric, Site};
use crate::query::{
    Answer, Asker, Days, PERIOD_DEFAULT, QueryError, Row, Scope, Span, What, run, time_label,
};
use crate::store::By;
use crate::web::chart::{Point, Series, State};
use crate::web::frame::Frame;
use crate::web::pages::asked::written;
use crate::web::pages::figures::{figure_of, point, shown};
use crate::web::pages::labels;
use crate::web::pages::site::{Links, links};

/// The figures of the table of totals.
pub const TOTALS: [Metric; 3] = [Metric::Views, Metric::Visitors, Metric::Visits];

/// Days up to which series go by day, and up to which by week.
const BY_DAY_MAX: i32 = 100;
const BY_WEEK_MAX: i32 = 400;

/// A site and a period that are to be compared.
pub struct AskedSeries {
    site: Arc<Site>,
    period: String,
    is_of_period: bool,
}

/// One of the compared.
pub struct Compared {
    /// What it is called: the site, or the period.
    pub name: String,
    /// The site.
    pub site: Arc<Site>,
    /// The days.
    pub span: Span,
    /// Its figures over the whole period.
    pub totals: Vec<String>,
    /// How many days of the period those figures are of, and how many have begun.
    pub days: Days,
    /// The page that shows it alone.
    pub page: String,
    by: By,
    answer: Answer,
    /// The labels of all its days, weeks or months up to today, in order.
    keys: Vec<String>,
    pairs: Vec<(String, String)>,
}

/// What stands below the points, in few letters and in full, and the labels of the lines there.
pub struct Labels {
    /// In few letters.
    pub short: Vec<String>,
    /// In full.
    pub long: Vec<String>,
    keys: Vec<String>,
    is_by_place: bool,
}

/// What is compared: several sites over one period, or one site over several.
pub fn asked_series(sites: &[Arc<Site>], periods: &[String]) -> Vec<AskedSeries> {
    let usual = [PERIOD_DEFAULT.to_owned()];
    let periods = if periods.is_empty() { &usual[..] } else { periods };
    let is_of_period = periods.len() > 1;
    let of = |site: &Arc<Site>| {
        let site = site.clone();
        let series = move |period: &String| AskedSeries {
            site: site.clone(),
            period: period.clone(),
            is_of_period,
        };
        periods.iter().map(series).collect::<Vec<_>>()
    };
    sites.iter().flat_map(of).collect()
}

impl AskedSeries {
    /// Asks for it.
    pub fn answered(
        self,
        asker: &Asker<'_>,
        frame: &Frame,
        metric: Metric,
        interval: Option<&str>,
    ) -> Result<Compared, QueryError> {
        let scope = Scope::Site(&self.site);
        let mut pairs = vec![("period".to_owned(), self.period.clone())];
        if let Some((from, to)) = self.period.split_once("..") {
            pairs = vec![("from".to_owned(), from.to_owned()), ("to".to_owned(), to.to_owned())];
        }
        let page = format!("/sites/{}{}", self.site.host, written(&pairs));
        let names = TOTALS.map(Metric::name).join(",");
        let mut of_totals = pairs.clone();
        of_totals.push(("metrics".to_owned(), names));
        let (ask, totals) = run(asker, scope, What::Totals, &of_totals)?;
        let interval = interval.unwrap_or(match ask.span.days() {
            days if days <= BY_DAY_MAX => "day",
            days if days <= BY_WEEK_MAX => "week",
            _ => "month",
        });
        pairs.push(("metrics".to_owned(), metric.name().to_owned()));
        pairs.push(("interval".to_owned(), interval.to_owned()));
        let (ask, answer) = run(asker, scope, What::Timeseries, &pairs)?;
        let row = totals.rows.first();
        let total =
            |(place, metric): (usize, &Metric)| shown(frame, *metric, figure_of(row, place));
        let name = match self.is_of_period {
            true => labels::span(frame, answer.first, answer.last),
            false => self.site.host.readable().into_owned(),
        };
        Ok(Compared {
            name,
            span: ask.span,
            totals: TOTALS.iter().enumerate().map(total).collect(),
            days: totals.days,
            keys: keys(ask.by, ask.span, self.site.zone.day_at(asker.now).date, &answer),
            page,
            by: ask.by,
            answer,
            pairs,
            site: self.site,
        })
    }
}

impl Compared {
    /// Where its curve can be had.
    pub fn links(&self, frame: &Frame) -> Links {
        links(frame, &format!("/api/v1/sites/{}/timeseries", self.site.host), &self.pairs)
    }
}

/// The labels of the days, weeks or months of a span up to today, whether or not the series has a
/// line there; hours are those that it has.
fn keys(by: By, span: Span, today: Date, answer: &Answer) -> Vec<String> {
    if by == By::Hour {
        return answer.rows.iter().map(|row| row.label.clone()).collect();
    }
    let days = span.first.series(1.day()).take_while(|date| *date <= span.last.min(today));
    let mut keys: Vec<_> = days.map(|date| time_label(by, date)).collect();
    keys.dedup();
    keys
}

/// The labels of all series: their days, or, where periods are compared, the places within them.
pub fn labels_of(frame: &Frame, compared: &[Compared], is_by_place: bool) -> Labels {
    let by = compared.first().map_or(By::Day, |one| one.by);
    let keys = compared.iter().map(|one| &one.keys);
    if is_by_place {
        let most = keys.map(Vec::len).max().unwrap_or_default();
        let unit = match by {
            By::Week => "compare-week",
            By::Month => "compare-month",
            _ => "compare-day",
        };
        let long = (1..=most).map(|place| frame.say(unit).with("place", place).to_string());
        let short = (1..=most).map(|place| frame.locale.number(place as u64));
        let (short, long) = (short.collect(), long.collect());
        return Labels { short, long, keys: Vec::new(), is_by_place };
    }
    let keys: BTreeSet<_> = keys.flatten().cloned().collect();
    let keys: Vec<_> = keys.into_iter().collect();
    Labels {
        short: keys.iter().map(|key| labels::time_short(frame, by, key)).collect(),
        long: keys.iter().map(|key| labels::time(frame, by, key)).collect(),
        keys,
        is_by_place,
    }
}

/// A series with each figure in its place.
pub fn placed(one: &Compared, labels: &Labels) -> Series {
    let rows = one.answer.rows.iter();
    let rows: HashMap<&str, &Row> = rows.map(|row| (row.label.as_str(), row)).collect();
    let own: HashSet<&str> = one.keys.iter().map(String::as_str).collect();
    let key = |place: usize| match labels.is_by_place {
        true => one.keys.get(place),
        false => labels.keys.get(place).filter(|key| own.contains(key.as_str())),
    };
    let of = |place: usize| match key(place).map(|key| rows.get(key.as_str())) {
        Some(Some(row)) => point(row.figures.first().copied(), row.obs_status),
        // Before its first line a site was not measured.
        Some(None) => Point { figure: None, state: State::Missing },
        // A period has no 31st day, or has not come to it.
        None => Point { figure: None, state: State::Absent },
    };
    Series { name: one.name.clone(), points: (0..labels.long.len()).map(of).collect() }
}

/// Makes a series one of indices: 100 is its first final figure above nothing.
pub fn indexed(series: &mut Series) {
    let is_base = |point: &&Point| {
        point.state == State::Final && point.figure.is_some_and(|figure| figure > 0.0)
    };
    let base = series.points.iter().find(is_base).and_then(|point| point.figure);
    for point in &mut series.points {
        point.figure = match (point.figure, base) {
            (Some(figure), Some(base)) => Some(figure / base * 100.0),
            _ => None,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(figures: &[Option<f64>]) -> Series {
        let point = |figure: &Option<f64>| Point { figure: *figure, state: State::Final };
        Series { name: String::new(), points: figures.iter().map(point).collect() }
    }

    #[test]
    fn an_index_begins_at_100_with_the_first_figure_above_nothing() {
        let mut one = series(&[None, Some(0.0), Some(50.0), Some(75.0)]);
        indexed(&mut one);
        let figures: Vec<_> = one.points.iter().map(|point| point.figure).collect();
        assert_eq!(figures, [None, Some(0.0), Some(100.0), Some(150.0)]);
    }

    #[test]
    fn without_a_figure_to_begin_with_there_is_no_index() {
        let mut one = series(&[Some(0.0), None]);
        indexed(&mut one);
        assert!(one.points.iter().all(|point| point.figure.is_none()));
    }
}
