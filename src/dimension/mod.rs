//! The breakdowns: each is one file and one name in [`ALL`]; journal, store, files and pages walk
//! the list.

mod event;
mod page;
mod place;
mod source;
mod technology;

use compact_str::CompactString;

use crate::model::{KindOfHit, Site};
use crate::privacy::{Raw, Values};
use crate::signal::{Software, Tables};

pub use page::PAGE;

/// Who may see a breakdown. It has no default: each dimension states its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exposure {
    /// Everybody, as far as `privacy::release` lets it out.
    Public,
    /// Signed-in staff; it is not in any public route yet.
    Staff,
}

/// Where the values of a breakdown come from.
pub struct Subject<'a> {
    /// The request, closed but for its coarse answers.
    pub raw: &'a Raw,
    /// The site it is for.
    pub site: &'a Site,
    /// What it reports.
    pub kind: KindOfHit,
    /// What was done, if it reports an event.
    pub deed: Option<&'a Deed>,
    /// Its software, read once for all dimensions.
    pub software: &'a Software,
    /// The offline tables.
    pub tables: &'a Tables,
}

/// An event: what was done, and to what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// `download`, `outbound`, `missing` or the name of a declared feature.
    pub name: CompactString,
    /// The scrubbed address of the link, for a download or an outbound link.
    pub target: Option<CompactString>,
}

/// One breakdown. No method has a default: a new dimension answers every question.
pub trait Dimension: Sync {
    /// Its number in journal and store; never changed, never used again.
    fn code(&self) -> u8;
    /// Its name in addresses, columns and pages.
    fn name(&self) -> &'static str;
    /// Who may see it.
    fn exposure(&self) -> Exposure;
    /// Is it also kept by the hour, and not only by the day?
    fn hourly(&self) -> bool;
    /// Distinct values kept on one site and day; all further ones are counted as [`OVERFLOW`].
    fn distinct_max(&self) -> u32;
    /// The value for this hit, or nothing if it has none.
    fn value(&self, subject: &Subject<'_>) -> Option<CompactString>;
}

/// Every breakdown, in the order of their columns in the journal. New ones go at the end.
pub const ALL: [&dyn Dimension; 8] = [
    &page::Page,
    &source::Source,
    &place::Country,
    &technology::Device,
    &technology::Browser,
    &technology::System,
    &event::Event,
    &event::Target,
];

/// The line that counts what came after a site's distinct values of the day were full.
pub const OVERFLOW: &str = ":overflow";

/// The value of every dimension for this hit.
pub fn values(subject: &Subject<'_>) -> Values {
    ALL.iter().map(|dimension| dimension.value(subject)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_each_used_once() {
        let mut codes: Vec<_> = ALL.iter().map(|dimension| dimension.code()).collect();
        let mut names: Vec<_> = ALL.iter().map(|dimension| dimension.name()).collect();
        codes.sort_unstable();
        codes.dedup();
        names.sort_unstable();
        names.dedup();
        assert_eq!((codes.len(), names.len()), (ALL.len(), ALL.len()));
        assert!(!codes.contains(&0), "0 is the whole site");
    }

    #[test]
    fn the_page_is_the_first_column() {
        assert_eq!(ALL[PAGE].name(), "page");
    }
}
