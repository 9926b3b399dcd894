//! What was done: features used, documents downloaded, links followed, pages not found, words
//! searched for.

use compact_str::format_compact;

use crate::dimension::deed_names::{DOWNLOAD as DOWNLOADED, MISSING as LOST, OUTBOUND};
use crate::dimension::{BETWEEN, Deed, Dimension, Exposure, Of, Subject};
use crate::model::{KindOfHit, Words};

/// Documents, links, lost addresses and words of a day on one site.
const TARGETS_MAX: u32 = 20_000;

/// What was done, if it is this.
fn deed<'a>(subject: &Subject<'a>, name: &str) -> Option<&'a Deed> {
    subject.deed.filter(|deed| deed.name == name)
}

/// The name of the event.
pub const EVENT: Dimension = Dimension {
    code: 7,
    name: "event",
    description: Words::new(
        "ce qui a été fait : download (téléchargement), outbound (lien sortant), missing (page \
         introuvable) ou une fonction déclarée",
        "what was done: download, outbound, missing, or a declared feature",
    ),
    columns: &["event"],
    exposure: Exposure::Public,
    of: Of::Deed,
    is_total: false,
    is_path: false,
    is_address: false,
    may_be_invented: false,
    // A site declares its features; more names than this are invented.
    distinct_max: 1_000,
    values: |subject, say| {
        if let Some(deed) = subject.deed {
            say(deed.name.clone());
        }
    },
};

/// The document that was downloaded.
pub const DOWNLOAD: Dimension = Dimension {
    code: 17,
    name: "download",
    description: Words::new(
        "hôte et chemin du document téléchargé",
        "host and path of the document that was downloaded",
    ),
    columns: &["download"],
    exposure: Exposure::Public,
    of: Of::Deed,
    is_total: false,
    is_path: false,
    is_address: true,
    may_be_invented: true,
    distinct_max: TARGETS_MAX,
    values: |subject, say| {
        deed(subject, DOWNLOADED).and_then(|deed| deed.target.clone()).into_iter().for_each(say);
    },
};

/// The page of another site that was gone to.
pub const OUTLINK: Dimension = Dimension {
    code: 18,
    name: "outlink",
    description: Words::new(
        "hôte et chemin du lien suivi vers un autre site ; `:private` pour un réseau privé ou une \
         machine sans nom",
        "host and path of the link to another site that was followed; `:private` for a private \
         network or a machine without a name",
    ),
    columns: &["outlink"],
    exposure: Exposure::Public,
    of: Of::Deed,
    is_total: false,
    is_path: false,
    is_address: true,
    may_be_invented: true,
    distinct_max: TARGETS_MAX,
    values: |subject, say| {
        deed(subject, OUTBOUND).and_then(|deed| deed.target.clone()).into_iter().for_each(say);
    },
};

/// The path that does not exist.
pub const MISSING: Dimension = Dimension {
    code: 19,
    name: "missing",
    description: Words::new(
        "chemin demandé qui n'existe pas",
        "path that was asked for and does not exist",
    ),
    columns: &["missing"],
    exposure: Exposure::Public,
    of: Of::Deed,
    is_total: false,
    is_path: true,
    is_address: true,
    may_be_invented: true,
    distinct_max: TARGETS_MAX,
    values: |subject, say| {
        if deed(subject, LOST).is_some() {
            say(subject.raw.path(subject.site).clone());
        }
    },
};

/// The path that does not exist, and the page or host that led to it.
pub const MISSING_FROM: Dimension = Dimension {
    code: 29,
    name: "missing_from",
    description: Words::new(
        "chemin qui n'existe pas, et la page du site ou l'autre hôte qui y menait",
        "path that does not exist, and the page of the site or the other host that led to it",
    ),
    columns: &["missing", "missing_from"],
    exposure: Exposure::Public,
    of: Of::Deed,
    is_total: false,
    is_path: true,
    is_address: true,
    may_be_invented: true,
    distinct_max: TARGETS_MAX,
    values: |subject, say| {
        if deed(subject, LOST).is_some()
            && let Some(from) = subject.raw.led_from(subject.site)
        {
            say(format_compact!("{}{BETWEEN}{from}", subject.raw.path(subject.site)));
        }
    },
};

/// The words searched for on the site.
pub const SEARCH: Dimension = Dimension {
    code: 20,
    name: "search",
    description: Words::new(
        "mots cherchés sur le site lui-même",
        "words searched for on the site itself",
    ),
    columns: &["search"],
    exposure: Exposure::PublicAboveThreshold,
    of: Of::HitSeveral,
    is_total: false,
    is_path: false,
    is_address: false,
    may_be_invented: true,
    distinct_max: TARGETS_MAX,
    values: |subject, say| {
        if subject.kind == KindOfHit::View {
            subject.raw.searched(subject.site).into_iter().for_each(say);
        }
    },
};

/// A property of an event, with its name.
pub const PROPERTY: Dimension = Dimension {
    code: 21,
    name: "property",
    description: Words::new(
        "propriété d'un événement, sous la forme nom=valeur ; seulement avec le profil étendu",
        "property of an event, as name=value; only under the extended profile",
    ),
    columns: &["property"],
    exposure: Exposure::Staff,
    of: Of::DeedSeveral,
    is_total: false,
    is_path: false,
    is_address: false,
    may_be_invented: true,
    distinct_max: TARGETS_MAX,
    values: |subject, say| {
        let deeds = subject.deed.into_iter();
        deeds.flat_map(|deed| &deed.properties).for_each(|property| say(property.clone()));
    },
};
