//! What is wrong with the files of a journal's folder, for who asks.

use std::path::Path;

use crate::journal::reading::DayReader;
use crate::journal::{JournalFault, folder, repair};
use crate::model::{Site, SiteIdentity, ZoneDay};
use crate::store::Store;

/// What a look at the files of the open days found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Files that were looked through.
    pub files: u32,
    /// What is wrong, each in a sentence.
    pub findings: Vec<String>,
    /// What was wrong and is dealt with, each in a sentence.
    pub notes: Vec<String>,
}

/// Reads every file of the folder: is each row as it was written, and of a site that the store
/// knows?
pub fn check(folder: &Path, store: &dyn Store) -> Result<Checked, JournalFault> {
    let mut checked = Checked::default();
    for day in store.open_days()? {
        if !folder::path(folder, &day).exists() {
            checked.notes.push(format!(
                "the journal of {day} is gone, and the day is not final: views that come on it \
                 begin a new one, and what was counted before is noted as lost"
            ));
        }
    }
    if !folder.exists() {
        return Ok(checked);
    }
    let sites = store.sites()?;
    for day in folder::days_on_disk(folder)? {
        checked.files += 1;
        match look(folder, &day, store) {
            Ok(of_sites) => {
                let unknown = hits_unknown(&of_sites, &sites, store)?;
                if unknown > 0 {
                    checked.findings.push(format!(
                        "the journal of {day} has {unknown} views of sites that the store has \
                         never known: the store is older than the journal; restore the newer one \
                         while the day is open"
                    ));
                }
            }
            Err(fault) if fault.is_damage() => checked.findings.push(format!(
                "{fault}; `parvis serve` sets it aside and goes on with what of it is whole"
            )),
            Err(fault) => return Err(fault),
        }
    }
    for file in repair::set_aside(folder)? {
        checked.notes.push(format!(
            "{} was damaged and set aside; it is deleted when its day closes",
            file.display()
        ));
    }
    Ok(checked)
}

fn look(
    folder: &Path,
    day: &ZoneDay,
    store: &dyn Store,
) -> Result<Vec<(SiteIdentity, u64)>, JournalFault> {
    let row_known = store.position(day)? as i64;
    let reader = DayReader::open(folder, day)?;
    let reading = reader.begin()?;
    if let Some(said) = reading.structure()? {
        return Err(reading.damaged(format!("its structure ({said})")));
    }
    reading.look_through(row_known)
}

fn hits_unknown(
    of_sites: &[(SiteIdentity, u64)],
    sites: &[Site],
    store: &dyn Store,
) -> Result<u64, JournalFault> {
    let mut unknown = 0;
    for (identity, hits) in of_sites {
        let is_known = sites.iter().any(|site| site.identity == *identity);
        if !is_known && !store.was_removed(*identity)? {
            unknown += hits;
        }
    }
    Ok(unknown)
}
