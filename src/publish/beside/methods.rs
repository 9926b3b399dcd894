//! The dictionary of methods as a dataset: how days are counted, and what each way misses.

use std::io;

use crate::model::Words;
use crate::publish::beside::{full, open, text};
use crate::publish::columns::METHODS;
use crate::publish::table::{Kind, Row, Schema};
use crate::store::Method;

/// What is said of a method.
pub struct MethodEntry {
    /// Which method.
    pub method: Method,
    /// Raised when its definition changes; each raise is a break.
    pub version: u64,
    /// Its name for people.
    pub title: Words,
    /// What it counts.
    pub counts: Words,
    /// What it misses.
    pub misses: Words,
}

/// Every method.
pub const ENTRIES: [MethodEntry; 4] = [
    MethodEntry {
        method: Method::Beacon,
        version: 1,
        title: Words::new("Marqueur sur les pages", "Tag on the pages"),
        counts: Words::new(
            "Chaque page affichée dont le marqueur (un script, ou une image pour les pages sans \
             script) s'exécute dans le navigateur ; les robots déclarés ou reconnus sont écartés ; \
             visiteur : empreinte salée d'un site et d'un jour, détruite à la fin du jour",
            "Each page shown whose tag (a script, or a picture for pages without script) runs in \
             the browser; robots that say so or are recognised are left out; visitor: salted key \
             of one site and one day, destroyed when the day ends",
        ),
        misses: Words::new(
            "Les pages sans marqueur, les navigateurs qui bloquent la mesure, les personnes qui \
             la refusent (opposition, GPC ou DNT selon la politique du site), les moments sans \
             collecte",
            "Pages without the tag, browsers that block measurement, people who refuse it \
             (opt-out, GPC or DNT as the site decides), times without collector",
        ),
    },
    MethodEntry {
        method: Method::AccessLog,
        version: 1,
        title: Words::new("Journaux du serveur web", "Access logs of the web server"),
        counts: Words::new(
            "Chaque page HTML servie avec succès d'après les journaux du serveur ; les robots \
             reconnus à leur nom sont écartés ; l'adresse est oubliée à la lecture",
            "Each HTML page that was served, by the server's logs; robots recognised by their \
             name are left out; the address is forgotten while reading",
        ),
        misses: Words::new(
            "Les pages servies par un cache, les vues sans requête (applications d'une seule \
             page), le temps de lecture, les refus, les liens que leur page désigne comme \
             téléchargements (attribut download), qui ne sont pas dans les journaux ; les robots \
             qui se font passer pour un navigateur sont comptés",
            "Pages answered by a cache, views without a request (single-page applications), \
             reading time, refusals, links that their page marks as downloads (attribute \
             download), which no log has; robots that pose as a browser are counted",
        ),
    },
    MethodEntry {
        method: Method::CommonLog,
        version: 1,
        title: Words::new(
            "Journaux du serveur web sans agents",
            "Access logs of the web server without agents",
        ),
        counts: Words::new(
            "Chaque page HTML servie avec succès d'après des journaux du serveur au format common, \
             qui ne disent ni le navigateur ni la provenance ; visiteur : empreinte salée de \
             l'adresse seule, sur un site et un jour",
            "Each HTML page that was served, by logs of the server in the common format, which \
             say neither the browser nor what led to the page; visitor: salted key of the address \
             alone, on one site and one day",
        ),
        misses: Words::new(
            "Ce que manquent les autres journaux ; tous les robots, sans exception, sont comptés \
             comme des personnes, et les personnes derrière une même adresse comme une seule",
            "What other logs miss; all robots, without exception, are counted as people, and \
             people behind one address as one",
        ),
    },
    MethodEntry {
        method: Method::Synthetic,
        version: 1,
        title: Words::new("Données inventées", "Invented data"),
        counts: Words::new(
            "Rien de réel : des visites inventées pour montrer le produit",
            "Nothing real: visits invented to show the product",
        ),
        misses: Words::new("Toute réalité", "All reality"),
    },
];

/// The columns.
pub fn schema() -> Schema {
    let column = |name, title, description| full(name, Kind::Text, title, description);
    Schema {
        dataset: "methods",
        title: Words::new("Dictionnaire des méthodes", "Dictionary of methods"),
        description: Words::new(
            "Les façons de compter : ce que chacune compte et ce qu'elle manque",
            "The ways of counting: what each counts and what it misses",
        ),
        columns: vec![
            full(
                "method",
                Kind::Code(&METHODS),
                ("Méthode", "Method"),
                ("Code de la méthode dans les fichiers", "Code of the method in files"),
            ),
            full(
                "version",
                Kind::Integer,
                ("Version", "Version"),
                ("Version de sa définition", "Version of its definition"),
            ),
            column("title_fr", ("Nom en français", "Name in French"), ("Nom", "Name, in French")),
            column(
                "title_en",
                ("Nom en anglais", "Name in English"),
                ("Nom, en anglais", "Name, in English"),
            ),
            column(
                "counts_fr",
                ("Ce qu'elle compte", "What it counts, in French"),
                ("Ce que la méthode compte", "What the method counts, in French"),
            ),
            column(
                "counts_en",
                ("Ce qu'elle compte, en anglais", "What it counts"),
                ("Ce que la méthode compte, en anglais", "What the method counts, in English"),
            ),
            column(
                "misses_fr",
                ("Ce qu'elle manque", "What it misses, in French"),
                ("Ce que la méthode ne voit pas", "What the method does not see, in French"),
            ),
            column(
                "misses_en",
                ("Ce qu'elle manque, en anglais", "What it misses"),
                ("Ce que la méthode ne voit pas, en anglais", "What it does not see, in English"),
            ),
            open(
                "not_collected",
                Kind::Text,
                ("Ce qu'elle ne peut pas donner", "What it cannot give"),
                (
                    "Mesures et ventilations, par leurs noms, séparées par des virgules ; vide si \
                     la méthode donne tout",
                    "Metrics and breakdowns, by their names, by commas; empty if it gives all",
                ),
            ),
        ],
        primary_key: vec!["method", "version"],
    }
}

/// The rows: each method.
pub fn rows() -> impl Iterator<Item = io::Result<Row>> {
    ENTRIES.iter().map(|entry| {
        let mut row = vec![text(entry.method.name())];
        row.push(crate::publish::table::Value::Integer(entry.version));
        for words in [entry.title, entry.counts, entry.misses] {
            row.extend([text(words.fr), text(words.en)]);
        }
        row.push(text(&entry.method.cannot_give().join(",")));
        Ok(row)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_in_the_dictionary() {
        for (name, _) in METHODS {
            assert!(ENTRIES.iter().any(|entry| entry.method.name() == name), "{name}");
        }
        let columns = schema().columns.len();
        assert!(rows().all(|row| row.unwrap().len() == columns));
    }
}
