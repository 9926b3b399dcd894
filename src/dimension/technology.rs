//! With what: class of device, browser, system, screen and language, never finer than a major
//! version.

use compact_str::CompactString;

use crate::dimension::{Dimension, Exposure, Of, UNKNOWN};
use crate::model::Words;

/// Real browsers make some hundreds of names with their versions; agents are easily invented.
const NAMES_MAX: u32 = 2_000;

fn known(text: Option<&str>) -> CompactString {
    text.map_or(CompactString::const_new(UNKNOWN), CompactString::from)
}

/// `desktop`, `mobile`, `tablet`, `tv` or `console`.
pub const DEVICE: Dimension = Dimension {
    code: 4,
    name: "device",
    description: Words::new(
        "classe d'appareil : desktop (ordinateur), mobile, tablet (tablette), tv (téléviseur) ou \
         console (console de jeux)",
        "class of device: desktop, mobile, tablet, tv (television) or console (game console)",
    ),
    columns: &["device"],
    exposure: Exposure::Public,
    of: Of::Visitor,
    is_total: true,
    is_path: false,
    is_address: false,
    may_be_invented: false,
    distinct_max: 10,
    values: |subject, say| say(subject.software.device.into()),
};

/// The browser's family.
pub const BROWSER: Dimension = Dimension {
    code: 22,
    name: "browser",
    description: Words::new("famille du navigateur", "family of the browser"),
    columns: &["browser"],
    exposure: Exposure::Public,
    of: Of::Visitor,
    is_total: true,
    is_path: false,
    is_address: false,
    may_be_invented: true,
    distinct_max: NAMES_MAX,
    values: |subject, say| say(known(subject.software.browser_family.as_deref())),
};

/// The browser's family and major version.
pub const BROWSER_VERSION: Dimension = Dimension {
    code: 5,
    name: "browser_version",
    description: Words::new(
        "famille et version majeure du navigateur",
        "family and major version of the browser",
    ),
    columns: &["browser_version"],
    exposure: Exposure::Public,
    of: Of::Visitor,
    is_total: true,
    is_path: false,
    is_address: false,
    may_be_invented: true,
    distinct_max: NAMES_MAX,
    values: |subject, say| say(known(subject.software.browser.as_deref())),
};

/// The operating system's family.
pub const SYSTEM: Dimension = Dimension {
    code: 23,
    name: "system",
    description: Words::new("famille du système d'exploitation", "family of the operating system"),
    columns: &["system"],
    exposure: Exposure::Public,
    of: Of::Visitor,
    is_total: true,
    is_path: false,
    is_address: false,
    may_be_invented: true,
    distinct_max: NAMES_MAX,
    values: |subject, say| say(known(subject.software.system_family.as_deref())),
};

/// The operating system's family and major version.
pub const SYSTEM_VERSION: Dimension = Dimension {
    code: 6,
    name: "system_version",
    description: Words::new(
        "famille et version majeure du système d'exploitation",
        "family and major version of the operating system",
    ),
    columns: &["system_version"],
    exposure: Exposure::Public,
    of: Of::Visitor,
    is_total: true,
    is_path: false,
    is_address: false,
    may_be_invented: true,
    distinct_max: NAMES_MAX,
    values: |subject, say| say(known(subject.software.system.as_deref())),
};

/// The class of the window's width.
pub const SCREEN: Dimension = Dimension {
    code: 15,
    name: "screen",
    description: Words::new(
        "classe de largeur de la fenêtre, en pixels CSS",
        "class of the window's width in CSS pixels",
    ),
    columns: &["screen"],
    exposure: Exposure::Public,
    of: Of::Hit,
    is_total: true,
    is_path: false,
    is_address: false,
    may_be_invented: false,
    distinct_max: 10,
    values: |subject, say| say(known(subject.raw.screen())),
};

/// The preferred language.
pub const LANGUAGE: Dimension = Dimension {
    code: 16,
    name: "language",
    description: Words::new(
        "langue préférée du navigateur, norme ISO 639",
        "preferred language of the browser, ISO 639",
    ),
    columns: &["language"],
    exposure: Exposure::Public,
    of: Of::Hit,
    is_total: true,
    is_path: false,
    is_address: false,
    may_be_invented: true,
    // ISO 639-1 and 639-2 have some 500 codes.
    distinct_max: 600,
    values: |subject, say| say(known(subject.raw.language().as_deref())),
};
