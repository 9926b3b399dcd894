//! Sets the store's exact figures beside those of the model: every day, hour, breakdown, crossing
//! and period.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use parvis::dimension::{CROSSINGS, named};
use parvis::model::Site;
use parvis::privacy::StaffPass;
use parvis::store::{By, Figures as _, Filter, Question, SqliteStore, Test};

use crate::brute::{Condition, Day, Figures, NOTHING, sum};
use crate::said::DIMENSIONS;

/// Lines of fewer visitors than this are shown to nobody where people typed the values.
pub const VISITORS_MIN: u64 = 10;

/// From before the first stream until after the last.
const ALL_TIME: (Date, Date) = (date(2010, 1, 1), date(2030, 12, 31));

/// Dimensions whose values people typed.
pub const TYPED: [&str; 2] = ["search", "title"];

/// Figures by label.
pub type Lines = BTreeMap<String, Figures>;

/// The first difference, in words.
pub type Difference = String;

/// How much is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Days that may be open: no crossings.
    Open,
    /// Closed days, each with its crossings.
    Closed,
    /// Closed days that were compared before: crossings of the period as a whole.
    Again,
}

/// Which crossings are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Crossings {
    None,
    /// The first dimension under filters on the second.
    OneWay,
    /// Each dimension under filters on the other.
    BothWays,
}

/// One site's answers.
pub struct Answers<'a> {
    pub store: &'a SqliteStore,
    pub site: Arc<Site>,
}

impl Answers<'_> {
    /// The store's lines.
    pub fn lines(&self, first: Date, last: Date, by: By, filters: &[Filter]) -> Lines {
        let question = Question { site: &self.site, first, last, by, filters, now: Timestamp::MAX };
        let pass = StaffPass::signed_in("model".to_owned());
        let lines = self.store.counts(&question).unwrap().exact(&pass);
        let lines = lines.into_iter().map(|line| (line.label, line.measures.figures()));
        lines.collect()
    }
}

/// Values whose hits say nothing to count have no line. Hours and days that had a hit have one.
pub fn without_nothing(lines: Lines) -> Lines {
    lines.into_iter().filter(|(_, figures)| *figures != NOTHING).collect()
}

/// One filter of the store.
pub fn filter(dimension: &str, test: Test, values: &[&str]) -> Filter {
    let dimension = named(dimension).unwrap().code;
    Filter {
        dimension,
        test,
        values: values.iter().map(|value| value.to_string()).collect(),
        spellings: Vec::new(),
    }
}

/// Are these two the same?
pub fn same(what: &dyn Fn() -> String, product: &Lines, model: &Lines) -> Result<(), Difference> {
    if product == model {
        return Ok(());
    }
    let labels = product.keys().chain(model.keys());
    let label = labels.into_iter().find(|label| product.get(*label) != model.get(*label)).unwrap();
    let (product, model) = (product.get(label), model.get(label));
    Err(format!(
        "{}, {label:?}: the product says {product:?} and the model {model:?} (views, visitors, \
         visits, bounces, events, reading seconds, views over, events over)",
        what()
    ))
}

/// Compares every day of the model, and every site's period as a whole.
pub fn compare(
    store: &SqliteStore,
    sites: &[Arc<Site>],
    days: &[Day],
    depth: Depth,
) -> Result<(), Difference> {
    for (number, site) in sites.iter().enumerate() {
        let answers = Answers { store, site: site.clone() };
        let mut days: Vec<&Day> = days.iter().filter(|day| day.site == number).collect();
        days.sort_by_key(|day| day.date);
        let (of_day, of_period) = match depth {
            Depth::Open => (Crossings::None, Crossings::None),
            Depth::Closed => (Crossings::OneWay, Crossings::BothWays),
            Depth::Again => (Crossings::None, Crossings::BothWays),
        };
        for day in &days {
            compare_period(&answers, &[day], of_day)?;
            compare_hours(&answers, day)?;
        }
        if !days.is_empty() {
            compare_period(&answers, &days, of_period)?;
        }
        compare_series(&answers, &days)?;
    }
    Ok(())
}

fn compare_period(
    answers: &Answers<'_>,
    days: &[&Day],
    crossings: Crossings,
) -> Result<(), Difference> {
    let (first, last) = ends(days);
    let at = |what: &str| format!("{} from {first} to {last}: {what}", answers.site.host);
    let total = added(days, &[]);
    let whole = Lines::from([(String::new(), total)]);
    let product = answers.lines(first, last, By::Nothing, &[]);
    same(&|| at("totals"), &product, &whole)?;
    let mut pages = NOTHING;
    for dimension in shown_by_themselves() {
        let by = By::Value(named(dimension).unwrap().code);
        let product = answers.lines(first, last, by, &[]);
        let model = breakdown(days, dimension, &[], &[dimension]);
        same(&|| at(dimension), &product, &model)?;
        if dimension == "page" {
            pages = product.values().copied().fold(NOTHING, sum);
        }
    }
    // The figures agree with each other: a hit has one page, and a bounce as well.
    for place in [0, 3, 4, 5, 6, 7] {
        if pages[place] != total[place] {
            return Err(at(&format!("pages add up to {pages:?} and the site has {total:?}")));
        }
    }
    for (one, other) in CROSSINGS.into_iter().filter(|_| crossings != Crossings::None) {
        compare_crossing(answers, days, (one.name, other.name))?;
        if crossings == Crossings::BothWays {
            compare_crossing(answers, days, (other.name, one.name))?;
        }
    }
    Ok(())
}

