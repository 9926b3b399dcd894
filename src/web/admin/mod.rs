//! The administrators' pages: sign-in, the tag of each site to copy, declared re-uses, and today as
//! it happens.

mod browser;
pub mod dropped;
pub mod live;
mod password;
pub mod reuses;
mod rules;
mod session;
pub mod sign_in;

use actix_web::http::header;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::collect::Limiter;
use crate::model::{Profile, Words, utc_date};
use crate::privacy::StaffPass;
use crate::publish::beside::PROFILES;
use crate::store::Arrivals;
use crate::web::App;
use crate::web::assets;
use crate::web::error::Refusal;
use crate::web::frame::Frame;

pub use browser::BROWSER_DAYS;
use password::PasswordChecks;
pub use password::hash_password;
pub use rules::check_password;

/// Attempts to sign in from one address in a minute.
const ATTEMPTS_PER_MINUTE: u32 = 10;

/// Attempts with one login in a minute, from all strangers together; as many from browsers in which
/// it was signed in before.
const LOGIN_ATTEMPTS_PER_MINUTE: u32 = 20;

/// The bounds of signing in.
pub struct SignIns {
    /// Attempts from one address.
    pub of_address: Limiter,
    /// Attempts with one login.
    pub of_login: Limiter,
    checks: PasswordChecks,
}

impl Default for SignIns {
    fn default() -> Self {
        Self {
            of_address: Limiter::new(ATTEMPTS_PER_MINUTE),
            of_login: Limiter::new(LOGIN_ATTEMPTS_PER_MINUTE),
            checks: PasswordChecks::default(),
        }
    }
}

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
    /// The address in the tags, if nobody has said that it is the right one.
    unconfirmed: Option<String>,
    /// The text that says what is wrong with where requests seem to come from.
    warning: Option<&'static str>,
    arrivals: Arrivals,
}

/// `GET /admin`: the sites and their tags.
pub async fn home(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let Some(pass) = signed_in(&request, &app).await? else { return Ok(to("/admin/sign-in")) };
    let frame = Frame::of(&request, &app);
    // What a request calls this service is not believed: the tag would lead wherever it says.
    let base = &app.roof.base_url;
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
    let is_confirmed = app.public_url.is_some() || app.demo;
    let unconfirmed = (!is_confirmed).then(|| app.roof.base_url.clone());
    let login = pass.login().to_owned();
    let page = AdminPage { frame, login, sites, unconfirmed, warning, arrivals };
    page.frame.answer(&request, &page)
}

/// The proof that the asker is signed in, if so.
pub async fn signed_in(
    request: &HttpRequest,
    app: &Data<App>,
) -> Result<Option<StaffPass>, Refusal> {
    let Some(session) = session::named(request) else { return Ok(None) };
    Ok(session::login_of(app, session).await?.map(StaffPass::signed_in))
}

/// A profile in words, as the register of sites says it.
fn profile(profile: Profile) -> Words {
    let found = PROFILES.iter().find(|(name, _)| *name == profile.name());
    found.map_or(Words::new(profile.name(), profile.name()), |(_, words)| *words)
}

fn to(address: &'static str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, address)).finish()
}
