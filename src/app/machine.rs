//! The machine's clock and randomness, and how they are handed down: time never goes back. And how
//! many files it lets the process open.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::model::{Clock, Random};

/// What only the top reads. Tests hand in their own.
#[derive(Clone)]
pub struct Machine {
    /// Tells the time.
    pub clock: Clock,
    /// Fills buffers with unpredictable bytes.
    pub random: Random,
}

impl Machine {
    /// The real one. While the process runs its clock stands still where the machine's is set
    /// back, so that no hour is opened again.
    pub fn real() -> Self {
        let latest = AtomicI64::new(i64::MIN);
        let clock: Clock = Arc::new(move || {
            let now = Timestamp::now().as_millisecond();
            let shown = latest.fetch_max(now, Ordering::Relaxed).max(now);
            Timestamp::from_millisecond(shown).unwrap_or(Timestamp::MAX)
        });
        let random: Random = Arc::new(|bytes| {
            getrandom::fill(bytes).expect("Linux always has randomness once it has started");
        });
        Self { clock, random }
    }
}

/// Raises the number of files and connections that may be open to what the system lets this process
/// have, says so, and returns it.
pub fn raise_file_limit() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, ..limit };
    let limit = if setrlimit(Resource::Nofile, raised).is_ok() { raised } else { limit };
    let files = limit.current.unwrap_or(u64::MAX);
    tracing::info!("up to {files} files and connections may be open at once");
    files
}
