//! A log that comes by a pipe, held in memory so that it can be read twice: packed, never on disk,
//! and gone with the import.

use std::io::{self, Cursor, Read, Write};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::collect::access_log::packing::{BEGINNING_BYTES, packing};
use crate::collect::access_log::{AccessLog, LogError};

/// Read at once, in bytes.
const PIECE_BYTES: usize = 64 * 1024;

/// What came by a pipe.
#[derive(Clone)]
pub struct Held(Arc<[u8]>);

/// Takes what is packed already as it is.
enum Packer {
    Packed(Vec<u8>),
    Packing(GzEncoder<Vec<u8>>),
}

impl Held {
    /// Reads a pipe to its end. `room` is how many packed bytes may be held.
    pub fn read(mut pipe: impl Read, room: usize) -> Result<Self, LogError> {
        let mut total = 0_u64;
        let failed =
            |bytes_read| move |source| LogError::Unreadable { bytes_read, lines_read: 0, source };
        let mut beginning = Vec::new();
        (&mut pipe).take(BEGINNING_BYTES as u64).read_to_end(&mut beginning).map_err(failed(0))?;
        let mut packer = match packing(&beginning) {
            Some(_) => Packer::Packed(Vec::new()),
            None => Packer::Packing(GzEncoder::new(Vec::new(), Compression::fast())),
        };
        let mut piece = vec![0; PIECE_BYTES];
        packer.add(&beginning).map_err(failed(0))?;
        loop {
            let count = match pipe.read(&mut piece) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(failed(total)(error)),
            };
            total += count as u64;
            packer.add(&piece[..count]).map_err(failed(total))?;
            if packer.held() > room {
                return Err(LogError::TooLongToHold);
            }
        }
        let bytes = match packer {
            Packer::Packed(bytes) => bytes,
            Packer::Packing(encoder) => encoder.finish().map_err(failed(total))?,
        };
        Ok(Self(bytes.into()))
    }

    /// Packed bytes held.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is nothing held?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Opens it as a log, as often as it is asked for.
    pub fn open(&self) -> Result<AccessLog, LogError> {
        AccessLog::from_reader(Cursor::new(Arc::clone(&self.0)))
    }
}

impl Packer {
    fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Packed(held) => held.extend_from_slice(bytes),
            Self::Packing(encoder) => encoder.write_all(bytes)?,
        }
        Ok(())
    }

    fn held(&self) -> usize {
        match self {
            Self::Packed(held) => held.len(),
            Self::Packing(encoder) => encoder.get_ref().len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::access_log::HELD_BYTES_MAX;

    const LINE: &str = "192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] \"GET /a HTTP/1.1\" 200 5\n";

    fn count(held: &Held) -> u64 {
        let mut log = held.open().ok().unwrap();
        while log.advance().unwrap() {}
        log.lines_read()
    }

    #[test]
    fn a_pipe_is_read_as_often_as_it_is_asked_for() {
        let text = LINE.repeat(10_000);
        let held = Held::read(Cursor::new(text.clone()), HELD_BYTES_MAX).ok().unwrap();
        assert!(held.len() < text.len() / 10 && !held.is_empty());
        assert_eq!((count(&held), count(&held)), (10_000, 10_000));
        let again = Held::read(Cursor::new(Arc::clone(&held.0)), HELD_BYTES_MAX).ok().unwrap();
        assert_eq!((again.len(), count(&again)), (held.len(), 10_000));
    }

    #[test]
    fn what_is_too_long_or_packed_otherwise_is_said() {
        let noise: Vec<u8> =
            (0..400_000_u64).map(|n| n.wrapping_mul(n * 2_654_435_761).to_le_bytes()[4]).collect();
        let error = Held::read(Cursor::new(noise), 1_000).err();
        assert!(matches!(error, Some(LogError::TooLongToHold)));
        let xz = Held::read(Cursor::new(b"\xfd7zXZ\0rest"), HELD_BYTES_MAX).ok().unwrap();
        assert!(matches!(xz.open().err(), Some(LogError::OtherPacking { .. })));
    }
}
