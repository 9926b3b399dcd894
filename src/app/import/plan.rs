//! The first look at the logs of one import, before anything is counted: in which order they
//! belong, which are the same, where the last line of each day stands, and what cannot be read.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::app::import::edges::{Edge, edges};
use crate::app::import::{PROGRESS_LINES, Progress};
use crate::collect::access_log::{AccessLog, HELD_BYTES_MAX, Held, LogError};
use crate::model::{Zone, ZoneDay};

/// Standard input, as it is typed.
const STANDARD_INPUT: &str = "-";

/// One log.
pub struct Source {
    /// As the command names it.
    pub name: String,
    /// What came by a pipe, which cannot be read twice.
    held: Option<Held>,
    /// Its lines, up to where it can be read.
    pub lines: u64,
    /// Lines that are records.
    pub records: u64,
    /// The log that has the same lines and is counted instead.
    pub same_as: Option<String>,
    /// Why it cannot be read to its end.
    pub fault: Option<LogError>,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    /// Does it go back in time somewhere? Then it may have copies of its own lines.
    turns: bool,
    /// The last line of each day.
    days: BTreeMap<Date, u64>,
    hash: [u8; 32],
}

/// Logs in the order in which they are counted.
pub struct Plan {
    /// Those whose lines begin earlier come first.
    pub sources: Vec<Source>,
    /// Where the last line of each day stands: the place of its log, and its number there.
    last_lines: HashMap<Date, (usize, u64)>,
    /// Days that are in several logs, or in one that turns: only there can a line be repeated.
    shared: HashSet<Date>,
    /// Days of which a log that is cut off may have had more: from one to another.
    cut: Vec<(Date, Date)>,
    /// Days in the middle of which the logs begin or end.
    edges: BTreeMap<Date, Edge>,
}

/// Finds the local day of moments that mostly follow each other.
pub struct Calendar {
    zone: Zone,
    present: Option<(Timestamp, Timestamp, ZoneDay)>,
}

impl Calendar {
    /// For one zone.
    pub fn new(zone: &Zone) -> Self {
        Self { zone: zone.clone(), present: None }
    }

    /// The day that holds the moment.
    pub fn day(&mut self, moment: Timestamp) -> ZoneDay {
        match &self.present {
            Some((start, end, day)) if (*start..*end).contains(&moment) => day.clone(),
            _ => {
                let day = self.zone.day_at(moment);
                self.present = Some((day.start(), day.end(), day.clone()));
                day
            }
        }
    }
}

impl Source {
    /// Opens the log; it may be opened again.
    pub fn open(&self) -> Result<AccessLog, LogError> {
        open(&self.name, self.held.as_ref())
    }

    /// What is worth saying of the log, where so many of its lines are repeated.
    pub fn said(&self, repeated: u64) -> Vec<String> {
        let Self { name, lines, .. } = self;
        let mut said = Vec::new();
        if lines == &0 && self.fault.is_none() {
            said.push(format!("{name}: there is nothing in it."));
        }
        if let (Some(other), Some(_)) = (&self.same_as, &self.fault) {
            let what = "is cut off or damaged behind";
            said.push(format!(
                "{name} {what} {lines} lines, and {other} has them all: passed over."
            ));
        } else if let Some(other) = &self.same_as {
            said.push(format!("{name} has the same {lines} lines as {other}: passed over."));
        } else if repeated > 0 {
            let what = "lines are repeated from what came before: passed over.";
            said.push(format!("{name}: {repeated} {what}"));
        }
        if let (Some(error), None) = (&self.fault, &self.same_as) {
            said.push(format!("{name}: {error}."));
        } else if self.is_left_out() {
            said.push(format!("{name}: none of its {lines} lines can be read."));
        }
        said
    }

    /// Is the log left out, or a part of it?
    pub fn is_left_out(&self) -> bool {
        let has_fault = self.fault.is_some() && self.same_as.is_none();
        has_fault || (self.lines > 0 && self.records == 0)
    }

    /// Does the log begin with all lines of another one?
    fn begins_with(&self, other: &Self) -> Result<bool, LogError> {
        let has_as_many =
            self.lines > other.lines || self.lines == other.lines && self.fault.is_none();
        if !has_as_many || self.name == other.name || other.records == 0 {
            return Ok(false);
        }
        let mut log = self.open()?;
        let mut hash = Sha256::new();
        while log.lines_read() < other.lines {
            if !log.advance()? {
                return Err(LogError::Changed);
            }
            log.add_line_to(&mut hash);
        }
        let hash: [u8; 32] = hash.finalize().into();
        Ok(hash == other.hash)
    }

