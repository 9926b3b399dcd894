//! `parvis publish`: the nightly release, now, for every day that has ended, and everything that is
//! published as a folder of files.

use std::path::Path;
use std::sync::Arc;

use crate::app::{AppError, Machine, secret, upkeep};
use crate::config::Config;
use crate::publish::portal::{Counted, Source, write_folder};
use crate::store::{Sites, SqliteStore};
use crate::web;

/// Where a service listens that is started without being told, so that addresses fit it.
const LISTEN: &str = "127.0.0.1:8080";

/// Makes every release that is due; says how many there were.
pub fn publish(data: &Path, machine: &Machine) -> Result<String, AppError> {
    let store = SqliteStore::open(data)?;
    let secret = secret::open(data, &store, machine)?;
    let (journal, now) = (data.join("journal"), (machine.clock)());
    let outcome = upkeep::release((&store, secret.as_deref()), &journal, now, &|| false)?;
    if !outcome.refused.is_empty() {
        return Err(AppError::Damaged(outcome.refused.join("\n")));
    }
    Ok(match outcome.released {
        0 => "Everything that has ended is published already.".to_owned(),
        1 => "1 release is published.".to_owned(),
        released => format!("{released} releases are published."),
    })
}

/// Releases what is due, then writes everything that is published below a folder; says how much of
/// it was new.
pub fn publish_to(
    data: &Path,
    config: &Config,
    to: &Path,
    machine: &Machine,
) -> Result<String, AppError> {
    let (released, now) = (publish(data, machine)?, (machine.clock)());
    let store = SqliteStore::open(data)?;
    let sites: Vec<_> = store.sites()?.into_iter().map(Arc::new).collect();
    let base_url = config.base_url(LISTEN);
    let publisher = &config.publisher;
    let counted = Counted::default();
    let source = Source {
        store: &store,
        sites: &sites,
        base_url: &base_url,
        publisher,
        now,
        languages: web::languages(),
        counted: &counted,
    };
    let done = write_folder(&source, to)?;
    let (written, kept) = (done.written, done.kept);
    let to = to.display();
    let hint = match config.public_url {
        Some(_) => String::new(),
        None => format!(
            "\nTheir addresses begin with {base_url}: set `public_url` to where they will be \
             served, and publish again."
        ),
    };
    Ok(format!(
        "{released}\n{written} files are written below {to}, {kept} were there already.{hint}"
    ))
}
