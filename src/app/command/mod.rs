//! Commands of the command line that have words of their own: each reads what was typed, does it
//! and says so.

mod breaks;
mod coverage;
mod print;
mod release;
mod sdg;
mod sites;
mod users;

pub use breaks::BreakCommand;
pub use coverage::CoverageCommand;
pub use print::{say, write};
pub use release::ReleaseCommand;
pub use sdg::SdgCommand;
pub use sites::SiteCommand;
pub use users::UserCommand;
