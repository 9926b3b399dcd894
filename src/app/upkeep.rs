//! What is done now and then beside the traffic: complete months are gathered, days that have ended
//! are released, and details whose time is over are deleted.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::app::AppError;
use crate::app::log::say_left_out;
use crate::app::network_months::NetworkMonths;
use crate::app::tags::TagWatch;
use crate::journal::{DAY_CLOSE_GRACE, days_on_disk};
use crate::model::{Clock, details_from};
use crate::privacy::NetworkKeys;
use crate::privacy::disclosure::secret::RoundingSecret;
use crate::publish::{Nightly, Outcome};
use crate::store::Store;

/// How often it is looked whether there is something to do; nearly always there is not.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What upkeep looks after.
pub struct Upkeep<'a> {
    /// The store.
    pub store: &'a dyn Store,
    /// The keys of networks.
    pub networks: &'a NetworkKeys,
    /// Where the journals of open days are.
    pub journal_folder: PathBuf,
    /// The secret by which figures are rounded.
    pub secret: Option<Arc<RoundingSecret>>,
    /// The service's time.
    pub clock: &'a Clock,
    /// Months after which details are deleted.
    pub retention_months: u32,
}

/// What was done, so that it is not done again.
#[derive(Default)]
struct Done {
    deleted_before: Option<Date>,
    released_at: Option<Moment>,
    refused: Vec<String>,
    tags: TagWatch,
    network_months: NetworkMonths,
}

/// What decides whether a release may be due: the days on which the sites are, the days that are
/// being counted, and the last change of a past day.
#[derive(PartialEq, Eq)]
struct Moment {
    todays: Vec<Date>,
    open: usize,
    change: i64,
}

impl Upkeep<'_> {
    /// Looks again and again until the service stops.
    pub fn run(&self, stopped: &Receiver<()>) {
        let mut done = Done::default();
        let mut troubled = false;
        while stopped.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
            let outcome = self.look(stopped, &mut done);
            if let (Err(error), false) = (&outcome, troubled) {
                tracing::error!("upkeep cannot do its work and will try again: {error}");
            }
            troubled = outcome.is_err();
        }
    }

    fn look(&self, stopped: &Receiver<()>, done: &mut Done) -> Result<(), AppError> {
        let now = (self.clock)();
        say_left_out();
        self.store.delete_ended_sessions(now)?;
        let sites = self.store.sites()?;
        // Where clocks are furthest behind, today has begun everywhere.
        let last_closed = now - DAY_CLOSE_GRACE;
        let todays: Vec<_> = sites.iter().map(|site| site.zone.day_at(last_closed).date).collect();
        if let Some(today) = todays.iter().min() {
            self.store.gather_months(*today)?;
        }
        done.tags.look(self.store, now)?;
        let open = days_on_disk(&self.journal_folder)?;
        let change = self.store.last_change()?;
        let moment = Moment { todays, open: open.len(), change };
        // When it was down is known once this collector has noted itself: a machine that slept
        // wakes with a clock that has moved on.
        if done.released_at.as_ref() != Some(&moment) && self.store.is_up(now)? {
            let is_stopped =
                || stopped.recv_timeout(Duration::ZERO) == Err(RecvTimeoutError::Disconnected);
            let outcome = release(
                (self.store, self.secret.as_deref()),
                &self.journal_folder,
                now,
                &is_stopped,
            )?;
            tell(&outcome, &mut done.refused);
            done.released_at = Some(moment);
        }
        done.network_months.end(self.store, self.networks, &open, (now, change))?;
        let oldest = details_from(now, self.retention_months);
        if done.deleted_before != Some(oldest) {
            self.store.delete_details_before(oldest)?;
            done.deleted_before = Some(oldest);
        }
        Ok(())
    }
}

/// Tells the operator what is not published, once.
fn tell(outcome: &Outcome, told: &mut Vec<String>) {
    if outcome.released > 0 {
        tracing::info!("{} releases are published", outcome.released);
    }
    for refused in &outcome.refused {
        if !told.contains(refused) {
            tracing::error!("{refused}; run `parvis check`");
        }
    }
    told.clone_from(&outcome.refused);
}

/// Releases every day that has ended, and what it completes.
pub fn release(
    (store, secret): (&dyn Store, Option<&RoundingSecret>),
    journal_folder: &Path,
    now: Timestamp,
    is_stopped: &dyn Fn() -> bool,
) -> Result<Outcome, AppError> {
    let open = if journal_folder.exists() { days_on_disk(journal_folder)? } else { Vec::new() };
    let is_open =
        |day: &crate::model::ZoneDay| open.contains(day) || !day.has_ended(now - DAY_CLOSE_GRACE);
    Ok(Nightly { store, secret, now, is_open: &is_open, is_stopped }.run()?)
}
