//! Parvis counts the audience of public websites and publishes the counts as open data.
//!
//! The way of a page view is the order of the floors: beacon, collect, journal, store, publish,
//! web. A floor uses the floors below it, never one above, and `tests/architecture` holds it so.
//!
//! - 11 `app`: wiring; the order of start and stop; the only reader of clock and randomness.
//! - 10 `config`: one TOML file and the environment, read once, checked whole.
//! - 9 `web`: the only folder that knows the web framework (and `app`, which starts its server).
//! - 8 `publish`: datasets, formats, releases and their catalogue.
//! - 7 `query`: the tables that are let out, and answers: exact ones, and sums of what was let out.
//! - 6 `collect`: the way of a request as a list of steps; every reason for not counting.
//! - 5 `journal`: hits durable before they are acknowledged; drained into the store; live figures.
//! - 4 `store`: sites, staff and counts, behind traits; SQLite inside.
//! - 3 `dimension`: the breakdowns, one file each and one list.
//! - 2 `privacy`: the policy in words, and the two doors `seal` and `release`.
//! - 1 `signal`: offline tables: agents, robots, countries, referrers.
//! - 0 `model`: the words everybody uses.
//!
//! Four types carry the promises: `Raw` (address and agent, for one request), `Hit` (no room for
//! either; the only thing the journal takes), `Counts` (what a store counted; unreadable) and
//! `Published` (what `privacy::release` let out; the only thing pages and files take).
//!
//! Architecture invariants: nothing looks anything up over a network; no floor below `app` reads
//! the clock; SQL is only in `store` and `journal`.

pub mod app;
pub mod collect;
pub mod config;
pub mod dimension;
pub mod journal;
pub mod model;
pub mod privacy;
pub mod publish;
pub mod query;
pub mod release;
pub mod signal;
pub mod store;
pub mod web;
