//! `parvis export`: a file of open data, the same bytes that the service answers.

use std::path::Path;
use std::sync::Arc;

use crate::app::{AppError, Machine, secret, sites};
use crate::model::Period;
use crate::publish::{self, About, Asked, Content, Topic};
use crate::query::Provisional;
use crate::store::{Sites, SqliteStore, StoreError};

/// Which file.
#[derive(Clone, Debug)]
pub struct Export {
    /// The site's host.
    pub site: String,
    /// The dataset.
    pub dataset: String,
    /// A day, a month or a year.
    pub period: String,
    /// The format.
    pub format: String,
}

/// The bytes of a file.
pub fn export(data: &Path, asked: &Export, machine: &Machine) -> Result<Vec<u8>, AppError> {
    let misused = |why: String| AppError::Misuse(why);
    let host = sites::parse(&asked.site)?;
    let topic = Topic::named(&asked.dataset).ok_or_else(|| {
        misused(format!("no dataset {:?}: there are {}", asked.dataset, publish::dataset_names()))
    })?;
    let format = publish::format_named(&asked.format).ok_or_else(|| {
        misused(format!("no format {:?}: there are {}", asked.format, publish::format_names()))
    })?;
    let period: Period =
        asked.period.parse().map_err(|error| misused(format!("{:?} is {error}", asked.period)))?;
    let store = SqliteStore::open(data)?;
    let site = store.sites()?.into_iter().find(|site| site.host == host);
    let site = site.ok_or_else(|| StoreError::NoSite(host.to_string()))?;
    let about = About { name: host.to_string(), sites: vec![Arc::new(site)], is_site: true };
    let asked = Asked { about: &about, topic, period, revision: None, format };
    let provisional = Provisional::new(secret::open(data, &store, machine)?);
    let found = publish::file(&store, &provisional, &asked, (machine.clock)());
    let (Content::Final(content) | Content::Provisional(content)) = found
        .map_err(|error| AppError::Machine(error.to_string()))?
        .ok_or_else(|| AppError::Machine("there is no such file".to_owned()))?;
    zstd::stream::decode_all(&content.packed[..])
        .map_err(|error| AppError::Machine(error.to_string()))
}
