//! What a client knows already, and which part it wants (RFC 9110, sections 13 and 14).

use actix_web::HttpRequest;
use actix_web::http::Method;
use actix_web::http::header::{
    self, ByteRangeSpec, EntityTag, Header, IfNoneMatch, IfRange, Range,
};

/// Does the client have exactly these bytes?
pub fn is_known(request: &HttpRequest, tag: &EntityTag) -> bool {
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|known| known.weak_eq(tag)),
        Err(_) => false,
    }
}

/// The part that is asked for: of several parts, of another unit than bytes, and of a file that has
/// changed since, the whole is sent instead, which every client takes.
pub fn range(request: &HttpRequest, etag: &str) -> Option<ByteRangeSpec> {
    if request.method() != Method::GET || !is_still(request, etag) {
        return None;
    }
    match Range::parse(request).ok()? {
        Range::Bytes(mut ranges) if ranges.len() == 1 => ranges.pop().filter(is_ordered),
        _ => None,
    }
}

/// A part that ends before it begins is no part of anything, so it is as if none were asked for.
fn is_ordered(range: &ByteRangeSpec) -> bool {
    !matches!(range, ByteRangeSpec::FromTo(first, last) if first > last)
}

/// Is it what the client has the beginning of? The dates of files are not told, so none matches.
fn is_still(request: &HttpRequest, etag: &str) -> bool {
    if !request.headers().contains_key(header::IF_RANGE) {
        return true;
    }
    match IfRange::parse(request) {
        Ok(IfRange::EntityTag(known)) => known.strong_eq(&EntityTag::new_strong(etag.to_owned())),
        _ => false,
    }
}
