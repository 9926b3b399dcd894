//! Texts of access logs.

#![no_main]

use parvis_fuzz::checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::log_text(bytes));
