//! Files that are being sent: an address that does not read what it asked for leaves room for
//! others.

use actix_web::HttpRequest;
use actix_web::web::Data;

use crate::collect::Held;
use crate::web::error::Refusal;
use crate::web::{App, client};

/// Files that one address may be sent at once: a browser opens six connections, a program that
/// mirrors everything some tens.
pub const DOWNLOADS_PER_ADDRESS_MAX: u32 = 64;

/// A place among the downloads of the address that asks.
pub fn place(request: &HttpRequest) -> Result<Option<Held>, Refusal> {
    // Without a service around it, as in a test of headers, nothing is bounded.
    let Some(app) = request.app_data::<Data<App>>() else { return Ok(None) };
    let address = client::address(request, &app.trusted_proxies, app.forwarded_header);
    let full = "This address downloads too many files at once; end one and try again.";
    app.limits.downloads.hold(address).map(Some).ok_or(Refusal::Crowded(full))
}
