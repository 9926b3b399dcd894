//! The files of open data: open to every origin, each with its media type and a strong ETag.

mod documents;
pub mod identifiers;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

use crate::model::{Period, utc_date};
use crate::publish::catalogue::csvw::SUFFIX;
use crate::publish::portal::folder_of;
use crate::publish::table::Format;
use crate::publish::{self, ALL, About, Asked, Content, Topic, about_organisation};
use crate::store::{FileContent, Release, members};
use crate::web::App;
use crate::web::downloads::FileKind;
use crate::web::error::Refusal;
use crate::web::limits::questions::computed;
use crate::web::sent::{Cache, Content as Bytes, Disposition, Sent, Varies, read, send};

pub use documents::{Roof, described, indicators};

/// The name of the last released month's file, which stays the same.
const LATEST: &str = "latest";

/// The routes below `/data`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .configure(crate::web::duty::routes)
        .route("/{path:.*}", read().to(anything))
        .default_service(web::to(crate::web::error::no_such_page));
}

/// The parts of the address of a file of figures.
struct Place {
    host: Option<String>,
    slug: Option<String>,
    dataset: String,
    file: String,
}

impl Place {
    /// Takes an address apart; nothing if it is not that of figures.
    fn of(path: &str) -> Option<Self> {
        let place = |host: Option<&str>, slug: Option<&str>, dataset: &str, file: &str| Self {
            host: host.map(str::to_owned),
            slug: slug.map(str::to_owned),
            dataset: dataset.to_owned(),
            file: file.to_owned(),
        };
        let parts: Vec<_> = path.split('/').collect();
        let place = match *parts.as_slice() {
            ["organisations", _, _] => return None,
            ["organisations", slug, dataset, file] => place(None, Some(slug), dataset, file),
            [host, dataset, file] => place(Some(host), None, dataset, file),
            _ => return None,
        };
        (!place.file.is_empty() && !place.file.ends_with(SUFFIX)).then_some(place)
    }
}

/// `GET /data/…`: a file of figures, or what describes the files.
async fn anything(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let path = request.match_info().query("path").to_owned();
    match Place::of(&path) {
        Some(place) => file(&request, place, app).await,
        None if names_file(&path) => documents::answer(&request, path, app).await,
        None => match identifiers::see_other(&request, &path, &app).await? {
            Some(response) => Ok(response),
            None => Err(missing("There is no such file.")),
        },
    }
}

/// Is it the address of a file, by its extension or by lying deeper than any identifier?
fn names_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let known = ["html", "json", "csv", "parquet", "atom", "ttl", "rdf", "jsonld"];
    extension.is_some_and(|extension| known.contains(&extension))
}

/// `GET /data/{host}/{dataset}/{period}.{format}`, of `all` or of an organisation too; a revision
/// has `-r1` after its period.
async fn file(
    request: &HttpRequest,
    place: Place,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let topic = Topic::named(&place.dataset)
        .ok_or_else(|| missing(&format!("No such dataset: {}.", publish::dataset_names())))?;
    let (name, format) = publish::split_extension(&place.file).ok_or_else(|| {
        missing(&format!("No such format: there are {}.", publish::format_names()))
    })?;
    if name == LATEST {
        return latest(request, place, (topic, format), app).await;
    }
    let (period, revision) = split(name)?;
    let now = (app.clock)();
    let file = place.file.clone();
    let counted = app.clone();
    let answered = computed(request, move || {
        let about = about(&app, &place)?;
        let has_begun = about.sites.iter().any(|site| period.first() <= site.zone.day_at(now).date);
        if !has_begun && !about.sites.is_empty() {
            return Err(missing("This period has not begun."));
        }
        let asked = Asked { about: &about, topic, period, revision, format };
        let found = publish::file(app.store.as_ref(), &app.provisional, &asked, now)?;
        found.ok_or_else(|| no_revision(&app, &asked))
    });
    let (cache, content) = match (answered.await??, revision) {
        (Content::Final(content), Some(_)) => (Cache::Revision, content),
        (Content::Final(content), None) => (Cache::Final, content),
        (Content::Provisional(content), _) => (Cache::Provisional, content),
    };
    answer((request, &counted), &file, (topic, format), cache, content)
}

