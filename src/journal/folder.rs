//! The files of a journal's folder: which days have one, and what belongs to a day.

use std::path::{Path, PathBuf};

use crate::journal::JournalFault;
use crate::model::ZoneDay;

/// The file's path in the journal's folder.
pub fn path(folder: &Path, day: &ZoneDay) -> PathBuf {
    folder.join(day.file_stem()).with_added_extension("sqlite")
}

/// The days that have a file in the folder.
pub fn days_on_disk(folder: &Path) -> Result<Vec<ZoneDay>, JournalFault> {
    let fault = |error| JournalFault::Folder(folder.to_owned(), error);
    let mut days = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let name = entry.map_err(fault)?.file_name();
        let name = name.to_str().filter(|name| name.ends_with(".sqlite"));
        days.extend(name.and_then(ZoneDay::of_file_name));
    }
    days.sort_by_key(|day| day.date);
    Ok(days)
}

/// The files of a day: its own, what SQLite keeps beside it, and those that were set aside.
pub fn files_of(folder: &Path, day: &ZoneDay) -> Result<Vec<PathBuf>, JournalFault> {
    let fault = |error| JournalFault::Folder(folder.to_owned(), error);
    let stem = format!("{}.sqlite", day.file_stem());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(&stem)) {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// Deletes a day's file, what SQLite keeps beside it, and what of it was set aside: no visitor's
/// key outlives its day.
pub fn delete(folder: &Path, day: &ZoneDay) -> Result<(), JournalFault> {
    for file in files_of(folder, day)? {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(JournalFault::Folder(file, error));
            }
            _ => {}
        }
    }
    Ok(())
}
