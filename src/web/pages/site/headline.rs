//! The figures at the head of a site's page, each with its change and what it is compared with.

use crate::model::Metric;
use crate::publish::metric_title;
use crate::query::{Answer, Days, QueryError, Scope, Shown, Span, Unanswerable, What, run};
use crate::web::frame::Frame;
use crate::web::pages::compared::{across, change_of, said};
use crate::web::pages::figures::{Change, figure_of, number, shown};
use crate::web::pages::labels;
use crate::web::pages::site::Making;
use crate::web::pages::site::links::{Links, links};

/// The figures that stand there.
const SHOWN: [Metric; 5] =
    [Metric::Views, Metric::Visitors, Metric::Visits, Metric::BounceRate, Metric::VisitSeconds];

/// One figure.
pub struct Card {
    /// What it is.
    pub title: &'static str,
    /// The figure, or that it is withheld.
    pub figure: String,
    /// Is there no figure?
    pub is_withheld: bool,
    /// How it has changed; nothing where there is no comparison.
    pub change: Option<Change>,
    /// Is it a sum of days of which each counts its own visitors?
    pub is_sum_of_days: bool,
}

/// The head of the page.
pub struct Headline {
    /// The days it is about.
    pub span: Span,
    /// Those days in words.
    pub days: String,
    /// What it is compared with, or why it is not, in words.
    pub compared: Vec<String>,
    /// The figures.
    pub cards: Vec<Card>,
    /// May they still change?
    pub is_provisional: bool,
    /// That only some of the days were collected, in words.
    pub gaps: Option<String>,
    /// Is a figure missing that the methods of some days cannot give?
    pub is_partly_measured: bool,
    /// Rates that are not published, by their names in words.
    pub without_rate: Option<String>,
    /// How many figures of days or months belong to the sums and are withheld.
    pub withheld: u32,
    /// Where the same can be had.
    pub links: Links,
}

/// What is said of days that nobody measured.
fn gaps(frame: &Frame, days: Days) -> Option<String> {
    let said = || frame.say("headline-gaps").with("begun", days.begun);
    let has_gaps = days.collected < days.begun;
    has_gaps.then(|| said().with("collected", days.collected).to_string())
}

/// Is a figure missing, though something was collected, because a method cannot give it?
fn cards_without(answer: &Answer) -> bool {
    answer.days.collected > 0 && answer.not_collected.iter().any(|metric| SHOWN.contains(metric))
}

/// The rates that have no figure though their days were measured: of so few visits they are not
/// published, or there is no visit to divide by.
fn without_rate(frame: &Frame, answer: &Answer) -> Option<String> {
    let row = answer.rows.first().filter(|row| row.obs_status != "L");
    let figures = answer.metrics.iter().zip(row.into_iter().flat_map(|row| &row.figures));
    let without =
        figures.filter(|(metric, figure)| SHOWN.contains(metric) && **figure == Shown::Ratio(None));
    let titles: Vec<_> =
        without.map(|(metric, _)| frame.locale.of(metric_title(*metric)).to_lowercase()).collect();
    (!titles.is_empty()).then(|| titles.join(", "))
}

/// Asks for the figures.
pub fn made(making: &Making<'_>) -> Result<Headline, QueryError> {
    let names = SHOWN.map(Metric::name).join(",");
    let comparison = making.asked.comparison();
    // What cannot be added up over several values is left out, if it is not asked for by name.
    let of_totals = |metrics: &str| {
        let others = ["interval", "sort", "limit", "page"].map(|name| (name, ""));
        let mut more = vec![("metrics", metrics), ("compare", comparison)];
        more.extend(others);
        making.asked.question(&more)
    };
    let (scope, asker) = (Scope::Site(making.site), making.asker());
    let mut pairs = of_totals(&names);
    let mut asked = run(&asker, scope, What::Totals, &pairs);
    if let Err(QueryError::Unanswerable(Unanswerable::Metric(_))) = asked {
        pairs = of_totals("");
        asked = run(&asker, scope, What::Totals, &pairs);
    }
    let (ask, answer) = asked?;
    let (frame, row) = (making.frame, answer.rows.first());
    let mut sentences = Vec::new();
    if let Some(compared) = &answer.compared {
        sentences = said(frame, compared);
        let of_site = (making.app, making.site.as_ref());
        sentences.extend(across(frame, of_site, compared, ask.span)?);
    }
    let card = |(place, metric): (usize, &Metric)| {
        let figure = figure_of(row, place);
        Card {
            title: frame.locale.of(metric_title(*metric)),
            figure: shown(frame, *metric, figure),
            is_withheld: number(figure).is_none(),
            change: change_of(frame, *metric, row, place),
            is_sum_of_days: *metric == Metric::Visitors && answer.first != answer.last,
        }
    };
    let of = |metric: &Metric| SHOWN.contains(metric);
    let cards = answer.metrics.iter().enumerate().filter(|(_, metric)| of(metric)).map(card);
    let path = format!("/api/v1/sites/{}/totals", making.site.host);
    Ok(Headline {
        span: ask.span,
        days: labels::span(frame, answer.first, answer.last),
        compared: sentences,
        cards: cards.collect(),
        is_provisional: answer.provisional,
        gaps: gaps(frame, answer.days),
        is_partly_measured: cards_without(&answer),
        without_rate: without_rate(frame, &answer),
        withheld: row.and_then(|row| row.cells).map_or(0, |cells| cells.withheld),
        links: links(frame, &path, &pairs),
    })
}
