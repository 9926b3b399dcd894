//! The formats of files: each is one file here and one line in [`FORMATS`].

mod csv;

use crate::publish::table::Format;

/// Every format.
pub const FORMATS: [&dyn Format; 1] = [&csv::Csv];

/// The names of the formats, for people.
pub fn format_names() -> String {
    FORMATS.map(Format::extension).join(", ")
}

/// The format of this extension.
pub fn format_named(name: &str) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.extension() == name)
}
