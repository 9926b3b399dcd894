//! From how many networks the visitors of each line came: kept as sets of buckets until their
//! month is over, and as numbers afterwards.

use jiff::civil::Date;

use crate::model::{Networks, Period, Site, SiteId};
use crate::store::StoreError;

/// From how many networks the visitors of one line came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworksLine {
    /// The value, as in the counts; of an hour the moment at which it began.
    pub label: String,
    /// The value of the other breakdown, where two are crossed; else empty.
    pub second: String,
    /// How many.
    pub networks: Networks,
}

/// The sets of buckets, and what is left of them.
pub trait NetworkSets {
    /// The networks of every line of a breakdown, a crossing (as [`crate::dimension::crossing`]
    /// says), the whole site or its hours, in no order. The other code is 0 where there is one
    /// breakdown. Where a day has no buckets, its visitors stand for its networks.
    fn networks(
        &self,
        site: &Site,
        codes: (u8, u8),
        period: Period,
    ) -> Result<Vec<NetworksLine>, StoreError>;
    /// The months of a site of which buckets are kept, by their first days, in order.
    fn network_months(&self, site: SiteId) -> Result<Vec<Date>, StoreError>;
    /// Deletes the buckets of a month and keeps their numbers. It may be called again, and is to be
    /// when a day of the month is imported anew.
    fn forget_networks(&self, site: SiteId, month: Date) -> Result<(), StoreError>;
}
