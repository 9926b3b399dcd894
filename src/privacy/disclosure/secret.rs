//! The installation's secret, from which the draws and the roundings of every cell follow: the same
//! cell has the same ones whenever it is asked for, and nobody without the secret can know them.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::model::Random;
use crate::privacy::disclosure::cell::Cell;
use crate::privacy::secret::Secret;

pub use crate::privacy::secret::SECRET_BYTES;

/// The secret's file in the data folder.
const FILE: &str = "disclosure.secret";

/// Bytes of the fingerprint by which a store knows its secret.
const FINGERPRINT_BYTES: usize = 16;

/// Of what the fingerprint is the keyed hash: no cell makes this message.
const FINGERPRINT: &[u8] = b"fingerprint of a secret";

/// The secret. It has neither `Debug` nor `Serialize`.
pub struct RoundingSecret(Secret);

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
        Self(Secret::of_bytes(bytes))
    }

    /// Reads the secret of a data folder; nothing if there is none.
    pub fn read(data: &Path) -> io::Result<Option<Self>> {
        match Secret::read(&data.join(FILE)) {
            Ok(secret) => Ok(Some(Self(secret))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Makes a secret for a data folder, in the place of one that may be there.
    pub fn make(data: &Path, random: &Random) -> io::Result<Self> {
        Secret::make(&File::open(data)?, &data.join(FILE), random).map(Self)
    }

    /// Tells this secret from another one and says nothing of either: 256 random bits cannot be
    /// guessed from a hash of them.
    pub fn fingerprint(&self) -> [u8; FINGERPRINT_BYTES] {
        let mut fingerprint = [0; FINGERPRINT_BYTES];
        fingerprint.copy_from_slice(&self.0.digest(&[FINGERPRINT])[..FINGERPRINT_BYTES]);
        fingerprint
    }

    /// In which order a cell gives way where several could.
    pub fn order(&self, cell: &Cell<'_>) -> u64 {
        self.number(Purpose::Order, cell)
    }

    /// A number between 0 and 2^64, uniform over cells.
    pub(super) fn number(&self, purpose: Purpose, cell: &Cell<'_>) -> u64 {
        let purpose = [purpose as u8];
        let codes: Vec<[u8; 1]> = cell.labels.iter().map(|(dimension, _)| [*dimension]).collect();
        let mut parts: Vec<&[u8]> = vec![&purpose, cell.site.as_bytes(), cell.period.as_bytes()];
        for (code, (_, value)) in codes.iter().zip(&cell.labels) {
            parts.extend([code.as_slice(), value.as_bytes()]);
        }
        let mut head = [0; 8];
        head.copy_from_slice(&self.0.digest(&parts)[..8]);
        u64::from_be_bytes(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_of_one_secret_purpose_and_cell() {
        let secret = RoundingSecret::new(&[7; SECRET_BYTES]);
        let cell = |site, period, labels| Cell::new(site, period, labels);
        let number = |cell| secret.number(Purpose::Draw, &cell);
        let labels = vec![(1, "/a"), (7, "FR")];
        let one = number(cell("a.example", "2026-11", labels.clone()));
        assert_eq!(
            one,
            number(cell("a.example", "2026-11", vec![(7, "FR"), (1, "/a")])),
            "in any order"
        );
        assert_ne!(one, number(cell("b.example", "2026-11", labels.clone())));
        assert_ne!(one, number(cell("a.example", "2026-1", vec![(1, "1/a"), (7, "FR")])));
        assert_ne!(one, number(cell("a.example", "2026-11", vec![(1, "/a")])));
        assert_ne!(one, number(cell("a.example", "2026-11", vec![(1, "/a"), (8, "FR")])));
        let same = cell("a.example", "2026-11", labels.clone());
        assert_ne!(one, secret.number(Purpose::Rounding, &same));
        let other = RoundingSecret::new(&[8; SECRET_BYTES]);
        assert_ne!(one, other.number(Purpose::Draw, &same));
        assert_ne!(secret.fingerprint(), other.fingerprint());
    }
}
