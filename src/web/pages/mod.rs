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

mod api;
mod asked;
mod compare;
mod figures;
mod files;
mod home;
mod indicators;
mod labels;
mod methodology;
mod privacy;
mod reuses;
mod site;
mod why;

use actix_web::web::{self, ServiceConfig};

use crate::web::sent::read;

pub use home::FirstPage;
pub use reuses::DECLARATIONS_PER_MINUTE;

/// The routes below each language, and below none.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("", read().to(home::without_slash))
        .route("/", read().to(home::page))
        .route("/compare", read().to(compare::page))
        .route("/sites/{host}", read().to(site::page))
        .route("/sites/{host}/{dimension}", read().to(site::list_page))
        .route("/privacy", read().to(privacy::page))
        .route("/privacy/opt-out", web::post().to(privacy::opt_out))
        .route("/api", read().to(api::page))
        .route("/indicators", read().to(indicators::page))
        .service(
            web::resource("/reuses")
                .app_data(reuses::form_config())
                .route(read().to(reuses::page))
                .route(web::post().to(reuses::declare)),
        )
        .route("/reuses/new", read().to(reuses::empty))
        .route("/reuses/waiting", read().to(reuses::waiting))
        .route("/methodology", read().to(methodology::page));
}
