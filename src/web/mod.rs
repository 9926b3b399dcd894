//! The only folder that knows the web framework: each handler parses, calls one function below, and
//! prints.

mod accept;
pub mod admin;
mod api;
mod assessed;
mod assets;
mod beacon;
mod chart;
mod client;
mod downloads;
mod duty;
mod error;
mod final_slash;
mod forms;
mod frame;
mod health;
pub mod limits;
mod locale;
mod look;
mod machines;
mod methods;
mod of_staff;
mod open_data;
pub mod pages;
mod privacy;
mod reuse_line;
mod secured;
pub mod sent;
mod tagged;

use std::sync::{Arc, Mutex};

use actix_web::guard::{GuardContext, fn_guard};
use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use ipnet::IpNet;
use tokio::sync::{Semaphore, watch};

use crate::collect::{Collector, Limiter};
use crate::journal::{Journal, Live};
use crate::model::{Clock, ClockWatch, Elapsed, Random, details_from};
use crate::query::{Asker, Kept, Provisional};
use crate::signal::Tables;
use crate::store::Store;

pub use assets::{table, table_version, tracker_version_inside};
pub use client::ForwardedHeader;
pub use downloads::DownloadCounters;
pub use locale::languages;
pub use look::{Look, LookError};
pub use open_data::Roof;
pub use pages::FirstPage;
use secured::CONTENT_SECURITY_POLICY;

/// Everything the handlers call.
pub struct App {
    /// Counts views.
    pub collector: Arc<Collector>,
    /// Keeps sites, staff and counts.
    pub store: Arc<dyn Store>,
    /// Says whether the disk can be written.
    pub journal: Arc<Journal>,
    /// The provisional tables of today.
    pub provisional: Provisional,
    /// The answers for everybody that were made last.
    pub answers: Kept,
    /// Counts downloads.
    pub downloads: Arc<DownloadCounters>,
    /// The last half hour.
    pub live: Arc<Live>,
    /// Says whether the tables are ready.
    pub tables: Arc<Tables>,
    /// Tells the time.
    pub clock: Clock,
    /// Tells how long the machine has run.
    pub elapsed: Elapsed,
    /// Tells whether the time can be believed.
    pub clock_watch: ClockWatch,
    /// Makes tokens.
    pub random: Random,
    /// The service's address for the world, if it is configured.
    pub public_url: Option<String>,
    /// How the service presents itself.
    pub look: Look,
    /// What is published, under one roof.
    pub roof: Roof,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The header that names the visitor's address.
    pub forwarded_header: ForwardedHeader,
    /// Networks whose visits are not counted.
    pub excluded_networks: Vec<IpNet>,
    /// Months after which details are deleted.
    pub retention_months: u32,
    /// The figures of all sites together.
    pub first_page: FirstPage,
    /// Is the demo's site served?
    pub demo: bool,
    /// The secret of the one-time link that makes the first administrator.
    pub first_link: Mutex<Option<String>>,
    /// Bounds what requests hold at once.
    pub limits: limits::Limits,
    /// Bounds the attempts to sign in, and the memory that they take.
    pub sign_ins: admin::SignIns,
    /// Bounds the declared re-uses.
    pub declarations: Limiter,
    /// Bounds the open live streams.
    pub live_streams: Arc<Semaphore>,
    /// Turns true when the service stops, so that open streams end.
    pub stopping: watch::Receiver<bool>,
}

impl App {
    /// Is this an address whose visits are not counted?
    fn is_excluded(&self, address: &std::net::IpAddr) -> bool {
        self.excluded_networks.iter().any(|network| network.contains(address))
    }

    /// Everybody, as who asks for figures.
    fn public_asker(&self) -> Asker<'_> {
        Asker {
            store: self.store.as_ref(),
            now: (self.clock)(),
            details_from: self.details_from(),
            pass: None,
            provisional: &self.provisional,
            kept: Some(&self.answers),
        }
    }

    /// The first day whose details are kept.
    fn details_from(&self) -> jiff::civil::Date {
        details_from((self.clock)(), self.retention_months)
    }
}

