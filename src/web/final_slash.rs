//! Leads from an address to the same one with or without a slash at its end.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

/// The page of a folder has a slash at the end.
pub async fn with_slash(request: HttpRequest) -> HttpResponse {
    moved(&request, format!("{}/", request.path()))
}

/// All other pages have none.
pub async fn without_slash(request: HttpRequest) -> HttpResponse {
    moved(&request, request.path().trim_end_matches('/').to_owned())
}

fn moved(request: &HttpRequest, path: String) -> HttpResponse {
    let query = request.query_string();
    let address = if query.is_empty() { path } else { format!("{path}?{query}") };
    let mut response = HttpResponse::PermanentRedirect();
    if let Ok(address) = HeaderValue::try_from(address) {
        response.insert_header((header::LOCATION, address));
    }
    response.finish()
}
