//! What a released file is about: figures, or the quality of the days that they are of.

use crate::publish::beside;
use crate::publish::dataset::{Dataset, datasets};
use crate::publish::table::Schema;

/// The name of the quality of days in addresses.
const QUALITY: &str = "quality";

/// What a file is about.
#[derive(Clone, Copy)]
pub enum Topic {
    /// One of the datasets of figures.
    Figures(Dataset),
    /// How well the days were collected.
    Quality,
}

/// Everything that is released of a day, a month and a year.
pub fn topics() -> impl Iterator<Item = Topic> {
    datasets().map(Topic::Figures).chain([Topic::Quality])
}

/// The names of all of it, for people.
pub fn dataset_names() -> String {
    topics().map(Topic::name).collect::<Vec<_>>().join(", ")
}

impl Topic {
    /// What has this name in addresses.
    pub fn named(name: &str) -> Option<Self> {
        topics().find(|topic| topic.name() == name)
    }

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Figures(dataset) => dataset.name(),
            Self::Quality => QUALITY,
        }
    }

    /// What its files hold.
    pub fn schema(self) -> Schema {
        match self {
            Self::Figures(dataset) => dataset.schema(),
            Self::Quality => beside::quality_schema(),
        }
    }
}
