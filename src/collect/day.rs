//! The day on which a view is counted now, and the secrets that it is sealed under.

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{Clock, ClockTrouble, ClockWatch, Elapsed, Site, ZoneDay};
use crate::privacy::{NetworkKey, Salt, SecretError, Secrets};

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
    /// The day has no salt, or the month no key.
    #[error(transparent)]
    Secret(#[from] SecretError),
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

/// The salt of a site's day, and its key of the month. There is none while the clock, which was
/// ahead, is still on a day before: that day's views belong to no other.
pub fn secrets_of(
    secrets: &Secrets,
    times: &Times,
    site: &Site,
    now: Timestamp,
) -> Result<(Arc<Salt>, NetworkKey), DayError> {
    if let Some(ClockTrouble::Behind { by }) = (times.clock_watch)().trouble {
        let (counted, real) = (site.zone.day_at(now), site.zone.day_at(now - by));
        if counted != real {
            return Err(DayError::ClockBehind { counted, real });
        }
    }
    Ok(secrets.of(site, now)?)
}
