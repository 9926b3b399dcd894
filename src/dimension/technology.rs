//! With what: class of device, browser, system, screen and language, never finer than a major
//! version.

use compact_str::CompactString;

use crate::dimension::{Dimension, Exposure, Of, Subject, UNKNOWN};

/// One thing that a browser says of itself.
pub struct Technology {
    code: u8,
    name: &'static str,
    description: &'static str,
    of: Of,
    distinct_max: u32,
    read: fn(&Subject<'_>) -> Option<CompactString>,
}

/// Real browsers make some hundreds of names with their versions; agents are easily invented.
const NAMES_MAX: u32 = 2_000;

/// `desktop`, `mobile` or `tablet`.
pub const DEVICE: Technology = Technology {
    code: 4,
    name: "device",
    description: "class of device: desktop, mobile or tablet",
    of: Of::Visitor,
    distinct_max: 10,
    read: |subject| Some(subject.software.device.into()),
};

/// The browser's family.
pub const BROWSER: Technology = Technology {
    code: 22,
    name: "browser",
    description: "family of the browser",
    of: Of::Visitor,
    distinct_max: NAMES_MAX,
    read: |subject| subject.software.browser_family.as_deref().map(CompactString::from),
};

/// The browser's family and major version.
pub const BROWSER_VERSION: Technology = Technology {
    code: 5,
    name: "browser_version",
    description: "family and major version of the browser",
    of: Of::Visitor,
    distinct_max: NAMES_MAX,
    read: |subject| subject.software.browser.as_deref().map(CompactString::from),
};

/// The operating system's family.
pub const SYSTEM: Technology = Technology {
    code: 23,
    name: "system",
    description: "family of the operating system",
    of: Of::Visitor,
    distinct_max: NAMES_MAX,
    read: |subject| subject.software.system_family.as_deref().map(CompactString::from),
};

/// The operating system's family and major version.
pub const SYSTEM_VERSION: Technology = Technology {
    code: 6,
    name: "system_version",
    description: "family and major version of the operating system",
    of: Of::Visitor,
    distinct_max: NAMES_MAX,
    read: |subject| subject.software.system.as_deref().map(CompactString::from),
};

/// The class of the window's width.
pub const SCREEN: Technology = Technology {
    code: 15,
    name: "screen",
    description: "class of the window's width in CSS pixels",
    of: Of::Hit,
    distinct_max: 10,
    read: |subject| subject.raw.screen().map(CompactString::from),
};

/// The preferred language.
pub const LANGUAGE: Technology = Technology {
    code: 16,
    name: "language",
    description: "preferred language of the browser, ISO 639",
    of: Of::Hit,
    // ISO 639-1 and 639-2 have some 500 codes.
    distinct_max: 600,
    read: |subject| subject.raw.language(),
};

impl Dimension for Technology {
    fn code(&self) -> u8 {
        self.code
    }
    fn name(&self) -> &'static str {
        self.name
    }
    fn description(&self) -> &'static str {
        self.description
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        self.of
    }
    fn distinct_max(&self) -> u32 {
        self.distinct_max
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        say((self.read)(subject).unwrap_or(CompactString::const_new(UNKNOWN)));
    }
}
