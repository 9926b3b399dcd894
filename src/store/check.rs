//! Whether a store is whole, and whether its figures agree with each other.

use jiff::civil::Date;

use crate::model::Site;
use crate::store::StoreError;

/// What a check looked at, and what it found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Sites looked at.
    pub sites: u32,
    /// Days of sites looked at.
    pub days: u32,
    /// What is wrong, each in a sentence.
    pub findings: Vec<String>,
}

/// A store that can look at itself.
pub trait Checks {
    /// Is the file whole? Do pages and other breakdowns add up to their site, hours to their day
    /// and days to their month, and are visitors, visits and views in order?
    fn check(&self) -> Result<Report, StoreError>;
    /// Is the file whole, as far as a look at the start of the service can tell?
    fn look(&self) -> Result<(), StoreError>;
    /// Is the store still where it was opened?
    fn is_kept(&self) -> Result<(), StoreError>;
    /// What is wrong with the figures of a site on one day, each in a sentence.
    fn check_day(&self, site: &Site, date: Date) -> Result<Vec<String>, StoreError>;
}
