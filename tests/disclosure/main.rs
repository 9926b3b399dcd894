//! What attackers learn from what is published, under the rule and under weaker ones.

mod campaign;
mod chance;
mod decided;
mod forger;
mod honest;
mod intervals;
mod likelihood;
mod nobody;
mod person;
mod public;
mod site;
