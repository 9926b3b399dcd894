//! Every release, the last one first: what it is of, which revision, and why there is another one.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::publish::portal::folder_of;
use crate::store::Release;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::pages::asked::Asked;
use crate::web::pages::labels;

/// Releases of one page.
const RELEASES_MAX: usize = 60;

/// A release.
struct ReleaseLine {
    about: String,
    period: String,
    href: String,
    when: String,
    revision: u32,
    reason: Option<String>,
    files: usize,
}

#[derive(Template)]
#[template(path = "releases.html")]
struct ReleasesPage {
    frame: Frame,
    releases: Vec<ReleaseLine>,
    older: Option<String>,
    newest: Option<String>,
}

/// `GET /releases`; `before` is the number of a release, and asks for those before it.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let asked = Asked::of(request.query_string());
    let before = asked.get("before").and_then(|number| number.parse::<i64>().ok());
    let page = computed(&request, move || made(frame, &app, before)).await??;
    page.frame.answer(&request, &page)
}

fn made(frame: Frame, app: &App, before: Option<i64>) -> Result<ReleasesPage, Refusal> {
    let last = app.store.last_release()?.map_or(0, |(id, _)| id);
    let end = before.map_or(last, |before| (before - 1).min(last));
    let start = (end - RELEASES_MAX as i64).max(0);
    let most = usize::try_from(end - start).unwrap_or_default();
    let found = app.store.releases_after(start, most)?;
    let line = |(release, files): &(Release, Vec<_>)| ReleaseLine {
        about: labels::about(&frame, &release.about),
        period: labels::span(&frame, release.period.first(), release.period.last()),
        href: frame.to(&format!("{}/", folder_of(&release.about))),
        when: labels::moment(&frame, release.released),
        revision: release.revision,
        reason: release.reason.clone(),
        files: files.len(),
    };
    Ok(ReleasesPage {
        releases: found.iter().rev().map(line).collect(),
        older: (start > 0).then(|| frame.to(&format!("/releases?before={}", start + 1))),
        newest: before.map(|_| frame.to("/releases")),
        frame,
    })
}
