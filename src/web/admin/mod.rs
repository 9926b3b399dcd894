//! The administrators' pages: sign-in, the tag of each site to copy, declared re-uses, and today as
//! it happens.

pub mod dropped;
pub mod live;
pub mod reuses;
mod session;

use std::sync::PoisonError;

use actix_web::http::header;
use actix_web::web::{self, Data, Form, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::model::{Profile, Words, utc_date};
use crate::privacy::StaffPass;
use crate::publish::beside::PROFILES;
use crate::store::Arrivals;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::{assets, forms};

use session::{AccountProblem, LOGIN_BYTES_MAX, PASSWORD_BYTES_MAX};
pub use session::{PASSWORD_BYTES_MIN, check_password, hash_password};

/// Attempts to sign in from one address in a minute.
pub const ATTEMPTS_PER_MINUTE: u32 = 10;

/// Passwords checked at one moment: each check takes 19 MB, as argon2id means it to.
pub const PASSWORD_CHECKS_MAX: usize = 2;

/// Live streams open at one moment.
pub const LIVE_STREAMS_MAX: usize = 200;

/// What goes into a site's pages.
struct SiteTag {
    host: String,
    zone: String,
    profile: &'static str,
    profile_name: &'static str,
    aliases: String,
    simple: String,
    pinned: String,
    picture: String,
    policy: String,
}

#[derive(Template)]
#[template(path = "admin.html")]
struct AdminPage {
    frame: Frame,
    login: String,
    sites: Vec<SiteTag>,
    /// The text that says what is wrong with where requests seem to come from.
    warning: Option<&'static str>,
    arrivals: Arrivals,
}

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
    problem: Option<String>,
    password_bytes_min: usize,
}

/// `GET /admin`: the sites and their tags.
pub async fn home(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let Some(pass) = signed_in(&request, &app).await? else { return Ok(to("/admin/sign-in")) };
    let frame = Frame::of(&request, &app);
    let base = base_address(&request, &app);
    let sites = app.collector.sites();
    let sites = sites.all().iter().map(|site| {
        let host = site.host.as_str();
        let downloads = match site.rules.downloads.join(",") {
            list if list.is_empty() => list,
            list => format!(" data-downloads=\"{list}\""),
        };
        let pinned = assets::tracker_address().map(|(file, integrity)| {
            format!(
                "<script defer src=\"{base}/{file}\" data-site=\"{host}\"{downloads} \
                 integrity=\"{integrity}\" crossorigin=\"anonymous\"></script>"
            )
        });
        SiteTag {
            host: host.to_owned(),
            zone: site.zone.name().to_owned(),
            profile: frame.locale.of(profile(site.rules.profile)),
            profile_name: site.rules.profile.name(),
            aliases: site.aliases.iter().map(|alias| alias.as_str()).collect::<Vec<_>>().join(", "),
            simple: format!(
                "<script defer src=\"{base}/t.js\" data-site=\"{host}\"{downloads}></script>\n\
                 <noscript><img src=\"{base}/p.gif?d={host}\" alt=\"\" \
                 referrerpolicy=\"no-referrer-when-downgrade\"></noscript>"
            ),
            pinned: pinned.unwrap_or_default(),
            picture: format!(
                "<noscript><img src=\"{base}/p.gif?d={host}&amp;u=/the/path/of/this/page\" \
                 alt=\"\"></noscript>"
            ),
            policy: format!("script-src {base}; connect-src {base}; img-src {base}"),
        }
    });
    let sites = sites.collect();
    let store = app.store.clone();
    let today = utc_date((app.clock)());
    let arrivals = web::block(move || store.last_arrivals(today)).await??;
    let warning = match arrivals {
        // Newcomers who try the demonstration are all on this machine.
        _ if app.demo => None,
        arrivals if arrivals.are_unreadable() => Some("admin-arrivals-unreadable"),
        arrivals if arrivals.are_of_proxy() => Some("admin-arrivals-proxy"),
        _ => None,
    };
    let page = AdminPage { frame, login: pass.login().to_owned(), sites, warning, arrivals };
    page.frame.answer(&request, &page)
}

