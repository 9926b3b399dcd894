//! Where from: the site that led to a visit, and of which kind it is.

use compact_str::CompactString;

use crate::dimension::{DIRECT, Dimension, Exposure, Of, Subject};
use crate::model::KindOfHit;
use crate::privacy::lets_in_channels;

/// The referring host, or the name of the source that it belongs to.
pub struct Source;
/// The kind of source.
pub struct SourceKind;

impl Dimension for Source {
    fn code(&self) -> u8 {
        2
    }
    fn name(&self) -> &'static str {
        "source"
    }
    fn description(&self) -> &'static str {
        "site that led to the visit's first page; `:direct` where none did"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::Visit
    }
    /// Referrers are easily invented; no site has this many real ones in a day.
    fn distinct_max(&self) -> u32 {
        5_000
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        if subject.kind == KindOfHit::View {
            let source = subject.raw.source(subject.site, &subject.tables.sources);
            say(source.unwrap_or(CompactString::const_new(DIRECT)));
        }
    }
}

impl Dimension for SourceKind {
    fn code(&self) -> u8 {
        13
    }
    fn name(&self) -> &'static str {
        "source_kind"
    }
    fn description(&self) -> &'static str {
        "kind of source: search, social, mail, assistant, public, other or `:direct`; only under \
         the extended profile"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::Visit
    }
    /// There are six kinds, and `:direct`.
    fn distinct_max(&self) -> u32 {
        10
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        if subject.kind == KindOfHit::View && lets_in_channels(subject.site) {
            let kind = subject.raw.source_kind(subject.site, &subject.tables.sources);
            say(CompactString::const_new(kind.unwrap_or(DIRECT)));
        }
    }
}
