//! Where: the country, and the region where the operator's table knows it; nothing finer.

use compact_str::CompactString;

use crate::dimension::{Dimension, Exposure, Of, UNKNOWN};

/// The country, as the two letters of ISO 3166-1.
pub const COUNTRY: Dimension = Dimension {
    code: 3,
    name: "country",
    description: "country of the network address, two letters of ISO 3166-1",
    columns: &["country"],
    exposure: Exposure::Public,
    of: Of::Visitor,
    is_total: true,
    is_path: false,
    // ISO 3166-1 has 249 codes.
    distinct_max: 300,
    values: |subject, say| {
        let letters = subject.raw.country(&subject.tables.countries);
        say(letters.map_or(CompactString::const_new(UNKNOWN), |letters| {
            CompactString::from_utf8_lossy(&letters)
        }));
    },
};

/// The region, as the code of ISO 3166-2 where the table has one.
pub const REGION: Dimension = Dimension {
    code: 14,
    name: "region",
    description: "region of the network address, ISO 3166-2 where the operator's table \
        has it",
    columns: &["region"],
    exposure: Exposure::Public,
    of: Of::Visitor,
    is_total: false,
    is_path: false,
    // ISO 3166-2 has some 5,000 codes.
    distinct_max: 6_000,
    values: |subject, say| {
        if let Some(region) = subject.raw.region(&subject.tables.countries) {
            say(region);
        }
    },
};
