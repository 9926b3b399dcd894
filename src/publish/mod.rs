//! Files of open data: the datasets, and the formats they are written in.
//!
//! A format is one file here and one line in [`FORMATS`]; a dataset is one line in [`BREAKDOWNS`].
//! Only what `privacy::release` let out is ever written.

mod answer;
pub mod catalogue;
mod csv;
mod json;
pub mod table;

use std::io;

use jiff::Timestamp;

use crate::dimension::{self, Dimension};
use crate::model::{Metric, Period, Site};
use crate::privacy::{Counts, Published, release};
use crate::store::{By, Figures, Question, StoreError};

use answer::label_parts;
pub use answer::{Beside, answer_as_csv, answer_as_json};

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
#[derive(Clone, Copy)]
pub enum Dataset {
    /// The figures of the site: by hour for a day, by day for a month or a year.
    Traffic,
    /// The figures by the values of a dimension, under the name of the dataset.
    Breakdown(&'static str, &'static Dimension),
}

/// The datasets that are breakdowns: their name, and that of the dimension.
const BREAKDOWNS: [(&str, &str); 20] = [
    ("pages", "page"),
    ("entry_pages", "entry_page"),
    ("exit_pages", "exit_page"),
    ("sections", "section"),
    ("hosts", "host"),
    ("sources", "source"),
    ("source_kinds", "source_kind"),
    ("countries", "country"),
    ("regions", "region"),
    ("devices", "device"),
    ("browsers", "browser"),
    ("systems", "system"),
    ("screens", "screen"),
    ("languages", "language"),
    ("downloads", "download"),
    ("outlinks", "outlink"),
    ("searches", "search"),
    ("events", "event"),
    ("missing", "missing"),
    ("missing_from", "missing_from"),
];

/// Every dataset.
pub fn datasets() -> impl Iterator<Item = Dataset> {
    let breakdowns = BREAKDOWNS.into_iter().filter_map(|(name, of)| {
        dimension::named(of).map(|dimension| Dataset::Breakdown(name, dimension))
    });
    std::iter::once(Dataset::Traffic).chain(breakdowns)
}

/// The names of the datasets, for people.
pub fn dataset_names() -> String {
    datasets().map(Dataset::name).collect::<Vec<_>>().join(", ")
}

impl Dataset {
    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Traffic => "traffic",
            Self::Breakdown(name, _) => name,
        }
    }

    /// The dataset of this name.
    pub fn named(name: &str) -> Option<Self> {
        datasets().find(|dataset| dataset.name() == name)
    }

    /// The columns of what its lines are about, beside the period.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Traffic => &[],
            Self::Breakdown(_, dimension) => dimension.columns,
        }
    }

    /// Asks a store for the dataset's counts.
    pub fn counts<S: Figures + ?Sized>(
        self,
        store: &S,
        site: &Site,
        period: Period,
        now: Timestamp,
    ) -> Result<Counts, StoreError> {
        let by = match (self, period) {
            (Self::Traffic, Period::Day(_)) => By::Hour,
            (Self::Traffic, _) => By::Day,
            (Self::Breakdown(_, dimension), _) => By::Value(dimension.code),
        };
        let (first, last) = (period.first(), period.last());
        store.counts(&Question { site, first, last, by, filters: &[], now })
    }
}

/// The metrics of a file, in the order of its columns: those that can be added up again.
pub const FILE_METRICS: [Metric; 6] = [
    Metric::Views,
    Metric::Visitors,
    Metric::Visits,
    Metric::Bounces,
    Metric::Events,
    Metric::ReadingSeconds,
];

/// What one file holds.
pub struct Table {
    /// What it is about.
    pub dataset: Dataset,
    /// For which period.
    pub period: Period,
    /// How the days were collected, by commas.
    pub method: String,
    /// The figures.
    pub published: Published,
}

impl Table {
    /// The period of a line: its hour or day in a series, the file's own in a breakdown.
    fn line_period<'a>(&self, label: &'a str, whole: &'a str) -> &'a str {
        match self.dataset {
            Dataset::Traffic => label,
            Dataset::Breakdown(..) => whole,
        }
    }

    /// What a line is about, one part a column.
    fn line_parts<'a>(&self, label: &'a str) -> Vec<&'a str> {
        label_parts(label, self.dataset.columns().len())
    }
}

/// The bytes of a file.
pub fn file<S: Figures + ?Sized>(
    store: &S,
    site: &Site,
    dataset: Dataset,
    period: Period,
    format: &dyn Format,
    now: Timestamp,
) -> Result<io::Result<Vec<u8>>, StoreError> {
    let counts = dataset.counts(store, site, period, now)?;
    let methods = store.methods(site, period.first(), period.last())?;
    let method = methods.iter().map(|method| method.name()).collect::<Vec<_>>().join(",");
    let table = Table { dataset, period, method, published: release(counts, now) };
    let mut bytes = Vec::new();
    Ok(format.write(&table, &mut bytes).map(|()| bytes))
}

/// The names of the formats, for people.
pub fn format_names() -> String {
    FORMATS.map(Format::name).join(", ")
}

/// The format of this name.
pub fn format_named(name: &str) -> Option<&'static dyn Format> {
    FORMATS.into_iter().find(|format| format.name() == name)
}
