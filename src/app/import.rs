//! `parvis import access-log`: past days counted from the logs of a web server, through the same
//! privacy door as a beacon.
//!
//! A day is imported whole or not at all, in one transaction that notes the fingerprint of its
//! lines. So an import that was interrupted is simply run again: days that are there are known by
//! their fingerprint and passed over, and nothing is counted twice.

use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::app::past::{Fate, Past};
use crate::app::summary::Summary;
use crate::app::{AppError, Machine, running, sites};
use crate::collect::access_log::{AccessLog, Entry, Judged, Layout, Refused, judge};
use crate::collect::{Dropped, Meaning, seal_past};
use crate::config::Config;
use crate::dimension::{Deed, deed_names};
use crate::model::{KindOfHit, Site, ZoneDay, details_from};
use crate::privacy::{Arrival, Hit, Raw, RawError, Salt, scrubbed_url};
use crate::signal::Tables;
use crate::store::{Break, BreakKind, Breaks, Ledger, Method, Sites, SqliteStore, StoreError};

/// Lines that could not be read and are shown.
const BAD_LINES_SHOWN_MAX: usize = 5;

/// Days that are counted at once. A server writes its lines nearly in order: a day is complete when
/// a line of the day after the next has come.
const DAYS_AT_ONCE: i32 = 2;

/// Days without any figure after which an import is a new series: a quiet site has some.
const GAP_DAYS_MAX: i32 = 31;

/// What is imported.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The files in the order of time; `-` is standard input.
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
    let mut import = Import {
        today: site.zone.day_at((machine.clock)()).date,
        details_from: details_from((machine.clock)(), config.retention_months),
        site,
        store: &store,
        tables,
        machine,
        replace: options.replace,
        open: Vec::new(),
        summary: Summary::default(),
    };
    for file in &options.files {
        import.read(file, show)?;
    }
    import.finish()
}

struct Import<'a> {
    site: Site,
    today: Date,
    details_from: Date,
    store: &'a SqliteStore,
    tables: Tables,
    machine: &'a Machine,
    replace: bool,
    open: Vec<(Salt, Past)>,
    summary: Summary,
}

/// Why a line is not counted: it says so itself, the collector does, or its day does.
enum Why {
    Line(Refused),
    Collector(Dropped),
    Day(&'static str),
}

impl Import<'_> {
    fn read(&mut self, file: &str, show: &mut dyn FnMut(Progress)) -> Result<(), AppError> {
        let named = |error: crate::collect::access_log::LogError| {
            AppError::Import(format!("{file}: {error}"))
        };
        let mut log = match file {
            "-" => AccessLog::from_reader(std::io::stdin()),
            file => AccessLog::open(Path::new(file)),
        }
        .map_err(named)?;
        let before = self.summary.lines;
        loop {
            let outcome = match log.next_entry().map_err(named)? {
                None => break,
                Some(Ok(entry)) => self.count(&entry)?,
                Some(Err(refused)) => Err(Why::Line(refused)),
            };
            let line = log.lines_read();
            self.summary.lines = before + line;
            if let Err(why) = outcome {
                self.refuse(why, file, line);
            }
            if line % PROGRESS_LINES == 0 {
                show(Progress {
                    bytes_read: log.bytes_read(),
                    bytes_total: log.bytes_total(),
                    lines: self.summary.lines,
                });
            }
        }
        Ok(())
    }

    fn refuse(&mut self, why: Why, file: &str, line: u64) {
        let reason = match &why {
            Why::Line(refused) => refused.reason(),
            Why::Collector(dropped) => dropped.reason(),
            Why::Day(reason) => reason,
        };
        *self.summary.refused.entry(reason).or_insert(0) += 1;
        let Why::Line(refused) = why else { return };
        if refused.is_unreadable() && self.summary.bad_lines.len() < BAD_LINES_SHOWN_MAX {
            self.summary.bad_lines.push((file.to_owned(), line, refused.advice()));
        }
    }

    /// Counts one line; an outer error ends the import.
    fn count(&mut self, entry: &Entry<'_>) -> Result<Result<(), Why>, AppError> {
        if let Err(refused) = entry.check_host(|host| self.site.answers_to(host)) {
            return Ok(Err(Why::Line(refused)));
        }
        let judged = match judge(entry) {
            Ok(judged) => judged,
            Err(refused) => return Ok(Err(Why::Line(refused))),
        };
        let day = self.site.zone.day_at(entry.time);
        if day.date >= self.today {
            return Ok(Err(Why::Day("day_not_ended")));
        }
        let place = match self.place_of(&day)? {
            Ok(place) => place,
            Err(why) => return Ok(Err(why)),
        };
        self.summary.without_agents |= entry.layout == Layout::Common;
        let hit = match seal_entry(&self.site, &self.tables, &self.open[place].0, entry, judged) {
            Ok(hit) => hit,
            Err(dropped) => return Ok(Err(Why::Collector(dropped))),
        };
        self.open[place].1.add(&hit);
        Ok(Ok(()))
    }

