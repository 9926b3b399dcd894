//! What needs the whole day: two breakdowns crossed, with exact visits and visitors.
//!
//! The day's entries are read again and put in the order of their visitors, a part of the visitors
//! at a time so that memory stays bounded. What is distinct is distinct within one visitor: the
//! few hits of each say for every crossing the pairs of lines they belong to, those are brought
//! together, and added to the day's.

use crate::dimension::{CODES, CROSSINGS, Dimension};
use crate::journal::JournalFault;
use crate::journal::entry::Entry;
use crate::journal::tally::Tally;
use crate::journal::visits::{NONE, Visits, Walk};
use crate::model::{KindOfHit, Measures, NetworkSet, READER_HITS_MAX, SiteId};
use crate::store::CrossedLine;

use hashbrown::HashMap;

/// Bytes that the hits of one part of the visitors may take: those of a day of a million views.
const PART_BYTES_MAX: u64 = 160 << 20;

/// What a hit takes: itself, and the numbers of some fourteen lines.
const HIT_BYTES: u64 = 80;

/// Pairs of one visitor that are brought together at once. People have some hundreds; a machine
/// that reads the whole site has more, and would fill the memory.
const PAIRS_MAX: usize = 1 << 16;

/// Reads all entries of a day in order, as often as asked.
pub type Replay<'a> = dyn Fn(&mut dyn FnMut(&Entry)) -> Result<(), JournalFault> + 'a;

/// One crossing: the codes of its dimensions.
struct Crossing {
    first: usize,
    second: usize,
    /// Do its lines count the visits that did something, and not those that viewed?
    is_of_deeds: bool,
}

/// One hit of the present part.
#[derive(Clone, Copy)]
struct Crossable {
    site: SiteId,
    /// The visitor's latest visit, which stands for the visitor.
    latest: u32,
    second: u32,
    kind: KindOfHit,
    /// Where its lines stand among those of the part.
    lines: (u32, u32),
}

/// How often one visitor did what, up to the present hit.
#[derive(Default)]
struct HitsSoFar {
    views: u32,
    events: u32,
}

impl HitsSoFar {
    /// Counts one more; is it over? Nobody who is counted without a key has more than one.
    fn is_over(&mut self, kind: KindOfHit) -> bool {
        let hits = match kind {
            KindOfHit::View => &mut self.views,
            KindOfHit::Event => &mut self.events,
            KindOfHit::Reading(_) => return false,
        };
        *hits += 1;
        *hits > READER_HITS_MAX
    }
}

/// What one visit of a visitor did in one pair of lines.
struct Share {
    pair: (u32, u32),
    visit: u32,
    /// Does the pair count the visit, or only what it did?
    counts: bool,
    views: u32,
    events: u32,
    reading_seconds: u64,
    views_over: u32,
    events_over: u32,
}

/// All crossings of a tallied day.
pub fn crossings(tally: &Tally, replay: &Replay<'_>) -> Result<Vec<CrossedLine>, JournalFault> {
    let parts = (tally.hits() * HIT_BYTES).div_ceil(PART_BYTES_MAX).max(1);
    crossings_in_parts(tally, replay, parts)
}

fn crossings_in_parts(
    tally: &Tally,
    replay: &Replay<'_>,
    parts: u64,
) -> Result<Vec<CrossedLine>, JournalFault> {
    let crossings = known_crossings();
    let mut crosser = Crosser {
        tally,
        crossings: &crossings,
        lines: std::array::from_fn(|_| Vec::new()),
        shares: Vec::new(),
        places: HashMap::new(),
        crossed: Vec::new(),
    };
    for part in 0..parts {
        let mut hits = Part::new(&crossings);
        replay(&mut |entry| {
            if u64::from_le_bytes(entry.visitor().unwrap_or_default()) % parts == part {
                hits.keep(tally, entry);
            }
        })?;
        crosser.cross(hits);
    }
    Ok(crosser.crossed)
}

fn known_crossings() -> Vec<Crossing> {
    let crossing = |(first, second): (&Dimension, &Dimension)| Crossing {
        first: usize::from(first.code),
        second: usize::from(second.code),
        is_of_deeds: first.of.is_of_deeds() || second.of.is_of_deeds(),
    };
    CROSSINGS.map(crossing).into()
}

/// The hits of a part of the visitors, with the lines that are crossed.
struct Part {
    is_crossed: [bool; CODES],
    hits: Vec<Crossable>,
    lines: Vec<u32>,
}

impl Part {
    fn new(crossings: &[Crossing]) -> Self {
        let mut is_crossed = [false; CODES];
        for crossing in crossings {
            is_crossed[crossing.first] = true;
            is_crossed[crossing.second] = true;
        }
        Self { is_crossed, hits: Vec::new(), lines: Vec::new() }
    }

    fn keep(&mut self, tally: &Tally, entry: &Entry) {
        let site = SiteId(entry.site);
        let visitor = entry.visitor();
        let first = self.lines.len() as u32;
        for (number, line) in tally.named_lines(entry) {
            // What the visit decides is known of the visit.
            let is_own = visitor.is_none() || !line.of.is_of_visits();
            if is_own && self.is_crossed[usize::from(line.dimension)] {
                self.lines.push(number);
            }
        }
        let visits = tally.sites.get(&site).map(|site| &site.visits);
        let latest = visits.zip(visitor).map_or(NONE, |(visits, visitor)| visits.latest(visitor));
        self.hits.push(Crossable {
            site,
            latest,
            second: entry.second,
            kind: entry.kind(),
            lines: (first, self.lines.len() as u32),
        });
    }
}

