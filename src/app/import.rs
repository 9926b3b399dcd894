//! `parvis import access-log`: past days counted from the logs of a web server, through the same
//! privacy door as a beacon.
//!
//! The logs are read twice: once to find their order, what they repeat and where each day ends, and
//! once to count. A day is imported whole or not at all, in one transaction that notes the
//! fingerprint of its lines. So an import that was interrupted is simply run again: days that are
//! there are known by their fingerprint and passed over, and nothing is counted twice.

mod edges;
mod plan;
mod repeats;
mod sealing;
mod senders;

use std::path::Path;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::app::import::senders::Senders;
use crate::app::past::{Fate, Past};
use crate::app::summary::{Incomplete, Summary};
use crate::app::{AppError, Machine, running, sites};
use crate::collect::access_log::{AccessLog, Entry, Layout, LogError, Refused, judge};
use crate::config::Config;
use crate::model::{Site, ZoneDay, details_from};
use crate::privacy::{Hit, NetworkKeys, PastKeys};
use crate::signal::Tables;
use crate::store::{
    Break, BreakKind, Breaks, Figures, Ledger, Method, Sites, SqliteStore, StoreError,
};

pub use edges::NEAR_MIDNIGHT;
pub use plan::{Calendar, Plan, Source};
pub use repeats::{Repeats, Seen};
pub use sealing::seal_entry;

/// Lines that could not be read and are shown.
const BAD_LINES_SHOWN_MAX: usize = 5;

/// Hits that are held of days that are not yet complete; each takes about 120 bytes. Two days are
/// held whatever they have: logs in any usual order need no more.
const HITS_HELD_MAX: u64 = 4_000_000;
const DAYS_HELD_MIN: usize = 2;

/// Days without any figure after which an import is a new series: a quiet site has some.
const GAP_DAYS_MAX: i32 = 31;

/// Why a day is refused that was not imported.
const COUNTED_BY_BEACON: &str = "counted by the beacon";

/// What is imported.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The files in any order; `-` is standard input.
    pub files: Vec<String>,
    /// The site's host.
    pub site: String,
    /// Are days that were imported from other lines replaced?
    pub replace: bool,
}

/// How far the import has come.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    /// Bytes of the present file that were read, packed as they lie there.
    pub bytes_read: u64,
    /// Bytes of the present file; nothing for standard input.
    pub bytes_total: Option<u64>,
    /// Lines of all files.
    pub lines: u64,
}

/// Lines between two looks at the progress.
const PROGRESS_LINES: u64 = 20_000;

impl Progress {
    fn of(log: &AccessLog, lines: u64) -> Self {
        Self { bytes_read: log.bytes_read(), bytes_total: log.bytes_total(), lines }
    }
}

/// Imports access logs.
pub fn import_access_log(
    data: &Path,
    config: &Config,
    options: &ImportOptions,
    machine: &Machine,
    show: &mut dyn FnMut(Progress),
) -> Result<Summary, AppError> {
    let host = sites::parse(&options.site)?;
    let store = SqliteStore::open(data)?;
    let site = store.sites()?.into_iter().find(|site| site.host == host);
    let site = site.ok_or_else(|| StoreError::NoSite(host.to_string()))?;
    let tables = running::tables(config)?;
    let plan = Plan::look(&options.files, &site.zone, show).map_err(AppError::Import)?;
    let mut import = Import {
        today: site.zone.day_at((machine.clock)()).date,
        details_from: details_from((machine.clock)(), config.retention_months),
        calendar: Calendar::new(&site.zone),
        site,
        store: &store,
        tables,
        machine,
        replace: options.replace,
        plan: &plan,
        networks: running::network_keys(data, machine)?,
        open: Vec::new(),
        hits_held: 0,
        ended: Vec::new(),
        repeats: Repeats::default(),
        latest: Timestamp::MIN,
        in_doubt: None,
        senders: Senders::default(),
        summary: Summary::default(),
    };
    for (place, source) in plan.sources.iter().enumerate() {
        import.read(place, source, show)?;
    }
    import.finish()
}

struct Import<'a> {
    site: Site,
    today: Date,
    details_from: Date,
    calendar: Calendar,
    store: &'a SqliteStore,
    tables: Tables,
    machine: &'a Machine,
    replace: bool,
    plan: &'a Plan,
    networks: NetworkKeys,
    open: Vec<(PastKeys, Past)>,
    hits_held: u64,
    ended: Vec<Date>,
    repeats: Repeats,
    /// The time of the line before in the present log.
    latest: Timestamp,
    /// A line of which only the next one says whether it is repeated.
    in_doubt: Option<Outcome>,
    senders: Senders,
    summary: Summary,
}

/// What becomes of a line: a hit of a day, or the reason for not counting it.
type Outcome = Result<(Date, Hit), &'static str>;

