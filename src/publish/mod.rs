//! Files of open data: the datasets, and the formats they are written in.
//!
//! A format is one file here and one line in [`FORMATS`]; a dataset is one line in [`DATASETS`].
//! Only what `privacy::release` let out is ever written.

mod answer;
mod csv;
mod json;

use std::io;

use crate::dimension::PAGE;
use crate::model::{Period, Site};
use crate::privacy::{Counts, Published};
use crate::store::{By, Figures, Question, StoreError};

pub use answer::{Beside, answer_as_csv, answer_as_json, columns};

/// The licence of the files: Licence Ouverte 2.0 (Etalab), SPDX `etalab-2.0`.
pub const LICENCE: &str = "etalab-2.0";

/// One kind of file.
pub trait Format: Sync {
    /// Its name and its extension in addresses.
    fn name(&self) -> &'static str;
    /// Its media type.
    fn media_type(&self) -> &'static str;
    /// Writes a table in it.
    fn write(&self, table: &Table, out: &mut dyn io::Write) -> io::Result<()>;
}

/// Every format.
pub const FORMATS: [&dyn Format; 2] = [&csv::Csv, &json::Json];

/// What a file is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dataset {
    /// Views and visitors of the site: by hour for a day, by day for a month or a year.
    Traffic,
    /// Views and visitors by page.
    Pages,
}

/// Every dataset.
pub const DATASETS: [Dataset; 2] = [Dataset::Traffic, Dataset::Pages];

impl Dataset {
    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Traffic => "traffic",
            Self::Pages => "pages",
        }
    }

    /// The dataset of this name.
    pub fn named(name: &str) -> Option<Self> {
        DATASETS.into_iter().find(|dataset| dataset.name() == name)
    }

    /// Asks a store for the dataset's counts.
    pub fn counts<S: Figures + ?Sized>(
        self,
        store: &S,
        site: &Site,
        period: Period,
    ) -> Result<Counts, StoreError> {
        let by = match (self, period) {
            (Self::Traffic, Period::Day(_)) => By::Hour,
            (Self::Traffic, _) => By::Day,
            (Self::Pages, _) => By::Value(PAGE),
        };
        let (first, last) = (period.first(), period.last());
        store.counts(&Question { site, first, last, by, filters: &[] })
    }
}

/// What one file holds.
pub struct Table {
    /// What it is about.
    pub dataset: Dataset,
    /// For which period.
    pub period: Period,
    /// The figures.
    pub published: Published,
}

impl Table {
    /// How the figures were collected.
    fn method(&self) -> &'static str {
        if self.published.heading().synthetic { "synthetic" } else { "beacon" }
    }

    /// The period of a line: its hour or day in a series, the file's own in a breakdown.
    fn line_period<'a>(&self, label: &'a str, whole: &'a str) -> &'a str {
        match self.dataset {
            Dataset::Traffic => label,
            Dataset::Pages => whole,
        }
    }

    /// The page of a line, in a breakdown.
    fn line_page<'a>(&self, label: &'a str) -> Option<&'a str> {
        match self.dataset {
            Dataset::Traffic => None,
            Dataset::Pages => Some(label),
        }
    }
}

/// The format of this name.
pub fn format_named(name: &str) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.name() == name)
}
