//! Lines of access logs, as web servers write them.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::service::FIREFOX;

/// A line of the combined format.
#[derive(Clone, Copy)]
pub struct LogLine<'a> {
    pub address: &'a str,
    pub time: &'a str,
    pub request: &'a str,
    pub status: u16,
    pub referrer: &'a str,
    pub agent: &'a str,
}

impl Default for LogLine<'_> {
    fn default() -> Self {
        Self {
            address: "192.0.2.1",
            time: "10:00:00",
            request: "GET / HTTP/1.1",
            status: 200,
            referrer: "-",
            agent: FIREFOX,
        }
    }
}

impl LogLine<'_> {
    /// The line on a day.
    pub fn on(&self, day: Date) -> String {
        let Self { address, time, request, status, referrer, agent } = self;
        let day = day.strftime("%d/%b/%Y");
        format!(
            "{address} - - [{day}:{time} +0100] \"{request}\" {status} 512 \"{referrer}\" \
             \"{agent}\"\n"
        )
    }
}

/// A page view of a visitor on a day, each visitor from a network of their own.
pub fn view(day: Date, visitor: u32, page: &str) -> String {
    let address = format!("198.{}.{}.7", 18 + visitor / 250, visitor % 250);
    let request = format!("GET {page} HTTP/1.1");
    LogLine { address: &address, request: &request, ..LogLine::default() }.on(day)
}

/// A past day, seen from the machine's clock. Noon in Paris is this day in every zone in use.
pub fn days_ago(days: i32) -> Date {
    let zone = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
    Timestamp::now().to_zoned_datetime(zone).date() - days.days()
}
