//! The words every floor uses: site, host, zone, day, hour, period and the measures; no clock, no
//! file.

pub mod measure;
pub mod period;
pub mod site;
pub mod time;

pub use measure::{KindOfHit, Measures};
pub use period::{Period, PeriodError};
pub use site::{Host, HostError, Site, SiteId, Sites};
pub use time::{
    Clock, Random, Zone, ZoneDay, ZoneError, date_of_day_number, day_number, hour_start,
};
