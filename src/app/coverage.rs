//! `parvis coverage`: how much of a site the tag measures, from the pages that its sitemap lists
//! and from the page views in its access logs.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use hashbrown::HashSet;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::app::import::{Calendar, NEAR_MIDNIGHT, Plan, Repeats, Seen, Source, seal_entry};
use crate::app::{AppError, Machine, running, sitemap, sites};
use crate::collect::access_log::{Judged, LogError, judge};
use crate::config::Config;
use crate::model::address::readable;
use crate::model::{Period, Site, ZoneDay, details_from};
use crate::privacy::{PastKeys, page_path};
use crate::signal::Tables;
use crate::store::{Coverage, CoverageSource, Figures, Quality, Sites, SqliteStore, StoreError};

/// Pages that were not seen and are shown to the operator.
const UNSEEN_SHOWN_MAX: usize = 20;

/// What is measured.
#[derive(Clone, Debug, Default)]
pub struct CoverageOptions {
    /// The site's host.
    pub site: String,
    /// Files and addresses of its sitemap; without any, and without logs, the usual address.
    pub sitemaps: Vec<String>,
    /// Access logs to compare the tag's page views with.
    pub access_logs: Vec<String>,
    /// The days that are looked at: a day, a month or a year; without it the last whole month.
    pub period: Option<String>,
}

/// Measures how much of a site the tag reaches, keeps it, and says it.
pub fn measure_coverage(
    data: &Path,
    config: &Config,
    options: &CoverageOptions,
    machine: &Machine,
) -> Result<String, AppError> {
    let host = sites::parse(&options.site)?;
    let store = SqliteStore::open(data)?;
    let site = store.sites()?.into_iter().find(|site| site.host == host);
    let site = site.ok_or_else(|| StoreError::NoSite(host.to_string()))?;
    let now = (machine.clock)();
    let mut said = String::new();
    if options.access_logs.is_empty() || !options.sitemaps.is_empty() {
        let period = period(&site, options.period.as_deref(), now)?;
        let oldest = details_from(now, config.retention_months);
        if period.first() < oldest {
            let why = format!("pages are kept from {oldest} on: choose a later period");
            return Err(AppError::Misuse(why));
        }
        let measure = Measure { store: &store, site: &site, now };
        measure.sitemap(&options.sitemaps, period, &mut said)?;
    }
    if !options.access_logs.is_empty() {
        let views = Views {
            site: &site,
            tables: running::tables(config)?,
            machine,
            repeats: Repeats::default(),
            days: BTreeMap::new(),
        };
        Measure { store: &store, site: &site, now }.logs(views, &options.access_logs, &mut said)?;
    }
    Ok(said)
}

fn period(site: &Site, typed: Option<&str>, now: Timestamp) -> Result<Period, AppError> {
    let today = site.zone.day_at(now).date;
    let Some(typed) = typed else { return Ok(Period::Month(today.first_of_month()).previous()) };
    let period: Period = typed.parse().map_err(|error| AppError::Misuse(format!("{error}")))?;
    if period.first() > today {
        return Err(AppError::Misuse(format!("{period} has not begun: choose an earlier period")));
    }
    Ok(period)
}

struct Measure<'a> {
    store: &'a SqliteStore,
    site: &'a Site,
    now: Timestamp,
}

