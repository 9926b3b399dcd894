//! The registers as files: breaks, methods, sites and releases, each made anew when it is asked
//! for, row by row.

use std::io;
use std::sync::{Arc, LazyLock};

use crate::model::{Site, Words};
use crate::privacy::RELEASE_RULE;
use crate::publish::beside;
use crate::publish::packed::packed;
use crate::publish::portal::entries::folder_of;
use crate::publish::portal::source::Source;
use crate::publish::table::{Column, Format, Head, Kind, Row, Schema, Value};
use crate::publish::{ALL, GENERATOR, LICENCE, PublishError};
use crate::store::{Release, ReleasedFile, StoreError};

/// Releases that are read from the store at once: some hundred kilobytes with their files.
const RELEASES_AT_ONCE: usize = 100;

/// A register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// Moments after which figures do not compare with those before.
    Breaks,
    /// The ways of counting.
    Methods,
    /// The sites that are measured.
    Sites,
    /// Every release with its files.
    Releases,
}

/// Every register.
pub const REGISTERS: [Register; 4] =
    [Register::Breaks, Register::Methods, Register::Sites, Register::Releases];

impl Register {
    /// The register of this name.
    pub fn named(name: &str) -> Option<Self> {
        REGISTERS.into_iter().find(|one| one.name() == name)
    }

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Breaks => "breaks",
            Self::Methods => "methods",
            Self::Sites => "sites",
            Self::Releases => "releases",
        }
    }

    /// Its columns.
    fn schema(self) -> Schema {
        match self {
            Self::Breaks => beside::break_schema(),
            Self::Methods => beside::method_schema(),
            Self::Sites => beside::site_schema(),
            Self::Releases => release_schema(),
        }
    }
}

/// The schema of a register, which lives as long as the program.
pub fn register_schema(register: Register) -> &'static Schema {
    static SCHEMAS: LazyLock<[Schema; 4]> = LazyLock::new(|| REGISTERS.map(Register::schema));
    &SCHEMAS[register as usize]
}

/// A register as a packed file: of all sites, or of the one that is given.
pub fn register(
    source: &Source<'_>,
    register: Register,
    of: Option<&Arc<Site>>,
    format: &dyn Format,
) -> Result<(ReleasedFile, Vec<u8>), PublishError> {
    let sites = of.map_or(source.sites, std::slice::from_ref);
    let head = Head {
        about: of.map_or(ALL.to_owned(), |site| site.host.to_string()),
        period: None,
        time_zone: of.map(|site| site.zone.name().to_owned()),
        revision: 0,
        released: None,
        reason: None,
        generator: GENERATOR.to_owned(),
        rule: RELEASE_RULE,
        method: String::new(),
        licence: of.map_or(LICENCE, |site| site.rules.licence.name()).to_owned(),
        synthetic: sites.iter().any(|site| site.synthetic),
    };
    let schema = register_schema(register);
    let mut rows: Box<dyn Iterator<Item = io::Result<Row>> + '_> = match register {
        Register::Breaks => Box::new(beside::break_rows(source.store, sites)),
        Register::Methods => Box::new(beside::method_rows()),
        Register::Sites => Box::new(beside::site_rows(source.store, sites, source.now)),
        Register::Releases => Box::new(release_rows(source)),
    };
    Ok(packed(format, &head, schema, &mut *rows)?)
}

/// The lines of every release, read page by page.
fn release_rows<'a>(source: &'a Source<'_>) -> impl Iterator<Item = io::Result<Row>> + 'a {
    let mut last = Some(0);
    let pages = std::iter::from_fn(move || {
        let page = source.store.releases_after(last?, RELEASES_AT_ONCE);
        last = page.as_ref().ok().and_then(|page| page.last().map(|(release, _)| release.id));
        match page {
            Ok(page) if page.is_empty() => None,
            page => Some(page),
        }
    });
    pages.flat_map(|page| rows_of_page(source, page))
}

fn rows_of_page(
    source: &Source<'_>,
    page: Result<Vec<(Release, Vec<ReleasedFile>)>, StoreError>,
) -> Vec<io::Result<Row>> {
    match page {
        Ok(page) => {
            let of = |(release, files): &(Release, Vec<ReleasedFile>)| {
                files.iter().map(|file| Ok(release_row(source, release, file))).collect::<Vec<_>>()
            };
            page.iter().flat_map(of).collect()
        }
        Err(error) => vec![Err(io::Error::other(error.to_string()))],
    }
}

