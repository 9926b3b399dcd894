//! Where from: the site that led to a visit, and of which kind it is.

use compact_str::CompactString;

use crate::dimension::{DIRECT, Dimension, Exposure, Of};
use crate::model::{KindOfHit, Words};
use crate::privacy::lets_in_channels;

/// The name of the source, or the referring host.
pub const SOURCE: Dimension = Dimension {
    code: 2,
    name: "source",
    description: Words::new(
        "site qui a mené à la première page de la visite ; `:direct` si aucun, `:private` pour un \
         réseau privé ou une machine sans nom",
        "site that led to the visit's first page; `:direct` where none did, `:private` for a \
         private network or a machine without a name",
    ),
    columns: &["source"],
    exposure: Exposure::Public,
    of: Of::Visit,
    is_total: true,
    is_path: false,
    is_address: true,
    may_be_invented: true,
    // Referrers are easily invented; no site has this many real ones in a day.
    distinct_max: 5_000,
    values: |subject, say| {
        if subject.kind == KindOfHit::View {
            let source = subject.raw.source(subject.site, &subject.tables.sources);
            say(source.unwrap_or(CompactString::const_new(DIRECT)));
        }
    },
};

/// The kind of source.
pub const SOURCE_KIND: Dimension = Dimension {
    code: 13,
    name: "source_kind",
    description: Words::new(
        "genre de provenance : search, social, mail, assistant, public, other, \
         `:private` (réseau privé ou machine sans nom) ou `:direct` ; seulement avec le profil \
         étendu",
        "kind of source: search, social, mail, assistant, public, other, `:private` (private \
         network, or machine without a name) or `:direct`; only under the extended profile",
    ),
    columns: &["source_kind"],
    exposure: Exposure::Public,
    of: Of::Visit,
    is_total: false,
    is_path: false,
    is_address: false,
    may_be_invented: false,
    // There are six kinds, `:private` and `:direct`.
    distinct_max: 10,
    values: |subject, say| {
        if subject.kind == KindOfHit::View && lets_in_channels(subject.site) {
            let kind = subject.raw.source_kind(subject.site, &subject.tables.sources);
            say(CompactString::const_new(kind.unwrap_or(DIRECT)));
        }
    },
};
