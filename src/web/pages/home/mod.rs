//! The first page: what this is, all sites together, the sites by organisation, what is consulted
//! most, and the latest releases.

mod summed;

use std::sync::Arc;

use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::dimension;
use crate::model::{Metric, Site, address};
use crate::privacy::names_no_value;
use crate::publish::portal::folder_of;
use crate::query::{Answer, PERIOD_DEFAULT, Row, Shown};
use crate::store::Organisation;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::pages::asked::{Asked, filter_of, written};
use crate::web::pages::compared::{change_of, said};
use crate::web::pages::figures::{Change, bar, figure_of, number, shown};
use crate::web::pages::labels;

use summed::{Figures, kept};

pub use summed::FirstPage;

/// Rows of the lists of pages and documents.
const ROWS_MAX: usize = 10;

/// Releases that are listed.
const RELEASES_MAX: i64 = 8;

/// Sites that are listed at once; the search finds the others.
const SITES_MAX: usize = 500;

/// The parameter that searches for a site.
const FIND: &str = "find";

/// A site in its table.
struct SiteLine {
    host: String,
    synthetic: bool,
    views: String,
    visitors: String,
    bar: f64,
}

/// The sites of one organisation.
struct Group {
    /// Its name, or that its sites are of none.
    name: String,
    /// Where its figures are together.
    folder: Option<String>,
    sites: Vec<SiteLine>,
}

/// A row of a list.
struct Line {
    host: String,
    path: String,
    href: String,
    figure: String,
    bar: f64,
}

/// A release.
struct ReleaseLine {
    about: String,
    period: String,
    when: String,
    href: String,
}

/// A figure over all sites.
struct Card {
    title: String,
    figure: String,
    change: Option<Change>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    sites_count: usize,
    cards: Vec<Card>,
    days: String,
    /// What they are compared with, or why they are not.
    compared: Vec<String>,
    /// What the last full hour had, in a sentence.
    now: String,
    groups: Vec<Group>,
    find: String,
    found: usize,
    pages: Vec<Line>,
    documents: Vec<Line>,
    releases: Vec<ReleaseLine>,
}

/// `GET /fr`: to the first page in a language.
pub async fn without_slash(request: HttpRequest) -> HttpResponse {
    let page = format!("{}/", request.path());
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, page)).finish()
}

/// `GET /sites`: to the list of the sites, which is on the first page.
pub async fn sites(request: HttpRequest) -> HttpResponse {
    let path = request.path();
    let first = format!("{}/#sites", path.strip_suffix("/sites").unwrap_or_default());
    HttpResponse::SeeOther().insert_header((header::LOCATION, first)).finish()
}

/// `GET /`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let find = Asked::of(request.query_string()).get(FIND).unwrap_or_default().to_owned();
    let page = computed(&request, move || made(frame, &app, find)).await??;
    page.frame.answer(&request, &page)
}

fn made(frame: Frame, app: &App, find: String) -> Result<HomePage, Refusal> {
    let sites = app.collector.sites();
    let figures = kept(app, sites.all())?;
    let organisations = app.store.organisations()?;
    let groups = groups(&frame, sites.all(), &figures, (&organisations, &find));
    let found = groups.iter().map(|group| group.sites.len()).sum();
    let now = match figures.hour.filter(|views| *views > 0) {
        Some(views) => frame.say("home-now").with("views", frame.locale.number(views)).to_string(),
        None => frame.say("home-now-few").to_string(),
    };
    let days = |first, last| labels::span(&frame, first, last);
    let compared = figures.month.compared.as_ref();
    let compared = compared.map(|compared| said(&frame, compared)).unwrap_or_default();
    Ok(HomePage {
        sites_count: sites.all().len(),
        cards: cards(&frame, &figures),
        days: days(figures.month.first, figures.month.last),
        compared,
        now,
        groups,
        find,
        found,
        pages: lines(&frame, &figures.pages, sites.all()),
        documents: documents(&frame, &figures.documents),
        releases: releases(&frame, app)?,
        frame,
    })
}

fn cards(frame: &Frame, figures: &Figures) -> Vec<Card> {
    let mut cards = Vec::new();
    for (period, answer) in [("today", &figures.today), (PERIOD_DEFAULT, &figures.month)] {
        for (place, metric) in answer.metrics.iter().enumerate().take(2) {
            let row = answer.rows.first();
            let figure = figure_of(row, place);
            cards.push(Card {
                title: frame.say(format!("home-{}-{period}", metric.name())).to_string(),
                figure: shown(frame, *metric, figure),
                change: change_of(frame, *metric, row, place),
            });
        }
    }
    cards
}

