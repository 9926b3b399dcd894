//! What requests may hold at once and for how long, so that none of them takes what the others
//! need.

pub mod bodies;
pub mod connections;
pub mod downloads;
pub mod questions;

use std::sync::Arc;

use tokio::runtime::Handle;

use crate::collect::ConcurrencyLimit;

use questions::Questions;

/// Bodies of one address that are waited for at once. A body that is there whole when its head is
/// read, as a tracker's is, is not waited for.
pub const BODIES_PER_ADDRESS_MAX: u32 = 64;

/// The limits of the whole process.
pub struct Limits {
    /// Bodies that are waited for.
    pub bodies: Arc<ConcurrencyLimit>,
    /// Files that are being sent.
    pub downloads: Arc<ConcurrencyLimit>,
    /// Questions that are being answered.
    pub questions: Questions,
}

impl Limits {
    /// Nothing is held yet; questions are answered on these threads.
    pub fn new(threads: Handle) -> Self {
        Self {
            bodies: ConcurrencyLimit::new(BODIES_PER_ADDRESS_MAX),
            downloads: ConcurrencyLimit::new(downloads::DOWNLOADS_PER_ADDRESS_MAX),
            questions: Questions::on(threads),
        }
    }
}
