//! Parvis counts the audience of public websites and publishes the counts as open data.
//!
//! The way of a page view is the order of the floors: beacon, collect, journal, store, release,
//! query, publish, web. A floor uses the floors below it, never one above, and
//! `tests/architecture` holds it so.
//!
//! - 12 `app`: wiring; the order of start and stop; the only reader of clock and randomness.
//! - 11 `config`: one TOML file and the environment, read once, checked whole.
//! - 10 `web`: the only folder that knows the web framework (and `app`, which starts its server).
//! - 9 `publish`: datasets, formats, the nightly job and the catalogue.
//! - 8 `query`: answers: exact ones for staff, and sums of what is published for everybody.
//! - 7 `release`: which tables of a day, a month or a year are published, decided together.
//! - 6 `collect`: the way of a request as a list of steps; every reason for not counting.
//! - 5 `journal`: hits durable before they are acknowledged; drained into the store; live figures.
//! - 4 `store`: sites, staff and counts, behind traits; SQLite inside.
//! - 3 `dimension`: the breakdowns, one file each and one list.
//! - 2 `privacy`: the policy in words; the way in, `seal`; the way out, `disclosure`: thresholds,
//!   rounding, audit.
//! - 1 `signal`: offline tables: agents, robots, countries, referrers.
//! - 0 `model`: the words everybody uses.
//!
//! Four types carry the promises: `Raw` (address and agent, for one request), `Hit` (no room for
//! either; the only thing the journal takes), `Counts` (what a store counted; unreadable) and
//! `Published` (what `privacy::disclosure` let through; the only thing pages and files take).
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
