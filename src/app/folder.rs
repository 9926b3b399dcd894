//! The data folder: for its owner alone, and for one service at a time.

use std::fmt;
use std::fs::{self, DirBuilder, File, Metadata, Permissions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::Mode;
use rustix::process::umask;

use crate::app::AppError;

/// What group and others may do.
const OTHERS: u32 = 0o077;

/// Folders of every user of the machine, which may be empty for a moment.
const SHARED: [&str; 4] = ["/", "/tmp", "/var/tmp", "/dev/shm"];

/// The owner's permissions of a folder and of a file.
const OWN_FOLDER: u32 = 0o700;
const OWN_FILE: u32 = 0o600;

/// The folders inside.
const FOLDERS: [&str; 3] = ["journal", "salts", "network-keys"];

/// The files inside: the store with what SQLite keeps beside it, the lock, what is known of the
/// clock, and the secret by which figures are rounded.
const FILES: [&str; 7] = [
    "store.sqlite",
    "store.sqlite-wal",
    "store.sqlite-shm",
    "store.sqlite-journal",
    "lock",
    "clock",
    "disclosure.secret",
];

/// The file by which earlier versions know that a folder is in use.
const LOCK: &str = "lock";

/// What the system puts into the first folder of a disk.
const LOST_AND_FOUND: &str = "lost+found";

/// From now on this process makes files and folders for its owner alone.
pub fn own_files_only() {
    umask(Mode::from_raw_mode(OTHERS));
}

/// A folder that is in use by this process, as long as this is kept.
pub struct Taken {
    _folder: File,
    _file: File,
}

/// Makes the folder if it is missing, and keeps a second service out of it. The folder itself is
/// locked: a file in it may be removed. Its file is locked for earlier versions.
pub fn take(data: &Path) -> Result<Taken, AppError> {
    let refused = |error| AppError::Folder(data.to_owned(), error);
    if !data.exists() {
        DirBuilder::new().recursive(true).mode(OWN_FOLDER).create(data).map_err(refused)?;
    }
    let folder = File::open(data).map_err(refused)?;
    lock(data, &folder)?;
    let file = File::create(data.join(LOCK)).map_err(refused)?;
    lock(data, &file)?;
    Ok(Taken { _folder: folder, _file: file })
}

fn lock(data: &Path, file: &File) -> Result<(), AppError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(AppError::InUse(data.to_owned())),
        Err(TryLockError::Error(error)) => Err(AppError::Folder(data.to_owned(), error)),
    }
}

/// What was open to others and is no more.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Closed {
    paths: Vec<PathBuf>,
}

impl Closed {
    /// Was everything as it must be?
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }
}

impl fmt::Display for Closed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.paths.first().map(|path| path.display().to_string()).unwrap_or_default();
        match self.paths.len() - 1 {
            0 => write!(formatter, "{first} was")?,
            more => write!(formatter, "{first} and {more} more were")?,
        }
        write!(formatter, " open to other users of this machine; from now on only to the owner")
    }
}

/// Closes the folder and what is in it to everybody but their owner; refuses one that cannot be
/// closed, or that does not belong to Parvis alone.
pub fn close_to_others(data: &Path) -> Result<Closed, AppError> {
    let mut closed = Closed::default();
    let Some(folder) = metadata(data)? else { return Ok(closed) };
    if is_open(&folder) && !is_own(data)? {
        return Err(AppError::SharedFolder(data.to_owned()));
    }
    close(data, &folder, &mut closed)?;
    for name in FILES {
        let file = data.join(name);
        if let Some(found) = metadata(&file)? {
            close(&file, &found, &mut closed)?;
        }
    }
    for name in FOLDERS {
        let folder = data.join(name);
        let Some(found) = metadata(&folder)?.filter(Metadata::is_dir) else { continue };
        close(&folder, &found, &mut closed)?;
        for entry in entries(&folder)? {
            // A file that is gone meanwhile, such as a day's that has just been closed.
            if let Some(found) = metadata(&entry)?.filter(Metadata::is_file) {
                close(&entry, &found, &mut closed)?;
            }
        }
    }
    Ok(closed)
}

fn is_open(found: &Metadata) -> bool {
    found.permissions().mode() & OTHERS != 0
}

