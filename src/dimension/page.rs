//! Which page: its scrubbed path, the first and the last of a visit, its sections, its host and its
//! title.

use compact_str::format_compact;

use crate::dimension::{BETWEEN, Dimension, Exposure, Of};
use crate::model::rules::SECTIONS_MAX;
use crate::model::{KindOfHit, Words};

/// Pages of one site and day. The largest public sites read on a day some 30,000 of their pages;
/// beyond this the paths are invented, and would fill the disk.
const PAGES_MAX: u32 = 50_000;

/// The path of the page, of every kind of hit.
pub const PAGE: Dimension = Dimension {
    code: 1,
    name: "page",
    description: Words::new(
        "chemin de la page, sans rien de personnel",
        "path of the page, without anything personal",
    ),
    columns: &["page"],
    exposure: Exposure::Public,
    of: Of::Hit,
    is_total: true,
    is_path: true,
    is_address: true,
    may_be_invented: true,
    distinct_max: PAGES_MAX,
    values: |subject, say| say(subject.raw.path(subject.site).clone()),
};

/// The path of a visit's first page; the journal derives it.
pub const ENTRY_PAGE: Dimension = Dimension {
    code: 9,
    name: "entry_page",
    description: Words::new(
        "chemin de la première page de la visite",
        "path of the first page of the visit",
    ),
    columns: &["entry_page"],
    exposure: Exposure::Public,
    of: Of::FirstPage,
    is_total: false,
    is_path: true,
    is_address: true,
    may_be_invented: true,
    distinct_max: PAGES_MAX,
    values: |_, _| {},
};

/// The path of a visit's last page; the journal derives it.
pub const EXIT_PAGE: Dimension = Dimension {
    code: 10,
    name: "exit_page",
    description: Words::new(
        "chemin de la dernière page de la visite",
        "path of the last page of the visit",
    ),
    columns: &["exit_page"],
    exposure: Exposure::Public,
    of: Of::LastPage,
    is_total: false,
    is_path: true,
    is_address: true,
    may_be_invented: true,
    distinct_max: PAGES_MAX,
    values: |_, _| {},
};

/// The declared path prefixes that the page lies in.
pub const SECTION: Dimension = Dimension {
    code: 11,
    name: "section",
    description: Words::new(
        "rubrique déclarée du site où se trouve la page ; une page peut être dans plusieurs",
        "declared section of the site that the page lies in; a page may lie in several",
    ),
    columns: &["section"],
    exposure: Exposure::Public,
    of: Of::HitSeveral,
    is_total: false,
    is_path: true,
    is_address: true,
    may_be_invented: false,
    distinct_max: SECTIONS_MAX as u32,
    values: |subject, say| {
        let sections = &subject.site.rules.sections;
        if sections.is_empty() {
            return;
        }
        let path = subject.raw.path(subject.site);
        sections
            .iter()
            .filter(|prefix| path.starts_with(prefix.as_str()))
            .for_each(|prefix| say(prefix.as_str().into()));
    },
};

/// The host that the page was read on, where a site has several.
pub const HOST: Dimension = Dimension {
    code: 12,
    name: "host",
    description: Words::new(
        "nom d'hôte de la page : celui du site ou l'un de ses autres noms",
        "host of the page: the site's own or one of its aliases",
    ),
    columns: &["host"],
    exposure: Exposure::Public,
    of: Of::Hit,
    is_total: true,
    is_path: false,
    is_address: true,
    may_be_invented: false,
    // A site's own host and its aliases, which are declared.
    distinct_max: 1_000,
    values: |subject, say| say(subject.raw.page_host().into()),
};

/// Path and title, so that a title is shown only if several visitors saw the same.
pub const TITLE: Dimension = Dimension {
    code: 30,
    name: "title",
    description: Words::new(
        "chemin et titre de la page, pour montrer le titre à côté du chemin",
        "path and title of the page, for display beside the path",
    ),
    columns: &["page", "title"],
    exposure: Exposure::Beside,
    of: Of::HitSeveral,
    is_total: false,
    is_path: true,
    is_address: true,
    may_be_invented: true,
    distinct_max: PAGES_MAX,
    values: |subject, say| {
        if subject.kind == KindOfHit::View
            && let Some(title) = subject.raw.title()
        {
            say(format_compact!("{}{BETWEEN}{title}", subject.raw.path(subject.site)));
        }
    },
};
