//! How files and answers are sent: packed as the client likes it best, in parts, not again when
//! nothing changed, and open to every origin.

mod body;
mod coding;
mod conditions;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    self, Charset, ContentDisposition, DispositionParam, DispositionType, EntityTag, ExtendedValue,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, Route, guard, web};

use crate::web::error::Refusal;
use crate::web::limits::downloads;

use body::{STREAMS, Streams};
use coding::{Coding, Likes};
pub use conditions::is_known;

/// What is sent.
pub struct Sent {
    /// What tells these bytes from all others, such as their SHA-256; no quotes.
    pub etag: String,
    /// The media type of the plain bytes.
    pub media_type: &'static str,
    /// Is it saved or shown?
    pub disposition: Disposition,
    /// How long it may be kept.
    pub cache: Cache,
    /// What of the request it depends on, beside the address.
    pub varies: Varies,
    /// The bytes.
    pub content: Content,
}

/// What of a request an answer depends on, beside its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Varies {
    /// How it may be packed.
    Coding,
    /// Which media type is asked for, too.
    MediaType,
    /// Which language is asked for, too.
    Language,
    /// Which language and which media type are asked for, too.
    LanguageAndMediaType,
}

/// What a browser does with it.
pub enum Disposition {
    /// Whatever it likes: an answer that is no file.
    Free,
    /// Shows it, and saves it under this name.
    Inline(String),
    /// Saves it under this name.
    Attachment(String),
}

/// How long it may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cache {
    /// The latest file of a closed period: only a revision changes it, which may be a day late.
    Final,
    /// One revision, which never changes.
    Revision,
    /// A file of a period that goes on.
    Provisional,
    /// An answer that is asked for each time, and sent only if it changed.
    Live,
    /// What only staff may read: kept nowhere, and open to no other origin.
    Staff,
}

/// The bytes.
pub enum Content {
    /// As they are.
    Plain(Vec<u8>),
    /// Packed by Zstandard, with a window of at most 8 MiB, which is what browsers take (RFC 9659).
    Zstd {
        /// The packed bytes.
        packed: Vec<u8>,
        /// How many they are when unpacked.
        plain_length: u64,
    },
}

/// Headers that scripts of other origins may read.
const EXPOSED: &str = "accept-ranges, content-disposition, content-encoding, content-length, \
    content-range, etag, link";

/// Headers that scripts of other origins may send, beside those that need no permission.
const ASKED_WITH: &str = "accept, if-match, if-none-match, if-range, range";

/// How long a browser may remember the answer to a preflight, in seconds: a day.
const PREFLIGHT_SECONDS: u32 = 86_400;

impl Cache {
    fn header(self) -> &'static str {
        match self {
            Self::Final => "public, max-age=86400, immutable",
            Self::Revision => "public, max-age=31536000, immutable",
            Self::Provisional => "public, max-age=60",
            Self::Live => "no-cache",
            Self::Staff => "no-store",
        }
    }
}

impl Content {
    fn length(&self) -> u64 {
        match self {
            Self::Plain(bytes) => bytes.len() as u64,
            Self::Zstd { plain_length, .. } => *plain_length,
        }
    }

    fn is_packed(&self) -> bool {
        matches!(self, Self::Zstd { .. })
    }
}

/// Answers `GET` and `HEAD` with it.
pub fn send(request: &HttpRequest, sent: Sent) -> Result<HttpResponse, Refusal> {
    send_within(request, sent, &STREAMS)
}

fn send_within(
    request: &HttpRequest,
    sent: Sent,
    streams: &'static Streams,
) -> Result<HttpResponse, Refusal> {
    let length = sent.content.length();
    let likes = Likes::of(request);
    // Parts are of the plain bytes: packed ones may come out otherwise from the next version.
    let range = conditions::range(request, &sent.etag).filter(|_| likes.identity());
    let coding = if range.is_some() { Coding::Identity } else { likes.best(&sent) };
    let mut response = HttpResponse::Ok();
    if conditions::is_known(request, &tag(&sent, coding)) {
        describe(&mut response, &sent, coding);
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let of_address = downloads::place(request)?;
    let (coding, permits) = streams.permits(coding, &likes, &sent.content, of_address)?;
    describe(&mut response, &sent, coding);
    let mut part = (0, length);
    if let Some(range) = range {
        let (first, last) =
            range.to_satisfiable_range(length).ok_or(Refusal::OutOfRange(length))?;
        response.status(StatusCode::PARTIAL_CONTENT);
        response.insert_header((header::CONTENT_RANGE, format!("bytes {first}-{last}/{length}")));
        part = (first, last - first + 1);
    }
    if let Some(name) = coding.name() {
        response.insert_header((header::CONTENT_ENCODING, name));
    }
    response.content_type(sent.media_type).insert_header((header::ACCEPT_RANGES, "bytes"));
    match sent.disposition {
        Disposition::Free => {}
        Disposition::Inline(name) => {
            response.insert_header(named(DispositionType::Inline, &name));
        }
        Disposition::Attachment(name) => {
            response.insert_header(named(DispositionType::Attachment, &name));
        }
    }
    body::answer(request, &mut response, sent.content, coding, part, permits)
}

/// Each way to pack is other bytes, so it has a tag of its own.
fn tag(sent: &Sent, coding: Coding) -> EntityTag {
    EntityTag::new_strong(format!("{}{}", sent.etag, coding.suffix()))
}

/// What is said of the bytes whether they are sent or known already.
fn describe(response: &mut HttpResponseBuilder, sent: &Sent, coding: Coding) {
    let vary = match sent.varies {
        Varies::Coding => "accept-encoding",
        Varies::MediaType => "accept, accept-encoding",
        Varies::Language => "accept-language, accept-encoding",
        Varies::LanguageAndMediaType => "accept, accept-language, accept-encoding",
    };
    response
        .insert_header((header::ETAG, tag(sent, coding).to_string()))
        .insert_header((header::CACHE_CONTROL, sent.cache.header()))
        .insert_header((header::VARY, vary))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if sent.cache != Cache::Staff {
        response
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .insert_header((header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED));
    }
}

/// What is read is also asked for by its head alone.
pub fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// `OPTIONS` of what is open to every origin: scripts may ask for parts, and for what changed.
pub async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, ASKED_WITH))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS))
        .finish()
}

/// A name that stays in its header and in its folder, whatever it is made of.
fn named(disposition: DispositionType, name: &str) -> ContentDisposition {
    let is_safe = |letter: char| {
        letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-' | ' ' | '(' | ')')
    };
    let is_kept = |letter: char| is_safe(letter) || !letter.is_ascii() && letter.is_alphanumeric();
    let replaced = |kept: &dyn Fn(char) -> bool| -> String {
        name.chars().map(|letter| if kept(letter) { letter } else { '_' }).collect()
    };
    let (plain, full) = (replaced(&is_safe), replaced(&is_kept));
    let mut parameters = vec![DispositionParam::Filename(plain)];
    // Old programs read the first, newer ones (RFC 6266) the second.
    if !full.is_ascii() {
        let charset = Charset::Ext("UTF-8".to_owned());
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset,
            language_tag: None,
            value: full.into_bytes(),
        }));
    }
    ContentDisposition { disposition, parameters }
}

#[cfg(test)]
mod tests;
