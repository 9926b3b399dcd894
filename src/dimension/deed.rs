//! What was done: features used, documents downloaded, links followed, pages not found, words
//! searched for.

use compact_str::{CompactString, format_compact};

use crate::dimension::deed_names::{DOWNLOAD as DOWNLOADED, MISSING, OUTBOUND};
use crate::dimension::{BETWEEN, Dimension, Exposure, Of, Subject};
use crate::model::KindOfHit;

/// Documents, links, lost addresses and words of a day on one site.
const TARGETS_MAX: u32 = 20_000;

/// The name of the event.
pub struct Event;

/// Host and scrubbed path of a link that was followed.
pub struct Link {
    code: u8,
    name: &'static str,
    description: &'static str,
    deed: &'static str,
}

/// The document that was downloaded.
pub const DOWNLOAD: Link = Link {
    code: 17,
    name: "download",
    description: "host and path of the document that was downloaded",
    deed: DOWNLOADED,
};

/// The page of another site that was gone to.
pub const OUTLINK: Link = Link {
    code: 18,
    name: "outlink",
    description: "host and path of the link to another site that was followed",
    deed: OUTBOUND,
};

/// The path that does not exist.
pub struct Missing;
/// The page or host that led to it.
pub struct MissingFrom;
/// The words searched for on the site.
pub struct Search;
/// A property of an event, with its name.
pub struct Property;

impl Dimension for Event {
    fn code(&self) -> u8 {
        7
    }
    fn name(&self) -> &'static str {
        "event"
    }
    fn description(&self) -> &'static str {
        "what was done: download, outbound, missing, or a declared feature"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::Deed
    }
    /// A site declares its features; more names than this are invented.
    fn distinct_max(&self) -> u32 {
        1_000
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        if let Some(deed) = subject.deed {
            say(deed.name.clone());
        }
    }
}

impl Dimension for Link {
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
        Of::Deed
    }
    fn distinct_max(&self) -> u32 {
        TARGETS_MAX
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        let deed = subject.deed.filter(|deed| deed.name == self.deed);
        if let Some(target) = deed.and_then(|deed| deed.target.clone()) {
            say(target);
        }
    }
}

impl Dimension for Missing {
    fn code(&self) -> u8 {
        19
    }
    fn name(&self) -> &'static str {
        "missing"
    }
    fn description(&self) -> &'static str {
        "path that was asked for and does not exist"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::Deed
    }
    fn distinct_max(&self) -> u32 {
        TARGETS_MAX
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        if subject.deed.is_some_and(|deed| deed.name == MISSING) {
            say(subject.raw.path(subject.site).clone());
        }
    }
}

impl Dimension for MissingFrom {
    fn code(&self) -> u8 {
        29
    }
    fn name(&self) -> &'static str {
        "missing_from"
    }
    fn description(&self) -> &'static str {
        "path that does not exist, and the page of the site or the other host that led to it"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::Deed
    }
    fn distinct_max(&self) -> u32 {
        TARGETS_MAX
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        if subject.deed.is_some_and(|deed| deed.name == MISSING)
            && let Some(from) = subject.raw.led_from(subject.site)
        {
            say(format_compact!("{}{BETWEEN}{from}", subject.raw.path(subject.site)));
        }
    }
}

impl Dimension for Search {
    fn code(&self) -> u8 {
        20
    }
    fn name(&self) -> &'static str {
        "search"
    }
    fn description(&self) -> &'static str {
        "words searched for on the site itself"
    }
    fn exposure(&self) -> Exposure {
        Exposure::PublicAboveThreshold
    }
    fn of(&self) -> Of {
        Of::HitSeveral
    }
    fn distinct_max(&self) -> u32 {
        TARGETS_MAX
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        if subject.kind == KindOfHit::View
            && let Some(words) = subject.raw.searched(subject.site)
        {
            say(words);
        }
    }
}

impl Dimension for Property {
    fn code(&self) -> u8 {
        21
    }
    fn name(&self) -> &'static str {
        "property"
    }
    fn description(&self) -> &'static str {
        "property of an event, as name=value; only under the extended profile"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Staff
    }
    fn of(&self) -> Of {
        Of::DeedSeveral
    }
    fn distinct_max(&self) -> u32 {
        TARGETS_MAX
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        if let Some(deed) = subject.deed {
            deed.properties.iter().for_each(|property| say(property.clone()));
        }
    }
}
