//! Streams through the collector, the journal and the drain into the store, restarts included.

use std::cell::RefCell;

use jiff::{SignedDuration, Timestamp};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use crate::brute::{Day, Flaw, days, days_of};
use crate::compare::{Depth, Difference, compare};
use crate::events::{Act, Event, Stream};
use crate::gaps::Ran;
use crate::networks;
use crate::product::Product;
use crate::questions::{self, Desk};
use crate::strategy::streams;

/// Streams of one run, unless `PARVIS_MODEL_CASES` says otherwise.
pub const CASES: u32 = 400;

/// Steps of one stream.
pub const STEPS_MAX: usize = 40;

/// How long a day stays open after its midnight.
const GRACE: SignedDuration = SignedDuration::from_secs(60);

/// The ways in which the model is made wrong to show that it is noticed.
const FLAWS: [Flaw; 5] = [
    Flaw::GapOf31Minutes,
    Flaw::BounceDespiteEvent,
    Flaw::SourceOfLastView,
    Flaw::VisitorByEvent,
    Flaw::OneMoreBeforeOver,
];

/// How many streams to try, as a share of those asked for.
pub fn cases(usual: u32) -> u32 {
    let asked = std::env::var("PARVIS_MODEL_CASES").ok().and_then(|text| text.parse().ok());
    asked
        .map_or(usual, |asked: u32| (u64::from(usual) * u64::from(asked) / u64::from(CASES)) as u32)
}

/// Tries streams, the same ones at every run, and more of them when more are asked for.
pub fn try_streams(
    cases: u32,
    steps_max: usize,
    seed: u8,
    test: impl Fn(&Stream) -> Result<(), Difference>,
) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(config, seed);
    let outcome =
        runner.run(&streams(steps_max), |stream| test(&stream).map_err(TestCaseError::fail));
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

/// Lets a stream happen to the product and compares on the way, at its end, after a restart and
/// once months are gathered. Answers with the product, all of whose days are closed.
pub fn check(stream: &Stream) -> Result<Product, Difference> {
    let mut product = Product::start(stream);
    let mut events: Vec<Event> = Vec::new();
    for (number, act) in stream.acts.iter().enumerate() {
        product.act(act);
        let ran = || Ran::during(&stream.acts[..=number], Timestamp::UNIX_EPOCH, |_| true);
        match act {
            Act::Happens(event) => events.push((**event).clone()),
            Act::Looks(at) => {
                let days = days(&stream.places, &events, Flaw::None);
                compare(product.store(), &product.sites(), &days, Depth::Open)?;
                check_each_day(stream, &product, (&days, &ran()), *at)?;
            }
            Act::Drains(_) | Act::Restarts { .. } => {}
        }
    }
    product.drain(stream.end());
    let model = days_of(stream, Flaw::None);
    compare(product.store(), &product.sites(), &model, Depth::Closed)?;
    let mut ran = Ran::during(&stream.acts, Timestamp::UNIX_EPOCH, |_| true);
    ran.seen(stream.end());
    check_each_day(stream, &product, (&model, &ran), stream.end())?;
    networks::compare(&product, &model)?;
    product.restart(true, stream.end());
    product.gather(stream.end() + SignedDuration::from_hours(24 * 40));
    compare(product.store(), &product.sites(), &model, Depth::Again)?;
    product.forget_networks();
    networks::compare(&product, &model)?;
    Ok(product)
}

/// The same, and then questions with every kind of filter.
pub fn check_with_questions(stream: &Stream) -> Result<(), Difference> {
    let product = check(stream)?;
    let model = days_of(stream, Flaw::None);
    let desk = Desk { store: product.store(), now: stream.end() };
    for (number, site) in product.sites().iter().enumerate() {
        let days: Vec<&Day> = model.iter().filter(|day| day.site == number).collect();
        if !days.is_empty() {
            questions::check(&desk, site, &days)?;
        }
    }
    Ok(())
}

/// Is each day closed when it must be, and open until then?
fn check_each_day(
    stream: &Stream,
    product: &Product,
    (days, ran): (&[Day], &Ran),
    now: Timestamp,
) -> Result<(), Difference> {
    let desk = Desk { store: product.store(), now };
    let sites = product.sites();
    for day in days {
        let midnight = stream.places[day.site].midnight_after(day.hits[0].event.moment);
        let is_closed = midnight + GRACE <= now;
        questions::check_final(&desk, &sites[day.site], day, is_closed, ran)?;
    }
    Ok(())
}

#[test]
fn questions_with_filters_are_answered_as_the_model_counts_or_refused() {
    try_streams(cases(CASES / 2), STEPS_MAX, 2, check_with_questions);
    // Fewer streams than usual may have met too little.
    if cases(CASES) >= CASES {
        questions::check_witnesses();
    }
}

#[test]
fn the_product_counts_what_the_model_counts_and_a_wrong_model_is_noticed() {
    let unnoticed = RefCell::new(FLAWS.to_vec());
    try_streams(cases(CASES), STEPS_MAX, 1, |stream| {
        let product = check(stream)?;
        unnoticed.borrow_mut().retain(|&flaw| {
            let wrong = days_of(stream, flaw);
            compare(product.store(), &product.sites(), &wrong, Depth::Closed).is_ok()
        });
        Ok(())
    });
    assert_eq!(*unnoticed.borrow(), [], "a wrong model agrees with the product");
}
