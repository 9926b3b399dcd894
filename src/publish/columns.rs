//! The data dictionary of the figures: every column of their files, in French and English.

use crate::model::{Metric, Words};
use crate::publish::table::{Column, Kind};

/// SDMX CL_OBS_STATUS, the codes in use.
pub const OBS_STATUS: [(&str, Words); 4] = [
    ("A", Words::new("valeur normale, définitive", "normal value, final")),
    ("P", Words::new("provisoire : la période n'est pas close", "provisional: not yet closed")),
    ("Q", Words::new("non diffusée, voir conf_status", "suppressed, see conf_status")),
    (
        "L",
        Words::new("non recueillie : une lacune, pas un zéro", "not collected: a gap, not a zero"),
    ),
];

/// SDMX CL_CONF_STATUS, the codes in use.
pub const CONF_STATUS: [(&str, Words); 3] = [
    ("F", Words::new("diffusée", "free for publication")),
    (
        "A",
        Words::new(
            "secret primaire : trop peu de visiteurs",
            "primary confidentiality: too few visitors",
        ),
    ),
    (
        "D",
        Words::new(
            "secret secondaire : permettrait de retrouver une autre valeur par différence",
            "secondary confidentiality: would betray another value by subtraction",
        ),
    ),
];

/// How days are collected.
pub const METHODS: [(&str, Words); 4] = [
    ("beacon", Words::new("marqueur sur les pages du site", "tag on the site's pages")),
    ("access_log", Words::new("journaux du serveur web", "access logs of the web server")),
    (
        "access_log_common",
        Words::new(
            "journaux du serveur web sans agents ni provenances (format common)",
            "access logs of the web server without agents and referrers (common format)",
        ),
    ),
    (
        "synthetic",
        Words::new("données inventées pour la démonstration", "invented for the demonstration"),
    ),
];

const fn column(name: &'static str, kind: Kind, title: Words, description: Words) -> Column {
    Column { name, kind, title, description, may_be_empty: false }
}

/// The site.
pub const SITE: Column = column(
    "site",
    Kind::Text,
    Words::new("Site", "Site"),
    Words::new("Nom d'hôte du site mesuré", "Host name of the site"),
);

/// The period of a line.
pub const PERIOD: Column = column(
    "period",
    Kind::Text,
    Words::new("Période", "Period"),
    Words::new(
        "Heure locale (2026-11-22T10:00:00+01:00), jour (2026-11-22), mois (2026-11) ou année, au \
         fuseau horaire du site",
        "Local hour (2026-11-22T10:00:00+01:00), day (2026-11-22), month (2026-11) or year, in the \
         site's own time zone",
    ),
);

/// How the days were collected.
pub const METHOD: Column = Column {
    name: "method",
    kind: Kind::Text,
    title: Words::new("Méthode", "Method"),
    description: Words::new(
        "Méthodes de collecte de la ligne, séparées par des virgules, dans un ordre fixe, voir le \
         jeu methods : celles des jours où la ligne est elle-même diffusée, ou, si elle ne l'est \
         aucun jour, celles des jours dont les chiffres non diffusés peuvent la contenir ; vide \
         si rien n'a été recueilli",
        "Methods of the line, by commas in one order, see the dataset methods: those of the days \
         on which the line itself is published, or, if it is on none, of the days whose withheld \
         figures may hold it; empty where nothing was collected",
    ),
    may_be_empty: true,
};

/// The version of the rules.
pub const RULE: Column = column(
    "rule",
    Kind::Text,
    Words::new("Règle de diffusion", "Rule of disclosure control"),
    Words::new(
        "Version des règles du secret statistique appliquées à la ligne",
        "Version of the rules of disclosure control that were applied",
    ),
);

/// Whether the figure is final.
pub const OBS: Column = column(
    "obs_status",
    Kind::Code(&OBS_STATUS),
    Words::new("Statut de l'observation", "Observation status"),
    Words::new("Code SDMX CL_OBS_STATUS", "SDMX code of CL_OBS_STATUS"),
);

