//! Files of open data: the datasets, the formats they are written in, and the nightly release.
//!
//! A format is one file in `format` and one line in its list; a dataset is one line in `dataset`.
//! Only what the door out let out is ever written. Days, months and years that have ended are
//! released: their tables and the bytes of their files are kept for ever. What goes on is written
//! when it is asked for, and says that it is provisional.

mod answer;
pub mod assessment;
pub mod beside;
pub mod catalogue;
mod columns;
mod dataset;
pub mod duty;
mod file;
mod format;
mod making;
mod nightly;
mod packed;
pub mod portal;
pub mod table;
mod together;
mod topic;

use crate::query::QueryError;
use crate::store::StoreError;

pub use answer::{Beside, answer_as_file, answer_as_json};
pub use columns::{CONF_STATUS, METHODS, OBS_STATUS, label_column, metric_title};
pub use dataset::{Dataset, dataset_of, datasets};
pub use file::{About, Asked, Content, file};
pub use format::{FORMATS, format_named, format_names, split_extension};
pub use making::{Nightly, Outcome};
pub use nightly::NO_SECRET;
pub use together::{ALL, about_of_folder, about_organisation};
pub use topic::{Topic, dataset_names, topics};

/// The licence of the files: Licence Ouverte 2.0 (Etalab), SPDX `etalab-2.0`.
pub const LICENCE: &str = "etalab-2.0";

/// What made a file, with its version.
pub const GENERATOR: &str = concat!("parvis ", env!("CARGO_PKG_VERSION"));

/// Why a file or a release cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The figures cannot be put together.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The bytes cannot be written.
    #[error("a file cannot be written: {0}")]
    Write(#[from] std::io::Error),
}
