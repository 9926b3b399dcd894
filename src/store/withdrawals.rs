//! Values that an operator took out of what is published: the name of a page that somebody
//! invented, a title with a person's name.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::{Period, Site};
use crate::store::StoreError;

/// What a release is made of that has to be made again: no change of a past day has this number.
pub const MADE_AGAIN: i64 = -2;

/// A value that is not published any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// A path, a title, a source or whatever else a line may be named by.
    pub value: String,
    /// In the periods that reach into these days: the first of them.
    pub first: Date,
    /// The last.
    pub last: Date,
    /// Why, as everybody may read it.
    pub reason: String,
    /// When.
    pub withdrawn: Timestamp,
}

/// The register of values that were taken out.
pub trait Withdrawals {
    /// Registers it, and does away with every file of these releases, in each of their revisions:
    /// they are made again. `about` are the site and the groups that it is in.
    fn withdraw(
        &self,
        site: &Site,
        new: &Withdrawal,
        releases: (&[String], &[Period]),
    ) -> Result<(), StoreError>;

    /// Those that concern a period of a site, in the order of their registration.
    fn withdrawals(&self, site: &Site, period: Period) -> Result<Vec<Withdrawal>, StoreError>;
}
