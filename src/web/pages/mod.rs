//! The pages for everybody: complete without script, in every language, and showing only what was
//! released.
//!
//! **How a page is made.** A file here has the handler, and a struct with the template's values,
//! the first of which is `frame: Frame`. The template extends `base.html` and takes every text from
//! `assets/locales/*.ftl`: `{{ frame.say("key") }}` is text, `{{ frame.html("key") }}` may have
//! marks of HTML and link to the main pages (`{ $to_methodology }` and so on), and
//! `.with("name", value)` puts something in. Numbers that are put in are written as the language
//! writes them; dates are said by `frame.locale.day(date)` and its like. Links to other pages go
//! through `frame.to("/path")`, so that a reader stays in a language.
//!
//! The handler begins with `Frame::of(&request, &app)` and ends with
//! `frame.answer(&request, &page)`. A refusal that it returns is shown as a page to who asked for
//! one. Its route is in [`routes`], which stands once below each language and once below none.

mod accessibility;
mod api;
mod home;
mod methodology;
mod privacy;
mod site;

use actix_web::web::{self, ServiceConfig};

use crate::web::assessed;
use crate::web::sent::read;

/// The routes below each language, and below none.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("", read().to(home::without_slash))
        .route("/", read().to(home::page))
        .route("/sites/{host}", read().to(site::page))
        .route("/privacy", read().to(privacy::page))
        .route("/privacy/opt-out", web::post().to(privacy::opt_out))
        .route("/privacy/assessment.json", read().to(assessed::file))
        .route("/accessibility", read().to(accessibility::page))
        .route("/api", read().to(api::page))
        .route("/methodology", read().to(methodology::page));
}
