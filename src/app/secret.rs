//! The secret by which published figures are rounded: made once, and never replaced by itself.

use std::path::Path;
use std::sync::Arc;

use crate::app::{AppError, Machine};
use crate::privacy::disclosure::secret::{RoundingSecret, SECRET_BYTES};
use crate::store::{Break, BreakKind, Breaks, Releases, Sites, SqliteStore, Store};

/// The secret of a data folder, made if nothing was ever rounded there; nothing if it is missing or
/// another one than before: then nothing is published.
pub fn open(
    data: &Path,
    store: &dyn Store,
    machine: &Machine,
) -> Result<Option<Arc<RoundingSecret>>, AppError> {
    let refused = |error| AppError::Folder(data.to_owned(), error);
    let known = store.secret_fingerprint()?;
    let found = match RoundingSecret::read(data).map_err(refused)? {
        None if known.is_none() => {
            let mut bytes = [0; SECRET_BYTES];
            (machine.random)(&mut bytes);
            Some(RoundingSecret::make(data, &bytes).map_err(refused)?)
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

/// Makes another secret, with which a new series begins: a break of every site. Says of how many.
pub fn renew(data: &Path, machine: &Machine) -> Result<usize, AppError> {
    let refused = |error| AppError::Folder(data.to_owned(), error);
    let store = SqliteStore::open(data)?;
    let mut bytes = [0; SECRET_BYTES];
    (machine.random)(&mut bytes);
    let secret = RoundingSecret::make(data, &bytes).map_err(refused)?;
    let now = (machine.clock)();
    store.note_secret(&secret.fingerprint(), now)?;
    let sites = store.sites()?;
    for site in &sites {
        let change = ("secret".to_owned(), "secret=new".to_owned());
        store.add_break(&Break::automatic(site.id, now, BreakKind::Release, change))?;
    }
    Ok(sites.len())
}
