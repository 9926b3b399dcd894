//! The catalogue for people: what is published of which site, what is in it, where to download it,
//! how to cite it, and how to ask for it from a program.

mod dataset;
mod examples;
mod releases;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::model::Period;
use crate::publish::catalogue::schema_org::{self, script_text};
use crate::publish::catalogue::{Collection, DatasetEntry, Language, Portal, Text};
use crate::publish::portal::Register;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::open_data::described;
use crate::web::open_data::identifiers::{as_graph, see_other};
use crate::web::pages::asked::Asked;
use crate::web::pages::labels;

pub use dataset::{of_group, of_site};
pub use releases::page as releases_page;

/// The parameter that searches.
const FIND: &str = "find";

/// Collections that are listed at once; the search finds the others.
const COLLECTIONS_MAX: usize = 300;

/// The files that describe all others.
const CATALOGUES: [&str; 4] = ["catalog.ttl", "catalog.rdf", "catalog.jsonld", "datapackage.json"];

/// A site, an organisation, all sites or the registers.
struct CollectionLine {
    title: String,
    description: String,
    synthetic: bool,
    href: String,
    datasets: Vec<DatasetLine>,
}

/// A dataset in a list.
struct DatasetLine {
    /// Its name in addresses.
    name: &'static str,
    title: String,
    href: String,
    /// The period of its files, and the same in words.
    period: Option<Period>,
    days: String,
    files: Vec<FileLine>,
}

/// A file.
struct FileLine {
    name: String,
    title: String,
    href: String,
    size: String,
    sha256: String,
}

#[derive(Template)]
#[template(path = "data.html")]
struct DataPage {
    frame: Frame,
    find: String,
    found: usize,
    collections: Vec<CollectionLine>,
    registers: Vec<DatasetLine>,
    catalogues: [&'static str; 4],
    /// The catalogue as search engines read it.
    structured: String,
}

#[derive(Template)]
#[template(path = "collection.html")]
struct CollectionPage {
    frame: Frame,
    title: String,
    description: String,
    synthetic: bool,
    licence: (String, String),
    publisher: String,
    contact: Option<(String, String)>,
    site: Option<String>,
    package: String,
    datasets: Vec<DatasetLine>,
}

/// The language of the page, as the catalogue knows it.
fn language(frame: &Frame) -> Language {
    if frame.locale.tag() == "fr" { Language::French } else { Language::English }
}

/// Text of the catalogue in the language of the page.
fn said(frame: &Frame, text: &Text) -> String {
    frame.locale.text(text)
}

/// `GET /data`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    if let Some(graph) = as_graph(&request, &app) {
        return Ok(graph);
    }
    let frame = Frame::of(&request, &app);
    let find = Asked::of(request.query_string()).get(FIND).unwrap_or_default().to_owned();
    let page = computed(&request, move || {
        let portal = described(&app)?;
        Ok::<_, Refusal>(listed(frame, &portal, find))
    });
    let page = page.await??;
    page.frame.answer(&request, &page)
}

fn listed(frame: Frame, portal: &Portal<'_>, find: String) -> DataPage {
    let wanted = find.trim().to_lowercase();
    let is_found = |text: &str| text.to_lowercase().contains(&wanted);
    let mut collections = Vec::new();
    let mut registers = Vec::new();
    for collection in &portal.collections {
        let mut line = of_collection(&frame, collection);
        if collection.path == "/data" {
            registers = line.datasets;
            continue;
        }
        // A search finds collections by their names, else the datasets that fit.
        if !is_found(&line.title) && !is_found(&collection.path) {
            line.datasets.retain(|one| is_found(&one.title));
            if line.datasets.is_empty() {
                continue;
            }
        }
        collections.push(line);
    }
    let found = collections.len();
    collections.truncate(COLLECTIONS_MAX);
    let structured = schema_org::catalogue(portal, &frame.canonical(), language(&frame));
    let structured = script_text(&structured);
    DataPage { frame, find, found, collections, registers, catalogues: CATALOGUES, structured }
}

