//! What one open day has counted so far: whole figures line by line, and which visits were seen on
//! each.
//!
//! Visits have small numbers, and each line remembers those it saw in a compressed bitmap: visits
//! and visitors are exact, and a line of 60,000 visits takes 8 kB. All of it is made again from the
//! journal after a restart. `visits` says which visit a hit belongs to; `crossed` makes what needs
//! the whole day.

mod changes;

use compact_str::CompactString;
use hashbrown::HashMap;
use indexmap::IndexSet;
use jiff::Timestamp;

use crate::dimension::{self, ENTRY_PAGE, EXIT_PAGE, Of, PAGE};
use crate::journal::entry::{Entry, Value};
use crate::journal::line::TalliedLine;
use crate::journal::visits::{BounceSets, NONE, Visits};
use crate::model::{KindOfHit, Measures, SiteId, ZoneDay, hour_start};
use crate::store::WHOLE_SITE;

/// Seconds of an hour; a local hour is never longer.
const HOUR_SECONDS: i64 = 3_600;

/// One site's day.
pub(super) struct SiteTally {
    whole: u32,
    hour: u32,
    hour_began: Timestamp,
    pub visits: Visits,
    /// Hits so far, and how many of them are written.
    hits: u64,
    written_hits: u64,
    /// Does every visitor have a bucket? Not where an earlier version began the day.
    is_bucketed: bool,
    /// The lines of the first and the last page, by the line of the page.
    entries: HashMap<u32, u32>,
    exits: HashMap<u32, u32>,
}

/// The lines that one entry names, sorted by what they are of. It is used again for each entry.
#[derive(Default)]
struct Named {
    of_hit: Vec<u32>,
    of_visit: Vec<u32>,
    of_deed: Vec<u32>,
    page: u32,
    /// All lines that a hit of a known visitor counts on, but those of deeds.
    touched: Vec<u32>,
}

/// The tally of one day.
pub struct Tally {
    day: ZoneDay,
    start_second: i64,
    pub(super) sites: HashMap<SiteId, SiteTally>,
    pub(super) lines: Vec<TalliedLine>,
    /// The line of each value of the journal, by the value's number.
    of_value: Vec<u32>,
    /// Sets of lines that visits share.
    pub(super) sets: IndexSet<Box<[u32]>>,
    bounces: BounceSets,
    named: Named,
    changed: Vec<u32>,
    hour_began: Timestamp,
    hits: u64,
}

