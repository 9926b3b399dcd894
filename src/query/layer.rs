//! The tables of one period in their world, and how far the methods of its days give them.

use crate::model::Period;
use crate::privacy::{Sum, Sums, TableId};
use crate::store::Method;

/// The dimensions of a table, the second 0 where there is one.
pub type Codes = (u8, u8);

/// The tables of one period in their world.
pub struct Layer {
    /// The period.
    pub period: Period,
    /// The tables, by what they are of.
    pub tables: Vec<(Codes, TableId)>,
    /// How its days were collected.
    pub methods: Vec<Method>,
}

impl Layer {
    /// Is there a method that gives these breakdowns? Where nothing was collected, that is said.
    pub fn is_given(&self, codes: Codes) -> bool {
        let gives =
            |method: &Method| method.breaks_down_by(codes.0) && method.breaks_down_by(codes.1);
        self.methods.is_empty() || self.methods.iter().any(gives)
    }

    /// How the lines of a breakdown relate to those that they are parts of: where not every day
    /// gives them, something may be in none.
    pub fn sums(&self, codes: Codes, sums: Sums) -> Sums {
        let gives =
            |method: &Method| method.breaks_down_by(codes.0) && method.breaks_down_by(codes.1);
        if self.methods.iter().all(gives) {
            return sums;
        }
        sums.map(|sum| match sum {
            Sum::Exact | Sum::AtMost => Sum::AtMost,
            Sum::AtLeast | Sum::Free => Sum::Free,
        })
    }

    /// The table of these dimensions, if it is there.
    pub fn table(&self, codes: Codes) -> Option<TableId> {
        self.tables.iter().find(|table| table.0 == codes).map(|table| table.1)
    }
}
