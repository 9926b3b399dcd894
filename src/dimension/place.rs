//! Where: the country, and the region where the operator's table knows it; nothing finer.

use compact_str::CompactString;

use crate::dimension::{Dimension, Exposure, Of, Subject, UNKNOWN};

/// The country, as the two letters of ISO 3166-1.
pub struct Country;
/// The region, as the code of ISO 3166-2 where the table has one.
pub struct Region;

impl Dimension for Country {
    fn code(&self) -> u8 {
        3
    }
    fn name(&self) -> &'static str {
        "country"
    }
    fn description(&self) -> &'static str {
        "country of the network address, two letters of ISO 3166-1"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::Visitor
    }
    /// ISO 3166-1 has 249 codes.
    fn distinct_max(&self) -> u32 {
        300
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        let letters = subject.raw.country(&subject.tables.countries);
        say(letters.map_or(CompactString::const_new(UNKNOWN), |letters| {
            CompactString::from_utf8_lossy(&letters)
        }));
    }
}

impl Dimension for Region {
    fn code(&self) -> u8 {
        14
    }
    fn name(&self) -> &'static str {
        "region"
    }
    fn description(&self) -> &'static str {
        "region of the network address, ISO 3166-2 where the operator's table has it"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::Visitor
    }
    /// ISO 3166-2 has some 5,000 codes.
    fn distinct_max(&self) -> u32 {
        6_000
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        if let Some(region) = subject.raw.region(&subject.tables.countries) {
            say(region);
        }
    }
}
