//! A secret: random bytes in a file of their own that only the service's user can read, and the
//! keyed hash that they make.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::model::Random;

/// As long as the hash that it keys.
pub const SECRET_BYTES: usize = 32;

/// Behind the name of a file that is being made.
const ASIDE: &str = "new";

/// A secret. It cannot be printed or written anywhere but to its own file.
pub(super) struct Secret {
    /// The keyed hash before its first byte: cloned for each message.
    keyed: Hmac<Sha256>,
}

impl Secret {
    /// The secret of these bytes.
    pub fn of_bytes(bytes: &[u8; SECRET_BYTES]) -> Self {
        Self { keyed: Hmac::new_from_slice(bytes).expect("HMAC takes a key of any length") }
    }

    /// A secret that is never written.
    pub fn in_memory(random: &Random) -> Self {
        let mut bytes = [0; SECRET_BYTES];
        random(&mut bytes);
        Self::of_bytes(&bytes)
    }

    /// HMAC-SHA-256 over the parts, each after its length, so that no two lists of parts make the
    /// same message.
    pub fn digest(&self, parts: &[&[u8]]) -> [u8; SECRET_BYTES] {
        let mut keyed = self.keyed.clone();
        for part in parts {
            keyed.update(&(part.len() as u32).to_be_bytes());
            keyed.update(part);
        }
        keyed.finalize().into_bytes().into()
    }

    /// Reads a file.
    pub fn read(file: &Path) -> io::Result<Self> {
        let mut bytes = [0; SECRET_BYTES];
        let mut opened = File::open(file)?;
        opened.read_exact(&mut bytes)?;
        if opened.read(&mut [0])? > 0 {
            return Err(io::Error::new(ErrorKind::InvalidData, "it is longer than it was made"));
        }
        Ok(Self::of_bytes(&bytes))
    }

    /// Reads a file, and makes it if it is not there; one that cannot be read is an error and
    /// never replaced. Two processes that need it at one moment share one secret.
    pub fn read_or_make(folder: &Path, file: &Path, random: &Random) -> io::Result<Self> {
        let locked = File::open(folder)?;
        locked.lock()?;
        match Self::read(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => Self::make(&locked, file, random),
            read => read,
        }
    }

    /// Makes a secret, in the place of one that may be there: written aside and renamed, so that a
    /// crash leaves a whole one or none, and on disk before anything needs it.
    pub fn make(folder: &File, file: &Path, random: &Random) -> io::Result<Self> {
        let mut bytes = [0; SECRET_BYTES];
        random(&mut bytes);
        let aside = file.with_added_extension(ASIDE);
        let _ = fs::remove_file(&aside);
        let mut written =
            OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?;
        written.write_all(&bytes)?;
        written.sync_all()?;
        fs::rename(&aside, file)?;
        folder.sync_all()?;
        Ok(Self::of_bytes(&bytes))
    }
}

/// Overwrites a secret before it is removed, for what that is worth on the medium at hand. One that
/// is not there is erased.
pub(super) fn erase(file: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).open(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(mut written) => {
            written.write_all(&[0; SECRET_BYTES])?;
            written.sync_all()?;
            match fs::remove_file(file) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_each_other() {
        let secret = Secret::of_bytes(&[1; SECRET_BYTES]);
        assert_ne!(secret.digest(&[b"ab", b"c"]), secret.digest(&[b"a", b"bc"]));
    }
}
