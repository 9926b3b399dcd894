//! Many lines of one day or month in few bytes: sorted, column by column, compressed.
//!
//! A block is a version byte, the length of what follows once it is decompressed, and a zstd frame.
//! In the frame stand the columns of `columns::Column`, each after its length in bytes. All numbers
//! are LEB128, and chosen so that nearly all take one byte and most are 0: a second value is named
//! by its rank among those of the block, the most frequent first, and of figures that mostly agree
//! only the difference is kept.

mod columns;
mod sets;

use hashbrown::HashMap;
use zstd::bulk::Decompressor;

use crate::model::Measures;
use columns::{COLUMNS, COLUMNS_WITHOUT_OVER, Column, Columns, distance, read, write};
pub use sets::{KeptNetworks, NetworkLine, pack_networks, unpack_networks};

/// The layout described above.
const VERSION: u8 = 3;

/// The same without the columns of what is over, as earlier versions wrote it.
const VERSION_WITHOUT_OVER: u8 = 2;

/// Compression: level 3 is the library's own default, and higher ones save a few hundredths.
const LEVEL: i32 = 3;

/// A block may be this long once it is decompressed; the largest take some ten million bytes.
const PLAIN_BYTES_MAX: usize = 1 << 30;

/// One line: the numbers of one or two values (the second 0 where there is one), and the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BlockLine {
    /// The first value's number in the store.
    pub first: u32,
    /// The second value's number.
    pub second: u32,
    /// The figures.
    pub measures: Measures,
}

/// Why a block cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a block of figures is damaged")]
pub struct Damaged;

/// Packs lines; sorts them first, and adds up those of the same values. Figures are below 2^62.
pub fn pack(mut lines: Vec<BlockLine>) -> std::io::Result<Vec<u8>> {
    let seconds = most_frequent_first(&lines);
    let ranks: HashMap<u32, u32> = seconds.iter().copied().zip(0..).collect();
    // From here on `second` is a rank.
    for line in &mut lines {
        line.second = ranks.get(&line.second).copied().unwrap_or_default();
    }
    lines.sort_unstable_by_key(|line| (line.first, line.second));
    lines.dedup_by(|next, kept| {
        let is_same = (next.first, next.second) == (kept.first, kept.second);
        if is_same {
            kept.measures.add(next.measures);
        }
        is_same
    });
    let mut columns: [Vec<u8>; COLUMNS] = std::array::from_fn(|_| Vec::new());
    let mut put = |column: Column, number: u64| write(&mut columns[column as usize], number);
    seconds.into_iter().for_each(|second| put(Column::Seconds, u64::from(second)));
    let (mut before, mut over_before) = (0, 0);
    let mut number = 0;
    for of_first in lines.chunk_by(|one, next| one.first == next.first) {
        put(Column::Firsts, u64::from(of_first[0].first - before));
        put(Column::Counts, of_first.len() as u64 - 1);
        before = of_first[0].first;
        let mut rank = 0;
        for BlockLine { second, measures, .. } in of_first {
            put(Column::Ranks, u64::from(second - rank));
            rank = second + 1;
            let Measures { views, visitors, visits, bounces, events, reading_seconds, .. } =
                *measures;
            let some = if bounces == 0 { 0 } else { 2 - u64::from(bounces == visits) };
            put(Column::Visits, visits * 3 + some);
            if some == 2 {
                put(Column::Bounces, bounces);
            }
            put(Column::Views, distance(visits, views));
            put(Column::Visitors, distance(visits, visitors));
            put(Column::Events, events);
            put(Column::Reading, reading_seconds);
            number += 1;
            if measures.views_over + measures.events_over > 0 {
                put(Column::Over, number - over_before);
                put(Column::ViewsOver, measures.views_over);
                put(Column::EventsOver, measures.events_over);
                over_before = number;
            }
        }
    }
    let mut plain = Vec::new();
    for column in &columns {
        write(&mut plain, column.len() as u64);
        plain.extend_from_slice(column);
    }
    let mut packed = vec![VERSION];
    write(&mut packed, plain.len() as u64);
    packed.extend(zstd::bulk::compress(&plain, LEVEL)?);
    Ok(packed)
}

