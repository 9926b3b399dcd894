//! The figures of many values, added up by their numbers.

use crate::model::Measures;

/// Numbers in a row that share an allocation. Values of one breakdown mostly got their numbers
/// together; where they did not, so few cost little that is never used.
const ROW: usize = 32;

/// Sums by the numbers of values. Blocks show their values in order, so that adding walks on in
/// memory; a hash table would jump.
#[derive(Default)]
pub(super) struct Sums {
    rows: Vec<Option<Box<[Measures; ROW]>>>,
}

impl Sums {
    /// Adds to a value's figures.
    pub fn add(&mut self, value: u32, measures: Measures) {
        let (row, place) = (value as usize / ROW, value as usize % ROW);
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, || None);
        }
        let row = self.rows[row].get_or_insert_with(|| Box::new([Measures::default(); ROW]));
        row[place].add(measures);
    }

    /// The values that have figures, in the order of their numbers.
    pub fn in_order(self) -> Vec<(u32, Measures)> {
        let rows = self.rows.into_iter().enumerate();
        let rows = rows.filter_map(|(row, figures)| Some((row, figures?)));
        let values = rows.flat_map(|(row, figures)| {
            let numbers = (row * ROW) as u32..;
            numbers.zip(*figures)
        });
        values.filter(|(_, measures)| *measures != Measures::default()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_come_out_in_order_and_without_those_of_nothing() {
        let figures = |views| Measures::of_figures([views, 0, 0, 0, 0, 0, 0, 0]);
        let mut sums = Sums::default();
        for (value, views) in [(700, 1), (31, 2), (32, 3), (700, 10), (5, 0)] {
            sums.add(value, figures(views));
        }
        let expected = [(31, figures(2)), (32, figures(3)), (700, figures(11))];
        assert_eq!(sums.in_order(), expected);
    }
}