    fn look(
        name: &str,
        held: Option<Held>,
        zone: &Zone,
        show: &mut dyn FnMut(Progress),
    ) -> Result<Self, LogError> {
        let mut log = open(name, held.as_ref())?;
        let mut calendar = Calendar::new(zone);
        let mut hash = Sha256::new();
        let mut source = Self {
            name: name.to_owned(),
            held,
            lines: 0,
            records: 0,
            same_as: None,
            fault: None,
            first: None,
            last: None,
            turns: false,
            days: BTreeMap::new(),
            hash: [0; 32],
        };
        let mut latest = Timestamp::MIN;
        loop {
            match log.advance() {
                Ok(true) => {}
                Ok(false) => break,
                // Where nothing is known of its days, no day is known to be whole.
                Err(error) if source.days.is_empty() => return Err(error),
                Err(error) => {
                    source.fault = Some(error);
                    break;
                }
            }
            source.lines = log.lines_read();
            log.add_line_to(&mut hash);
            if let Ok(entry) = log.entry() {
                source.records += 1;
                source.turns |= entry.time < latest;
                latest = entry.time;
                source.first = Some(source.first.map_or(entry.time, |first| first.min(entry.time)));
                source.last = source.last.max(Some(entry.time));
                source.days.insert(calendar.day(entry.time).date, source.lines);
            }
            if source.lines.is_multiple_of(PROGRESS_LINES) {
                show(Progress::of(&log, source.lines));
            }
        }
        source.hash = hash.finalize().into();
        Ok(source)
    }
}

fn open(name: &str, held: Option<&Held>) -> Result<AccessLog, LogError> {
    held.map_or_else(|| AccessLog::open(Path::new(name)), Held::open)
}

/// Is it read once only: standard input, or a pipe with a name?
fn is_pipe(name: &str) -> bool {
    let about = std::fs::metadata(name);
    name == STANDARD_INPUT || about.is_ok_and(|about| !about.is_file() && !about.is_dir())
}

impl Plan {
    /// Reads the logs to their ends. An error names the log and says why nothing is imported.
    pub fn look(
        names: &[String],
        zone: &Zone,
        show: &mut dyn FnMut(Progress),
    ) -> Result<Self, String> {
        let mut sources: Vec<Source> = Vec::new();
        let mut room = HELD_BYTES_MAX;
        for name in names {
            let known = sources.iter().find(|known| known.name == *name);
            let held = match known.and_then(|known| known.held.clone()) {
                Some(held) => Some(held),
                None if is_pipe(name) => Some(hold(name, &mut room)?),
                None => None,
            };
            let source = Source::look(name, held, zone, show);
            let named = |error| format!("{name}: {error}. Nothing was imported");
            sources.push(source.map_err(named)?);
        }
        find_whole_copies(&mut sources)?;
        let spans = sources.iter().filter_map(|source| source.first.zip(source.last));
        let edges = edges(spans.collect(), zone);
        Ok(Self { edges, ..Self::of(sources) })
    }

    fn of(mut sources: Vec<Source>) -> Self {
        // The hash makes the order the same however the logs are named. Of equal ones that is
        // counted which has no fault.
        sources.sort_by_key(|source| {
            (source.first.is_none(), source.first, source.fault.is_some(), source.hash)
        });
        let mut by_hash: HashMap<[u8; 32], String> = HashMap::new();
        let has_own = |source: &&mut Source| source.records > 0 && source.same_as.is_none();
        for source in sources.iter_mut().filter(has_own) {
            match by_hash.get(&source.hash) {
                Some(name) => source.same_as = Some(name.clone()),
                None => drop(by_hash.insert(source.hash, source.name.clone())),
            }
        }
        let mut last_lines = HashMap::new();
        let mut shared = HashSet::new();
        let counted = sources.iter().enumerate().filter(|(_, source)| source.same_as.is_none());
        for (place, source) in counted {
            for (date, line) in &source.days {
                if last_lines.insert(*date, (place, *line)).is_some() || source.turns {
                    shared.insert(*date);
                }
            }
        }
        let cut = cut(&sources);
        Self { sources, last_lines, shared, cut, edges: BTreeMap::new() }
    }

    /// Where the logs begin or end in the middle of the day, if they do.
    pub fn edge(&self, date: Date) -> Option<Edge> {
        self.edges.get(&date).copied()
    }

    /// Can lines of the day be repeated?
    pub fn is_shared(&self, date: Date) -> bool {
        self.shared.contains(&date)
    }

    /// May the day have had more lines in a log that is cut off?
    pub fn is_cut(&self, date: Date) -> bool {
        self.cut.iter().any(|(from, to)| (*from..=*to).contains(&date))
    }

    /// The days whose last line is in the log at this place, by the numbers of those lines.
    pub fn ends(&self, place: usize) -> Vec<(u64, Date)> {
        let of_log = self.last_lines.iter().filter(|(_, (log, _))| *log == place);
        let mut ends: Vec<_> = of_log.map(|(date, (_, line))| (*line, *date)).collect();
        ends.sort_unstable();
        ends
    }

