//! The register of breaks in series as a dataset.

use std::io;
use std::sync::Arc;

use crate::model::{Site, Words};
use crate::publish::beside::break_words::notes;
use crate::publish::beside::{full, number, open, optional, text};
use crate::publish::columns::METHODS;
use crate::publish::table::{Column, Kind, Row, Schema, Value};
use crate::store::{Break, BreakKind, Method, Store};

/// The kinds with their meaning.
const KINDS: [(&str, Words); BreakKind::ALL.len()] = {
    let mut kinds = [("", Words::new("", "")); BreakKind::ALL.len()];
    let mut place = 0;
    while place < kinds.len() {
        kinds[place] = (BreakKind::ALL[place].name(), BreakKind::ALL[place].title());
        place += 1;
    }
    kinds
};

/// Who registers breaks.
const SOURCES: [(&str, Words); 2] = [
    ("automatic", Words::new("inscrite par le service", "registered by the service itself")),
    ("manual", Words::new("inscrite par une personne", "registered by a person")),
];

/// The columns.
pub fn schema() -> Schema {
    Schema {
        dataset: "breaks",
        title: Words::new("Ruptures de série", "Breaks in series"),
        description: Words::new(
            "Moments à partir desquels les chiffres d'un site ne se comparent plus à ceux d'avant, \
             avec leur raison",
            "Moments after which the figures of a site do not compare with those before, and why",
        ),
        columns: [place(), change(), effect()].concat(),
        primary_key: vec!["id"],
    }
}

/// Which break, of what and when.
fn place() -> Vec<Column> {
    vec![
        full(
            "id",
            Kind::Integer,
            ("Identifiant", "Identifier"),
            ("Numéro de la rupture, stable", "Number of the break; it never changes"),
        ),
        full(
            "site",
            Kind::Text,
            ("Site", "Site"),
            ("Nom d'hôte du site mesuré", "Host name of the site"),
        ),
        full(
            "began",
            Kind::Moment,
            ("Début", "Began"),
            (
                "Moment de la rupture, à l'heure locale du site",
                "Moment of the break, in the site's local time",
            ),
        ),
        full(
            "type",
            Kind::Code(&KINDS),
            ("Type", "Type"),
            ("Raison de la rupture", "Why the series breaks"),
        ),
        open(
            "metrics",
            Kind::Text,
            ("Indicateurs", "Figures"),
            (
                "Indicateurs concernés, séparés par des virgules ; vide : tous",
                "Figures that are altered, by commas; empty: all",
            ),
        ),
        open(
            "dimensions",
            Kind::Text,
            ("Ventilations", "Breakdowns"),
            (
                "Ventilations concernées, séparées par des virgules ; vide : tous les chiffres",
                "Breakdowns that are altered, by commas; empty: all figures",
            ),
        ),
    ]
}

/// What changed.
fn change() -> Vec<Column> {
    vec![
        method("method_before", ("Méthode avant", "Method before")),
        method("method_after", ("Méthode après", "Method after")),
        open(
            "before",
            Kind::Text,
            ("Avant", "Before"),
            (
                "Ce qui était en vigueur ; vide si rien à dire",
                "What was so before; empty if there is nothing to say",
            ),
        ),
        open(
            "after",
            Kind::Text,
            ("Après", "After"),
            (
                "Ce qui est en vigueur depuis ; vide si rien à dire",
                "What has been so since; empty if there is nothing to say",
            ),
        ),
    ]
}

/// How much it matters, and in words.
fn effect() -> Vec<Column> {
    vec![
        open(
            "estimated_effect",
            Kind::Text,
            ("Effet estimé", "Estimated effect"),
            (
                "Effet sur les chiffres, en clair ; vide si inconnu",
                "How much the figures moved, in words; empty if unknown",
            ),
        ),
        open(
            "overlap_days",
            Kind::Integer,
            ("Jours de recouvrement", "Days of overlap"),
            (
                "Jours comptés des deux façons ; vide si aucun",
                "Days that were counted both ways; empty if there are none",
            ),
        ),
        open(
            "splice_coefficient",
            Kind::Number,
            ("Coefficient de raccord", "Splice coefficient"),
            (
                "Facteur à appliquer aux chiffres d'avant pour les comparer ; vide si inconnu",
                "What figures before are multiplied by to compare them; empty if unknown",
            ),
        ),
        full(
            "note_fr",
            Kind::Text,
            ("Note en français", "Note in French"),
            ("Ce qui s'est passé", "What happened, in French"),
        ),
        full(
            "note_en",
            Kind::Text,
            ("Note en anglais", "Note in English"),
            ("Ce qui s'est passé, en anglais", "What happened, in English"),
        ),
        full(
            "source",
            Kind::Code(&SOURCES),
            ("Inscription", "Source"),
            ("Qui a inscrit la rupture", "Who registered the break"),
        ),
    ]
}

const fn method(name: &'static str, title: (&'static str, &'static str)) -> Column {
    open(
        name,
        Kind::Code(&METHODS),
        title,
        (
            "Méthode de collecte ; vide si elle n'est pas en cause ou si rien n'était compté",
            "How days were counted; empty if that is no part of it, or nothing was counted",
        ),
    )
}

/// The rows: the breaks of these sites, one site after the other, each in the order of time.
pub fn rows<'a>(
    store: &'a dyn Store,
    sites: &'a [Arc<Site>],
) -> impl Iterator<Item = io::Result<Row>> + 'a {
    sites.iter().flat_map(move |site| match store.all_breaks(site) {
        Ok(breaks) => breaks.iter().map(|one| Ok(row(site, one))).collect(),
        Err(error) => vec![Err(io::Error::other(error.to_string()))],
    })
}

fn row(site: &Site, one: &Break) -> Row {
    let words = &one.words;
    let (note_fr, note_en) = notes(one);
    let dimensions = match words.dimensions.as_slice() {
        [] => one.kind.dimensions().join(","),
        named => named.join(","),
    };
    vec![
        Value::Integer(one.id.unsigned_abs()),
        text(site.host.as_str()),
        Value::Text(site.zone.written(one.began)),
        text(one.kind.name()),
        text(&words.metrics.join(",")),
        text(&dimensions),
        optional(one.method_before.map(Method::name)),
        optional(one.method_after.map(Method::name)),
        text(&one.before),
        text(&one.after),
        optional(words.estimated_effect.as_deref()),
        number(words.overlap_days.map(u64::from)),
        words.splice_coefficient.map_or(Value::Nothing, Value::Number),
        Value::Text(note_fr),
        Value::Text(note_en),
        text(if one.is_manual { "manual" } else { "automatic" }),
    ]
}
