//! Requests a second from one address: a bounded table of counters that never holds an address.

use std::hash::{BuildHasher, Hash};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use hashbrown::DefaultHashBuilder;

/// Counters of one row: with 10,000 addresses in the same second, one in 40 shares both its
/// counters with others.
const ROW_COUNTERS: usize = 1 << 16;

/// Counts by hash (a count-min sketch of two rows): an address that meets another in one row is
/// judged by its other row. The hash has this process's own random seed, and all counters are
/// emptied each second, so nothing about an address can be read from them.
pub struct Limiter {
    requests_max: u32,
    second: AtomicU64,
    counters: Box<[AtomicU32]>,
    places: Places,
}

/// Where an address or another name counts: in each of two rows, by a hash with this process's own
/// random seed.
pub(super) struct Places(DefaultHashBuilder);

impl Places {
    /// Two rows of counters at zero, and where a name stands in them.
    pub(super) fn with_counters() -> (Box<[AtomicU32]>, Self) {
        let counters = (0..2 * ROW_COUNTERS).map(|_| AtomicU32::new(0)).collect();
        (counters, Self(DefaultHashBuilder::default()))
    }

    /// The places of an address, one in each row. IPv6 counts by its /64.
    pub(super) fn of_address(&self, address: IpAddr) -> [usize; 2] {
        match address.to_canonical() {
            IpAddr::V4(address) => self.of(&address.octets()),
            IpAddr::V6(address) => self.of(&address.octets()[..8]),
        }
    }

    fn of(&self, name: &(impl Hash + ?Sized)) -> [usize; 2] {
        let hash = self.0.hash_one(name) as usize;
        [hash % ROW_COUNTERS, ROW_COUNTERS + (hash >> 32) % ROW_COUNTERS]
    }
}

impl Limiter {
    /// Allows so many requests a second from one address.
    pub fn new(requests_max: u32) -> Self {
        let (counters, places) = Places::with_counters();
        Self { requests_max, second: AtomicU64::new(0), counters, places }
    }

    /// May this address send one more in this second? IPv6 counts by its /64.
    pub fn admits(&self, address: IpAddr, second: u64) -> bool {
        self.admits_at(self.places.of_address(address), second)
    }

    /// May one more come under this name in this second?
    pub fn admits_name(&self, name: &(impl Hash + ?Sized), second: u64) -> bool {
        self.admits_at(self.places.of(name), second)
    }

    fn admits_at(&self, places: [usize; 2], second: u64) -> bool {
        // All but the first of a second only read, so that the threads need not wait in turn.
        if self.second.load(Ordering::Relaxed) != second
            && self.second.swap(second, Ordering::Relaxed) != second
        {
            self.counters.iter().for_each(|counter| counter.store(0, Ordering::Relaxed));
        }
        let counts = places.map(|place| self.counters[place].fetch_add(1, Ordering::Relaxed));
        counts[0].min(counts[1]) < self.requests_max
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_holds_for_each_address_and_each_second() {
        let limiter = Limiter::new(3);
        let one = "192.0.2.1".parse().unwrap();
        let other = "2001:db8::1".parse().unwrap();
        let admitted = |address, second| (0..5).filter(|_| limiter.admits(address, second)).count();
        assert_eq!(admitted(one, 10), 3);
        assert_eq!(admitted(other, 10), 3);
        assert!(!limiter.admits("2001:db8::ffff".parse().unwrap(), 10));
        assert_eq!(admitted(one, 11), 3);
    }
}