    /// Is the day in the logs?
    pub fn has(&self, date: Date) -> bool {
        self.last_lines.contains_key(&date)
    }
}

/// A log that is cut off lacks lines from its last day on, up to where the next log begins.
fn cut(sources: &[Source]) -> Vec<(Date, Date)> {
    let is_broken = |source: &&Source| source.fault.is_some() && source.same_as.is_none();
    let broken = sources.iter().filter(is_broken);
    let ranges = broken.filter_map(|source| {
        let from = *source.days.keys().next_back()?;
        let begins = sources.iter().filter_map(|other| other.days.keys().next().copied());
        Some((from, begins.filter(|date| *date > from).min().unwrap_or(Date::MAX)))
    });
    ranges.collect()
}

/// Finds for each log that is cut off or damaged another one that has all its lines: then nothing
/// of it is missing, even of its last day.
fn find_whole_copies(sources: &mut [Source]) -> Result<(), String> {
    for place in 0..sources.len() {
        if sources[place].fault.is_none() {
            continue;
        }
        for other in 0..sources.len() {
            let named = |error| format!("{}: {error}. Nothing was imported", sources[other].name);
            let has_copy = sources[other].begins_with(&sources[place]).map_err(named)?;
            if has_copy {
                sources[place].same_as = Some(sources[other].name.clone());
                break;
            }
        }
    }
    Ok(())
}

fn hold(name: &str, room: &mut usize) -> Result<Held, String> {
    let held = if name == STANDARD_INPUT {
        Held::read(std::io::stdin(), *room)
    } else {
        let opened = std::fs::File::open(name);
        let opened = opened.map_err(|source| LogError::Unopenable { path: name.into(), source });
        opened.and_then(|pipe| Held::read(pipe, *room))
    };
    let held = held.map_err(|error| format!("{name}: {error}"))?;
    *room -= held.len().min(*room);
    Ok(held)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn source(name: &str, days: &[(i8, u64)], is_cut: bool) -> Source {
        let days: BTreeMap<_, _> =
            days.iter().map(|(day, line)| (date(2026, 11, *day), *line)).collect();
        let first = days.keys().next().map(|date| date.in_tz("UTC").unwrap().timestamp());
        let fault = is_cut.then_some(LogError::GzipCut { bytes_read: 1, lines_read: 1 });
        let (lines, records) = (9, days.len() as u64);
        let hash = Sha256::digest(name.trim_end_matches(".gz")).into();
        let name = name.to_owned();
        Source {
            name,
            held: None,
            lines,
            records,
            same_as: None,
            fault,
            first,
            last: first,
            turns: false,
            days,
            hash,
        }
    }

    #[test]
    fn logs_are_put_in_order_and_the_same_lines_are_found() {
        let plan = Plan::of(vec![
            source("empty", &[], false),
            source("c", &[(3, 5), (4, 9)], false),
            source("a", &[(1, 4), (2, 8)], false),
            source("b", &[(2, 3), (3, 9)], false),
            source("a.gz", &[(1, 4), (2, 8)], false),
        ]);
        let names: Vec<_> = plan.sources.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(names, ["a", "a.gz", "b", "c", "empty"]);
        assert_eq!(plan.sources[1].same_as.as_deref(), Some("a"));
        let of = |day| date(2026, 11, day);
        assert_eq!([1, 2, 3, 4].map(|day| plan.is_shared(of(day))), [false, true, true, false]);
        assert_eq!(plan.ends(0), [(4, of(1))]);
        assert_eq!(plan.ends(1), []);
        assert_eq!(plan.ends(2), [(3, of(2))]);
        assert_eq!(plan.ends(3), [(5, of(3)), (9, of(4))]);
        assert!(!plan.is_cut(of(2)) && plan.has(of(2)) && !plan.has(of(5)));
    }

    #[test]
    fn a_log_that_is_cut_off_leaves_days_in_doubt_up_to_the_next_log() {
        let plan = Plan::of(vec![
            source("a", &[(1, 4), (3, 8)], true),
            source("b", &[(1, 4), (6, 8)], false),
            source("c", &[(9, 1), (12, 8)], false),
        ]);
        let cut: Vec<_> = (1..13).filter(|day| plan.is_cut(date(2026, 11, *day))).collect();
        assert_eq!(cut, [3, 4, 5, 6, 7, 8, 9]);
        let last = Plan::of(vec![source("a", &[(1, 4), (3, 8)], true)]);
        assert!(last.is_cut(date(2026, 12, 1)) && !last.is_cut(date(2026, 11, 2)));
    }
}
