//! Takes the counts of downloads from memory to the store.

use std::sync::Arc;

use jiff::Timestamp;

use crate::store::{Store, StoreError};
use crate::web::DownloadCounters;

/// Rounds of the drain between two writings: ten seconds, whose counts a power cut may lose.
const ROUNDS_BETWEEN: u32 = 20;

/// Takes the counts to the store now and then.
pub struct DownloadWriter {
    counters: Arc<DownloadCounters>,
    rounds: u32,
}

impl DownloadWriter {
    /// Downloads are counted from now on.
    pub fn begin(
        store: &dyn Store,
        counters: Arc<DownloadCounters>,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        store.begin_downloads(now)?;
        Ok(Self { counters, rounds: 0 })
    }

    /// Writes the counts, once in a while; at the end in any case.
    pub fn write(&mut self, store: &dyn Store, is_last: bool) -> Result<(), StoreError> {
        self.rounds += 1;
        if !is_last && self.rounds < ROUNDS_BETWEEN {
            return Ok(());
        }
        self.rounds = 0;
        self.counters.write(store)
    }
}
