//! Which page: its scrubbed path.

use compact_str::CompactString;

use crate::dimension::{Dimension, Exposure, Subject};

/// The place of the page in `ALL`.
pub const PAGE: usize = 0;

/// The path of the page, of every kind of hit.
pub struct Page;

impl Dimension for Page {
    fn code(&self) -> u8 {
        1
    }
    fn name(&self) -> &'static str {
        "page"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn hourly(&self) -> bool {
        true
    }
    /// The largest public sites read on a day some 30,000 of their pages; beyond this the paths
    /// are invented, and would fill the disk.
    fn distinct_max(&self) -> u32 {
        50_000
    }
    fn value(&self, subject: &Subject<'_>) -> Option<CompactString> {
        Some(subject.raw.path(subject.site))
    }
}