fn release_row(source: &Source<'_>, release: &Release, file: &ReleasedFile) -> Row {
    let text = |text: &str| match text {
        "" => Value::Nothing,
        text => Value::Text(text.to_owned()),
    };
    let Release { about, period, revision, .. } = release;
    let path =
        format!("{}/{}/{period}-r{revision}.{}", folder_of(about), file.dataset, file.format);
    vec![
        text(about),
        text(&period.to_string()),
        Value::Integer(u64::from(*revision)),
        text(&release.released.to_string()),
        text(&release.generator),
        text(&release.rule),
        text(&release.method),
        text(release.reason.as_deref().unwrap_or_default()),
        text(&file.dataset),
        text(&file.format),
        Value::Integer(file.bytes),
        text(&file.sha256),
        text(&format!("{}{path}", source.base_url)),
    ]
}

/// The columns of the register of releases: their names, kinds and words, and whether they may be
/// empty.
const RELEASE_COLUMNS: [(&str, Kind, [&str; 4], bool); 13] = [
    (
        "about",
        Kind::Text,
        [
            "Périmètre",
            "About",
            "Nom d'hôte, organisation précédée de « organisation: », ou « all »",
            "A host, an organisation after \"organisation:\", or \"all\"",
        ],
        false,
    ),
    (
        "period",
        Kind::Text,
        ["Période", "Period", "Jour, mois ou année", "Day, month or year"],
        false,
    ),
    (
        "revision",
        Kind::Integer,
        ["Révision", "Revision", "Numéro de la révision, à partir de 1", "Its number, from 1"],
        false,
    ),
    (
        "released",
        Kind::Moment,
        ["Publié", "Released", "Moment de la publication", "When it was released"],
        false,
    ),
    (
        "generator",
        Kind::Text,
        ["Programme", "Generator", "Programme et version", "Program and version"],
        false,
    ),
    (
        "rule",
        Kind::Text,
        ["Règle", "Rule", "Version des règles de diffusion", "Version of the rules of publishing"],
        false,
    ),
    (
        "method",
        Kind::Text,
        [
            "Méthodes",
            "Methods",
            "Méthodes de collecte, séparées par des virgules ; vide si aucun jour n'est compté",
            "Methods of collection, by commas; empty if no day was counted",
        ],
        true,
    ),
    (
        "reason",
        Kind::Text,
        [
            "Raison",
            "Reason",
            "Raison de la révision ; vide pour la première",
            "Why there is this revision; empty for the first",
        ],
        true,
    ),
    ("dataset", Kind::Text, ["Jeu de données", "Dataset", "Son nom", "Its name"], false),
    ("format", Kind::Text, ["Format", "Format", "Extension du fichier", "Extension"], false),
    (
        "bytes",
        Kind::Integer,
        ["Octets", "Bytes", "Taille du fichier en octets", "Size of the file in bytes"],
        false,
    ),
    (
        "sha256",
        Kind::Text,
        ["SHA-256", "SHA-256", "Empreinte du fichier, en hexadécimal", "Hash, in hexadecimal"],
        false,
    ),
    (
        "address",
        Kind::Text,
        ["Adresse", "Address", "Adresse qui ne change jamais", "An address that never changes"],
        false,
    ),
];

fn release_schema() -> Schema {
    let column = |(name, kind, words, may_be_empty): (_, _, [&'static str; 4], _)| {
        let [title_fr, title_en, description_fr, description_en] = words;
        let title = Words::new(title_fr, title_en);
        let description = Words::new(description_fr, description_en);
        Column { name, kind, title, description, may_be_empty }
    };
    Schema {
        dataset: Register::Releases.name(),
        title: Words::new("Registre des publications", "Register of releases"),
        description: Words::new(
            "Chaque fichier publié, avec sa révision, sa raison, sa taille et son empreinte",
            "Every file that was released, with its revision, its reason, its size and its hash",
        ),
        columns: RELEASE_COLUMNS.map(column).to_vec(),
        primary_key: vec!["about", "period", "revision", "dataset", "format"],
    }
}
