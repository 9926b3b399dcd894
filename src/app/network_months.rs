//! The end of what is kept of networks: once a month is over and nothing of it is being counted any
//! more, its buckets are deleted and their key is destroyed, whether it was released or not.

use jiff::{SignedDuration, Timestamp};

use crate::app::AppError;
use crate::model::{Site, ZoneDay, ZoneMonth};
use crate::privacy::NetworkKeys;
use crate::store::Store;

/// So long after its end a month keeps its buckets at the most, if it was not released meanwhile:
/// three days, in which an operator can look after what hinders the release.
const KEPT_AFTER_END: SignedDuration = SignedDuration::from_hours(3 * 24);

/// So long no past day was written where an import is over: it writes a day every few seconds.
const QUIET: SignedDuration = SignedDuration::from_mins(15);

/// How often it is looked whether something is to be deleted.
const LOOK_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// What was seen so far.
#[derive(Default)]
pub struct NetworkMonths {
    /// The last change of a past day, and since when there was none.
    change: Option<(i64, Timestamp)>,
    looked: Option<Timestamp>,
}

impl NetworkMonths {
    /// Ends the months whose time is over. `open` are the days that are being counted, and `change`
    /// is the number of the last change of a past day.
    pub fn end(
        &mut self,
        store: &dyn Store,
        keys: &NetworkKeys,
        open: &[ZoneDay],
        (now, change): (Timestamp, i64),
    ) -> Result<(), AppError> {
        let since = match self.change {
            Some((before, since)) if before == change => since,
            _ => self.change.insert((change, now)).1,
        };
        let is_early = self.looked.is_some_and(|looked| now - looked < LOOK_EVERY);
        if is_early || now - since < QUIET {
            return Ok(());
        }
        self.looked = Some(now);
        let sites = store.sites()?;
        for site in &sites {
            for first in store.network_months(site.id)? {
                let month = ZoneMonth { zone: site.zone.clone(), first };
                if month.has_ended(now - KEPT_AFTER_END) && !is_open(&month, open) {
                    store.forget_networks(site.id, first)?;
                    tracing::info!("the networks of {} in {month} are forgotten", site.host);
                }
            }
        }
        destroy_unused(store, keys, &sites, open, now)
    }
}

fn is_open(month: &ZoneMonth, open: &[ZoneDay]) -> bool {
    open.iter().any(|day| month.holds(day))
}

/// Destroys the keys of months that are over and of which no site has buckets any more.
fn destroy_unused(
    store: &dyn Store,
    keys: &NetworkKeys,
    sites: &[Site],
    open: &[ZoneDay],
    now: Timestamp,
) -> Result<(), AppError> {
    for month in keys.months_on_disk()? {
        if !month.has_ended(now - QUIET) || is_open(&month, open) {
            continue;
        }
        let mut is_used = false;
        for site in sites.iter().filter(|site| site.zone == month.zone) {
            is_used |= store.network_months(site.id)?.contains(&month.first);
        }
        if !is_used {
            keys.destroy(&month)?;
            tracing::info!("the key of networks of {month} is destroyed");
        }
    }
    Ok(())
}
