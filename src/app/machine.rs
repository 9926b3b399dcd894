//! The machine's clocks and randomness, and how they are handed down. And how many files it lets
//! the process open.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};

use crate::app::steady::SteadyClock;
use crate::collect::Times;
use crate::model::{Clock, ClockState, ClockWatch, Elapsed, Random};

/// What only the top reads. Tests hand in their own.
#[derive(Clone)]
pub struct Machine {
    /// Tells the time.
    pub clock: Clock,
    /// Tells how long the machine has run.
    pub elapsed: Elapsed,
    /// Tells whether the time can be believed.
    pub clock_watch: ClockWatch,
    /// Fills buffers with unpredictable bytes.
    pub random: Random,
    /// What tells this start of the machine from every other; nothing if that is not known.
    pub boot: Option<String>,
    /// The clock that is compared with the time that passes.
    pub(super) steady: Option<Arc<SteadyClock>>,
}

impl Machine {
    /// The real one.
    pub fn real() -> Self {
        let elapsed = || {
            let elapsed = clock_gettime(ClockId::Boottime);
            let seconds = u64::try_from(elapsed.tv_sec).unwrap_or_default();
            Duration::new(seconds, u32::try_from(elapsed.tv_nsec).unwrap_or_default())
        };
        let random: Random = Arc::new(|bytes| {
            getrandom::fill(bytes).expect("Linux always has randomness once it has started");
        });
        let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok();
        let boot = boot.map(|boot| boot.trim().to_owned());
        Self { boot, ..Self::with_clocks(Arc::new(Timestamp::now), Arc::new(elapsed), random) }
    }

    /// One whose clock may be set, beside the time that passes.
    pub fn with_clocks(wall: Clock, elapsed: Elapsed, random: Random) -> Self {
        let steady = Arc::new(SteadyClock::new(wall, elapsed.clone()));
        let (shown, watched) = (steady.clone(), steady.clone());
        let clock: Clock = Arc::new(move || shown.now());
        let clock_watch: ClockWatch = Arc::new(move || watched.state());
        Self { clock, elapsed, clock_watch, random, boot: None, steady: Some(steady) }
    }

    /// The times by which requests are counted.
    pub fn times(&self) -> Times {
        let (clock, elapsed) = (self.clock.clone(), self.elapsed.clone());
        Times { clock, elapsed, clock_watch: self.clock_watch.clone() }
    }

    /// One whose clock is always right, and whose time passes by it alone.
    pub fn with_clock(clock: Clock, random: Random) -> Self {
        let passed = clock.clone();
        let elapsed: Elapsed =
            Arc::new(move || Duration::try_from(passed().as_duration()).unwrap_or_default());
        let clock_watch: ClockWatch = Arc::new(ClockState::default);
        Self { clock, elapsed, clock_watch, random, boot: None, steady: None }
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
