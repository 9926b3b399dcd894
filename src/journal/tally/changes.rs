//! What is written of a tally: the lines that changed, or all of them, each whole.

use crate::journal::tally::Tally;
use crate::model::SiteId;
use crate::store::{Changes, Line};

impl Tally {
    /// What has changed since [`Tally::written`], as whole lines.
    pub fn changes(&self, position: u64) -> Changes {
        let sites = self.sites.iter().filter(|(_, tally)| tally.hits != tally.written_hits);
        let hits = sites.map(|(site, tally)| (*site, tally.hits)).collect();
        self.gathered(position, hits, self.changed.iter().map(|&line| line as usize))
    }

    /// Every line, whole.
    pub fn everything(&self, position: u64) -> Changes {
        let hits = self.sites.iter().map(|(site, tally)| (*site, tally.hits)).collect();
        self.gathered(position, hits, 0..self.lines.len())
    }

    fn gathered(
        &self,
        position: u64,
        hits: Vec<(SiteId, u64)>,
        places: impl Iterator<Item = usize>,
    ) -> Changes {
        let lines = places.map(|place| self.written_line(place)).collect();
        Changes { position, lines, hits }
    }

    fn written_line(&self, place: usize) -> Line {
        let line = &self.lines[place];
        let site = self.sites.get(&line.site).filter(|site| site.is_bucketed);
        line.written(site.map(|site| &site.visits))
    }

    /// The sites of whose visitors every one has a bucket.
    pub fn bucketed(&self) -> impl Iterator<Item = SiteId> {
        self.sites.iter().filter(|(_, tally)| tally.is_bucketed).map(|(site, _)| *site)
    }

    /// The changes are in the store.
    pub fn written(&mut self) {
        for line in self.changed.drain(..) {
            self.lines[line as usize].changed = false;
        }
        self.sites.values_mut().for_each(|tally| tally.written_hits = tally.hits);
    }
}
