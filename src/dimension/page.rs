//! Which page: its scrubbed path, the first and the last of a visit, its sections, its host and its
//! title.

use compact_str::{CompactString, format_compact};

use crate::dimension::{
    BETWEEN, Dimension, ENTRY_PAGE, EXIT_PAGE, Exposure, Of, PAGE, Subject, TITLE,
};
use crate::model::KindOfHit;
use crate::model::rules::SECTIONS_MAX;

/// Pages of one site and day. The largest public sites read on a day some 30,000 of their pages;
/// beyond this the paths are invented, and would fill the disk.
const PAGES_MAX: u32 = 50_000;

/// The path of the page, of every kind of hit.
pub struct Page;
/// The path of a visit's first page; the journal derives it.
pub struct EntryPage;
/// The path of a visit's last page; the journal derives it.
pub struct ExitPage;
/// The declared path prefixes that the page lies in.
pub struct Section;
/// The host that the page was read on, where a site has several.
pub struct PageHost;
/// Path and title, so that a title is shown only if several visitors saw the same.
pub struct Title;

impl Dimension for Page {
    fn code(&self) -> u8 {
        PAGE
    }
    fn name(&self) -> &'static str {
        "page"
    }
    fn description(&self) -> &'static str {
        "path of the page, without anything personal"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::Hit
    }
    fn distinct_max(&self) -> u32 {
        PAGES_MAX
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        say(subject.raw.path(subject.site).clone());
    }
}

impl Dimension for EntryPage {
    fn code(&self) -> u8 {
        ENTRY_PAGE
    }
    fn name(&self) -> &'static str {
        "entry_page"
    }
    fn description(&self) -> &'static str {
        "path of the first page of the visit"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::FirstPage
    }
    fn distinct_max(&self) -> u32 {
        PAGES_MAX
    }
    fn values(&self, _subject: &Subject<'_>, _say: &mut dyn FnMut(CompactString)) {}
}

impl Dimension for ExitPage {
    fn code(&self) -> u8 {
        EXIT_PAGE
    }
    fn name(&self) -> &'static str {
        "exit_page"
    }
    fn description(&self) -> &'static str {
        "path of the last page of the visit"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::LastPage
    }
    fn distinct_max(&self) -> u32 {
        PAGES_MAX
    }
    fn values(&self, _subject: &Subject<'_>, _say: &mut dyn FnMut(CompactString)) {}
}

impl Dimension for Section {
    fn code(&self) -> u8 {
        11
    }
    fn name(&self) -> &'static str {
        "section"
    }
    fn description(&self) -> &'static str {
        "declared section of the site that the page lies in; a page may lie in several"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::HitSeveral
    }
    fn distinct_max(&self) -> u32 {
        SECTIONS_MAX as u32
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        let sections = &subject.site.rules.sections;
        if sections.is_empty() {
            return;
        }
        let path = subject.raw.path(subject.site);
        sections
            .iter()
            .filter(|prefix| path.starts_with(prefix.as_str()))
            .for_each(|prefix| say(prefix.as_str().into()));
    }
}

impl Dimension for PageHost {
    fn code(&self) -> u8 {
        12
    }
    fn name(&self) -> &'static str {
        "host"
    }
    fn description(&self) -> &'static str {
        "host of the page: the site's own or one of its aliases"
    }
    fn exposure(&self) -> Exposure {
        Exposure::Public
    }
    fn of(&self) -> Of {
        Of::Hit
    }
    /// A site's own host and its aliases, which are declared.
    fn distinct_max(&self) -> u32 {
        1_000
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        say(subject.raw.page_host().into());
    }
}

impl Dimension for Title {
    fn code(&self) -> u8 {
        TITLE
    }
    fn name(&self) -> &'static str {
        "title"
    }
    fn description(&self) -> &'static str {
        "path and title of the page, for display beside the path"
    }
    fn exposure(&self) -> Exposure {
        Exposure::PublicAboveThreshold
    }
    fn of(&self) -> Of {
        Of::HitSeveral
    }
    fn distinct_max(&self) -> u32 {
        PAGES_MAX
    }
    fn values(&self, subject: &Subject<'_>, say: &mut dyn FnMut(CompactString)) {
        if subject.kind == KindOfHit::View
            && let Some(title) = subject.raw.title()
        {
            say(format_compact!("{}{BETWEEN}{title}", subject.raw.path(subject.site)));
        }
    }
}
