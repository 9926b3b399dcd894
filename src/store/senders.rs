//! Who sends what no counted site can be named for, and from where requests seem to come.

use jiff::civil::Date;

use crate::store::StoreError;

/// Days for which senders and arrivals are kept: long enough to find a wrong tag after a holiday.
pub const SENDER_DAYS_MAX: i64 = 31;

/// The sender whose name the request does not say.
pub const SENDER_NONE: &str = ":none";

/// Every sender beyond those that are known by name on one day.
pub const SENDER_OTHER: &str = ":other";

/// Hits of one sender that were not counted, on a day in UTC, to be added to what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderLine {
    /// On which day.
    pub date: Date,
    /// The host that the request names, [`SENDER_NONE`] or [`SENDER_OTHER`].
    pub host: String,
    /// Why.
    pub reason: &'static str,
    /// How many.
    pub hits: u64,
}

/// What became of a sender's hits in a span of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The host.
    pub host: String,
    /// Why they were not counted.
    pub reason: String,
    /// How many.
    pub hits: u64,
    /// The last day with one.
    pub last: Date,
}

/// From where the requests of a day seem to come: plain counts, and no address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// All messages and pictures.
    pub requests: u64,
    /// Those whose reader's address is a proxy's, this machine's, or the one private address of
    /// nearly all.
    pub of_proxy: u64,
    /// Those whose forwarding header names no address.
    pub unreadable: u64,
}

/// Requests of a day from which on it can be said that readers are not told apart.
pub const ARRIVALS_MIN: u64 = 20;

/// The share of them that must be a proxy's, in percent.
pub const ARRIVALS_PERCENT_MIN: u64 = 90;

impl Arrivals {
    /// Do (nearly) all requests seem to come from a proxy, so that all readers are one visitor?
    pub fn are_of_proxy(&self) -> bool {
        self.requests >= ARRIVALS_MIN && self.of_proxy * 100 >= self.requests * ARRIVALS_PERCENT_MIN
    }

    /// Does the forwarding header of (nearly) all requests name no address?
    pub fn are_unreadable(&self) -> bool {
        self.are_of_proxy() && self.unreadable * 100 >= self.requests * ARRIVALS_PERCENT_MIN
    }
}

/// The record of both.
pub trait Senders {
    /// Adds to the hits of senders. A day has at most `hosts_max` of them by name.
    fn add_senders(&self, lines: &[SenderLine], hosts_max: usize) -> Result<(), StoreError>;
    /// The senders of a span of days, those with the most hits first.
    fn senders(&self, first: Date, last: Date) -> Result<Vec<Sender>, StoreError>;
    /// Adds to the arrivals of days.
    fn add_arrivals(&self, days: &[(Date, Arrivals)]) -> Result<(), StoreError>;
    /// The arrivals of a day.
    fn arrivals(&self, date: Date) -> Result<Arrivals, StoreError>;

    /// The arrivals of the last day that has enough of them to say something: today, or else
    /// yesterday, in UTC.
    fn last_arrivals(&self, today: Date) -> Result<Arrivals, StoreError> {
        let arrivals = self.arrivals(today)?;
        if arrivals.requests >= ARRIVALS_MIN {
            return Ok(arrivals);
        }
        self.arrivals(today.yesterday().unwrap_or(today))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_requests_and_a_smaller_share_say_nothing() {
        let of = |requests, of_proxy| Arrivals { requests, of_proxy, unreadable: 0 }.are_of_proxy();
        assert!(of(20, 20) && of(20, 18));
        assert!(!of(19, 19) && !of(20, 17) && !of(0, 0));
        let garbage = Arrivals { requests: 20, of_proxy: 20, unreadable: 19 };
        assert!(garbage.are_unreadable());
    }
}
