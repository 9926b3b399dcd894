//! A damaged journal file is set aside: what of it is whole goes on in a new file, and what is lost
//! is noted as an outage and as a break.
//!
//! The new file is made under another name, and takes the place of the old one when it is complete;
//! a crash in between is finished at the next start. What was set aside is kept for the operator
//! until its day closes, and deleted with it: it holds visitors' keys.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use crate::journal::reading::{DayReader, Layout};
use crate::journal::salvage::{Salvaged, salvage};
use crate::journal::{JournalFault, folder};
use crate::model::{Site, ZoneDay};
use crate::store::{Break, Outage, OutageReason, Store};

/// Behind the name of a file that is being made.
const MAKING: &str = ".making";

/// Behind the name of a file that is complete and waits to take its place.
const READY: &str = ".ready";

/// Behind the name of a file that was set aside, before a number.
const DAMAGED: &str = ".damaged-";

/// Spans of lost hits are noted in whole minutes.
const MINUTE_SECONDS: i64 = 60;

/// Looks through a day's file, and sets it aside if it is damaged. Nobody else may have it open.
/// Tells what was lost, in words; nothing if it was whole.
pub fn repair(
    folder: &Path,
    day: &ZoneDay,
    store: &dyn Store,
    now: Timestamp,
) -> Result<Option<String>, JournalFault> {
    let old = folder::path(folder, day);
    let row_known = store.position(day)? as i64;
    let why = match look(&old, row_known) {
        Ok(Layout::Empty | Layout::Summed) => return Ok(None),
        Ok(Layout::Unsummed) => None,
        Err(fault) if fault.is_damage() => Some(fault),
        Err(fault) => return Err(fault),
    };
    let sites = store.sites()?;
    let making = beside(&old, MAKING);
    remove(&making)?;
    let salvaged = salvage(&old, &making, row_known, &sites)?;
    let ready = beside(&old, READY);
    rename(&making, &ready)?;
    sync(folder)?;
    let Some(why) = why.or_else(|| lost_at_upgrade(&old, &salvaged)) else {
        replace(folder, day, false)?;
        tracing::info!("the journal of {day} is now kept with checksums");
        return Ok(None);
    };
    note(store, day, &sites, &salvaged, now)?;
    let aside = replace(folder, day, true)?;
    let said = said(day, &salvaged, &why, aside.as_deref());
    tracing::error!("{said}");
    Ok(Some(said))
}

/// Finishes what a crash left in the middle.
pub fn finish(folder: &Path) -> Result<(), JournalFault> {
    let fault = |error| JournalFault::Folder(folder.to_owned(), error);
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if name.ends_with(MAKING) || name.ends_with(".making-journal") {
            remove(&entry.path())?;
        } else if name.ends_with(READY)
            && let Some(day) = ZoneDay::of_file_name(name)
        {
            replace(folder, &day, true)?;
        }
    }
    Ok(())
}

