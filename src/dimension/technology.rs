//! With what: class of device, browser and system of a page view, with major versions only.

use compact_str::CompactString;

use crate::dimension::{Dimension, Exposure, Subject};
use crate::model::KindOfHit;

/// `desktop`, `mobile` or `tablet`.
pub struct Device;
/// Family and major version of the browser.
pub struct Browser;
/// Family and major version of the operating system.
pub struct System;

/// Real browsers make some hundreds of names with their versions; agents are easily invented.
const NAMES_MAX: u32 = 2_000;

fn of_view<'a>(subject: &'a Subject<'_>, text: Option<&'a str>) -> Option<CompactString> {
    match subject.kind {
        KindOfHit::View => text.map(CompactString::from),
        KindOfHit::Event | KindOfHit::Reading(_) => None,
    }
}

impl Dimension for Device {
    fn code(&self) -> u8 {
        4
    }
    fn name(&self) -> &'static str {
        "device"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Staff
    }
    fn hourly(&self) -> bool {
        false
    }
    fn distinct_max(&self) -> u32 {
        10
    }
    fn value(&self, subject: &Subject<'_>) -> Option<CompactString> {
        of_view(subject, Some(subject.software.device))
    }
}

impl Dimension for Browser {
    fn code(&self) -> u8 {
        5
    }
    fn name(&self) -> &'static str {
        "browser"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Staff
    }
    fn hourly(&self) -> bool {
        false
    }
    fn distinct_max(&self) -> u32 {
        NAMES_MAX
    }
    fn value(&self, subject: &Subject<'_>) -> Option<CompactString> {
        of_view(subject, subject.software.browser.as_deref())
    }
}

impl Dimension for System {
    fn code(&self) -> u8 {
        6
    }
    fn name(&self) -> &'static str {
        "system"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Staff
    }
    fn hourly(&self) -> bool {
        false
    }
    fn distinct_max(&self) -> u32 {
        NAMES_MAX
    }
    fn value(&self, subject: &Subject<'_>) -> Option<CompactString> {
        of_view(subject, subject.software.system.as_deref())
    }
}