impl Measure<'_> {
    fn sitemap(
        &self,
        sources: &[String],
        period: Period,
        said: &mut String,
    ) -> Result<(), AppError> {
        let Self { store, site, .. } = self;
        if store.methods(site, period.first(), period.last())?.is_empty() {
            let why = format!(
                "nothing of {} was counted in {period}: name another with --period",
                site.host
            );
            return Err(AppError::Misuse(why));
        }
        let usual = [format!("https://{}/sitemap.xml", site.host)];
        let listed = sitemap::pages(site, if sources.is_empty() { &usual } else { sources })?;
        let of_site = listed.iter().filter_map(|address| page_path(address, site));
        let mut paths: Vec<String> = Vec::new();
        let mut known = HashSet::new();
        let mut foreign = listed.len();
        for path in of_site {
            foreign -= 1;
            if known.insert(path.clone()) {
                paths.push(path.into());
            }
        }
        if paths.is_empty() {
            let why = format!("the sitemap lists no page of {} or its aliases", site.host);
            return Err(AppError::Coverage(why));
        }
        let are_seen = store.pages_seen(site, &paths, period.first(), period.last())?;
        let seen = are_seen.iter().filter(|is_seen| **is_seen).count();
        let (listed, seen) = (paths.len() as u64, seen as u64);
        let one = self.keep(CoverageSource::Sitemap, period.to_string(), (listed, seen))?;
        let percent = one.percent().unwrap_or_default();
        let _ = writeln!(
            said,
            "Of {listed} pages in the sitemap, {seen} were seen in {period}: {percent} %."
        );
        if foreign > 0 {
            let _ = writeln!(said, "{foreign} listed addresses are of other hosts and left out.");
        }
        let unseen = paths.iter().zip(&are_seen).filter(|(_, is_seen)| !**is_seen);
        for (path, _) in unseen.take(UNSEEN_SHOWN_MAX) {
            let _ = writeln!(said, "not seen: {}", readable(path));
        }
        Ok(())
    }

    fn logs(
        &self,
        mut views: Views<'_>,
        files: &[String],
        said: &mut String,
    ) -> Result<(), AppError> {
        let plan = Plan::look(files, &self.site.zone, &mut |_| ()).map_err(AppError::Coverage)?;
        for source in plan.sources.iter().filter(|source| source.same_as.is_none()) {
            views.read(&plan, source)?;
        }
        let today = self.site.zone.day_at(self.now).date;
        let whole: Vec<_> =
            views.whole_days().into_iter().filter(|(date, _)| *date < today).collect();
        let dates: Vec<Date> = whole.iter().map(|(date, _)| *date).collect();
        let by_tag = self.store.views_of_tag(self.site, &dates)?;
        let both =
            whole.iter().zip(&by_tag).filter_map(|((date, log), tag)| Some((*date, *log, (*tag)?)));
        let both: Vec<_> = both.collect();
        let (Some((first, ..)), Some((last, ..))) = (both.first(), both.last()) else {
            let why = "the logs have no whole day on which the tag counted too: give the logs of \
                       such days";
            return Err(AppError::Coverage(why.to_owned()));
        };
        let log: u64 = both.iter().map(|(_, log, _)| log).sum();
        let tag: u64 = both.iter().map(|(_, _, tag)| tag).sum();
        let period = format!("{first}/{last}");
        let one = self.keep(CoverageSource::AccessLog, period, (log, tag))?;
        let (days, percent) = (both.len(), one.percent().unwrap_or_default());
        let _ = writeln!(
            said,
            "On {days} days the logs have {log} page views and the tag counted {tag}: {percent} %."
        );
        Ok(())
    }

    fn keep(
        &self,
        source: CoverageSource,
        period: String,
        (listed, seen): (u64, u64),
    ) -> Result<Coverage, AppError> {
        let (site, measured) = (self.site.id, self.now);
        let one = Coverage { site, measured, period, source, listed, seen };
        self.store.add_coverage(&one)?;
        Ok(one)
    }
}

/// What the logs have of one day.
struct LogDay {
    first: Timestamp,
    last: Timestamp,
    views: u64,
    keys: PastKeys,
}

/// Page views in access logs, day by day, by the same rules as an import.
struct Views<'a> {
    site: &'a Site,
    tables: Tables,
    machine: &'a Machine,
    repeats: Repeats,
    days: BTreeMap<Date, LogDay>,
}

impl Views<'_> {
    /// Reads one log. Of a stretch in its middle that an earlier log has, the first line counts.
    fn read(&mut self, plan: &Plan, source: &Source) -> Result<(), AppError> {
        let named = |error: LogError| AppError::Coverage(format!("{}: {error}", source.name));
        let mut log = source.open().map_err(named)?;
        let mut calendar = Calendar::new(&self.site.zone);
        while log.advance().map_err(named)? {
            let Ok(entry) = log.entry() else { continue };
            let day = calendar.day(entry.time);
            let shared = plan.is_shared(day.date).then(|| (day.date, log.line_hash()));
            if self.repeats.see(shared) == Seen::Again {
                continue;
            }
            if entry.check_host(|host| self.site.answers_to(host)).is_err() {
                continue;
            }
            let of_day = self.days.entry(day.date).or_insert_with(|| LogDay {
                first: entry.time,
                last: entry.time,
                views: 0,
                keys: PastKeys::in_memory(day.clone(), &self.machine.random),
            });
            of_day.first = of_day.first.min(entry.time);
            of_day.last = of_day.last.max(entry.time);
            if let Ok(judged @ Judged::View(_)) = judge(&entry, &self.site.rules.downloads)
                && seal_entry(self.site, &self.tables, &of_day.keys, &entry, judged).is_ok()
            {
                of_day.views += 1;
            }
        }
        self.repeats.end_log();
        Ok(())
    }

    /// The days that lie whole in the logs, with their page views.
    fn whole_days(&self) -> Vec<(Date, u64)> {
        let is_whole = |(date, of): &(&Date, &LogDay)| {
            let day = ZoneDay { zone: self.site.zone.clone(), date: **date };
            let has = |date: Date| self.days.contains_key(&date);
            let begins =
                has(date.saturating_sub(1.day())) || of.first <= day.start() + NEAR_MIDNIGHT;
            let ends = has(date.saturating_add(1.day())) || of.last >= day.end() - NEAR_MIDNIGHT;
            begins && ends
        };
        self.days.iter().filter(is_whole).map(|(date, of)| (*date, of.views)).collect()
    }
}
