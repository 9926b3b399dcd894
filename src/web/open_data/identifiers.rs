//! The identifiers of the catalogue, and other forms of the addresses of pages: each leads to what
//! is said of it, for people or for programs.

use actix_web::http::header;
use actix_web::web::{self, Data};
use actix_web::{HttpRequest, HttpResponse};

use crate::publish::Topic;
use crate::publish::catalogue::dcat::Syntax;
use crate::publish::portal::Register;
use crate::web::App;
use crate::web::accept::preferred;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::open_data::{LATEST, described};

const HTML: &str = "text/html";
const JSON: &str = "application/json";
const CSV: &str = "text/csv";

/// Where the files and the catalogue lie.
const FOLDER: &str = "/data";

/// The folder of the organisations, and the part of an address that is it.
const ORGANISATIONS: &str = "organisations";

/// What an address without the name of a file identifies.
#[derive(Debug, PartialEq, Eq)]
enum Thing<'a> {
    /// Everything.
    Catalogue,
    /// The datasets of a site, of an organisation or of all sites: their folder.
    Collection(&'a str),
    /// A dataset of figures: its folder and its name.
    Dataset(&'a str, &'a str),
    /// A register: its folder, which is empty for those of all sites, and its name.
    Register(&'a str, &'a str),
}

impl<'a> Thing<'a> {
    /// What a path below `/data/` identifies; nothing if it is that of a file.
    fn at(path: &'a str) -> Option<Self> {
        let path = path.trim_matches('/');
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        match (folder, name) {
            ("", "" | ORGANISATIONS) => Some(Self::Catalogue),
            (ORGANISATIONS, _) => Some(Self::Collection(path)),
            (folder, name) if Register::named(name).is_some() => Some(Self::Register(folder, name)),
            ("", _) => Some(Self::Collection(path)),
            (folder, name) => Topic::named(name).map(|_| Self::Dataset(folder, name)),
        }
    }

    /// Is it published?
    fn is_published(&self, app: &App) -> Result<bool, Refusal> {
        let (folder, dataset) = match *self {
            Self::Catalogue | Self::Register("", _) => return Ok(true),
            Self::Register(_, name) if name != Register::Breaks.name() => return Ok(false),
            Self::Collection(folder) | Self::Register(folder, _) => (folder, None),
            Self::Dataset(folder, dataset) => (folder, Some(dataset)),
        };
        let path = format!("{FOLDER}/{folder}");
        let portal = described(app)?;
        let collection = portal.collections.iter().find(|one| one.path == path);
        Ok(collection.is_some_and(|found| {
            if matches!(self, Self::Register(..)) {
                return found.source.is_some();
            }
            let mut names = found.datasets.iter().map(|one| one.schema.dataset);
            dataset.is_none_or(|dataset| names.any(|name| name == dataset))
        }))
    }

    /// Where it is said in a media type; nothing if it is not.
    fn address(&self, media_type: &str, frame: &Frame) -> Option<String> {
        let syntax = Syntax::ALL.into_iter().find(|one| one.media_type().starts_with(media_type));
        if let Some(syntax) = syntax {
            return Some(format!("{FOLDER}/catalog.{}", syntax.extension()));
        }
        let extension = if media_type == CSV { "csv" } else { "json" };
        Some(match (self, media_type) {
            (Self::Catalogue, HTML) => frame.to(FOLDER),
            (Self::Catalogue, JSON) => format!("{FOLDER}/datapackage.json"),
            (Self::Collection(folder), HTML) => frame.to(&format!("{FOLDER}/{folder}/")),
            (Self::Collection(folder), JSON) => format!("{FOLDER}/{folder}/datapackage.json"),
            (Self::Dataset(folder, dataset), HTML) => {
                frame.to(&format!("{FOLDER}/{folder}/{dataset}"))
            }
            (Self::Dataset(folder, dataset), CSV | JSON) => {
                format!("{FOLDER}/{folder}/{dataset}/{LATEST}.{extension}")
            }
            (Self::Register("", name), HTML) => format!("{}#{name}", frame.to(FOLDER)),
            (Self::Register(folder, _), HTML) => frame.to(&format!("{FOLDER}/{folder}/")),
            (Self::Register("", name), CSV | JSON) => format!("{FOLDER}/{name}.{extension}"),
            (Self::Register(folder, name), CSV | JSON) => {
                format!("{FOLDER}/{folder}/{name}.{extension}")
            }
            _ => return None,
        })
    }
}

