//! From how many networks the readers of a line came: each network falls into one of 256 buckets
//! under a key of one site and one month, and the distinct buckets are counted.

/// Into so many buckets networks fall. Each is shared by some 65,000 networks of IPv4.
pub const BUCKETS: usize = 256;

/// Bits of one word of a set.
const WORD_BITS: usize = 64;

/// A set of buckets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NetworkSet([u64; BUCKETS / WORD_BITS]);

impl NetworkSet {
    /// Adds a bucket.
    pub fn insert(&mut self, bucket: u8) {
        self.0[usize::from(bucket) / WORD_BITS] |= 1 << (usize::from(bucket) % WORD_BITS);
    }

    /// Adds the buckets of another set, made under the same key.
    pub fn unite(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(word, more)| *word |= more);
    }

    /// How many buckets there are.
    pub fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The buckets, in order.
    pub fn buckets(self) -> impl Iterator<Item = u8> {
        let is_in = move |bucket: &u8| {
            let place = usize::from(*bucket);
            self.0[place / WORD_BITS] >> (place % WORD_BITS) & 1 == 1
        };
        (0..=u8::MAX).filter(is_in)
    }

    /// One bit a bucket, from the lowest.
    pub fn to_bytes(self) -> [u8; BUCKETS / 8] {
        let mut bytes = [0; BUCKETS / 8];
        let places = bytes.chunks_exact_mut(size_of::<u64>());
        places.zip(self.0).for_each(|(place, word)| place.copy_from_slice(&word.to_le_bytes()));
        bytes
    }

    /// The set of these bits.
    pub fn of_bytes(bytes: [u8; BUCKETS / 8]) -> Self {
        let mut set = Self::default();
        let is_in = |bucket: &u8| bytes[usize::from(*bucket / 8)] >> (bucket % 8) & 1 == 1;
        (0..=u8::MAX).filter(is_in).for_each(|bucket| set.insert(bucket));
        set
    }
}

/// What is said of a key beside the sets that were made under it: whether two sets have the same
/// key, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NetworkCheck(pub u32);

/// From how many networks the readers of a line came over a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Networks {
    /// The distinct buckets of a day; of a month those of its days together; of a year those of
    /// its largest month.
    pub count: u64,
    /// The most distinct buckets on a single day.
    pub largest_day: u64,
}

impl Networks {
    /// The largest of both.
    pub fn largest(self, other: Self) -> Self {
        Self {
            count: self.count.max(other.count),
            largest_day: self.largest_day.max(other.largest_day),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_each_bucket_once() {
        let mut set = NetworkSet::default();
        assert_eq!((set.count(), set.buckets().next()), (0, None));
        for bucket in [255, 0, 63, 64, 0, 255] {
            set.insert(bucket);
        }
        assert_eq!(set.count(), 4);
        assert!(set.buckets().eq([0, 63, 64, 255]));
        assert_eq!(NetworkSet::of_bytes(set.to_bytes()), set);
        let mut other = NetworkSet::default();
        (0..=u8::MAX).for_each(|bucket| other.insert(bucket));
        set.unite(other);
        assert_eq!((set, set.count()), (other, 256));
        assert_eq!(NetworkSet::of_bytes(other.to_bytes()), other);
    }
}