/// Why a figure is withheld.
pub const CONF: Column = column(
    "conf_status",
    Kind::Code(&CONF_STATUS),
    Words::new("Statut de confidentialité", "Confidentiality status"),
    Words::new("Code SDMX CL_CONF_STATUS", "SDMX code of CL_CONF_STATUS"),
);

/// The figures, in the order of a file's columns.
pub const FIGURES: [Column; 6] = [
    figure(
        "views",
        Words::new("Pages vues", "Page views"),
        Words::new(
            "Pages affichées à une personne, arrondies à une dizaine voisine ; vide si non \
             diffusées, voir conf_status",
            "Pages shown to a person, rounded to a ten beside; empty if withheld, see \
             conf_status",
        ),
    ),
    figure(
        "visitors",
        Words::new("Visiteurs", "Visitors"),
        Words::new(
            "Visiteurs distincts d'un site sur un jour local, arrondis à une dizaine voisine ; \
             sur plusieurs jours, somme des jours, non dédoublonnée",
            "Distinct visitors of one site on one local day, rounded to a ten beside; over \
             several days the sum of days, not deduplicated",
        ),
    ),
    figure(
        "visits",
        Words::new("Visites", "Visits"),
        Words::new(
            "Suites de vues d'un visiteur sans pause de 30 minutes, arrondies à une dizaine \
             voisine",
            "A visitor's views with no gap of 30 minutes, rounded to a ten beside",
        ),
    ),
    figure(
        "bounces",
        Words::new("Rebonds", "Bounces"),
        Words::new(
            "Visites d'une seule page vue et d'aucun autre événement, arrondies à une dizaine \
             voisine",
            "Visits with exactly one view and no other event, rounded to a ten beside",
        ),
    ),
    figure(
        "events",
        Words::new("Événements", "Events"),
        Words::new(
            "Téléchargements, liens sortants, pages introuvables et fonctions déclarées, arrondis \
             à une dizaine voisine",
            "Downloads, outbound links, pages not found and declared features, rounded to a \
             ten beside",
        ),
    ),
    Column {
        kind: Kind::Number,
        ..figure(
            "visit_seconds",
            Words::new("Durée de visite (s)", "Visit duration (s)"),
            Words::new(
                "Secondes de lecture visible d'une visite, en moyenne, d'après les jours dont la \
                 méthode les mesure ; vide pour moins de 100 visites, ou si aucune ne les mesure, \
                 voir method",
                "Seconds of visible reading time of a visit, on average, of the days whose method \
                 measures it; empty for fewer than 100 visits, or if none does, see method",
            ),
        )
    },
];

/// What a metric is called by people.
pub fn metric_title(metric: Metric) -> Words {
    metric_column(metric).title
}

/// The column of a metric.
pub fn metric_column(metric: Metric) -> Column {
    let ratio = |title, description| Column {
        kind: Kind::Number,
        ..figure(metric.name(), title, description)
    };
    match metric {
        Metric::Views => FIGURES[0],
        Metric::Visitors => FIGURES[1],
        Metric::Visits => FIGURES[2],
        Metric::Bounces => FIGURES[3],
        Metric::Events => FIGURES[4],
        Metric::VisitSeconds => FIGURES[5],
        Metric::ReadingSeconds => figure(
            metric.name(),
            Words::new("Temps de lecture (s)", "Reading time (s)"),
            Words::new(
                "Secondes de lecture visible ; diffusées par leur moyenne seule, visit_seconds",
                "Seconds of visible reading time; published as their mean alone, visit_seconds",
            ),
        ),
        Metric::BounceRate => ratio(
            Words::new("Taux de rebond", "Bounce rate"),
            Words::new("Rebonds pour cent visites", "Bounces for a hundred visits"),
        ),
    }
}

const fn figure(name: &'static str, title: Words, description: Words) -> Column {
    Column { name, kind: Kind::Integer, title, description, may_be_empty: true }
}