impl Import<'_> {
    fn read(
        &mut self,
        place: usize,
        source: &Source,
        show: &mut dyn FnMut(Progress),
    ) -> Result<(), AppError> {
        if source.same_as.is_some() {
            self.summary.lines += source.lines;
            self.summary.refuse("repeated", source.lines);
            self.note_log(source, source.lines);
            return Ok(());
        }
        let named = |error: LogError| AppError::Import(format!("{}: {error}", source.name));
        let mut log = source.open().map_err(named)?;
        let mut ends = self.plan.ends(place).into_iter().peekable();
        let (before, repeated) = (self.summary.lines, self.summary.refused_by("repeated"));
        while log.lines_read() < source.lines {
            if !log.advance().map_err(named)? {
                return Err(named(LogError::Changed));
            }
            let line = log.lines_read();
            self.summary.lines = before + line;
            match log.entry() {
                Ok(entry) => self.take(&entry, &log)?,
                Err(refused) => self.refuse_unreadable(refused, &source.name, line),
            }
            while let Some((_, date)) = ends.next_if(|(last, _)| *last <= line) {
                self.end_day(date)?;
            }
            if line.is_multiple_of(PROGRESS_LINES) {
                show(Progress::of(&log, self.summary.lines));
            }
        }
        self.settle_doubt();
        self.repeats.end_log();
        self.latest = Timestamp::MIN;
        self.note_log(source, self.summary.refused_by("repeated") - repeated);
        Ok(())
    }

    fn note_log(&mut self, source: &Source, repeated: u64) {
        self.summary.logs.extend(source.said(repeated));
        self.summary.logs_left_out += usize::from(source.is_left_out());
    }

    fn refuse_unreadable(&mut self, refused: Refused, file: &str, line: u64) {
        self.summary.refuse(refused.reason(), 1);
        if refused.is_unreadable() && self.summary.bad_lines.len() < BAD_LINES_SHOWN_MAX {
            self.summary.bad_lines.push((file.to_owned(), line, refused.advice()));
        }
    }

    /// Counts a line, unless it is repeated.
    fn take(&mut self, entry: &Entry<'_>, log: &AccessLog) -> Result<(), AppError> {
        let day = self.calendar.day(entry.time);
        if entry.time < std::mem::replace(&mut self.latest, entry.time) {
            self.repeats.turn();
        }
        let shared = self.plan.is_shared(day.date).then(|| (day.date, log.line_hash()));
        match self.repeats.see(shared) {
            Seen::Again => {
                let before = self.in_doubt.take().map_or(0, |_| 1);
                self.summary.refuse("repeated", 1 + before);
            }
            Seen::Perhaps => {
                self.settle_doubt();
                self.in_doubt = Some(self.outcome(entry, day)?);
            }
            Seen::New => {
                self.settle_doubt();
                let outcome = self.outcome(entry, day)?;
                self.settle(outcome);
            }
        }
        Ok(())
    }

    fn settle_doubt(&mut self) {
        if let Some(outcome) = self.in_doubt.take() {
            self.settle(outcome);
        }
    }

    fn settle(&mut self, outcome: Outcome) {
        let (date, hit) = match outcome {
            Ok(counted) => counted,
            Err(reason) => return self.summary.refuse(reason, 1),
        };
        let Some((_, past)) = self.open.iter_mut().find(|(_, past)| past.day().date == date) else {
            return self.summary.refuse("out_of_order", 1);
        };
        past.add(&hit, self.store);
        self.hits_held += 1;
        if self.hits_held > HITS_HELD_MAX && self.open.len() > DAYS_HELD_MIN {
            self.give_up(0);
        }
    }

    /// Gives up a day whose lines are scattered so widely that they cannot be held.
    fn give_up(&mut self, place: usize) {
        let (_, past) = self.open.remove(place);
        self.hits_held -= past.hits();
        self.summary.refuse("out_of_order", past.hits());
        self.summary.days_incomplete.insert(past.day().date, Incomplete::Scattered);
    }

    /// What becomes of a line by itself; an outer error ends the import.
    fn outcome(&mut self, entry: &Entry<'_>, day: ZoneDay) -> Result<Outcome, AppError> {
        if let Err(refused) = entry.check_host(|host| self.site.answers_to(host)) {
            return Ok(Err(refused.reason()));
        }
        let judged = match judge(entry, &self.site.rules.downloads) {
            Ok(judged) => judged,
            Err(refused) => return Ok(Err(refused.reason())),
        };
        if day.date >= self.today {
            return Ok(Err("day_not_ended"));
        }
        let place = match self.place_of(&day)? {
            Ok(place) => place,
            Err(reason) => return Ok(Err(reason)),
        };
        self.summary.without_agents |= entry.layout == Layout::Common;
        self.open[place].1.note_layout(entry.layout);
        let hit = match seal_entry(&self.site, &self.tables, &self.open[place].0, entry, judged) {
            Ok(hit) => hit,
            Err(dropped) => return Ok(Err(dropped.reason())),
        };
        self.senders.add(entry.address_hash());
        Ok(Ok((day.date, hit)))
    }

    /// The day among those that are being counted.
    fn place_of(&mut self, day: &ZoneDay) -> Result<Result<usize, &'static str>, AppError> {
        if let Some(place) = self.open.iter().position(|(_, past)| past.day() == day) {
            return Ok(Ok(place));
        }
        if self.plan.is_cut(day.date) {
            self.summary.days_incomplete.insert(day.date, Incomplete::Cut);
            return Ok(Err("day_incomplete"));
        }
        if self.summary.days_incomplete.contains_key(&day.date) {
            return Ok(Err("out_of_order"));
        }
        if self.summary.days_refused.iter().any(|(date, _)| *date == day.date) {
            return Ok(Err("day_refused"));
        }
        let past = Past::open(self.store, &self.site, day.clone())?;
        if past.fate() == Fate::CountedOtherwise {
            self.summary.days_refused.push((day.date, COUNTED_BY_BEACON));
            return Ok(Err("day_refused"));
        }
        let (random, networks) = (&self.machine.random, &self.networks);
        let keys = PastKeys::of(day.clone(), &self.site.host, random, networks)?;
        self.open.push((keys, past));
        Ok(Ok(self.open.len() - 1))
    }

    /// The last line of the day was read.
    fn end_day(&mut self, date: Date) -> Result<(), AppError> {
        self.settle_doubt();
        self.repeats.end_day(date);
        self.ended.push(date);
        let place = self.open.iter().position(|(_, past)| past.day().date == date);
        let Some(place) = place else { return Ok(()) };
        let (keys, past) = self.open.remove(place);
        self.hits_held -= past.hits();
        self.close(&keys, past)
    }

    fn close(&mut self, keys: &PastKeys, past: Past) -> Result<(), AppError> {
        let (date, hits) = (past.day().date, past.hits());
        if past.fate() == Fate::New && hits > 0 {
            self.note_series(past.day(), past.method())?;
        }
        let (fate, before) = past.close(self.store, &self.site, keys, self.replace)?;
        match fate {
            Fate::New => {
                self.summary.counted += hits;
                self.summary.days_written.push(date);
                self.note_edge(date);
                if let Some(before) = before {
                    self.summary.days_replaced.push((date, before, hits));
                }
            }
            Fate::Known => {
                self.summary.refuse("day_known", hits);
                self.summary.days_known.push(date);
            }
            Fate::OtherLines | Fate::CountedOtherwise => {
                let why = match fate {
                    Fate::CountedOtherwise => COUNTED_BY_BEACON,
                    _ => "imported before from other lines",
                };
                self.summary.refuse("day_refused", hits);
                self.summary.days_refused.push((date, why));
            }
        }
        Ok(())
    }

    /// A day that was written may be short where the logs begin or end.
    fn note_edge(&mut self, date: Date) {
        let Some(edge) = self.plan.edge(date) else { return };
        let local = |moment: Timestamp| self.site.zone.written(moment);
        let edge = (date, edge.begins.map(local), edge.ends.map(local));
        self.summary.days_at_edge.push(edge);
    }

    /// Registers where a series of imported days begins: before its first day is written, so that
    /// an import that was interrupted leaves no day without it; and once, however often it is run.
    /// Logs with agents and logs without are two series.
    fn note_series(&self, day: &ZoneDay, method: Method) -> Result<(), AppError> {
        for back in 1..=GAP_DAYS_MAX {
            let date = day.date.saturating_sub(back.days());
            // Where a log is out of order, an earlier day of the series may be yet to come.
            if self.plan.has(date) && !self.ended.contains(&date) {
                return Ok(());
            }
            match self.store.past_day(self.site.id, date)? {
                None => {}
                Some((before, _)) if before == method.name() => return Ok(()),
                Some(_) => break,
            }
        }
        // What begins a series does not break it.
        if self.store.first_day(&self.site)?.is_none_or(|first| day.date <= first) {
            return Ok(());
        }
        let known = self.store.breaks(&self.site, day.date, day.date)?;
        if known.iter().any(|one| one.kind == BreakKind::Import) {
            return Ok(());
        }
        let said = (String::new(), "counted from access logs".to_owned());
        let one = Break::automatic(self.site.id, day.start(), BreakKind::Import, said);
        self.store.add_break(&Break { method_after: Some(method), ..one })?;
        Ok(())
    }

    fn finish(mut self) -> Result<Summary, AppError> {
        self.summary.days_written.sort();
        self.summary.one_sender = self.senders.share_of_one();
        // A log may be older than details are kept.
        self.store.delete_details_before(self.details_from)?;
        self.store.gather_months(self.today)?;
        Ok(self.summary)
    }
}
