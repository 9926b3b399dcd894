//! The release at the end of each local day: what is due of each site, whether it may be published,
//! and its files.

use std::sync::Arc;

use hashbrown::HashMap;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::{Period, Site, ZoneDay};
use crate::privacy::RELEASE_RULE;
use crate::privacy::disclosure::secret::RoundingSecret;
use crate::publish::PublishError;
use crate::publish::beside::quality_rows;
use crate::publish::dataset::{Dataset, Said};
use crate::publish::format::FORMATS;
use crate::publish::making::{
    NOTHING_COLLECTED, Nightly, Outcome, days_of, line_methods, next_release,
};
use crate::publish::packed::packed;
use crate::publish::table::{Head, Row};
use crate::publish::together;
use crate::publish::topic::{Topic, topics};
use crate::release::{Decided, ReleasePlan};
use crate::store::{MADE_AGAIN, NewRelease, NewTable, Release, ReleasedFile, WHOLE_SITE};

/// Why nothing is released without the secret.
pub const NO_SECRET: &str = "nothing is released: the secret by which figures are rounded is \
    missing or another one than before; put DATA/disclosure.secret back, or begin a new series \
    with `parvis release new-secret`";

/// What was released of a site: the latest revision of each period.
type Latest = HashMap<Period, Release>;

/// The files of a release, packed.
type Files = Vec<(ReleasedFile, Vec<u8>)>;

impl Nightly<'_> {
    /// Makes every release that is due: days, then the months and years that they complete, then
    /// the files of several sites.
    pub fn run(&self) -> Result<Outcome, PublishError> {
        let mut outcome = Outcome::default();
        let known = self.store.secret_fingerprint()?;
        let is_known = |secret: &RoundingSecret| known == Some(secret.fingerprint().to_vec());
        if !self.secret.is_some_and(is_known) {
            outcome.refused.push(NO_SECRET.to_owned());
            return Ok(outcome);
        }
        let sites: Vec<_> = self.store.sites()?.into_iter().map(Arc::new).collect();
        let mut all = Vec::new();
        for site in &sites {
            let latest = self.release_site(site, &mut outcome)?;
            all.push((site.clone(), latest));
        }
        together::release(self, &all, &mut outcome)?;
        Ok(outcome)
    }

    fn release_site(
        &self,
        site: &Arc<Site>,
        outcome: &mut Outcome,
    ) -> Result<Latest, PublishError> {
        let releases = self.store.latest_releases(site.host.as_str())?;
        let mut latest: Latest = releases.into_iter().map(|one| (one.period, one)).collect();
        let Some(first) = self.store.first_day(site)? else { return Ok(latest) };
        let changes: HashMap<Date, i64> = self.store.day_changes(site)?.into_iter().collect();
        let today = site.zone.day_at(self.now).date;
        let collected = self.store.collected(site, (first, today), self.now)?;
        let mut end = first;
        for date in first.series(1.day()).take_while(|date| *date < today) {
            let day = ZoneDay { zone: site.zone.clone(), date };
            if (self.is_open)(&day) || (self.is_stopped)() {
                break;
            }
            let made_of = match changes.get(&date) {
                Some(change) => *change,
                None if collected.on(date).is_some() => 0,
                None => self.made_of_gap(site, date, &latest)?,
            };
            let due = Due { site, period: Period::Day(date), made_of };
            if !self.make(&due, &mut latest, outcome)? {
                break;
            }
            end = date.saturating_add(1.day());
        }
        for period in complete(first, end) {
            if (self.is_stopped)() {
                break;
            }
            let made_of = revisions_within(&latest, period);
            self.make(&Due { site, period, made_of }, &mut latest, outcome)?;
        }
        Ok(latest)
    }

    /// What the release of a day is made of that nobody collected. Earlier versions published such
    /// days as zeros: those are revised. The files of a site of this host that was removed are not.
    fn made_of_gap(&self, site: &Site, date: Date, latest: &Latest) -> Result<i64, PublishError> {
        let period = Period::Day(date);
        let Some(before) = latest.get(&period) else { return Ok(NOTHING_COLLECTED) };
        let table = self.store.released_table(site, (WHOLE_SITE, 0), period)?;
        let is_wrong = table.is_some_and(|table| !table.was_not_collected());
        Ok(if is_wrong { NOTHING_COLLECTED } else { before.made_of })
    }

    /// Makes one release, if it is due; says whether it is there.
    fn make(
        &self,
        due: &Due<'_>,
        latest: &mut Latest,
        outcome: &mut Outcome,
    ) -> Result<bool, PublishError> {
        let before = latest.get(&due.period);
        if before.is_some_and(|before| before.made_of == due.made_of) {
            return Ok(true);
        }
        let (site, period) = (due.site, due.period);
        let findings = match period {
            Period::Day(date) => self.store.check_day(site, date)?,
            Period::Month(_) | Period::Year(_) => Vec::new(),
        };
        if !findings.is_empty() {
            let what = findings.join("; ");
            outcome.refused.push(format!("{} {period} is not published: {what}", site.host));
            return Ok(false);
        }
        let release = self.next(site, period, due.made_of, before)?;
        let Some(secret) = self.secret else { return Ok(false) };
        let plan = ReleasePlan { store: self.store, site, now: self.now, secret };
        let Decided { tables, record } = plan.tables(period)?;
        let Some(files) = self.files(site, &release, &tables)? else { return Ok(false) };
        if record.failed > 0 {
            let (host, failed) = (&site.host, record.failed);
            tracing::info!("{host} {period}: {failed} lines or tables are withheld by the audit");
        }
        let new = NewRelease { release, site: Some(site), tables, files, record };
        if self.store.put_release(&new)? {
            outcome.released += 1;
        }
        latest.insert(period, new.release);
        Ok(true)
    }

    fn next(
        &self,
        site: &Site,
        period: Period,
        made_of: i64,
        before: Option<&Release>,
    ) -> Result<Release, PublishError> {
        let (first, last) = (period.first(), period.last());
        let method = self.store.collected(site, (first, last), self.now)?.method_names(first, last);
        let mut next =
            next_release(site.host.as_str(), (period, made_of), self.now, method, before);
        if before.is_some_and(|before| before.made_of == MADE_AGAIN) {
            let withdrawn = self.store.withdrawals(site, period)?;
            let last = withdrawn.last();
            next.reason = last.map(|one| one.reason.clone()).or(next.reason);
        }
        Ok(next)
    }

    /// The files of a release; nothing if it is time to stop.
    fn files(
        &self,
        site: &Arc<Site>,
        release: &Release,
        tables: &[NewTable],
    ) -> Result<Option<Files>, PublishError> {
        let head = head(site, release);
        let mut files = Vec::new();
        for topic in topics() {
            if (self.is_stopped)() {
                return Ok(None);
            }
            let rows = match topic {
                Topic::Figures(dataset) => self.rows(site, dataset, release, tables)?,
                Topic::Quality => {
                    let (days, sites) = (release.period, std::slice::from_ref(site));
                    let days = (days.first(), days.last());
                    quality_rows(self.store, sites, days, self.now).collect::<Result<_, _>>()?
                }
            };
            let schema = topic.schema();
            for format in FORMATS {
                let mut rows = rows.iter().map(|row| Ok(row.clone()));
                files.push(packed(format, &head, &schema, &mut rows)?);
            }
        }
        Ok(Some(files))
    }

    fn rows(
        &self,
        site: &Site,
        dataset: Dataset,
        release: &Release,
        tables: &[NewTable],
    ) -> Result<Vec<Row>, PublishError> {
        let period = release.period;
        if dataset.is_by_day(period) {
            return days_of(self.store, site, period);
        }
        let code = dataset.dimension(period);
        let table = tables.iter().find(|table| (table.first, table.second) == (code, 0));
        let methods = line_methods(self, site, (code, 0), period)?;
        let said = Said { methods: &methods, rule: &release.rule };
        let rows = table.map(|table| dataset.rows(&table.published, period, said));
        Ok(rows.unwrap_or_default())
    }
}

