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
mod asked;
mod breaks;
mod compare;
mod compared;
mod data;
mod figures;
mod files;
mod home;
mod indicators;
mod key;
mod labels;
mod methodology;
mod privacy;
mod reuses;
mod site;
mod why;

use actix_web::web::{self, ServiceConfig};

use crate::web::assessed;
use crate::web::error::no_such_page;
use crate::web::final_slash::{with_slash, without_slash};
use crate::web::sent::read;

pub use home::FirstPage;
pub use reuses::DECLARATIONS_PER_MINUTE;

/// Pages whose address is found with a slash at its end, too.
const PAGES: &str = "compare|releases|privacy|accessibility|api|indicators|reuses|methodology";

/// The routes below each language, and below none.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("", read().to(home::without_slash))
        .route("/", read().to(home::page))
        .route("/sites", read().to(home::sites))
        .route("/compare", read().to(compare::page))
        .route("/releases", read().to(data::releases_page))
        .route("/sites/{host}", read().to(site::page))
        .route("/sites/{host}/embed", read().to(site::embed::how))
        .route("/embed/{host}", read().to(site::embed::page))
        .route("/embed/{host}/badge.svg", read().to(site::embed::badge))
        .route("/embed/{host}/chart.svg", read().to(site::embed::chart))
        .route("/sites/{host}/{dimension}", read().to(site::list_page))
        .route("/privacy", read().to(privacy::page))
        .route("/privacy/opt-out", web::post().to(privacy::opt_out))
        .route("/privacy/assessment.json", read().to(assessed::file))
        .route("/accessibility", read().to(accessibility::page))
        .route("/api", read().to(api::page))
        .route(&format!("/{{page:{PAGES}}}/"), read().to(without_slash))
        .route("/sites/{host}/", read().to(without_slash))
        .route("/sites/{host}/{dimension}/", read().to(without_slash))
        .route("/indicators", read().to(indicators::page))
        .service(
            web::resource("/reuses")
                .app_data(reuses::form_config())
                .default_service(web::to(no_such_page))
                .route(read().to(reuses::page))
                .route(web::post().to(reuses::declare)),
        )
        .route("/reuses/new", read().to(reuses::empty))
        .route("/reuses/waiting", read().to(reuses::waiting))
        .route("/methodology", read().to(methodology::page));
}

/// The pages of the catalogue below a language. Without one, `/data` is the place of the files, of
/// which [`neutral_data_routes`] are the pages.
pub fn data_routes(config: &mut ServiceConfig) {
    config
        .route("/data", read().to(data::page))
        .route("/data/", read().to(data::page))
        .route("/data/organisations/{slug}/", read().to(data::group_page))
        .route("/data/organisations/{slug}", read().to(with_slash))
        .route("/data/organisations/{slug}/{dataset}", read().to(data::of_group))
        .route("/data/organisations/{slug}/{dataset}/", read().to(without_slash))
        .route("/data/{host}", read().to(with_slash))
        .route("/data/{host}/", read().to(data::site_page))
        .route("/data/{host}/{dataset}", read().to(data::of_site))
        .route("/data/{host}/{dataset}/", read().to(without_slash));
}

/// The pages of the catalogue in the language that the browser asks for.
pub fn neutral_data_routes(config: &mut ServiceConfig) {
    config
        .route("", read().to(data::page))
        .route("/", read().to(data::page))
        .route("/organisations/{slug}/", read().to(data::group_page))
        .route("/{host}/", read().to(data::site_page));
}
