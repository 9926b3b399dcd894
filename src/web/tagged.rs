//! Answers with a strong ETag, open to every origin, that are not sent again when nothing changed.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, EntityTag};
use actix_web::{HttpRequest, HttpResponse};
use sha2::{Digest, Sha256};

use crate::model::hexadecimal;

/// Bytes of the hash that make an ETag: 128 bits tell all answers ever made apart.
const TAG_BYTES: usize = 16;

/// An answer with the hash of its bytes as ETag; `next` is the address of the next page of results.
pub fn tagged(
    request: &HttpRequest,
    media_type: &str,
    bytes: Vec<u8>,
    next: Option<String>,
) -> HttpResponse {
    let hash = Sha256::digest(&bytes);
    let tag = EntityTag::new_strong(hexadecimal(&hash[..TAG_BYTES]));
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::ETAG, tag.to_string()))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "accept"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    // What only staff may read is open to no other origin, and kept by no cache between.
    if request.path().starts_with("/admin/") {
        response.insert_header((header::CACHE_CONTROL, "private, no-cache"));
    } else {
        response
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .insert_header((header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag, link"));
    }
    if let Some(next) = next {
        response.insert_header((header::LINK, format!("<{next}>; rel=\"next\"")));
    }
    if matches(request, &tag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response.content_type(media_type).body(bytes)
}

fn matches(request: &HttpRequest, tag: &EntityTag) -> bool {
    let asked = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let tags = asked.into_iter().flat_map(|tags| tags.split(','));
    let mut tags = tags.map(str::trim);
    tags.any(|asked| asked == "*" || asked.parse().is_ok_and(|asked| tag.weak_eq(&asked)))
}
