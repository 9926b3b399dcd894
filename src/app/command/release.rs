//! `parvis release` as it is typed, and what is answered on the terminal.

use std::path::Path;

use clap::Subcommand;

use crate::app::command::print::say;
use crate::app::{self, AppError, Machine};

/// What is typed after `parvis release`.
#[derive(Subcommand)]
pub enum ReleaseCommand {
    /// Begin a new series with another secret for rounding, where the old one is lost or known to
    /// others: a break of every site. Released files stay as they are.
    NewSecret,
}

impl ReleaseCommand {
    /// Does what was typed.
    pub fn run(self, data: &Path) -> Result<(), AppError> {
        match self {
            Self::NewSecret => {
                let sites = app::renew_secret(data, &Machine::real())?;
                say(format_args!(
                    "A new series has begun: a break of {sites} sites. Restart the service."
                ))
            }
        }
    }
}
