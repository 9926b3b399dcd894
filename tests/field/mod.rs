//! What failed on inputs that users of other audience tools reported in public, one case a row, on
//! the real binary or on the service with a clock of our own. A test carries the row's number.

mod agents;
mod arrivals;
mod comparisons;
mod files;
mod gaps;
pub mod http;
mod lists;
mod logs;
mod messages;
mod pages;
mod sources;
mod stops;
mod tag;
mod texts;
