//! The door out: a store's counts go in unreadable, and come out as published figures, rounded or
//! withheld.
//!
//! What is let out are calendar cells: a day, a month, a year of a declared breakdown. All tables
//! of a period are put into one [`World`], with those of its parts that were let out before. Lines
//! of few visitors are withheld. Then every sum that readers can write down is looked at: the lines
//! of a table and the site's total, the days of a month, the months of a year, the pages of a
//! section, a crossing and its two breakdowns. Wherever they together would tell more of a withheld
//! line than that it is small, another line is withheld with it. All other figures are rounded to
//! the nearest ten.

mod counts;
mod decided;
mod figure;
mod kept;
mod known;
mod letting_out;
mod lines;
mod protect;
mod published;
mod ratio;
mod sums;
mod world;

use crate::model::VISITORS_MIN_DEFAULT;

pub use counts::{CountLine, Counts, Heading, StaffPass};
pub use decided::Decided;
pub use figure::{ConfStatus, Figure, ObsStatus, PublishedLine};
pub use kept::{KeptError, keep, reopen};
pub use published::Published;
pub use sums::{ADDS_UP, Sum, Sums};
pub use world::{TableId, World};

/// A line of fewer visitors is withheld, unless the site says another number. Ten is the threshold
/// of the ONS for research outputs and the one that Parvis promises.
pub const VISITORS_MIN: u64 = VISITORS_MIN_DEFAULT;

/// Published figures are rounded to the nearest ten (CNIL, audience measurement exemption: reports
/// and exports "rounded to the nearest ten").
pub const ROUNDED_TO: u64 = 10;

/// The version of the rules, said in every output.
pub const RELEASE_RULE: &str = "release-2";

/// The line that stands for all lines whose label itself is withheld.
pub const WITHHELD_LABEL: &str = ":withheld";

/// The line that says that a breakdown, or a part of it, was not collected.
pub const NOT_COLLECTED_LABEL: &str = ":not_collected";

/// Does a label stand for what has no name in a breakdown, and not for a value of it?
pub fn names_no_value(label: &str) -> bool {
    label == WITHHELD_LABEL || label == NOT_COLLECTED_LABEL
}

/// To the nearest ten, halves up.
fn rounded(figure: u64) -> u64 {
    (figure + ROUNDED_TO / 2) / ROUNDED_TO * ROUNDED_TO
}