fn most_frequent_first(lines: &[BlockLine]) -> Vec<u32> {
    let mut counts: HashMap<u32, u32> = HashMap::new();
    lines.iter().for_each(|line| *counts.entry(line.second).or_default() += 1);
    let mut seconds: Vec<_> = counts.into_iter().collect();
    seconds.sort_unstable_by_key(|&(second, count)| (std::cmp::Reverse(count), second));
    seconds.into_iter().map(|(second, _)| second).collect()
}

/// Shows every line of a block, in no order that matters.
pub fn unpack(packed: &[u8], mut show: impl FnMut(BlockLine)) -> Result<(), Damaged> {
    let mut reader = Reader::new()?;
    let mut columns = reader.columns(packed)?;
    let seconds = columns.seconds()?;
    let all = vec![true; seconds.len()];
    columns.lines(
        |_| true,
        &all,
        |first, rank, measures| {
            show(BlockLine { first, second: seconds[rank], measures });
        },
    )
}

/// Which lines of a block are wanted, and which of their values is told apart.
pub struct Wanted<'a> {
    /// Is a first value wanted?
    pub first: &'a dyn Fn(u32) -> bool,
    /// Is a second value wanted?
    pub second: &'a dyn Fn(u32) -> bool,
    /// Is the second value told apart, and not the first?
    pub by_second: bool,
}

/// Reads blocks, one after the other: what it needs for that is made once.
pub struct Reader {
    decompressor: Decompressor<'static>,
    plain: Vec<u8>,
}

impl Reader {
    /// Ready to read.
    pub fn new() -> Result<Self, Damaged> {
        let decompressor = Decompressor::new().map_err(|_| Damaged)?;
        Ok(Self { decompressor, plain: Vec::new() })
    }

    /// Shows the sum of the wanted lines of each value that is told apart.
    pub fn sums(
        &mut self,
        packed: &[u8],
        wanted: &Wanted<'_>,
        mut show: impl FnMut(u32, Measures),
    ) -> Result<(), Damaged> {
        let mut columns = self.columns(packed)?;
        let seconds = columns.seconds()?;
        let ranks: Vec<bool> = seconds.iter().map(|&second| (wanted.second)(second)).collect();
        let mut sums = vec![Measures::default(); if wanted.by_second { seconds.len() } else { 1 }];
        if wanted.by_second {
            columns.lines(wanted.first, &ranks, |_, rank, measures| sums[rank].add(measures))?;
            for (second, sum) in seconds.into_iter().zip(sums) {
                if sum != Measures::default() {
                    show(second, sum);
                }
            }
            return Ok(());
        }
        // The lines of one first value follow each other.
        let mut present = None;
        columns.lines(wanted.first, &ranks, |first, _, measures| {
            if present != Some(first)
                && let Some(before) = present.replace(first)
            {
                show(before, std::mem::take(&mut sums[0]));
            }
            sums[0].add(measures);
        })?;
        if let Some(last) = present {
            show(last, sums[0]);
        }
        Ok(())
    }

    /// Decompresses a block, and finds its columns.
    fn columns(&mut self, packed: &[u8]) -> Result<Columns<'_>, Damaged> {
        let (&version, mut rest) = packed.split_first().ok_or(Damaged)?;
        let count = match version {
            VERSION => COLUMNS,
            VERSION_WITHOUT_OVER => COLUMNS_WITHOUT_OVER,
            _ => return Err(Damaged),
        };
        let length = usize::try_from(read(&mut rest)?).map_err(|_| Damaged)?;
        if length > PLAIN_BYTES_MAX {
            return Err(Damaged);
        }
        self.plain.clear();
        self.plain.reserve(length);
        let read = self.decompressor.decompress_to_buffer(rest, &mut self.plain);
        if read.is_ok_and(|read| read == length) {
            Columns::of(&self.plain, count)
        } else {
            Err(Damaged)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: u32) -> Vec<BlockLine> {
        let line = |number: u32| BlockLine {
            first: 5 + number / 3,
            second: number % 3 * 1_000,
            measures: Measures::of_figures([
                u64::from(number),
                1,
                0,
                u64::from(u32::MAX) * 7,
                0,
                u64::from(number) << 20,
                u64::from(number % 5 == 2) * u64::from(number),
                u64::from(number % 7 == 3),
            ]),
        };
        (0..count).map(line).collect()
    }

