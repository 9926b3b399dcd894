//! The three parsers that read what strangers wrote, on inputs that nobody chose: nearly right
//! ones, within a bounded time. `fuzz/` runs the same checks for as long as one likes.

mod checks;
mod events;
mod found;
mod imports;
mod logs;
mod pieces;
mod queries;
#[path = "../tables/mod.rs"]
mod tables;

use std::fmt::Debug;
use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Seconds for which each parser is tried.
const SECONDS: &str = "PARVIS_FUZZ_SECONDS";

/// Without that name: together the five have a minute.
const SECONDS_USUAL: u64 = 12;

/// Begins where an earlier run did.
const SEED: &str = "PARVIS_FUZZ_SEED";

/// Between two looks at the clock.
const CASES_AT_ONCE: u32 = 50;

/// Tries inputs until the time is over; a failure names the smallest one that was found, and the
/// seed.
fn try_inputs<Input: Debug>(inputs: &impl Strategy<Value = Input>, check: impl Fn(Input)) {
    let given = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = given(SEED).unwrap_or_else(|| RandomState::new().hash_one(SEED));
    let patience = Duration::from_secs(given(SECONDS).unwrap_or(SECONDS_USUAL));
    let config = Config {
        cases: CASES_AT_ONCE,
        max_shrink_iters: 4_000,
        failure_persistence: None,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(config, random);
    let began = Instant::now();
    while began.elapsed() < patience {
        let outcome = runner.run(inputs, |input| {
            check(input);
            Ok(())
        });
        if let Err(failure) = outcome {
            panic!("{failure}\nthe same again: {SEED}={seed}");
        }
    }
}

#[test]
fn bodies_of_messages_are_read_within_the_limits() {
    try_inputs(&events::bodies(), |body| checks::event_body(&body.0));
}

#[test]
fn queries_of_pictures_are_read_within_the_limits() {
    try_inputs(&queries::of_pictures(), |query| checks::picture_query(&query.0));
}

#[test]
fn lines_of_logs_are_read_within_the_limits() {
    try_inputs(&logs::texts(), |text| checks::log_text(&text.0));
}

#[test]
fn questions_are_read_within_the_limits_and_answered_or_refused() {
    try_inputs(&queries::of_questions(), |query| checks::question(&query.0));
}

#[test]
fn of_every_log_each_line_is_counted_or_has_a_reason() {
    try_inputs(&logs::texts(), |text| imports::import_twice(&text.0));
}
