//! `parvis user` as it is typed, and what is answered on the terminal.

use std::io::{BufRead, IsTerminal};
use std::path::Path;

use clap::Subcommand;

use crate::app::command::print::say;
use crate::app::{self, AppError, Machine};
use crate::store::StoreError;

/// What is typed after `parvis user`.
#[derive(Subcommand)]
pub enum UserCommand {
    /// Add an administrator; the password is asked for, or read from standard input.
    Add {
        /// The name to sign in with.
        login: String,
    },
    /// Show the administrators, one on a line: login, since when, open sessions.
    List,
    /// Give an administrator another password, asked for or read from standard input, and end all
    /// sessions.
    Password {
        /// The name to sign in with.
        login: String,
    },
    /// Remove an administrator and end all sessions.
    Remove {
        /// The name to sign in with.
        login: String,
    },
}

impl UserCommand {
    /// Does what was typed.
    pub fn run(self, data: &Path) -> Result<(), AppError> {
        let machine = Machine::real();
        match self {
            Self::Add { login } => {
                app::add_user(data, &login, &password()?, &machine)?;
                say(format_args!("{login} can sign in at /admin/sign-in."))
            }
            Self::List => {
                for one in app::list_users(data, &machine)? {
                    say(format_args!("{}\t{}\t{}", one.login, one.added_at, one.sessions))?;
                }
                Ok(())
            }
            Self::Password { login } => {
                if !app::has_user(data, &login)? {
                    return Err(StoreError::NoLogin(login).into());
                }
                app::set_user_password(data, &login, &password()?, &machine)?;
                say(format_args!("{login} has another password; all sessions have ended."))
            }
            Self::Remove { login } => {
                let is_other_left = app::remove_user(data, &login)?;
                say(format_args!("{login} is removed; all sessions have ended."))?;
                if !is_other_left {
                    say(
                        "No administrator is left: add one with `parvis user add LOGIN`, or start \
                         `parvis serve` again for a one-time link.",
                    )?;
                }
                Ok(())
            }
        }
    }
}

/// Asks for a password at the terminal, or reads a line of standard input.
fn password() -> Result<String, AppError> {
    let unreadable =
        |error: std::io::Error| AppError::Misuse(format!("the password cannot be read: {error}"));
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password("Password: ").map_err(unreadable);
    }
    let mut typed = String::new();
    std::io::stdin().lock().read_line(&mut typed).map_err(unreadable)?;
    Ok(typed.trim_end_matches(['\r', '\n']).to_owned())
}
