//! Up to six sites, or up to six periods of one site, side by side: as they are, or as indices of
//! 100, with what makes them hard to compare said first.

mod series;

use std::sync::Arc;

use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::model::{Host, Metric, Site, Sites};
use crate::publish::beside::{Warning, comparability, comparable};
use crate::publish::metric_title;
use crate::query::{Days, QueryError};
use crate::web::App;
use crate::web::chart::{Chart, Drawing, NARROW, Series, State, WIDE};
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::pages::asked::{Asked, PERIODS};
use crate::web::pages::breaks::{JoinedBreak, joined};
use crate::web::pages::key::{KeyLine, key};
use crate::web::pages::site::{Choice, Links};
use crate::web::pages::why::why;

use series::{Compared, asked_series, indexed, labels_of, placed};

/// Sites or periods that are compared at once: more lines cannot be told apart.
pub const COMPARED_MAX: usize = 6;

/// Hosts that the fields suggest.
const SUGGESTED_MAX: usize = 500;

/// The metrics to choose from.
const METRICS: [Metric; 4] = [Metric::Views, Metric::Visitors, Metric::Visits, Metric::Events];

/// The value of `show` that asks for indices.
const INDEXED: &str = "index";

/// A line of the table of totals.
struct Total {
    name: String,
    href: String,
    figures: Vec<String>,
    /// That only some of the days were measured.
    measured: Option<String>,
    links: Links,
}

/// A row of the table of the curves.
struct Row {
    label: String,
    cells: Vec<String>,
}

/// A break of one of the series.
struct BreakLine {
    about: String,
    when: String,
    what: String,
}

#[derive(Template)]
#[template(path = "compare.html")]
struct ComparePage {
    frame: Frame,
    hosts: Vec<String>,
    sites: Vec<String>,
    periods: Vec<String>,
    suggested: Vec<&'static str>,
    metrics: Vec<Choice>,
    shows: Vec<Choice>,
    metric: String,
    is_index: bool,
    problems: Vec<String>,
    warnings: Vec<String>,
    breaks: Vec<BreakLine>,
    heads: Vec<&'static str>,
    totals: Vec<Total>,
    is_of_sites: bool,
    names: Vec<String>,
    key: Vec<KeyLine>,
    drawings: Option<[Drawing; 2]>,
    rows: Vec<Row>,
    kept: Vec<(String, String)>,
}

/// `GET /compare`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let asked = Asked::of(request.query_string());
    let page = web::block(move || made(frame, &app, &asked)).await??;
    page.frame.answer(&request, &page)
}

fn made(frame: Frame, app: &App, asked: &Asked) -> Result<ComparePage, Refusal> {
    let all = app.collector.sites();
    let metric = Metric::named(asked.metric()).filter(|one| METRICS.contains(one));
    let metric = metric.unwrap_or(Metric::Views);
    let is_index = asked.get("show") == Some(INDEXED);
    let (sites, periods, mut problems) = chosen(&frame, &all, asked);
    let asker = app.public_asker();
    let mut compared: Vec<Compared> = Vec::new();
    for one in asked_series(&sites, &periods) {
        match one.answered(&asker, &frame, metric, asked.get("interval")) {
            Ok(one) => compared.push(one),
            Err(QueryError::Store(error)) => return Err(error.into()),
            Err(error) => problems.push(why(&frame, &error).text),
        }
    }
    let is_of_periods = sites.len() == 1 && compared.len() > 1;
    let labels = labels_of(&frame, &compared, is_of_periods);
    let mut series: Vec<_> = compared.iter().map(|one| placed(one, &labels)).collect();
    if is_index {
        series.iter_mut().for_each(indexed);
    }
    let written = |figure: f64| frame.locale.decimal(figure, 0);
    let rows = rows(&frame, &labels.long, &series);
    // Below periods there are bare numbers: the key says of what.
    let places: Vec<_> = labels.long.iter().map(|label| label.to_lowercase()).collect();
    let key = key(&frame, &series, &[if is_of_periods { &places } else { &labels.short }]);
    let chart = Chart { labels: labels.short, series, breaks: Vec::new() };
    let drawn = || [chart.drawn(WIDE, &written), chart.drawn(NARROW, &written)];
    let (warnings, breaks) = beside(app, &frame, &sites, &compared)?;
    let here = |query: String| frame.to(&format!("/compare{query}"));
    let metric_choice = |one: Metric| Choice {
        text: frame.locale.of(metric_title(one)).to_owned(),
        href: here(asked.with("metric", one.name())),
        is_current: one == metric,
    };
    let show = |name: &str, value: &str| Choice {
        text: frame.say(format!("compare-show-{name}")).to_string(),
        href: here(asked.with("show", value)),
        is_current: is_index == (value == INDEXED),
    };
    let heads = series::TOTALS.map(|metric| frame.locale.of(metric_title(metric)));
    let hosts = all.all().iter().take(SUGGESTED_MAX);
    let hosts = hosts.map(|site| site.host.readable().into_owned());
    Ok(ComparePage {
        hosts: hosts.collect(),
        sites: sites.iter().map(|site| site.host.readable().into_owned()).collect(),
        periods,
        suggested: PERIODS.into(),
        metrics: METRICS.map(metric_choice).into(),
        shows: vec![show("figures", ""), show("index", INDEXED)],
        metric: frame.locale.of(metric_title(metric)).to_owned(),
        is_index,
        problems,
        warnings,
        breaks,
        heads: heads.into(),
        is_of_sites: sites.len() > 1,
        key,
        names: chart.series.iter().map(|one| one.name.clone()).collect(),
        drawings: (!chart.labels.is_empty()).then(drawn),
        totals: compared.iter().map(|one| total(&frame, one)).collect(),
        rows,
        kept: asked.without_several(&["site", "period"]),
        frame,
    })
}

