//! What a store has counted goes in unreadable, and comes out as published figures, decided by
//! `disclosure`: how it is kept, and how it is read.

mod counts;
mod decided;
mod figure;
mod kept;
mod lines;
mod published;
mod ratio;

use crate::model::VISITORS_MIN_DEFAULT;

pub use counts::{CountLine, Counts, Heading, StaffPass};
pub use decided::Decided;
pub use figure::{ConfStatus, Figure, ObsStatus, PublishedLine};
pub use kept::{KeptError, keep, reopen};
pub use published::Published;
pub use ratio::RATIO_VISITS_MIN;

/// A line of fewer visitors is withheld, unless the site says another number. Ten is the threshold
/// of the ONS for research outputs and the one that Parvis promises.
pub const VISITORS_MIN: u64 = VISITORS_MIN_DEFAULT;

/// To what published figures are rounded (CNIL, audience measurement exemption: reports and exports
/// "rounded to the nearest ten", or otherwise with an analysis of anonymity: `docs/anonymity.md`).
pub const ROUNDED_TO: u64 = 10;

/// The version of the rules, said in every output.
pub const RELEASE_RULE: &str = "release-3";

/// The line that stands for all lines whose label itself is withheld.
pub const WITHHELD_LABEL: &str = ":withheld";

/// The line that says that a breakdown, or a part of it, was not collected.
pub const NOT_COLLECTED_LABEL: &str = ":not_collected";

/// Does a label stand for what has no name in a breakdown, and not for a value of it?
pub fn names_no_value(label: &str) -> bool {
    label == WITHHELD_LABEL || label == NOT_COLLECTED_LABEL
}
