//! `parvis publish`: the nightly release, now, for every day that has ended.

use std::path::Path;

use jiff::Timestamp;

use crate::app::{AppError, upkeep};
use crate::store::SqliteStore;

/// Makes every release that is due; says how many there were.
pub fn publish(data: &Path, now: Timestamp) -> Result<String, AppError> {
    let store = SqliteStore::open(data)?;
    let outcome = upkeep::release(&store, &data.join("journal"), now, &|| false)?;
    if !outcome.refused.is_empty() {
        return Err(AppError::Damaged(outcome.refused.join("\n")));
    }
    Ok(match outcome.released {
        0 => "Everything that has ended is published already.".to_owned(),
        1 => "1 release is published.".to_owned(),
        released => format!("{released} releases are published."),
    })
}
