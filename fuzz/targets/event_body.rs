//! Bodies of messages.

#![no_main]

use parvis_fuzz::checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::event_body(bytes));
