//! The indicators of the portal: what there is of everything, in one list that the page and the
//! file share.

use std::io;

use jiff::ToSpan;

use crate::model::{Words, utc_date};
use crate::privacy::{ReleasedHits, release_hits};
use crate::publish::PublishError;
use crate::publish::beside::{full, number, open, text};
use crate::publish::columns::{CONF_STATUS, OBS_STATUS};
use crate::publish::format::FORMATS;
use crate::publish::portal::source::Source;
use crate::publish::table::{Kind, Row, Schema};
use crate::store::ReleasedCounts;

/// Something that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its name in files.
    pub name: &'static str,
    /// Its name for people.
    pub title: Words,
    /// What it counts.
    pub definition: Words,
    /// What one of it is, by the code of the files.
    pub unit: &'static str,
}

const fn indicator(
    name: &'static str,
    unit: &'static str,
    title: (&'static str, &'static str),
    definition: (&'static str, &'static str),
) -> Indicator {
    let (title, definition) =
        (Words::new(title.0, title.1), Words::new(definition.0, definition.1));
    Indicator { name, title, definition, unit }
}

const SITES: Indicator = indicator(
    "sites",
    "site",
    ("Sites ouverts", "Sites open"),
    (
        "Sites dont l’audience est mesurée et publiée ici",
        "Sites whose audience is counted and published here",
    ),
);

const ORGANISATIONS: Indicator = indicator(
    "organisations",
    "organisation",
    ("Organisations", "Organisations"),
    (
        "Organisations inscrites, avec les organisations dont elles font partie",
        "Registered organisations, with those that they are part of",
    ),
);

const PAGES: Indicator = indicator(
    "pages",
    "page",
    ("Pages publiées", "Pages published"),
    (
        "Pages nommées dans les chiffres du dernier mois publié, tous sites réunis\u{a0}; celles \
         qui ont trop peu de visiteurs n’en sont pas",
        "Pages named in the figures of the last published month, on all sites; those of too few \
         visitors are not among them",
    ),
);

const DAYS: Indicator = indicator(
    "days",
    "day",
    ("Jours publiés", "Days published"),
    (
        "Jours dont les chiffres sont publiés, comptés une fois pour chaque site",
        "Days whose figures are published, counted once for each site",
    ),
);

const RELEASES: Indicator = indicator(
    "releases",
    "release",
    ("Publications", "Releases"),
    (
        "Jours, mois et années publiés, de chaque site, de chaque organisation et de tous les \
         sites, avec leurs révisions",
        "Days, months and years that were published, of each site, of each organisation and of all \
         sites, with their revisions",
    ),
);

const FILES: Indicator = indicator(
    "files",
    "file",
    ("Fichiers publiés", "Files published"),
    (
        "Fichiers de toutes les publications, dans tous les formats",
        "Files of all releases, in all formats",
    ),
);

const DATASETS: Indicator = indicator(
    "datasets",
    "dataset",
    ("Jeux de données", "Datasets"),
    (
        "Jeux de données du catalogue\u{a0}: ceux de chaque site, de chaque organisation et de \
         tous les sites, et les registres",
        "Datasets of the catalogue: those of each site, of each organisation and of all sites, and \
         the registers",
    ),
);

const FORMATS_OFFERED: Indicator = indicator(
    "formats",
    "format",
    ("Formats", "Formats"),
    (
        "Formats dans lesquels chaque jeu de données est proposé",
        "Formats in which each dataset is offered",
    ),
);

const REUSES_PUBLISHED: Indicator = indicator(
    "reuses_published",
    "reuse",
    ("Réutilisations publiées", "Re-uses published"),
    (
        "Réutilisations déclarées par leurs auteurs, relues puis publiées",
        "Re-uses that their authors declared and that were looked at, then published",
    ),
);

const REUSES_WAITING: Indicator = indicator(
    "reuses_waiting",
    "reuse",
    ("Réutilisations en attente", "Re-uses waiting"),
    (
        "Réutilisations déclarées qui attendent d’être relues",
        "Declared re-uses that wait to be looked at",
    ),
);

