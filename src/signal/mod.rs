//! Offline tables that say coarse things about a request: its software, its country, robots, where
//! it came from.
//!
//! The tables are inside the program and nothing is looked up over a network. None of them keeps
//! what it was asked: the cache of agents is keyed by a hash and holds only coarse answers.

mod agent;
mod geo;
mod referrer;
mod robot;

pub use agent::{Agents, Software};
pub use geo::{Countries, GeoError};
pub use referrer::referring_host;

/// All the tables, handed down together.
pub struct Tables {
    /// Software by user agent.
    pub agents: Agents,
    /// Country by address.
    pub countries: Countries,
}
