//! `parvis check`: is everything in the data folder as it must be?

use std::path::Path;

use crate::app::AppError;
use crate::app::folder::close_to_others;
use crate::journal;
use crate::privacy::unusable_salts;
use crate::store::{Checks, Outages, SqliteStore};

/// Findings that are shown; more of one kind say nothing new.
const SHOWN_MAX: usize = 20;

/// Outages that are shown, the latest first.
const OUTAGES_SHOWN_MAX: usize = 5;

/// Closes the folder to others, checks the store and that its figures agree, and the journals of
/// open days; says what was looked at, or what is wrong.
pub fn check(data: &Path) -> Result<String, AppError> {
    if !data.join("store.sqlite").exists() {
        let why = format!("there is no store in {}; name the folder with --data", data.display());
        return Err(AppError::Misuse(why));
    }
    let closed = close_to_others(data)?;
    let closed = if closed.is_empty() { String::new() } else { format!("{closed}.\n") };
    let store = SqliteStore::open(data)?;
    let report = store.check()?;
    let journal = journal::check(&data.join("journal"), &store)?;
    let salts = unusable_salts(&data.join("salts"))?;
    let (of_store, of_journal) = (report.findings.len(), journal.findings.len());
    if of_store + of_journal + salts.len() > 0 {
        let mut lines: Vec<String> = closed.lines().map(str::to_owned).collect();
        let findings = report.findings.into_iter().chain(journal.findings);
        let of_salts = salts.iter().map(ToString::to_string);
        lines.extend(findings.chain(of_salts).take(SHOWN_MAX));
        if of_store > 0 {
            let advice = "restore a backup, or write to the authors of Parvis";
            lines.push(format!("{of_store} findings: {advice}"));
        }
        if of_journal > 0 {
            lines.push(format!("{of_journal} findings in the journal: look after the disk"));
        }
        return Err(AppError::Damaged(lines.join("\n")));
    }
    let mut said = format!(
        "{closed}The store is whole, and the figures of {} sites on {} days agree: pages and other \
         breakdowns with their site, hours with their day, months with their days.",
        report.sites, report.days
    );
    if journal.files > 0 {
        let files = journal.files;
        said.push_str(&format!(" The journals of open days, {files}, are as they were written."));
    }
    let notes = journal.notes.into_iter().chain(lost_of_late(&store)?);
    notes.for_each(|note| said.push_str(&format!("\nWarning: {note}.")));
    Ok(said)
}

/// What was lost lately though the service ran, each in a sentence without its end.
fn lost_of_late(store: &SqliteStore) -> Result<Vec<String>, AppError> {
    let of_late = store.latest_outages(OUTAGES_SHOWN_MAX)?;
    let said = of_late.into_iter().map(|one| {
        let title = one.reason.title().en;
        format!("{title}: from {} to {}; {}", one.from, one.to, one.detail)
    });
    Ok(said.collect())
}
