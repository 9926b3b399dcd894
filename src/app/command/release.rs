//! `parvis release` as it is typed, and what is answered on the terminal.

use std::path::Path;

use clap::{Args, Subcommand};

use crate::app::command::print::say;
use crate::app::{self, AppError, Machine, WithdrawOptions};
use crate::model::Period;

/// What is typed after `parvis release`.
#[derive(Subcommand)]
pub enum ReleaseCommand {
    /// Begin a new series with another secret for rounding, where the old one is lost or known to
    /// others: a break of every site. Released files stay as they are.
    NewSecret,
    /// Take a value out of what is published, such as the name of a page that somebody invented: a
    /// revision of every release that holds it, with the reason; the files of earlier revisions are
    /// done away with.
    Withdraw(Withdraw),
}

/// A value that is taken out, as it is typed.
#[derive(Args)]
pub struct Withdraw {
    /// The site's host.
    #[arg(env = "PARVIS_SITE")]
    site: String,
    /// The value: a path, a title, a source, as it is published.
    #[arg(env = "PARVIS_VALUE")]
    value: String,
    /// Why, as everybody may read it.
    #[arg(long, env = "PARVIS_REASON")]
    reason: String,
    /// Only in this day, month or year, and in those that it is part of.
    #[arg(long, env = "PARVIS_PERIOD")]
    period: Option<Period>,
}

impl ReleaseCommand {
    /// Does what was typed.
    pub fn run(self, data: &Path) -> Result<(), AppError> {
        match self {
            Self::Withdraw(Withdraw { site, value, reason, period }) => {
                let options = WithdrawOptions { site, value, reason, period };
                say(app::withdraw(data, &options, &Machine::real())?)
            }
            Self::NewSecret => {
                let sites = app::renew_secret(data, &Machine::real())?;
                say(format_args!(
                    "A new series has begun: a break of {sites} sites. Restart the service."
                ))
            }
        }
    }
}
