//! Opens an access log, packed or not, and hands out its lines one at a time without ever holding
//! more than one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use crate::collect::access_log::{Entry, LINE_BYTES_MAX, Refused};

/// Read at once, in bytes: enough to make calls rare, and it fits a processor's nearest cache.
const BUFFER_BYTES: usize = 64 * 1024;

/// Ways of packing by the bytes that their files begin with, each with the command that unpacks.
const OTHER_PACKINGS: &[(&[u8], &str)] = &[
    (b"BZh", "bzcat"),
    (b"\xfd7zXZ\0", "xzcat"),
    (b"\x28\xb5\x2f\xfd", "zstdcat"),
    (b"PK\x03\x04", "unzip -p"),
];
const GZIP: &[u8] = b"\x1f\x8b";

/// As many bytes as the longest of those beginnings.
const BEGINNING_BYTES: u64 = 6;

/// Why a log cannot be read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The file cannot be opened.
    #[error("{path} cannot be opened: {source}; give the path of a file that may be read")]
    Unopenable {
        /// As it was asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The path is a folder.
    #[error("{path} is a folder: give the path of one log in it, or several in turn")]
    Folder {
        /// As it was asked for.
        path: PathBuf,
    },
    /// Packed by something other than gzip.
    #[error(
        "the log is packed in a way that is not read here: unpack it into standard input, as by \
         `{unpacker} LOG | parvis import access-log -`"
    )]
    OtherPacking {
        /// The command that unpacks it.
        unpacker: &'static str,
    },
    /// The gzip file ends too early.
    #[error(
        "the gzip file is cut off: it ends after {bytes_read} bytes, in the middle of its packed \
         text, from which {lines_read} whole lines were read; fetch it again"
    )]
    GzipCut {
        /// Packed bytes up to the end.
        bytes_read: u64,
        /// Lines handed out before.
        lines_read: u64,
    },
    /// The gzip file is damaged.
    #[error(
        "the gzip file is damaged somewhere before byte {bytes_read}, after {lines_read} lines \
         ({source}); fetch it again"
    )]
    GzipBroken {
        /// Packed bytes up to the end of the buffer that holds the damage.
        bytes_read: u64,
        /// Lines handed out before.
        lines_read: u64,
        /// What the unpacker said.
        source: io::Error,
    },
    /// Reading failed.
    #[error(
        "the log cannot be read past byte {bytes_read}, after {lines_read} lines: {source}; look \
         after the disk or the command that it comes from"
    )]
    Unreadable {
        /// Bytes read before.
        bytes_read: u64,
        /// Lines handed out before.
        lines_read: u64,
        /// What the system said.
        source: io::Error,
    },
}

/// An open log. It holds one line and the buffers, whatever the size of the file.
pub struct AccessLog {
    body: Body,
    bytes_total: Option<u64>,
    lines_read: u64,
    line: Vec<u8>,
}

type Source = Chain<Cursor<Vec<u8>>, BufReader<Counting>>;

enum Body {
    Plain(Source),
    Gzip(Box<BufReader<MultiGzDecoder<Source>>>),
}

/// Counts what passes.
struct Counting {
    reader: Box<dyn Read + Send>,
    bytes_read: u64,
}