struct Crosser<'a> {
    tally: &'a Tally,
    crossings: &'a [Crossing],
    /// The lines of the present hit, by the code of their dimension.
    lines: [Vec<u32>; CODES],
    /// What the present visitor did.
    shares: Vec<Share>,
    places: HashMap<(u32, u32), u32>,
    crossed: Vec<CrossedLine>,
}

impl Crosser<'_> {
    fn cross(&mut self, mut part: Part) {
        // The order in which they came stays among those of one visitor.
        part.hits.sort_by_key(|hit| (hit.site, hit.latest));
        let tally = self.tally;
        let is_same = |one: &Crossable, next: &Crossable| {
            one.latest != NONE && (one.site, one.latest) == (next.site, next.latest)
        };
        for of_visitor in part.hits.chunk_by(is_same) {
            let Some(site) = tally.sites.get(&of_visitor[0].site) else { continue };
            let visits = &site.visits;
            let mut walk = Walk::new(visits, of_visitor[0].latest);
            let mut shares_max = PAIRS_MAX;
            let mut hits = HitsSoFar::default();
            for hit in of_visitor {
                let visit = walk.place(hit.kind, hit.second);
                let (first, last) = hit.lines;
                self.find_lines(visits, visit, &part.lines[first as usize..last as usize]);
                self.share(visit, hit.kind, hits.is_over(hit.kind));
                if self.shares.len() > shares_max {
                    self.bring_together();
                    shares_max = PAIRS_MAX.max(2 * self.shares.len());
                }
            }
            self.bring_together();
            self.count(visits);
        }
    }

    /// Sorts the lines of a hit by dimension: its own, and those that its visit decided.
    fn find_lines(&mut self, visits: &Visits, visit: u32, own: &[u32]) {
        let Self { tally, lines, crossings, .. } = self;
        for crossing in crossings.iter() {
            lines[crossing.first].clear();
            lines[crossing.second].clear();
        }
        let visit = visits.get(visit);
        let of_visit = visit.and_then(|visit| tally.sets.get_index(visit.own as usize));
        let exit = visit.map(|visit| &visit.exit).filter(|exit| **exit != NONE);
        for &number in own.iter().chain(of_visit.into_iter().flatten()).chain(exit) {
            lines[usize::from(tally.lines[number as usize].dimension)].push(number);
        }
    }

    /// Says what a hit did in each of its pairs.
    fn share(&mut self, visit: u32, kind: KindOfHit, is_over: bool) {
        let (views, events, reading_seconds) = match kind {
            KindOfHit::View => (1, 0, 0),
            KindOfHit::Event => (0, 1, 0),
            KindOfHit::Reading(seconds) => (0, 0, u64::from(seconds)),
        };
        let (views_over, events_over) = if is_over { (views, events) } else { (0, 0) };
        for crossing in self.crossings {
            let does = if crossing.is_of_deeds { events } else { views };
            let counts = does > 0 && visit != NONE;
            for &first in &self.lines[crossing.first] {
                for &second in &self.lines[crossing.second] {
                    let pair = (first, second);
                    self.shares.push(Share {
                        pair,
                        visit,
                        counts,
                        views,
                        events,
                        reading_seconds,
                        views_over,
                        events_over,
                    });
                }
            }
        }
    }

    /// Makes one share of all that one visit did in one pair.
    fn bring_together(&mut self) {
        self.shares.sort_unstable_by_key(|share| (share.pair, share.visit));
        self.shares.dedup_by(|next, kept| {
            let is_same = (next.pair, next.visit) == (kept.pair, kept.visit);
            if is_same {
                kept.counts |= next.counts;
                kept.views += next.views;
                kept.events += next.events;
                kept.reading_seconds += next.reading_seconds;
                kept.views_over += next.views_over;
                kept.events_over += next.events_over;
            }
            is_same
        });
    }

    /// Adds what one visitor did to the day's lines.
    fn count(&mut self, visits: &Visits) {
        for of_pair in self.shares.chunk_by(|one, next| one.pair == next.pair) {
            let mut measures = Measures::default();
            let mut networks = NetworkSet::default();
            for share in of_pair {
                measures.views += u64::from(share.views);
                measures.events += u64::from(share.events);
                measures.reading_seconds += share.reading_seconds;
                measures.views_over += u64::from(share.views_over);
                measures.events_over += u64::from(share.events_over);
                if let Some(visit) = visits.get(share.visit).filter(|_| share.counts) {
                    measures.visitors = 1;
                    visit.bucket.into_iter().for_each(|bucket| networks.insert(bucket));
                    measures.visits += u64::from(visit.is_real());
                    measures.bounces += u64::from(visit.bounce != NONE);
                }
            }
            let (first, second) = of_pair[0].pair;
            let next = self.crossed.len() as u32;
            let place = *self.places.entry((first, second)).or_insert(next);
            if place == next {
                self.crossed.push(CrossedLine { first, second, measures, networks });
            } else {
                self.crossed[place as usize].measures.add(measures);
                self.crossed[place as usize].networks.unite(networks);
            }
        }
        self.shares.clear();
    }
}

#[cfg(test)]
mod tests;
