//! What takes long to count of what was let out, kept so that only what is new has to be counted.

use std::sync::{Arc, Mutex, PoisonError};

use crate::dimension::PAGE;
use crate::model::{Period, Site};
use crate::privacy::{PublishedLine, names_no_value};
use crate::publish::ALL;
use crate::store::{ReleasedCounts, Store, StoreError};

/// What was counted.
#[derive(Default)]
pub struct Counted {
    kept: Mutex<Kept>,
}

#[derive(Clone, Copy, Default)]
struct Kept {
    released: ReleasedCounts,
    /// The pages of a release of a month of so many sites.
    pages: Option<((i64, usize), u64)>,
}

impl Counted {
    /// How much was let out up to now.
    pub fn released(&self, store: &dyn Store) -> Result<ReleasedCounts, StoreError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // A release that is made never goes, so the new ones are added to those that are known.
        let new = store.released_counts(kept.released.last)?;
        let known = &mut kept.released;
        known.last = new.last;
        known.releases += new.releases;
        known.days += new.days;
        known.files += new.files;
        Ok(*known)
    }

    /// Pages that are named in the last month that was let out, on all sites; nothing if there is
    /// no such month.
    pub fn pages(&self, store: &dyn Store, sites: &[Arc<Site>]) -> Result<Option<u64>, StoreError> {
        let month = store.released_in_short(ALL)?.and_then(|short| short.month);
        let Some((release, _)) = month else { return Ok(None) };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let of = (release.id, sites.len());
        if let Some((_, pages)) = kept.pages.filter(|(counted, _)| *counted == of) {
            return Ok(Some(pages));
        }
        let mut pages = 0;
        for site in sites {
            pages += pages_of(store, site, release.period)?;
        }
        kept.pages = Some((of, pages));
        Ok(Some(pages))
    }
}

fn pages_of(store: &dyn Store, site: &Site, month: Period) -> Result<u64, StoreError> {
    let table = store.released_table(site, (PAGE, 0), month)?;
    let is_named = |line: &PublishedLine<'_>| !line.is_withheld() && !names_no_value(line.label);
    Ok(table.map_or(0, |table| table.lines().filter(is_named).count() as u64))
}
