//! How much one address holds at once: a bounded table of counters that never holds an address.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use super::limiter::Places;

/// Counts what each address holds, by hash and in two rows, as [`super::Limiter`] counts requests:
/// an address that meets another in one row is judged by its other row.
pub struct ConcurrencyLimit {
    held_max: u32,
    counters: Box<[AtomicU32]>,
    places: Places,
}

/// One thing that an address holds; it is given back when this is dropped.
pub struct Held {
    limit: Arc<ConcurrencyLimit>,
    places: [usize; 2],
}

impl ConcurrencyLimit {
    /// Allows one address to hold so many at once.
    pub fn new(held_max: u32) -> Arc<Self> {
        let (counters, places) = Places::with_counters();
        Arc::new(Self { held_max, counters, places })
    }

    /// One more for this address, unless it holds as many as it may. IPv6 counts by its /64.
    pub fn hold(self: &Arc<Self>, address: IpAddr) -> Option<Held> {
        let places = self.places.of_address(address);
        let before = places.map(|place| self.counters[place].fetch_add(1, Ordering::Relaxed));
        let held = Held { limit: self.clone(), places };
        (before[0].min(before[1]) < self.held_max).then_some(held)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        for place in self.places {
            self.limit.counters[place].fetch_sub(1, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_holds_for_each_address_and_what_is_given_back_is_free_again() {
        let limit = ConcurrencyLimit::new(2);
        let one = "192.0.2.1".parse().unwrap();
        let first = limit.hold(one);
        let second = limit.hold(one);
        assert!(first.is_some() && second.is_some() && limit.hold(one).is_none());
        assert!(limit.hold("192.0.2.2".parse().unwrap()).is_some());
        drop(first);
        let third = limit.hold(one);
        assert!(third.is_some() && limit.hold(one).is_none());
    }

    #[test]
    fn networks_of_the_sixth_version_count_as_one_address() {
        let limit = ConcurrencyLimit::new(1);
        let held = limit.hold("2001:db8::1".parse().unwrap());
        assert!(held.is_some() && limit.hold("2001:db8::2".parse().unwrap()).is_none());
        assert!(limit.hold("2001:db8:0:1::1".parse().unwrap()).is_some());
    }
}
