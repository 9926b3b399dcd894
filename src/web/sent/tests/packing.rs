//! Which way of packing a client gets, and that it unpacks to the same bytes.

use std::io::Read;

use actix_web::body::{BodySize, MessageBody};
use actix_web::test::TestRequest;

use super::{STREAMS, Streams, asked, asked_within, file, plain, stored};
use crate::web::sent::{Content, Sent, send_within};

fn unpacked(coding: Option<&str>, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match coding {
        None => plain.extend(bytes),
        Some("br") => drop(brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain).unwrap()),
        Some("gzip") => drop(flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).unwrap()),
        Some("zstd") => plain = zstd::decode_all(bytes).unwrap(),
        Some(other) => panic!("nobody asked for {other}"),
    }
    plain
}

#[actix_web::test]
async fn a_client_gets_what_it_likes_best_and_reads_the_same() {
    for (accepted, of_plain, of_stored) in [
        ("gzip, deflate, br, zstd", Some("br"), Some("zstd")),
        ("gzip, deflate, br", Some("br"), Some("br")),
        ("gzip", Some("gzip"), Some("gzip")),
        ("GZIP", Some("gzip"), Some("gzip")),
        ("zstd;q=0.5, gzip;q=0.9", Some("gzip"), Some("gzip")),
        ("br;q=0, gzip;q=0.1", Some("gzip"), Some("gzip")),
        ("gzip;q=0.5, identity", None, None),
        ("*", Some("br"), Some("zstd")),
        ("*;q=0.5, gzip", Some("gzip"), Some("gzip")),
        ("*;q=0, gzip;q=0.2", Some("gzip"), Some("gzip")),
        ("deflate", None, None),
        ("identity", None, None),
        ("identity;q=0", None, None),
        ("*;q=0", None, None),
        ("", None, None),
    ] {
        for (content, coding) in [(Content::Plain(plain()), of_plain), (stored(), of_stored)] {
            let seen = asked(&[("accept-encoding", accepted)], file(content)).await;
            assert_eq!(seen.status(), 200, "{accepted}");
            assert_eq!(seen.header("content-encoding"), coding, "{accepted}");
            let tag = coding.map_or("\"abc\"".to_owned(), |coding| format!("\"abc-{coding}\""));
            assert_eq!(seen.header("etag"), Some(&*tag), "{accepted}");
            assert!(unpacked(coding, &seen.bytes) == plain(), "{accepted}");
            assert_eq!(seen.bytes.len() < plain().len() / 2, coding.is_some(), "{accepted}");
        }
    }
}

#[actix_web::test]
async fn what_is_stored_packed_is_passed_on_as_it_is() {
    let Content::Zstd { packed, .. } = stored() else { panic!("it is packed") };
    let request = TestRequest::get().insert_header(("accept-encoding", "zstd")).to_http_request();
    let response = send_within(&request, file(stored()), &STREAMS).expect("an answer");
    assert_eq!(response.body().size(), BodySize::Sized(packed.len() as u64));
    let seen = asked(&[("accept-encoding", "zstd")], file(stored())).await;
    assert_eq!(seen.bytes, packed);
}

#[actix_web::test]
async fn small_and_packed_things_are_not_packed_again() {
    let all = [("accept-encoding", "br, zstd, gzip")];
    let small = vec![b'x'; 1_023];
    assert_eq!(asked(&all, file(Content::Plain(small))).await.header("content-encoding"), None);
    let enough = vec![b'x'; 1_024];
    let seen = asked(&all, file(Content::Plain(enough))).await;
    assert_eq!(seen.header("content-encoding"), Some("br"));
    for media_type in ["application/vnd.apache.parquet", "application/gzip", "image/png"] {
        let sent = Sent { media_type, ..file(stored()) };
        let seen = asked(&all, sent).await;
        assert_eq!(seen.header("content-encoding"), None, "{media_type}");
        assert_eq!(seen.bytes, plain());
    }
    for media_type in ["application/json", "application/rdf+xml", "text/turtle; charset=utf-8"] {
        let sent = Sent { media_type, ..file(Content::Plain(plain())) };
        assert_eq!(asked(&all, sent).await.header("content-encoding"), Some("br"), "{media_type}");
    }
}

#[actix_web::test]
async fn when_too_many_are_packed_the_others_are_sent_as_they_are() {
    static FULL: Streams = Streams::new(0, 1);
    for (content, accepted, coding) in [
        (Content::Plain(plain()), "br", None),
        (stored(), "br;q=1, zstd;q=0.1", Some("zstd")),
        (stored(), "gzip", None),
    ] {
        let headers = [("accept-encoding", accepted)];
        let seen = asked_within(TestRequest::get(), &headers, file(content), &FULL).await;
        assert_eq!(seen.header("content-encoding"), coding);
        assert!(unpacked(coding, &seen.bytes) == plain());
    }
}

#[actix_web::test]
async fn downloads_give_their_room_back() {
    static ONE: Streams = Streams::new(1, 1);
    let request = TestRequest::get().to_http_request();
    let open = send_within(&request, file(stored()), &ONE).expect("an answer");
    let refused = asked_within(TestRequest::get(), &[], file(stored()), &ONE).await;
    assert_eq!(refused.status(), 503);
    assert!(refused.header("retry-after").is_some());
    // What has to be unpacked for nobody is sent all the same.
    let headers = [("accept-encoding", "zstd")];
    assert_eq!(
        asked_within(TestRequest::get(), &headers, file(stored()), &ONE).await.status(),
        200
    );
    drop(open);
    let seen = asked_within(TestRequest::get(), &[], file(stored()), &ONE).await;
    assert_eq!(seen.bytes, plain());
}

#[actix_web::test]
async fn a_broken_file_breaks_off_and_does_not_end_well() {
    let Content::Zstd { mut packed, plain_length } = stored() else { panic!("it is packed") };
    packed.truncate(packed.len() / 2);
    for accepted in ["identity", "gzip"] {
        let content = Content::Zstd { packed: packed.clone(), plain_length };
        let request = TestRequest::get().insert_header(("accept-encoding", accepted));
        let response = send_within(&request.to_http_request(), file(content), &STREAMS);
        let body = response.expect("an answer").into_body();
        assert!(actix_web::body::to_bytes(body).await.is_err(), "{accepted}");
    }
}
