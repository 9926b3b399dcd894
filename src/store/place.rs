//! Whether a file that is open still lies where it was opened: one that was removed, or lies on a
//! volume that is gone, goes on taking what is written to it, and keeps nothing.

use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The place of a file that was opened.
#[derive(Clone, Debug)]
pub struct Place {
    path: PathBuf,
    device: u64,
    inode: u64,
}

impl Place {
    /// The place of a file that has just been opened by this path.
    pub fn of(path: &Path) -> io::Result<Self> {
        let found = std::fs::metadata(path)?;
        Ok(Self { path: path.to_owned(), device: found.dev(), inode: found.ino() })
    }

    /// The path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does the path still lead to that file?
    pub fn is_kept(&self) -> bool {
        std::fs::metadata(&self.path)
            .is_ok_and(|found| (found.dev(), found.ino()) == (self.device, self.inode))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_removed_or_replaced_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&path, "1").unwrap();
        let place = Place::of(&path).unwrap();
        assert!(place.is_kept());
        std::fs::write(&path, "2").unwrap();
        assert!(place.is_kept(), "written to is not removed");
        std::fs::write(&other, "1").unwrap();
        std::fs::rename(&other, &path).unwrap();
        assert!(!place.is_kept());
        std::fs::remove_file(&path).unwrap();
        assert!(!place.is_kept());
    }
}
