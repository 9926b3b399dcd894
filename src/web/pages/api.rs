//! `/api`: the description of the API for people, from the same lists as that for programs.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::dimension::{self, CROSSINGS, Dimension};
use crate::web::App;
use crate::web::api::words::{self, QUESTIONS, REGISTERS};
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::pages::methodology::{MetricLine, metrics};

/// One address.
struct PathLine {
    address: String,
    summary: &'static str,
    example: String,
}

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    frame: Frame,
    paths: Vec<PathLine>,
    parameters: Vec<(&'static str, String, &'static str)>,
    metrics: Vec<MetricLine>,
    dimensions: Vec<(&'static str, String, String)>,
}

/// `GET /api`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let sites = app.collector.sites();
    let host = sites.all().first().map_or("www.example.fr", |site| site.host.as_str());
    let frame = Frame::of(&request, &app);
    let locale = frame.locale;
    let registers = REGISTERS.map(|(address, summary)| PathLine {
        address: address.to_owned(),
        summary: locale.of(summary),
        example: address.to_owned(),
    });
    let of_sites = QUESTIONS.map(|(what, summary)| PathLine {
        address: format!("/api/v1/sites/{{host}}/{what}"),
        summary: locale.of(summary),
        example: format!("/api/v1/sites/{host}/{}", what.replace("{dimension}", "page")),
    });
    let parameters = words::parameters("breakdown timeseries").into_iter();
    let parameters = parameters
        .map(|(name, meaning, example)| (name, locale.either(&meaning.fr, &meaning.en), example));
    let public = dimension::ALL.iter().filter(|one| one.exposure.is_public());
    let page = ApiPage {
        paths: registers.into_iter().chain(of_sites).collect(),
        parameters: parameters.collect(),
        metrics: metrics(locale),
        dimensions: public
            .map(|one| (one.name, locale.of(one.description).replace('`', ""), crossed_with(one)))
            .collect(),
        frame,
    };
    page.frame.answer(&request, &page)
}

/// The dimensions that one is kept together with and that everybody may ask for, by commas.
fn crossed_with(dimension: &Dimension) -> String {
    let others = CROSSINGS.iter().filter_map(|(one, other)| match dimension.code {
        code if code == one.code => Some(*other),
        code if code == other.code => Some(*one),
        _ => None,
    });
    let public = others.filter(|other| other.exposure.is_public_crossed());
    public.map(|other| other.name).collect::<Vec<_>>().join(", ")
}
