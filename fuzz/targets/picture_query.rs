//! Queries of the picture's address, each with a `Referer` header behind a line's end.

#![no_main]

#[path = "../../tests/fuzz/checks/mod.rs"]
#[allow(dead_code, unused_imports)]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::picture_query(bytes));
