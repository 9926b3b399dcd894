//! The promises, one file each, shown on the real binary or on the service with a clock of our own.

mod commands;
mod days;
mod disk;
mod durable;
mod limits;
mod marked;
mod open_data;
mod queue;
mod refusals;
mod robots;
mod service;
