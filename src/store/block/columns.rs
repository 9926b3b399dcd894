//! The columns of a block: what each holds, and how it is read.

use crate::model::Measures;
use crate::store::block::Damaged;

/// What a column holds.
#[derive(Clone, Copy)]
pub enum Column {
    /// The second values of the block, the most frequent first: their numbers in the store.
    Seconds,
    /// For each first value, its number's distance from that of the one before.
    Firsts,
    /// For each first value, its lines, less one.
    Counts,
    /// For each line, its rank's distance from the one after that of the line before, or from 0
    /// where that line has another first value.
    Ranks,
    /// Three times the visits, and 1 if all of them are bounces, or 2 if some are.
    Visits,
    /// The bounces where some visits are.
    Bounces,
    /// Views, as their signed distance from the visits.
    Views,
    /// Visitors, as their signed distance from the visits.
    Visitors,
    /// Events.
    Events,
    /// Reading time.
    Reading,
    /// For each line where something is over, how many lines come after the one before that.
    Over,
    /// Of each such line the views that are over.
    ViewsOver,
    /// And the events.
    EventsOver,
}

use Column::{
    Bounces, Counts, Events, EventsOver, Firsts, Over, Ranks, Reading, Seconds, Views, ViewsOver,
    Visitors, Visits,
};

/// How many columns there are.
pub const COLUMNS: usize = EventsOver as usize + 1;

/// How many earlier versions wrote.
pub const COLUMNS_WITHOUT_OVER: usize = Reading as usize + 1;

/// Columns that have one number for each line, and nothing that decides about another column.
const OF_EACH_LINE: [Column; 4] = [Views, Visitors, Events, Reading];

/// What is left to be read of each column.
pub struct Columns<'a> {
    left: [&'a [u8]; COLUMNS],
    /// Lines whose figures were read or passed over.
    lines: u64,
    /// The number of the next line where something is over, from 1; 0 if there is none.
    over: u64,
}

impl<'a> Columns<'a> {
    /// All columns, from their beginning.
    pub fn of(plain: &'a [u8], count: usize) -> Result<Self, Damaged> {
        let mut rest = plain;
        let mut left: [&[u8]; COLUMNS] = [&[]; COLUMNS];
        for column in left.iter_mut().take(count) {
            let length = usize::try_from(read(&mut rest)?).map_err(|_| Damaged)?;
            (*column, rest) = rest.split_at_checked(length).ok_or(Damaged)?;
        }
        let mut columns = Self { left, lines: 0, over: 0 };
        columns.find_over()?;
        Ok(columns)
    }

    /// Finds the next line where something is over.
    fn find_over(&mut self) -> Result<(), Damaged> {
        self.over = match self.left[Over as usize].is_empty() {
            true => 0,
            false => self.over.checked_add(self.next(Over)?).ok_or(Damaged)?,
        };
        Ok(())
    }

    fn next(&mut self, column: Column) -> Result<u64, Damaged> {
        read(&mut self.left[column as usize])
    }

    /// The second values of the block, by rank.
    pub fn seconds(&mut self) -> Result<Vec<u32>, Damaged> {
        let mut seconds = Vec::new();
        while !self.left[Seconds as usize].is_empty() {
            seconds.push(u32::try_from(self.next(Seconds)?).map_err(|_| Damaged)?);
        }
        Ok(seconds)
    }

    /// Shows the lines whose first value and whose rank are wanted, in order.
    pub fn lines(
        &mut self,
        is_wanted: impl Fn(u32) -> bool,
        ranks: &[bool],
        mut show: impl FnMut(u32, usize, Measures),
    ) -> Result<(), Damaged> {
        let mut first = 0u64;
        // Figures are passed over at once, and only when a line after them is wanted.
        let mut passed = 0;
        while !self.left[Firsts as usize].is_empty() {
            first = first.checked_add(self.next(Firsts)?).ok_or(Damaged)?;
            let number = u32::try_from(first).map_err(|_| Damaged)?;
            let count = self.next(Counts)?.checked_add(1).ok_or(Damaged)?;
            if !is_wanted(number) {
                skip(&mut self.left[Ranks as usize], count)?;
                passed += count;
                continue;
            }
            let mut next = 0;
            for _ in 0..count {
                let step = usize::try_from(self.next(Ranks)?).map_err(|_| Damaged)?;
                let rank = step.checked_add(next).ok_or(Damaged)?;
                if !*ranks.get(rank).ok_or(Damaged)? {
                    passed += 1;
                } else {
                    self.pass(std::mem::take(&mut passed))?;
                    show(number, rank, self.measures()?);
                }
                next = rank + 1;
            }
        }
        Ok(())
    }

