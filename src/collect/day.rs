//! The day on which a view is counted now, and its salt.

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{Clock, ClockTrouble, ClockWatch, Elapsed, Site, ZoneDay};
use crate::privacy::{Salt, SaltError, Salts};

/// The times by which requests are counted.
#[derive(Clone)]
pub struct Times {
    /// Tells the time.
    pub clock: Clock,
    /// Tells how long the machine has run.
    pub elapsed: Elapsed,
    /// Tells whether the time can be believed.
    pub clock_watch: ClockWatch,
}

/// Why no view of a site can be counted now.
#[derive(Debug, thiserror::Error)]
pub enum DayError {
    /// The day has no salt.
    #[error(transparent)]
    Salt(#[from] SaltError),
    /// The machine's clock was ahead, and is on a day before again.
    #[error(
        "the machine's clock was ahead and is set right: it is {real}, and the service has counted \
        on {counted}; it goes on as soon as that day begins"
    )]
    ClockBehind {
        /// The day on which the service counts.
        counted: ZoneDay,
        /// The day that it is.
        real: ZoneDay,
    },
}

/// The salt of a site's day. There is none while the clock, which was ahead, is still on a day
/// before: that day's views belong to no other.
pub fn salt_of(
    salts: &Salts,
    times: &Times,
    site: &Site,
    now: Timestamp,
) -> Result<Arc<Salt>, DayError> {
    if let Some(ClockTrouble::Behind { by }) = (times.clock_watch)().trouble {
        let (counted, real) = (site.zone.day_at(now), site.zone.day_at(now - by));
        if counted != real {
            return Err(DayError::ClockBehind { counted, real });
        }
    }
    Ok(salts.of(&site.zone, now)?)
}
