//! One line of an open day: its figures, which visits it has seen, and from which networks.

use compact_str::CompactString;
use jiff::Timestamp;
use roaring::RoaringBitmap;

use crate::dimension::Of;
use crate::journal::visits::Visits;
use crate::model::{KindOfHit, Measures, NetworkSet, SiteId};
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
    /// The buckets of everybody who was ever seen.
    networks: NetworkSet,
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
            networks: NetworkSet::default(),
            changed: false,
        }
    }

    /// Adds what is additive of one hit, which may be over.
    pub fn add(&mut self, kind: KindOfHit, is_over: bool) {
        let over = u64::from(is_over);
        match kind {
            KindOfHit::View => {
                self.measures.views += 1;
                self.measures.views_over += over;
            }
            KindOfHit::Event => {
                self.measures.events += 1;
                self.measures.events_over += over;
            }
            KindOfHit::Reading(seconds) => self.measures.reading_seconds += u64::from(seconds),
        }
    }

    /// Sees a visit; tells what is new about it. An hour counts the visits that begin in it, and
    /// everybody who is there.
    pub fn enter(&mut self, visits: &Visits, visit: u32, begins: bool) {
        if let Some(bucket) = visits.get(visit).and_then(|visit| visit.bucket) {
            self.networks.insert(bucket);
        }
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
        self.measures.views_over -= u64::from(visit.views_over());
        self.measures.events_over -= u64::from(visit.events_over());
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
        self.measures.views_over += u64::from(visit.views_over());
        self.measures.events_over += u64::from(visit.events_over());
        self.measures.reading_seconds += u64::from(visit.reading_seconds);
        self.enter(visits, number, false);
    }

    /// The buckets of those whom it counts. From an exit page visits leave again, and so those
    /// that are there are looked at.
    fn networks(&self, visits: &Visits) -> NetworkSet {
        if self.of != Of::LastPage {
            return self.networks;
        }
        let mut networks = NetworkSet::default();
        let seen = self.seen.iter().filter_map(|visit| visits.get(visit)?.bucket);
        seen.for_each(|bucket| networks.insert(bucket));
        networks
    }

    /// The line as it now stands; with the visits of its site, if the buckets of all are known.
    pub fn written(&self, bucketed: Option<&Visits>) -> Line {
        Line {
            site: self.site,
            dimension: self.dimension,
            value: self.value.to_string(),
            hour: self.hour,
            measures: self.measures,
            networks: bucketed.map(|visits| self.networks(visits)),
        }
    }
}
