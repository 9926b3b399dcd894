//! Local time: the zone of a site, the calendar day in it (of 23, 24 or 25 hours) and its hours.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::model::period::Period;

/// Tells the time. Only `app` reads the machine's clock; everything below is handed this.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Tells how long the machine has run, its sleep included: what passes by it is measured where the
/// clock may be set meanwhile. Only `app` reads it.
pub type Elapsed = Arc<dyn Fn() -> Duration + Send + Sync>;

/// Tells whether the machine's clock can be believed.
pub type ClockWatch = Arc<dyn Fn() -> ClockState + Send + Sync>;

/// What is known of the machine's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClockState {
    /// What is wrong with it now.
    pub trouble: Option<ClockTrouble>,
    /// How often it has jumped since the start.
    pub jumps: u64,
}

/// What can be wrong with a machine's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockTrouble {
    /// It has jumped by so much, and it is not known yet which time is right: the service goes by
    /// the time that has passed.
    Jumped {
        /// Ahead, or back if negative.
        by: SignedDuration,
    },
    /// It was ahead and is right now: the service's time stands still until it is reached.
    Behind {
        /// So much is missing.
        by: SignedDuration,
    },
}

/// Fills a buffer with unpredictable bytes. Only `app` reads the machine's randomness.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// A time zone of the IANA database, such as `Europe/Paris`.
#[derive(Clone)]
pub struct Zone {
    name: Arc<str>,
    rules: TimeZone,
}

/// The name is not one of the IANA database.
#[derive(Debug, thiserror::Error)]
#[error("unknown time zone {0:?}: give an IANA name such as Europe/Paris or Indian/Reunion")]
pub struct ZoneError(String);

impl Zone {
    /// The zone of a site that names none.
    pub const DEFAULT_NAME: &'static str = "Europe/Paris";

    /// Finds a zone by its IANA name, in the table inside the program.
    pub fn named(name: &str) -> Result<Self, ZoneError> {
        let rules = TimeZone::get(name).map_err(|_| ZoneError(name.to_owned()))?;
        let name = rules.iana_name().unwrap_or(name).into();
        Ok(Self { name, rules })
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The local day that holds this moment.
    pub fn day_at(&self, moment: Timestamp) -> ZoneDay {
        ZoneDay { zone: self.clone(), date: moment.to_zoned_datetime(self.rules.clone()).date() }
    }

    /// The moment of a local time. Of two that a change of clocks makes it is the first; one that
    /// the clocks skip is moved on.
    pub fn moment_of(&self, local: DateTime) -> Timestamp {
        let zoned = local.to_zoned_datetime(self.rules.clone());
        zoned.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// The moment as local time, `2026-10-25T02:00:00+02:00`.
    pub fn written(&self, moment: Timestamp) -> String {
        moment.to_zoned_datetime(self.rules.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)
    }
}

/// One calendar day in one zone: what a salt, a journal file and a final figure belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneDay {
    /// The zone whose midnights bound it.
    pub zone: Zone,
    /// The calendar date there.
    pub date: Date,
}

impl ZoneDay {
    /// The first moment of the day.
    pub fn start(&self) -> Timestamp {
        self.midnight(self.date)
    }

    /// The first moment of the day after: 23, 24 or 25 hours later.
    pub fn end(&self) -> Timestamp {
        self.midnight(self.date.saturating_add(1.day()))
    }

    /// The first moments of its hours.
    pub fn hours(&self) -> Vec<Timestamp> {
        let (start, end) = (self.start(), self.end());
        let hours = start.series(1.hour());
        hours.take_while(|hour| *hour < end).collect()
    }

    fn midnight(&self, date: Date) -> Timestamp {
        // A day that the calendar skips or that starts at 01:00 begins at its first real moment.
        let midnight = date.at(0, 0, 0, 0).to_zoned_datetime(self.zone.rules.clone());
        midnight.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// A name for files: `2026-11-23.Europe~Paris`. No zone has a tilde in its name.
    pub fn file_stem(&self) -> String {
        format!("{}.{}", self.date, self.zone.name().replace('/', "~"))
    }

    /// The day that a file's name begins with, if it does.
    pub fn of_file_name(name: &str) -> Option<Self> {
        let (date, rest) = name.split_once('.')?;
        let (zone, _extension) = rest.split_once('.')?;
        let zone = Zone::named(&zone.replace('~', "/")).ok()?;
        Some(Self { zone, date: date.parse().ok()? })
    }

    /// Has the day ended in its zone?
    pub fn has_ended(&self, moment: Timestamp) -> bool {
        moment >= self.end()
    }
}

impl fmt::Display for ZoneDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.date, self.zone.name())
    }
}

/// One calendar month in one zone: what the key of networks belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneMonth {
    /// The zone whose midnights bound it.
    pub zone: Zone,
    /// The first day.
    pub first: Date,
}

impl ZoneMonth {
    /// The month that a day lies in.
    pub fn of(day: &ZoneDay) -> Self {
        Self { zone: day.zone.clone(), first: day.date.first_of_month() }
    }

    /// Does a day lie in it?
    pub fn holds(&self, day: &ZoneDay) -> bool {
        self.first == day.date.first_of_month() && self.zone == day.zone
    }

    /// Has the month ended in its zone?
    pub fn has_ended(&self, moment: Timestamp) -> bool {
        let last = ZoneDay { zone: self.zone.clone(), date: self.first.last_of_month() };
        last.has_ended(moment)
    }

