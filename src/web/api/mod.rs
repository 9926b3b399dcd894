//! `/api/v1`: the figures to programs, without a key and open to every origin.
//!
//! The same handlers answer signed-in staff under `/admin/api/v1`, with exact figures.

mod answer;
pub mod openapi;
pub mod words;

use std::sync::Arc;

use actix_web::web::{Data, Path, Query, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::dimension::{self, CROSSINGS, Exposure};
use crate::model::{Metric, OrganisationId, Site};
use crate::privacy::StaffPass;
use crate::publish::{format_named, format_names};
use crate::query::{Ask, What, dimension_named};
use crate::store::{Organisation, members};
use crate::web::App;
use crate::web::accept::preferred;
use crate::web::admin::signed_in;
use crate::web::error::Refusal;
use crate::web::of_staff::is_of_staff;
use crate::web::open_data::identifiers;
use crate::web::sent::read;
use crate::web::tagged::tagged;

use answer::{About, answer};

/// The routes, as they stand below `/api/v1` and below `/admin/api/v1`.
pub fn routes(config: &mut ServiceConfig) {
    let of = "{extension:(\\.[a-z]+)*}";
    config
        .route("", read().to(identifiers::api))
        .route("/", read().to(identifiers::api))
        .route("/sites", read().to(sites))
        .route("/organisations", read().to(organisations))
        .route("/dimensions", read().to(dimensions))
        .route("/dropped", read().to(crate::web::admin::dropped::senders))
        .route("/sites/{host}/dropped", read().to(dropped))
        .route(&format!("/sites/{{host}}/totals{of}"), read().to(totals))
        .route(&format!("/sites/{{host}}/timeseries{of}"), read().to(timeseries))
        .route(
            &format!("/sites/{{host}}/breakdown/{{dimension:[a-z_]+}}{of}"),
            read().to(breakdown),
        )
        .route(&format!("/organisations/{{slug}}/totals{of}"), read().to(totals))
        .route(&format!("/organisations/{{slug}}/timeseries{of}"), read().to(timeseries))
        .route(
            &format!("/organisations/{{slug}}/breakdown/{{dimension:[a-z_]+}}{of}"),
            read().to(breakdown),
        )
        .default_service(web::to(crate::web::error::no_such_page));
}

/// The parts of an address.
#[derive(Deserialize)]
struct Place {
    host: Option<String>,
    slug: Option<String>,
    dimension: Option<String>,
    #[serde(default)]
    extension: String,
}

/// The parameters as they are written, each name as often as it stands there.
type Pairs = Vec<(String, String)>;

/// Who asks: everybody on the public routes, and on those below `/admin` signed-in staff alone.
async fn asker(request: &HttpRequest, app: &Data<App>) -> Result<Option<StaffPass>, Refusal> {
    if !is_of_staff(request) {
        return Ok(None);
    }
    signed_in(request, app).await?.map(Some).ok_or(Refusal::SignedOut)
}

/// Every site.
async fn sites(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    asker(&request, &app).await?;
    let sites = app.collector.sites();
    let organisations = all_organisations(&app).await?;
    let slug = |id: OrganisationId| organisations.iter().find(|one| one.id == id);
    let written = |site: &Arc<Site>| {
        json!({
            "host": site.host.as_str(),
            "host_unicode": site.host.readable(),
            "aliases": site.aliases.iter().map(|alias| alias.as_str()).collect::<Vec<_>>(),
            "time_zone": site.zone.name(),
            "organisation": site.organisation.and_then(slug).map(|one| &one.slug),
            "privacy_profile": site.rules.profile.name(),
            "sections": site.rules.readable_sections(),
            "synthetic": site.synthetic,
            "licence": site.rules.licence.name(),
            "visitors_min": site.rules.visitors_min,
        })
    };
    let sites: Vec<_> = sites.all().iter().map(written).collect();
    Ok(tagged_json(&request, &json!({ "sites": sites })))
}

/// The tree of organisations.
async fn organisations(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    asker(&request, &app).await?;
    let all = all_organisations(&app).await?;
    let sites = app.collector.sites();
    let written = |one: &Organisation| {
        let own = sites.all().iter().filter(|site| site.organisation == Some(one.id));
        let parent = all.iter().find(|other| Some(other.id) == one.parent);
        json!({
            "slug": one.slug,
            "name": one.name,
            "identifier": one.identifier,
            "parent": parent.map(|parent| &parent.slug),
            "sites": own.map(|site| site.host.as_str()).collect::<Vec<_>>(),
        })
    };
    let written: Vec<_> = all.iter().map(written).collect();
    Ok(tagged_json(&request, &json!({ "organisations": written })))
}

/// The dimensions, the metrics and the crossings that are kept.
async fn dimensions(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    asker(&request, &app).await?;
    let dimensions: Vec<_> = dimension::ALL
        .iter()
        .filter(|one| one.exposure != Exposure::Beside)
        .map(|one| {
            json!({
                "name": one.name,
                "description": one.description.en,
                "public": one.exposure.is_public(),
                "columns": one.columns,
            })
        })
        .collect();
    let crossings = CROSSINGS.map(|(one, other)| [one.name, other.name]);
    let metrics: Vec<_> = Metric::ALL
        .iter()
        .map(|one| json!({ "name": one.name(), "definition": one.definition() }))
        .collect();
    let body = json!({ "dimensions": dimensions, "metrics": metrics, "crossings": crossings });
    Ok(tagged_json(&request, &body))
}

/// What was not counted in a period, by reason: for staff, until it is published.
async fn dropped(
    request: HttpRequest,
    place: Path<Place>,
    pairs: Query<Pairs>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let Some(_pass) = asker(&request, &app).await? else { return Err(Refusal::SignedOut) };
    let About::Site(site) = about(&place, &app).await? else { return Err(Refusal::Internal) };
    let today = site.zone.day_at((app.clock)()).date;
    let pairs = pairs.into_inner();
    let is_usual = pairs.is_empty();
    let read = Ask::read(What::Totals, pairs.into_iter(), today, today);
    let mut span = read.map_err(|error| Refusal::Wrong(error.to_string()))?.span;
    if is_usual {
        // Whoever looks why nothing is counted has just tried it.
        span.last = today;
    }
    let (store, host) = (app.store.clone(), site.host.clone());
    let reasons = web::block(move || store.dropped(&site, span.first, span.last)).await??;
    let reasons = reasons.into_iter().map(|(reason, hits)| (reason, json!(hits)));
    let body = json!({
        "site": host.as_str(),
        "period": { "first": span.first.to_string(), "last": span.last.to_string() },
        "dropped": Value::Object(reasons.collect()),
    });
    Ok(tagged_json(&request, &body))
}

/// One line.
async fn totals(
    request: HttpRequest,
    place: Path<Place>,
    pairs: Query<Pairs>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    figures(request, place, pairs, app, What::Totals).await
}

/// One line an hour, day, week, month or year.
async fn timeseries(
    request: HttpRequest,
    place: Path<Place>,
    pairs: Query<Pairs>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    figures(request, place, pairs, app, What::Timeseries).await
}

/// One line a value.
async fn breakdown(
    request: HttpRequest,
    place: Path<Place>,
    pairs: Query<Pairs>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let name = place.dimension.as_deref().unwrap_or_default();
    let dimension = dimension_named(name).map_err(|error| Refusal::NotFound(error.to_string()))?;
    figures(request, place, pairs, app, What::Breakdown(dimension)).await
}

async fn figures(
    request: HttpRequest,
    place: Path<Place>,
    pairs: Query<Pairs>,
    app: Data<App>,
    what: What,
) -> Result<HttpResponse, Refusal> {
    let pass = asker(&request, &app).await?;
    let about = about(&place, &app).await?;
    let format = match place.extension.strip_prefix('.') {
        Some("json") => None,
        Some(extension) => Some(format_named(extension).ok_or_else(|| {
            let why = format!("No such format: there are {}.", format_names());
            Refusal::NotFound(why)
        })?),
        None if prefers_csv(&request) => format_named("csv"),
        None => None,
    };
    answer(&request, app, about, what, pairs.into_inner(), format, pass).await
}

/// Whose figures are asked for.
async fn about(place: &Place, app: &Data<App>) -> Result<About, Refusal> {
    let sites = app.collector.sites();
    if let Some(host) = &place.host {
        let site = sites.named(host).cloned();
        let site = site.ok_or_else(|| {
            let why = "No such site is counted here; /api/v1/sites lists them.";
            Refusal::NotFound(why.to_owned())
        })?;
        return Ok(About::Site(site));
    }
    let slug = place.slug.clone().unwrap_or_default();
    let all = all_organisations(app).await?;
    let found = all.iter().find(|one| one.slug == slug).map(|one| one.id);
    let root = found.ok_or_else(|| {
        let why = "No such organisation; /api/v1/organisations lists them.";
        Refusal::NotFound(why.to_owned())
    })?;
    let within = members(&all, root);
    let is_within = |site: &&Arc<Site>| site.organisation.is_some_and(|one| within.contains(&one));
    let sites = sites.all().iter().filter(is_within).cloned().collect();
    Ok(About::Organisation(slug, sites))
}

async fn all_organisations(app: &Data<App>) -> Result<Vec<Organisation>, Refusal> {
    let store = app.store.clone();
    Ok(web::block(move || store.organisations()).await??)
}

/// Does the `Accept` header name CSV before JSON?
fn prefers_csv(request: &HttpRequest) -> bool {
    preferred(request, &["application/json", "text/csv"]) == "text/csv"
}

fn tagged_json(request: &HttpRequest, body: &Value) -> HttpResponse {
    tagged(request, "application/json", body.to_string().into_bytes(), None)
}
