//! One breakdown of a site's page: a table first, with a bar beside each figure; each row filters.

use crate::dimension::{DIRECT, Dimension, OVERFLOW};
use crate::model::Metric;
use crate::privacy::names_no_value;
use crate::publish::dataset_of;
use crate::query::{Answer, QueryError, Row, Scope, Shown, Sort, Span, Unanswerable, What, run};
use crate::web::error::Refusal;
use crate::web::pages::asked::value_of;
use crate::web::pages::figures::{bar, number, percent, shown};
use crate::web::pages::labels;
use crate::web::pages::site::Making;
use crate::web::pages::site::column::{Column, columns, metrics_of};
use crate::web::pages::site::links::{Links, links};
use crate::web::pages::why::{Why, plain, why};

/// Rows of a block; its own page has them all.
const ROWS_MAX: &str = "10";

/// The breakdowns of the page, in their order, by the names of their dimensions.
pub const BLOCKS: [&str; 13] = [
    "page",
    "section",
    "entry_page",
    "source",
    "source_kind",
    "country",
    "device",
    "browser",
    "system",
    "download",
    "search",
    "outlink",
    "missing",
];

/// One row.
pub struct BlockRow {
    /// What it is called.
    pub label: String,
    /// Is the label a path, an address or words as they were written?
    pub is_verbatim: bool,
    /// The page filtered by it; nothing for what has no name.
    pub href: Option<String>,
    /// Its title, where it is a page that has one.
    pub title: Option<String>,
    /// The figures.
    pub figures: Vec<String>,
    /// Is the first figure withheld?
    pub is_withheld: bool,
    /// The length of its bar, in hundredths of the longest.
    pub bar: f64,
}

/// A breakdown.
pub struct Block {
    /// Its place in addresses.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The head of the column that says what its rows are.
    pub head: Column,
    /// The heads of the other columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<BlockRow>,
    /// How many there are in all.
    pub rows_total: usize,
    /// The page that has them all.
    pub all: String,
    /// What it says, in a sentence or two.
    pub reading: String,
    /// Where the same can be had.
    pub links: Links,
    /// Why there is nothing, and a page on which there is something.
    pub problem: Option<(Why, Option<String>)>,
}

/// What becomes of a breakdown on the page.
pub enum Outcome {
    /// It is shown.
    Shown(Box<Block>),
    /// It is not kept together with the filter.
    Apart,
    /// There is nothing to say: it is filtered itself, or the site has no such thing.
    Left,
}

/// Asks for a breakdown.
pub fn made(
    making: &Making<'_>,
    dimension: &'static Dimension,
    span: Span,
) -> Result<Outcome, Refusal> {
    let is_own = |filter: &&str| value_of(filter).is_some_and(|one| one.0.code == dimension.code);
    if making.asked.filters().iter().any(is_own) {
        return Ok(Outcome::Left);
    }
    let names = metrics_of(dimension).map(Metric::name).join(",");
    let order = making.asked.order_of(dimension).unwrap_or_default();
    let more = [
        ("metrics", names.as_str()),
        ("limit", ROWS_MAX),
        ("page", ""),
        ("sort", order),
        ("interval", ""),
        ("compare", ""),
    ];
    let pairs = making.asked.question(&more);
    let asker = making.asker();
    let what = What::Breakdown(dimension);
    let mut block = empty(making, dimension, &pairs);
    match run(&asker, Scope::Site(making.site), what, &pairs) {
        Ok((_, answer)) if answer.rows.is_empty() => return Ok(nothing(making, dimension, block)),
        Ok((ask, answer)) => {
            (block.head, block.columns) = heads(making, dimension, Some(ask.sort));
            block.rows = rows(making, dimension, &answer)?;
            block.rows_total = answer.rows_total;
            block.reading = reading(making, dimension, &answer);
        }
        Err(QueryError::Store(error)) => return Err(error.into()),
        Err(QueryError::Unanswerable(Unanswerable::NotCrossed(..) | Unanswerable::TooMany(_))) => {
            return Ok(Outcome::Apart);
        }
        Err(error) => {
            let why = why(making.frame, &error);
            let months = whole_months(span).map(|span| making.asked.with_span(span));
            let instead = why.instead.as_ref().map(|(period, _)| making.asked.with_period(period));
            let href = months.or(instead).map(|query| making.here(&query));
            block.problem = Some((why, href));
        }
    }
    Ok(Outcome::Shown(Box::new(block)))
}

/// A breakdown without a row: said of what every site has, and left out of what few sites use.
fn nothing(making: &Making<'_>, dimension: &Dimension, mut block: Block) -> Outcome {
    let is_optional = ["section", "source_kind", "search", "outlink", "download", "missing"];
    if is_optional.contains(&dimension.name) {
        return Outcome::Left;
    }
    let text = making.frame.say("block-empty").to_string();
    block.problem = Some((plain(text), None));
    Outcome::Shown(Box::new(block))
}

