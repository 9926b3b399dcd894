//! A file as it is kept: written once, packed and hashed on the way.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use crate::model::hexadecimal;
use crate::publish::table::{Format, Head, Rows, Schema};
use crate::store::ReleasedFile;

/// zstd's own default level; higher ones save a few hundredths.
const LEVEL: i32 = 3;

/// Writes a table in a format, without ever holding more of it than its packed bytes.
pub fn packed(
    format: &dyn Format,
    head: &Head,
    schema: &Schema,
    rows: &mut Rows<'_>,
) -> io::Result<(ReleasedFile, Vec<u8>)> {
    let encoder = zstd::stream::write::Encoder::new(Vec::new(), LEVEL)?;
    let mut out = Hashed { out: encoder, hash: Sha256::new(), bytes: 0 };
    format.write(head, schema, rows, &mut out)?;
    let file = ReleasedFile {
        dataset: schema.dataset.to_owned(),
        format: format.extension().to_owned(),
        bytes: out.bytes,
        sha256: hexadecimal(&out.hash.finalize()),
    };
    Ok((file, out.out.finish()?))
}

/// Hashes and counts what it passes on.
struct Hashed<Out> {
    out: Out,
    hash: Sha256,
    bytes: u64,
}

impl<Out: Write> Write for Hashed<Out> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
