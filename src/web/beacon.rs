//! The two ways in: a message from the tracker, and a picture for pages without script.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, BytesMut, Data, Payload};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::StreamExt;

use crate::collect::{
    Answer, BODY_BYTES_MAX, Client, ConcurrencyLimit, Dropped, Message, PictureParameters, Sender,
    Taken, Wishes, escaped,
};
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
    let (app, headers) = (app.get_ref(), request.headers());
    let client = client(&request, &app.trusted_proxies, app.forwarded_header);
    app.collector.admit(&client, || sender(&Said::by(headers))).map_err(Refusal::Beacon)?;
    let body =
        read_body(headers, bodies::awaited(payload, &app.limits.bodies, client.address)).await;
    let outcome = match take_event(&request, app, &client, body) {
        Ok(taken) => app.collector.settle(taken).await,
        Err(why) => Err(why),
    };
    answer(outcome.err(), HttpResponse::Accepted(), Bytes::new())
}

fn take_event(
    request: &HttpRequest,
    app: &App,
    client: &Client,
    body: Result<Bytes, Dropped>,
) -> Result<Taken, Dropped> {
    let said = Said::by(request.headers());
    let body = body.map_err(|why| app.collector.drop_early(why, &sender(&said)))?;
    let message = Message::read(&body);
    let message =
        message.map_err(|why| app.collector.drop_early(why, &sender(&said).with_body(&body)))?;
    take(request, app, client, &said, &message)
}

/// `GET /p.gif`: a page view of a browser without script. What a page without script can say stands
/// in the picture's address: the site as `d`, if it is not the page's host; the page's address as
/// `u`, whole or as a path, or else in the `Referer` header; the address that led to it as `r`.
pub async fn pixel(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let mut response = HttpResponse::Ok();
    response
        .content_type("image/gif")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    if request.method() == Method::HEAD {
        // Whoever asks for the head alone shows no picture.
        return answer(None, response, Bytes::from_static(GIF));
    }
    let outcome = match take_picture(&request, &app) {
        Ok(taken) => app.collector.settle(taken).await,
        Err(why) => Err(why),
    };
    answer(outcome.err(), response, Bytes::from_static(GIF))
}

fn take_picture(request: &HttpRequest, app: &App) -> Result<Taken, Dropped> {
    let client = client(request, &app.trusted_proxies, app.forwarded_header);
    let said = Said::by(request.headers());
    app.collector.admit(&client, || sender(&said))?;
    let parameters = PictureParameters::read(request.query_string());
    let host = parameters.site.as_deref().and_then(|named| app.collector.host_named(named));
    let referrer = said.referrer.map(|referrer| escaped(referrer.as_bytes()));
    let message = Message::of_pixel(parameters, referrer.as_deref(), host.as_ref());
    take(request, app, &client, &said, &message)
}

/// The steps of both from the message on.
fn take(
    request: &HttpRequest,
    app: &App,
    client: &Client,
    said: &Said<'_>,
    message: &Message,
) -> Result<Taken, Dropped> {
    let sender = Sender {
        site: message.site.as_deref().map(Cow::Borrowed),
        page: Some(Cow::Borrowed(&message.url)),
        ..sender(said)
    };
    let agent = said.agent.map(|agent| String::from_utf8_lossy(agent.as_bytes()));
    let agent = agent.unwrap_or_default().into_owned();
    let raw = Raw::new(client.address, agent, arrival(said, message));
    let raw = raw.map_err(|error| app.collector.drop_early(of_raw(error), &sender))?;
    let wishes = wishes(request, said, app.is_excluded(&client.address));
    app.collector.take(raw, message, &wishes, &sender)
}

/// The headers of a beacon that are looked at, of several of one name the first. One walk over all
/// that there are takes less time than looking each of these up.
#[derive(Default)]
struct Said<'a> {
    accept_language: Option<&'a HeaderValue>,
    agent: Option<&'a HeaderValue>,
    cookie: Option<&'a HeaderValue>,
    do_not_track: Option<&'a HeaderValue>,
    fetch_destination: Option<&'a HeaderValue>,
    fetch_site: Option<&'a HeaderValue>,
    forwarded: Option<&'a HeaderValue>,
    forwarded_proto: Option<&'a HeaderValue>,
    global_privacy_control: Option<&'a HeaderValue>,
    origin: Option<&'a HeaderValue>,
    purpose: Option<&'a HeaderValue>,
    referrer: Option<&'a HeaderValue>,
    sec_purpose: Option<&'a HeaderValue>,
    x_moz: Option<&'a HeaderValue>,
    x_purpose: Option<&'a HeaderValue>,
}

