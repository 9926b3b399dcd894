//! `parvis sdg` as it is typed, and the month that is written to standard output.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::app::command::print::write;
use crate::app::{AppError, sites};
use crate::model::Period;
use crate::publish::duty::{Sdg, sdg};
use crate::store::{Sites, SqliteStore, StoreError};

/// What is typed after `parvis sdg`.
#[derive(Args)]
pub struct SdgCommand {
    /// The site's host.
    #[arg(long, env = "PARVIS_SITE")]
    site: String,
    /// A month that has ended, as 2026-10.
    #[arg(long, env = "PARVIS_PERIOD")]
    period: String,
    /// A file of the paths of the pages under the regulation, one a line; all pages unless said.
    #[arg(long, env = "PARVIS_PAGES")]
    pages: Option<PathBuf>,
}

impl SdgCommand {
    /// Writes the month.
    pub fn run(self, data: &Path) -> Result<(), AppError> {
        let misused = |why: String| AppError::Misuse(why);
        let host = sites::parse(&self.site)?;
        let month: Period = self
            .period
            .parse()
            .map_err(|error| misused(format!("{:?} is {error}", self.period)))?;
        let Period::Month(_) = month else {
            return Err(misused(format!("{month} is no month: write it as 2026-10")));
        };
        let pages = self.pages.as_deref().map(|file| read_pages(file, host.as_str()));
        let pages = pages.transpose()?;
        let store = SqliteStore::open(data)?;
        let site = store.sites()?.into_iter().find(|site| site.host == host);
        let site = site.ok_or_else(|| StoreError::NoSite(host.to_string()))?;
        let (payload, note) = match sdg(&store, &site, month, pages.as_deref())? {
            Sdg::Made(both) => *both,
            Sdg::Open => {
                return Err(misused(format!(
                    "{month} is not released yet: wait until it has ended, or run `parvis publish`"
                )));
            }
            Sdg::NotKept => {
                return Err(misused(format!(
                    "{month} was released by a version that did not keep page, country and device \
                     together"
                )));
            }
        };
        for page in &note.missing {
            eprintln!("parvis: {page} has no statistics that may be published in {month}");
        }
        let machine = |error: String| AppError::Machine(error);
        let mut bytes =
            serde_json::to_vec_pretty(&payload).map_err(|error| machine(error.to_string()))?;
        bytes.push(b'\n');
        write(&bytes)
    }
}

/// The paths that a file lists: one a line, alone or as a whole address of the site.
fn read_pages(file: &Path, host: &str) -> Result<Vec<String>, AppError> {
    let unreadable =
        |error| AppError::Misuse(format!("{} cannot be read: {error}", file.display()));
    let text = std::fs::read_to_string(file).map_err(unreadable)?;
    let mut pages = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let path = match line.split_once("://") {
            Some((_, rest)) => rest.strip_prefix(host),
            None => Some(line),
        };
        let path = path.filter(|path| path.starts_with('/')).ok_or_else(|| {
            AppError::Misuse(format!("{line:?} is no page of {host}: write its path, such as /"))
        })?;
        if !pages.iter().any(|page| page == path) {
            pages.push(path.to_owned());
        }
    }
    Ok(pages)
}
