//! Reads the access logs of web servers, line by line, and tells the pages that people asked for
//! from everything else that a server writes down.
//!
//! The formats are *common* and *combined* of Apache and nginx, each with or without the virtual
//! host in front, packed by gzip or not. Nothing here counts and nothing is kept: an [`Entry`]
//! borrows the one line that is held, and like a request it says too much about a person to be
//! printed, so neither it nor a [`Refused`] repeats anything of the line.

mod address;
mod entry;
mod field;
mod held;
mod host;
mod judge;
mod kind;
mod lines;
mod members;
mod opening;
mod packing;
mod refused;
mod time;
mod unicode;

pub use entry::{Entry, Layout};
pub use held::Held;
pub use judge::{Judged, judge};
pub use opening::{AccessLog, HELD_BYTES_MAX, LogError};
pub use refused::{LINE_BYTES_MAX, Refused};
