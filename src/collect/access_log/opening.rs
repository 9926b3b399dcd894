//! Opens an access log, packed or not, and hands out its lines one at a time without ever holding
//! more than one.

use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use crate::collect::access_log::lines::Lines;
use crate::collect::access_log::members::{Members, Trailing};
use crate::collect::access_log::packing::{Begun, Packing, packing};
use crate::collect::access_log::{Entry, Refused};

/// Read at once, in bytes: enough to make calls rare, and it fits a processor's nearest cache.
const BUFFER_BYTES: usize = 64 * 1024;

/// The most that is held of all pipes of one import, in packed bytes. Logs pack to about a
/// fifteenth, so this is some gigabytes of text.
pub const HELD_BYTES_MAX: usize = 256 * 1024 * 1024;

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
        "the log is packed by {name}, which is not read here: unpack it into standard input, as by \
         `{unpacker} LOG | parvis import access-log -`"
    )]
    OtherPacking {
        /// The program that packed it.
        name: &'static str,
        /// The command that unpacks it.
        unpacker: &'static str,
    },
    /// Several files in one.
    #[error(
        "this is an archive of files ({name}) and no log: unpack it into a folder, as by \
         `{unpacker} ARCHIVE`, and import the logs in it together"
    )]
    Archive {
        /// Its form.
        name: &'static str,
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
    /// Something stands behind the packed text.
    #[error(
        "after the packed text of {lines_read} lines the gzip file has bytes that are no gzip, and \
         what they were is not known: fetch it again, or, if the log is whole without them, import \
         it as `gzip -dc LOG | parvis import access-log -`"
    )]
    GzipTrailing {
        /// Lines handed out before.
        lines_read: u64,
    },
    /// Longer than what can be held to be read twice.
    #[error(
        "what comes by a pipe takes more than {HELD_BYTES_MAX} bytes packed: write it to a file, \
         and import that"
    )]
    TooLongToHold,
    /// It has fewer lines now than when it was first read.
    #[error("the log was changed while it was read: import it again")]
    Changed,
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
    lines: Lines,
    is_gzip: bool,
    bytes_read: Arc<AtomicU64>,
    bytes_total: Option<u64>,
}

/// Counts what passes.
struct Counting<R> {
    reader: R,
    bytes_read: Arc<AtomicU64>,
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

    /// Reads from elsewhere, whose size is not known.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Result<Self, LogError> {
        Self::begin(Box::new(reader), None)
    }

    fn begin(reader: Box<dyn Read + Send>, bytes_total: Option<u64>) -> Result<Self, LogError> {
        let bytes_read = Arc::new(AtomicU64::new(0));
        let counting = Counting { reader, bytes_read: Arc::clone(&bytes_read) };
        let source = Begun::new(BufReader::with_capacity(BUFFER_BYTES, counting));
        let is_gzip = packing(source.head()) == Some(Packing::Gzip);
        let text: Box<dyn BufRead + Send> = if is_gzip {
            let text = Begun::new(BufReader::with_capacity(BUFFER_BYTES, Members::new(source)));
            refuse_packed(text.head())?;
            Box::new(text)
        } else {
            refuse_packed(source.head())?;
            Box::new(source)
        };
        Ok(Self { lines: Lines::new(text), is_gzip, bytes_read, bytes_total })
    }

    /// Reads the next line. False at the end; after an error there is no more to read.
    pub fn advance(&mut self) -> Result<bool, LogError> {
        self.lines.advance().map_err(|source| self.failure(source))
    }

    /// The present line taken apart, or why it is not counted.
    pub fn entry(&self) -> Result<Entry<'_>, Refused> {
        if self.lines.is_too_long() {
            return Err(Refused::LineTooLong);
        }
        Entry::read(self.lines.line())
    }

    /// The next line taken apart, or why it is not counted; None at the end.
    pub fn next_entry(&mut self) -> Result<Option<Result<Entry<'_>, Refused>>, LogError> {
        Ok(if self.advance()? { Some(self.entry()) } else { None })
    }

    /// Adds the present line to the hash of a whole log.
    pub fn add_line_to(&self, hash: &mut Sha256) {
        hash.update(self.lines.line());
        hash.update(b"\n");
    }

    /// A number that equal lines have in common. It is kept only as long as their day is counted.
    pub fn line_hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        hasher.write(self.lines.line());
        hasher.finish()
    }

    /// Bytes taken from the file so far, as they are there: packed, if it is packed. It runs ahead
    /// of the lines by at most a buffer.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// The file's size when it was opened, in bytes; None if it has none. A server may have
    /// written more since.
    pub fn bytes_total(&self) -> Option<u64> {
        self.bytes_total
    }

    /// Lines handed out so far, refused ones among them: the number of the present line.
    pub fn lines_read(&self) -> u64 {
        self.lines.count()
    }

    fn failure(&self, source: io::Error) -> LogError {
        let (bytes_read, lines_read) = (self.bytes_read(), self.lines_read());
        if source.get_ref().is_some_and(|inner| inner.is::<Trailing>()) {
            return LogError::GzipTrailing { lines_read };
        }
        match (self.is_gzip, source.kind()) {
            (true, io::ErrorKind::UnexpectedEof) => LogError::GzipCut { bytes_read, lines_read },
            (true, io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) => {
                LogError::GzipBroken { bytes_read, lines_read, source }
            }
            _ => LogError::Unreadable { bytes_read, lines_read, source },
        }
    }
}

/// What a log begins with, once it is unpacked, is text.
fn refuse_packed(head: &[u8]) -> Result<(), LogError> {
    Err(match packing(head) {
        None => return Ok(()),
        Some(Packing::Gzip) => LogError::OtherPacking { name: "gzip twice", unpacker: "zcat" },
        Some(Packing::Other { name, unpacker }) => LogError::OtherPacking { name, unpacker },
        Some(Packing::Archive { name, unpacker }) => LogError::Archive { name, unpacker },
    })
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.bytes_read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
