//! `/.well-known/gpc.json`: whether Global Privacy Control is honoured here; and the analysis of
//! anonymity.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

use crate::model::OnRefusal;
use crate::web::App;

/// When this version's way of honouring the signal was last changed (the W3C draft asks for it).
const LAST_UPDATE: &str = "2026-11-24";

/// Where the analysis of anonymity is.
pub const ANONYMITY_PATH: &str = "/anonymity.txt";

/// The analysis of anonymity, as it is written.
const ANONYMITY: &str = include_str!("../../docs/anonymity.md");

/// `GET /anonymity.txt`: against whom published figures are protected, and how well.
pub async fn anonymity() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(ANONYMITY)
}

/// `GET /.well-known/gpc.json`: true as long as no site ignores the signal.
pub async fn gpc(app: Data<App>) -> HttpResponse {
    let sites = app.collector.sites();
    let honoured = sites.all().iter().all(|site| site.rules.gpc != OnRefusal::Ignore);
    let body = json!({ "gpc": honoured, "lastUpdate": LAST_UPDATE });
    HttpResponse::Ok().content_type("application/json").body(body.to_string())
}
