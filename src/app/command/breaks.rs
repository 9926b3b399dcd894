//! `parvis break` as it is typed: the words, and what is answered on the terminal.

use std::path::Path;

use clap::{Args, Subcommand};

use crate::app::command::print::say;
use crate::app::{self, AppError, BreakOptions, Machine};
use crate::publish::beside::notes;
use crate::store::BreakWords;

/// What is typed after `parvis break`.
#[derive(Subcommand)]
pub enum BreakCommand {
    /// Register a break in words: after it the figures do not compare with those before.
    Add(Box<AddBreak>),
    /// Show the breaks, by site, in the order of time.
    List {
        /// Of one site alone.
        #[arg(long, env = "PARVIS_SITE")]
        site: Option<String>,
    },
}

/// A break as it is typed.
#[derive(Args)]
pub struct AddBreak {
    /// The site's host.
    #[arg(long, env = "PARVIS_SITE")]
    site: String,
    /// When it began: a day as 2026-11-22, a local time as 2026-11-22T10:00, or a moment with its
    /// offset.
    #[arg(long, env = "PARVIS_BEGAN")]
    began: String,
    /// Why the series breaks, such as definition, filter_rules or site_merged_or_split.
    #[arg(long = "type", env = "PARVIS_TYPE", default_value = "other")]
    kind: String,
    /// What happened, in French; everybody will read it.
    #[arg(long, env = "PARVIS_NOTE_FR")]
    note_fr: String,
    /// What happened, in English.
    #[arg(long, env = "PARVIS_NOTE_EN")]
    note_en: String,
    /// A figure that is altered, such as visitors; repeat for several; all unless said.
    #[arg(long, env = "PARVIS_METRICS", value_delimiter = ',')]
    metrics: Vec<String>,
    /// A breakdown that is altered, such as page; repeat for several; all figures unless said.
    #[arg(long, env = "PARVIS_DIMENSIONS", value_delimiter = ',')]
    dimensions: Vec<String>,
    /// What was so before, in a few words.
    #[arg(long, env = "PARVIS_BEFORE", default_value = "")]
    before: String,
    /// What has been so since, in a few words.
    #[arg(long, env = "PARVIS_AFTER", default_value = "")]
    after: String,
    /// How much the figures moved, in words, such as "about 5 % fewer visits".
    #[arg(long, env = "PARVIS_ESTIMATED_EFFECT")]
    estimated_effect: Option<String>,
    /// Days that were counted both ways.
    #[arg(long, env = "PARVIS_OVERLAP_DAYS")]
    overlap_days: Option<u32>,
    /// What figures before are multiplied by to compare with those after, such as 1.08.
    #[arg(long, env = "PARVIS_SPLICE_COEFFICIENT")]
    splice_coefficient: Option<f64>,
}

impl From<AddBreak> for BreakOptions {
    fn from(typed: AddBreak) -> Self {
        Self {
            site: typed.site,
            began: typed.began,
            kind: typed.kind,
            before: typed.before,
            after: typed.after,
            words: BreakWords {
                metrics: typed.metrics,
                dimensions: typed.dimensions,
                estimated_effect: typed.estimated_effect,
                overlap_days: typed.overlap_days,
                splice_coefficient: typed.splice_coefficient,
                note_fr: typed.note_fr,
                note_en: typed.note_en,
            },
        }
    }
}

impl BreakCommand {
    /// Does what was typed.
    pub fn run(self, data: &Path) -> Result<(), AppError> {
        match self {
            Self::Add(typed) => {
                let now = (Machine::real().clock)();
                let site = typed.site.clone();
                let is_new = app::add_break(data, (*typed).into(), now)?;
                say(if is_new {
                    format!("The break of {site} is registered, and published from now on.")
                } else {
                    format!("This break of {site} is registered already.")
                })?;
            }
            Self::List { site } => {
                for (site, one) in app::list_breaks(data, site.as_deref())? {
                    let source = if one.is_manual { "manual" } else { "automatic" };
                    let (began, kind) = (site.zone.written(one.began), one.kind.name());
                    let (_, note) = notes(&one);
                    say(format_args!("{}\t{began}\t{kind}\t{source}\t{note}", site.host))?;
                }
            }
        }
        Ok(())
    }
}
