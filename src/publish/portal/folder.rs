//! The portal as a folder of files that any web server can serve. Each file is written aside,
//! brought to the disk, and only then put in its place; a second run writes what changed.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::model::hexadecimal;
use crate::publish::PublishError;
use crate::publish::catalogue::{Portal, csvw};
use crate::publish::format::FORMATS;
use crate::publish::portal::described::portal;
use crate::publish::portal::document::{Document, document, documents, front_page};
use crate::publish::portal::entries::folder_of;
use crate::publish::portal::source::Source;
use crate::publish::topic::topics;
use crate::store::{Release, ReleasedFile, ReleasedInShort};

/// Releases that are read from the store at once: some hundred kilobytes with their files.
const RELEASES_AT_ONCE: usize = 100;

/// Keeps a second run out of the folder.
const LOCK: &str = ".parvis-lock";

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed.
    pub written: u64,
    /// Files that were there already.
    pub kept: u64,
}

/// Writes everything that is published below a folder.
pub fn write_folder(source: &Source<'_>, to: &Path) -> Result<Written, PublishError> {
    fs::create_dir_all(to)?;
    let lock = File::create(to.join(LOCK))?;
    lock.try_lock().map_err(io::Error::from)?;
    let portal = portal(source)?;
    let mut folder = Folder { source, portal: &portal, to, done: Written::default() };
    let mut last = 0;
    loop {
        let page = source.store.releases_after(last, RELEASES_AT_ONCE)?;
        let Some((release, _)) = page.last() else { break };
        last = release.id;
        for (release, files) in &page {
            folder.release(release, files)?;
        }
    }
    for path in documents(&portal, source.sites) {
        if let Some(found) = document(source, &portal, &path)? {
            folder.document(&format!("data/{path}"), &found)?;
        }
    }
    folder.document("index.html", &front_page(&portal)?)?;
    Ok(folder.done)
}

struct Folder<'a> {
    source: &'a Source<'a>,
    portal: &'a Portal<'static>,
    to: &'a Path,
    done: Written,
}

impl Folder<'_> {
    /// The files of one release: as that revision for ever, and as the latest while it is that.
    fn release(&mut self, release: &Release, files: &[ReleasedFile]) -> Result<(), PublishError> {
        let Release { about, period, revision, .. } = release;
        let store = self.source.store;
        let latest = store.release(about, *period)?.map(|latest| latest.revision);
        let is_latest = latest == Some(*revision);
        let month = store.released_in_short(about)?.and_then(|ReleasedInShort { month, .. }| month);
        let is_last_month = is_latest && month.is_some_and(|(month, _)| month.id == release.id);
        if files.is_empty() {
            self.withdraw(release)?;
        }
        for file in files {
            let ReleasedFile { dataset, format, .. } = file;
            let folder = format!("{}/{dataset}", &folder_of(about)[1..]);
            let first = format!("{folder}/{period}-r{revision}.{format}");
            if self.to.join(&first).exists() {
                self.done.kept += 1;
            } else {
                let (revision, name) = (Some(*revision), (dataset, format));
                let found = store.released_file(about, *period, revision, name.0, name.1)?;
                let Some(found) = found else { continue };
                self.put(&first, &found.packed)?;
            }
            if !is_latest {
                continue;
            }
            self.same(&first, &format!("{folder}/{period}.{format}"), file)?;
            if is_last_month {
                self.same(&first, &format!("{folder}/latest.{format}"), file)?;
            }
            if format == "csv" {
                self.describe(&format!("{folder}/{period}.csv{}", csvw::SUFFIX))?;
            }
        }
        Ok(())
    }

    /// Removes the files of a revision that was withdrawn.
    fn withdraw(&self, release: &Release) -> Result<(), PublishError> {
        let Release { about, period, revision, .. } = release;
        for topic in topics() {
            for format in FORMATS {
                let (folder, extension) = (&folder_of(about)[1..], format.extension());
                let name = format!("{folder}/{}/{period}-r{revision}.{extension}", topic.name());
                match fs::remove_file(self.to.join(name)) {
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn describe(&mut self, path: &str) -> Result<(), PublishError> {
        let below = path.trim_start_matches("data/");
        match document(self.source, self.portal, below)? {
            Some(found) => self.document(path, &found),
            None => Ok(()),
        }
    }

    fn document(&mut self, path: &str, document: &Document) -> Result<(), PublishError> {
        if self.holds(path, document.bytes, &document.sha256)? {
            self.done.kept += 1;
            return Ok(());
        }
        self.put(path, &document.packed)
    }

    /// Puts a file under a second name: by a link, which takes no room, or as a copy where the disk
    /// has no links.
    fn same(&mut self, first: &str, second: &str, file: &ReleasedFile) -> Result<(), PublishError> {
        let (first, whole) = (self.to.join(first), self.to.join(second));
        let is_linked = match (fs::metadata(&first), fs::metadata(&whole)) {
            (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
            _ => false,
        };
        if is_linked || self.holds(second, file.bytes, &file.sha256)? {
            self.done.kept += 1;
            return Ok(());
        }
        let aside = aside(&whole);
        if aside.exists() {
            fs::remove_file(&aside)?;
        }
        if fs::hard_link(&first, &aside).is_err() {
            fs::copy(&first, &aside)?;
            File::open(&aside)?.sync_all()?;
        }
        fs::rename(&aside, &whole)?;
        self.done.written += 1;
        Ok(())
    }

    fn put(&mut self, path: &str, packed: &[u8]) -> Result<(), PublishError> {
        let whole = self.to.join(path);
        fs::create_dir_all(whole.parent().unwrap_or(self.to))?;
        let aside = aside(&whole);
        // A link that an interrupted run left would be written through into its other name.
        if aside.exists() {
            fs::remove_file(&aside)?;
        }
        let mut file = File::create(&aside)?;
        zstd::stream::copy_decode(packed, &mut file)?;
        file.sync_all()?;
        fs::rename(&aside, &whole)?;
        self.done.written += 1;
        Ok(())
    }

    /// Does the folder hold exactly these bytes there?
    fn holds(&self, path: &str, bytes: u64, sha256: &str) -> io::Result<bool> {
        let whole = self.to.join(path);
        if fs::metadata(&whole).map(|there| there.len()).ok() != Some(bytes) {
            return Ok(false);
        }
        let mut hash = Sha256::new();
        let mut file = File::open(&whole)?;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let read = io::Read::read(&mut file, &mut piece)?;
            if read == 0 {
                break;
            }
            hash.update(&piece[..read]);
        }
        Ok(hexadecimal(&hash.finalize()) == sha256)
    }
}

/// Bytes that are read at once.
const PIECE_BYTES: usize = 64 * 1024;

/// Where a file is written before it is put in its place, in the same folder.
fn aside(whole: &Path) -> PathBuf {
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    whole.with_file_name(format!(".{name}.parvis-new"))
}