/// Does the folder hold a store, or nothing but what Parvis makes? A folder with other things in it
/// was named by mistake: to close it would keep their owners out.
fn is_own(data: &Path) -> Result<bool, AppError> {
    let whole = data.canonicalize().map_err(|error| AppError::Folder(data.to_owned(), error))?;
    if SHARED.iter().any(|shared| whole == Path::new(shared)) {
        return Ok(false);
    }
    if metadata(&data.join(FILES[0]))?.is_some() {
        return Ok(true);
    }
    let known = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default();
        FILES.iter().chain(&FOLDERS).chain([&LOST_AND_FOUND]).any(|known| name == *known)
    };
    Ok(entries(data)?.iter().all(known))
}

fn close(path: &Path, found: &Metadata, closed: &mut Closed) -> Result<(), AppError> {
    if !is_open(found) {
        return Ok(());
    }
    let mode = if found.is_dir() { OWN_FOLDER } else { OWN_FILE };
    let changed = fs::set_permissions(path, Permissions::from_mode(mode));
    match changed {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(AppError::OpenToOthers(path.to_owned(), error)),
        Ok(()) => {}
    }
    // Some disks have no permissions and say nothing.
    if metadata(path)?.is_some_and(|after| is_open(&after)) {
        let error = io::Error::new(ErrorKind::Unsupported, "its disk keeps no permissions");
        return Err(AppError::OpenToOthers(path.to_owned(), error));
    }
    closed.paths.push(path.to_owned());
    Ok(())
}

/// What is there, if anything.
fn metadata(path: &Path) -> Result<Option<Metadata>, AppError> {
    match fs::metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(AppError::Folder(path.to_owned(), error)),
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, AppError> {
    let refused = |error| AppError::Folder(folder.to_owned(), error);
    let read = fs::read_dir(folder).map_err(refused)?;
    read.map(|entry| entry.map(|entry| entry.path()).map_err(refused)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn open(path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_others_could_read_is_closed_and_said() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        fs::create_dir_all(data.join("journal")).unwrap();
        let files = ["store.sqlite", "store.sqlite-wal", "journal/2026-11-28.Europe~Paris.sqlite"];
        for file in files {
            fs::write(data.join(file), b"x").unwrap();
            open(&data.join(file), 0o644);
        }
        fs::write(data.join("settings.toml"), b"x").unwrap();
        open(&data.join("settings.toml"), 0o644);
        open(&data, 0o755);
        let said = close_to_others(&data).unwrap().to_string();
        assert!(said.contains("data and 4 more were open to other users"), "{said}");
        assert_eq!((mode(&data), mode(&data.join("journal"))), (0o700, 0o700));
        for file in files {
            assert_eq!(mode(&data.join(file)), 0o600, "{file}");
        }
        // A file of the operator is the operator's affair.
        assert_eq!(mode(&data.join("settings.toml")), 0o644);
        assert!(close_to_others(&data).unwrap().is_empty());
    }

    #[test]
    fn a_folder_of_others_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        fs::create_dir(&home).unwrap();
        fs::write(home.join("letter.txt"), b"x").unwrap();
        open(&home, 0o755);
        assert!(matches!(close_to_others(&home), Err(AppError::SharedFolder(_))));
        assert_eq!(mode(&home), 0o755);
        let shared = SHARED.iter().map(Path::new).filter(|shared| shared.exists());
        assert!(shared.into_iter().all(|shared| !is_own(shared).unwrap()));
        // An empty one that an operator has made is taken over.
        let empty = folder.path().join("empty");
        fs::create_dir(&empty).unwrap();
        open(&empty, 0o755);
        assert!(!close_to_others(&empty).unwrap().is_empty());
        assert_eq!(mode(&empty), 0o700);
        assert!(close_to_others(&folder.path().join("nowhere")).unwrap().is_empty());
    }

    #[test]
    fn a_folder_is_taken_once_though_its_lock_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let taken = take(&data).unwrap();
        assert!(matches!(take(&data), Err(AppError::InUse(_))));
        fs::remove_file(data.join(LOCK)).unwrap();
        assert!(matches!(take(&data), Err(AppError::InUse(_))));
        drop(taken);
        take(&data).unwrap();
    }
}
