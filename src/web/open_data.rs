//! The files of open data: open to every origin, each with its media type and a strong ETag.

use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use crate::model::Period;
use crate::publish::table::Format;
use crate::publish::{self, ALL, About, Asked, Content, Dataset, about_organisation};
use crate::store::members;
use crate::web::App;
use crate::web::api::read;
use crate::web::error::Refusal;
use crate::web::sent::{Cache, Content as Bytes, Disposition, Sent, send};

/// The routes below `/data`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/organisations/{slug}/{dataset}/{file}", read().to(file))
        .route("/{host}/{dataset}/{file}", read().to(file))
        .default_service(web::to(crate::web::error::no_such_page));
}

/// The parts of an address.
#[derive(Clone, Deserialize)]
pub struct Place {
    host: Option<String>,
    slug: Option<String>,
    dataset: String,
    file: String,
}

/// `GET /data/{host}/{dataset}/{period}.{format}`, of `all` or of an organisation too; a revision
/// has `-r1` after its period.
async fn file(
    request: HttpRequest,
    place: Path<Place>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let Place { dataset, file, .. } = place.clone();
    let dataset = Dataset::named(&dataset)
        .ok_or_else(|| missing(&format!("No such dataset: {}.", publish::dataset_names())))?;
    let (period, revision, format) = split(&file)?;
    let now = (app.clock)();
    let answered = web::block(move || {
        let about = about(&app, &place)?;
        let has_begun = about.sites.iter().any(|site| period.first() <= site.zone.day_at(now).date);
        if !has_begun && !about.sites.is_empty() {
            return Err(missing("This period has not begun."));
        }
        let asked = Asked { about: &about, dataset, period, revision, format };
        let found = publish::file(app.store.as_ref(), &app.provisional, &asked, now)?;
        found.ok_or_else(|| missing("There is no such revision of this file."))
    });
    answer(&request, &file, (format, revision), answered.await??)
}

/// Whose file is asked for.
fn about(app: &App, place: &Place) -> Result<About, Refusal> {
    let sites = app.collector.sites();
    if let Some(slug) = &place.slug {
        let all = app.store.organisations()?;
        let root = all.iter().find(|one| one.slug == *slug).map(|one| one.id);
        let root =
            root.ok_or_else(|| missing("No such organisation: see /api/v1/organisations."))?;
        let within = members(&all, root);
        let is_within = |id| within.contains(&id);
        let of = sites.all().iter().filter(|site| site.organisation.is_some_and(is_within));
        let sites = of.cloned().collect();
        return Ok(About { name: about_organisation(slug), sites, is_site: false });
    }
    let host = place.host.as_deref().unwrap_or_default();
    if host == ALL {
        return Ok(About { name: ALL.to_owned(), sites: sites.all().to_vec(), is_site: false });
    }
    let site = sites.by_host(host).filter(|site| site.host.as_str() == host);
    let site = site.cloned().ok_or_else(|| missing("No such site is counted here."))?;
    Ok(About { name: host.to_owned(), sites: vec![site], is_site: true })
}

/// A released file goes out as it is kept: packed, with its own hash as its tag.
fn answer(
    request: &HttpRequest,
    name: &str,
    (format, revision): (&dyn Format, Option<u32>),
    content: Content,
) -> Result<HttpResponse, Refusal> {
    let (cache, content) = match (content, revision) {
        (Content::Final(content), Some(_)) => (Cache::Revision, content),
        (Content::Final(content), None) => (Cache::Final, content),
        (Content::Provisional(content), _) => (Cache::Provisional, content),
    };
    let (about, dataset) = (&content.release.about, &content.file.dataset);
    let name = format!("parvis_{about}_{dataset}_{name}");
    let sent = Sent {
        etag: content.file.sha256,
        media_type: format.media_type(),
        disposition: disposition(format, name),
        cache,
        varies_by_accept: false,
        content: Bytes::Zstd { packed: content.packed, plain_length: content.file.bytes },
    };
    send(request, sent)
}

/// What browsers show is shown; a file for another program is saved.
fn disposition(format: &dyn Format, name: String) -> Disposition {
    match format.extension() {
        "csv" | "json" => Disposition::Inline(name),
        _ => Disposition::Attachment(name),
    }
}

/// Period, revision and format of a file's name.
fn split(file: &str) -> Result<(Period, Option<u32>, &'static dyn Format), Refusal> {
    let (name, format) = publish::split_extension(file).ok_or_else(|| {
        missing(&format!("No such format: there are {}.", publish::format_names()))
    })?;
    let revision = name
        .rsplit_once("-r")
        .and_then(|(period, number)| number.parse::<u32>().ok().map(|number| (period, number)));
    let (period, revision) = match revision {
        Some((period, number)) => (period, Some(number)),
        None => (name, None),
    };
    let period = period.parse::<Period>().map_err(|error| Refusal::Wrong(error.to_string()))?;
    Ok((period, revision, format))
}

fn missing(why: &str) -> Refusal {
    Refusal::NotFound(why.to_owned())
}
