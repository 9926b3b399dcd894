//! The downloads of files as a dataset: how often each dataset was taken in each format, and
//! nothing about who took it.

use std::io;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::{Period, Words, utc_date};
use crate::privacy::{ObsStatus, release_hits};
use crate::publish::beside::{full, number, open, text};
use crate::publish::columns::{CONF_STATUS, OBS_STATUS};
use crate::publish::table::{Kind, Row, Schema};
use crate::store::{MonthOfDownloads, Store};

/// The columns.
pub fn schema() -> Schema {
    Schema {
        // The figures have a dataset of the documents that are downloaded from a site, `downloads`.
        dataset: "file_downloads",
        title: Words::new("Téléchargements des fichiers", "Downloads of the files"),
        description: Words::new(
            "Combien de fois les fichiers publiés ici ont été téléchargés en entier, par mois, \
             jusqu'au dernier jour achevé : robots compris, téléchargements partiels exclus, sans \
             suivre personne ; un mois sans ligne n'a pas de téléchargement, ou précède le début \
             du comptage",
            "How often the files published here were downloaded whole, by month, up to the \
             last day that has ended: robots included, parts left out, nobody followed; a month \
             without a line has no downloads, or is from before they were counted",
        ),
        columns: vec![
            full(
                "month",
                Kind::Text,
                ("Mois", "Month"),
                ("Mois en temps universel, 2026-11", "Month in UTC, 2026-11"),
            ),
            full(
                "dataset",
                Kind::Text,
                ("Jeu de données", "Dataset"),
                (
                    "Nom du jeu ou du registre, quels que soient les sites",
                    "Name of the dataset or register, whatever the sites",
                ),
            ),
            full(
                "format",
                Kind::Text,
                ("Format", "Format"),
                ("Extension des fichiers", "Extension of the files"),
            ),
            open(
                "downloads",
                Kind::Integer,
                ("Téléchargements", "Downloads"),
                (
                    "Nombre de téléchargements, arrondi à la dizaine ; vide si obs_status est Q",
                    "Number of downloads, to the nearest ten; empty if obs_status is Q",
                ),
            ),
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
        primary_key: vec!["month", "dataset", "format"],
    }
}

/// The rows: each dataset and format of each month, by the days that have ended; the month that
/// goes on is provisional.
pub fn rows(store: &dyn Store, now: Timestamp) -> impl Iterator<Item = io::Result<Row>> {
    let today = utc_date(now);
    let this_month = today.first_of_month();
    let rows: Vec<_> = match store.downloads_by_month(today) {
        Ok(months) => months.iter().map(|month| Ok(row(month, this_month))).collect(),
        Err(error) => vec![Err(io::Error::other(error.to_string()))],
    };
    rows.into_iter()
}

fn row(line: &MonthOfDownloads, this_month: Date) -> Row {
    let released = release_hits(line.downloads);
    let goes_on = line.month >= this_month && released.value.is_some();
    let obs_status = if goes_on { ObsStatus::Provisional } else { released.obs_status };
    vec![
        text(&Period::Month(line.month).to_string()),
        text(&line.dataset),
        text(&line.format),
        number(released.value),
        text(obs_status.code()),
        text(released.conf_status.code()),
    ]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::publish::table::Value;

    #[test]
    fn downloads_are_rounded_few_are_withheld_and_this_month_is_provisional() {
        let said = |month, downloads| {
            let [dataset, format] = ["pages", "csv"].map(str::to_owned);
            let line = MonthOfDownloads { month, dataset, format, downloads };
            let row = row(&line, date(2026, 11, 1));
            assert_eq!(row.len(), schema().columns.len());
            let code = |value: &Value| match value {
                Value::Text(code) => code.clone(),
                other => panic!("{other:?}"),
            };
            (row[3].clone(), code(&row[4]), code(&row[5]))
        };
        let of = |value, obs: &str, conf: &str| (value, obs.to_owned(), conf.to_owned());
        assert_eq!(said(date(2026, 10, 1), 14), of(Value::Integer(10), "A", "F"));
        assert_eq!(said(date(2026, 10, 1), 15), of(Value::Integer(20), "A", "F"));
        assert_eq!(said(date(2026, 10, 1), 9), of(Value::Nothing, "Q", "A"));
        assert_eq!(said(date(2026, 11, 1), 14), of(Value::Integer(10), "P", "F"));
        assert_eq!(said(date(2026, 11, 1), 9), of(Value::Nothing, "Q", "A"));
    }
}
