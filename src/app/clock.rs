//! Notes the times in which it is not known what time it is: the machine's clock has jumped.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::app::uptime::note_outages;
use crate::app::{AppError, Machine};
use crate::model::{ClockState, ClockTrouble};
use crate::store::{Outage, OutageReason, Store};

/// The file that holds where the clock stood when it was last believed, by the machine's start.
const FILE: &str = "clock";

/// A clock that has moved by less since it was noted is not noted again.
const NOTED_MS_MIN: u64 = 1_000;

/// What is kept of the clock in a data folder, so that a service which is started anew while the
/// clock is wrong does not believe it either.
pub struct ClockMemory {
    file: PathBuf,
    machine: Machine,
    noted: Option<i64>,
}

impl ClockMemory {
    /// Goes on from what was noted, if that was since the machine started. Call it before the time
    /// is asked for.
    pub fn go_on(data: &Path, machine: &Machine) -> Self {
        let file = data.join(FILE);
        let noted = fs::read_to_string(&file).ok().and_then(|text| {
            let (boot, distance) = text.trim().split_once(' ')?;
            (Some(boot) == machine.boot.as_deref()).then(|| distance.parse().ok())?
        });
        if let (Some(distance), Some(steady)) = (noted, &machine.steady) {
            steady.go_on(distance);
        }
        Self { file, machine: machine.clone(), noted }
    }

    /// Notes where the clock stands now, if it has moved.
    pub fn note(&mut self) -> Result<(), AppError> {
        let Machine { boot: Some(boot), steady: Some(steady), .. } = &self.machine else {
            return Ok(());
        };
        let distance = steady.distance();
        if self.noted.is_some_and(|noted| noted.abs_diff(distance) < NOTED_MS_MIN) {
            return Ok(());
        }
        let refused = |error| AppError::Folder(self.file.clone(), error);
        let aside = self.file.with_added_extension("new");
        fs::write(&aside, format!("{boot} {distance}\n")).map_err(refused)?;
        fs::rename(&aside, &self.file).map_err(refused)?;
        self.noted = Some(distance);
        Ok(())
    }
}

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
