//! How bytes are packed on their way, as the client's `Accept-Encoding` likes it best.

use std::io::{self, BufReader, Read};

use actix_web::HttpRequest;
use actix_web::http::header::{AcceptEncoding, Encoding, Header, Preference, Quality, QualityItem};

use crate::web::sent::{Content, Sent};

/// Below this, the bytes of a packet's own frame are most of what is sent anyway.
const PACKED_FROM_BYTES: u64 = 1_024;

/// Brotli on the fly: its next level takes twice the time for a few hundredths.
const BROTLI_QUALITY: u32 = 5;

/// How far back Brotli looks for what repeats, as a power of two: 1 MiB, which is also most of the
/// memory that a download takes.
const BROTLI_WINDOW_BITS: u32 = 20;

/// Bytes that Brotli reads at once.
const BROTLI_BUFFER_BYTES: usize = 64 * 1024;

/// Zstandard on the fly: its own choice between speed and size.
const ZSTD_LEVEL: i32 = 3;

/// Media types whose bytes repeat themselves; all others are packed already.
const PACKABLE: [&str; 6] = ["text/", "json", "xml", "javascript", "turtle", "n-triples"];

/// A way to pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Brotli: the smallest.
    Brotli,
    /// Zstandard: the fastest, and what is stored.
    Zstd,
    /// Gzip: what everybody reads.
    Gzip,
    /// As it is.
    Identity,
}

impl Coding {
    /// Its name in `Content-Encoding`, if it has to be said.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Zstd => Some("zstd"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }

    /// What tells the packed bytes from the plain ones in an ETag.
    pub fn suffix(self) -> String {
        self.name().map(|name| format!("-{name}")).unwrap_or_default()
    }

    fn encoding(self) -> Encoding {
        match self {
            Self::Brotli => Encoding::brotli(),
            Self::Zstd => Encoding::zstd(),
            Self::Gzip => Encoding::gzip(),
            Self::Identity => Encoding::identity(),
        }
    }

    /// The packed bytes of what is read, while it is read.
    pub fn pack(self, plain: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::Brotli => Box::new(brotli::CompressorReader::new(
                plain,
                BROTLI_BUFFER_BYTES,
                BROTLI_QUALITY,
                BROTLI_WINDOW_BITS,
            )),
            Self::Zstd => Box::new(zstd::stream::read::Encoder::new(plain, ZSTD_LEVEL)?),
            Self::Gzip => Box::new(flate2::bufread::GzEncoder::new(
                BufReader::new(plain),
                flate2::Compression::default(),
            )),
            Self::Identity => plain,
        })
    }
}

/// What a client likes.
pub struct Likes(Vec<QualityItem<Preference<Encoding>>>);

impl Likes {
    /// By its header; one without says that it likes everything, but is seldom ready for it.
    pub fn of(request: &HttpRequest) -> Self {
        Self(AcceptEncoding::parse(request).map(|accepted| accepted.0).unwrap_or_default())
    }

    /// May the bytes be sent as they are?
    pub fn identity(&self) -> bool {
        self.quality(Coding::Identity) > Quality::ZERO
    }

    /// Is this a way that the client names or leaves open?
    pub fn accepts(&self, coding: Coding) -> bool {
        self.quality(coding) > Quality::ZERO
    }

    /// The best way for these bytes. A client that takes none of them gets them as they are, which
    /// it may still make something of.
    pub fn best(&self, sent: &Sent) -> Coding {
        let is_packable = PACKABLE.iter().any(|part| sent.media_type.contains(part));
        if !is_packable || sent.content.length() < PACKED_FROM_BYTES {
            return Coding::Identity;
        }
        // What is stored packed costs nothing to send so.
        let ours = match sent.content {
            Content::Plain(_) => [Coding::Brotli, Coding::Zstd, Coding::Gzip, Coding::Identity],
            Content::Zstd { .. } => [Coding::Zstd, Coding::Brotli, Coding::Gzip, Coding::Identity],
        };
        // The last of those that are liked best is taken, so the order is turned round.
        let best = ours.into_iter().rev().filter(|coding| self.accepts(*coding));
        best.max_by_key(|coding| self.quality(*coding)).unwrap_or(Coding::Identity)
    }

    fn quality(&self, coding: Coding) -> Quality {
        let of = |wanted: Preference<Encoding>| {
            self.0.iter().find(|liked| liked.item == wanted).map(|liked| liked.quality)
        };
        let any = of(Preference::Any);
        let named = of(Preference::Specific(coding.encoding()));
        match coding {
            // As it is, is always possible unless it is ruled out, and liked less than all named.
            Coding::Identity => named.unwrap_or(match any {
                Some(Quality::ZERO) => Quality::ZERO,
                _ => Quality::MIN,
            }),
            _ => named.or(any).unwrap_or(Quality::ZERO),
        }
    }
}