fn groups(
    frame: &Frame,
    sites: &[Arc<Site>],
    figures: &Figures,
    (organisations, find): (&[Organisation], &str),
) -> Vec<Group> {
    let find = find.trim().to_lowercase();
    let most = figures.sites.iter().filter_map(|one| number(one[0])).fold(1.0, f64::max);
    let mut groups: Vec<Group> = Vec::new();
    let of = |site: &Site| organisations.iter().find(|one| Some(one.id) == site.organisation);
    let mut lines: Vec<_> = sites.iter().zip(&figures.sites).collect();
    // By organisation, those of none last; within one by views.
    lines.sort_by(|one, other| {
        let key = |site: &Site| of(site).map_or((1, ""), |one| (0, one.name.as_str()));
        let views = |figures: &[Shown; 2]| number(figures[0]).unwrap_or(-1.0);
        key(one.0).cmp(&key(other.0)).then(views(other.1).total_cmp(&views(one.1)))
    });
    let mut listed = 0;
    for (site, figures) in lines {
        let organisation = of(site);
        let none = || frame.say("home-no-organisation").to_string();
        let name = organisation.map_or_else(none, |one| one.name.clone());
        let is_found = |text: &str| text.to_lowercase().contains(&find);
        let by_name = organisation.is_some() && is_found(&name);
        if !by_name && !is_found(site.host.as_str()) && !is_found(&site.host.readable()) {
            continue;
        }
        listed += 1;
        if listed > SITES_MAX {
            break;
        }
        let line = SiteLine {
            host: site.host.to_string(),
            synthetic: site.synthetic,
            views: shown(frame, Metric::Views, figures[0]),
            visitors: shown(frame, Metric::Visitors, figures[1]),
            bar: bar(number(figures[0]).unwrap_or_default(), most),
        };
        match groups.last_mut() {
            Some(group) if group.name == name => group.sites.push(line),
            _ => {
                let folder = organisation.map(|one| format!("/data/organisations/{}/", one.slug));
                groups.push(Group { name, folder, sites: vec![line] });
            }
        }
    }
    groups
}

/// The rows that have a name, at most as many as are shown.
fn named(answer: &Answer) -> Vec<(&Row, f64)> {
    let is_named = |row: &&Row| !names_no_value(&row.label) && !row.label.ends_with(":withheld");
    let figure = |row: &Row| row.figures.first().copied().and_then(number);
    let rows = answer.rows.iter().filter(is_named);
    rows.filter_map(|row| Some((row, figure(row)?))).take(ROWS_MAX).collect()
}

fn lines(frame: &Frame, answer: &Answer, sites: &[Arc<Site>]) -> Vec<Line> {
    let rows = named(answer);
    let most = rows.iter().map(|row| row.1).fold(1.0, f64::max);
    let line = |(row, figure): &(&Row, f64)| {
        // The host of the site stands before the path.
        let (host, path) = row.label.split_at(row.label.find('/')?);
        let site = sites.iter().find(|site| site.host.readable() == host)?;
        let filter = filter_of(dimension::named("page")?, path);
        let query = written(&[("filter".to_owned(), filter)]);
        Some(Line {
            host: host.to_owned(),
            path: path.to_owned(),
            href: frame.to(&format!("/sites/{}{query}", site.host)),
            figure: frame.locale.decimal(*figure, 0),
            bar: bar(*figure, most),
        })
    };
    rows.iter().filter_map(line).collect()
}

fn documents(frame: &Frame, answer: &Answer) -> Vec<Line> {
    let rows = named(answer);
    let most = rows.iter().map(|row| row.1).fold(1.0, f64::max);
    let line = |(row, figure): &(&Row, f64)| {
        let place = row.label.find('/').unwrap_or(row.label.len());
        let (host, path) = row.label.split_at(place);
        Line {
            host: host.to_owned(),
            path: path.to_owned(),
            href: format!("https://{}", address::key(&row.label)),
            figure: frame.locale.decimal(*figure, 0),
            bar: bar(*figure, most),
        }
    };
    rows.iter().map(line).collect()
}

/// The latest releases, the last one first.
fn releases(frame: &Frame, app: &App) -> Result<Vec<ReleaseLine>, Refusal> {
    let Some((last, _)) = app.store.last_release()? else { return Ok(Vec::new()) };
    let most = RELEASES_MAX.unsigned_abs() as usize;
    let releases = app.store.releases_after((last - RELEASES_MAX).max(0), most)?;
    let line = |release: &crate::store::Release| ReleaseLine {
        about: labels::about(frame, &release.about),
        period: labels::span(frame, release.period.first(), release.period.last()),
        when: labels::moment(frame, release.released),
        href: frame.to(&format!("{}/", folder_of(&release.about))),
    };
    Ok(releases.iter().rev().map(|(release, _)| line(release)).collect())
}
