//! Which methods an address takes, by the pattern of its route: nearly all are read, and so answer
//! GET and HEAD alike.

use actix_web::HttpResponse;
use actix_web::http::{Method, header};

use crate::web::locale;

/// Addresses that take a form or a message too.
const READ_AND_SENT: [&str; 3] = ["/reuses", "/admin/first", "/admin/sign-in"];

/// Addresses that take a form alone.
const SENT: [&str; 4] = [
    "/privacy/opt-out",
    "/admin/sign-out",
    "/admin/reuses/{id}/publish",
    "/admin/reuses/{id}/refuse",
];

/// Where scripts of other origins ask before they read.
const OPEN: [&str; 2] = ["/data", "/api"];

/// What the address of a route takes, as the `Allow` header says it; nothing without a route.
pub fn allowed(pattern: &str) -> Option<&'static str> {
    let below = |place: &str| pattern == place || pattern.starts_with(&format!("{place}/"));
    let spoken =
        locale::all().iter().find_map(|one| pattern.strip_prefix(&format!("/{}", one.tag())));
    let path = spoken.unwrap_or(pattern);
    match path {
        "" if spoken.is_none() => None,
        "/api/event" => Some("POST, OPTIONS"),
        path if READ_AND_SENT.contains(&path) => Some("GET, HEAD, POST"),
        path if SENT.contains(&path) => Some("POST"),
        _ if OPEN.iter().any(|place| below(place)) => Some("GET, HEAD, OPTIONS"),
        _ => Some("GET, HEAD"),
    }
}

/// The answer to who asks what an address takes (RFC 9110 §9.3.7).
pub fn told(allowed: &str) -> HttpResponse {
    let own = if takes(allowed, &Method::OPTIONS) { "" } else { ", OPTIONS" };
    HttpResponse::NoContent().insert_header((header::ALLOW, format!("{allowed}{own}"))).finish()
}

/// Is the method among them?
pub fn takes(allowed: &str, method: &Method) -> bool {
    allowed.split(", ").any(|one| one == method.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_takes() {
        for (pattern, expected) in [
            ("/", Some("GET, HEAD")),
            ("/fr/privacy/opt-out", Some("POST")),
            ("/reuses", Some("GET, HEAD, POST")),
            ("/data/{path:.*}", Some("GET, HEAD, OPTIONS")),
            ("/database", Some("GET, HEAD")),
            ("/fr", Some("GET, HEAD")),
            ("", None),
        ] {
            assert_eq!(allowed(pattern), expected, "{pattern}");
        }
        assert!(takes("GET, HEAD", &Method::HEAD) && !takes("GET, HEAD", &Method::POST));
    }
}
