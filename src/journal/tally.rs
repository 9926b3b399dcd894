//! What one open day has counted so far: whole figures line by line, and who was seen on each.
//!
//! A visitor's key becomes a small number at its first sight on a site and day, and each line
//! remembers the numbers it saw in a compressed bitmap: distinct counts are exact, and a line that
//! 60,000 visitors read takes 8 kB. All of it is made again from the journal after a restart.

use compact_str::CompactString;
use hashbrown::HashMap;
use jiff::Timestamp;
use roaring::RoaringBitmap;

use crate::dimension::{self, PAGE};
use crate::journal::file::{Entry, Value};
use crate::model::{KindOfHit, Measures, SiteId, ZoneDay, hour_start};
use crate::store::{Changes, Line, WHOLE_SITE};

/// Seconds of an hour; a local hour is never longer.
const HOUR_SECONDS: i64 = 3_600;

/// Figures and the visitors they are about.
#[derive(Default)]
struct Figures {
    measures: Measures,
    seen: RoaringBitmap,
}

impl Figures {
    fn add(&mut self, kind: KindOfHit, visitor: Option<u32>) {
        match kind {
            KindOfHit::View => self.measures.views += 1,
            KindOfHit::Event => self.measures.events += 1,
            KindOfHit::Reading(seconds) => self.measures.reading_seconds += u64::from(seconds),
        }
        if visitor.is_some_and(|visitor| self.seen.insert(visitor)) {
            self.measures.visitors += 1;
        }
    }
}

/// One line of the day: the whole site, or one value of one dimension.
struct TalliedLine {
    site: SiteId,
    dimension: u8,
    value: CompactString,
    by_hour: bool,
    day: Figures,
    hour: Figures,
    hour_began: Timestamp,
    changed: bool,
}

impl TalliedLine {
    fn new(site: SiteId, dimension: u8, value: CompactString, by_hour: bool) -> Self {
        Self {
            site,
            dimension,
            value,
            by_hour,
            day: Figures::default(),
            hour: Figures::default(),
            hour_began: Timestamp::MIN,
            changed: false,
        }
    }

    /// Who counts as a visitor of this line. A site and a page are visited by who views them; an
    /// event and a link by who did it. Reading time alone makes no visitor.
    fn counts_visitor(&self, kind: KindOfHit) -> bool {
        let of_pages =
            self.dimension == WHOLE_SITE || self.dimension == dimension::ALL[PAGE].code();
        match kind {
            KindOfHit::View => true,
            KindOfHit::Event => !of_pages,
            KindOfHit::Reading(_) => false,
        }
    }

    fn written(&self, figures: &Figures) -> Line {
        Line {
            site: self.site,
            dimension: self.dimension,
            value: self.value.to_string(),
            measures: figures.measures,
        }
    }
}

/// One site's day.
struct SiteTally {
    /// The number of each visitor's key.
    visitors: HashMap<[u8; 8], u32>,
    /// The place of the whole site among the lines.
    whole: usize,
}

/// The tally of one day.
pub struct Tally {
    day: ZoneDay,
    start_second: i64,
    sites: HashMap<SiteId, SiteTally>,
    lines: Vec<TalliedLine>,
    /// The line of each value of the journal, by the value's number.
    of_value: Vec<Option<usize>>,
    changed: Vec<usize>,
    /// Lines of hours that were left since the last writing.
    finished_hours: Vec<(Timestamp, Line)>,
    hour_began: Timestamp,
}

/// What a tallied entry was, for the live figures.
pub struct Seen<'a> {
    /// The site.
    pub site: SiteId,
    /// When.
    pub received: Timestamp,
    /// The visitor's number on the site and day.
    pub visitor: u32,
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
            changed: Vec::new(),
            finished_hours: Vec::new(),
            hour_began: Timestamp::MIN,
        }
    }

    /// Learns a text of the journal.
    pub fn learn(&mut self, value: Value) {
        let known = dimension::ALL.iter().find(|known| known.code() == value.dimension);
        let by_hour = known.is_some_and(|known| known.hourly());
        self.lines.push(TalliedLine::new(value.site, value.dimension, value.text, by_hour));
        let number = value.id as usize;
        if self.of_value.len() <= number {
            self.of_value.resize(number + 1, None);
        }
        self.of_value[number] = Some(self.lines.len() - 1);
    }

    /// Counts one entry.
    pub fn add(&mut self, entry: &Entry) -> Seen<'_> {
        let site = SiteId(entry.site);
        let kind = entry.kind();
        let received = self.moment(entry.second);
        let lines = &mut self.lines;
        let of_site = self.sites.entry(site).or_insert_with(|| {
            lines.push(TalliedLine::new(site, WHOLE_SITE, CompactString::default(), true));
            SiteTally { visitors: HashMap::new(), whole: lines.len() - 1 }
        });
        let next = of_site.visitors.len() as u32;
        let visitor = *of_site.visitors.entry(entry.visitor).or_insert(next);
        let whole = of_site.whole;
        self.add_to(whole, kind, visitor);
        for &number in &entry.values {
            if let Some(place) = self.line_of(number) {
                self.add_to(place, kind, visitor);
            }
        }
        let page = entry.values.get(PAGE).and_then(|&number| self.line_of(number));
        let page = page.map(|place| &self.lines[place].value);
        Seen { site, received, visitor, kind, page }
    }

    fn line_of(&self, number: u32) -> Option<usize> {
        self.of_value.get(number as usize).copied().flatten()
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

    fn add_to(&mut self, place: usize, kind: KindOfHit, visitor: u32) {
        let line = &mut self.lines[place];
        let visitor = line.counts_visitor(kind).then_some(visitor);
        if line.by_hour {
            if line.hour_began != self.hour_began {
                if line.changed {
                    self.finished_hours.push((line.hour_began, line.written(&line.hour)));
                }
                line.hour = Figures::default();
                line.hour_began = self.hour_began;
            }
            line.hour.add(kind, visitor);
        }
        line.day.add(kind, visitor);
        if !line.changed {
            line.changed = true;
            self.changed.push(place);
        }
    }

    /// What has changed since [`Tally::written`], as whole lines.
    pub fn changes(&self, position: u64) -> Changes {
        let mut changes = Changes { position, days: vec![], hours: self.finished_hours.clone() };
        for &place in &self.changed {
            let line = &self.lines[place];
            changes.days.push(line.written(&line.day));
            if line.by_hour {
                changes.hours.push((line.hour_began, line.written(&line.hour)));
            }
        }
        changes
    }

    /// The changes are in the store.
    pub fn written(&mut self) {
        for place in self.changed.drain(..) {
            self.lines[place].changed = false;
        }
        self.finished_hours.clear();
    }

    /// A site's whole day.
    pub fn today(&self, site: SiteId) -> Measures {
        let whole = self.sites.get(&site).map(|of_site| of_site.whole);
        whole.map(|place| self.lines[place].day.measures).unwrap_or_default()
    }

    /// The sites that have a line.
    pub fn sites(&self) -> impl Iterator<Item = SiteId> {
        self.sites.keys().copied()
    }
}