/// The media types in which a thing may be asked for; people come first.
fn offered() -> Vec<&'static str> {
    let essence = |syntax: Syntax| syntax.media_type().split(';').next().unwrap_or_default();
    [HTML].into_iter().chain(Syntax::ALL.map(essence)).chain([JSON, CSV]).collect()
}

/// Answers an identifier below `/data/` with 303 and where it is described; nothing if the path is
/// that of a file.
pub async fn see_other(
    request: &HttpRequest,
    path: &str,
    app: &Data<App>,
) -> Result<Option<HttpResponse>, Refusal> {
    let Some(thing) = Thing::at(path) else { return Ok(None) };
    let frame = Frame::of(request, app);
    let liked = preferred(request, &offered());
    let address = thing.address(liked, &frame).or_else(|| thing.address(HTML, &frame));
    let (asked, path) = (app.clone(), path.to_owned());
    let is_published =
        web::block(move || Thing::at(&path).map_or(Ok(false), |thing| thing.is_published(&asked)));
    match address {
        Some(address) if is_published.await?? => Ok(Some(led(&address))),
        _ => Err(Refusal::NotFound("Nothing is published of it yet.".to_owned())),
    }
}

/// What a page of the catalogue is instead for a program that asks for it as RDF.
pub fn as_graph(request: &HttpRequest, app: &App) -> Option<HttpResponse> {
    let path = request.path().strip_prefix(FOLDER)?;
    let liked = preferred(request, &offered());
    let thing = Thing::at(path).filter(|_| ![HTML, JSON, CSV].contains(&liked))?;
    thing.address(liked, &Frame::of(request, app)).map(|address| led(&address))
}

/// `GET /api/v1`, where programs find the API: to its description.
pub async fn api(request: HttpRequest, app: Data<App>) -> HttpResponse {
    let frame = Frame::of(&request, &app);
    let mut offered = offered();
    offered.rotate_left(1);
    offered.insert(0, JSON);
    match preferred(&request, &offered) {
        JSON | CSV => led("/api/openapi.json"),
        HTML => led(&frame.to("/api")),
        graph => led(&Thing::Catalogue.address(graph, &frame).unwrap_or_default()),
    }
}

fn led(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .insert_header((header::VARY, "accept, accept-language"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_without_a_file_s_name_is_a_thing() {
        assert_eq!(Thing::at("/"), Some(Thing::Catalogue));
        assert_eq!(Thing::at("organisations/"), Some(Thing::Catalogue));
        assert_eq!(Thing::at("www.example.fr"), Some(Thing::Collection("www.example.fr")));
        assert_eq!(
            Thing::at("organisations/pages"),
            Some(Thing::Collection("organisations/pages"))
        );
        assert_eq!(Thing::at("all/pages/"), Some(Thing::Dataset("all", "pages")));
        assert_eq!(
            Thing::at("organisations/a/pages"),
            Some(Thing::Dataset("organisations/a", "pages"))
        );
        assert_eq!(Thing::at("sites"), Some(Thing::Register("", "sites")));
        assert_eq!(
            Thing::at("www.example.fr/breaks"),
            Some(Thing::Register("www.example.fr", "breaks"))
        );
        assert_eq!(Thing::at("www.example.fr/weather"), None);
        assert_eq!(Thing::at("all/pages/2026.csv"), None);
    }
}
