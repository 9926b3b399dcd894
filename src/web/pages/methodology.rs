//! What the figures mean, from the rules that are in force.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::collect::Dropped;
use crate::dimension;
use crate::model::Metric;
use crate::privacy::{RELEASE_RULE, ROUNDED_TO, VISITORS_MIN};
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "methodology.html")]
struct MethodologyPage {
    frame: Frame,
    metrics: Vec<(&'static str, &'static str)>,
    dimensions: Vec<(&'static str, &'static str)>,
    dropped: Vec<(&'static str, String)>,
    retention_months: u32,
    rule: &'static str,
    visitors_min: u64,
    rounded_to: u64,
}

/// `GET /methodology`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let page = MethodologyPage {
        frame,
        metrics: Metric::ALL.map(|metric| (metric.name(), metric.definition())).to_vec(),
        dimensions: dimension::ALL.iter().map(|one| (one.name, one.description)).collect(),
        dropped: Dropped::ALL.map(|why| (why.reason(), why.advice())).to_vec(),
        retention_months: app.retention_months,
        rule: RELEASE_RULE,
        visitors_min: VISITORS_MIN,
        rounded_to: ROUNDED_TO,
    };
    page.frame.answer(&request, &page)
}
