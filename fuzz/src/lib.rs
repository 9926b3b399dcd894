//! The checks of `tests/fuzz`, for every target here.

#[path = "../../tests/fuzz/checks/mod.rs"]
pub mod checks;
#[path = "../../tests/tables/mod.rs"]
pub mod tables;
