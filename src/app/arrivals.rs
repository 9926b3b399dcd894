//! Says that a proxy is taken for the readers: then all of them are one visitor, and nothing else
//! shows it.

use std::path::Path;

use jiff::Timestamp;

use crate::app::AppError;
use crate::model::utc_date;
use crate::store::{Arrivals, Senders, SqliteStore, Store, StoreError};

/// What is wrong with the arrivals of a day, and what to do; nothing if they are as they must be.
pub fn warning(arrivals: &Arrivals) -> Option<String> {
    let Arrivals { requests, of_proxy, .. } = arrivals;
    let what = if arrivals.are_unreadable() {
        "its forwarding header names no address that can be read: let the proxy write the reader's \
         address alone"
    } else if arrivals.are_of_proxy() {
        "let the proxy send X-Forwarded-For, or name the header that it sends in forwarded_header \
         (x-real-ip, forwarded), and name its network in trusted_proxies"
    } else {
        return None;
    };
    Some(format!(
        "{of_proxy} of the last {requests} requests of a day seem to come from a proxy, this \
         machine or one private address, so that all readers count as one visitor; {what}"
    ))
}

/// The same of the last day of a data folder that says something.
pub fn arrivals_warning(data: &Path, now: Timestamp) -> Result<Option<String>, AppError> {
    let arrivals = SqliteStore::open(data)?.last_arrivals(utc_date(now))?;
    Ok(warning(&arrivals))
}

/// Says it in the log, once; the service goes on.
pub struct ArrivalWatch {
    /// Was it said, or is there nothing to say, as where newcomers try the demonstration?
    pub is_said: bool,
}

impl ArrivalWatch {
    /// Looks at the arrivals of today.
    pub fn look(&mut self, store: &dyn Store, now: Timestamp) -> Result<(), StoreError> {
        if self.is_said {
            return Ok(());
        }
        if let Some(warning) = warning(&store.arrivals(utc_date(now))?) {
            tracing::warn!("{warning}");
            self.is_said = true;
        }
        Ok(())
    }
}
