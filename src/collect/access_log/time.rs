//! The time of a log line, such as `10/Oct/2026:13:55:36 +0200`, as a moment.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// The length of a time in a log, in bytes, without its brackets.
pub(super) const TIME_BYTES: usize = 26;

/// As every server writes them, whatever its language.
const MONTHS: [&[u8; 3]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// Zones in use lie from 12 hours behind UTC to 14 hours before it, by whole quarters of an hour.
const BEHIND_MINUTES_MAX: i32 = 12 * 60;
const BEFORE_MINUTES_MAX: i32 = 14 * 60;
const QUARTER_MINUTES: i32 = 15;

/// Reads a time. None for leap seconds, which no server writes, days that never were, and zones
/// that are not in use.
pub(super) fn moment(text: &[u8]) -> Option<Timestamp> {
    let text: &[u8; TIME_BYTES] = text.try_into().ok()?;
    let separators = [(2, b'/'), (6, b'/'), (11, b':'), (14, b':'), (17, b':'), (20, b' ')];
    if separators.iter().any(|(at, byte)| text[*at] != *byte) {
        return None;
    }
    let month = 1 + MONTHS.iter().position(|name| **name == text[3..6])?;
    let local = DateTime::new(
        number(&text[7..11])?,
        month as i8,
        number(&text[0..2])? as i8,
        number(&text[12..14])? as i8,
        number(&text[15..17])? as i8,
        number(&text[18..20])? as i8,
        0,
    );
    offset(&text[21..])?.to_timestamp(local.ok()?).ok()
}

fn offset(text: &[u8]) -> Option<Offset> {
    let (hours, minutes) = (number(&text[1..3])?, number(&text[3..5])?);
    let size = i32::from(hours) * 60 + i32::from(minutes);
    let signed = match text[0] {
        b'+' if size <= BEFORE_MINUTES_MAX => size,
        b'-' if size <= BEHIND_MINUTES_MAX => -size,
        _ => return None,
    };
    let is_in_use = minutes < 60 && size % QUARTER_MINUTES == 0;
    is_in_use.then(|| Offset::from_seconds(signed * 60).ok()).flatten()
}

/// A number of at most four digits.
fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0, |number: i16, digit| {
        digit.is_ascii_digit().then(|| number * 10 + i16::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        moment(text.as_bytes()).map(|moment| moment.to_string())
    }

    #[test]
    fn times_are_moments() {
        for (text, expected) in [
            ("10/Oct/2000:13:55:36 -0700", "2000-10-10T20:55:36Z"),
            ("29/Feb/2024:00:00:00 +0100", "2024-02-28T23:00:00Z"),
            ("31/Dec/2025:23:59:59 +0000", "2025-12-31T23:59:59Z"),
            ("01/Jan/2026:05:45:00 +0545", "2026-01-01T00:00:00Z"),
            ("01/Jan/2026:14:00:00 +1400", "2026-01-01T00:00:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for wrong in [
            "",
            "10/Oct/2000:13:55:36",
            "10/Oct/2000:13:55:36 -07000",
            "10/oct/2000:13:55:36 -0700",
            "10/Okt/2000:13:55:36 -0700",
            "30/Feb/2024:00:00:00 +0100",
            "29/Feb/2025:00:00:00 +0100",
            "31/Dec/2016:23:59:60 +0000",
            "10/Oct/2000:24:00:00 +0000",
            "10/Oct/2000:13:55:36 +0107",
            "10/Oct/2000:13:55:36 +0060",
            "10/Oct/2000:13:55:36 +1500",
            "10/Oct/2000:13:55:36 -1300",
            "10/Oct/2000:13:55:36 00000",
            "10/Oct/2000:13:55:36 +0a00",
            "-1/Oct/2000:13:55:36 +0000",
            "10-Oct-2000:13:55:36 +0000",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