/// `GET /data/{host}/{dataset}/latest.{format}`: the last released month, at an address that stays.
async fn latest(
    request: &HttpRequest,
    place: Place,
    (topic, format): (Topic, &'static dyn Format),
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let counted = app.clone();
    let found = computed(request, move || {
        let about = about(&app, &place)?;
        let short = app.store.released_in_short(&about.name)?;
        let (release, _) = short
            .and_then(|short| short.month)
            .ok_or_else(|| missing("No month is released yet: ask for a day or for this month."))?;
        let (name, extension) = (topic.name(), format.extension());
        let revision = Some(release.revision);
        let found =
            app.store.released_file(&about.name, release.period, revision, name, extension)?;
        found.ok_or_else(|| missing("The last released month has no such file."))
    });
    let content = found.await??;
    let name = format!("{}.{}", content.release.period, format.extension());
    let folder = folder_of(&content.release.about);
    let dated = format!("{folder}/{}/{name}", content.file.dataset);
    let mut response =
        answer((request, &counted), &name, (topic, format), Cache::Provisional, content)?;
    let dated = HeaderValue::try_from(dated).map_err(|_| Refusal::Internal)?;
    response.headers_mut().insert(header::CONTENT_LOCATION, dated);
    Ok(response)
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
    let site = sites.named(host);
    let site = site.cloned().ok_or_else(|| missing("No such site is counted here."))?;
    Ok(About { name: host.to_owned(), sites: vec![site], is_site: true })
}

/// A released file goes out as it is kept: packed, with its own hash as its tag. It is counted.
fn answer(
    (request, app): (&HttpRequest, &App),
    name: &str,
    (topic, format): (Topic, &'static dyn Format),
    cache: Cache,
    content: FileContent,
) -> Result<HttpResponse, Refusal> {
    let (about, dataset) = (content.release.about, topic.name());
    let name = format!("parvis_{about}_{dataset}_{name}");
    let sent = Sent {
        etag: content.file.sha256,
        media_type: format.media_type(),
        disposition: disposition(format, name),
        cache,
        varies: Varies::Coding,
        content: Bytes::Zstd { packed: content.packed, plain_length: content.file.bytes },
    };
    let response = send(request, sent)?;
    let kind = FileKind { dataset, format: format.extension() };
    app.downloads.count((request, &response), utc_date((app.clock)()), &about, kind);
    Ok(response)
}

/// What browsers show is shown; a file for another program is saved.
fn disposition(format: &dyn Format, name: String) -> Disposition {
    match format.extension() {
        "csv" | "json" => Disposition::Inline(name),
        _ => Disposition::Attachment(name),
    }
}

/// Period and revision of a file's name.
fn split(name: &str) -> Result<(Period, Option<u32>), Refusal> {
    let revision = name
        .rsplit_once("-r")
        .and_then(|(period, number)| number.parse::<u32>().ok().map(|number| (period, number)));
    let (period, revision) = match revision {
        Some((period, number)) => (period, Some(number)),
        None => (name, None),
    };
    let period = period.parse::<Period>().map_err(|error| Refusal::Wrong(error.to_string()))?;
    Ok((period, revision))
}

/// Why there is no such revision of a file: it may have been withdrawn.
fn no_revision(app: &App, asked: &Asked<'_>) -> Refusal {
    let release = app.store.release(&asked.about.name, asked.period);
    let latest = match release {
        Ok(latest) => latest,
        Err(error) => return error.into(),
    };
    let later = latest
        .filter(|latest| asked.revision.is_some_and(|asked| (1..latest.revision).contains(&asked)));
    match later {
        Some(Release { revision, reason, .. }) => Refusal::Withdrawn(format!(
            "This revision was withdrawn ({}); see revision {revision}.",
            reason.unwrap_or_default()
        )),
        None => missing("There is no such revision of this file."),
    }
}

fn missing(why: &str) -> Refusal {
    Refusal::NotFound(why.to_owned())
}