const DOWNLOADS_LAST_MONTH: Indicator = indicator(
    "file_downloads_last_month",
    "download",
    ("Téléchargements du mois dernier", "Downloads last month"),
    (
        "Fichiers téléchargés en entier pendant le dernier mois écoulé, arrondi à la \
         dizaine\u{a0}; vide si le comptage n’avait pas commencé",
        "Files downloaded whole in the last month that has ended, to the nearest ten; empty if \
         counting had not begun",
    ),
);

const DOWNLOADS: Indicator = indicator(
    "file_downloads",
    "download",
    ("Téléchargements en tout", "Downloads in all"),
    (
        "Fichiers téléchargés en entier depuis le début du comptage et jusqu’à hier, arrondi à la \
         dizaine",
        "Files downloaded whole since counting began and up to yesterday, to the nearest ten",
    ),
);

const LANGUAGES: Indicator = indicator(
    "languages",
    "language",
    ("Langues", "Languages"),
    ("Langues dans lesquelles les pages se lisent", "Languages in which the pages can be read"),
);

/// Every indicator, in the order in which they are shown.
const ALL: [Indicator; 13] = [
    SITES,
    ORGANISATIONS,
    PAGES,
    DAYS,
    RELEASES,
    FILES,
    DATASETS,
    FORMATS_OFFERED,
    REUSES_PUBLISHED,
    REUSES_WAITING,
    DOWNLOADS_LAST_MONTH,
    DOWNLOADS,
    LANGUAGES,
];

/// The codes of the indicators with what each counts.
const CODES: [(&str, Words); ALL.len()] = {
    let mut codes = [("", Words::new("", "")); ALL.len()];
    let mut place = 0;
    while place < codes.len() {
        codes[place] = (ALL[place].name, ALL[place].definition);
        place += 1;
    }
    codes
};

/// The codes of the units.
const UNITS: [(&str, Words); 11] = [
    ("site", Words::new("sites", "sites")),
    ("organisation", Words::new("organisations", "organisations")),
    ("page", Words::new("pages", "pages")),
    ("day", Words::new("jours de site", "days of a site")),
    ("release", Words::new("publications", "releases")),
    ("file", Words::new("fichiers", "files")),
    ("dataset", Words::new("jeux de données", "datasets")),
    ("format", Words::new("formats", "formats")),
    ("reuse", Words::new("réutilisations", "re-uses")),
    ("download", Words::new("téléchargements", "downloads")),
    ("language", Words::new("langues", "languages")),
];

/// An indicator with what it says now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Which one.
    pub indicator: Indicator,
    /// How many there are, as everybody may see it.
    pub released: ReleasedHits,
}

/// Every indicator as it is now. The catalogue says how many datasets it has.
pub fn indicators(source: &Source<'_>, datasets: u64) -> Result<[Said; ALL.len()], PublishError> {
    let store = source.store;
    let ReleasedCounts { releases, days, files, .. } = source.counted.released(store)?;
    let pages = source.counted.pages(store, source.sites)?;
    let reuses = store.reuse_counts()?;
    let (last_month, in_all) = downloads(source)?;
    let plain = ReleasedHits::plain;
    let said = [
        (SITES, plain(source.sites.len() as u64)),
        (ORGANISATIONS, plain(store.organisations()?.len() as u64)),
        (PAGES, pages.map_or(ReleasedHits::GAP, plain)),
        (DAYS, plain(days)),
        (RELEASES, plain(releases)),
        (FILES, plain(files)),
        (DATASETS, plain(datasets)),
        (FORMATS_OFFERED, plain(FORMATS.len() as u64)),
        (REUSES_PUBLISHED, plain(reuses.published)),
        (REUSES_WAITING, plain(reuses.pending)),
        (DOWNLOADS_LAST_MONTH, last_month),
        (DOWNLOADS, in_all),
        (LANGUAGES, plain(source.languages)),
    ];
    Ok(said.map(|(indicator, released)| Said { indicator, released }))
}

