//! What is done with a visit, in plain words, and the opt-out.

use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header;
use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::privacy::VISITORS_MIN;
use crate::web::App;
use crate::web::beacon::OPT_OUT_COOKIE;
use crate::web::error::Refusal;
use crate::web::frame::Frame;

/// How long an opt-out holds: 13 months, the longest that the CNIL allows a marker to live.
const OPT_OUT_DAYS: i64 = 395;

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    frame: Frame,
    opted_out: bool,
    visitors_min: u64,
}

/// `GET /privacy`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let opted_out = request.cookie(OPT_OUT_COOKIE).is_some_and(|cookie| cookie.value() == "1");
    let page = PrivacyPage { frame, opted_out, visitors_min: VISITORS_MIN };
    page.frame.answer(&request, &page)
}

/// The opt-out form.
#[derive(Deserialize)]
pub struct OptOutForm {
    /// `out` or `in`.
    choice: String,
}

/// `POST /privacy/opt-out`: sets or removes the only marker there is.
pub async fn opt_out(request: HttpRequest, form: Form<OptOutForm>, app: Data<App>) -> HttpResponse {
    let age = if form.choice == "out" {
        time::Duration::days(OPT_OUT_DAYS)
    } else {
        time::Duration::ZERO
    };
    let cookie = Cookie::build(OPT_OUT_COOKIE, "1")
        .path("/")
        .max_age(age)
        .same_site(SameSite::Lax)
        .http_only(true)
        .finish();
    let page = Frame::of(&request, &app).to("/privacy");
    HttpResponse::SeeOther()
        .cookie(cookie)
        .insert_header((header::LOCATION, format!("{page}#opt-out")))
        .finish()
}
