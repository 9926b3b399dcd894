//! The time that the service goes by: the machine's clock as long as it agrees with the time that
//! has passed. A clock that jumps closes no day.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::model::{Clock, ClockState, ClockTrouble, Elapsed};

/// A clock that is set by more than this has jumped; by less it is believed at once, as where a
/// time server sets it right.
pub const JUMP_MAX: SignedDuration = SignedDuration::from_secs(60);

/// A clock that has jumped and then goes on evenly for so long is believed.
pub const BELIEVED_AFTER: SignedDuration = SignedDuration::from_mins(10);

/// Between the two readings of one comparison this process was not stopped for longer.
const READING_MS_MAX: i64 = 1_000;

/// Compares the machine's clock with the time that has passed. Its own time never goes back: where
/// the clock is set back it stands still, so that no hour is opened again.
pub struct SteadyClock {
    wall: Clock,
    elapsed: Elapsed,
    /// The clock's time without the time that has passed, while it is believed, in milliseconds.
    distance: AtomicI64,
    /// The latest time that was given, in milliseconds.
    latest: AtomicI64,
    is_doubtful: AtomicBool,
    jumps: AtomicU64,
    doubt: Mutex<Option<Doubt>>,
}

/// Where the clock stands since it jumped, and since when.
#[derive(Clone, Copy)]
struct Doubt {
    distance: i64,
    since: i64,
}

impl SteadyClock {
    /// Believes the clock as it is now.
    pub fn new(wall: Clock, elapsed: Elapsed) -> Self {
        let (distance, latest) = (AtomicI64::new(0), AtomicI64::new(i64::MIN));
        let (is_doubtful, jumps, doubt) = <(AtomicBool, AtomicU64, Mutex<_>)>::default();
        let clock = Self { wall, elapsed, distance, latest, is_doubtful, jumps, doubt };
        let (wall, elapsed) = clock.read_at_once();
        clock.distance.store(wall - elapsed, Ordering::Relaxed);
        clock
    }

    /// The clock's time without the time that has passed, while it is believed, in milliseconds.
    pub fn distance(&self) -> i64 {
        self.now();
        self.distance.load(Ordering::Relaxed)
    }

    /// Goes on from a distance that was believed before, since the machine started.
    pub fn go_on(&self, distance: i64) {
        self.distance.store(distance, Ordering::Relaxed);
        self.latest.store(i64::MIN, Ordering::Relaxed);
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        let (wall, elapsed) = self.read();
        let known = self.distance.load(Ordering::Relaxed);
        let time = if agree(wall - elapsed, known) && !self.is_doubtful.load(Ordering::Relaxed) {
            if wall - elapsed != known {
                self.distance.store(wall - elapsed, Ordering::Relaxed);
            }
            wall
        } else {
            self.decide()
        };
        let latest = self.latest.load(Ordering::Relaxed);
        // Only the first reading of a millisecond writes.
        let time = match time > latest {
            true => self.latest.fetch_max(time, Ordering::Relaxed).max(time),
            false => latest,
        };
        Timestamp::from_millisecond(time).unwrap_or(Timestamp::MAX)
    }

    /// What was wrong with the machine's clock when the time was last asked for, and how often it
    /// has jumped. Each beacon asks: it reads one clock, and no lock unless there is a doubt.
    pub fn state(&self) -> ClockState {
        let latest = self.latest.load(Ordering::Relaxed);
        let is_doubtful = self.is_doubtful.load(Ordering::Relaxed);
        let doubt = if is_doubtful { *self.doubt() } else { None };
        let known = self.distance.load(Ordering::Relaxed);
        let trouble = match doubt.map(|doubt| doubt.distance - known) {
            Some(by) => Some(ClockTrouble::Jumped { by: SignedDuration::from_millis(by) }),
            None => {
                let by = SignedDuration::from_millis(
                    latest.saturating_sub((self.wall)().as_millisecond()),
                );
                (by > JUMP_MAX).then_some(ClockTrouble::Behind { by })
            }
        };
        ClockState { trouble, jumps: self.jumps.load(Ordering::Relaxed) }
    }

    /// Looks again, alone: which time is it, if the clock does not say what has passed?
    fn decide(&self) -> i64 {
        let mut doubt = self.doubt();
        let (wall, elapsed) = self.read_at_once();
        let (seen, known) = (wall - elapsed, self.distance.load(Ordering::Relaxed));
        let kept = doubt.filter(|doubt| agree(doubt.distance, seen));
        let is_believed = kept.is_some_and(|doubt| {
            SignedDuration::from_millis(elapsed - doubt.since) >= BELIEVED_AFTER
        });
        if agree(seen, known) || is_believed {
            *doubt = None;
            self.distance.store(seen, Ordering::Relaxed);
            self.is_doubtful.store(false, Ordering::Relaxed);
            return wall;
        }
        if kept.is_none() {
            *doubt = Some(Doubt { distance: seen, since: elapsed });
            self.jumps.fetch_add(1, Ordering::Relaxed);
            self.is_doubtful.store(true, Ordering::Relaxed);
        }
        elapsed + known
    }

