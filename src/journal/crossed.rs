//! What needs the whole day: two breakdowns crossed, with exact visits and visitors.
//!
//! The day's entries are read again, a group of crossings at a time so that memory stays bounded.
//! Each hit says for each crossing the pair of lines it belongs to; sorted by pair, visitor and
//! visit, what is distinct is what changes from one to the next.

use crate::dimension;
use crate::journal::JournalFault;
use crate::journal::entry::Entry;
use crate::journal::tally::Tally;
use crate::journal::visits::{NONE, Visits};
use crate::model::{KindOfHit, Measures, SiteId};
use crate::store::CrossedLine;

use hashbrown::HashMap;

/// Bytes that the hits of one group of crossings may take while they are sorted.
const GROUP_BYTES_MAX: u64 = 96 << 20;

/// Codes of dimensions are below this.
const CODES: usize = 64;

/// One hit in one pair of lines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Crossed {
    first: u32,
    second: u32,
    /// The visitor's first visit.
    visitor: u32,
    visit: u32,
    /// 0 a view, 1 an event, else the reading time and two.
    what: u32,
}

/// One crossing: the codes of its dimensions.
type Pair = (u8, u8);

/// Reads all entries of a day in order, as often as asked.
pub type Replay<'a> = dyn Fn(&mut dyn FnMut(&Entry)) -> Result<(), JournalFault> + 'a;

/// All crossings of a tallied day.
pub fn crossings(tally: &Tally, replay: &Replay<'_>) -> Result<Vec<CrossedLine>, JournalFault> {
    let pairs: Vec<Pair> = dimension::CROSSINGS
        .into_iter()
        .filter_map(|(first, second)| {
            Some((dimension::named(first)?.code(), dimension::named(second)?.code()))
        })
        .collect();
    let bytes_a_pair = (tally.hits() * size_of::<Crossed>() as u64).max(1);
    let group = (GROUP_BYTES_MAX / bytes_a_pair).max(1) as usize;
    let mut lines = Vec::new();
    for pairs in pairs.chunks(group) {
        let mut hits: Vec<Vec<Crossed>> = pairs.iter().map(|_| Vec::new()).collect();
        let mut crosser = Crosser::new(tally);
        replay(&mut |entry| crosser.cross(entry, pairs, &mut hits))?;
        for hits in hits {
            count(tally, hits, &mut lines);
        }
    }
    Ok(lines)
}

/// Follows the entries with visits of its own, which get the same numbers as the tally's.
struct Crosser<'a> {
    tally: &'a Tally,
    visits: HashMap<SiteId, Visits>,
    /// The lines of the present entry, by the code of their dimension.
    lines: [Vec<u32>; CODES],
}

impl<'a> Crosser<'a> {
    fn new(tally: &'a Tally) -> Self {
        Self { tally, visits: HashMap::new(), lines: std::array::from_fn(|_| Vec::new()) }
    }

    fn cross(&mut self, entry: &Entry, pairs: &[Pair], hits: &mut [Vec<Crossed>]) {
        let site = SiteId(entry.site);
        let kind = entry.kind();
        let visits = self.visits.entry(site).or_default();
        let visit = entry.visitor().map_or(NONE, |visitor| {
            let (number, _) = visits.place(visitor, kind, entry.second);
            if let (KindOfHit::View, Some(visit)) = (kind, visits.get_mut(number)) {
                visit.views += 1;
            }
            number
        });
        let visitor = if visit == NONE { NONE } else { visits.first(visit) };
        self.find_lines(entry, site, visit);
        let what = match kind {
            KindOfHit::View => 0,
            KindOfHit::Event => 1,
            KindOfHit::Reading(seconds) => 2 + u32::from(seconds),
        };
        for (pair, hits) in pairs.iter().zip(hits) {
            for &first in &self.lines[usize::from(pair.0)] {
                for &second in &self.lines[usize::from(pair.1)] {
                    hits.push(Crossed { first, second, visitor, visit, what });
                }
            }
        }
    }

    /// Sorts the lines of an entry by dimension: its own, and those that its visit decided.
    fn find_lines(&mut self, entry: &Entry, site: SiteId, visit: u32) {
        self.lines.iter_mut().for_each(Vec::clear);
        let tally = self.tally;
        for (number, line) in tally.named_lines(entry) {
            let of_visit =
                dimension::coded(line.dimension).is_some_and(|one| one.of().is_of_visits());
            if !of_visit || entry.visitor().is_none() {
                self.lines[usize::from(line.dimension)].push(number);
            }
        }
        let visits = tally.sites.get(&site).map(|site| &site.visits);
        let Some(visit) = visits.and_then(|visits| visits.get(visit)) else { return };
        let own = tally.sets.get_index(visit.own as usize).into_iter().flatten();
        for &number in own.chain((visit.exit != NONE).then_some(&visit.exit)) {
            self.lines[usize::from(tally.lines[number as usize].dimension)].push(number);
        }
    }
}

/// Counts what is the same and what is distinct in one crossing.
fn count(tally: &Tally, mut hits: Vec<Crossed>, lines: &mut Vec<CrossedLine>) {
    hits.sort_unstable();
    for of_pair in hits.chunk_by(|one, next| (one.first, one.second) == (next.first, next.second)) {
        let Crossed { first, second, .. } = of_pair[0];
        let line = &tally.lines[first as usize];
        let is_of_deeds = [first, second].into_iter().any(|number| {
            let code = tally.lines[number as usize].dimension;
            dimension::coded(code).is_some_and(|one| one.of().is_of_deeds())
        });
        let Some(site) = tally.sites.get(&line.site) else { continue };
        let mut measures = Measures::default();
        let (mut visitor, mut visit) = (NONE, NONE);
        for hit in of_pair {
            match hit.what {
                0 => measures.views += 1,
                1 => measures.events += 1,
                seconds => measures.reading_seconds += u64::from(seconds - 2),
            }
            let counts = hit.what == u32::from(is_of_deeds);
            if !counts || hit.visit == NONE {
                continue;
            }
            if hit.visitor != visitor {
                visitor = hit.visitor;
                measures.visitors += 1;
            }
            if hit.visit != visit {
                visit = hit.visit;
                let known = site.visits.get(visit);
                measures.visits += u64::from(known.is_some_and(|visit| visit.is_real()));
                measures.bounces += u64::from(known.is_some_and(|visit| visit.bounce != NONE));
            }
        }
        lines.push(CrossedLine { first, second, measures });
    }
}
