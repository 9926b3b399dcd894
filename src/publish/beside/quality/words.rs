//! What the lines of the quality of days are about, and in which units, in French and English.

use crate::model::Words;

/// What lines are about.
pub const INDICATORS: [(&str, Words); 7] = [
    (
        "received",
        Words::new(
            "requêtes reçues pour le site : comptées, écartées ou refusées",
            "requests received for the site: counted, dropped or refused",
        ),
    ),
    (
        "counted",
        Words::new(
            "requêtes comptées : vues, événements et temps de lecture",
            "requests counted: views, events and reading times",
        ),
    ),
    (
        "dropped",
        Words::new(
            "requêtes acceptées et volontairement non comptées, par raison",
            "requests accepted and on purpose not counted, by reason",
        ),
    ),
    (
        "refused",
        Words::new(
            "requêtes refusées, que l'expéditeur peut corriger ou renvoyer, par raison",
            "requests refused, which the sender can mend or send again, by reason",
        ),
    ),
    (
        "without_script",
        Words::new(
            "part des pages vues comptées par l'image, sans script",
            "share of the page views that were counted by the picture, without script",
        ),
    ),
    (
        "page_unknown",
        Words::new(
            "part des pages vues comptées par l'image, dont seule l'origine est connue",
            "share of the page views by the picture of which the origin alone is known",
        ),
    ),
    (
        "minutes_down",
        Words::new(
            "minutes sans collecte, à une minute près",
            "minutes without collector, to within a minute",
        ),
    ),
];

/// What values are in.
pub const UNITS: [(&str, Words); 3] = [
    ("hits", Words::new("requêtes, arrondies à la dizaine", "requests, to the nearest ten")),
    ("percent", Words::new("pour cent", "percent")),
    ("minutes", Words::new("minutes", "minutes")),
];
