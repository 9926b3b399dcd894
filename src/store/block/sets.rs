//! From how many networks the visitors of many lines came, in few bytes.
//!
//! Like a block it is a version byte, the length of what follows once it is decompressed, and a
//! zstd frame with columns, each after its length in bytes: for each line its first value's
//! distance from that of the line before; its second value, or its distance where the first is the
//! same; twice the number of buckets, and one more where they are kept; and the kept buckets, one
//! byte each, or as bits where that is shorter.

use zstd::bulk;

use crate::model::{BUCKETS, NetworkSet};
use crate::store::block::columns::{read, write};
use crate::store::block::{Damaged, LEVEL, PLAIN_BYTES_MAX};

/// The layout described above.
const VERSION: u8 = 1;

/// Bytes of a set as bits. One of fewer buckets is shorter as a list.
const BITS_BYTES: usize = BUCKETS / 8;

/// What is kept of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptNetworks {
    /// The buckets.
    Set(NetworkSet),
    /// Their number alone: there are enough of them, or the key is destroyed.
    Count(u32),
}

impl KeptNetworks {
    /// How many buckets there are.
    pub fn count(self) -> u32 {
        match self {
            Self::Set(set) => set.count(),
            Self::Count(count) => count,
        }
    }

    /// What is known of two lines together, at the least.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Set(mut set), Self::Set(more)) => {
                set.unite(more);
                Self::Set(set)
            }
            _ => Self::Count(self.count().max(other.count())),
        }
    }
}

/// One line: the numbers of one or two values (the second 0 where there is one), and what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkLine {
    /// The first value's number in the store.
    pub first: u32,
    /// The second value's number.
    pub second: u32,
    /// What is kept.
    pub kept: KeptNetworks,
}

/// Packs lines; sorts them first, and takes those of the same values together.
pub fn pack_networks(mut lines: Vec<NetworkLine>) -> std::io::Result<Vec<u8>> {
    lines.sort_unstable_by_key(|line| (line.first, line.second));
    lines.dedup_by(|next, kept| {
        let is_same = (next.first, next.second) == (kept.first, kept.second);
        if is_same {
            kept.kept = kept.kept.with(next.kept);
        }
        is_same
    });
    let [mut firsts, mut seconds, mut heads, mut buckets] = [const { Vec::new() }; 4];
    let mut before = (0, 0);
    for NetworkLine { first, second, kept } in lines {
        write(&mut firsts, u64::from(first - before.0));
        let is_same = first == before.0;
        write(&mut seconds, u64::from(if is_same { second - before.1 } else { second }));
        before = (first, second);
        let count = kept.count();
        match kept {
            KeptNetworks::Count(_) => write(&mut heads, u64::from(count) * 2),
            KeptNetworks::Set(set) => {
                write(&mut heads, u64::from(count) * 2 + 1);
                match (count as usize) < BITS_BYTES {
                    true => buckets.extend(set.buckets()),
                    false => buckets.extend(set.to_bytes()),
                }
            }
        }
    }
    let mut plain = Vec::new();
    for column in [firsts, seconds, heads, buckets] {
        write(&mut plain, column.len() as u64);
        plain.extend(column);
    }
    let mut packed = vec![VERSION];
    write(&mut packed, plain.len() as u64);
    packed.extend(bulk::compress(&plain, LEVEL)?);
    Ok(packed)
}

/// Shows every line, in order.
pub fn unpack_networks(packed: &[u8], mut show: impl FnMut(NetworkLine)) -> Result<(), Damaged> {
    let (&VERSION, mut rest) = packed.split_first().ok_or(Damaged)? else { return Err(Damaged) };
    let length = usize::try_from(read(&mut rest)?).map_err(|_| Damaged)?;
    if length > PLAIN_BYTES_MAX {
        return Err(Damaged);
    }
    let plain = bulk::decompress(rest, length).map_err(|_| Damaged)?;
    if plain.len() != length {
        return Err(Damaged);
    }
    let mut left = &plain[..];
    let mut columns: [&[u8]; 4] = [&[]; 4];
    for column in &mut columns {
        let length = usize::try_from(read(&mut left)?).map_err(|_| Damaged)?;
        (*column, left) = left.split_at_checked(length).ok_or(Damaged)?;
    }
    let [mut firsts, mut seconds, mut heads, mut buckets] = columns;
    let number = |from: u32, column: &mut &[u8]| {
        let distance = u32::try_from(read(column)?).map_err(|_| Damaged)?;
        from.checked_add(distance).ok_or(Damaged)
    };
    let mut before = (0, 0);
    while !firsts.is_empty() {
        let first = number(before.0, &mut firsts)?;
        let is_same = first == before.0;
        let second = number(if is_same { before.1 } else { 0 }, &mut seconds)?;
        before = (first, second);
        let kept = read_kept(&mut heads, &mut buckets)?;
        show(NetworkLine { first, second, kept });
    }
    Ok(())
}