fn of_collection(frame: &Frame, collection: &Collection<'_>) -> CollectionLine {
    let has_files = |one: &&DatasetEntry<'_>| !one.distributions.is_empty();
    let datasets = collection.datasets.iter().filter(has_files);
    CollectionLine {
        title: said(frame, &collection.title),
        description: said(frame, &collection.description),
        synthetic: collection.synthetic,
        href: frame.to(&format!("{}/", collection.path)),
        datasets: datasets.map(|one| of_dataset(frame, collection, one)).collect(),
    }
}

fn of_dataset(frame: &Frame, collection: &Collection<'_>, entry: &DatasetEntry<'_>) -> DatasetLine {
    let file = |file: &crate::publish::catalogue::Distribution| FileLine {
        name: file.extension.clone(),
        title: said(frame, &file.title),
        href: file.path.clone(),
        size: bytes(frame, file.bytes),
        sha256: file.sha256.clone(),
    };
    let period = entry.distributions.first().and_then(|file| file.period.as_deref());
    let period: Option<Period> = period.and_then(|text| text.parse().ok());
    let days = period.map(|period| labels::span(frame, period.first(), period.last()));
    let is_register = collection.path == "/data";
    let path = format!("{}/{}", collection.path, entry.schema.dataset);
    let csv = || format!("{path}.csv");
    DatasetLine {
        name: entry.schema.dataset,
        title: frame.locale.of(entry.schema.title).to_owned(),
        href: if is_register { csv() } else { frame.to(&path) },
        period,
        days: days.unwrap_or_default(),
        files: entry.distributions.iter().map(file).collect(),
    }
}

/// A length of a file, in units that people know.
fn bytes(frame: &Frame, bytes: u64) -> String {
    let (figure, key) = match bytes {
        0..1_000 => (frame.locale.number(bytes), "size-bytes"),
        1_000..1_000_000 => (frame.locale.decimal(bytes as f64 / 1e3, 1), "size-kilobytes"),
        _ => (frame.locale.decimal(bytes as f64 / 1e6, 1), "size-megabytes"),
    };
    frame.say(key).with("figure", figure).to_string()
}

/// `GET /data/{host}/`: of a site, or of all sites.
pub async fn site_page(
    request: HttpRequest,
    host: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    // A register has no page of its own: the catalogue has its files.
    if Register::named(&host).is_some() {
        let found = see_other(&request, &host, &app).await?;
        return found.ok_or_else(|| Refusal::NotFound("There is no such register.".to_owned()));
    }
    collection_page(request, format!("/data/{host}"), app).await
}

/// `GET /data/organisations/{slug}/`.
pub async fn group_page(
    request: HttpRequest,
    slug: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    collection_page(request, format!("/data/organisations/{slug}"), app).await
}

async fn collection_page(
    request: HttpRequest,
    path: String,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    if let Some(graph) = as_graph(&request, &app) {
        return Ok(graph);
    }
    let frame = Frame::of(&request, &app);
    let page = computed(&request, move || {
        let portal = described(&app)?;
        let collection = portal.collections.iter().find(|one| one.path == path);
        let missing = || Refusal::NotFound("Nothing is published of it yet.".to_owned());
        Ok::<_, Refusal>(collected(frame, collection.ok_or_else(missing)?))
    });
    let page = page.await??;
    page.frame.answer(&request, &page)
}

fn collected(frame: Frame, collection: &Collection<'_>) -> CollectionPage {
    let line = of_collection(&frame, collection);
    let host = collection.path.trim_start_matches("/data/");
    let contact = &collection.contact;
    let mail = contact.email.as_ref().map(|mail| format!("mailto:{mail}"));
    let address = mail.or_else(|| contact.url.clone());
    CollectionPage {
        title: line.title,
        description: line.description,
        synthetic: line.synthetic,
        licence: (collection.licence.title.clone(), collection.licence.url.clone()),
        publisher: collection.publisher.name.clone(),
        contact: address.map(|address| (contact.name.clone(), address)),
        site: collection.source.as_ref().map(|_| frame.to(&format!("/sites/{host}"))),
        package: format!("{}/datapackage.json", collection.path),
        datasets: line.datasets,
        frame,
    }
}
