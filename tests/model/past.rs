//! The door of imports: the same requests, as a log has them, counted as past days.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use parvis::collect::{Message, seal_past};
use parvis::dimension::coded;
use parvis::journal::PastDay;
use parvis::model::{Site, ZoneDay};
use parvis::privacy::{NetworkKey, PastKeys};
use parvis::store::{Closing, Ledger, Method, Sites as _, SqliteStore, WHOLE_SITE};

use crate::brute::{Day, Flaw, Hit, NOTHING, days};
use crate::compare::{Depth, Difference, Lines, compare, same};
use crate::events::{Deed, Event, Place, Stream};
use crate::gaps;
use crate::live::{CASES, STEPS_MAX, cases, try_streams};
use crate::product::{folder, message, new_site, random, raw, sites, tables};
use crate::questions::Desk;
use crate::said::DIMENSIONS;

/// Is a day of the import counted from a log? The others between them are counted by the tag.
fn is_by_log(date: Date) -> bool {
    date.day() % 2 == 0
}

/// What is imported: every hit with its visitor, each once, and of a log nothing but what it has.
fn known_to_a_log(stream: &Stream) -> Vec<Event> {
    let live = days(&stream.places, &stream.events(), Flaw::None);
    let known = |hit: Hit| {
        let Event { site, moment, ref deed, .. } = hit.event;
        let is_in_logs = matches!(deed, Deed::View | Deed::Download(..) | Deed::Missing);
        let is_known = is_in_logs || !is_by_log(stream.places[site].date(moment));
        hit.visitor.filter(|_| is_known).map(|_| hit.event)
    };
    let mut events: Vec<_> = live.into_iter().flat_map(|day| day.hits).filter_map(known).collect();
    events.sort_by_key(|event| event.moment);
    events
}

/// The day of one site as its import closes it.
fn import(day: &Day, places: &[Place], site: &Arc<Site>) -> (Closing, NetworkKey) {
    let zone_day = ZoneDay { zone: site.zone.clone(), date: day.date };
    let keys = PastKeys::in_memory(zone_day.clone(), &random());
    let mut past = PastDay::new(zone_day);
    // A log is written when requests end, and so in another order than that in which they came.
    let mut hits: Vec<&Hit> = day.hits.iter().collect();
    hits.sort_by_key(|hit| Reverse(hit.event.moment));
    for hit in hits {
        let event = &hit.event;
        let message = Message::read(message(event, places).to_string().as_bytes()).unwrap();
        let meaning = message.meaning(site).unwrap();
        let raw = raw(event, &message);
        let hit = seal_past(site, tables(), &keys, raw, meaning, event.moment, true);
        past.add(&hit.map_err(|why| why.reason()).unwrap());
    }
    (past.close(&keys.network).unwrap(), keys.network)
}

/// Every line of a day with its networks, also those that nobody is shown.
fn compare_lines((closing, key): &(Closing, NetworkKey), day: &Day) -> Result<(), Difference> {
    for (dimension, _) in DIMENSIONS {
        let mut product = Lines::new();
        for line in &closing.changes.lines {
            let is_of_it = line.dimension != WHOLE_SITE
                && coded(line.dimension).is_some_and(|one| one.name == dimension);
            let figures = line.measures.figures();
            if is_of_it && figures != NOTHING {
                let is_it = |said: &str| said == line.value;
                let readers = day.readers(&[(dimension, &is_it)], |_| true);
                let buckets = readers.iter().map(|one| key.bucket(one.parse().unwrap()));
                let networks = line.networks.unwrap();
                if !networks.buckets().eq(buckets.collect::<BTreeSet<_>>()) {
                    return Err(format!("{dimension} {:?}: other networks", line.value));
                }
                let before = product.insert(line.value.clone(), figures);
                assert_eq!(before, None, "{dimension} has two lines of {:?}", line.value);
            }
        }
        let mut model = Lines::new();
        for value in day.all_values(dimension) {
            let is_it = |said: &str| said == value;
            let figures = day.count(&[(dimension, &is_it)]);
            if figures != NOTHING {
                model.insert(value.clone(), figures);
            }
        }
        same(&|| format!("{dimension} of a past day, {}", day.date), &product, &model)?;
    }
    Ok(())
}

fn check(stream: &Stream) -> Result<(), Difference> {
    let kept = folder();
    let store = SqliteStore::open(&kept.path().join("data")).unwrap();
    for place in &stream.places {
        store.add_site(&new_site(place), Timestamp::UNIX_EPOCH).unwrap();
    }
    let sites = sites(&store, &stream.places);
    let model = days(&stream.places, &known_to_a_log(stream), Flaw::None);
    let mut closings = Vec::new();
    for day in &model {
        let closing = import(day, &stream.places, &sites[day.site]);
        compare_lines(&closing, day)?;
        closings.push(closing.0);
    }
    let as_kept = |day: Day| match is_by_log(day.date) {
        true => {
            let place = &stream.places[day.site];
            day.by_log(place)
        }
        false => day,
    };
    let model: Vec<Day> = model.into_iter().map(as_kept).collect();
    // The second time replaces the first.
    for round in 0..2 {
        for (day, closing) in model.iter().zip(&closings) {
            let (site, hash) = (&sites[day.site], (round == 1).then_some("hash"));
            let method = if day.is_by_log { Method::AccessLog } else { Method::Beacon };
            store.write_past_day(site.id, day.date, closing, method, hash).unwrap();
        }
        compare(&store, &sites, &model, Depth::Closed)?;
    }
    let now = stream.end() + jiff::SignedDuration::from_hours(24 * 3);
    for (number, site) in sites.iter().enumerate() {
        let mut days: Vec<&Day> = model.iter().filter(|day| day.site == number).collect();
        days.sort_by_key(|day| day.date);
        if !days.is_empty() {
            let desk = Desk { store: &store, now };
            gaps::check(&desk, site, &days, Flaw::None)?;
            let has_logs = days.iter().any(|day| day.is_by_log);
            let flaws = [(Flaw::GapIsZero, true), (Flaw::LogReadsForZeroSeconds, has_logs)];
            for (flaw, _) in flaws.into_iter().filter(|(_, may_be_seen)| *may_be_seen) {
                if gaps::check(&desk, site, &days, flaw).is_ok() {
                    return Err(format!("nobody notices {flaw:?}"));
                }
            }
        }
    }
    let later = stream.places[0].date(stream.end() + jiff::SignedDuration::from_hours(24 * 40));
    store.gather_months(later).unwrap();
    compare(&store, &sites, &model, Depth::Again)
}

#[test]
fn imported_days_are_counted_as_if_they_had_been_counted_live() {
    try_streams(cases(CASES / 2), STEPS_MAX, 3, check);
}