fn read_kept(heads: &mut &[u8], buckets: &mut &[u8]) -> Result<KeptNetworks, Damaged> {
    let head = read(heads)?;
    let count = usize::try_from(head / 2).ok().filter(|count| *count <= BUCKETS).ok_or(Damaged)?;
    if head.is_multiple_of(2) {
        return Ok(KeptNetworks::Count(count as u32));
    }
    let bytes = count.min(BITS_BYTES);
    let (kept, rest) = buckets.split_at_checked(bytes).ok_or(Damaged)?;
    *buckets = rest;
    let set = match <[u8; BITS_BYTES]>::try_from(kept) {
        Ok(bits) => NetworkSet::of_bytes(bits),
        Err(_) => {
            let mut set = NetworkSet::default();
            kept.iter().for_each(|bucket| set.insert(*bucket));
            set
        }
    };
    if set.count() as usize == count { Ok(KeptNetworks::Set(set)) } else { Err(Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<NetworkLine> {
        let set = |count: u32| {
            let mut set = NetworkSet::default();
            (0..count).for_each(|number| set.insert((number * 7 % 256) as u8));
            KeptNetworks::Set(set)
        };
        let counts = [0, 1, 5, 31, 32, 33, 255, 256];
        let kept = counts.into_iter().flat_map(|count| [set(count), KeptNetworks::Count(count)]);
        let places = (0..).map(|number: u32| (3 + number / 3, number % 3 * 900));
        let line = |(kept, (first, second))| NetworkLine { first, second, kept };
        kept.zip(places).map(line).collect()
    }

    fn read_back(packed: &[u8]) -> Result<Vec<NetworkLine>, Damaged> {
        let mut read = Vec::new();
        unpack_networks(packed, |line| read.push(line))?;
        Ok(read)
    }

    #[test]
    fn lines_are_read_back_as_they_were_packed_in_order() {
        let mut shuffled = lines();
        shuffled.reverse();
        assert_eq!(read_back(&pack_networks(shuffled).unwrap()).unwrap(), lines());
        assert_eq!(read_back(&pack_networks(vec![]).unwrap()).unwrap(), []);
        let whole = vec![NetworkLine { first: 0, second: 0, kept: KeptNetworks::Count(12) }];
        assert_eq!(read_back(&pack_networks(whole.clone()).unwrap()).unwrap(), whole);
    }

    #[test]
    fn lines_of_the_same_values_are_taken_together() {
        let set = |buckets: &[u8]| {
            let mut set = NetworkSet::default();
            buckets.iter().for_each(|bucket| set.insert(*bucket));
            KeptNetworks::Set(set)
        };
        let line = |second, kept| NetworkLine { first: 3, second, kept };
        let lines = vec![
            line(7, set(&[1, 2])),
            line(8, KeptNetworks::Count(5)),
            line(7, set(&[2, 9])),
            line(8, set(&[1])),
        ];
        let expected = [line(7, set(&[1, 2, 9])), line(8, KeptNetworks::Count(5))];
        assert_eq!(read_back(&pack_networks(lines).unwrap()).unwrap(), expected);
    }

    #[test]
    fn what_is_damaged_is_an_error_and_never_a_number() {
        let packed = pack_networks(lines()).unwrap();
        assert_eq!(read_back(&[]), Err(Damaged));
        assert_eq!(read_back(&packed[1..]), Err(Damaged));
        assert_eq!(read_back(&packed[..packed.len() / 2]), Err(Damaged));
    }
}
