//! The two ways in: a message from the tracker, and a picture for pages without script.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, BytesMut, Data, Payload};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::StreamExt;

use crate::collect::{
    Answer, BODY_BYTES_MAX, Client, Dropped, Message, PictureParameters, Sender, Wishes, escaped,
};
use crate::journal::Stored;
use crate::privacy::{Arrival, Raw, RawError};
use crate::signal::{FetchHeaders, PurposeHeaders};
use crate::web::App;
use crate::web::client::client;
use crate::web::error::Refusal;
use crate::web::limits::bodies;

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
    let client = client(&request, &app.trusted_proxies, app.forwarded_header);
    let headers = request.headers();
    let sender = sender(headers);
    app.collector.admit(&client, &sender).map_err(Refusal::Beacon)?;
    let body = bodies::awaited(payload, &app, client.address);
    let outcome = match read_body(headers, body).await {
        Ok(body) => match Message::read(&body) {
            Ok(message) => collect(&request, &app, &client, message, sender).await,
            Err(why) => Err(app.collector.drop_early(why, &sender.with_body(&body))),
        },
        Err(why) => Err(app.collector.drop_early(why, &sender)),
    };
    answer(outcome.err(), HttpResponse::Accepted(), Bytes::new())
}

/// `GET /p.gif`: a page view of a browser without script. What a page without script can say stands
/// in the picture's address: the site as `d`, if it is not the page's host; the page's address as
/// `u`, whole or as a path, or else in the `Referer` header; the address that led to it as `r`.
pub async fn pixel(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let mut response = HttpResponse::Ok();
    response.content_type("image/gif").insert_header((header::CACHE_CONTROL, "no-store"));
    if request.method() == Method::HEAD {
        // Whoever asks for the head alone shows no picture.
        return answer(None, response, Bytes::from_static(GIF));
    }
    let client = client(&request, &app.trusted_proxies, app.forwarded_header);
    let headers = request.headers();
    let sender = sender(headers);
    app.collector.admit(&client, &sender).map_err(Refusal::Beacon)?;
    let parameters = PictureParameters::read(request.query_string());
    let host = parameters.site.as_deref().and_then(|named| app.collector.host_named(named));
    let message = Message::of_pixel(parameters, sender.referrer.as_deref(), host.as_ref());
    let outcome = collect(&request, &app, &client, message, sender).await;
    answer(outcome.err(), response, Bytes::from_static(GIF))
}

/// The steps of both from the message on.
async fn collect(
    request: &HttpRequest,
    app: &App,
    client: &Client,
    message: Message,
    mut sender: Sender,
) -> Result<Stored, Dropped> {
    let headers = request.headers();
    let agent =
        headers.get(header::USER_AGENT).map(|agent| String::from_utf8_lossy(agent.as_bytes()));
    let agent = agent.unwrap_or_default().into_owned();
    let raw = Raw::new(client.address, agent, arrival(headers, &message));
    sender.site.clone_from(&message.site);
    sender.page = Some(message.url.clone());
    match raw {
        Ok(raw) => {
            let wishes = wishes(request, app.is_excluded(&client.address));
            app.collector.collect(raw, message, wishes, &sender).await
        }
        Err(error) => Err(app.collector.drop_early(of_raw(error), &sender)),
    }
}

/// What the headers say of the site that sends.
fn sender(headers: &HeaderMap) -> Sender {
    let address = |name| headers.get(name).map(|value: &HeaderValue| escaped(value.as_bytes()));
    Sender {
        origin: address(header::ORIGIN),
        referrer: address(header::REFERER),
        ..Sender::default()
    }
}

/// Lets senders that name a content type ask first.
pub async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS))
        .finish()
}

/// Opens every answer to the page that sent the message, with credentials too: a browser sends them
/// with `sendBeacon`, and would else block a message in JSON, or let its sender believe that it was
/// lost. The answer holds nothing that a page may not know.
pub async fn open_to_sender(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(request).await?;
    let origin = response.request().headers().get(header::ORIGIN).cloned();
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let yes = HeaderValue::from_static("true");
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, yes);
    } else {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    Ok(response)
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
            // A page may not learn what a reader has chosen here.
            if why != Dropped::OptOut {
                response.insert_header((header::ACCESS_CONTROL_EXPOSE_HEADERS, DROPPED_HEADER));
            }
        }
        Some(why) => return Err(Refusal::Beacon(why)),
    }
    Ok(response.body(body))
}

/// What a request says of the page and its reader, for as long as it lasts.
fn arrival<'a>(headers: &'a HeaderMap, message: &'a Message) -> Arrival<'a> {
    Arrival {
        page: &message.url,
        is_origin_alone: message.is_origin_alone,
        referrer: message.referrer.as_deref(),
        accept_language: headers.get(header::ACCEPT_LANGUAGE).and_then(|text| text.to_str().ok()),
        width: message.width,
        title: message.title.as_deref(),
    }
}

/// Reads no more than a message may have.
async fn read_body(
    headers: &HeaderMap,
    mut payload: bodies::Awaited<Payload>,
) -> Result<Bytes, Dropped> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.and_then(|text| text.parse().ok()).is_some_and(|size: u64| size > LIMIT) {
        return Err(Dropped::BodyTooLarge);
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| bodies::dropped(&error))?;
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
