//! Offline tables that say coarse things about a request: its software, its country, robots, where
//! it came from.
//!
//! The tables are inside the program and nothing is looked up over a network. None of them keeps
//! what it was asked: the cache of agents is keyed by a hash and holds only coarse answers.

mod agent;
mod fetch_headers;
mod geo;
mod impossible;
mod language;
mod referrer;
mod robot;
mod screen;
mod source;

pub use agent::{Agents, Software};
pub use fetch_headers::{FetchHeaders, PurposeHeaders, sends_fetch_headers};
pub use geo::{Countries, GeoError};
pub use language::first_language;
pub use referrer::referring_host;
pub use robot::RobotKind;
pub use screen::screen_class;
pub use source::{Source, SourceKind, Sources};

/// All the tables, handed down together.
pub struct Tables {
    /// Software by user agent.
    pub agents: Agents,
    /// Country and region by address.
    pub countries: Countries,
    /// Named sources by referring host.
    pub sources: Sources,
}
