//! What others make of the figures: the published re-uses, and the form to declare one.

mod form;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::publish::portal::dataset;
use crate::store::ReuseState;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::open_data::described;
use crate::web::pages::asked::Asked;
use crate::web::pages::files::{FileLink, files};
use crate::web::reuse_line::{ReuseLine, line, named};

pub use form::{DECLARATIONS_PER_MINUTE, declare, empty, form_config, waiting};

/// The parameter that says which re-uses: an identifier of the catalogue, for those that use it, or
/// something in its folder.
const DATASET: &str = "dataset";

/// Re-uses of one page.
const REUSES_MAX: usize = 50;

/// A dataset to choose.
struct Choice {
    identifier: String,
    name: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "reuses.html")]
struct ReusesPage {
    frame: Frame,
    /// How many are published in all.
    published: usize,
    /// How many of them are wanted.
    wanted: usize,
    /// Those that are shown.
    lines: Vec<ReuseLine>,
    choices: Vec<Choice>,
    /// The name of the dataset that is chosen.
    chosen: Option<String>,
    /// Which page this is, and how many there are.
    place: (usize, usize),
    previous: Option<String>,
    next: Option<String>,
    files: Vec<FileLink>,
}

/// `GET /reuses`: the published re-uses, the latest first.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let asked = Asked::of(request.query_string());
    let page = computed(&request, move || reuses_page(frame, &app, &asked)).await??;
    page.frame.answer(&request, &page)
}

fn reuses_page(frame: Frame, app: &App, pairs: &Asked) -> Result<ReusesPage, Refusal> {
    let portal = described(app)?;
    let mut reuses = app.store.reuses(ReuseState::Published)?;
    reuses.sort_by_key(|reuse| std::cmp::Reverse((reuse.decided_at, reuse.id)));
    let asked = pairs.get(DATASET);
    let asked = asked.map(|asked| dataset(&portal, asked).unwrap_or_else(|| asked.to_owned()));
    let uses = |used: &String, asked: &String| {
        used == asked || used.strip_prefix(asked).is_some_and(|rest| rest.starts_with('/'))
    };
    let name = |identifier: &str| named(&frame, &portal, identifier).name;
    let mut used: Vec<_> = reuses.iter().flat_map(|reuse| &reuse.declared.datasets).collect();
    used.extend(asked.as_ref());
    used.sort_unstable();
    used.dedup();
    let choice = |identifier: &String| Choice {
        identifier: identifier.clone(),
        name: name(identifier),
        is_chosen: asked.as_ref() == Some(identifier),
    };
    let choices = used.into_iter().map(choice).collect();
    let is_wanted = |datasets: &[String]| {
        asked.as_ref().is_none_or(|asked| datasets.iter().any(|used| uses(used, asked)))
    };
    let wanted: Vec<_> =
        reuses.iter().filter(|reuse| is_wanted(&reuse.declared.datasets)).collect();
    let pages = wanted.len().div_ceil(REUSES_MAX).max(1);
    // What is no page is the first, and what is behind the last is the last.
    let page = pairs.get("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, pages);
    let shown = wanted.iter().skip((page - 1) * REUSES_MAX).take(REUSES_MAX);
    let other = |page: usize| frame.to(&format!("/reuses{}", pairs.with_page(page)));
    Ok(ReusesPage {
        published: reuses.len(),
        wanted: wanted.len(),
        lines: shown.map(|reuse| line(&frame, &portal, reuse)).collect(),
        place: (page, pages),
        previous: (page > 1).then(|| other(page - 1)),
        next: (page < pages).then(|| other(page + 1)),
        choices,
        chosen: asked.as_deref().map(name),
        files: files("reuses"),
        frame,
    })
}
