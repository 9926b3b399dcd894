//! The declared re-uses, looked at by staff: each is published, or refused with a reason.

use actix_web::http::header;
use actix_web::web::{self, Data, Form, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::publish::portal::is_plain;
use crate::store::{Reuse, ReuseState};
use crate::web::App;
use crate::web::admin::{signed_in, to};
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::open_data::described;
use crate::web::reuse_line::{ReuseLine, line};

/// Longest reason, in characters: a short paragraph.
const REASON_CHARACTERS_MAX: usize = 500;

/// Waiting re-uses shown at once, the oldest first; the others follow as these are decided.
const WAITING_SHOWN_MAX: usize = 50;

#[derive(Template)]
#[template(path = "admin_reuses.html")]
struct ReusesPage {
    frame: Frame,
    waiting: Vec<ReuseLine>,
    /// Those that wait and are not shown.
    waiting_left: usize,
    published: Vec<ReuseLine>,
    refused: Vec<ReuseLine>,
    /// What was done just now.
    done: Option<String>,
    /// The re-use whose refusal lacks its reason, with what to do, and what was typed.
    fault: Option<(i64, String, String)>,
}

impl ReusesPage {
    /// What is wrong with the reason that was typed for this re-use.
    fn fault_of(&self, id: &i64) -> Option<&str> {
        self.fault.as_ref().filter(|fault| fault.0 == *id).map(|fault| fault.1.as_str())
    }

    /// What was typed for it.
    fn typed_for(&self, id: &i64) -> &str {
        self.fault.as_ref().filter(|fault| fault.0 == *id).map_or("", |fault| fault.2.as_str())
    }
}

/// What was done just now.
#[derive(Deserialize)]
pub struct DoneQuery {
    done: Option<String>,
}

/// `GET /admin/reuses`.
pub async fn page(
    request: HttpRequest,
    query: Query<DoneQuery>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    if signed_in(&request, &app).await?.is_none() {
        return Ok(to("/admin/sign-in"));
    }
    let mut page = reuses_page(&request, &app).await?;
    let state = query.done.as_deref().and_then(ReuseState::named);
    page.done = state
        .map(|state| page.frame.say(format!("admin-reuses-done-{}", state.name())).to_string());
    page.frame.answer(&request, &page)
}

async fn reuses_page(request: &HttpRequest, app: &Data<App>) -> Result<ReusesPage, Refusal> {
    let (frame, app) = (Frame::of(request, app), app.clone());
    let page = computed(request, move || {
        let portal = described(&app)?;
        let line = |reuse: &Reuse| line(&frame, &portal, reuse);
        let waiting = app.store.reuses(ReuseState::Pending)?;
        let lines = |state| Ok::<_, Refusal>(app.store.reuses(state)?.iter().map(line).collect());
        Ok::<_, Refusal>(ReusesPage {
            waiting: waiting.iter().take(WAITING_SHOWN_MAX).map(line).collect(),
            waiting_left: waiting.len().saturating_sub(WAITING_SHOWN_MAX),
            published: lines(ReuseState::Published)?,
            refused: lines(ReuseState::Refused)?,
            done: None,
            fault: None,
            frame,
        })
    });
    page.await?
}

/// `POST /admin/reuses/{id}/publish`.
pub async fn publish(
    request: HttpRequest,
    id: Path<i64>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    signed_in(&request, &app).await?.ok_or(Refusal::SignedOut)?;
    let (store, now) = (app.store.clone(), (app.clock)());
    decided(web::block(move || store.publish_reuse(*id, now)).await??, ReuseState::Published)
}

/// Why a re-use is refused.
#[derive(Deserialize)]
pub struct RefusalForm {
    #[serde(default)]
    reason: String,
}

/// `POST /admin/reuses/{id}/refuse`.
pub async fn refuse(
    request: HttpRequest,
    id: Path<i64>,
    form: Form<RefusalForm>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    signed_in(&request, &app).await?.ok_or(Refusal::SignedOut)?;
    let reason = form.into_inner().reason.trim().to_owned();
    let fits = (1..=REASON_CHARACTERS_MAX).contains(&reason.chars().count()) && is_plain(&reason);
    if !fits {
        let mut page = reuses_page(&request, &app).await?;
        let text = page.frame.say("admin-reuses-fault").with("most", REASON_CHARACTERS_MAX);
        let text = text.to_string();
        page.fault = Some((*id, text, reason));
        return Ok(page.frame.answer_refused(&Refusal::Wrong(String::new()), &page));
    }
    let (store, now) = (app.store.clone(), (app.clock)());
    let refused = web::block(move || store.refuse_reuse(*id, &reason, now)).await??;
    decided(refused, ReuseState::Refused)
}

/// Back to the list, which says what was done.
fn decided(is_done: bool, state: ReuseState) -> Result<HttpResponse, Refusal> {
    if !is_done {
        return Err(Refusal::NotFound("There is no such re-use.".to_owned()));
    }
    let page = format!("/admin/reuses?done={}", state.name());
    Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, page)).finish())
}
