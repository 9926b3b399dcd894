//! Files for the Single Digital Gateway, and those that analytics.usa.gov has too: made when they
//! are asked for, of released tables alone.

use actix_web::web::{Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::model::Period;
use crate::publish::duty::{Agency, Sdg, report_names, sdg, usa};
use crate::store::members;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::limits::questions::computed;
use crate::web::sent::read;
use crate::web::tagged::tagged;

/// After the month in the name of the file of what the payload has no room for.
const NOTE: &str = "-note";

/// The agency that is all sites.
const LIVE: &str = "live";

/// The routes below `/data`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/{host}/sdg/{file}", read().to(gateway))
        .route("/compat/usa/{agency}/{file}", read().to(report));
}

/// `GET /data/{host}/sdg/{month}.json`, and `{month}-note.json` beside it.
async fn gateway(
    request: HttpRequest,
    place: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (host, file) = place.into_inner();
    let sites = app.collector.sites();
    let site = sites.named(&host);
    let site = site.cloned().ok_or_else(|| missing("No such site is counted here."))?;
    let name = file.strip_suffix(".json").ok_or_else(|| missing("This file is JSON alone."))?;
    let (month, is_note) = match name.strip_suffix(NOTE) {
        Some(month) => (month, true),
        None => (name, false),
    };
    let month: Period =
        month.parse().map_err(|error| Refusal::Wrong(format!("{month:?} is {error}")))?;
    let Period::Month(_) = month else {
        return Err(Refusal::Wrong("This file is of whole months: write 2026-10.".to_owned()));
    };
    let made = computed(&request, move || sdg(app.store.as_ref(), &site, month, None)).await??;
    let bytes = match made {
        Sdg::Made(both) if is_note => json(&both.1)?,
        Sdg::Made(both) => json(&both.0)?,
        Sdg::Open => {
            return Err(missing("This month is not final: its file is made once its days are."));
        }
        Sdg::NotKept => {
            return Err(missing(
                "This month was released by a version that did not keep page, country and device \
                 together.",
            ));
        }
    };
    Ok(tagged(&request, "application/json", bytes, None))
}

/// `GET /data/compat/usa/{agency}/{report}.json` or `.csv`; an agency is `live` for all sites, the
/// name of an organisation in addresses, or a host.
async fn report(
    request: HttpRequest,
    place: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (name, file) = place.into_inner();
    let no_format = || missing("There are .json and .csv files.");
    let (report, format) = file.rsplit_once('.').ok_or_else(no_format)?;
    let is_csv = match format {
        "csv" => true,
        "json" => false,
        _ => return Err(no_format()),
    };
    let (report, now) = (report.to_owned(), (app.clock)());
    let bytes = computed(&request, move || {
        let agency = agency(&app, &name)?;
        let made = usa(app.store.as_ref(), &app.provisional, now, &agency, &report)?;
        let made =
            made.ok_or_else(|| missing(&format!("No such report: there are {}.", report_names())))?;
        if is_csv { Ok::<_, Refusal>(made.csv()?) } else { Ok(made.json()) }
    })
    .await??;
    let media_type =
        if is_csv { "text/csv; charset=utf-8; header=present" } else { "application/json" };
    Ok(tagged(&request, media_type, bytes, None))
}

fn agency(app: &App, name: &str) -> Result<Agency, Refusal> {
    let sites = app.collector.sites();
    if name == LIVE {
        return Ok(Agency { name: None, sites: sites.all().to_vec() });
    }
    let named = Some(name.to_owned());
    if let Some(site) = sites.named(name) {
        return Ok(Agency { name: named, sites: vec![site.clone()] });
    }
    let all = app.store.organisations()?;
    let root = all.iter().find(|one| one.slug == name).map(|one| one.id);
    let root = root.ok_or_else(|| missing("No such agency: write live, a host or a slug."))?;
    let within = members(&all, root);
    let is_within = |id| within.contains(&id);
    let of = sites.all().iter().filter(|site| site.organisation.is_some_and(is_within));
    Ok(Agency { name: named, sites: of.cloned().collect() })
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|_| Refusal::Internal)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn missing(why: &str) -> Refusal {
    Refusal::NotFound(why.to_owned())
}
