//! The files of several sites: of an organisation, and of all. Their lines are those that each site
//! has released, and nothing is added up.

use std::sync::Arc;

use hashbrown::HashMap;

use crate::model::{Period, Site};
use crate::privacy::RELEASE_RULE;
use crate::privacy::disclosure::audit::Record;
use crate::publish::beside::quality_rows;
use crate::publish::dataset::{Dataset, Said};
use crate::publish::format::FORMATS;
use crate::publish::making::{Nightly, Outcome, days_of, line_methods, next_release};
use crate::publish::packed::packed;
use crate::publish::table::{Head, Row};
use crate::publish::topic::{Topic, topics};
use crate::publish::{LICENCE, PublishError};
use crate::store::{Method, NewRelease, Release, members};

/// Whose files are those of every site.
pub const ALL: &str = "all";

/// Before the name of an organisation, where a release says whose it is: no host has a colon.
pub(super) const ORGANISATION: &str = "organisation:";

/// How a release names an organisation.
pub fn about_organisation(slug: &str) -> String {
    format!("{ORGANISATION}{slug}")
}

/// How a release names what lies in this folder below the portal.
pub fn about_of_folder(folder: &str) -> String {
    let below = folder.trim_start_matches("/data/");
    match below.strip_prefix("organisations/") {
        Some(slug) => about_organisation(slug),
        None => below.to_owned(),
    }
}

type OfSite = (Arc<Site>, HashMap<Period, Release>);

/// Several sites whose lines stand in one file.
struct Group<'a> {
    about: String,
    sites: Vec<&'a OfSite>,
}

/// Makes what is due of every organisation and of all sites.
pub(super) fn release(
    nightly: &Nightly<'_>,
    all: &[OfSite],
    outcome: &mut Outcome,
) -> Result<(), PublishError> {
    let organisations = nightly.store.organisations()?;
    let mut groups = vec![Group { about: ALL.to_owned(), sites: all.iter().collect() }];
    for one in &organisations {
        let within = members(&organisations, one.id);
        let is_within = |of: &&OfSite| of.0.organisation.is_some_and(|id| within.contains(&id));
        let sites = all.iter().filter(is_within).collect();
        groups.push(Group { about: about_organisation(&one.slug), sites });
    }
    for group in &groups {
        let latest = nightly.store.latest_releases(&group.about)?;
        let latest: HashMap<Period, Release> =
            latest.into_iter().map(|one| (one.period, one)).collect();
        for (period, made_of) in group.complete(nightly) {
            if (nightly.is_stopped)() {
                return Ok(());
            }
            let before = latest.get(&period);
            if before.is_none_or(|before| before.made_of != made_of) {
                group.make(nightly, period, made_of, before, outcome)?;
            }
        }
    }
    Ok(())
}

impl Group<'_> {
    /// The periods that every site with figures in them has released, and their revisions added up.
    fn complete(&self, nightly: &Nightly<'_>) -> Vec<(Period, i64)> {
        let mut revisions: HashMap<Period, i64> = HashMap::new();
        for (_, latest) in &self.sites {
            for (period, release) in latest {
                *revisions.entry(*period).or_default() += i64::from(release.revision);
            }
        }
        let is_complete = |period: &Period| {
            self.sites.iter().all(|(site, latest)| {
                let has_begun = latest.keys().any(|one| one.first() <= period.last());
                let has_ended = period.last() < site.zone.day_at(nightly.now).date;
                has_ended && (latest.contains_key(period) || !has_begun)
            })
        };
        let mut periods: Vec<_> =
            revisions.into_iter().filter(|(period, _)| is_complete(period)).collect();
        periods.sort_by_key(|(period, _)| (period.last(), period.first()));
        periods
    }

    fn make(
        &self,
        nightly: &Nightly<'_>,
        period: Period,
        made_of: i64,
        before: Option<&Release>,
        outcome: &mut Outcome,
    ) -> Result<(), PublishError> {
        let with = self.sites.iter().filter_map(|(_, latest)| latest.get(&period));
        let used: Vec<&str> = with.flat_map(|release| release.method.split(',')).collect();
        let mut methods = Method::ALL.to_vec();
        methods.retain(|method| used.contains(&method.name()));
        let method = Method::names(&methods);
        let release = next_release(&self.about, (period, made_of), nightly.now, method, before);
        let head = self.head(&release);
        let mut files = Vec::new();
        for topic in topics() {
            if (nightly.is_stopped)() {
                return Ok(());
            }
            let schema = topic.schema();
            for format in FORMATS {
                let sites = self.sites.iter();
                let of_site = |(site, latest): &&OfSite| {
                    rows_of(nightly, site, latest.get(&period), topic, period)
                };
                let mut rows = sites.flat_map(of_site);
                files.push(packed(format, &head, &schema, &mut rows)?);
            }
        }
        let new = NewRelease {
            release,
            site: None,
            tables: Vec::new(),
            files,
            record: Record::default(),
        };
        if nightly.store.put_release(&new)? {
            outcome.released += 1;
        }
        Ok(())
    }

    fn head(&self, release: &Release) -> Head {
        Head {
            about: release.about.clone(),
            period: Some(release.period.to_string()),
            time_zone: None,
            revision: release.revision,
            released: Some(release.released),
            reason: release.reason.clone(),
            generator: release.generator.clone(),
            rule: RELEASE_RULE,
            method: release.method.clone(),
            licence: LICENCE.to_owned(),
            synthetic: self.sites.iter().any(|(site, _)| site.synthetic),
        }
    }
}

/// The lines of one site; those of other sites are not in memory meanwhile.
fn rows_of(
    nightly: &Nightly<'_>,
    site: &Arc<Site>,
    release: Option<&Release>,
    topic: Topic,
    period: Period,
) -> Vec<std::io::Result<Row>> {
    let read = || -> Result<Vec<Row>, PublishError> {
        let Some(release) = release else { return Ok(Vec::new()) };
        let store = nightly.store;
        let dataset: Dataset = match topic {
            Topic::Figures(dataset) => dataset,
            Topic::Quality => {
                let days = (period.first(), period.last());
                let rows = quality_rows(store, std::slice::from_ref(site), days, nightly.now);
                return Ok(rows.collect::<Result<_, _>>()?);
            }
        };
        if dataset.is_by_day(period) {
            return days_of(store, site, period);
        }
        let table = store.released_table(site, (dataset.dimension(period), 0), period)?;
        let methods = line_methods(nightly, site, (dataset.dimension(period), 0), period)?;
        let said = Said { methods: &methods, rule: &release.rule };
        let rows = table.map(|table| dataset.rows(&table, period, said));
        Ok(rows.unwrap_or_default())
    };
    match read() {
        Ok(rows) => rows.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(std::io::Error::other(error.to_string()))],
    }
}
