//! The register of releases: every file that was let out, with its hash and its address for ever.

use std::io;

use crate::model::Words;
use crate::publish::portal::entries::folder_of;
use crate::publish::portal::source::Source;
use crate::publish::table::{Column, Kind, Row, Schema, Value};
use crate::store::{Release, ReleasedFile, StoreError};

/// Releases that are read from the store at once: some hundred kilobytes with their files.
const RELEASES_AT_ONCE: usize = 100;

/// The lines of every release, read page by page.
pub fn rows<'a>(source: &'a Source<'_>) -> impl Iterator<Item = io::Result<Row>> + 'a {
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

/// The columns.
pub fn schema() -> Schema {
    let column = |(name, kind, words, may_be_empty): (_, _, [&'static str; 4], _)| {
        let [title_fr, title_en, description_fr, description_en] = words;
        let title = Words::new(title_fr, title_en);
        let description = Words::new(description_fr, description_en);
        Column { name, kind, title, description, may_be_empty }
    };
    Schema {
        dataset: "releases",
        title: Words::new("Registre des publications", "Register of releases"),
        description: Words::new(
            "Chaque fichier publié, avec sa révision, sa raison, sa taille et son empreinte",
            "Every file that was released, with its revision, its reason, its size and its hash",
        ),
        columns: RELEASE_COLUMNS.map(column).to_vec(),
        primary_key: vec!["about", "period", "revision", "dataset", "format"],
    }
}
