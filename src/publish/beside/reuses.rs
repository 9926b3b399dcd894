//! The register of re-uses as a dataset: what others make of the figures, in the terms of
//! data.gouv.fr.

use std::io;

use crate::model::{ReuseKind, Words};
use crate::publish::beside::{full, open, text};
use crate::publish::table::{Kind, Row, Schema, Value};
use crate::store::{Reuse, ReuseState, Store};

/// The kinds with their names.
const KINDS: [(&str, Words); ReuseKind::ALL.len()] = {
    let mut kinds = [("", Words::new("", "")); ReuseKind::ALL.len()];
    let mut place = 0;
    while place < kinds.len() {
        kinds[place] = (ReuseKind::ALL[place].name(), ReuseKind::ALL[place].title());
        place += 1;
    }
    kinds
};

/// The columns, named as those of a re-use in udata.
pub fn schema() -> Schema {
    Schema {
        dataset: "reuses",
        title: Words::new("Registre des réutilisations", "Register of re-uses"),
        description: Words::new(
            "Ce que d'autres ont fait des chiffres : réutilisations déclarées par leurs auteurs, \
             puis relues avant d'être publiées, dans les termes de data.gouv.fr",
            "What others made of the figures: re-uses that their authors declared and that were \
             looked at before they are published, in the terms of data.gouv.fr",
        ),
        columns: vec![
            full(
                "id",
                Kind::Integer,
                ("Numéro", "Number"),
                ("Numéro qui ne change jamais", "A number that never changes"),
            ),
            full("title", Kind::Text, ("Titre", "Title"), ("Nom donné par l'auteur", "Its name")),
            full(
                "type",
                Kind::Code(&KINDS),
                ("Type", "Type"),
                ("Type de réutilisation, code d'udata", "What it is, by the codes of udata"),
            ),
            full(
                "url",
                Kind::Text,
                ("Adresse", "Address"),
                ("Adresse où la trouver", "Where it is found"),
            ),
            open(
                "description",
                Kind::Text,
                ("Description", "Description"),
                (
                    "Ce qu'elle fait ; vide si l'auteur n'en dit rien",
                    "What it does; empty if unsaid",
                ),
            ),
            full(
                "datasets",
                Kind::Text,
                ("Jeux de données", "Datasets"),
                (
                    "Identifiants, dans le catalogue, des jeux utilisés, séparés par des virgules",
                    "Identifiers, in the catalogue, of the datasets that it uses, by commas",
                ),
            ),
            full(
                "created_at",
                Kind::Moment,
                ("Déclarée le", "Declared"),
                ("Moment de la déclaration", "When it was declared"),
            ),
            full(
                "last_modified",
                Kind::Moment,
                ("Publiée le", "Published"),
                ("Moment de la publication ici", "When it was published here"),
            ),
        ],
        primary_key: vec!["id"],
    }
}

/// The rows: each published re-use.
pub fn rows(store: &dyn Store) -> impl Iterator<Item = io::Result<Row>> {
    let rows: Vec<_> = match store.reuses(ReuseState::Published) {
        Ok(reuses) => reuses.iter().map(|reuse| Ok(row(reuse))).collect(),
        Err(error) => vec![Err(io::Error::other(error.to_string()))],
    };
    rows.into_iter()
}

fn row(reuse: &Reuse) -> Row {
    let Reuse { id, declared, declared_at, decided_at, .. } = reuse;
    vec![
        Value::Integer(id.unsigned_abs()),
        text(&declared.title),
        text(declared.kind.name()),
        text(&declared.url),
        text(&declared.description),
        text(&declared.datasets.join(",")),
        text(&declared_at.to_string()),
        text(&decided_at.unwrap_or(*declared_at).to_string()),
    ]
}
