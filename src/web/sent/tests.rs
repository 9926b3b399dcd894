//! Every header of what is sent, and the bytes as a client unpacks them.

mod packing;
mod parts;

use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use actix_web::test::TestRequest;
use actix_web::web::Bytes;

use super::body::{STREAMS, Streams};
use super::{Cache, Content, Disposition, Sent, Varies, preflight, send_within};
use crate::web::error::Refusal;
use actix_web::{HttpResponse, ResponseError};

/// Lines of a file that is longer than two pieces.
const LINES: usize = 10_000;

fn plain() -> Vec<u8> {
    (0..LINES).flat_map(|line| format!("page/{line},{}\r\n", line * line).into_bytes()).collect()
}

fn stored() -> Content {
    let packed = zstd::encode_all(&plain()[..], 3).expect("it is packed");
    Content::Zstd { packed, plain_length: plain().len() as u64 }
}

fn file(content: Content) -> Sent {
    Sent {
        etag: "abc".to_owned(),
        media_type: "text/csv; charset=utf-8; header=present",
        disposition: Disposition::Free,
        cache: Cache::Revision,
        varies: Varies::Coding,
        content,
    }
}

/// What a client sees.
struct Seen {
    response: HttpResponse<()>,
    bytes: Bytes,
}

impl Seen {
    async fn of(response: HttpResponse) -> Self {
        let (response, body) = response.into_parts();
        let bytes = to_bytes(body).await.expect("the bytes arrive");
        Self { response, bytes }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name).map(|value| value.to_str().expect("a text"))
    }

    fn status(&self) -> u16 {
        self.response.status().as_u16()
    }
}

async fn asked_within(
    request: TestRequest,
    headers: &[(&str, &str)],
    sent: Sent,
    streams: &'static Streams,
) -> Seen {
    let request = headers.iter().fold(request, |request, header| request.append_header(*header));
    let response = send_within(&request.to_http_request(), sent, streams);
    Seen::of(response.unwrap_or_else(|refusal| refusal.error_response())).await
}

async fn asked(headers: &[(&str, &str)], sent: Sent) -> Seen {
    asked_within(TestRequest::get(), headers, sent, &STREAMS).await
}

#[actix_web::test]
async fn each_kind_of_file_says_how_long_it_may_be_kept() {
    for (cache, kept, origin) in [
        (Cache::Final, "public, max-age=86400, immutable", Some("*")),
        (Cache::Revision, "public, max-age=31536000, immutable", Some("*")),
        (Cache::Provisional, "public, max-age=60", Some("*")),
        (Cache::Live, "no-cache", Some("*")),
        (Cache::Staff, "no-store", None),
    ] {
        let seen = asked(&[], Sent { cache, ..file(Content::Plain(plain())) }).await;
        assert_eq!(seen.header("cache-control"), Some(kept));
        assert_eq!(seen.header("access-control-allow-origin"), origin);
        assert_eq!(seen.header("access-control-expose-headers").is_some(), origin.is_some());
    }
}

#[actix_web::test]
async fn a_file_says_all_that_a_client_needs() {
    let seen = asked(&[], file(Content::Plain(plain()))).await;
    assert_eq!(seen.status(), 200);
    assert_eq!(seen.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    assert_eq!(seen.header("etag"), Some("\"abc\""));
    assert_eq!(seen.header("accept-ranges"), Some("bytes"));
    assert_eq!(seen.header("vary"), Some("accept-encoding"));
    assert_eq!(seen.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(seen.header("content-encoding"), None);
    assert_eq!(seen.header("set-cookie"), None);
    assert_eq!(seen.bytes, plain());
    let negotiated = Sent { varies: Varies::MediaType, ..file(Content::Plain(plain())) };
    assert_eq!(asked(&[], negotiated).await.header("vary"), Some("accept, accept-encoding"));
}

#[actix_web::test]
async fn what_a_client_has_is_not_sent_again() {
    for (known, accepted, status) in [
        ("\"abc\"", "identity", 304),
        ("W/\"abc\"", "identity", 304),
        ("\"x\", \"abc\"", "identity", 304),
        ("*", "gzip", 304),
        ("\"abc-gzip\"", "gzip", 304),
        ("\"abc\"", "gzip", 200),
        ("\"abc-gzip\"", "identity", 200),
        ("\"abd\"", "identity", 200),
        ("abc", "identity", 200),
    ] {
        let headers = [("if-none-match", known), ("accept-encoding", accepted)];
        let seen = asked(&headers, file(stored())).await;
        assert_eq!(seen.status(), status, "{headers:?}");
        assert_eq!(seen.bytes.is_empty(), status == 304, "{headers:?}");
        for header in ["etag", "cache-control", "vary", "access-control-allow-origin"] {
            assert!(seen.header(header).is_some(), "{header} of {headers:?}");
        }
    }
}

#[actix_web::test]
async fn a_file_is_saved_under_a_name_that_does_no_harm() {
    for (name, header) in [
        (
            "parvis_www.example.fr_pages_2026-11.csv",
            "inline; filename=\"parvis_www.example.fr_pages_2026-11.csv\"",
        ),
        (
            "a\"; x=\\../b\r\nset-cookie: y.csv",
            "inline; filename=\"a__ x__.._b__set-cookie_ y.csv\"",
        ),
        ("préfet.csv", "inline; filename=\"pr_fet.csv\"; filename*=UTF-8''pr%C3%A9fet.csv"),
    ] {
        let disposition = Disposition::Inline(name.to_owned());
        let seen = asked(&[], Sent { disposition, ..file(Content::Plain(plain())) }).await;
        assert_eq!(seen.header("content-disposition"), Some(header));
    }
    let disposition = Disposition::Attachment("a.parquet".to_owned());
    let seen = asked(&[], Sent { disposition, ..file(Content::Plain(plain())) }).await;
    assert_eq!(seen.header("content-disposition"), Some("attachment; filename=\"a.parquet\""));
    assert_eq!(asked(&[], file(stored())).await.header("content-disposition"), None);
}

#[actix_web::test]
async fn scripts_of_other_sites_may_ask_for_parts() {
    let seen = Seen::of(preflight().await).await;
    assert_eq!(seen.status(), 204);
    assert_eq!(seen.header("access-control-allow-origin"), Some("*"));
    assert_eq!(seen.header("access-control-allow-methods"), Some("GET, HEAD"));
    let headers = seen.header("access-control-allow-headers").expect("headers");
    assert!(headers.contains("if-none-match") && headers.contains("range"));
}

#[test]
fn a_part_outside_of_the_file_is_refused_with_its_length() {
    let refusal = Refusal::OutOfRange(10);
    assert_eq!(refusal.status_code(), StatusCode::RANGE_NOT_SATISFIABLE);
    let response = refusal.error_response();
    assert_eq!(response.headers().get("content-range").expect("a range"), "bytes */10");
}
