//! `parvis coverage` as it is typed, and what is answered on the terminal.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::app::command::print::write;
use crate::app::{self, AppError, CoverageOptions, Machine};
use crate::config::Config;

/// What is typed after `parvis coverage`.
#[derive(Args)]
pub struct CoverageCommand {
    /// The site's host.
    #[arg(long, env = "PARVIS_SITE")]
    site: String,
    /// The site's sitemap, as a file or as its address on the site itself; repeat for several.
    /// Without it, and without logs, https://HOST/sitemap.xml is fetched.
    #[arg(long = "sitemap", env = "PARVIS_SITEMAP")]
    sitemaps: Vec<String>,
    /// An access log of days on which the tag counted too, to compare page views; repeat for
    /// several. Nothing of it is kept but the sums.
    #[arg(long = "access-log", env = "PARVIS_ACCESS_LOG")]
    access_logs: Vec<String>,
    /// In which days pages must have been seen: a day, a month or a year; the last whole month
    /// unless said.
    #[arg(long, env = "PARVIS_PERIOD")]
    period: Option<String>,
    /// The settings, in TOML.
    #[arg(long, env = "PARVIS_CONFIG")]
    config: Option<PathBuf>,
}

impl CoverageCommand {
    /// Does what was typed.
    pub fn run(self, data: &Path) -> Result<(), AppError> {
        let Self { site, sitemaps, access_logs, period, config } = self;
        let config = Config::read(config.as_deref(), &|name| std::env::var(name).ok())?;
        let options = CoverageOptions { site, sitemaps, access_logs, period };
        let said = app::measure_coverage(data, &config, &options, &Machine::real())?;
        write(said.to_string().as_bytes())?;
        Ok(())
    }
}
