//! Texts of access logs.

#![no_main]

#[path = "../../tests/fuzz/checks/mod.rs"]
#[allow(dead_code, unused_imports)]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::log_text(bytes));
