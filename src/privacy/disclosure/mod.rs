//! The way out: which lines are published, and to what their figures are rounded.
//!
//! A line is published if its readers come from enough networks, on one day and in all, with a
//! secret draw added ([`threshold`]); its figures go to one of the two multiples of ten beside them
//! by a secret number ([`rounding`]); and every small sum that readers can write down is looked at
//! before anything leaves ([`audit`]).

pub mod audit;
mod bounded;
pub mod bounds;
pub mod cell;
pub mod drafts;
mod fit;
pub mod rounding;
pub mod secret;
mod table;
pub mod threshold;
