//! What others make of the figures: the published re-uses, and the form to declare one.

mod form;

use actix_web::web::{self, Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::publish::portal::dataset;
use crate::store::ReuseState;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::open_data::described;
use crate::web::pages::files::{FileLink, files};
use crate::web::reuse_line::{ReuseLine, line, named};

pub use form::{DECLARATIONS_PER_MINUTE, declare, empty, form_config, waiting};

/// Which re-uses.
#[derive(Deserialize)]
pub struct ReusesQuery {
    /// An identifier of the catalogue: those that use it, or something in its folder.
    dataset: Option<String>,
}

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
    /// Those that are shown.
    lines: Vec<ReuseLine>,
    choices: Vec<Choice>,
    /// The name of the dataset that is chosen.
    chosen: Option<String>,
    files: Vec<FileLink>,
}

/// `GET /reuses`: the published re-uses, the latest first.
pub async fn page(
    request: HttpRequest,
    query: Query<ReusesQuery>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let asked = query.into_inner().dataset.filter(|dataset| !dataset.is_empty());
    let page = web::block(move || reuses_page(frame, &app, asked)).await??;
    page.frame.answer(&request, &page)
}

fn reuses_page(frame: Frame, app: &App, asked: Option<String>) -> Result<ReusesPage, Refusal> {
    let portal = described(app)?;
    let mut reuses = app.store.reuses(ReuseState::Published)?;
    reuses.sort_by_key(|reuse| std::cmp::Reverse((reuse.decided_at, reuse.id)));
    let asked = asked.map(|asked| dataset(&portal, &asked).unwrap_or(asked));
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
    let wanted = reuses.iter().filter(|reuse| is_wanted(&reuse.declared.datasets));
    Ok(ReusesPage {
        published: reuses.len(),
        lines: wanted.map(|reuse| line(&frame, &portal, reuse)).collect(),
        choices,
        chosen: asked.as_deref().map(name),
        files: files("reuses"),
        frame,
    })
}