fn compare_crossing(
    answers: &Answers<'_>,
    days: &[&Day],
    (shown, filtered): (&str, &str),
) -> Result<(), Difference> {
    let (first, last) = ends(days);
    let involved = [shown, filtered];
    let by = By::Value(named(shown).unwrap().code);
    let mut of_values = Lines::new();
    for value in all_values(days, filtered) {
        let at = || {
            let host = &answers.site.host;
            format!("{host} from {first} to {last}: {shown} where {filtered} is {value:?}")
        };
        let filters = [filter(filtered, Test::Is, &[&value])];
        let product = answers.lines(first, last, by, &filters);
        let is_it = |said: &str| said == value;
        let model = breakdown(days, shown, &[(filtered, &is_it)], &involved);
        same(&at, &product, &model)?;
        for (label, figures) in product {
            let line = of_values.entry(label).or_insert(NOTHING);
            *line = sum(*line, figures);
        }
    }
    if involved.iter().any(|name| TYPED.contains(name)) {
        return Ok(());
    }
    // No pair is there that the model does not know.
    let filters = [filter(filtered, Test::IsNot, &["no such value"])];
    let product = answers.lines(first, last, by, &filters);
    let at = || format!("{} from {first} to {last}: {shown} by {filtered}", answers.site.host);
    same(&at, &product, &of_values)
}

fn compare_hours(answers: &Answers<'_>, day: &Day) -> Result<(), Difference> {
    let product = answers.lines(day.date, day.date, By::Hour, &[]);
    let model = day.hours().into_iter().map(|hour| (hour.clone(), day.count_hour(&hour)));
    let at = || format!("{} on {}: hours", answers.site.host, day.date);
    same(&at, &product, &model.collect())?;
    let hours = product.values().copied().fold(NOTHING, sum);
    let [views, visitors, visits, _, events, reading, ..] = day.count(&[]);
    if (hours[0], hours[2], hours[4], hours[5]) != (views, visits, events, reading) {
        return Err(format!("{}: hours add up to {hours:?}", at()));
    }
    // Who views is a visitor and has a visit; views without a visitor make neither.
    if visitors > visits || visits > views {
        return Err(format!("{}: {visitors} visitors, {visits} visits, {views} views", at()));
    }
    Ok(())
}

/// Days, weeks, months and years of all time: also the days on which the model has nothing.
fn compare_series(answers: &Answers<'_>, days: &[&Day]) -> Result<(), Difference> {
    let (first, last) = ALL_TIME;
    let month = |date: Date| format!("{:04}-{:02}", date.year(), date.month());
    let week = |date: Date| {
        let back = i64::from(date.weekday().to_monday_zero_offset());
        (date - jiff::ToSpan::days(back)).to_string()
    };
    type Label<'a> = &'a dyn Fn(Date) -> String;
    let labels: [(By, Label<'_>); 4] = [
        (By::Day, &|date| date.to_string()),
        (By::Week, &week),
        (By::Month, &month),
        (By::Year, &|date| format!("{:04}", date.year())),
    ];
    for (by, label) in labels {
        let mut model = Lines::new();
        for day in days {
            let line = model.entry(label(day.date)).or_insert(NOTHING);
            *line = sum(*line, day.count(&[]));
        }
        let product = answers.lines(first, last, by, &[]);
        let at = || format!("{} from {first} to {last} by {by:?}", answers.site.host);
        same(&at, &product, &model)?;
    }
    Ok(())
}

/// The first and the last of some days.
pub fn ends(days: &[&Day]) -> (Date, Date) {
    let dates = days.iter().map(|day| day.date);
    (dates.clone().min().unwrap(), dates.max().unwrap())
}

/// The sum over days.
pub fn added(days: &[&Day], conditions: &[Condition<'_>]) -> Figures {
    days.iter().map(|day| day.count(conditions)).fold(NOTHING, sum)
}

/// Every value of a dimension on some days.
pub fn all_values(days: &[&Day], dimension: &str) -> Vec<String> {
    let mut values: Vec<_> = days.iter().flat_map(|day| day.all_values(dimension)).collect();
    values.sort();
    values.dedup();
    values
}

/// The dimensions that have lines to show: titles stand beside their pages.
pub fn shown_by_themselves() -> impl Iterator<Item = &'static str> {
    DIMENSIONS.into_iter().map(|(dimension, _)| dimension).filter(|name| *name != "title")
}

/// The model's lines of a dimension under conditions, as staff may see them.
pub fn breakdown(
    days: &[&Day],
    dimension: &str,
    conditions: &[Condition<'_>],
    involved: &[&str],
) -> Lines {
    let mut lines = Lines::new();
    for value in all_values(days, dimension) {
        let is_it = |said: &str| said == value;
        let all: Vec<Condition<'_>> = conditions
            .iter()
            .copied()
            .chain([(dimension, &is_it as &dyn Fn(&str) -> bool)])
            .collect();
        let figures = added(days, &all);
        lines.insert(value, figures);
    }
    let mut lines = without_nothing(lines);
    if involved.iter().any(|name| TYPED.contains(name)) {
        lines.retain(|_, figures| figures[1] >= VISITORS_MIN);
    }
    lines
}