impl AccessLog {
    /// Opens a file.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let unopenable = |source| LogError::Unopenable { path: path.to_owned(), source };
        let file = File::open(path).map_err(unopenable)?;
        let about = file.metadata().map_err(unopenable)?;
        if about.is_dir() {
            return Err(LogError::Folder { path: path.to_owned() });
        }
        // A pipe with a name has no size.
        let bytes_total = about.is_file().then_some(about.len());
        Self::begin(Box::new(file), bytes_total)
    }

    /// Reads from elsewhere, such as standard input, whose size is not known.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Result<Self, LogError> {
        Self::begin(Box::new(reader), None)
    }

    fn begin(reader: Box<dyn Read + Send>, bytes_total: Option<u64>) -> Result<Self, LogError> {
        let counting = Counting { reader, bytes_read: 0 };
        let mut reader = BufReader::with_capacity(BUFFER_BYTES, counting);
        let mut beginning = Vec::new();
        let read = (&mut reader).take(BEGINNING_BYTES).read_to_end(&mut beginning);
        if let Err(source) = read {
            let bytes_read = reader.get_ref().bytes_read;
            return Err(LogError::Unreadable { bytes_read, lines_read: 0, source });
        }
        let other = OTHER_PACKINGS.iter().find(|(magic, _)| beginning.starts_with(magic));
        if let Some((_, unpacker)) = other {
            return Err(LogError::OtherPacking { unpacker });
        }
        let is_gzip = beginning.starts_with(GZIP);
        let source = Cursor::new(beginning).chain(reader);
        let body = if is_gzip {
            let unpacked = MultiGzDecoder::new(source);
            Body::Gzip(Box::new(BufReader::with_capacity(BUFFER_BYTES, unpacked)))
        } else {
            Body::Plain(source)
        };
        Ok(Self { body, bytes_total, lines_read: 0, line: Vec::new() })
    }

    /// The next line taken apart, or why it is not counted; None at the end. After an error there
    /// is no more to read.
    pub fn next_entry(&mut self) -> Result<Option<Result<Entry<'_>, Refused>>, LogError> {
        match self.next_line() {
            Ok(true) if self.line.len() > LINE_BYTES_MAX => Ok(Some(Err(Refused::LineTooLong))),
            Ok(true) => Ok(Some(Entry::read(&self.line))),
            Ok(false) => Ok(None),
            Err(source) => Err(self.failure(source)),
        }
    }

    /// Bytes taken from the file so far, as they are there: packed, if it is packed. It runs ahead
    /// of the lines by at most a buffer.
    pub fn bytes_read(&self) -> u64 {
        let source = match &self.body {
            Body::Plain(source) => source,
            Body::Gzip(unpacked) => unpacked.get_ref().get_ref(),
        };
        source.get_ref().1.get_ref().bytes_read
    }

    /// The file's size when it was opened, in bytes; None if it has none. A server may have
    /// written more since.
    pub fn bytes_total(&self) -> Option<u64> {
        self.bytes_total
    }

    /// Lines handed out so far, refused ones among them: the number of the present line.
    pub fn lines_read(&self) -> u64 {
        self.lines_read
    }

    /// Reads a line without its end, or its beginning if it is too long. False at the end.
    fn next_line(&mut self) -> io::Result<bool> {
        let reader: &mut dyn BufRead = match &mut self.body {
            Body::Plain(source) => source,
            Body::Gzip(unpacked) => unpacked,
        };
        self.line.clear();
        // With room for the two bytes of a line's end.
        let bytes_max = LINE_BYTES_MAX as u64 + 2;
        if (&mut *reader).take(bytes_max).read_until(b'\n', &mut self.line)? == 0 {
            return Ok(false);
        }
        if self.line.pop_if(|byte| *byte == b'\n').is_some() {
            self.line.pop_if(|byte| *byte == b'\r');
        } else if self.line.len() > LINE_BYTES_MAX {
            reader.skip_until(b'\n')?;
        }
        self.lines_read += 1;
        Ok(true)
    }

    fn failure(&self, source: io::Error) -> LogError {
        let (bytes_read, lines_read) = (self.bytes_read(), self.lines_read);
        match (&self.body, source.kind()) {
            (Body::Gzip(_), io::ErrorKind::UnexpectedEof) => {
                LogError::GzipCut { bytes_read, lines_read }
            }
            (Body::Gzip(_), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) => {
                LogError::GzipBroken { bytes_read, lines_read, source }
            }
            _ => LogError::Unreadable { bytes_read, lines_read, source },
        }
    }
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.bytes_read += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