/// One release that may be due.
struct Due<'a> {
    site: &'a Arc<Site>,
    period: Period,
    made_of: i64,
}

/// What the files of a release say of themselves.
fn head(site: &Site, release: &Release) -> Head {
    Head {
        about: release.about.clone(),
        period: Some(release.period.to_string()),
        time_zone: Some(site.zone.name().to_owned()),
        revision: release.revision,
        released: Some(release.released),
        reason: release.reason.clone(),
        generator: release.generator.clone(),
        rule: RELEASE_RULE,
        method: release.method.clone(),
        licence: site.rules.licence.name().to_owned(),
        synthetic: site.synthetic,
    }
}

/// The months and years that end before a day and of which at least a day was counted: every month
/// before its year.
fn complete(first: Date, end: Date) -> Vec<Period> {
    let months = first.first_of_month().series(1.month());
    let months = months.take_while(|month| month.last_of_month() < end);
    let mut periods: Vec<_> = months.map(Period::Month).collect();
    let years = first.first_of_year().series(1.year());
    periods.extend(years.take_while(|year| year.last_of_year() < end).map(Period::Year));
    periods
}

/// The revisions of the days of a month, or of the months of a year, added up.
fn revisions_within(latest: &Latest, period: Period) -> i64 {
    let is_part = |part: Period| match (period, part) {
        (Period::Month(_), Period::Day(_)) | (Period::Year(_), Period::Month(_)) => {
            part.first() >= period.first() && part.last() <= period.last()
        }
        _ => false,
    };
    let parts = latest.iter().filter(|(part, _)| is_part(**part));
    parts.map(|(_, release)| i64::from(release.revision)).sum()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_complete_when_its_last_day_is_closed() {
        let complete = |first, end| {
            let periods = complete(first, end).into_iter();
            periods.map(|period| period.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(complete(date(2026, 10, 5), date(2026, 10, 31)), Vec::<String>::new());
        assert_eq!(complete(date(2026, 10, 5), date(2026, 11, 1)), ["2026-10"]);
        let year = complete(date(2025, 11, 30), date(2026, 1, 1));
        assert_eq!(year, ["2025-11", "2025-12", "2025"]);
    }
}