/// The route table.
pub fn routes(config: &mut ServiceConfig) {
    config
        .app_data(web::QueryConfig::default().error_handler(error::wrong_query))
        .app_data(web::FormConfig::default().error_handler(error::wrong_form))
        .service(
            web::resource("/api/event")
                .wrap(from_fn(beacon::open_to_sender))
                .default_service(web::to(error::no_such_page))
                .route(web::route().guard(fn_guard(is_post)).to(beacon::event))
                .route(web::method(Method::OPTIONS).to(beacon::preflight)),
        )
        .route("/p.gif", sent::read().to(beacon::pixel))
        .route("/t.js", sent::read().to(assets::tracker))
        .route("/t-{version}.js", sent::read().to(assets::tracker_version))
        .route("/opt-out.js", sent::read().to(assets::opt_out_script))
        .configure(machines::routes)
        .route("/healthz", sent::read().to(health::alive))
        .route("/readyz", sent::read().to(health::ready))
        .route("/data", asked_before().to(sent::preflight))
        .route("/data/{rest:.*}", asked_before().to(sent::preflight))
        .route("/api", asked_before().to(sent::preflight))
        .route("/api/{rest:.*}", asked_before().to(sent::preflight))
        .service(
            web::scope("/data")
                .configure(pages::neutral_data_routes)
                .configure(open_data::routes)
                .wrap(from_fn(frame::in_words))
                .wrap(from_fn(secured::secured)),
        )
        .route("/.well-known/gpc.json", sent::read().to(privacy::gpc))
        .route("/api/openapi.json", sent::read().to(api::openapi::document))
        .service(figures("/api/v1"))
        .service(figures("/admin/api/v1"))
        .service(all_pages());
}

/// As `web::post()` asks, which notes for each request besides which methods it has asked for: here
/// `methods` says what an address takes.
fn is_post(request: &GuardContext<'_>) -> bool {
    request.head().method == Method::POST
}

/// What scripts of other origins ask for before they send what needs permission.
fn asked_before() -> actix_web::Route {
    web::method(Method::OPTIONS)
}

/// The figures to programs: to everybody at one address, to staff at the other.
fn figures(address: &str) -> impl actix_web::dev::HttpServiceFactory {
    web::scope(address).configure(api::routes).wrap(from_fn(secured::secured))
}

fn all_pages() -> impl actix_web::dev::HttpServiceFactory {
    let mut scope = web::scope("");
    for locale in locale::all() {
        let below = web::scope(&format!("/{}", locale.tag())).configure(pages::routes);
        let below = below.configure(pages::data_routes);
        scope = scope.service(below.default_service(web::to(error::no_such_page)));
    }
    scope
        .configure(pages::routes)
        .wrap(from_fn(forms::from_own_pages))
        .wrap(from_fn(frame::in_words))
        .wrap(from_fn(limits::bodies::of_forms))
        .wrap(from_fn(secured::secured))
        .route("/assets/{file}", sent::read().to(assets::file))
        .route("/theme/{file}", sent::read().to(look::file))
        .route("/demo", sent::read().to(assets::demo_index))
        .route("/demo/{file:.*}", sent::read().to(assets::demo))
        .route("/admin", sent::read().to(admin::home))
        .route("/admin/first", sent::read().to(admin::sign_in::first_form))
        .route("/admin/first", web::post().to(admin::sign_in::first))
        .route("/admin/sign-in", sent::read().to(admin::sign_in::form))
        .route("/admin/sign-in", web::post().to(admin::sign_in::sign_in))
        .route("/admin/sign-out", web::post().to(admin::sign_in::sign_out))
        .route("/admin/reuses", sent::read().to(admin::reuses::page))
        .route("/admin/reuses/{id}/publish", web::post().to(admin::reuses::publish))
        .route("/admin/reuses/{id}/refuse", web::post().to(admin::reuses::refuse))
        .route("/admin/dropped", sent::read().to(admin::dropped::page))
        .route("/admin/live", sent::read().to(admin::live::page))
        .route("/admin/live/events", sent::read().to(admin::live::events))
        .default_service(web::to(error::no_such_page))
}
