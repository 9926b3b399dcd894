//! Answers that are made anew each time, with the hash of their bytes as their strong ETag.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use sha2::{Digest, Sha256};

use crate::model::hexadecimal;
use crate::web::of_staff::is_of_staff;
use crate::web::sent::{Cache, Content, Disposition, Sent, Varies, send};

/// Bytes of the hash that make an ETag: 128 bits tell all answers ever made apart.
const TAG_BYTES: usize = 16;

/// An answer with the hash of its bytes as ETag; `next` is the address of the next page of results.
pub fn tagged(
    request: &HttpRequest,
    media_type: &'static str,
    bytes: Vec<u8>,
    next: Option<String>,
) -> HttpResponse {
    let hash = Sha256::digest(&bytes);
    let sent = Sent {
        etag: hexadecimal(&hash[..TAG_BYTES]),
        media_type,
        disposition: Disposition::Free,
        cache: if is_of_staff(request) { Cache::Staff } else { Cache::Live },
        varies: Varies::MediaType,
        content: Content::Plain(bytes),
    };
    let mut response = match send(request, sent) {
        Ok(response) => response,
        Err(refusal) => return refusal.error_response(),
    };
    let next = next.and_then(|next| HeaderValue::try_from(format!("<{next}>; rel=\"next\"")).ok());
    if let Some(next) = next {
        response.headers_mut().insert(header::LINK, next);
    }
    response
}