/// The columns of what lines are about, by their names: title and description.
const LABELS: [(&str, Words, Words); 21] = [
    label("page", ("Page", "Page"), ("Chemin de la page", "Path of the page")),
    label(
        "entry_page",
        ("Page d'entrée", "Entry page"),
        ("Première page de la visite", "First page of the visit"),
    ),
    label(
        "exit_page",
        ("Page de sortie", "Exit page"),
        ("Dernière page de la visite", "Last page of the visit"),
    ),
    label(
        "section",
        ("Rubrique", "Section"),
        ("Début de chemin déclaré comme rubrique", "Declared beginning of paths"),
    ),
    label("host", ("Hôte", "Host"), ("Hôte de la page", "Host of the page")),
    label(
        "source",
        ("Provenance", "Source"),
        ("Site qui a mené à la visite", "Site that led to the visit"),
    ),
    label(
        "source_kind",
        ("Type de provenance", "Kind of source"),
        ("Moteur, réseau social, site public…", "Search, social, public site…"),
    ),
    label(
        "country",
        ("Pays", "Country"),
        ("Code ISO 3166-1 du pays de connexion", "ISO 3166-1 code of the country"),
    ),
    label(
        "region",
        ("Région", "Region"),
        ("Code ISO 3166-2 de la région de connexion", "ISO 3166-2 code of the region"),
    ),
    label("device", ("Appareil", "Device"), ("Classe d'appareil", "Class of device")),
    label("browser", ("Navigateur", "Browser"), ("Famille du navigateur", "Family of the browser")),
    label(
        "browser_version",
        ("Version du navigateur", "Browser version"),
        ("Famille et version majeure", "Family and major version"),
    ),
    label("system", ("Système", "System"), ("Famille du système", "Family of the system")),
    label(
        "system_version",
        ("Version du système", "System version"),
        ("Famille et version majeure", "Family and major version"),
    ),
    label(
        "screen",
        ("Largeur d'écran", "Screen"),
        ("Classe de largeur de fenêtre", "Class of the window's width"),
    ),
    label("language", ("Langue", "Language"), ("Code ISO 639", "ISO 639 code")),
    label("event", ("Événement", "Event"), ("Nom de ce qui a été fait", "Name of what was done")),
    label(
        "download",
        ("Document téléchargé", "Download"),
        ("Hôte et chemin du document", "Host and path of the document"),
    ),
    label(
        "outlink",
        ("Lien sortant", "Outbound link"),
        ("Hôte et chemin du lien suivi", "Host and path of the link"),
    ),
    label(
        "missing",
        ("Page introuvable", "Missing page"),
        ("Chemin demandé qui n'existe pas", "Path that does not exist"),
    ),
    label(
        "missing_from",
        ("Menée depuis", "Led from"),
        ("Page ou hôte qui y menait", "Page or host that led there"),
    ),
];

const fn label(
    name: &'static str,
    title: (&'static str, &'static str),
    description: (&'static str, &'static str),
) -> (&'static str, Words, Words) {
    (name, Words::new(title.0, title.1), Words::new(description.0, description.1))
}

/// The column of this name that says what a line is about.
pub fn label_column(name: &'static str) -> Column {
    let found = LABELS.iter().find(|label| label.0 == name);
    let (title, description) = match found {
        Some((_, title, description)) => (*title, *description),
        None if name == "search" => (
            Words::new("Recherche", "Search"),
            Words::new("Mots cherchés sur le site", "Words searched for on the site"),
        ),
        None => (Words::new(name, name), Words::new(name, name)),
    };
    column(name, Kind::Text, title, description)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dimension;

    #[test]
    fn every_metric_has_its_own_column() {
        for metric in Metric::ALL {
            assert_eq!(metric_column(metric).name, metric.name());
        }
    }

    #[test]
    fn every_public_column_has_words_in_both_languages() {
        let public = dimension::ALL.iter().filter(|one| one.exposure.is_public());
        for name in public.flat_map(|one| one.columns) {
            let column = label_column(name);
            assert_ne!(column.title.en, *name, "{name} has no words");
            assert!(column.description.fr != *name && !column.title.fr.is_empty());
        }
    }
}