fn empty(making: &Making<'_>, dimension: &'static Dimension, pairs: &[(String, String)]) -> Block {
    let locale = making.frame.locale;
    let title = dataset_of(dimension.name).map(|dataset| locale.of(dataset.title()));
    let (head, columns) = heads(making, dimension, None);
    let path = format!("/api/v1/sites/{}/breakdown/{}", making.site.host, dimension.name);
    let list = format!("/sites/{}/{}", making.site.host, dimension.name);
    let query = making.asked.of_list(dimension);
    Block {
        name: dimension.name,
        title: title.unwrap_or(head.title),
        head,
        columns,
        rows: Vec::new(),
        rows_total: 0,
        all: making.frame.to(&format!("{list}{query}")),
        reading: String::new(),
        links: links(making.frame, &path, pairs),
        problem: None,
    }
}

/// The heads of the columns, each of which leads back to the block.
fn heads(
    making: &Making<'_>,
    dimension: &Dimension,
    sorted: Option<Sort>,
) -> (Column, Vec<Column>) {
    columns(making.frame, dimension, sorted, |order| {
        let query = making.asked.with_order_of(dimension, order);
        format!("{}#{}", making.here(&query), dimension.name)
    })
}

/// The rows of an answer.
pub fn rows(
    making: &Making<'_>,
    dimension: &'static Dimension,
    answer: &Answer,
) -> Result<Vec<BlockRow>, Refusal> {
    let metrics = &answer.metrics;
    let first = |row: &Row| row.figures.first().copied().unwrap_or(Shown::Withheld);
    let most = answer.rows.iter().filter_map(|row| number(first(row))).fold(0.0, f64::max).max(1.0);
    let paths: Vec<String> = match dimension.name {
        "page" | "entry_page" | "exit_page" => {
            answer.rows.iter().map(|row| dimension.key(&row.label)).collect()
        }
        _ => Vec::new(),
    };
    let paths: Vec<_> = paths.iter().map(String::as_str).collect();
    let titles = match paths.is_empty() {
        true => Vec::new(),
        false => {
            let least = making.site.rules.visitors_min;
            making.app.store.titles(making.site, &paths, least)?
        }
    };
    let row = |(place, row): (usize, &Row)| {
        let is_named = !names_no_value(&row.label) && row.label != OVERFLOW;
        let with = || making.here(&making.asked.with_value(dimension, &row.label));
        let figures = metrics.iter().zip(&row.figures);
        BlockRow {
            label: labels::value(making.frame, dimension, &row.label),
            is_verbatim: row.label.starts_with('/') || dimension.name == "search",
            href: is_named.then(with),
            title: titles.get(place).cloned().flatten(),
            figures: figures
                .map(|(metric, figure)| shown(making.frame, *metric, *figure))
                .collect(),
            is_withheld: number(first(row)).is_none(),
            bar: bar(number(first(row)).unwrap_or_default(), most),
        }
    };
    Ok(answer.rows.iter().enumerate().map(row).collect())
}

/// Reads the table, and says what it does not tell.
pub fn reading(making: &Making<'_>, dimension: &Dimension, answer: &Answer) -> String {
    let frame = making.frame;
    let first = |row: &Row| row.figures.first().copied().and_then(number);
    let is_named = |row: &&Row| !names_no_value(&row.label);
    let named = || answer.rows.iter().filter(is_named);
    let total: f64 = named().filter_map(first).sum();
    let mut text = Vec::new();
    let adds_up = dimension.of.hits_add_up() && answer.rows.len() == answer.rows_total;
    // Whatever the order of the table, the sentence is about the largest.
    let largest = named().filter_map(first).reduce(f64::max);
    if let Some(figure) = largest
        && named().count() > 1
        && adds_up
        && total > 0.0
    {
        let tied: Vec<_> = named().filter(|row| first(row) == largest).collect();
        let label = |row: &&Row| labels::value(frame, dimension, &row.label);
        let said = match tied.as_slice() {
            [one, other] => {
                let said = frame.say("reading-first-two").with("label", label(one));
                said.with("other", label(other))
            }
            [one] => frame.say("reading-first").with("label", label(one)),
            several => frame.say("reading-first-several").with("count", several.len()),
        };
        text.push(said.with("share", percent(frame, figure / total * 100.0, 0)).to_string());
    }
    if answer.rows_withheld > 0 {
        let said = frame.say("reading-rest").with("least", making.site.rules.visitors_min);
        text.push(said.to_string());
    }
    if dimension.name.starts_with("source") && named().any(|row| row.label == DIRECT) {
        text.push(frame.say("reading-direct").to_string());
    }
    text.join(" ")
}

/// The whole months within a span, if there are any.
fn whole_months(span: Span) -> Option<Span> {
    let first = match span.first {
        date if date == date.first_of_month() => date,
        date => date.last_of_month().tomorrow().ok()?,
    };
    let last = match span.last {
        date if date == date.last_of_month() => date,
        date => date.first_of_month().yesterday().ok()?,
    };
    (first < last).then_some(Span { first, last })
}