/// The sites and periods that are asked for, as far as they can be compared, and what is left out.
fn chosen(frame: &Frame, all: &Sites, asked: &Asked) -> (Vec<Arc<Site>>, Vec<String>, Vec<String>) {
    let mut problems = Vec::new();
    let mut sites: Vec<Arc<Site>> = Vec::new();
    for host in asked.several("site") {
        let typed = Host::parse(host).ok();
        match typed.and_then(|host| all.by_host(host.as_str())) {
            Some(site) if sites.iter().any(|one| one.id == site.id) => {}
            Some(site) => sites.push(site.clone()),
            None => problems.push(frame.say("compare-no-site").with("host", host).to_string()),
        }
    }
    let mut periods: Vec<String> = asked.several("period").into_iter().map(str::to_owned).collect();
    if sites.len() > COMPARED_MAX || periods.len() > COMPARED_MAX {
        problems.push(frame.say("compare-too-many").with("most", COMPARED_MAX).to_string());
        sites.truncate(COMPARED_MAX);
        periods.truncate(COMPARED_MAX);
    }
    if sites.len() > 1 && periods.len() > 1 {
        problems.push(frame.say("compare-both").to_string());
        periods.truncate(1);
    }
    (sites, periods, problems)
}

fn total(frame: &Frame, one: &Compared) -> Total {
    let Days { begun, collected } = one.days;
    let measured = || frame.say("compare-measured").with("collected", collected);
    Total {
        measured: (collected < begun).then(|| measured().with("begun", begun).to_string()),
        name: one.name.clone(),
        href: frame.to(&one.page),
        figures: one.totals.clone(),
        links: one.links(frame),
    }
}

fn rows(frame: &Frame, labels: &[String], series: &[Series]) -> Vec<Row> {
    let cell = |place: usize, one: &Series| {
        let point = one.points.get(place);
        match point.and_then(|point| point.figure) {
            Some(figure) => frame.locale.decimal(figure, 0),
            None => {
                let text = match point.map(|point| point.state) {
                    Some(State::Withheld) => "withheld",
                    Some(State::Missing) => "not-collected",
                    Some(State::Absent) | None => "outside",
                    Some(State::Final | State::Provisional) => "no-figure",
                };
                frame.say(text).to_string()
            }
        }
    };
    let row = |(place, label): (usize, &String)| Row {
        label: label.clone(),
        cells: series.iter().map(|one| cell(place, one)).collect(),
    };
    labels.iter().enumerate().map(row).collect()
}

/// What makes the series hard to compare: how the sites are measured, and where their series break.
fn beside(
    app: &App,
    frame: &Frame,
    sites: &[Arc<Site>],
    compared: &[Compared],
) -> Result<(Vec<String>, Vec<BreakLine>), Refusal> {
    let mut measured = Vec::new();
    let mut breaks = Vec::new();
    for one in compared {
        let (first, last) = (one.span.first, one.span.last);
        let found = app.store.breaks(&one.site, first, last)?;
        let found = joined(frame, &one.site.zone, &found).into_iter();
        breaks.extend(found.map(|JoinedBreak { when, what, .. }| {
            let about = one.name.clone();
            BreakLine { about, when, what }
        }));
        if sites.len() > 1 {
            let methods = app.store.methods(&one.site, first, last)?;
            measured.push(comparable(app.store.as_ref(), &one.site, methods)?);
        }
    }
    let said = |warning: Warning| frame.locale.either(&warning.fr, &warning.en);
    Ok((comparability(&measured).into_iter().map(said).collect(), breaks))
}
