//! The checks of `tests/fuzz`, for every target here.

#[path = "../../tests/fuzz/checks/mod.rs"]
pub mod checks;
