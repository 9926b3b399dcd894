//! `parvis check`: is everything in the data folder as it must be?

use std::path::Path;

use crate::app::AppError;
use crate::app::folder::close_to_others;
use crate::store::{Checks, SqliteStore};

/// Findings that are shown; more of one kind say nothing new.
const SHOWN_MAX: usize = 20;

/// Closes the folder to others, checks the store and that its figures agree; says what was looked
/// at, or what is wrong.
pub fn check(data: &Path) -> Result<String, AppError> {
    if !data.join("store.sqlite").exists() {
        let why = format!("there is no store in {}; name the folder with --data", data.display());
        return Err(AppError::Misuse(why));
    }
    let closed = close_to_others(data)?;
    let closed = if closed.is_empty() { String::new() } else { format!("{closed}.\n") };
    let store = SqliteStore::open(data)?;
    let report = store.check()?;
    if report.findings.is_empty() {
        return Ok(format!(
            "{closed}The store is whole, and the figures of {} sites on {} days agree: pages and \
             other breakdowns with their site, hours with their day, months with their days.",
            report.sites, report.days
        ));
    }
    let count = report.findings.len();
    let mut lines: Vec<String> = closed.lines().map(str::to_owned).collect();
    lines.extend(report.findings.into_iter().take(SHOWN_MAX));
    lines.push(format!("{count} findings: restore a backup, or write to the authors of Parvis"));
    Err(AppError::Damaged(lines.join("\n")))
}
