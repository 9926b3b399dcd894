//! Puts the floors together: the order of start and stop, and the only reader of clock and
//! randomness.

mod accounts;
mod arrivals;
mod breaks;
mod check;
mod clock;
pub mod command;
mod coverage;
mod demo;
mod downloads;
mod export;
mod fetch;
mod folder;
mod import;
mod log;
mod machine;
mod network_months;
mod organisations;
mod past;
mod publish;
mod running;
mod secret;
mod serving;
mod sitemap;
mod sites;
mod steady;
mod summary;
mod tags;
mod upkeep;
mod uptime;
mod withdraw;

use std::path::PathBuf;

use crate::config::{Config, ConfigError};
use crate::journal::JournalFault;
use crate::privacy::{NetworkKeyError, SaltError};
use crate::publish::PublishError;
use crate::signal::GeoError;
use crate::store::StoreError;

pub use accounts::{add_user, has_user, list_users, remove_user, set_user_password};
pub use arrivals::arrivals_warning;
pub use breaks::{BreakOptions, add_break, list_breaks};
pub use check::check;
pub use coverage::{CoverageOptions, measure_coverage};
pub use export::{Export, export};
pub use folder::own_files_only;
pub use import::{ImportOptions, Progress, import_access_log};
pub use log::begin_log;
pub use machine::Machine;
pub use organisations::{list_organisations, remove_organisation, set_organisation};
pub use publish::{publish, publish_to};
pub use running::{Running, start, start_unless};
pub use secret::renew as renew_secret;
pub use sites::{SiteOptions, add_site, list_sites, remove_site, set_site};
pub use summary::Summary;
pub use withdraw::{WithdrawOptions, withdraw};

/// What `serve` is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where everything is kept.
    pub data: PathBuf,
    /// The address to listen on, such as `127.0.0.1:8080`; port 0 takes a free one.
    pub listen: String,
    /// The settings.
    pub config: Config,
    /// Is the demo wanted?
    pub demo: bool,
}

/// Why a command failed. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalFault),
    /// A release.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// A salt.
    #[error(transparent)]
    Salt(#[from] SaltError),
    /// A month's key of networks.
    #[error(transparent)]
    Network(#[from] NetworkKeyError),
    /// The country table.
    #[error(transparent)]
    Geo(#[from] GeoError),
    /// The data folder.
    #[error("the data folder {0} cannot be used: {1}; choose another with --data")]
    Folder(PathBuf, std::io::Error),
    /// Other users can read it, and it cannot be closed.
    #[error(
        "other users of this machine can read {0}, and that cannot be changed: {1}; give it to the \
        user that runs Parvis (chown) and close it (chmod go=), or choose another folder with \
        --data"
    )]
    OpenToOthers(PathBuf, std::io::Error),
    /// It holds other things, and everybody may read it.
    #[error(
        "the data folder {0} is open to other users of this machine and holds other things than \
        Parvis; choose a folder of its own with --data, or close this one (chmod 700)"
    )]
    SharedFolder(PathBuf),
    /// Another process serves the same folder.
    #[error(
        "the data folder {0} is in use by another `parvis serve`; stop it, or choose another \
        with --data"
    )]
    InUse(PathBuf),
    /// The address.
    #[error("cannot listen on {0}: {1}; choose another address with --listen")]
    Listen(String, std::io::Error),
    /// A thread cannot be started, or ended badly.
    #[error("the machine refuses: {0}")]
    Machine(String),
    /// What a check found.
    #[error("{0}")]
    Damaged(String),
    /// A log that cannot be read on.
    #[error("{0}")]
    Import(String),
    /// A sitemap or a log that coverage cannot be measured with.
    #[error("{0}")]
    Coverage(String),
    /// Something a person typed.
    #[error("{0}")]
    Misuse(String),
}
