//! What the values of breakdowns are called by people: a country by its name, a device by a word.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::dimension::{DIRECT, Dimension, OVERFLOW, UNKNOWN};
use crate::model::Period;
use crate::privacy::{NOT_COLLECTED_LABEL, WITHHELD_LABEL};
use crate::publish::ALL;
use crate::signal::PRIVATE;
use crate::store::By;
use crate::web::frame::Frame;

/// Dimensions whose few values have texts of their own: `value-device-mobile`.
const SAID: [&str; 4] = ["device", "source_kind", "screen", "event"];

/// A value as people call it.
pub fn value(frame: &Frame, dimension: &Dimension, label: &str) -> String {
    let special = match label {
        WITHHELD_LABEL => Some("label-withheld"),
        NOT_COLLECTED_LABEL => Some("label-not-collected"),
        UNKNOWN => Some("label-unknown"),
        DIRECT => Some("label-direct"),
        OVERFLOW => Some("label-overflow"),
        PRIVATE => Some("label-private"),
        _ => None,
    };
    if let Some(key) = special {
        return frame.say(key).to_string();
    }
    let name = dimension.name;
    let known = match name {
        "country" => frame.locale.country(label).map(str::to_owned),
        "language" => frame.locale.language(label).map(str::to_owned),
        _ if SAID.contains(&name) => {
            let key = format!("value-{name}-{label}");
            frame.locale.has(&key).then(|| frame.say(&key).to_string())
        }
        _ => None,
    };
    known.unwrap_or_else(|| label.replace(crate::dimension::BETWEEN, " · "))
}

/// A day, week, month or hour of a series as people call it.
pub fn time(frame: &Frame, by: By, label: &str) -> String {
    let locale = frame.locale;
    let date = label.parse::<Date>().ok();
    match by {
        By::Day => date.map(|date| locale.weekday(date)),
        By::Week => date.map(|date| locale.week(date)),
        By::Month => label.parse::<Period>().ok().map(|period| locale.month(period.first())),
        By::Hour => label.get(11..16).map(str::to_owned),
        By::Year | By::Nothing | By::Value(_) => None,
    }
    .unwrap_or_else(|| label.to_owned())
}

/// The same in few letters, for the axis of a chart.
pub fn time_short(frame: &Frame, by: By, label: &str) -> String {
    let locale = frame.locale;
    let date = label.parse::<Date>().ok();
    match by {
        By::Day | By::Week => date.map(|date| locale.day_short(date)),
        By::Month => label.parse::<Period>().ok().map(|period| locale.month_short(period.first())),
        By::Hour => label.get(11..16).map(str::to_owned),
        By::Year | By::Nothing | By::Value(_) => None,
    }
    .unwrap_or_else(|| label.to_owned())
}

/// A span of days in words: one day, a whole month, or from one day to another.
pub fn span(frame: &Frame, first: Date, last: Date) -> String {
    let locale = frame.locale;
    if first == last {
        return locale.weekday(first);
    }
    if first == first.first_of_month() && last == first.last_of_month() {
        return locale.month(first);
    }
    if first == first.first_of_year() && last == first.last_of_year() {
        return first.year().to_string();
    }
    let said = frame.say("span").with("first", locale.day(first));
    said.with("last", locale.day(last)).to_string()
}

/// A span of days in few letters, as the axis of a chart writes them, with the year.
pub fn span_short(frame: &Frame, first: Date, last: Date) -> String {
    let locale = frame.locale;
    let with_year = |date: Date| {
        let said = frame.say("date-day-short-year").with("day", locale.day_short(date));
        said.with("year", date.year().to_string()).to_string()
    };
    if first == last {
        return with_year(first);
    }
    if first == first.first_of_month() && last == first.last_of_month() {
        return locale.month_short(first);
    }
    if first == first.first_of_year() && last == first.last_of_year() {
        return first.year().to_string();
    }
    let is_one_year = first.year() == last.year();
    let begin = if is_one_year { locale.day_short(first) } else { with_year(first) };
    frame.say("span").with("first", begin).with("last", with_year(last)).to_string()
}

/// What a release is about: a host, an organisation, or all sites.
pub fn about(frame: &Frame, about: &str) -> String {
    if about == ALL { frame.say("all-sites").to_string() } else { frame.host(about) }
}

/// A moment to the minute, in universal time.
pub fn moment(frame: &Frame, moment: Timestamp) -> String {
    let at = moment.to_zoned_datetime(TimeZone::UTC);
    format!("{} {} UTC", frame.locale.day(at.date()), at.strftime("%H:%M"))
}
