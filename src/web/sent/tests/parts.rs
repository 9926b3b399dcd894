//! Parts of a file, asked for in every way that clients have.

use std::collections::BTreeSet;

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::Method;
use actix_web::test::TestRequest;

use super::{STREAMS, Seen, asked, asked_within, file, plain, stored};
use crate::web::sent::{Content, Sent, send_within};

#[actix_web::test]
async fn a_part_is_the_bytes_of_the_whole() {
    let length = plain().len();
    for (range, first, last) in [
        ("bytes=0-0", 0, 0),
        ("bytes=10-99", 10, 99),
        ("bytes=100000-", 100_000, length - 1),
        ("bytes=-5", length - 5, length - 1),
        ("bytes=5-99999999", 5, length - 1),
        ("bytes=-99999999", 0, length - 1),
    ] {
        for content in [Content::Plain(plain()), stored()] {
            // A client that asks for parts gets them as they are, whatever else it takes.
            let headers = [("range", range), ("accept-encoding", "zstd, gzip")];
            let seen = asked(&headers, file(content)).await;
            assert_eq!(seen.status(), 206, "{range}");
            assert_eq!(seen.bytes, plain()[first..=last], "{range}");
            assert_eq!(seen.header("content-encoding"), None);
            assert_eq!(seen.header("etag"), Some("\"abc\""));
            let said = format!("bytes {first}-{last}/{length}");
            assert_eq!(seen.header("content-range"), Some(&*said), "{range}");
        }
    }
}

#[actix_web::test]
async fn what_is_no_part_of_this_file_is_the_whole_of_it() {
    for headers in [
        &[("range", "bytes=0-1,5-6")][..],
        &[("range", "lines=0-1")],
        &[("range", "bytes=9-1")],
        &[("range", "bytes=x")],
        &[("range", "bytes=0-1"), ("if-range", "\"other\"")],
        &[("range", "bytes=0-1"), ("if-range", "W/\"abc\"")],
        &[("range", "bytes=0-1"), ("if-range", "\"abc-gzip\"")],
        &[("range", "bytes=0-1"), ("if-range", "Sun, 22 Nov 2026 10:00:00 GMT")],
        &[("range", "bytes=0-1"), ("if-range", "nonsense")],
    ] {
        let seen = asked(headers, file(stored())).await;
        assert_eq!(seen.status(), 200, "{headers:?}");
        assert_eq!(seen.bytes, plain(), "{headers:?}");
        assert_eq!(seen.header("content-range"), None, "{headers:?}");
    }
    let same = [("range", "bytes=0-1"), ("if-range", "\"abc\"")];
    assert_eq!(asked(&same, file(stored())).await.bytes, plain()[..2]);
    let known = [("range", "bytes=0-1"), ("if-none-match", "\"abc\"")];
    assert_eq!(asked(&known, file(stored())).await.status(), 304);
}

#[actix_web::test]
async fn a_part_outside_of_the_file_is_refused() {
    let length = plain().len();
    for range in [format!("bytes={length}-"), format!("bytes={length}-{length}"), "bytes=-0".into()]
    {
        let seen = asked(&[("range", &range)], file(stored())).await;
        assert_eq!(seen.status(), 416, "{range}");
        assert_eq!(seen.header("content-range"), Some(&*format!("bytes */{length}")));
    }
    let empty = asked(&[("range", "bytes=0-")], file(Content::Plain(vec![]))).await;
    assert_eq!(empty.status(), 416);
}

#[actix_web::test]
async fn head_says_what_get_would_and_sends_nothing() {
    let head = || TestRequest::default().method(Method::HEAD);
    let said = |seen: &Seen| {
        // Each map of headers has an order of its own.
        let headers = seen.response.headers().iter();
        headers.map(|(name, value)| format!("{name}: {value:?}")).collect::<BTreeSet<_>>()
    };
    for accepted in ["identity", "zstd", "br"] {
        for content in [(|| Content::Plain(plain())) as fn() -> Content, stored] {
            let headers = [("accept-encoding", accepted)];
            let get = asked(&headers, file(content())).await;
            let head = asked_within(head(), &headers, file(content()), &STREAMS).await;
            assert_eq!((head.status(), head.bytes.len()), (200, 0));
            assert_eq!(said(&head), said(&get));
        }
    }
    let ranged = head().insert_header(("range", "bytes=0-1")).to_http_request();
    for content in [Content::Plain(plain()), stored()] {
        let response = send_within(&ranged, file(content), &STREAMS).expect("an answer");
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.body().size(), BodySize::Sized(plain().len() as u64));
    }
}

#[actix_web::test]
async fn packed_bytes_of_other_media_types_have_parts_too() {
    let sent = Sent { media_type: "application/vnd.apache.parquet", ..file(stored()) };
    let seen = asked(&[("range", "bytes=3-5"), ("accept-encoding", "zstd")], sent).await;
    assert_eq!((seen.status(), &*seen.bytes), (206, &plain()[3..=5]));
}
