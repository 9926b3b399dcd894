//! The form to sign in, and the one-time link that makes the first administrator.

use std::sync::PoisonError;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, Data, Form, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::web::admin::password::{self, NOBODY, hash_password};
use crate::web::admin::rules::{
    AccountProblem, LOGIN_BYTES_MAX, PASSWORD_BYTES_MAX, PASSWORD_CHARACTERS_MIN, check_password,
};
use crate::web::admin::{browser, session};
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::{App, forms};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    is_refused: bool,
}

#[derive(Template)]
#[template(path = "first.html")]
struct FirstPage {
    frame: Frame,
    token: String,
    login: String,
    problem: Option<String>,
    password_characters_min: usize,
}

/// `GET /admin/sign-in`.
pub async fn form(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let page = SignInPage { frame: Frame::of(&request, &app), is_refused: false };
    page.frame.answer(&request, &page)
}

/// What a person types to sign in.
#[derive(Deserialize)]
pub struct Credentials {
    login: String,
    password: String,
}

/// `POST /admin/sign-in`. A known login and an unknown one go the same way.
pub async fn sign_in(
    request: HttpRequest,
    form: Form<Credentials>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    forms::limit(&request, &app, &app.sign_ins.of_address)?;
    let Credentials { login, password } = form.into_inner();
    let (store, asked) = (app.store.clone(), login.clone());
    let stored = web::block(move || store.password_hash(&asked)).await??;
    let is_there = stored.is_some();
    let hash = stored.unwrap_or_else(|| NOBODY.to_owned());
    let is_known = browser::is_known(&request, (&login, &hash), (app.clock)());
    forms::limit_login(&app, &login, is_known)?;
    let checked = hash.clone();
    let check = move || password::is_password_of(&checked, &password);
    if app.sign_ins.checks.run(is_known, check).await? && is_there {
        return session::open(&request, &app, login, hash).await;
    }
    let page = SignInPage { frame: Frame::of(&request, &app), is_refused: true };
    page.frame.answer(&request, &page)
}

/// `POST /admin/sign-out`.
pub async fn sign_out(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    session::close(&request, &app).await
}

/// The secret of the one-time link.
#[derive(Deserialize)]
pub struct FirstLink {
    #[serde(default)]
    token: String,
}

/// `GET /admin/first?token=…`: the form for the first administrator.
pub async fn first_form(
    request: HttpRequest,
    link: Query<FirstLink>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    check_first(&app, &link.token).await?;
    let typed = FirstForm { token: link.into_inner().token, ..FirstForm::default() };
    first_page(&request, &app, typed, None)
}

/// What the first administrator types.
#[derive(Default, Deserialize)]
pub struct FirstForm {
    token: String,
    login: String,
    password: String,
}

fn first_page(
    request: &HttpRequest,
    app: &App,
    typed: FirstForm,
    problem: Option<AccountProblem>,
) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(request, app);
    let page = FirstPage {
        problem: problem.map(|problem| said(&frame, problem)),
        token: typed.token,
        login: typed.login,
        password_characters_min: PASSWORD_CHARACTERS_MIN,
        frame,
    };
    let mut response = page.frame.answer(request, &page)?;
    // The secret stands in the address, and goes to nobody.
    let policy = HeaderValue::from_static("no-referrer");
    response.headers_mut().insert(header::REFERRER_POLICY, policy);
    Ok(response)
}

/// What is wrong with an account, in the reader's language.
fn said(frame: &Frame, problem: AccountProblem) -> String {
    match problem {
        AccountProblem::Login => {
            frame.say("first-problem-login").with("most", LOGIN_BYTES_MAX).to_string()
        }
        AccountProblem::Length => {
            let said = frame.say("first-problem-password").with("least", PASSWORD_CHARACTERS_MIN);
            said.with("most", PASSWORD_BYTES_MAX).to_string()
        }
        AccountProblem::IsLogin => frame.say("first-problem-is-login").to_string(),
        AccountProblem::Monotonous => frame.say("first-problem-monotonous").to_string(),
        AccountProblem::Common => frame.say("first-problem-common").to_string(),
    }
}

/// `POST /admin/first`: makes the first administrator; the link works no more.
pub async fn first(
    request: HttpRequest,
    form: Form<FirstForm>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    forms::limit(&request, &app, &app.sign_ins.of_address)?;
    let typed = form.into_inner();
    check_first(&app, &typed.token).await?;
    if let Err(problem) = check_password(&typed.login, &typed.password) {
        return first_page(&request, &app, typed, Some(problem));
    }
    let FirstForm { login, password, .. } = typed;
    // Of several who come at once with the link, the store lets one be the first.
    let hash = add_first(&app, login.clone(), password).await?.ok_or_else(used)?;
    *app.first_link.lock().unwrap_or_else(PoisonError::into_inner) = None;
    session::open(&request, &app, login, hash).await
}

/// Adds the account if there is none yet; returns the hash of its password.
async fn add_first(
    app: &Data<App>,
    login: String,
    password: String,
) -> Result<Option<String>, Refusal> {
    let asked = app.clone();
    let add = move || {
        let mut salt = [0; 16];
        (asked.random)(&mut salt);
        let hash = hash_password(&password, salt).ok_or(Refusal::Internal)?;
        let is_added = asked.store.add_first_login(&login, &hash, (asked.clock)())?;
        Ok(is_added.then_some(hash))
    };
    // Whoever has the link is known.
    app.sign_ins.checks.run(true, add).await
}

async fn check_first(app: &Data<App>, token: &str) -> Result<(), Refusal> {
    let store = app.store.clone();
    let is_there = web::block(move || store.has_logins()).await??;
    let secret = app.first_link.lock().unwrap_or_else(PoisonError::into_inner);
    let is_right = secret.as_deref().is_some_and(|secret| password::same(secret, token));
    if is_right && !is_there { Ok(()) } else { Err(used()) }
}

fn used() -> Refusal {
    Refusal::NotFound(
        "This link was used or is not right; sign in at /admin/sign-in, or \
        make an account with `parvis user add LOGIN`."
            .to_owned(),
    )
}
