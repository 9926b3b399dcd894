//! Offline tables that say coarse things about a request: its software, its country, robots, where
//! it came from.
//!
//! The tables are inside the program and nothing is looked up over a network. None of them keeps
//! what it was asked: the cache of agents is keyed by a hash and holds only coarse answers.

mod agent;
mod anatomy;
mod device;
mod fetch_headers;
mod geo;
mod impossible;
mod language;
mod private_host;
mod referrer;
mod robot;
mod screen;
mod source;

pub use agent::{Agents, Software};
pub use device::DEVICE_CLASSES;
pub use fetch_headers::{FetchHeaders, PurposeHeaders, sends_fetch_headers};
pub use geo::{Countries, GeoError};
pub use language::first_language;
pub use private_host::{PRIVATE, is_private_host};
pub use referrer::referring_host;
pub use robot::RobotKind;
pub use screen::{SCREEN_CLASSES, screen_class};
pub use source::{SOURCE_KINDS, Source, SourceKind, Sources};

/// Raised with every change of the program's own names of browsers and systems or of its rules of
/// devices: each raise is registered as a break of every site.
pub const AGENT_RULES: u32 = 2;

/// The same for its own words and exceptions about robots.
pub const ROBOT_RULES: u32 = 2;

/// The same for its own names and kinds of sources.
pub const SOURCE_RULES: u32 = 2;

/// All the tables, handed down together.
pub struct Tables {
    /// Software by user agent.
    pub agents: Agents,
    /// Country and region by address.
    pub countries: Countries,
    /// Named sources by referring host.
    pub sources: Sources,
}
