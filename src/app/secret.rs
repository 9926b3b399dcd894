//! The secret by which published figures are rounded: made once, and never replaced by itself.

use std::path::Path;
use std::sync::Arc;

use crate::app::{AppError, Machine};
use crate::privacy::disclosure::secret::RoundingSecret;
use crate::publish::NO_SECRET;
use crate::store::{Break, BreakKind, Breaks, Releases, Sites, SqliteStore, Store};

/// The secret of a data folder, made if nothing was ever rounded there; nothing if it is missing or
/// another one than before: then nothing is published.
pub fn open(
    data: &Path,
    store: &dyn Store,
    machine: &Machine,
) -> Result<Option<Arc<RoundingSecret>>, AppError> {
    let known = store.secret_fingerprint()?;
    let found = match RoundingSecret::read(data) {
        Ok(None) if known.is_none() => Some(make(data, machine)?),
        Ok(found) => found,
        Err(error) => {
            tracing::error!("the secret by which figures are rounded cannot be read: {error}");
            None
        }
    };
    let is_known = |secret: &RoundingSecret| {
        known.as_deref().is_none_or(|known| known == secret.fingerprint())
    };
    let Some(secret) = found.filter(is_known) else {
        tracing::error!("{NO_SECRET}");
        return Ok(None);
    };
    if known.is_none() {
        store.note_secret(&secret.fingerprint(), (machine.clock)())?;
    }
    Ok(Some(Arc::new(secret)))
}

/// Makes another secret, with which a new series begins: a break of every site. Says of how many.
pub fn renew(data: &Path, machine: &Machine) -> Result<usize, AppError> {
    let store = SqliteStore::open(data)?;
    let secret = make(data, machine)?;
    let now = (machine.clock)();
    store.note_secret(&secret.fingerprint(), now)?;
    let sites = store.sites()?;
    for site in &sites {
        let change = ("secret".to_owned(), "secret=new".to_owned());
        store.add_break(&Break::automatic(site.id, now, BreakKind::Release, change))?;
    }
    Ok(sites.len())
}

fn make(data: &Path, machine: &Machine) -> Result<RoundingSecret, AppError> {
    RoundingSecret::make(data, &machine.random)
        .map_err(|error| AppError::Folder(data.to_owned(), error))
}
