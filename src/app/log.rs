//! The log of the service, on standard error: a line for what an operator must know. Requests that
//! cannot be read have one line a minute, whoever sends how many.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Time between two lines about requests that cannot be read.
const LINE_EVERY: Duration = Duration::from_secs(60);

/// Where the web framework says that a request cannot be read.
const BAD_REQUESTS: &str = "actix_http::h1";

/// When a line was written last, and how many were left out since.
struct Rare {
    last: Option<Instant>,
    left_out: u64,
}

static RARE: Mutex<Rare> = Mutex::new(Rare { last: None, left_out: 0 });

impl Rare {
    /// May this line be written now? Else it is counted.
    fn admits(&mut self, now: Instant) -> bool {
        let is_due = self.is_due(now);
        match is_due {
            true => self.last = Some(now),
            false => self.left_out += 1,
        }
        is_due
    }

    /// How many lines were left out, once their minute is over.
    fn take_left_out(&mut self, now: Instant) -> u64 {
        if self.left_out == 0 || !self.is_due(now) {
            return 0;
        }
        self.last = Some(now);
        std::mem::take(&mut self.left_out)
    }

    fn is_due(&self, now: Instant) -> bool {
        self.last.is_none_or(|last| now.duration_since(last) >= LINE_EVERY)
    }
}

struct OnceAMinute;

impl<S: Subscriber> Layer<S> for OnceAMinute {
    fn event_enabled(&self, event: &Event<'_>, _: Context<'_, S>) -> bool {
        !is_bad_request(event.metadata())
            || RARE.lock().unwrap_or_else(PoisonError::into_inner).admits(Instant::now())
    }
}

fn is_bad_request(metadata: &Metadata<'_>) -> bool {
    metadata.target().starts_with(BAD_REQUESTS)
}

/// From now on what is traced goes to standard error.
pub fn begin_log() {
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_target(false)
        // A log that nobody reads any more ends nothing.
        .log_internal_errors(false);
    let level = tracing_subscriber::filter::LevelFilter::INFO;
    tracing_subscriber::registry().with(level).with(OnceAMinute).with(lines).init();
}

/// Says how many lines were left out, once their minute is over.
pub fn say_left_out() {
    let left_out = {
        let mut rare = RARE.lock().unwrap_or_else(PoisonError::into_inner);
        rare.take_left_out(Instant::now())
    };
    if left_out > 0 {
        tracing::warn!("{left_out} more requests could not be read in the last minute");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_a_minute_and_the_others_are_counted() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut rare = Rare { last: None, left_out: 0 };
        assert!(rare.admits(at(0)));
        assert!((1..=40).all(|second| !rare.admits(at(second))));
        assert_eq!((rare.take_left_out(at(59)), rare.take_left_out(at(60))), (0, 40));
        // That was the line of the next minute.
        assert!(!rare.admits(at(61)));
        assert_eq!(rare.take_left_out(at(120)), 1);
        assert_eq!(rare.take_left_out(at(300)), 0);
        assert!(rare.admits(at(301)));
    }
}
