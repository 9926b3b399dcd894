//! The files of open data: open to every origin, each with its media type and a strong ETag.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::model::Period;
use crate::publish::{self, Dataset, Format};
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::tagged::tagged;

/// `GET /data/{host}/{dataset}/{period}.{format}`.
pub async fn file(
    request: HttpRequest,
    path: Path<(String, String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (host, dataset, file) = path.into_inner();
    let sites = app.collector.sites();
    let site = sites.by_host(&host).filter(|site| site.host.as_str() == host);
    let site = site.cloned().ok_or_else(|| missing("No such site is counted here."))?;
    let dataset = Dataset::named(&dataset)
        .ok_or_else(|| missing(&format!("No such dataset: {}.", publish::dataset_names())))?;
    let (period, format) = split(&file)?;
    let now = (app.clock)();
    if period.first() > site.zone.day_at(now).date {
        return Err(missing("This period has not begun."));
    }
    let store = app.store.clone();
    let bytes = web::block(move || {
        let bytes = publish::file(store.as_ref(), &site, dataset, period, format, now)?;
        bytes.map_err(|error| {
            tracing::error!("a file cannot be written: {error}");
            Refusal::Internal
        })
    })
    .await??;
    Ok(answer(&request, &file, format, bytes))
}

fn answer(request: &HttpRequest, name: &str, format: &dyn Format, bytes: Vec<u8>) -> HttpResponse {
    let mut response = tagged(request, format.media_type(), bytes, None);
    if let Ok(name) = HeaderValue::from_str(&format!("inline; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

fn split(file: &str) -> Result<(Period, &'static dyn Format), Refusal> {
    let (period, format) = file.rsplit_once('.').unwrap_or((file, ""));
    let format = publish::format_named(format).ok_or_else(|| {
        missing(&format!("No such format: there are {}.", publish::format_names()))
    })?;
    let period = period.parse::<Period>().map_err(|error| Refusal::Wrong(error.to_string()))?;
    Ok((period, format))
}

fn missing(why: &str) -> Refusal {
    Refusal::NotFound(why.to_owned())
}
