//! One breakdown of a site whole: every row, page by page, in the order that the reader chooses,
//! with a search in its values.

use std::sync::Arc;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::dimension::{self, Dimension};
use crate::model::{Metric, Site};
use crate::publish::dataset_of;
use crate::query::{Answer, QueryError, Scope, What, run};
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::pages::asked::Asked;
use crate::web::pages::labels;
use crate::web::pages::site::block::{self, BlockRow};
use crate::web::pages::site::column::{Column, columns, metrics_of};
use crate::web::pages::site::links::{Links, links};
use crate::web::pages::site::picker::{self, Picker};
use crate::web::pages::site::{Chip, Making, asked_of, chips};
use crate::web::pages::why::{Why, why};

/// Rows of a page of the list.
const ROWS_MAX: usize = 100;

/// What is searched for in the values: a parameter of this page alone.
const FIND: &str = "find";

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage {
    frame: Frame,
    host: String,
    title: &'static str,
    days: String,
    back: String,
    chips: Vec<Chip>,
    picker: Picker,
    find: String,
    kept: Vec<(String, String)>,
    head: Column,
    columns: Vec<Column>,
    rows: Vec<BlockRow>,
    rows_total: usize,
    reading: String,
    problem: Option<Why>,
    previous: Option<String>,
    next: Option<String>,
    place: (usize, usize),
    links: Links,
}

/// `GET /sites/{host}/{dimension}`.
pub async fn page(
    request: HttpRequest,
    place: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let (host, name) = place.into_inner();
    let sites = app.collector.sites();
    let site = sites.named(&host).cloned();
    let Some(site) = site else { return Ok(frame.not_found("error-no-site")) };
    let dimension = dimension::named(&name).filter(|one| one.exposure.is_public());
    let Some(dimension) = dimension else { return Ok(frame.not_found("error-no-dimension")) };
    let query = request.query_string().to_owned();
    let page = computed(&request, move || {
        let asked = asked_of(&app, &site, &query)?;
        made(frame, &app, &site, dimension, &asked)
    });
    let page = page.await??;
    let problem = page.problem.as_ref().filter(|why| why.is_wrong);
    let problem = problem.map(|why| why.text.as_str());
    page.frame.answer_or_refuse(&request, &page, problem)
}

fn made(
    frame: Frame,
    app: &App,
    site: &Arc<Site>,
    dimension: &'static Dimension,
    asked: &Asked,
) -> Result<ListPage, Refusal> {
    let making = Making { app, frame: &frame, site, asked };
    let pairs = question(asked, dimension);
    let what = What::Breakdown(dimension);
    let asking = run(&making.asker(), Scope::Site(site), what, &pairs);
    let (answered, problem) = match asking {
        Ok(answered) => (Some(answered), None),
        Err(QueryError::Store(error)) => return Err(error.into()),
        Err(error) => (None, Some(why(&frame, &error))),
    };
    let answer = answered.as_ref().map(|(_, answer)| answer);
    let sort = answered.as_ref().map(|(ask, _)| ask.sort);
    let page = answered.as_ref().map_or(1, |(ask, _)| ask.page);
    let pages = answer.map_or(1, |answer| answer.rows_total.div_ceil(ROWS_MAX).max(1));
    let here = |query: String| frame.to(&format!("/sites/{}/{}{query}", site.host, dimension.name));
    let path = format!("/api/v1/sites/{}/breakdown/{}", site.host, dimension.name);
    let days = |answer: &Answer| labels::span(&frame, answer.first, answer.last);
    let rows = answer.map(|answer| block::rows(&making, dimension, answer)).transpose()?;
    let (head, columns) = columns(&frame, dimension, sort, |order| here(asked.with("sort", order)));
    let span = answered.as_ref().map(|(ask, _)| ask.span);
    Ok(ListPage {
        host: site.host.to_string(),
        title: dataset_of(dimension.name).map_or(head.title, |one| frame.locale.of(one.title())),
        days: answer.map(days).unwrap_or_default(),
        back: making.here(&asked.without(&[FIND, "sort"])),
        chips: chips(&making),
        picker: picker::made(&making, span, &format!("/{}", dimension.name)),
        find: asked.get(FIND).unwrap_or_default().to_owned(),
        kept: asked.kept(&[FIND, "page"]),
        head,
        columns,
        rows: rows.unwrap_or_default(),
        rows_total: answer.map_or(0, |answer| answer.rows_total),
        reading: answer
            .map(|answer| block::reading(&making, dimension, answer))
            .unwrap_or_default(),
        problem,
        previous: (page > 1).then(|| here(asked.with_page(page - 1))),
        next: (page < pages).then(|| here(asked.with_page(page + 1))),
        place: (page, pages),
        links: links(&frame, &path, &pairs),
        frame,
    })
}

/// The question to the figures: with what is searched for as one more filter.
fn question(asked: &Asked, dimension: &Dimension) -> Vec<(String, String)> {
    let names = metrics_of(dimension).map(Metric::name).join(",");
    let limit = ROWS_MAX.to_string();
    let more = [("metrics", names.as_str()), ("limit", &limit), ("interval", ""), ("compare", "")];
    let mut pairs = asked.question(&more);
    if let Some(text) = asked.get(FIND) {
        let text = text.trim().replace('|', "\\|");
        pairs.push(("filter".to_owned(), format!("{}:contains:{text}", dimension.name)));
    }
    pairs
}