/// What a tallied entry was, for the live figures.
pub struct Seen<'a> {
    /// The site.
    pub site: SiteId,
    /// When.
    pub received: Timestamp,
    /// The visitor's number on the site and day; nothing for a view without a visitor.
    pub visitor: Option<u32>,
    /// What was reported.
    pub kind: KindOfHit,
    /// The page.
    pub page: Option<&'a CompactString>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(day: ZoneDay) -> Self {
        Self {
            start_second: day.start().as_second(),
            day,
            sites: HashMap::new(),
            lines: Vec::new(),
            of_value: Vec::new(),
            sets: IndexSet::new(),
            bounces: BounceSets::default(),
            named: Named::default(),
            changed: Vec::new(),
            hour_began: Timestamp::MIN,
            hits: 0,
        }
    }

    /// Learns a text of the journal. A dimension that this version does not know has no line.
    pub fn learn(&mut self, value: Value) {
        let Some(known) = dimension::coded(value.dimension) else { return };
        self.lines.push(TalliedLine::new(value.site, value.dimension, value.text, known.of));
        let number = value.id as usize;
        if self.of_value.len() <= number {
            self.of_value.resize(number + 1, NONE);
        }
        self.of_value[number] = self.lines.len() as u32 - 1;
    }

    /// Counts one entry.
    pub fn add(&mut self, entry: &Entry) -> Seen<'_> {
        let site = SiteId(entry.site);
        let kind = entry.kind();
        let received = self.moment(entry.second);
        let mut named = std::mem::take(&mut self.named);
        self.name(entry, &mut named);
        self.hits += 1;
        self.open_site(site);
        let visitor = match entry.visitor() {
            Some(visitor) => self.add_of_visitor(site, visitor, entry, &mut named),
            None => {
                let whole = self.whole_lines(site);
                let of_all = [&whole[..], &named.of_hit, &named.of_visit, &named.of_deed];
                for &line in of_all.into_iter().flatten() {
                    self.lines[line as usize].add(kind, false);
                    self.touch(line);
                }
                None
            }
        };
        let page = named.page;
        self.named = named;
        let page = self.lines.get(page as usize).map(|line| &line.value);
        Seen { site, received, visitor, kind, page }
    }

    fn name(&self, entry: &Entry, named: &mut Named) {
        named.of_hit.clear();
        named.of_visit.clear();
        named.of_deed.clear();
        named.page = NONE;
        for (line, tallied) in self.named_lines(entry) {
            match tallied.of {
                Of::Visit => named.of_visit.push(line),
                Of::Deed | Of::DeedSeveral => named.of_deed.push(line),
                Of::Visitor | Of::Hit | Of::HitSeveral => named.of_hit.push(line),
                // These two are derived here and never in an entry.
                Of::FirstPage | Of::LastPage => {}
            }
            if tallied.dimension == PAGE {
                named.page = line;
            }
        }
    }

    /// The lines that an entry's values stand for.
    pub(super) fn named_lines(&self, entry: &Entry) -> impl Iterator<Item = (u32, &TalliedLine)> {
        entry.values().filter_map(|number| {
            let line = self.of_value.get(number as usize).copied()?;
            Some((line, self.lines.get(line as usize)?))
        })
    }

    /// Counts a hit of a site, and makes the lines of the whole site and of the present hour.
    fn open_site(&mut self, site: SiteId) {
        let (lines, hour_began) = (&mut self.lines, self.hour_began);
        let mut whole_line = |hour| {
            let mut line = TalliedLine::new(site, WHOLE_SITE, CompactString::default(), Of::Hit);
            line.hour = hour;
            lines.push(line);
            lines.len() as u32 - 1
        };
        let tally = self.sites.entry(site).or_insert_with(|| SiteTally {
            whole: whole_line(None),
            hour: NONE,
            hour_began: Timestamp::MIN,
            visits: Visits::default(),
            hits: 0,
            written_hits: 0,
            is_bucketed: true,
            entries: HashMap::new(),
            exits: HashMap::new(),
        });
        tally.hits += 1;
        if tally.hour_began != hour_began {
            tally.hour = whole_line(Some(hour_began));
            tally.hour_began = hour_began;
        }
    }

    fn whole_lines(&self, site: SiteId) -> [u32; 2] {
        self.sites.get(&site).map_or([NONE; 2], |tally| [tally.whole, tally.hour])
    }

    /// Counts a hit of a known visitor; answers with the visitor's number.
    fn add_of_visitor(
        &mut self,
        site: SiteId,
        visitor: [u8; 8],
        entry: &Entry,
        named: &mut Named,
    ) -> Option<u32> {
        let kind = entry.kind();
        let whole = self.whole_lines(site);
        let (entry_line, exit_line) = match kind {
            KindOfHit::View => self.derived_lines(site, named.page),
            KindOfHit::Event | KindOfHit::Reading(_) => (NONE, NONE),
        };
        let tally = self.sites.get_mut(&site)?;
        let (number, began) = tally.visits.place(visitor, entry.bucket(), kind, entry.second);
        let visit = tally.visits.get(number);
        let is_over = visit.is_some_and(|visit| visit.is_over(kind));
        tally.is_bucketed &= !began || visit.is_some_and(|visit| visit.bucket.is_some());
        let is_view = kind == KindOfHit::View;
        if began && is_view {
            let mut own = named.of_visit.clone();
            own.extend((entry_line != NONE).then_some(entry_line));
            let own = intern(&mut self.sets, own);
            if let Some(visit) = tally.visits.get_mut(number) {
                visit.own = own;
            }
        }
        let own = tally.visits.get(number).map_or(NONE, |visit| visit.own);
        if !began && !matches!(kind, KindOfHit::Reading(_)) {
            self.revoke_bounce(site, number);
        }
        if is_view && exit_line != NONE {
            self.move_exit(site, number, exit_line);
        }
        self.note(site, number, kind);
        let exit = self.visit_exit(site, number);
        let own = self.sets.get_index(own as usize).into_iter().flatten();
        let Named { of_hit, of_deed, touched, .. } = named;
        touched.clear();
        touched.extend(whole.iter().chain(of_hit.iter()).chain(own));
        touched.extend((exit != NONE).then_some(exit));
        let tally = self.sites.get(&site)?;
        for &line in touched.iter() {
            let line = &mut self.lines[line as usize];
            line.add(kind, is_over);
            if is_view {
                line.enter(&tally.visits, number, began);
            }
        }
        for &line in of_deed.iter() {
            let line = &mut self.lines[line as usize];
            line.add(kind, is_over);
            line.enter(&tally.visits, number, began);
        }
        touched.iter().chain(of_deed.iter()).for_each(|&line| self.touch(line));
        if began && is_view {
            self.begin_bounce(site, number, touched);
        }
        let tally = self.sites.get(&site)?;
        (number != NONE).then(|| tally.visits.first(number))
    }

    /// The lines of a page as the first and as the last of a visit.
    fn derived_lines(&mut self, site: SiteId, page: u32) -> (u32, u32) {
        let Some(value) = self.lines.get(page as usize).map(|line| line.value.clone()) else {
            return (NONE, NONE);
        };
        let lines = &mut self.lines;
        let mut derive = |dimension, of| {
            lines.push(TalliedLine::new(site, dimension, value.clone(), of));
            lines.len() as u32 - 1
        };
        let Some(tally) = self.sites.get_mut(&site) else { return (NONE, NONE) };
        let entries = tally.entries.entry(page);
        let entry = *entries.or_insert_with(|| derive(ENTRY_PAGE, Of::FirstPage));
        let exits = tally.exits.entry(page);
        (entry, *exits.or_insert_with(|| derive(EXIT_PAGE, Of::LastPage)))
    }

    /// Notes in the visit itself what it did.
    fn note(&mut self, site: SiteId, number: u32, kind: KindOfHit) {
        let visits = self.sites.get_mut(&site).map(|tally| &mut tally.visits);
        let Some(visit) = visits.and_then(|visits| visits.get_mut(number)) else { return };
        match kind {
            KindOfHit::View => visit.views += 1,
            KindOfHit::Event => visit.events += 1,
            KindOfHit::Reading(seconds) => visit.reading_seconds += u32::from(seconds),
        }
    }

    fn visit_exit(&self, site: SiteId, number: u32) -> u32 {
        let visits = self.sites.get(&site).map(|tally| &tally.visits);
        visits.and_then(|visits| visits.get(number)).map_or(NONE, |visit| visit.exit)
    }

    /// The visit's last page is another one now.
    fn move_exit(&mut self, site: SiteId, number: u32, exit: u32) {
        let before = self.visit_exit(site, number);
        let Some(tally) = self.sites.get_mut(&site) else { return };
        if before == exit {
            return;
        }
        if before != NONE {
            self.lines[before as usize].leave(&tally.visits, number);
            self.lines[exit as usize].take_over(&tally.visits, number);
        }
        if let Some(visit) = tally.visits.get_mut(number) {
            visit.exit = exit;
        }
        if before != NONE {
            self.touch(before);
        }
    }

    /// A visit's first view: so far it is a bounce.
    fn begin_bounce(&mut self, site: SiteId, number: u32, lines: &[u32]) {
        for &line in lines {
            self.lines[line as usize].measures.bounces += 1;
        }
        let set = self.bounces.keep(lines);
        let visits = self.sites.get_mut(&site).map(|tally| &mut tally.visits);
        if let Some(visit) = visits.and_then(|visits| visits.get_mut(number)) {
            visit.bounce = set;
        }
    }

    /// A second view or an event: it is none.
    fn revoke_bounce(&mut self, site: SiteId, number: u32) {
        let visits = self.sites.get_mut(&site).map(|tally| &mut tally.visits);
        let Some(visit) = visits.and_then(|visits| visits.get_mut(number)) else { return };
        let set = std::mem::replace(&mut visit.bounce, NONE);
        for line in self.bounces.take(set) {
            self.lines[line as usize].measures.bounces -= 1;
            self.touch(line);
        }
    }

    fn touch(&mut self, line: u32) {
        let tallied = &mut self.lines[line as usize];
        if !tallied.changed {
            tallied.changed = true;
            self.changed.push(line);
        }
    }

    /// The moment of an entry; moves the tally's hour on with it.
    fn moment(&mut self, second: u32) -> Timestamp {
        let second = self.start_second + i64::from(second);
        let moment = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
        if second >= self.hour_began.as_second().saturating_add(HOUR_SECONDS) {
            self.hour_began = hour_start(&self.day.zone, moment);
        }
        moment
    }

    /// A site's whole day.
    pub fn today(&self, site: SiteId) -> Measures {
        let whole = self.sites.get(&site).map(|tally| tally.whole);
        whole.map(|line| self.lines[line as usize].measures).unwrap_or_default()
    }

    /// The sites that have a line.
    pub fn sites(&self) -> impl Iterator<Item = SiteId> {
        self.sites.keys().copied()
    }

    /// Hits counted so far.
    pub fn hits(&self) -> u64 {
        self.hits
    }
}

/// The number of a set of lines.
fn intern(sets: &mut IndexSet<Box<[u32]>>, lines: Vec<u32>) -> u32 {
    sets.insert_full(lines.into_boxed_slice()).0 as u32
}