    /// The day among those that are being counted; closes those that are complete.
    fn place_of(&mut self, day: &ZoneDay) -> Result<Result<usize, Why>, AppError> {
        if let Some(place) = self.open.iter().position(|(_, past)| past.day() == day) {
            return Ok(Ok(place));
        }
        let complete = day.date.saturating_sub(DAYS_AT_ONCE.days());
        while let Some(place) = self.open.iter().position(|(_, past)| past.day().date <= complete) {
            let (_, past) = self.open.remove(place);
            self.close(past)?;
        }
        let is_closed = |dates: &[Date]| dates.contains(&day.date);
        let summary = &self.summary;
        if is_closed(&summary.days_written) || is_closed(&summary.days_known) {
            return Ok(Err(Why::Day("out_of_order")));
        }
        if summary.days_refused.iter().any(|(date, _)| *date == day.date) {
            return Ok(Err(Why::Day("day_refused")));
        }
        let past = Past::open(self.store, &self.site, day.clone())?;
        if past.fate() == Fate::CountedOtherwise {
            self.summary.days_refused.push((day.date, "counted by the beacon"));
            return Ok(Err(Why::Day("day_refused")));
        }
        let salt = Salt::in_memory(day.clone(), &self.machine.random);
        self.open.push((salt, past));
        Ok(Ok(self.open.len() - 1))
    }

    fn close(&mut self, past: Past) -> Result<(), AppError> {
        let (date, hits) = (past.day().date, past.hits());
        if past.fate() == Fate::New && hits > 0 {
            self.note_series(past.day())?;
        }
        match past.close(self.store, &self.site, self.replace)? {
            Fate::New => {
                self.summary.counted += hits;
                self.summary.days_written.push(date);
            }
            Fate::Known => self.summary.days_known.push(date),
            Fate::OtherLines | Fate::CountedOtherwise => {
                self.summary.days_refused.push((date, "imported before from other lines"));
            }
        }
        Ok(())
    }

    /// Registers where a series of imported days begins: before its first day is written, so that
    /// an import that was interrupted leaves no day without it; and once, however often it is run.
    fn note_series(&self, day: &ZoneDay) -> Result<(), AppError> {
        for back in 1..=GAP_DAYS_MAX {
            let date = day.date.saturating_sub(back.days());
            match self.store.past_day(self.site.id, date)? {
                None => {}
                Some((method, _)) if method == Method::AccessLog.name() => return Ok(()),
                Some(_) => break,
            }
        }
        let known = self.store.breaks(&self.site, day.date, day.date)?;
        if known.iter().any(|one| one.kind == BreakKind::Import) {
            return Ok(());
        }
        let said = (String::new(), "counted from access logs".to_owned());
        let one = Break::automatic(self.site.id, day.start(), BreakKind::Import, said);
        self.store.add_break(&one)?;
        Ok(())
    }

    fn finish(mut self) -> Result<Summary, AppError> {
        self.open.sort_by_key(|(_, past)| past.day().date);
        for (_, past) in std::mem::take(&mut self.open) {
            self.close(past)?;
        }
        self.summary.days_written.sort();
        // A log may be older than details are kept.
        self.store.delete_details_before(self.details_from)?;
        self.store.gather_months(self.today)?;
        Ok(self.summary)
    }
}

/// Seals a line as the hit that it counts as.
pub(super) fn seal_entry(
    site: &Site,
    tables: &Tables,
    salt: &Salt,
    entry: &Entry<'_>,
    judged: Judged<'_>,
) -> Result<Hit, Dropped> {
    let host = entry.page_host().unwrap_or(site.host.as_str().into());
    let address_of = |target: &str| format!("https://{host}{target}");
    let referrer = entry.referrer.as_deref();
    let deed = |name: &'static str, target| {
        let deed = Deed { name: name.into(), target, properties: vec![] };
        Meaning { kind: KindOfHit::Event, deed: Some(deed) }
    };
    let (page, meaning) = match judged {
        Judged::View(target) => (address_of(target), Meaning { kind: KindOfHit::View, deed: None }),
        Judged::Missing(target) => (address_of(target), deed(deed_names::MISSING, None)),
        Judged::Download(target) => {
            let document = address_of(target);
            let target = scrubbed_url(&document);
            // The page that the link stands on is the one that led to the document.
            let page = referrer.filter(|from| is_on(site, from)).map_or(document, str::to_owned);
            (page, deed(deed_names::DOWNLOAD, target))
        }
    };
    let arrival = Arrival { page: &page, referrer, ..Arrival::default() };
    let raw = Raw::new(entry.address, entry.agent.clone().into_owned(), arrival);
    let raw = raw.map_err(|error| match error {
        RawError::TooLong => Dropped::UrlTooLong,
        RawError::NotWeb => Dropped::UrlUnusable,
    })?;
    let names_agents = entry.layout != Layout::Common;
    seal_past(site, tables, salt, raw, meaning, entry.time, names_agents)
}

fn is_on(site: &Site, address: &str) -> bool {
    let url = url::Url::parse(address).ok();
    let host = url.as_ref().and_then(|url| url.host_str());
    host.is_some_and(|host| site.answers_to(host))
}
