//! The promises, one file each, shown on the real binary or on the service with a clock of our own.

mod api;
mod asking;
mod assessed;
#[path = "../attacks/mod.rs"]
mod attacks;
mod audience;
mod beside;
mod check;
mod clocked;
mod commands;
mod coverage;
mod days;
mod disk;
mod durable;
mod duty;
#[path = "../field/mod.rs"]
mod field;
mod import;
mod limits;
mod logs;
mod marked;
mod open_data;
mod outage;
mod pages;
mod portal;
mod queue;
mod refusals;
mod released;
mod retention;
mod reuses;
mod robots;
mod rules;
mod service;
mod sites;
mod upgrade;
mod uses;
