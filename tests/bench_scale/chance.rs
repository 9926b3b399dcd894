//! Numbers that look like chance and are the same at every run, and names of which few are common.

use compact_str::CompactString;

/// SplitMix64 (Steele, Lea, Flood 2014).
pub struct Chance(pub u64);

impl Chance {
    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut state = self.0;
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^ (state >> 31)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.number() % bound.max(1) as u64) as usize
    }

    /// From 0 to 1.
    pub fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// Names in the order of their frequency, which falls as a power of their rank (Zipf).
pub struct Names {
    /// The names.
    pub texts: Vec<CompactString>,
    cumulated: Vec<f64>,
}

impl Names {
    /// So many names. The first alone may have a share of its own.
    pub fn new(
        count: usize,
        exponent: f64,
        first_share: Option<f64>,
        name: impl Fn(usize) -> String,
    ) -> Self {
        let weight = |rank: usize| ((rank + 1) as f64).powf(-exponent);
        let others: f64 = (1..count).map(weight).sum();
        let first = first_share.map_or(1.0, |share| others * share / (1.0 - share));
        let mut sum = 0.0;
        let cumulated = (0..count).map(|rank| {
            sum += if rank == 0 { first } else { weight(rank) };
            sum
        });
        Self {
            cumulated: cumulated.collect(),
            texts: (0..count).map(|rank| CompactString::from(name(rank))).collect(),
        }
    }

    /// A rank, as likely as it is frequent.
    pub fn pick(&self, chance: &mut Chance) -> usize {
        let sum = self.cumulated.last().copied().unwrap_or(0.0);
        let at = chance.share() * sum;
        self.cumulated.partition_point(|&up_to| up_to <= at).min(self.texts.len() - 1)
    }
}