impl<'a> Said<'a> {
    fn by(headers: &'a HeaderMap) -> Self {
        let mut said = Self::default();
        for (name, value) in headers {
            let place = match name.as_str() {
                "accept-language" => &mut said.accept_language,
                "user-agent" => &mut said.agent,
                "cookie" => &mut said.cookie,
                "dnt" => &mut said.do_not_track,
                "sec-fetch-dest" => &mut said.fetch_destination,
                "sec-fetch-site" => &mut said.fetch_site,
                "forwarded" => &mut said.forwarded,
                "x-forwarded-proto" => &mut said.forwarded_proto,
                "sec-gpc" => &mut said.global_privacy_control,
                "origin" => &mut said.origin,
                "purpose" => &mut said.purpose,
                "referer" => &mut said.referrer,
                "sec-purpose" => &mut said.sec_purpose,
                "x-moz" => &mut said.x_moz,
                "x-purpose" => &mut said.x_purpose,
                _ => continue,
            };
            place.get_or_insert(value);
        }
        said
    }
}

/// What the headers say of the site that sends.
fn sender<'a>(said: &Said<'a>) -> Sender<'a> {
    Sender {
        origin: said.origin.map(HeaderValue::as_bytes),
        referrer: said.referrer.map(HeaderValue::as_bytes),
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
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = next.call(request).await?;
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
fn arrival<'a>(said: &Said<'a>, message: &'a Message) -> Arrival<'a> {
    Arrival {
        page: &message.url,
        is_origin_alone: message.is_origin_alone,
        referrer: message.referrer.as_deref(),
        accept_language: said.accept_language.and_then(|text| text.to_str().ok()),
        width: message.width,
        title: message.title.as_deref(),
    }
}

/// Reads no more than a message may have.
async fn read_body(
    headers: &HeaderMap,
    mut payload: bodies::Awaited<Payload, &Arc<ConcurrencyLimit>>,
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

fn wishes<'a>(request: &HttpRequest, said: &Said<'a>, excluded: bool) -> Wishes<'a> {
    let says = |value: Option<&HeaderValue>, word: &[u8]| {
        value.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(word))
    };
    let raw = |value: Option<&'a HeaderValue>| value.map(HeaderValue::as_bytes);
    let purposes = PurposeHeaders {
        sec_purpose: raw(said.sec_purpose),
        purpose: raw(said.purpose),
        x_purpose: raw(said.x_purpose),
        x_moz: raw(said.x_moz),
    };
    let own = FetchHeaders {
        origin: raw(said.origin),
        has_site: said.fetch_site.is_some(),
        destination: raw(said.fetch_destination),
    };
    let opted_out = said.cookie.is_some()
        && request.cookie(OPT_OUT_COOKIE).is_some_and(|cookie| cookie.value() == "1");
    // This service itself speaks plain HTTP: only a header or the request's target says otherwise.
    let says_scheme =
        said.forwarded.or(said.forwarded_proto).is_some() || request.uri().scheme().is_some();
    let is_secure = || says_scheme && request.connection_info().scheme() == "https";
    Wishes {
        global_privacy_control: says(said.global_privacy_control, b"1"),
        do_not_track: says(said.do_not_track, b"1"),
        opted_out,
        excluded,
        prefetch: purposes.fetch_ahead(),
        origin: raw(said.origin).map(String::from_utf8_lossy),
        lacks_fetch_headers: own.are_missing(is_secure),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::Handler;

    use super::*;

    fn bytes_waiting<Handled: Handler<Of>, Of>(_: Handled) -> usize {
        size_of::<Handled::Future>()
    }

    #[test]
    fn a_beacon_that_waits_for_the_disk_is_small() {
        let (event, pixel) = (bytes_waiting(event), bytes_waiting(pixel));
        assert!(event <= 512 && pixel <= 512, "{event} and {pixel} bytes");
    }
}
