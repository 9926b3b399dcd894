//! Where: the country, and the region where the operator's table knows it; nothing finer.

use compact_str::{CompactString, format_compact};

use crate::dimension::{BETWEEN, Dimension, Exposure, Of, UNKNOWN, technology};
use crate::model::Words;

/// The country, as the two letters of ISO 3166-1.
pub const COUNTRY: Dimension = Dimension {
    code: 3,
    name: "country",
    description: Words::new(
        "pays de l'adresse réseau, deux lettres de la norme ISO 3166-1",
        "country of the network address, two letters of ISO 3166-1",
    ),
    columns: &["country"],
    exposure: Exposure::Public,
    of: Of::Visitor,
    is_total: true,
    is_path: false,
    is_address: false,
    may_be_invented: false,
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
    description: Words::new(
        "région de l'adresse réseau, norme ISO 3166-2 si la table de l'exploitant la connaît",
        "region of the network address, ISO 3166-2 where the operator's table has it",
    ),
    columns: &["region"],
    exposure: Exposure::Public,
    of: Of::Visitor,
    is_total: false,
    is_path: false,
    is_address: false,
    may_be_invented: false,
    // ISO 3166-2 has some 5,000 codes.
    distinct_max: 6_000,
    values: |subject, say| {
        if let Some(region) = subject.raw.region(&subject.tables.countries) {
            say(region);
        }
    },
};

/// The country and the class of device together: crossed with the page it is the table that the
/// law on the Single Digital Gateway asks for. By itself it would say what the crossing of its two
/// halves says, and of each day: its small lines would cost lines of countries and of devices.
pub const COUNTRY_DEVICE: Dimension = Dimension {
    code: 31,
    name: "country_device",
    description: Words::new(
        "pays de l'adresse réseau et classe d'appareil, ensemble",
        "country of the network address and class of device, together",
    ),
    columns: &["country", "device"],
    exposure: Exposure::Crossed,
    of: Of::Visitor,
    is_total: true,
    is_path: false,
    is_address: false,
    may_be_invented: false,
    // As many as countries and classes of device make.
    distinct_max: COUNTRY.distinct_max * technology::DEVICE.distinct_max,
    values: |subject, say| {
        (COUNTRY.values)(subject, &mut |country| {
            (technology::DEVICE.values)(subject, &mut |device| {
                say(format_compact!("{country}{BETWEEN}{device}"));
            });
        });
    },
};
