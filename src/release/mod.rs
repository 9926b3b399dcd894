//! Which cells are published and when: the tables of a day, a month or a year of one site, decided
//! together.

mod links;
mod plan;

pub use plan::{
    CROSSED_LINES_OF_YEAR_MAX, Decided, ReleasePlan, TOTAL, names, public_crossings,
    public_dimensions,
};
