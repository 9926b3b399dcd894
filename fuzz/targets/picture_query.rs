//! Queries of the picture's address, each with a `Referer` header behind a line's end.

#![no_main]

use parvis_fuzz::checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::picture_query(bytes));
