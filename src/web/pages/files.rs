//! The links to the files of a register.

use crate::publish::FORMATS;

/// A file of a register.
pub struct FileLink {
    /// Its extension, which names the format.
    pub extension: &'static str,
    /// Where it is.
    pub href: String,
}

/// The files of the register of this name, in every format.
pub fn files(name: &str) -> Vec<FileLink> {
    let link =
        |extension: &'static str| FileLink { extension, href: format!("/data/{name}.{extension}") };
    FORMATS.iter().map(|format| link(format.extension())).collect()
}
