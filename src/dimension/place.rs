//! Where: the country of a page view, and nothing finer.

use compact_str::CompactString;

use crate::dimension::{Dimension, Exposure, Subject};
use crate::model::KindOfHit;

/// The country, as the two letters of ISO 3166-1.
pub struct Country;

impl Dimension for Country {
    fn code(&self) -> u8 {
        3
    }
    fn name(&self) -> &'static str {
        "country"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Staff
    }
    fn hourly(&self) -> bool {
        false
    }
    /// ISO 3166-1 has 249 codes.
    fn distinct_max(&self) -> u32 {
        300
    }
    fn value(&self, subject: &Subject<'_>) -> Option<CompactString> {
        if subject.kind != KindOfHit::View {
            return None;
        }
        let letters = subject.raw.country(&subject.tables.countries)?;
        Some(CompactString::from_utf8_lossy(&letters))
    }
}
