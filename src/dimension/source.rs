//! Where from: the referring host of a page view, if it is not the site itself.

use compact_str::CompactString;

use crate::dimension::{Dimension, Exposure, Subject};
use crate::model::KindOfHit;

/// The referring host.
pub struct Source;

impl Dimension for Source {
    fn code(&self) -> u8 {
        2
    }
    fn name(&self) -> &'static str {
        "source"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Staff
    }
    fn hourly(&self) -> bool {
        false
    }
    /// Referrers are easily invented; no site has this many real ones in a day.
    fn distinct_max(&self) -> u32 {
        5_000
    }
    fn value(&self, subject: &Subject<'_>) -> Option<CompactString> {
        match subject.kind {
            KindOfHit::View => subject.raw.source(subject.site).map(CompactString::from),
            KindOfHit::Event | KindOfHit::Reading(_) => None,
        }
    }
}
