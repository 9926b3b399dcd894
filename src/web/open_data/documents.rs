//! What describes the files: the catalogue, the packages, the schemas, the registers and the pages
//! that list them.

use std::sync::{Arc, Mutex};

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;

use crate::model::utc_date;
use crate::publish::ALL;
use crate::publish::catalogue::Portal;
use crate::publish::portal::{
    self, Counted, Document, Publisher, Said, Source, datasets_of, document, portal,
};
use crate::web::App;
use crate::web::downloads::FileKind;
use crate::web::error::Refusal;
use crate::web::limits::questions::computed;
use crate::web::locale;
use crate::web::sent::{Cache, Content, Disposition, Sent, Varies, send};

/// Seconds for which a description is kept: it reads a few lines of every site, and registers
/// change without a release.
const KEPT_SECONDS: i64 = 60;

/// Where the portal is, who publishes it, and its description as it was last made.
pub struct Roof {
    /// The beginning of every address, without a final slash.
    pub base_url: String,
    /// Who publishes what belongs to no organisation.
    pub publisher: Publisher,
    counted: Counted,
    kept: Mutex<Option<Kept>>,
}

/// A description, with what it was made of: the last release, and when.
struct Kept {
    release: Option<i64>,
    made: Timestamp,
    portal: Arc<Portal<'static>>,
}

impl Roof {
    /// A roof over everything that is published.
    pub fn new(base_url: String, publisher: Publisher) -> Self {
        Self { base_url, publisher, counted: Counted::default(), kept: Mutex::new(None) }
    }
}

/// The description of everything that is published.
pub fn described(app: &App) -> Result<Arc<Portal<'static>>, Refusal> {
    let now = (app.clock)();
    let release = app.store.last_release()?.map(|(id, _)| id);
    let mut kept = app.roof.kept.lock().map_err(|_| Refusal::Internal)?;
    if let Some(kept) = kept.as_ref()
        && kept.release == release
        && now.duration_since(kept.made).as_secs().abs() < KEPT_SECONDS
    {
        return Ok(kept.portal.clone());
    }
    let sites = app.collector.sites();
    let portal = Arc::new(portal(&source(app, sites.all(), now))?);
    *kept = Some(Kept { release, made: now, portal: portal.clone() });
    Ok(portal)
}

/// The indicators as they are now.
pub fn indicators(app: &App) -> Result<Vec<Said>, Refusal> {
    let portal = described(app)?;
    let sites = app.collector.sites();
    let source = source(app, sites.all(), (app.clock)());
    Ok(portal::indicators(&source, datasets_of(&portal))?.to_vec())
}

fn source<'a>(app: &'a App, sites: &'a [Arc<crate::model::Site>], now: Timestamp) -> Source<'a> {
    let Roof { base_url, publisher, counted, .. } = &app.roof;
    let (store, languages) = (app.store.as_ref(), locale::languages());
    Source { store, sites, base_url, publisher, now, languages, counted }
}

/// Answers with the document at this path below `/data/`.
pub async fn answer(
    request: &HttpRequest,
    path: String,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let about = if folder.is_empty() { ALL.to_owned() } else { folder.to_owned() };
    let (name, date) = (name.to_owned(), utc_date((app.clock)()));
    let asked = app.clone();
    let found = computed(request, move || {
        let portal = described(&asked)?;
        let sites = asked.collector.sites();
        let source = source(&asked, sites.all(), (asked.clock)());
        Ok::<_, Refusal>(document(&source, &portal, &path)?)
    });
    let Document { media_type, bytes, sha256, packed, register } =
        found.await??.ok_or_else(|| Refusal::NotFound("There is no such file.".to_owned()))?;
    let is_page = media_type.starts_with("text/html");
    let disposition = if is_page { Disposition::Free } else { Disposition::Inline(name) };
    let sent = Sent {
        etag: sha256,
        media_type,
        disposition,
        cache: Cache::Provisional,
        varies: Varies::Coding,
        content: Content::Zstd { packed, plain_length: bytes },
    };
    let mut response = send(request, sent)?;
    if let Some((register, format)) = register {
        let kind = FileKind { dataset: register.name(), format };
        app.downloads.count((request, &response), date, &about, kind);
    }
    let policy = HeaderValue::from_static(crate::web::CONTENT_SECURITY_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
