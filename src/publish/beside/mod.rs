//! What is said beside the figures, each a dataset of its own: the register of breaks, the quality
//! of the days, the dictionary of methods, the register of sites, what is made of the figures.

mod break_words;
mod breaks;
mod coverage;
mod downloads;
mod methods;
mod quality;
mod reuses;
mod sites;

use crate::model::Words;
use crate::publish::table::{Column, Kind, Value};

pub use break_words::notes;
pub use breaks::{rows as break_rows, schema as break_schema};
pub use coverage::{COVERAGE_POINTS, Comparable, Warning, comparability, comparable};
pub use downloads::{rows as download_rows, schema as download_schema};
pub use methods::{
    ENTRIES as METHOD_ENTRIES, MethodEntry, rows as method_rows, schema as method_schema,
};
pub use quality::{
    rows as quality_rows, rows_of_no_site as quality_rows_of_no_site, schema as quality_schema,
};
pub use reuses::{rows as reuse_rows, schema as reuse_schema};
pub use sites::{PROFILES, REFUSALS, rows as site_rows, schema as site_schema};

/// A column that is never empty.
pub(super) const fn full(
    name: &'static str,
    kind: Kind,
    title: (&'static str, &'static str),
    description: (&'static str, &'static str),
) -> Column {
    let (title, description) =
        (Words::new(title.0, title.1), Words::new(description.0, description.1));
    Column { name, kind, title, description, may_be_empty: false }
}

/// A column that may be empty; its description says what that means.
pub(super) const fn open(
    name: &'static str,
    kind: Kind,
    title: (&'static str, &'static str),
    description: (&'static str, &'static str),
) -> Column {
    Column { may_be_empty: true, ..full(name, kind, title, description) }
}

/// A text, or nothing where there is none.
pub(super) fn text(text: &str) -> Value {
    if text.is_empty() { Value::Nothing } else { Value::Text(text.to_owned()) }
}

/// An optional text.
fn optional(text: Option<&str>) -> Value {
    text.map_or(Value::Nothing, self::text)
}

/// An optional whole number.
pub(super) fn number(number: Option<u64>) -> Value {
    number.map_or(Value::Nothing, Value::Integer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_has_its_words_and_its_key() {
        let schemas = [
            break_schema(),
            quality_schema(),
            method_schema(),
            site_schema(),
            reuse_schema(),
            download_schema(),
        ];
        for schema in schemas {
            let names: Vec<_> = schema.columns.iter().map(|column| column.name).collect();
            let mut once = names.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), names.len(), "{}", schema.dataset);
            assert!(!schema.primary_key.is_empty());
            for key in &schema.primary_key {
                let column = schema.columns.iter().find(|column| column.name == *key);
                assert!(!column.unwrap().may_be_empty, "{key} tells rows apart");
            }
            for column in &schema.columns {
                let Column { title, description, .. } = column;
                for words in [title, description] {
                    assert!(!words.fr.is_empty() && !words.en.is_empty(), "{}", column.name);
                }
            }
        }
    }
}
