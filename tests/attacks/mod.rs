//! What an attacker on one machine and an unlucky operator do to the running program: each attack
//! bounded, on the real binary on loopback, with beacons going on beside the floods and every
//! acknowledged one counted at the end. A test carries the number of its finding.

mod accounts;
mod beside;
mod clock;
mod deploy;
mod files;
mod headers;
mod imports;
mod journal;
mod names;
mod networks;
mod passwords;
mod questions;
mod sign_in;
mod slow;
mod store;
