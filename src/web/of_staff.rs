//! Whether a request is for what only staff may read: its route decides, however the address is
//! written.

use actix_web::HttpRequest;

/// Is the request for what only staff may read?
pub fn is_of_staff(request: &HttpRequest) -> bool {
    let pattern = request.match_pattern();
    pattern.is_some_and(|pattern| pattern == "/admin" || pattern.starts_with("/admin/"))
}
