//! The formats of files: one file each and one line in [`FORMATS`], which is where addresses,
//! download pages and the catalogue find them.

mod csv;
mod fitting;
mod json;
mod parquet;
mod said;
mod tableur;

use crate::publish::table::Format;

/// Every format; the first is the canonical one.
pub const FORMATS: [&dyn Format; 4] =
    [&csv::Csv, &json::Json, &parquet::Parquet, &tableur::Tableur];

/// The format with this extension.
pub fn format_named(extension: &str) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.extension() == extension)
}

/// The extensions of the formats, for people.
pub fn format_names() -> String {
    FORMATS.map(Format::extension).join(", ")
}

/// Takes the name of a file apart: `2026-11.tableur.csv` is `2026-11` as a `tableur.csv`, though
/// it also ends in `.csv`.
pub fn split_extension(file: &str) -> Option<(&str, &'static dyn Format)> {
    let split = |format: &'static dyn Format| {
        let stem = file.strip_suffix(format.extension())?.strip_suffix('.')?;
        Some((stem, format))
    };
    let fitting = FORMATS.into_iter().filter_map(split).filter(|(stem, _)| !stem.is_empty());
    fitting.min_by_key(|(stem, _)| stem.len())
}

#[cfg(test)]
mod tests;
