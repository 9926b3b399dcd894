//! The salt of a local day: random, readable by the service alone, the same after a restart, gone
//! with its day.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use jiff::Timestamp;

use crate::model::{Random, Zone, ZoneDay};
use crate::privacy::secret::{SECRET_BYTES, Secret, erase};

/// The key of one local day. It cannot be printed or written anywhere but to its own file.
pub struct Salt {
    /// The day it belongs to.
    day: Arc<ZoneDay>,
    start: Timestamp,
    end: Timestamp,
    pub(super) secret: Secret,
}

impl Salt {
    /// A salt that is never written: for a past day that is counted from a log, in one run.
    pub fn in_memory(day: ZoneDay, random: &Random) -> Self {
        Self::of_secret(day, Secret::in_memory(random))
    }

    fn of_secret(day: ZoneDay, secret: Secret) -> Self {
        Self { start: day.start(), end: day.end(), day: Arc::new(day), secret }
    }

    /// The day whose visitors it hides.
    pub fn day(&self) -> &Arc<ZoneDay> {
        &self.day
    }
}

/// The salts of the days that are open now, one a zone.
pub struct Salts {
    folder: PathBuf,
    random: Random,
    open: ArcSwap<Vec<Arc<Salt>>>,
    closed: Mutex<Vec<ZoneDay>>,
}

/// Why there is no salt for a moment.
#[derive(Debug, thiserror::Error)]
pub enum SaltError {
    /// The day was already closed: its salt is gone and cannot come back.
    #[error("{0} is already closed: the machine's clock went back; set it right")]
    DayClosed(String),
    /// The file cannot be made or read.
    #[error("cannot keep the day's salt {0}: {1}")]
    File(PathBuf, io::Error),
    /// The file has fewer bytes than were written.
    #[error(
        "the day's salt {0} is damaged, it is shorter than {SECRET_BYTES} bytes: put it back from \
         a copy, or remove it: the day goes on, and who comes again on it counts as another \
         visitor"
    )]
    Damaged(PathBuf),
}

/// The salts of a folder that cannot be used, each with the reason.
pub fn unusable_salts(folder: &Path) -> Result<Vec<SaltError>, SaltError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let files = days_on_disk(folder)?.into_iter().map(|day| file_of(folder, &day));
    Ok(files
        .filter_map(|file| Secret::read(&file).err().map(|error| unusable(file, error)))
        .collect())
}

fn unusable(file: PathBuf, error: io::Error) -> SaltError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => SaltError::Damaged(file),
        _ => SaltError::File(file, error),
    }
}

fn file_of(folder: &Path, day: &ZoneDay) -> PathBuf {
    folder.join(day.file_stem()).with_added_extension("salt")
}

fn days_on_disk(folder: &Path) -> Result<Vec<ZoneDay>, SaltError> {
    let error = |error| SaltError::File(folder.to_owned(), error);
    let mut days = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let name = entry.map_err(error)?.file_name();
        days.extend(name.to_str().and_then(ZoneDay::of_file_name));
    }
    Ok(days)
}

impl Salts {
    /// Uses a folder, made if needed; `closed` is the last closed day of each zone.
    pub fn open(folder: PathBuf, random: Random, closed: Vec<ZoneDay>) -> Result<Self, SaltError> {
        fs::create_dir_all(&folder).map_err(|error| SaltError::File(folder.clone(), error))?;
        let open = ArcSwap::default();
        let salts = Self { folder, random, open, closed: Mutex::new(closed) };
        salts.recall()?;
        Ok(salts)
    }

    /// Reads back what a restart left on the disk: in the first minutes after midnight the salt of
    /// the day before is needed as well. One that cannot be read is an error when it is asked for.
    fn recall(&self) -> Result<(), SaltError> {
        let mut open = Vec::new();
        for day in self.days_on_disk()?.into_iter().filter(|day| !self.is_closed(day)) {
            if let Ok(secret) = Secret::read(&self.file(&day)) {
                open.push(Arc::new(Salt::of_secret(day, secret)));
            }
        }
        self.open.store(Arc::new(open));
        Ok(())
    }

    fn is_closed(&self, day: &ZoneDay) -> bool {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.iter().any(|gone| gone.zone == day.zone && gone.date >= day.date)
    }

