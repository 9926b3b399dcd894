//! What was done: the name of an event, and the link that a download or an outbound click led to.

use compact_str::CompactString;

use crate::dimension::{Dimension, Exposure, Subject};

/// The name of the event.
pub struct Event;
/// Host and scrubbed path of the link.
pub struct Target;

impl Dimension for Event {
    fn code(&self) -> u8 {
        7
    }
    fn name(&self) -> &'static str {
        "event"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Staff
    }
    fn hourly(&self) -> bool {
        false
    }
    /// A site declares its features; more names than this are invented.
    fn distinct_max(&self) -> u32 {
        1_000
    }
    fn value(&self, subject: &Subject<'_>) -> Option<CompactString> {
        subject.deed.map(|deed| deed.name.clone())
    }
}

impl Dimension for Target {
    fn code(&self) -> u8 {
        8
    }
    fn name(&self) -> &'static str {
        "target"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Staff
    }
    fn hourly(&self) -> bool {
        false
    }
    /// Documents and outbound links of a day on one site.
    fn distinct_max(&self) -> u32 {
        20_000
    }
    fn value(&self, subject: &Subject<'_>) -> Option<CompactString> {
        subject.deed.and_then(|deed| deed.target.clone())
    }
}
