//! One day of an import: what the store has of it already, and what becomes of it.

use sha2::{Digest, Sha256};

use crate::app::AppError;
use crate::collect::access_log::Layout;
use crate::journal::PastDay;
use crate::model::{KindOfHit, Site, ZoneDay, hexadecimal};
use crate::privacy::{Hit, PastKeys};
use crate::store::{Ledger, Method, SqliteStore};

/// What becomes of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The store has nothing of it.
    New,
    /// It was imported before, from the same lines.
    Known,
    /// It was imported before, from other lines.
    OtherLines,
    /// It was not imported: the beacon counted it, or it is invented.
    CountedOtherwise,
}

/// A day that is being counted.
pub struct Past {
    counted: PastDay,
    hits: u64,
    /// The fingerprint says when which pages were asked for, and nothing of who asked.
    fingerprint: Sha256,
    fate: Fate,
    /// Does any line name an agent?
    has_agents: bool,
}

impl Past {
    /// Looks what the store has of the day.
    pub fn open(store: &SqliteStore, site: &Site, day: ZoneDay) -> Result<Self, AppError> {
        let fate = match store.past_day(site.id, day.date)? {
            None => Fate::New,
            Some((method, _)) if is_log(&method) => Fate::Known,
            Some(_) => Fate::CountedOtherwise,
        };
        let counted = PastDay::new(day);
        Ok(Self { counted, hits: 0, fingerprint: Sha256::new(), fate, has_agents: false })
    }

    /// The day.
    pub fn day(&self) -> &ZoneDay {
        self.counted.day()
    }

    /// What is known of its fate before its lines are.
    pub fn fate(&self) -> Fate {
        self.fate
    }

    /// Hits counted.
    pub fn hits(&self) -> u64 {
        self.hits
    }

    /// Notes whether a line that is of this layout can name an agent.
    pub fn note_layout(&mut self, layout: Layout) {
        self.has_agents |= layout != Layout::Common;
    }

    /// How the day is counted: as from a log without agents only if no line of it names one.
    pub fn method(&self) -> Method {
        if self.has_agents { Method::AccessLog } else { Method::CommonLog }
    }

    /// Adds a hit.
    pub fn add(&mut self, hit: &Hit, store: &SqliteStore) {
        let kind = match hit.kind {
            KindOfHit::View => b'v',
            KindOfHit::Event => b'e',
            KindOfHit::Reading(_) => b'r',
        };
        self.fingerprint.update(hit.received.as_second().to_be_bytes());
        self.fingerprint.update([kind]);
        if let Some((_, page)) = hit.values.first() {
            self.fingerprint.update(page.as_bytes());
        }
        self.fingerprint.update([0]);
        self.hits += 1;
        self.counted.add_knowing(hit, store);
    }

    /// Writes the day, unless it is there: what the store has of it now counts, and not what it had
    /// when the first line was read, as another import may have written it meanwhile. Tells beside
    /// its fate how many hits the day had that it replaces.
    pub fn close(
        self,
        store: &SqliteStore,
        site: &Site,
        keys: &PastKeys,
        replace: bool,
    ) -> Result<(Fate, Option<u64>), AppError> {
        let method = self.method();
        let hash = hexadecimal(&self.fingerprint.finalize());
        let date = self.counted.day().date;
        let closing = self.counted.close(&keys.network)?;
        loop {
            let written_before = store.past_day(site.id, date)?;
            let before = match &written_before {
                None => None,
                Some((known, _)) if !is_log(known) => return Ok((Fate::CountedOtherwise, None)),
                Some((_, known)) if known.as_ref() == Some(&hash) => {
                    return Ok((Fate::Known, None));
                }
                Some(_) if !replace => return Ok((Fate::OtherLines, None)),
                Some(_) => Some(store.hits_of_day(site.id, date)?),
            };
            let written = (method, hash.as_str());
            if store.import_past_day((site.id, date), &closing, written, written_before.as_ref())? {
                return Ok((Fate::New, before));
            }
        }
    }
}

/// Is this the name of a method that counts from logs?
fn is_log(method: &str) -> bool {
    Method::named(method).is_some_and(Method::is_log)
}
