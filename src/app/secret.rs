//! The secret by which published figures are rounded: made once, and never replaced by itself.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::app::{AppError, Machine};
use crate::privacy::disclosure::secret::{SECRET_BYTES, Secret};
use crate::store::Store;

/// The secret of a data folder, made if nothing was ever rounded there; nothing if it is missing or
/// another one than before: then nothing is published.
pub fn open(
    data: &Path,
    store: &dyn Store,
    machine: &Machine,
) -> Result<Option<Arc<Secret>>, AppError> {
    let known = store.secret_fingerprint()?;
    let found = match Secret::read(data)? {
        None if known.is_none() => {
            let mut bytes = [0; SECRET_BYTES];
            (machine.random)(&mut bytes);
            Some(Secret::make(data, &bytes)?)
        }
        found => found,
    };
    let Some(secret) = found else { return Ok(None) };
    match known {
        Some(known) if known != secret.fingerprint() => Ok(None),
        Some(_) => Ok(Some(Arc::new(secret))),
        None => {
            store.note_secret(&secret.fingerprint(), (machine.clock)())?;
            Ok(Some(Arc::new(secret)))
        }
    }
}

/// Makes another secret, with which a new series begins.
pub fn renew(data: &Path, store: &dyn Store, machine: &Machine) -> Result<(), AppError> {
    let mut bytes = [0; SECRET_BYTES];
    (machine.random)(&mut bytes);
    let secret = Secret::make(data, &bytes)?;
    let now: Timestamp = (machine.clock)();
    store.note_secret(&secret.fingerprint(), now)?;
    Ok(())
}
