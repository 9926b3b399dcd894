//! The promises, one file each, shown on the real binary or on the service with a clock of our own.

mod api;
mod asking;
mod audience;
mod beside;
mod check;
mod clocked;
mod commands;
mod coverage;
mod days;
mod disk;
mod durable;
mod import;
mod limits;
mod logs;
mod marked;
mod open_data;
mod portal;
mod queue;
mod refusals;
mod retention;
mod robots;
mod rules;
mod service;
mod sites;
mod upgrade;