/// Downloads of the last whole month in UTC, and of all days that have ended. Of a month or a day
/// in which counting had not yet begun at first, nothing is known.
fn downloads(source: &Source<'_>) -> Result<(ReleasedHits, ReleasedHits), PublishError> {
    let store = source.store;
    let Some(began) = store.downloads_began()?.map(utc_date) else {
        return Ok((ReleasedHits::GAP, ReleasedHits::GAP));
    };
    let today = utc_date(source.now);
    let this_month = today.first_of_month();
    let last_month = this_month.saturating_sub(1.month());
    let of_last_month = if began <= last_month {
        release_hits(store.downloads(last_month, this_month.saturating_sub(1.day()))?)
    } else {
        ReleasedHits::GAP
    };
    let in_all = if began < today {
        release_hits(store.downloads(began, today.saturating_sub(1.day()))?)
    } else {
        ReleasedHits::GAP
    };
    Ok((of_last_month, in_all))
}

/// The columns of the register.
pub fn schema() -> Schema {
    Schema {
        dataset: "indicators",
        title: Words::new("Indicateurs", "Indicators"),
        description: Words::new(
            "Ce que ce portail mesure et publie, et ce qui en est fait : sites, pages, jours, \
             fichiers, formats, réutilisations et téléchargements, à l'instant où le fichier est \
             demandé",
            "What this portal counts and publishes, and what is made of it: sites, pages, days, \
             files, formats, re-uses and downloads, at the moment at which the file is asked for",
        ),
        columns: vec![
            full("date", Kind::Date, ("Date", "Date"), ("Jour en temps universel", "Day in UTC")),
            full(
                "indicator",
                Kind::Code(&CODES),
                ("Indicateur", "Indicator"),
                ("Ce qui est compté", "What is counted"),
            ),
            open(
                "value",
                Kind::Integer,
                ("Valeur", "Value"),
                (
                    "Nombre, dans l'unité de la ligne ; vide si obs_status est Q ou L",
                    "How many, in the unit of the line; empty if obs_status is Q or L",
                ),
            ),
            full("unit", Kind::Code(&UNITS), ("Unité", "Unit"), ("Ce qui est compté", "Of what")),
            full(
                "obs_status",
                Kind::Code(&OBS_STATUS),
                ("Statut de la valeur", "Status of the value"),
                ("Code SDMX CL_OBS_STATUS", "SDMX CL_OBS_STATUS"),
            ),
            full(
                "conf_status",
                Kind::Code(&CONF_STATUS),
                ("Statut de confidentialité", "Confidentiality"),
                ("Code SDMX CL_CONF_STATUS", "SDMX CL_CONF_STATUS"),
            ),
        ],
        primary_key: vec!["date", "indicator"],
    }
}

/// The rows: each indicator.
pub fn rows(
    source: &Source<'_>,
    datasets: u64,
) -> Result<impl Iterator<Item = io::Result<Row>> + use<>, PublishError> {
    let date = utc_date(source.now).to_string();
    let row = move |Said { indicator, released }: Said| {
        Ok(vec![
            text(&date),
            text(indicator.name),
            number(released.value),
            text(indicator.unit),
            text(released.obs_status.code()),
            text(released.conf_status.code()),
        ])
    };
    Ok(indicators(source, datasets)?.into_iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_indicator_has_its_unit_its_words_and_a_name_of_its_own() {
        for (place, one) in ALL.iter().enumerate() {
            assert!(UNITS.iter().any(|(unit, _)| *unit == one.unit), "{}", one.name);
            assert!(ALL[..place].iter().all(|other| other.name != one.name), "{}", one.name);
            for words in [one.title, one.definition] {
                assert!(!words.fr.is_empty() && !words.en.is_empty(), "{}", one.name);
            }
        }
        for (unit, _) in UNITS {
            assert!(ALL.iter().any(|one| one.unit == unit), "{unit} is used");
        }
    }
}
