//! The idempotency keys of the latest hits, in two generations of bounded size.

use hashbrown::HashSet;

/// Keys of one generation; two are kept, so a copy is known for one until at least this many later
/// hits. At ten views a second that is more than a day, at 5,000 three minutes; the tracker sends
/// again after seconds. The number fills a table of 2^20 places to its load of 7/8: 9 MB.
pub const GENERATION_KEYS_MAX: usize = (1 << 20) / 8 * 7;

/// The keys of the latest hits.
#[derive(Default)]
pub struct RecentKeys {
    young: HashSet<u64>,
    old: HashSet<u64>,
}

impl RecentKeys {
    /// Is this the key of a recent hit?
    pub fn knows(&self, key: u64) -> bool {
        self.young.contains(&key) || self.old.contains(&key)
    }

    /// Remembers a key, and forgets the oldest ones when there are too many.
    pub fn remember(&mut self, key: u64) {
        if self.young.len() >= GENERATION_KEYS_MAX {
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        self.young.insert(key);
    }

    /// Forgets a key whose hit was not written after all.
    pub fn forget(&mut self, key: u64) {
        self.young.remove(&key);
        self.old.remove(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_of_keys_is_always_remembered_and_two_at_most() {
        let mut keys = RecentKeys::default();
        let count = 3 * GENERATION_KEYS_MAX as u64;
        for key in 0..count {
            keys.remember(key);
        }
        assert!((count - GENERATION_KEYS_MAX as u64..count).all(|key| keys.knows(key)));
        assert!(keys.young.len() + keys.old.len() <= 2 * GENERATION_KEYS_MAX);
        assert!(!keys.knows(0));
        keys.forget(count - 1);
        assert!(!keys.knows(count - 1));
    }
}