    /// Passes over the figures of so many lines.
    fn pass(&mut self, count: u64) -> Result<(), Damaged> {
        let mut bounces = 0;
        for _ in 0..count {
            bounces += u64::from(self.next(Visits)? % 3 == 2);
        }
        skip(&mut self.left[Bounces as usize], bounces)?;
        self.lines += count;
        while (1..=self.lines).contains(&self.over) {
            skip(&mut self.left[ViewsOver as usize], 1)?;
            skip(&mut self.left[EventsOver as usize], 1)?;
            self.find_over()?;
        }
        OF_EACH_LINE.into_iter().try_for_each(|column| skip(&mut self.left[column as usize], count))
    }

    /// The figures of the next line.
    #[inline]
    fn measures(&mut self) -> Result<Measures, Damaged> {
        let coded = self.next(Visits)?;
        let visits = coded / 3;
        self.lines += 1;
        let (mut views_over, mut events_over) = (0, 0);
        if self.lines == self.over {
            (views_over, events_over) = (self.next(ViewsOver)?, self.next(EventsOver)?);
            self.find_over()?;
        }
        Ok(Measures {
            views: at_distance(visits, self.next(Views)?),
            visitors: at_distance(visits, self.next(Visitors)?),
            visits,
            bounces: match coded % 3 {
                0 => 0,
                1 => visits,
                _ => self.next(Bounces)?,
            },
            events: self.next(Events)?,
            reading_seconds: self.next(Reading)?,
            views_over,
            events_over,
        })
    }
}

/// The way from one number to another, small where they are near: 0, -1, 1, -2 are 0, 1, 2, 3.
pub fn distance(from: u64, to: u64) -> u64 {
    let way = to.wrapping_sub(from) as i64;
    ((way << 1) ^ (way >> 63)) as u64
}

/// The other way round.
fn at_distance(from: u64, distance: u64) -> u64 {
    from.wrapping_add((distance >> 1) ^ (distance & 1).wrapping_neg())
}

/// Writes a number.
pub fn write(column: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        column.push(number as u8 | 0x80);
        number >>= 7;
    }
    column.push(number as u8);
}

/// Reads a number; nearly all have one byte.
#[inline]
pub fn read(column: &mut &[u8]) -> Result<u64, Damaged> {
    match column.split_first() {
        Some((&byte, rest)) if byte < 0x80 => {
            *column = rest;
            Ok(u64::from(byte))
        }
        _ => read_long(column),
    }
}

fn read_long(column: &mut &[u8]) -> Result<u64, Damaged> {
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

/// Passes over so many numbers: the last byte of each has no eighth bit.
fn skip(column: &mut &[u8], mut count: u64) -> Result<(), Damaged> {
    const EIGHTH_BITS: u64 = 0x8080_8080_8080_8080;
    while let Some((eight, rest)) = column.split_first_chunk::<8>() {
        let ends = u64::from((!u64::from_le_bytes(*eight) & EIGHTH_BITS).count_ones());
        // One more must be left: the eight bytes may end in the middle of a number.
        if ends >= count {
            break;
        }
        count -= ends;
        *column = rest;
    }
    (0..count).try_for_each(|_| read(column).map(drop))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_passed_over_wherever_they_end() {
        let numbers = [0, 127, 128, 300, 5, u64::MAX, 1, 1 << 40, 2, 3, 4, 1 << 20, 77];
        let mut column = Vec::new();
        numbers.iter().cycle().take(60).for_each(|&number| write(&mut column, number));
        for count in 0..60 {
            let mut rest = &column[..];
            skip(&mut rest, count).unwrap();
            assert_eq!(read(&mut rest), Ok(numbers[count as usize % numbers.len()]));
        }
        assert_eq!(skip(&mut &column[..], 61), Err(Damaged));
    }

    #[test]
    fn distances_lead_back() {
        for (from, to) in [(0, 0), (5, 3), (3, 5), (0, u64::MAX), (u64::MAX, 0), (7, 1 << 62)] {
            assert_eq!(at_distance(from, distance(from, to)), to);
        }
        assert_eq!([(4, 4), (4, 3), (4, 5)].map(|(from, to)| distance(from, to)), [0, 1, 2]);
    }
}
