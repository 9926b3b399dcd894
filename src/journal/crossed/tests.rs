//! Crossed lines beside those that the words of the promises say, hit by hit.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::dimension::{self, Of};
use crate::journal::entry::Value;
use crate::journal::visits::Visit;
use crate::model::Zone;

/// The next of a row of numbers that look like chance (Knuth's multiplier).
fn below(state: &mut u64, bound: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    (*state >> 33) % bound
}

/// Learns four values of every dimension on two sites, with the numbers of [`number_of`].
fn learn(tally: &mut Tally) {
    let dimensions = dimension::ALL.len();
    for number in 0..2 * dimensions * 4 {
        let (site, place) = (number / 4 / dimensions, number / 4 % dimensions);
        let (id, text) = (number_of(site, place, number % 4), number.to_string().into());
        let (site, dimension) = (SiteId(site as u32), dimension::ALL[place].code);
        tally.learn(Value { id, site, dimension, text });
    }
}

fn number_of(site: usize, place: usize, number: usize) -> u32 {
    ((site * dimension::ALL.len() + place) * 4 + number) as u32 + 1
}

/// An entry as it lies in the journal.
fn entry(second: u32, state: &mut u64) -> Entry {
    let site = below(state, 2) as usize;
    // Some come often, and every fifth has no key.
    let visitor = [(below(state, 7) * below(state, 7)) as u8; 8];
    let bucket = (visitor[0] != 0).then_some(visitor[0] % 5);
    let kind = [0u8, 0, 0, 1, 2][below(state, 5) as usize];
    let (seconds, others) = (below(state, 90) as u16, below(state, 4));
    let mut values = Vec::new();
    for (place, dimension) in dimension::ALL.iter().enumerate() {
        let of = dimension.of;
        if of.is_of_deeds() && kind != 1 || of.is_of_visits() && kind != 0 {
            continue;
        }
        for _ in 0..if of == Of::HitSeveral { 2 } else { 1 } {
            let other = below(state, 2) + others;
            let number = if of == Of::Visitor { u64::from(visitor[0]) } else { other };
            values.push(number_of(site, place, number as usize % 4));
        }
    }
    values.dedup();
    let fields = (second, site as u32, visitor, None::<[u8; 8]>, kind, seconds, values, bucket);
    postcard::from_bytes(&postcard::to_stdvec(&fields).unwrap()).unwrap()
}

/// What the words of the promises say, hit by hit.
fn by_the_words(tally: &Tally, entries: &[Entry]) -> BTreeMap<(u32, u32), (Measures, u32)> {
    let mut lines: BTreeMap<_, (Measures, BTreeSet<u32>, BTreeSet<u32>)> = BTreeMap::new();
    let mut placed: HashMap<SiteId, Visits> = HashMap::new();
    let mut done: HashMap<(SiteId, [u8; 8], u8), u64> = HashMap::new();
    for entry in entries {
        let (site, kind) = (SiteId(entry.site), entry.kind());
        let visits = placed.entry(site).or_default();
        let number = entry.visitor().map_or(NONE, |visitor| {
            let (number, _) = visits.place(visitor, entry.bucket(), kind, entry.second);
            if let (KindOfHit::View, Some(visit)) = (kind, visits.get_mut(number)) {
                visit.views += 1;
            }
            number
        });
        let is_over = entry.visitor().is_some_and(|visitor| {
            let hits = done.entry((site, visitor, u8::from(kind == KindOfHit::View))).or_default();
            *hits += u64::from(!matches!(kind, KindOfHit::Reading(_)));
            *hits > 30
        });
        let is_own = |of: Of| entry.visitor().is_none() || !of.is_of_visits();
        let own = tally.named_lines(entry).filter(|(_, line)| is_own(line.of));
        let mut named: Vec<u32> = own.map(|(number, _)| number).collect();
        if let Some(visit) = tally.sites[&site].visits.get(number) {
            named.extend(tally.sets.get_index(visit.own as usize).into_iter().flatten());
            named.extend(Some(visit.exit).filter(|exit| *exit != NONE));
        }
        for crossing in known_crossings() {
            let of = |code: usize| {
                let lines = named.iter().copied();
                lines.filter(move |line| tally.lines[*line as usize].dimension as usize == code)
            };
            for pair in
                of(crossing.first).flat_map(|one| of(crossing.second).map(move |two| (one, two)))
            {
                let (measures, visitors, all) = lines.entry(pair).or_default();
                let counting =
                    if crossing.is_of_deeds { KindOfHit::Event } else { KindOfHit::View };
                measures.views += u64::from(kind == KindOfHit::View);
                measures.events += u64::from(kind == KindOfHit::Event);
                measures.views_over += u64::from(kind == KindOfHit::View && is_over);
                measures.events_over += u64::from(kind == KindOfHit::Event && is_over);
                if let KindOfHit::Reading(seconds) = kind {
                    measures.reading_seconds += u64::from(seconds);
                }
                if kind == counting && number != NONE {
                    visitors.insert(visits.first(number));
                    all.insert(number);
                }
            }
        }
    }
    let sums = lines.into_iter().map(|(pair, (mut measures, visitors, all))| {
        let site = tally.lines[pair.0 as usize].site;
        let visits = &tally.sites[&site].visits;
        let of = |is: fn(&Visit) -> bool| {
            all.iter().filter(|number| visits.get(**number).is_some_and(is)).count() as u64
        };
        measures.visitors = visitors.len() as u64;
        measures.visits = of(|visit| visit.is_real());
        measures.bounces = of(|visit| visit.bounce != NONE);
        let buckets = visitors.iter().filter_map(|number| visits.get(*number)?.bucket);
        (pair, (measures, buckets.collect::<BTreeSet<_>>().len() as u32))
    });
    sums.collect()
}

#[test]
fn crossed_lines_are_what_the_words_say_however_many_parts_there_are() {
    let zone = Zone::named("UTC").unwrap();
    let mut tally = Tally::new(zone.day_at(jiff::Timestamp::UNIX_EPOCH));
    learn(&mut tally);
    let mut state = 1;
    let entries: Vec<_> = (0..3_000).map(|number| entry(number * 28, &mut state)).collect();
    for entry in &entries {
        tally.add(entry);
    }
    let expected = by_the_words(&tally, &entries);
    let has = |is: fn(&(Measures, u32)) -> bool| expected.values().any(is);
    assert!(has(|(one, _)| one.views_over > 0) && has(|(one, _)| one.events_over > 0));
    assert!(has(|(one, networks)| *networks > 1 && u64::from(*networks) < one.visitors));
    for parts in [1, 3] {
        let replay = |show: &mut dyn FnMut(&Entry)| {
            entries.iter().for_each(show);
            Ok(())
        };
        let crossed = crossings_in_parts(&tally, &replay, parts).unwrap();
        assert_eq!(crossed.len(), expected.len());
        for line in crossed {
            let found = (line.measures, line.networks.count());
            assert_eq!(expected[&(line.first, line.second)], found);
        }
    }
}
