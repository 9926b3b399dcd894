//! The first page: the sites.

use actix_web::http::header;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::model::Site;
use crate::store::By;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::pages::site::{DAYS_SHOWN, gathered, shown};

/// A site on the first page.
struct SiteLine {
    host: String,
    synthetic: bool,
    views: String,
    visitors: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    sites: Vec<SiteLine>,
    days_shown: i32,
}

/// `GET /fr`: to the first page in a language.
pub async fn without_slash(request: HttpRequest) -> HttpResponse {
    let page = format!("{}/", request.path());
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, page)).finish()
}

/// `GET /`: the sites.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let sites = app.collector.sites();
    let asked = app.clone();
    let lines = web::block(move || {
        let line = |site: &Site| {
            let last = site.zone.day_at((asked.clock)()).date;
            let total = gathered(&asked, site, By::Nothing, last)?;
            Ok(SiteLine {
                host: site.host.to_string(),
                synthetic: site.synthetic,
                views: total.first().map(|row| shown(row.figures[0])).unwrap_or_default(),
                visitors: total.first().map(|row| shown(row.figures[1])).unwrap_or_default(),
            })
        };
        sites.all().iter().map(|site| line(site)).collect::<Result<Vec<_>, Refusal>>()
    })
    .await??;
    let page = HomePage { frame: Frame::of(&request, &app), sites: lines, days_shown: DAYS_SHOWN };
    page.frame.answer(&request, &page)
}
