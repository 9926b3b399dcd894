//! What a file is packed with, by the bytes that it begins with, whatever its name.

use std::io::{self, BufRead, Read};

/// How gzip begins (RFC 1952 §2.3.1).
pub(super) const GZIP: &[u8] = b"\x1f\x8b";

/// Bytes that are looked at: a header of tar, the longest beginning of all.
pub(super) const BEGINNING_BYTES: usize = 512;

/// Ways of packing one file by the bytes that they begin with, each with its name and the command
/// that unpacks.
const OTHERS: &[(&[u8], &str, &str)] = &[
    (b"BZh", "bzip2", "bzcat"),
    (b"\xfd7zXZ\0", "xz", "xzcat"),
    (b"\x5d\0\0", "lzma", "xzcat"),
    (b"LZIP", "lzip", "lzip -dc"),
    (b"\x28\xb5\x2f\xfd", "zstd", "zstdcat"),
    (b"\x22\xb5\x2f\xfd", "zstd", "zstdcat"),
    (b"\x04\x22\x4d\x18", "lz4", "lz4cat"),
    (b"\x02\x21\x4c\x18", "lz4", "lz4cat"),
    (b"\x89LZO\0", "lzop", "lzop -dc"),
    (b"\xff\x06\0\0sNaPpY", "snappy", "snzip -dc"),
    (b"\x1f\x9d", "compress", "zcat"),
    (b"\x1f\xa0", "compress", "zcat"),
    (b"\x1f\x1e", "pack", "zcat"),
    (b"PK\x03\x04", "zip", "unzip -p"),
    (b"PK\x05\x06", "zip", "unzip -p"),
    (b"PK\x07\x08", "zip", "unzip -p"),
];

/// Files that hold several files, in the same way.
const ARCHIVES: &[(&[u8], &str, &str)] = &[
    (b"7z\xbc\xaf\x27\x1c", "7z", "7z x"),
    (b"Rar!\x1a\x07", "rar", "unrar x"),
    (b"!<arch>\n", "ar", "ar x"),
    (b"MSCF\0\0\0\0", "cab", "cabextract"),
    (b"070701", "cpio", "cpio -idF"),
    (b"070707", "cpio", "cpio -idF"),
];

/// Frames of zstd and lz4 that hold no text may come first: their numbers end in 0 to 15.
const SKIPPED: &[u8] = b"\x2a\x4d\x18";

/// Where the header of tar says its form, and where its checksum stands (POSIX, ustar).
const TAR_MAGIC_AT: usize = 257;
const TAR_SUM: std::ops::Range<usize> = 148..156;

/// What a file is packed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// Gzip, which is read.
    Gzip,
    /// Something else, with its name and the command that unpacks it.
    Other { name: &'static str, unpacker: &'static str },
    /// A file of files, with its name and the command that unpacks it.
    Archive { name: &'static str, unpacker: &'static str },
}

/// What a file that begins so is packed with; nothing where it is text.
pub(super) fn packing(beginning: &[u8]) -> Option<Packing> {
    if beginning.starts_with(GZIP) {
        return Some(Packing::Gzip);
    }
    let begins = |(magic, ..): &&(&[u8], _, _)| beginning.starts_with(magic);
    if let Some(&(_, name, unpacker)) = OTHERS.iter().find(begins) {
        return Some(Packing::Other { name, unpacker });
    }
    if let Some(&(_, name, unpacker)) = ARCHIVES.iter().find(begins) {
        return Some(Packing::Archive { name, unpacker });
    }
    if beginning.get(1..4) == Some(SKIPPED) && beginning[0] & 0xf0 == 0x50 {
        return Some(Packing::Other { name: "zstd", unpacker: "zstdcat" });
    }
    is_tar(beginning).then_some(Packing::Archive { name: "tar", unpacker: "tar -xf" })
}

/// A header of tar names its form, or at least its bytes add up to its checksum: the oldest form
/// has no name.
fn is_tar(beginning: &[u8]) -> bool {
    let Some(header) = beginning.get(..BEGINNING_BYTES) else { return false };
    let is_named = header[TAR_MAGIC_AT..].starts_with(b"ustar");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    let field = &header[TAR_SUM];
    let of_field: u32 = field.iter().map(|byte| u32::from(*byte)).sum();
    let digits = field.iter().copied().filter(|byte| byte.is_ascii_digit());
    let said = digits.fold(0_u32, |sum, digit| sum.saturating_mul(8) + u32::from(digit - b'0'));
    // The checksum is that of the header with eight spaces in its place.
    let adds_up = said == sum - of_field + 8 * u32::from(b' ');
    header[0] != 0 && header.contains(&0) && (is_named || adds_up)
}

/// A reader of which the beginning was looked at. What failed meanwhile fails when it is reached.
pub(super) struct Begun<R> {
    head: Vec<u8>,
    at: usize,
    error: Option<io::Error>,
    rest: R,
}

impl<R: BufRead> Begun<R> {
    pub(super) fn new(mut rest: R) -> Self {
        let mut head = Vec::new();
        let error = (&mut rest).take(BEGINNING_BYTES as u64).read_to_end(&mut head).err();
        Self { head, at: 0, error, rest }
    }

    /// The beginning.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }
}

impl<R: BufRead> BufRead for Begun<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.head.len() {
            return Ok(&self.head[self.at..]);
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => self.rest.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.head.len() {
            self.at += count;
        } else {
            self.rest.consume(count);
        }
    }
}

impl<R: BufRead> Read for Begun<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_of_packing_is_known_by_its_bytes() {
        for (magic, name, unpacker) in OTHERS {
            assert_eq!(packing(magic), Some(Packing::Other { name, unpacker }), "{name}");
        }
        for (magic, name, unpacker) in ARCHIVES {
            assert_eq!(packing(magic), Some(Packing::Archive { name, unpacker }), "{name}");
        }
        assert_eq!(packing(b"\x1f\x8b\x08"), Some(Packing::Gzip));
        assert!(matches!(packing(b"\x50\x2a\x4d\x18"), Some(Packing::Other { .. })));
        for text in [&b""[..], b"192.0.2.1 - - [", b"\xef\xbb\xbf192.0.2.1", &[0; 600], b"bzh.fr"] {
            assert_eq!(packing(text), None);
        }
    }

    #[test]
    fn an_archive_of_tar_is_known_with_and_without_a_name() {
        let mut header = vec![0; BEGINNING_BYTES];
        header[..10].copy_from_slice(b"access.log");
        assert_eq!(packing(&header), None);
        // The letters of the name and eight spaces add up to 1250, which is 2342 in octal.
        header[TAR_SUM].copy_from_slice(b"002342\0 ");
        let tar = Packing::Archive { name: "tar", unpacker: "tar -xf" };
        assert_eq!(packing(&header), Some(tar));
        header[0] = b'b';
        assert_eq!(packing(&header), None);
        header[TAR_MAGIC_AT..TAR_MAGIC_AT + 5].copy_from_slice(b"ustar");
        assert_eq!(packing(&header), Some(tar));
        let line = [&[b'x'; TAR_MAGIC_AT][..], b"ustar", &[b'x'; 300][..]].concat();
        assert_eq!(packing(&line), None);
    }
}