    /// The salt of the local day that holds this moment, made at the day's first request.
    pub fn of(&self, zone: &Zone, moment: Timestamp) -> Result<Arc<Salt>, SaltError> {
        let holds =
            |salt: &&Arc<Salt>| salt.start <= moment && moment < salt.end && salt.day.zone == *zone;
        if let Some(salt) = self.open.load().iter().find(holds) {
            return Ok(salt.clone());
        }
        // Held while the file is made: two first requests of a day must share one salt.
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(salt) = self.open.load().iter().find(holds) {
            return Ok(salt.clone());
        }
        let day = zone.day_at(moment);
        if closed.iter().any(|gone| gone.zone == day.zone && gone.date >= day.date) {
            return Err(SaltError::DayClosed(day.to_string()));
        }
        let salt = Arc::new(self.load_or_make(day)?);
        self.open.rcu(|open| open.iter().cloned().chain([salt.clone()]).collect::<Vec<_>>());
        Ok(salt)
    }

    /// The salt of the local day before, while that day is not yet closed: for the first minutes
    /// after midnight, when a beacon of the old day may be sent again.
    pub fn of_day_before(&self, salt: &Salt) -> Option<Arc<Salt>> {
        let before =
            |other: &&Arc<Salt>| other.end == salt.start && other.day.zone == salt.day.zone;
        self.open.load().iter().find(before).cloned()
    }

    /// The days whose salts are on the disk, in no order.
    pub fn days_on_disk(&self) -> Result<Vec<ZoneDay>, SaltError> {
        days_on_disk(&self.folder)
    }

    /// Destroys the salt of a day that has ended. From now on nothing of that day can be sealed.
    pub fn destroy(&self, day: &ZoneDay) -> Result<(), SaltError> {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        closed.retain(|gone| gone.zone != day.zone || gone.date > day.date);
        closed.push(day.clone());
        self.open
            .rcu(|open| open.iter().filter(|salt| *salt.day != *day).cloned().collect::<Vec<_>>());
        let file = self.file(day);
        erase(&file).map_err(|error| SaltError::File(file, error))
    }

    fn file(&self, day: &ZoneDay) -> PathBuf {
        file_of(&self.folder, day)
    }

    fn load_or_make(&self, day: ZoneDay) -> Result<Salt, SaltError> {
        let file = self.file(&day);
        let secret = Secret::read_or_make(&self.folder, &file, &self.random)
            .map_err(|error| unusable(file, error))?;
        Ok(Salt::of_secret(day, secret))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::atomic::{AtomicU8, Ordering};

    use super::*;

    fn salts(folder: &Path, closed: Vec<ZoneDay>) -> Salts {
        let count = AtomicU8::new(1);
        let random: Random =
            Arc::new(move |bytes| bytes.fill(count.fetch_add(1, Ordering::Relaxed)));
        Salts::open(folder.join("salts"), random, closed).unwrap()
    }

    #[test]
    fn a_salt_survives_a_restart_and_dies_with_its_day() {
        let folder = tempfile::tempdir().unwrap();
        let zone = Zone::named("Europe/Paris").unwrap();
        let noon: Timestamp = "2026-11-23T11:00:00Z".parse().unwrap();
        let day = zone.day_at(noon);
        let first = salts(folder.path(), vec![]);
        first.of(&zone, noon).unwrap();
        let file = first.file(&day);
        let bytes = fs::read(&file).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

        let second = salts(folder.path(), vec![]);
        second.of(&zone, noon).unwrap();
        assert_eq!(fs::read(&file).unwrap(), bytes);

        second.destroy(&day).unwrap();
        assert!(!file.exists());
        assert!(matches!(second.of(&zone, noon), Err(SaltError::DayClosed(_))));
        let third = salts(folder.path(), vec![day]);
        assert!(matches!(third.of(&zone, noon), Err(SaltError::DayClosed(_))));
        assert_eq!(fs::read_dir(folder.path().join("salts")).unwrap().count(), 0);
    }

    #[test]
    fn a_damaged_salt_is_an_error_and_not_a_new_salt() {
        let folder = tempfile::tempdir().unwrap();
        let zone = Zone::named("UTC").unwrap();
        let noon: Timestamp = "2026-11-23T11:00:00Z".parse().unwrap();
        let salts = salts(folder.path(), vec![]);
        fs::write(salts.file(&zone.day_at(noon)), b"short").unwrap();
        assert!(matches!(salts.of(&zone, noon), Err(SaltError::Damaged(..))));
    }
}
