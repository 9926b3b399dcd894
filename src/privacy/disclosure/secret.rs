//! The installation's secret, from which the draws and the roundings of every cell follow: the same
//! cell has the same ones whenever it is asked for, and nobody without the secret can know them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::privacy::disclosure::cell::Cell;

/// The secret's file in the data folder.
const FILE: &str = "disclosure.secret";

/// Bytes of the secret.
pub const SECRET_BYTES: usize = 32;

/// Bytes of the fingerprint by which a store knows its secret.
const FINGERPRINT_BYTES: usize = 16;

/// The secret. It has neither `Debug` nor `Serialize`.
#[derive(Clone)]
pub struct RoundingSecret {
    keyed: Hmac<Sha256>,
    fingerprint: [u8; FINGERPRINT_BYTES],
}

/// What a number of a cell is for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    /// Its distance from the threshold.
    Draw,
    /// Which of its two neighbours a figure is rounded to.
    Rounding,
    /// In which order the cells of a sum give way.
    Order,
}

impl RoundingSecret {
    /// The secret of these bytes.
    pub fn new(bytes: &[u8; SECRET_BYTES]) -> Self {
        let keyed = Hmac::new_from_slice(bytes).expect("HMAC takes a key of any length");
        let mut hash = Sha256::new();
        hash.update(b"parvis disclosure secret");
        hash.update(bytes);
        let mut fingerprint = [0; FINGERPRINT_BYTES];
        fingerprint.copy_from_slice(&hash.finalize()[..FINGERPRINT_BYTES]);
        Self { keyed, fingerprint }
    }

    /// Reads the secret of a data folder; nothing if there is none.
    pub fn read(data: &Path) -> io::Result<Option<Self>> {
        let mut bytes = [0; SECRET_BYTES];
        match File::open(data.join(FILE)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            opened => {
                opened?.read_exact(&mut bytes)?;
                Ok(Some(Self::new(&bytes)))
            }
        }
    }

    /// Writes a secret into a data folder.
    pub fn make(data: &Path, bytes: &[u8; SECRET_BYTES]) -> io::Result<Self> {
        std::fs::write(data.join(FILE), bytes)?;
        Ok(Self::new(bytes))
    }

    /// Tells this secret from another one and says nothing of either: 256 random bits cannot be
    /// guessed from a hash of them.
    pub fn fingerprint(&self) -> [u8; FINGERPRINT_BYTES] {
        self.fingerprint
    }

    /// In which order a cell gives way where several could.
    pub fn order(&self, cell: &Cell<'_>) -> u64 {
        self.number(Purpose::Order, cell)
    }

    /// A number between 0 and 2^64, uniform over cells. Parts are written after their length, so
    /// that no two cells make one message.
    pub(super) fn number(&self, purpose: Purpose, cell: &Cell<'_>) -> u64 {
        let mut keyed = self.keyed.clone();
        keyed.update(&[purpose as u8]);
        keyed.update(&cell.site.0.to_be_bytes());
        update(&mut keyed, cell.period);
        for (dimension, value) in &cell.labels {
            keyed.update(&[*dimension]);
            update(&mut keyed, value);
        }
        let mut head = [0; 8];
        head.copy_from_slice(&keyed.finalize().into_bytes()[..8]);
        u64::from_be_bytes(head)
    }
}

fn update(keyed: &mut Hmac<Sha256>, text: &str) {
    keyed.update(&(text.len() as u64).to_be_bytes());
    keyed.update(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SiteIdentity;

    #[test]
    fn a_number_is_of_one_secret_purpose_and_cell() {
        let secret = RoundingSecret::new(&[7; SECRET_BYTES]);
        let cell = |site, period, labels| Cell::new(SiteIdentity(site), period, labels);
        let number = |cell| secret.number(Purpose::Draw, &cell);
        let labels = vec![(1, "/a"), (7, "FR")];
        let one = number(cell(1, "2026-11", labels.clone()));
        assert_eq!(one, number(cell(1, "2026-11", vec![(7, "FR"), (1, "/a")])), "in any order");
        assert_ne!(one, number(cell(2, "2026-11", labels.clone())));
        assert_ne!(one, number(cell(1, "2026-1", vec![(1, "1/a"), (7, "FR")])));
        assert_ne!(one, number(cell(1, "2026-11", vec![(1, "/a")])));
        assert_ne!(one, number(cell(1, "2026-11", vec![(1, "/a"), (8, "FR")])));
        let same = cell(1, "2026-11", labels.clone());
        assert_ne!(one, secret.number(Purpose::Rounding, &same));
        let other = RoundingSecret::new(&[8; SECRET_BYTES]);
        assert_ne!(one, other.number(Purpose::Draw, &same));
        assert_ne!(secret.fingerprint(), other.fingerprint());
    }
}
