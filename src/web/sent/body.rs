//! The bytes on their way, a piece at a time: however long a file is, a download holds one piece of
//! it unpacked, and no more.

use std::io::{self, Cursor, Read};

use actix_web::body::{BodyStream, BoxBody, MessageBody, SizedStream};
use actix_web::http::Method;
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use futures_util::stream::{self, Stream};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::collect::Held;
use crate::web::error::Refusal;
use crate::web::sent::Content;
use crate::web::sent::coding::{Coding, Likes};

/// Bytes of a piece: large enough that changing threads for it costs nothing.
const PIECE_BYTES: usize = 64 * 1024;

/// Downloads that are packed on the fly at once: each holds some MiB for as long as the client
/// takes. When there are more, bytes are sent as they are, or as they are stored.
const PACKING_MAX: usize = 32;

/// Downloads that are unpacked on the fly at once: each holds the window of its file, at most
/// 8 MiB and seldom more than one. When there are more, they have to come back.
const UNPACKING_MAX: usize = 512;

/// The downloads of the whole process.
pub static STREAMS: Streams = Streams::new(PACKING_MAX, UNPACKING_MAX);

/// How many downloads may be packed and unpacked at once.
pub struct Streams {
    packing: Semaphore,
    unpacking: Semaphore,
}

/// What a download gives back when it ends.
pub struct Permits {
    _of_address: Option<Held>,
    _packing: Option<SemaphorePermit<'static>>,
    _unpacking: Option<SemaphorePermit<'static>>,
}

impl Streams {
    /// Room for so many.
    pub const fn new(packing: usize, unpacking: usize) -> Self {
        let (packing, unpacking) = (Semaphore::const_new(packing), Semaphore::const_new(unpacking));
        Self { packing, unpacking }
    }

    /// Takes what sending in this way needs, or in the way that needs less.
    pub fn permits(
        &'static self,
        coding: Coding,
        likes: &Likes,
        content: &Content,
        of_address: Option<Held>,
    ) -> Result<(Coding, Permits), Refusal> {
        let mut coding = coding;
        let mut packing = None;
        let is_stored = content.is_packed() && coding == Coding::Zstd;
        if coding != Coding::Identity && !is_stored {
            packing = self.packing.try_acquire().ok();
            if packing.is_none() {
                let stored = content.is_packed() && likes.accepts(Coding::Zstd);
                coding = if stored { Coding::Zstd } else { Coding::Identity };
            }
        }
        let mut unpacking = None;
        if content.is_packed() && coding != Coding::Zstd {
            let full = "Too many files are being sent; try again soon.";
            let permit = self.unpacking.try_acquire();
            unpacking = Some(permit.map_err(|_| Refusal::Unavailable(full.to_owned()))?);
        }
        let permits = Permits { _of_address: of_address, _packing: packing, _unpacking: unpacking };
        Ok((coding, permits))
    }
}

/// Finishes an answer with a part of the content, given as its first byte and its length, packed.
pub fn answer(
    request: &HttpRequest,
    response: &mut HttpResponseBuilder,
    content: Content,
    coding: Coding,
    part: (u64, u64),
    permits: Permits,
) -> Result<HttpResponse, Refusal> {
    let body = match (content, coding) {
        (Content::Plain(bytes), Coding::Identity) => {
            let first = usize::try_from(part.0).unwrap_or(usize::MAX).min(bytes.len());
            let mut bytes = Bytes::from(bytes).split_off(first);
            bytes.truncate(usize::try_from(part.1).unwrap_or(usize::MAX));
            pieces(bytes, permits)
        }
        (Content::Zstd { packed, .. }, Coding::Zstd) => pieces(Bytes::from(packed), permits),
        (Content::Plain(bytes), coding) => {
            let packed = coding.pack(Box::new(Cursor::new(bytes))).map_err(broken)?;
            BodyStream::new(read(packed, permits)).boxed()
        }
        (Content::Zstd { packed, .. }, Coding::Identity) => {
            let plain = Part { skipped: part.0, plain: unpack(packed)?.take(part.0 + part.1) };
            SizedStream::new(part.1, read(Box::new(plain), permits)).boxed()
        }
        (Content::Zstd { packed, .. }, coding) => {
            let packed = coding.pack(unpack(packed)?).map_err(broken)?;
            BodyStream::new(read(packed, permits)).boxed()
        }
    };
    if request.method() == Method::HEAD {
        return Ok(response.body(without_bytes(&body)));
    }
    Ok(response.body(body))
}

fn unpack(packed: Vec<u8>) -> Result<Box<dyn Read + Send>, Refusal> {
    let plain = zstd::stream::read::Decoder::with_buffer(Cursor::new(packed)).map_err(broken)?;
    Ok(Box::new(plain))
}

fn broken(error: io::Error) -> Refusal {
    tracing::error!("a file cannot be packed: {error}");
    Refusal::Internal
}

/// Bytes that are in memory, sent piece by piece so that the connection copies no more than one.
fn pieces(bytes: Bytes, permits: Permits) -> BoxBody {
    let length = bytes.len() as u64;
    let pieces = stream::unfold((bytes, permits), |(mut bytes, permits)| async {
        let piece = bytes.split_to(PIECE_BYTES.min(bytes.len()));
        (!piece.is_empty()).then_some((Ok::<_, io::Error>(piece), (bytes, permits)))
    });
    SizedStream::new(length, pieces).boxed()
}

/// The same length without the bytes, for `HEAD`.
fn without_bytes(body: &BoxBody) -> BoxBody {
    let nothing = stream::empty::<io::Result<Bytes>>();
    match body.size() {
        actix_web::body::BodySize::Sized(length) => SizedStream::new(length, nothing).boxed(),
        _ => BodyStream::new(nothing).boxed(),
    }
}

/// Reads piece by piece, on the threads that may wait.
fn read(
    reader: Box<dyn Read + Send>,
    permits: Permits,
) -> impl Stream<Item = io::Result<Bytes>> + 'static {
    stream::try_unfold((reader, permits), |(mut reader, permits)| async {
        let reading = web::block(move || {
            let mut piece = Vec::with_capacity(PIECE_BYTES);
            reader.by_ref().take(PIECE_BYTES as u64).read_to_end(&mut piece)?;
            Ok::<_, io::Error>((piece, reader))
        });
        let (piece, reader) = reading.await.map_err(io::Error::other)?.inspect_err(|error| {
            tracing::error!("a file breaks off while it is sent: {error}");
        })?;
        Ok((!piece.is_empty()).then(|| (Bytes::from(piece), (reader, permits))))
    })
}

/// What comes after the bytes that are not wanted.
struct Part<R> {
    skipped: u64,
    plain: R,
}

impl<R: Read> Read for Part<R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        if self.skipped > 0 {
            io::copy(&mut self.plain.by_ref().take(self.skipped), &mut io::sink())?;
            self.skipped = 0;
        }
        self.plain.read(piece)
    }
}
