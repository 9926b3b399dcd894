//! The accessibility statement, after the model that French law gives for it: what was tried, what
//! is not good yet, and where to complain.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::civil::{Date, date};

use crate::publish::GENERATOR;
use crate::publish::portal::Publisher;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;

/// When what this page says was last looked at by a person; it goes with the program's version.
const STATED: Date = date(2026, 11, 25);

/// The pages that are tried with each version, with the texts that name them.
const TRIED: [(&str, &str); 10] = [
    ("/", "nav-home"),
    ("/compare", "nav-compare"),
    ("/data", "nav-data"),
    ("/indicators", "nav-indicators"),
    ("/reuses", "nav-reuses"),
    ("/releases", "nav-releases"),
    ("/methodology", "nav-methodology"),
    ("/privacy", "nav-privacy"),
    ("/api", "nav-api"),
    ("/accessibility", "accessibility-title"),
];

#[derive(Template)]
#[template(path = "accessibility.html")]
struct AccessibilityPage {
    frame: Frame,
    publisher: String,
    email: Option<String>,
    url: Option<String>,
    address: String,
    program: &'static str,
    day: String,
    pages: [(&'static str, &'static str); TRIED.len()],
}

/// `GET /accessibility`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let Publisher { name, url, email, .. } = app.roof.publisher.clone();
    let page = AccessibilityPage {
        publisher: name,
        email,
        url,
        address: app.roof.base_url.clone(),
        program: GENERATOR,
        day: frame.locale.day(STATED),
        pages: TRIED,
        frame,
    };
    page.frame.answer(&request, &page)
}