    /// The clock and the time that has passed, in milliseconds.
    fn read(&self) -> (i64, i64) {
        let elapsed = i64::try_from((self.elapsed)().as_millis()).unwrap_or(i64::MAX);
        ((self.wall)().as_millisecond(), elapsed)
    }

    /// The same of one moment: a process that is stopped between the two readings reads again.
    fn read_at_once(&self) -> (i64, i64) {
        loop {
            let before = self.read().1;
            let (wall, elapsed) = self.read();
            if self.read().1 - before <= READING_MS_MAX {
                return (wall, elapsed);
            }
        }
    }

    fn doubt(&self) -> MutexGuard<'_, Option<Doubt>> {
        self.doubt.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn agree(one: i64, other: i64) -> bool {
    SignedDuration::from_millis(one.saturating_sub(other)).abs() <= JUMP_MAX
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;

    /// Both readings in seconds, and a clock that goes by them.
    struct Given {
        wall: Arc<AtomicI64>,
        elapsed: Arc<AtomicI64>,
        clock: SteadyClock,
    }

    impl Given {
        fn new() -> Self {
            let (wall, elapsed) = (Arc::new(AtomicI64::new(1_000_000)), Arc::default());
            let shown: (Arc<AtomicI64>, Arc<AtomicI64>) = (wall.clone(), Arc::clone(&elapsed));
            let clock = SteadyClock::new(
                Arc::new(move || Timestamp::from_second(shown.0.load(Ordering::Relaxed)).unwrap()),
                Arc::new(move || Duration::from_secs(shown.1.load(Ordering::Relaxed) as u64)),
            );
            Self { wall, elapsed, clock }
        }

        /// So many seconds pass, and beside them the clock is set; what time does it say?
        fn pass(&self, seconds: i64, set: i64) -> i64 {
            self.elapsed.fetch_add(seconds, Ordering::Relaxed);
            self.wall.fetch_add(seconds + set, Ordering::Relaxed);
            self.clock.now().as_second() - 1_000_000
        }

        fn trouble(&self) -> Option<ClockTrouble> {
            self.clock.state().trouble
        }
    }

    fn jumped(by: i64) -> Option<ClockTrouble> {
        Some(ClockTrouble::Jumped { by: SignedDuration::from_secs(by) })
    }

    fn behind(by: i64) -> Option<ClockTrouble> {
        Some(ClockTrouble::Behind { by: SignedDuration::from_secs(by) })
    }

    #[test]
    fn a_clock_that_is_set_a_little_is_believed_at_once_and_never_goes_back() {
        let given = Given::new();
        assert_eq!(given.pass(10, 0), 10);
        assert_eq!(given.pass(10, 60), 80);
        assert_eq!(given.pass(10, -50), 80);
        assert_eq!(given.pass(10, 0), 80);
        assert_eq!(given.pass(30, 0), 80);
        assert_eq!(given.pass(1, 0), 81);
        let state = given.clock.state();
        assert_eq!((state.trouble, state.jumps), (None, 0));
    }

    #[test]
    fn a_jump_that_goes_back_changes_nothing_but_is_known() {
        let given = Given::new();
        assert_eq!(given.pass(10, 90_000), 10);
        assert_eq!(given.trouble(), jumped(90_000));
        assert_eq!(given.pass(500, 0), 510);
        assert_eq!(given.pass(10, -90_000), 520);
        let state = given.clock.state();
        assert_eq!((state.trouble, state.jumps), (None, 1));
    }

    #[test]
    fn a_clock_that_stays_where_it_jumped_is_believed_in_the_end() {
        let given = Given::new();
        assert_eq!(given.pass(10, 90_000), 10);
        assert_eq!(given.pass(599, 0), 609);
        assert_eq!(given.trouble(), jumped(90_000));
        assert_eq!(given.pass(1, 0), 90_610);
        assert_eq!(given.trouble(), None);
        // Set back it stands still, for as long as that takes.
        assert_eq!(given.pass(10, -90_000), 90_620);
        assert_eq!(given.pass(599, 0), 91_219);
        assert_eq!(given.pass(1, 0), 91_219);
        assert_eq!(given.trouble(), behind(89_999));
        assert_eq!(given.pass(89_938, 0), 91_219);
        assert_eq!(given.trouble(), behind(61));
        assert_eq!(given.pass(1, 0), 91_219);
        assert_eq!(given.trouble(), None);
        assert_eq!(given.pass(100, 0), 91_259);
        assert_eq!(given.clock.state().jumps, 2);
    }

    #[test]
    fn a_clock_that_jumps_again_is_waited_for_again() {
        let given = Given::new();
        assert_eq!(given.pass(0, 3_600), 0);
        assert_eq!(given.pass(590, 0), 590);
        assert_eq!(given.pass(0, 3_600), 590);
        assert_eq!(given.trouble(), jumped(7_200));
        assert_eq!(given.pass(590, 0), 1_180);
        assert_eq!(given.pass(10, 0), 8_390);
        assert_eq!(given.clock.state().jumps, 2);
    }
}
