//! Many lines of one day or month in few bytes: sorted, column by column, compressed.
//!
//! A block is a version byte and a zstd frame. In the frame stand the number of lines and then
//! eight columns, each after its length in bytes: the first value's number as its distance to that
//! of the line before, the second value's number (distance while the first is the same), and the
//! six figures. All numbers are LEB128.

use crate::model::{FIGURES, Measures};

/// The layout described above.
const VERSION: u8 = 1;

/// Compression: level 3 is the library's own default, and higher ones save a few hundredths.
const LEVEL: i32 = 3;

/// Columns of a line: two values and its figures.
const COLUMNS: usize = 2 + FIGURES;

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

/// Packs lines; sorts them first.
pub fn pack(lines: &mut [BlockLine]) -> std::io::Result<Vec<u8>> {
    lines.sort_unstable_by_key(|line| (line.first, line.second));
    let mut columns: [Vec<u8>; COLUMNS] = std::array::from_fn(|_| Vec::new());
    let (mut first, mut second) = (0, 0);
    for line in lines.iter() {
        let is_same = line.first == first;
        write(&mut columns[0], u64::from(line.first - first));
        write(&mut columns[1], u64::from(if is_same { line.second - second } else { line.second }));
        (first, second) = (line.first, line.second);
        for (column, figure) in columns[2..].iter_mut().zip(line.measures.figures()) {
            write(column, figure);
        }
    }
    let mut plain = Vec::new();
    write(&mut plain, lines.len() as u64);
    for column in &columns {
        write(&mut plain, column.len() as u64);
        plain.extend_from_slice(column);
    }
    let mut packed = vec![VERSION];
    packed.extend(zstd::bulk::compress(&plain, LEVEL)?);
    Ok(packed)
}

/// Shows every line of a block, in order.
pub fn unpack(packed: &[u8], mut show: impl FnMut(BlockLine)) -> Result<(), Damaged> {
    let (&VERSION, frame) = packed.split_first().ok_or(Damaged)? else { return Err(Damaged) };
    let plain = zstd::stream::decode_all(frame).map_err(|_| Damaged)?;
    let mut rest = &plain[..];
    let count = read(&mut rest)?;
    let mut columns: [&[u8]; COLUMNS] = [&[]; COLUMNS];
    for column in &mut columns {
        let length = usize::try_from(read(&mut rest)?).map_err(|_| Damaged)?;
        (*column, rest) = rest.split_at_checked(length).ok_or(Damaged)?;
    }
    let (mut first, mut second) = (0u64, 0u64);
    for _ in 0..count {
        let step = read(&mut columns[0])?;
        let value = read(&mut columns[1])?;
        second = if step == 0 { second.checked_add(value).ok_or(Damaged)? } else { value };
        first = first.checked_add(step).ok_or(Damaged)?;
        let mut figures = [0; FIGURES];
        for (figure, column) in figures.iter_mut().zip(&mut columns[2..]) {
            *figure = read(column)?;
        }
        show(BlockLine {
            first: u32::try_from(first).map_err(|_| Damaged)?,
            second: u32::try_from(second).map_err(|_| Damaged)?,
            measures: Measures::of_figures(figures),
        });
    }
    Ok(())
}

fn write(column: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        column.push(number as u8 | 0x80);
        number >>= 7;
    }
    column.push(number as u8);
}

#[inline]
fn read(column: &mut &[u8]) -> Result<u64, Damaged> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let (&byte, rest) = column.split_first().ok_or(Damaged)?;
        *column = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(number);
        }
        shift += 7;
        if shift > 63 {
            return Err(Damaged);
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
            ]),
        };
        (0..count).map(line).collect()
    }

    fn read_back(packed: &[u8]) -> Result<Vec<BlockLine>, Damaged> {
        let mut read = Vec::new();
        unpack(packed, |line| read.push(line))?;
        Ok(read)
    }

    #[test]
    fn lines_are_read_back_as_they_were_packed_in_order() {
        for count in [0, 1, 2, 1_000] {
            let mut shuffled = lines(count);
            shuffled.reverse();
            let packed = pack(&mut shuffled).unwrap();
            assert_eq!(read_back(&packed).unwrap(), lines(count));
        }
    }

    #[test]
    fn a_damaged_block_is_an_error_and_never_a_figure() {
        let packed = pack(&mut lines(50)).unwrap();
        assert_eq!(read_back(&[]), Err(Damaged));
        assert_eq!(read_back(&packed[1..]), Err(Damaged));
        assert_eq!(read_back(&packed[..packed.len() / 2]), Err(Damaged));
        let short = [vec![VERSION], zstd::bulk::compress(&[200, 1, 3], LEVEL).unwrap()].concat();
        assert_eq!(read_back(&short), Err(Damaged));
    }
}
