//! The demo: a site of this machine with thirteen months of invented figures, labelled so
//! everywhere.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use crate::dimension::{self, PAGE};
use crate::model::{Host, Measures, SiteId, Zone, ZoneDay};
use crate::store::{Changes, Line, NewSite, Store, StoreError, WHOLE_SITE};

/// The demo's site.
const HOST: &str = "demo.localhost";

/// The hosts under which a newcomer reaches the demo's pages.
const ALIASES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Days of history: thirteen months, so that each month can be compared with that of a year before.
const HISTORY_DAYS: i64 = 396;

/// The pages of the demo and their share of the views, in thousandths.
const PAGES: [(&str, u64); 8] = [
    ("/demo/", 310),
    ("/demo/services/passport.html", 240),
    ("/demo/news.html", 150),
    ("/demo/services/", 120),
    ("/demo/opening-hours.html", 90),
    ("/demo/single-page.html", 60),
    ("/demo/single-page/one", 20),
    ("/demo/single-page/two", 10),
];

/// How a working day's views fall on its hours, in thousandths.
const HOURS: [u64; 24] =
    [8, 5, 3, 2, 3, 6, 15, 32, 58, 78, 84, 80, 62, 66, 76, 78, 72, 64, 54, 46, 40, 32, 22, 14];

/// Makes the demo's site with its history, unless it is there already.
pub fn prepare(store: &dyn Store, now: Timestamp) -> Result<(), StoreError> {
    if store.sites()?.iter().any(|site| site.host.as_str() == HOST) {
        return Ok(());
    }
    let host = |name: &str| Host::parse(name).map_err(|_| StoreError::Damaged(name.to_owned()));
    let zone = Zone::named(Zone::DEFAULT_NAME)?;
    let site = NewSite {
        host: host(HOST)?,
        aliases: ALIASES.into_iter().map(host).collect::<Result<_, _>>()?,
        zone: zone.clone(),
        query_kept: vec![],
        synthetic: true,
    };
    let id = store.add_site(&site, now)?;
    let today = zone.day_at(now).date;
    let days = (1..=HISTORY_DAYS).rev().map(|age| {
        let date = today.saturating_sub(age.days());
        (date, day(id, &ZoneDay { zone: zone.clone(), date }))
    });
    store.write_history(&days.collect::<Vec<_>>())
}

/// One invented day: more on working days, a little more every month, and never twice the same.
fn day(site: SiteId, day: &ZoneDay) -> Changes {
    let mut changes = Changes::default();
    let all = views_of(day.date);
    let page_code = dimension::ALL[PAGE].code();
    let mut total = 0;
    for (number, (page, share)) in PAGES.iter().enumerate() {
        let views = all * share * wobble(day.date, number as u64 + 100) / 1_000_000;
        total += views;
        changes.days.push(line(site, page_code, page, views, 72));
    }
    changes.days.push(line(site, WHOLE_SITE, "", total, 58));
    let mut left = total;
    for (hour, share) in HOURS.iter().enumerate() {
        let is_last = hour + 1 == HOURS.len();
        let views = if is_last { left } else { left.min(total * share / 1_000) };
        left -= views;
        let began = day.start() + (hour as i64).hours();
        changes.hours.push((began, line(site, WHOLE_SITE, "", views, 70)));
    }
    changes
}

fn views_of(date: Date) -> u64 {
    let weekday = match date.weekday() {
        Weekday::Saturday => 420,
        Weekday::Sunday => 380,
        Weekday::Monday => 1_080,
        _ => 1_000,
    };
    let growth = 1_000 + date.day_of_year().unsigned_abs() as u64 / 3;
    900 * weekday * growth * wobble(date, 7) / 1_000_000_000
}

/// A number between 850 and 1,150 that looks like chance and is the same at every start.
fn wobble(date: Date, salt: u64) -> u64 {
    let mut state = crate::model::day_number(date).unsigned_abs().wrapping_mul(0x9e37_79b9) ^ salt;
    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    850 + (state ^ (state >> 31)) % 301
}

/// A line with so many visitors for a hundred views.
fn line(site: SiteId, dimension: u8, value: &str, views: u64, visitors_percent: u64) -> Line {
    let visitors = (views * visitors_percent).div_ceil(100);
    let measures = Measures { views, visitors, ..Measures::default() };
    Line { site, dimension, value: value.to_owned(), measures }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hours_and_pages_of_a_day_add_up_to_it() {
        let zone = Zone::named("Europe/Paris").unwrap();
        for date in ["2026-11-22", "2026-10-25", "2026-03-29"] {
            let changes =
                day(SiteId(1), &ZoneDay { zone: zone.clone(), date: date.parse().unwrap() });
            let views = |dimension: u8| {
                let lines = changes.days.iter().filter(move |line| line.dimension == dimension);
                lines.map(|line| line.measures.views).sum::<u64>()
            };
            let hours: u64 = changes.hours.iter().map(|(_, line)| line.measures.views).sum();
            assert_eq!(views(WHOLE_SITE), views(1), "{date}");
            assert_eq!(views(WHOLE_SITE), hours, "{date}");
        }
    }
}
