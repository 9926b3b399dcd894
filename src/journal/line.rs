//! One line of an open day: its figures, and which visits it has seen.

use compact_str::CompactString;
use jiff::Timestamp;
use roaring::RoaringBitmap;

use crate::dimension::Of;
use crate::journal::visits::Visits;
use crate::model::{KindOfHit, Measures, SiteId};
use crate::store::Line;

/// One line of the day: the whole site, an hour of it, or one value of one dimension.
pub struct TalliedLine {
    /// Whose.
    pub site: SiteId,
    /// The dimension's code, or that of the whole site.
    pub dimension: u8,
    /// The dimension's value.
    pub value: CompactString,
    /// What the value is a property of.
    pub of: Of,
    /// When the hour began that the line is about.
    pub hour: Option<Timestamp>,
    /// The figures.
    pub measures: Measures,
    seen: RoaringBitmap,
    /// Has it changed since it was last written?
    pub changed: bool,
}

impl TalliedLine {
    /// A line without any figure.
    pub fn new(site: SiteId, dimension: u8, value: CompactString, of: Of) -> Self {
        Self {
            site,
            dimension,
            value,
            of,
            hour: None,
            measures: Measures::default(),
            seen: RoaringBitmap::new(),
            changed: false,
        }
    }

    /// Adds what is additive of one hit.
    pub fn add(&mut self, kind: KindOfHit) {
        match kind {
            KindOfHit::View => self.measures.views += 1,
            KindOfHit::Event => self.measures.events += 1,
            KindOfHit::Reading(seconds) => self.measures.reading_seconds += u64::from(seconds),
        }
    }

    /// Sees a visit; tells what is new about it. An hour counts the visits that begin in it, and
    /// everybody who is there.
    pub fn enter(&mut self, visits: &Visits, visit: u32, begins: bool) {
        if !self.seen.insert(visit) {
            return;
        }
        let is_counted = begins || self.hour.is_none();
        if is_counted && visits.get(visit).is_some_and(|visit| visit.is_real()) {
            self.measures.visits += 1;
        }
        if !visits.any_before(visit, |before| self.seen.contains(before)) {
            self.measures.visitors += 1;
        }
    }

    /// Sees a visit no more: it went on to another page, and ends there.
    pub fn leave(&mut self, visits: &Visits, number: u32) {
        let Some(visit) = visits.get(number) else { return };
        self.seen.remove(number);
        self.measures.visits -= 1;
        self.measures.views -= u64::from(visit.views);
        self.measures.events -= u64::from(visit.events);
        self.measures.reading_seconds -= u64::from(visit.reading_seconds);
        if !visits.any_before(number, |before| self.seen.contains(before)) {
            self.measures.visitors -= 1;
        }
    }

    /// Takes over a visit with all it did so far.
    pub fn take_over(&mut self, visits: &Visits, number: u32) {
        let Some(visit) = visits.get(number) else { return };
        self.measures.views += u64::from(visit.views);
        self.measures.events += u64::from(visit.events);
        self.measures.reading_seconds += u64::from(visit.reading_seconds);
        self.enter(visits, number, false);
    }

    /// The line as it now stands.
    pub fn written(&self) -> Line {
        Line {
            site: self.site,
            dimension: self.dimension,
            value: self.value.to_string(),
            hour: self.hour,
            measures: self.measures,
        }
    }
}
