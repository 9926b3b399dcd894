//! Notes the times in which it is not known what time it is: the machine's clock has jumped.

use jiff::Timestamp;

use crate::app::AppError;
use crate::app::uptime::note_outages;
use crate::model::{ClockState, ClockTrouble};
use crate::store::{Outage, OutageReason, Store};

/// Watches the clock from round to round.
pub struct ClockNotes {
    /// The last round in which nothing was wrong.
    good: Timestamp,
    jumps: u64,
    is_said: bool,
}

impl ClockNotes {
    /// Begins now, with a clock that is believed.
    pub fn begin(now: Timestamp) -> Self {
        Self { good: now, jumps: 0, is_said: false }
    }

    /// Says what is wrong with the clock, and notes it as an outage when it is over, or when the
    /// service stops.
    pub fn note(
        &mut self,
        store: &dyn Store,
        state: ClockState,
        now: Timestamp,
        is_last: bool,
    ) -> Result<(), AppError> {
        let is_new = state.jumps != self.jumps;
        if is_new || (state.trouble.is_some() && !self.is_said) {
            tracing::error!("{}", words(state.trouble));
            self.is_said = true;
        }
        self.jumps = state.jumps;
        if state.trouble.is_some() && !is_last {
            return Ok(());
        }
        if self.is_said {
            note(store, self.good, now)?;
            if state.trouble.is_none() {
                tracing::info!("the machine's clock agrees with the time that passes again");
            }
            self.is_said = false;
        }
        self.good = now;
        Ok(())
    }
}

/// What the operator reads of it.
fn words(trouble: Option<ClockTrouble>) -> String {
    match trouble {
        Some(ClockTrouble::Jumped { by }) => format!(
            "the machine's clock has jumped by {by:#}: views are counted by the time that passes, \
             no day is closed by it, and the service is not ready until both agree, or the clock \
             has gone on evenly for ten minutes; look after its time server"
        ),
        Some(ClockTrouble::Behind { by }) => format!(
            "the machine's clock is {by:#} behind what it said before: until it is there again \
             views are counted at that moment, or refused where another day has begun by it"
        ),
        None => "the machine's clock has jumped, and is back".to_owned(),
    }
}

fn note(store: &dyn Store, from: Timestamp, to: Timestamp) -> Result<(), AppError> {
    let outage = Outage {
        zone: None,
        from,
        to,
        reason: OutageReason::Clock,
        noted: to,
        detail: "the machine's clock had jumped".to_owned(),
    };
    store.note_outage(&outage)?;
    for site in store.sites()? {
        note_outages(store, &site, from, to)?;
    }
    Ok(())
}
