//! Forms that people send: from our own pages alone, and from each address only so many a minute.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::collect::Limiter;
use crate::web::error::Refusal;
use crate::web::{App, client};

/// A form is taken only from our own pages: a page of another site cannot send one in its reader's
/// name.
pub fn refuse_foreign(request: &HttpRequest) -> Result<(), Refusal> {
    let Some(origin) = request.headers().get(header::ORIGIN) else { return Ok(()) };
    let host = request.connection_info().host().to_owned();
    let own = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    if own.is_some_and(|(_, own)| own == host) { Ok(()) } else { Err(Refusal::ForeignForm) }
}

/// One more from this address in this minute, if the limiter admits it.
pub fn limit(request: &HttpRequest, app: &App, limiter: &Limiter) -> Result<(), Refusal> {
    let address = client::address(request, &app.trusted_proxies, app.forwarded_header);
    let minute = (app.clock)().as_second() / 60;
    if limiter.admits(address, minute) { Ok(()) } else { Err(Refusal::TooManyAttempts) }
}

/// How the address begins by which this request reached the service.
pub fn reached(request: &HttpRequest) -> String {
    let asked = request.connection_info();
    format!("{}://{}", asked.scheme(), asked.host())
}