    /// A name for files: `2026-11.Europe~Paris`.
    pub fn file_stem(&self) -> String {
        let (year, month) = (self.first.year(), self.first.month());
        format!("{year:04}-{month:02}.{}", self.zone.name().replace('/', "~"))
    }

    /// The month that a file's name begins with, if it does.
    pub fn of_file_name(name: &str) -> Option<Self> {
        let (month, rest) = name.split_once('.')?;
        let (zone, _extension) = rest.split_once('.')?;
        let zone = Zone::named(&zone.replace('~', "/")).ok()?;
        let Ok(Period::Month(first)) = month.parse() else { return None };
        Some(Self { zone, first })
    }
}

impl fmt::Display for ZoneMonth {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", Period::Month(self.first), self.zone.name())
    }
}

/// The first day that days are numbered from.
const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// A date as its number of days since 1970-01-01.
pub fn day_number(date: Date) -> i64 {
    EPOCH.until(date).map_or(0, |span| i64::from(span.get_days()))
}

/// The date of a number of days since 1970-01-01.
pub fn date_of_day_number(number: i64) -> Date {
    EPOCH.saturating_add(number.days())
}

/// The moment at which the local hour of `moment` began. The hour ends 3,600 seconds later; when
/// clocks go back there are two hours of one name, told apart by their offset.
pub fn hour_start(zone: &Zone, moment: Timestamp) -> Timestamp {
    let local = moment.to_zoned_datetime(zone.rules.clone());
    let past = i64::from(local.minute()) * 60 + i64::from(local.second());
    Timestamp::from_second(moment.as_second() - past).unwrap_or(moment)
}

/// The date in UTC, for what belongs to no site.
pub fn utc_date(moment: Timestamp) -> Date {
    moment.to_zoned_datetime(TimeZone::UTC).date()
}

/// The first day whose details are kept, when they are kept for so many months. The calendar is
/// that of UTC: a day more or less makes no difference here.
pub fn details_from(now: Timestamp, months: u32) -> Date {
    let today = utc_date(now);
    today.saturating_sub(i64::from(months).months())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paris() -> Zone {
        Zone::named("Europe/Paris").unwrap()
    }

    #[test]
    fn days_have_23_24_or_25_hours() {
        let hours = |text: &str| {
            let day = paris().day_at(text.parse().unwrap());
            (day.end().as_second() - day.start().as_second()) / 3600
        };
        assert_eq!(hours("2026-03-29T12:00:00Z"), 23);
        assert_eq!(hours("2026-06-01T12:00:00Z"), 24);
        assert_eq!(hours("2026-10-25T12:00:00Z"), 25);
    }

    #[test]
    fn the_repeated_hour_is_two_hours() {
        let first = hour_start(&paris(), "2026-10-25T00:30:00Z".parse().unwrap());
        let second = hour_start(&paris(), "2026-10-25T01:30:00Z".parse().unwrap());
        assert_eq!(paris().written(first), "2026-10-25T02:00:00+02:00");
        assert_eq!(paris().written(second), "2026-10-25T02:00:00+01:00");
    }

    #[test]
    fn a_half_hour_zone_has_its_own_hours() {
        let zone = Zone::named("Asia/Kolkata").unwrap();
        let hour = hour_start(&zone, "2026-01-01T00:10:00Z".parse().unwrap());
        assert_eq!(zone.written(hour), "2026-01-01T05:00:00+05:30");
    }

    #[test]
    fn a_day_is_read_back_from_its_file_name() {
        for zone in ["Europe/Paris", "America/Port-au-Prince", "UTC", "Etc/GMT+5"] {
            let day = Zone::named(zone).unwrap().day_at("2026-11-23T12:00:00Z".parse().unwrap());
            let name = format!("{}.sqlite-wal", day.file_stem());
            assert_eq!(ZoneDay::of_file_name(&name), Some(day));
        }
        assert_eq!(ZoneDay::of_file_name("store.sqlite"), None);
    }

    #[test]
    fn a_month_is_read_back_from_its_file_name_and_ends_at_its_last_midnight() {
        let day = paris().day_at("2026-11-30T22:59:59Z".parse().unwrap());
        let month = ZoneMonth::of(&day);
        let name = format!("{}.key", month.file_stem());
        assert_eq!(name, "2026-11.Europe~Paris.key");
        assert_eq!(ZoneMonth::of_file_name(&name), Some(month.clone()));
        assert_eq!(ZoneMonth::of_file_name("2026-11-30.Europe~Paris.salt"), None);
        assert!(month.holds(&day) && !month.has_ended(day.end() - SignedDuration::from_secs(1)));
        let next = paris().day_at(day.end());
        assert!(!month.holds(&next) && month.has_ended(day.end()));
    }

    #[test]
    fn days_and_their_numbers_are_each_others_inverse() {
        for text in ["1970-01-01", "2024-02-29", "2026-11-23", "1969-12-31"] {
            let date: Date = text.parse().unwrap();
            assert_eq!(date_of_day_number(day_number(date)), date);
        }
        assert_eq!(day_number("1970-01-02".parse().unwrap()), 1);
    }

    #[test]
    fn an_unknown_zone_is_refused() {
        assert!(Zone::named("Europe/Atlantis").unwrap_err().to_string().contains("IANA"));
    }
}
