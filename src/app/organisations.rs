//! `parvis organisation`: the tree of organisations that sites belong to.

use std::path::Path;

use crate::app::AppError;
use crate::model::legible::is_hidden;
use crate::store::{Organisation, Organisations, SqliteStore};

/// Longest name or identifier, in bytes.
const NAME_BYTES_MAX: usize = 200;

/// All organisations.
pub fn list_organisations(data: &Path) -> Result<Vec<Organisation>, AppError> {
    Ok(SqliteStore::open(data)?.organisations()?)
}

/// Adds an organisation, or replaces what is said of it.
pub fn set_organisation(
    data: &Path,
    slug: &str,
    name: &str,
    identifier: Option<&str>,
    parent: Option<&str>,
) -> Result<(), AppError> {
    let is_slug = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let slug_fits = !slug.is_empty()
        && slug.len() <= NAME_BYTES_MAX
        && slug.chars().all(|letter| is_slug(letter) || letter == '-');
    if !slug_fits {
        let why = format!("{slug:?} is no name for addresses: use a to z, 0 to 9 and -");
        return Err(AppError::Misuse(why));
    }
    let is_name =
        |text: &str| (1..=NAME_BYTES_MAX).contains(&text.len()) && !text.chars().any(is_hidden);
    if !is_name(name) || !identifier.is_none_or(is_name) {
        let why = format!("a name or identifier has 1 to {NAME_BYTES_MAX} bytes of plain text");
        return Err(AppError::Misuse(why));
    }
    Ok(SqliteStore::open(data)?.put_organisation(slug, name, identifier, parent)?)
}

/// Removes an organisation without sites and parts.
pub fn remove_organisation(data: &Path, slug: &str) -> Result<(), AppError> {
    Ok(SqliteStore::open(data)?.remove_organisation(slug)?)
}
