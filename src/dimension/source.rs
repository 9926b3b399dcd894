//! Where from: the site that led to a visit, and of which kind it is.

use compact_str::CompactString;

use crate::dimension::{DIRECT, Dimension, Exposure, Of, Subject};
use crate::model::KindOfHit;

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
            say(subject.raw.source(subject.site).unwrap_or(CompactString::const_new(DIRECT)));
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
        if subject.kind == KindOfHit::View
            && let Some(kind) = subject.raw.source_kind(subject.site)
        {
            say(kind.into());
        }
    }
}
