//! What is done now and then beside the traffic: complete months are gathered, and details whose
//! time is over are deleted.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use jiff::civil::Date;

use crate::app::AppError;
use crate::model::{Clock, details_from};
use crate::store::Store;

/// How often it is looked whether there is something to do; nearly always there is not.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Looks again and again until the service stops.
pub fn keep_up(stopped: &Receiver<()>, store: &dyn Store, clock: &Clock, retention_months: u32) {
    let mut deleted_before = None;
    let mut troubled = false;
    while stopped.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
        let outcome = look(store, clock, retention_months, &mut deleted_before);
        if let (Err(error), false) = (&outcome, troubled) {
            tracing::error!("months are not gathered, or old details not deleted: {error}");
        }
        troubled = outcome.is_err();
    }
}

fn look(
    store: &dyn Store,
    clock: &Clock,
    retention_months: u32,
    deleted_before: &mut Option<Date>,
) -> Result<(), AppError> {
    let now = clock();
    let sites = store.sites()?;
    // Where clocks are furthest behind, today has begun everywhere.
    let today = sites.iter().map(|site| site.zone.day_at(now).date).min();
    if let Some(today) = today {
        store.gather_months(today)?;
    }
    let oldest = details_from(now, retention_months);
    if *deleted_before != Some(oldest) {
        store.delete_details_before(oldest)?;
        *deleted_before = Some(oldest);
    }
    Ok(())
}