    fn read_back(packed: &[u8]) -> Result<Vec<BlockLine>, Damaged> {
        let mut read = Vec::new();
        unpack(packed, |line| read.push(line))?;
        read.sort_by_key(|line| (line.first, line.second));
        Ok(read)
    }

    #[test]
    fn lines_are_read_back_as_they_were_packed_in_order() {
        for count in [0, 1, 2, 1_000] {
            let mut shuffled = lines(count);
            shuffled.reverse();
            let packed = pack(shuffled).unwrap();
            assert_eq!(read_back(&packed).unwrap(), lines(count));
        }
    }

    #[test]
    fn a_damaged_block_is_an_error_and_never_a_figure() {
        let packed = pack(lines(50)).unwrap();
        assert_eq!(read_back(&[]), Err(Damaged));
        assert_eq!(read_back(&packed[1..]), Err(Damaged));
        assert_eq!(read_back(&packed[..packed.len() / 2]), Err(Damaged));
        let short = [vec![VERSION, 3], zstd::bulk::compress(&[200, 1, 3], LEVEL).unwrap()].concat();
        assert_eq!(read_back(&short), Err(Damaged));
        let long = [&[VERSION, 255, 255, 255, 255, 255, 255, 1], &packed[3..]].concat();
        assert_eq!(read_back(&long), Err(Damaged));
    }

    #[test]
    fn a_block_of_an_earlier_version_is_read_without_what_is_over() {
        let mut plain = Vec::new();
        // One line, of the values 5 and 9: the same columns as today's, but the last three.
        for column in [[9], [5], [0], [0], [6], [0], [2], [0], [4], [30]] {
            plain.push(1);
            plain.extend(column);
        }
        let frame = zstd::bulk::compress(&plain, LEVEL).unwrap();
        let packed = [vec![VERSION_WITHOUT_OVER, plain.len() as u8], frame].concat();
        let figures = Measures::of_figures([3, 2, 2, 0, 4, 30, 0, 0]);
        let line = BlockLine { first: 5, second: 9, measures: figures };
        assert_eq!(read_back(&packed), Ok(vec![line]));
    }

    #[test]
    fn lines_of_the_same_values_are_added_up() {
        let line = |second, views| BlockLine {
            first: 3,
            second,
            measures: Measures::of_figures([views, 1, 2, 2, 0, 9, 3, 0]),
        };
        let packed = pack(vec![line(7, 1), line(8, 10), line(7, 100)]).unwrap();
        let mut sum = line(7, 101);
        sum.measures = Measures::of_figures([101, 2, 4, 4, 0, 18, 6, 0]);
        assert_eq!(read_back(&packed).unwrap(), [sum, line(8, 10)]);
    }

    #[test]
    fn sums_are_those_of_the_wanted_lines() {
        let packed = pack(lines(2_000)).unwrap();
        for by_second in [false, true] {
            for (every, second) in [(1, 5_000), (1, 1_000), (7, 5_000), (300, 2_000), (9_999, 0)] {
                let wanted = Wanted {
                    first: &|first| first % every == 0,
                    second: &|number| number != second,
                    by_second,
                };
                let mut sums = std::collections::BTreeMap::new();
                let mut reader = Reader::new().unwrap();
                let show = |value, sum| assert!(sums.insert(value, sum).is_none());
                reader.sums(&packed, &wanted, show).unwrap();
                let mut expected = std::collections::BTreeMap::new();
                for line in lines(2_000) {
                    if line.first % every == 0 && line.second != second {
                        let value = if by_second { line.second } else { line.first };
                        let sum: &mut Measures = expected.entry(value).or_default();
                        sum.add(line.measures);
                    }
                }
                assert_eq!(sums, expected);
            }
        }
    }
}