/// `GET /admin/sign-in`.
pub async fn sign_in_form(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let page = SignInPage { frame: Frame::of(&request, &app), is_refused: false };
    page.frame.answer(&request, &page)
}

/// What a person types to sign in.
#[derive(Deserialize)]
pub struct Credentials {
    login: String,
    password: String,
}

/// `POST /admin/sign-in`.
pub async fn sign_in(
    request: HttpRequest,
    form: Form<Credentials>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    forms::refuse_foreign(&request)?;
    forms::limit(&request, &app, &app.attempts)?;
    let Credentials { login, password } = form.into_inner();
    if session::verify(&app, login.clone(), password).await? {
        return session::open(&app, login).await;
    }
    let page = SignInPage { frame: Frame::of(&request, &app), is_refused: true };
    page.frame.answer(&request, &page)
}

/// `POST /admin/sign-out`.
pub async fn sign_out(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    forms::refuse_foreign(&request)?;
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
    check_first(&app, &link.token)?;
    first_page(&request, &app, link.into_inner().token, None)
}

fn first_page(
    request: &HttpRequest,
    app: &App,
    token: String,
    problem: Option<AccountProblem>,
) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(request, app);
    let problem = problem.map(|problem| said(&frame, problem));
    let page = FirstPage { frame, token, problem, password_bytes_min: PASSWORD_BYTES_MIN };
    page.frame.answer(request, &page)
}

/// What is wrong with an account, in the reader's language.
fn said(frame: &Frame, problem: AccountProblem) -> String {
    match problem {
        AccountProblem::Login => {
            frame.say("first-problem-login").with("most", LOGIN_BYTES_MAX).to_string()
        }
        AccountProblem::Password => {
            let said = frame.say("first-problem-password").with("least", PASSWORD_BYTES_MIN);
            said.with("most", PASSWORD_BYTES_MAX).to_string()
        }
    }
}

/// What the first administrator types.
#[derive(Deserialize)]
pub struct FirstForm {
    token: String,
    login: String,
    password: String,
}

/// `POST /admin/first`: makes the first administrator; the link works no more.
pub async fn first(
    request: HttpRequest,
    form: Form<FirstForm>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    forms::refuse_foreign(&request)?;
    forms::limit(&request, &app, &app.attempts)?;
    let FirstForm { token, login, password } = form.into_inner();
    check_first(&app, &token)?;
    if let Err(problem) = check_password(&login, &password) {
        return first_page(&request, &app, token, Some(problem));
    }
    session::add(&app, login.clone(), password).await?;
    *app.first_link.lock().unwrap_or_else(PoisonError::into_inner) = None;
    session::open(&app, login).await
}

fn check_first(app: &App, token: &str) -> Result<(), Refusal> {
    let secret = app.first_link.lock().unwrap_or_else(PoisonError::into_inner);
    let right = secret.as_deref().is_some_and(|secret| session::same(secret, token));
    if right && !app.store.has_logins()? {
        return Ok(());
    }
    Err(Refusal::NotFound(
        "This link was used or is not right; sign in at /admin/sign-in, or \
        make an account with `parvis user add LOGIN`."
            .to_owned(),
    ))
}

/// The proof that the asker is signed in, if so.
pub async fn signed_in(
    request: &HttpRequest,
    app: &Data<App>,
) -> Result<Option<StaffPass>, Refusal> {
    Ok(session::login(request, app).await?.map(StaffPass::signed_in))
}

/// A profile in words, as the register of sites says it.
fn profile(profile: Profile) -> Words {
    let found = PROFILES.iter().find(|(name, _)| *name == profile.name());
    found.map_or(Words::new(profile.name(), profile.name()), |(_, words)| *words)
}

/// The service's address for the world: as configured, else as this request reached it.
fn base_address(request: &HttpRequest, app: &App) -> String {
    app.public_url.clone().unwrap_or_else(|| forms::reached(request))
}

fn to(address: &'static str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}
