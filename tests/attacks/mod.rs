//! What an attacker on one machine and an unlucky operator did to the running program: each as a
//! bounded attack on the real binary, with beacons going on beside it.

mod beside;
mod deploy;
mod questions;
mod slow;
