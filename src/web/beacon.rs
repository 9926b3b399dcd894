//! The two ways in: a message from the tracker, and a picture for pages without script.

use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Bytes, BytesMut, Data, Payload, Query};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::StreamExt;
use serde::Deserialize;

use crate::collect::{Answer, BODY_BYTES_MAX, Dropped, Message, Wishes};
use crate::privacy::{Arrival, Raw, RawError};
use crate::signal::{FetchHeaders, PurposeHeaders};
use crate::web::error::Refusal;
use crate::web::{App, client};

/// Says why a request was accepted and not counted.
const DROPPED_HEADER: &str = "x-parvis-dropped";

/// Holds the visitor's wish not to be counted on this host; set by the opt-out form alone.
pub const OPT_OUT_COOKIE: &str = "parvis-opt-out";

/// How long a browser may remember the answer to a preflight, in seconds: a day.
const PREFLIGHT_SECONDS: u32 = 86_400;

/// One transparent point: the smallest GIF that every browser shows.
const GIF: &[u8] = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\
    \x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

/// `POST /api/event`: one message. 202 means that it is on disk.
pub async fn event(
    request: HttpRequest,
    payload: Payload,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let address = client::address(&request, &app.trusted_proxies, app.forwarded_header);
    app.collector.admit(address).map_err(Refusal::Beacon)?;
    let headers = request.headers();
    let read = read_body(headers, payload).await.and_then(|body| Message::read(&body)).and_then(
        |message| {
            let raw = Raw::new(address, text(headers, "user-agent"), arrival(headers, &message));
            Ok((raw.map_err(of_raw)?, message))
        },
    );
    let outcome = match read {
        Ok((raw, message)) => {
            let wishes = wishes(&request, app.is_excluded(&address));
            app.collector.collect(raw, message, wishes).await
        }
        Err(why) => Err(app.collector.drop_early(why)),
    };
    answer(outcome.err(), HttpResponse::Accepted(), Bytes::new())
}

/// What a page without script can say in a picture's address.
#[derive(Deserialize)]
pub struct PixelQuery {
    /// The site, if it is not the page's host.
    d: Option<String>,
    /// The page's address; else the `Referer` header says it.
    u: Option<String>,
    /// The address that led to the page.
    r: Option<String>,
}

/// `GET /p.gif`: a page view of a browser without script.
pub async fn pixel(
    request: HttpRequest,
    query: Query<PixelQuery>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let address = client::address(&request, &app.trusted_proxies, app.forwarded_header);
    app.collector.admit(address).map_err(Refusal::Beacon)?;
    let headers = request.headers();
    let PixelQuery { d, u, r } = query.into_inner();
    let page = u.unwrap_or_else(|| text(headers, "referer"));
    let message = Message::of_pixel(page, d, r);
    let raw = Raw::new(address, text(headers, "user-agent"), arrival(headers, &message));
    let outcome = match raw {
        Ok(raw) => {
            let wishes = wishes(&request, app.is_excluded(&address));
            app.collector.collect(raw, message, wishes).await
        }
        Err(error) => Err(app.collector.drop_early(of_raw(error))),
    };
    let mut response = HttpResponse::Ok();
    response.content_type("image/gif").insert_header((header::CACHE_CONTROL, "no-store"));
    answer(outcome.err(), response, Bytes::from_static(GIF))
}

/// Lets senders that name a content type ask first.
pub async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS))
        .finish()
}

fn answer(
    why: Option<Dropped>,
    mut response: HttpResponseBuilder,
    body: Bytes,
) -> Result<HttpResponse, Refusal> {
    response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    match why {
        None | Some(Dropped::Duplicate) => {}
        Some(why) if why.answer() == Answer::OnPurpose => {
            response.insert_header((DROPPED_HEADER, why.reason()));
            response.insert_header((header::ACCESS_CONTROL_EXPOSE_HEADERS, DROPPED_HEADER));
        }
        Some(why) => return Err(Refusal::Beacon(why)),
    }
    Ok(response.body(body))
}

/// What a request says of the page and its reader, for as long as it lasts.
fn arrival<'a>(headers: &'a HeaderMap, message: &'a Message) -> Arrival<'a> {
    Arrival {
        page: &message.url,
        referrer: message.referrer.as_deref(),
        accept_language: headers.get(header::ACCEPT_LANGUAGE).and_then(|text| text.to_str().ok()),
        width: message.width,
        title: message.title.as_deref(),
    }
}

/// Reads no more than a message may have.
async fn read_body(headers: &HeaderMap, mut payload: Payload) -> Result<Bytes, Dropped> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.and_then(|text| text.parse().ok()).is_some_and(|size: u64| size > LIMIT) {
        return Err(Dropped::BodyTooLarge);
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Dropped::BodyUnreadable)?;
        if body.len() + chunk.len() > BODY_BYTES_MAX {
            return Err(Dropped::BodyTooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// The same bound as a header writes it.
const LIMIT: u64 = BODY_BYTES_MAX as u64;

fn of_raw(error: RawError) -> Dropped {
    match error {
        RawError::TooLong => Dropped::UrlTooLong,
        RawError::NotWeb => Dropped::UrlUnusable,
    }
}

fn text(headers: &HeaderMap, name: &str) -> String {
    let value = headers.get(name);
    value.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).unwrap_or_default()
}

fn wishes(request: &HttpRequest, excluded: bool) -> Wishes {
    let headers = request.headers();
    let says = |name: &str, word: &[u8]| {
        headers.get(name).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(word))
    };
    let raw = |name: &str| headers.get(name).map(|value| value.as_bytes());
    let purposes = PurposeHeaders {
        sec_purpose: raw("sec-purpose"),
        purpose: raw("purpose"),
        x_purpose: raw("x-purpose"),
        x_moz: raw("x-moz"),
    };
    let own = FetchHeaders {
        origin: raw("origin"),
        has_site: headers.contains_key("sec-fetch-site"),
        destination: raw("sec-fetch-dest"),
    };
    let opted_out = headers.contains_key(header::COOKIE)
        && request.cookie(OPT_OUT_COOKIE).is_some_and(|cookie| cookie.value() == "1");
    Wishes {
        global_privacy_control: says("sec-gpc", b"1"),
        do_not_track: says("dnt", b"1"),
        opted_out,
        excluded,
        prefetch: purposes.fetch_ahead(),
        origin: raw("origin").map(|value| String::from_utf8_lossy(value).into_owned()),
        lacks_fetch_headers: own.are_missing(|| request.connection_info().scheme() == "https"),
    }
}