/// The files in a folder that were set aside.
pub fn set_aside(folder: &Path) -> Result<Vec<PathBuf>, JournalFault> {
    let fault = |error| JournalFault::Folder(folder.to_owned(), error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let is_aside = |name: &str| {
            name.rsplit_once(DAMAGED).is_some_and(|(_, rest)| rest.parse::<u32>().is_ok())
        };
        if entry.file_name().to_str().is_some_and(is_aside) {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// Reads all of a file; tells how it is laid out.
fn look(old: &Path, row_known: i64) -> Result<Layout, JournalFault> {
    if !old.exists() {
        return Err(JournalFault::Damaged(old.to_owned(), "the file, which is gone,".to_owned()));
    }
    let reader = DayReader::on(old)?;
    if reader.layout() != Layout::Empty {
        reader.begin()?.look_through(row_known)?;
    }
    match reader.layout() {
        Layout::Empty if row_known > 0 => {
            Err(JournalFault::Damaged(old.to_owned(), "its tables".to_owned()))
        }
        layout => Ok(layout),
    }
}

fn lost_at_upgrade(old: &Path, salvaged: &Salvaged) -> Option<JournalFault> {
    let damaged = || JournalFault::Damaged(old.to_owned(), "some of its batches".to_owned());
    (salvaged.lost > 0).then(damaged)
}

/// Notes what is lost, and forgets what was written of the day, which is counted anew.
fn note(
    store: &dyn Store,
    day: &ZoneDay,
    sites: &[Site],
    salvaged: &Salvaged,
    now: Timestamp,
) -> Result<(), JournalFault> {
    let (start, end) = (day.start(), day.end());
    let end = end.min(now.max(start));
    let reason = OutageReason::JournalDamaged;
    for (from, to) in &salvaged.spans {
        let moment = |second: u32| start + SignedDuration::from_secs(i64::from(second));
        let (from, to) = whole_minutes(moment(*from), to.map_or(end, moment));
        let outage = Outage {
            zone: Some(day.zone.clone()),
            from,
            to,
            reason,
            noted: now,
            detail: format!("{} batches of the journal of {day} are lost", salvaged.lost),
        };
        store.note_outage(&outage)?;
        for site in sites.iter().filter(|site| site.zone == day.zone) {
            let began = from.max(store.registered(site)?);
            if began < to {
                let until = site.zone.written(to);
                let one = Break::outage(site.id, began, &until);
                store.add_break(&Break { before: reason.name().to_owned(), ..one })?;
            }
        }
    }
    store.begin_day_anew(day)?;
    Ok(())
}

fn whole_minutes(from: Timestamp, to: Timestamp) -> (Timestamp, Timestamp) {
    let (from, to) = (from.as_second(), to.as_second().max(from.as_second() + 1));
    let up = to.div_euclid(MINUTE_SECONDS) + i64::from(to.rem_euclid(MINUTE_SECONDS) > 0);
    let moment = |minute: i64| Timestamp::from_second(minute * MINUTE_SECONDS).unwrap_or_default();
    (moment(from.div_euclid(MINUTE_SECONDS)), moment(up))
}

fn said(day: &ZoneDay, salvaged: &Salvaged, why: &JournalFault, aside: Option<&Path>) -> String {
    let Salvaged { batches, lost, texts_lost, .. } = salvaged;
    let aside = aside.map_or_else(String::new, |aside| {
        format!(
            "; the file is set aside as {} and deleted when the day closes, so copy it now if you \
             want to look into it",
            aside.display()
        )
    });
    format!(
        "the journal of {day} was damaged: {why}; {batches} batches of views are whole and go on, \
         {lost} are lost and noted as an outage, {texts_lost} texts cannot be read{aside}; look \
         after the disk, and run `parvis check`"
    )
}

/// Puts the complete new file in the place of the old one, which is set aside or deleted. What
/// SQLite keeps beside the old one goes first: it must never be taken for a part of the new one.
fn replace(folder: &Path, day: &ZoneDay, is_kept: bool) -> Result<Option<PathBuf>, JournalFault> {
    let file = folder::path(folder, day);
    let aside = (1..).map(|number: u32| beside(&file, &format!("{DAMAGED}{number}")));
    let aside = aside.into_iter().find(|aside| !aside.exists()).unwrap_or_default();
    for suffix in ["-wal", ""] {
        let part = beside(&file, suffix);
        if !part.exists() {
            continue;
        }
        if is_kept { rename(&part, &beside(&aside, suffix))? } else { remove(&part)? }
    }
    remove(&beside(&file, "-shm"))?;
    rename(&beside(&file, READY), &file)?;
    sync(folder)?;
    Ok(is_kept.then_some(aside))
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.to_owned().into_os_string();
    name.push(suffix);
    name.into()
}

fn remove(file: &Path) -> Result<(), JournalFault> {
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(JournalFault::Folder(file.to_owned(), error))
        }
        _ => Ok(()),
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), JournalFault> {
    std::fs::rename(from, to).map_err(|error| JournalFault::Folder(from.to_owned(), error))
}

fn sync(folder: &Path) -> Result<(), JournalFault> {
    let synced = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| JournalFault::Folder(folder.to_owned(), error))
}
