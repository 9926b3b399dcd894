//! What attackers learn from what is published, under the rule and under weaker ones.

mod chance;
mod decided;
mod forger;
mod honest;
mod likelihood;
mod person;
mod public;
mod site;
