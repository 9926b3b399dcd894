//! What can be asked of the API and how, in French and English: one list for the description for
//! programs and for the page for people.

use crate::model::{Metric, Words};
use crate::publish::catalogue::Text;
use crate::query::{LIMIT_DEFAULT, LIMIT_MAX};

/// One parameter of the questions: its name, what it means and an example.
pub type Parameter = (&'static str, Text, &'static str);

/// The addresses of registers, with what they answer.
pub const REGISTERS: [(&str, Words); 3] = [
    ("/api/v1/sites", Words::new("Tous les sites mesurés", "Every counted site")),
    (
        "/api/v1/organisations",
        Words::new(
            "L'arbre des organisations et leurs sites",
            "The tree of organisations and their sites",
        ),
    ),
    (
        "/api/v1/dimensions",
        Words::new(
            "Ventilations, indicateurs, et quelles ventilations sont croisées",
            "Dimensions, metrics, and which two dimensions are kept together",
        ),
    ),
];

/// What can be asked of a site or an organisation.
pub const QUESTIONS: [(&str, Words); 3] = [
    (
        "totals",
        Words::new(
            "Les chiffres d'une période en une ligne",
            "The figures of a period in one line",
        ),
    ),
    (
        "timeseries",
        Words::new(
            "Les chiffres d'une période par heure, jour, semaine, mois ou année",
            "The figures of a period by hour, day, week, month or year",
        ),
    ),
    (
        "breakdown/{dimension}",
        Words::new(
            "Les chiffres d'une période par valeur d'une ventilation",
            "The figures of a period by the values of a dimension",
        ),
    ),
];

/// The parameters of a question.
pub fn parameters(what: &str) -> Vec<Parameter> {
    let mut parameters = of_every_question();
    if what.contains("timeseries") {
        let meaning = Text::new(
            "hour (heure), day (jour), week (semaine), month (mois) ou year (année) ; day par \
             défaut",
            "hour, day, week, month or year; the default is day",
        );
        parameters.push(("interval", meaning, "month"));
    }
    if what.contains("breakdown") {
        let meaning = Text::new(
            "value (la valeur) ou un indicateur, avec - pour le plus grand d'abord",
            "value or a metric, with - for the largest first",
        );
        parameters.push(("sort", meaning, "-visitors"));
        let meaning = Text::new(
            format!("lignes d'une page, {LIMIT_DEFAULT} par défaut, {LIMIT_MAX} au plus"),
            format!("lines of a page, {LIMIT_DEFAULT} by default, {LIMIT_MAX} at most"),
        );
        parameters.push(("limit", meaning, "50"));
        let meaning =
            Text::new("quelle page de résultats, à partir de 1", "which page of results, from 1");
        parameters.push(("page", meaning, "2"));
    }
    parameters
}

fn of_every_question() -> Vec<Parameter> {
    let metrics = Metric::ALL.map(Metric::name).join(", ");
    let period = Text::new(
        "today (aujourd'hui), yesterday (hier), 7d, 28d, 30d (jours terminés), month (ce mois), \
         year (cette année), 12mo, all (tout), un jour, un mois ou une année ; 28d par défaut",
        "today, yesterday, 7d, 28d, 30d (days that have ended), month, year, 12mo, all, a day, a \
         month or a year; the default is 28d",
    );
    let from = Text::new("premier jour, au lieu d'une période", "first day, instead of a period");
    let to = Text::new(
        "dernier jour, compris ; aujourd'hui par défaut",
        "last day, included; today by default",
    );
    let metrics = Text::new(
        format!("séparés par des virgules : {metrics} ; tous par défaut"),
        format!("by commas: {metrics}; all by default"),
    );
    let filter = Text::new(
        "dimension:test:valeur, où le test est is (égale), is_not (diffère), contains (contient) \
         ou starts_with (commence par) ; plusieurs valeurs sont séparées par | ; peut être donné \
         plusieurs fois",
        "dimension:test:value, the test being is, is_not, contains or starts_with; several values \
         are divided by |; may be given several times",
    );
    let compare = Text::new(
        "previous (autant de jours avant, aux mêmes jours de la semaine), year (52 semaines \
         avant), une période ou from..to ; comparable et compared ont les chiffres des deux côtés, \
         sur les compared_days jours comptés des deux côtés",
        "previous (as many days before, of the same weekdays), year (52 weeks before), a period \
         or from..to; comparable and compared have the figures of both sides, over the \
         compared_days days that both count",
    );
    vec![
        ("period", period, "2026-11"),
        ("from", from, "2026-11-01"),
        ("to", to, "2026-11-22"),
        ("metrics", metrics, "views,visitors"),
        ("filter", filter, "page:is:/contact"),
        ("compare", compare, "previous"),
    ]
}
