//! Forms that people send: from our own pages alone, and from each address only so many a minute.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpRequest};

use crate::collect::Limiter;
use crate::web::error::Refusal;
use crate::web::{App, client};

/// What the browser says of where a request comes from.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The form of the one-time link. Its page sends no referrer, so that browsers call its origin
/// `null`; a page of another site does not have its secret.
const FIRST: &str = "/admin/first";

/// Takes what is sent from our own pages alone: a page of another site cannot send anything in its
/// reader's name.
pub async fn from_own_pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let is_read = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if is_read || is_own(&request) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let (request, _) = request.into_parts();
    Ok(ServiceResponse::from_err(Refusal::ForeignForm, request))
}

fn is_own(request: &ServiceRequest) -> bool {
    let site = value(request.headers(), &SEC_FETCH_SITE);
    match value(request.headers(), &header::ORIGIN) {
        None => site.is_none_or(|site| matches!(site, "same-origin" | "none")),
        Some("null") => site == Some("same-origin") || request.path() == FIRST,
        Some(origin) => {
            let app = request.app_data::<Data<App>>();
            let public = app.and_then(|app| app.public_url.as_deref()).and_then(authority);
            let asked = request.connection_info().host().to_owned();
            authority(origin).is_some_and(|own| own == asked || public.is_some_and(|it| it == own))
        }
    }
}

/// A header's value, empty if it is no text.
fn value<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or_default())
}

/// Host and port of an address.
fn authority(address: &str) -> Option<String> {
    let address: Uri = address.parse().ok()?;
    address.authority().map(ToString::to_string)
}

/// One more from this address in this minute, if the limiter admits it.
pub fn limit(request: &HttpRequest, app: &App, limiter: &Limiter) -> Result<(), Refusal> {
    let address = client::address(request, &app.trusted_proxies, app.forwarded_header);
    let minute = (app.elapsed)().as_secs() / 60;
    if limiter.admits(address, minute) { Ok(()) } else { Err(Refusal::TooManyAttempts) }
}

/// One more with this login in this minute, wherever it comes from. Strangers are counted apart
/// from browsers in which the login was signed in: they cannot keep its owner out.
pub fn limit_login(app: &App, login: &str, is_known: bool) -> Result<(), Refusal> {
    let minute = (app.elapsed)().as_secs() / 60;
    let is_admitted = app.sign_ins.of_login.admits_name(&(login, is_known), minute);
    if is_admitted { Ok(()) } else { Err(Refusal::TooManyAttempts) }
}

/// Do the reader's requests come over HTTPS, as the settings or a trusted proxy say? Then cookies
/// never go another way.
pub fn is_secure(request: &HttpRequest, app: &App) -> bool {
    let is_public = app.public_url.as_deref().is_some_and(|url| url.starts_with("https:"));
    is_public
        || client::is_trusted(request, &app.trusted_proxies)
            && request.connection_info().scheme() == "https"
}

/// How the address begins by which this request reached the service.
pub fn reached(request: &HttpRequest) -> String {
    let asked = request.connection_info();
    format!("{}://{}", asked.scheme(), asked.host())
}
