//! Whether nearly all counted lines come from one address, as where a log has the address of a
//! proxy instead of its readers'.

use std::collections::HashMap;

/// Addresses that are looked at: one that nearly all lines come from is among the first.
const ADDRESSES_MAX: usize = 64;

/// Fewer lines may well come from one reader.
const LINES_MIN: u64 = 20;

/// Nearly all, in per cent.
const SHARE_MIN: u64 = 95;

/// How many lines come from which address, by its hash, held during an import and never printed.
#[derive(Default)]
pub struct Senders {
    lines: u64,
    by_address: HashMap<u64, u64>,
}

impl Senders {
    /// A line is counted.
    pub fn add(&mut self, address: u64) {
        self.lines += 1;
        if self.by_address.len() < ADDRESSES_MAX || self.by_address.contains_key(&address) {
            *self.by_address.entry(address).or_default() += 1;
        }
    }

    /// The share of the lines that come from one address, in per cent, if it is nearly all.
    pub fn share_of_one(&self) -> Option<u64> {
        let most = self.by_address.values().max()?;
        let share = most * 100 / self.lines;
        (self.lines >= LINES_MIN && share >= SHARE_MIN).then_some(share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(proxy: u64, others: u8) -> Option<u64> {
        let mut senders = Senders::default();
        (0..others).for_each(|other| senders.add(other.into()));
        (0..proxy).for_each(|_| senders.add(1_000));
        senders.share_of_one()
    }

    #[test]
    fn one_address_stands_out_if_nearly_all_lines_are_its() {
        assert_eq!((share(20, 0), share(19, 0)), (Some(100), None));
        assert_eq!((share(95, 5), share(94, 6)), (Some(95), None));
        assert_eq!((share(10_000, 250), share(0, 0)), (None, None));
    }
}
