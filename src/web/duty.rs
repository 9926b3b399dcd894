//! Files for the Single Digital Gateway, made when they are asked for, of released tables alone.

use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::model::Period;
use crate::publish::duty::{Sdg, sdg};
use crate::web::App;
use crate::web::api::read;
use crate::web::error::Refusal;
use crate::web::tagged::tagged;

/// After the month in the name of the file of what the payload has no room for.
const NOTE: &str = "-note";

/// The routes below `/data`.
pub fn routes(config: &mut ServiceConfig) {
    config.route("/{host}/sdg/{file}", read().to(gateway));
}

/// `GET /data/{host}/sdg/{month}.json`, and `{month}-note.json` beside it.
async fn gateway(
    request: HttpRequest,
    place: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (host, file) = place.into_inner();
    let sites = app.collector.sites();
    let site = sites.by_host(&host).filter(|site| site.host.as_str() == host);
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
    let made = web::block(move || sdg(app.store.as_ref(), &site, month, None)).await??;
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

fn json(value: &impl Serialize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|_| Refusal::Internal)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn missing(why: &str) -> Refusal {
    Refusal::NotFound(why.to_owned())
}
