//! Reads a text as UTF-8 whatever it is written in: UTF-16 with or without its mark becomes UTF-8,
//! and everything else passes as it is.

use std::io::{self, BufRead, Read};

/// How the text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// Not known before the first bytes are.
    Unknown,
    /// One byte after another, in UTF-8 or anything like it.
    Bytes,
    /// Two bytes a unit, the lower one first.
    LittleEndian,
    /// Two bytes a unit, the higher one first.
    BigEndian,
}

/// As many bytes as tell the encodings apart.
const HEAD_BYTES: u64 = 4;

/// A reader whose text is UTF-8.
pub(super) struct Unicode<R> {
    source: R,
    encoding: Encoding,
    /// Bytes that were taken from the source and are not yet decoded.
    waiting: Vec<u8>,
    /// What is ready to be read, from `at` on.
    ready: Vec<u8>,
    at: usize,
}

impl<R: BufRead> Unicode<R> {
    /// Nothing is read before the first line is asked for.
    pub(super) fn new(source: R) -> Self {
        let encoding = Encoding::Unknown;
        Self { source, encoding, waiting: Vec::new(), ready: Vec::new(), at: 0 }
    }

    fn begin(&mut self) -> io::Result<()> {
        let mut head = Vec::new();
        (&mut self.source).take(HEAD_BYTES).read_to_end(&mut head)?;
        self.encoding = encoding(&head);
        if self.encoding == Encoding::Bytes {
            self.ready = head;
        } else {
            self.waiting = head;
        }
        Ok(())
    }

    /// Decodes what the source has at hand, and what waits. False at the end of the source.
    fn decode(&mut self) -> io::Result<bool> {
        let bytes = self.source.fill_buf()?;
        let (length, is_end) = (bytes.len(), bytes.is_empty());
        self.waiting.extend_from_slice(bytes);
        self.source.consume(length);
        let is_little = self.encoding == Encoding::LittleEndian;
        let unit = |pair: &[u8]| match (pair, is_little) {
            (&[low, high], true) | (&[high, low], false) => u16::from_be_bytes([high, low]),
            _ => 0,
        };
        let mut units: Vec<u16> = self.waiting.chunks_exact(2).map(unit).collect();
        // The second half of a pair may not be there yet.
        if !is_end && units.last().is_some_and(|last| (0xd800..0xdc00).contains(last)) {
            units.pop();
        }
        self.waiting.drain(..units.len() * 2);
        self.ready.clear();
        self.at = 0;
        let mut four = [0; 4];
        for letter in char::decode_utf16(units) {
            let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.ready.extend_from_slice(letter.encode_utf8(&mut four).as_bytes());
        }
        Ok(!is_end)
    }
}

/// A text in Latin letters has a zero in every second byte of UTF-16. A single zero at the
/// beginning is what a truncated file leaves, and no encoding.
fn encoding(head: &[u8]) -> Encoding {
    match head {
        [0xff, 0xfe, ..] => Encoding::LittleEndian,
        [0xfe, 0xff, ..] => Encoding::BigEndian,
        [first, 0, second, 0] if *first > 0 && *second > 0 => Encoding::LittleEndian,
        [0, first, 0, second] if *first > 0 && *second > 0 => Encoding::BigEndian,
        _ => Encoding::Bytes,
    }
}

impl<R: BufRead> Read for Unicode<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Unicode<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.encoding == Encoding::Unknown {
            self.begin()?;
        }
        if self.at < self.ready.len() {
            return Ok(&self.ready[self.at..]);
        }
        if self.encoding == Encoding::Bytes {
            return self.source.fill_buf();
        }
        // A buffer may hold less than one letter.
        while self.decode()? && self.ready.is_empty() {}
        Ok(&self.ready[self.at..])
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.ready.len() || self.encoding != Encoding::Bytes {
            self.at += count;
        } else {
            self.source.consume(count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "198.51.100.7 café 🙂\r\n";

    fn read(bytes: &[u8], room: usize) -> String {
        let mut text = String::new();
        let source = io::BufReader::with_capacity(room, bytes);
        Unicode::new(source).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn both_orders_are_read_with_and_without_a_mark() {
        for mark in ["", "\u{feff}"] {
            let units: Vec<u16> = format!("{mark}{TEXT}").encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            for room in [1, 2, 3, 4, 5, 1024] {
                assert_eq!(read(&little, room).trim_start_matches('\u{feff}'), TEXT, "{room}");
                assert_eq!(read(&big, room).trim_start_matches('\u{feff}'), TEXT, "{room}");
            }
        }
    }

    #[test]
    fn everything_else_passes_as_it_is() {
        for text in ["", "a", "ab", "abc", TEXT, "\0\0\0\0a", "\0abc", "\u{feff}198"] {
            assert_eq!(read(text.as_bytes(), 3), text);
        }
    }
}
