//! One file: the bytes that were released, or, of a period that goes on, provisional ones.

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::{Metric, Period, Site};
use crate::privacy::{RELEASE_RULE, names_no_value};
use crate::publish::beside::quality_rows;
use crate::publish::columns::FIGURES;
use crate::publish::dataset::{Dataset, Said, label_parts};
use crate::publish::packed::packed;
use crate::publish::table::{Format, Head, Row, Value};
use crate::publish::topic::Topic;
use crate::publish::{GENERATOR, LICENCE, PublishError};
use crate::query::{Cover, Gathered, Provisional, Reader, Shown, Span, Wanted};
use crate::store::{By, Collected, FileContent, Method, Release, Scales, Store};

/// Whose figures.
#[derive(Clone)]
pub struct About {
    /// How a release names it: a host, an organisation, or all.
    pub name: String,
    /// The sites whose lines stand in the file.
    pub sites: Vec<Arc<Site>>,
    /// Is it one site?
    pub is_site: bool,
}

/// Which file.
pub struct Asked<'a> {
    /// Whose figures.
    pub about: &'a About,
    /// Figures, or the quality of days.
    pub topic: Topic,
    /// Which period.
    pub period: Period,
    /// Which revision; nothing for the latest.
    pub revision: Option<u32>,
    /// In which format.
    pub format: &'static dyn Format,
}

/// A file's bytes.
pub enum Content {
    /// As they were released.
    Final(FileContent),
    /// As they are for now.
    Provisional(FileContent),
}

/// Finds the file, or makes it if its period is not released; nothing if there is no such revision.
pub fn file(
    store: &dyn Store,
    provisional: &Provisional,
    asked: &Asked<'_>,
    now: Timestamp,
) -> Result<Option<Content>, PublishError> {
    let (name, format) = (asked.topic.name(), asked.format.extension());
    let found =
        store.released_file(&asked.about.name, asked.period, asked.revision, name, format)?;
    if let Some(found) = found {
        return Ok(Some(Content::Final(found)));
    }
    if asked.revision.is_some() {
        return Ok(None);
    }
    let reader = Reader { store, provisional, now };
    let days = (asked.period.first(), asked.period.last());
    let of_site = |site: &Arc<Site>| store.collected(site, days, now);
    let collected = asked.about.sites.iter().map(of_site).collect::<Result<Vec<_>, _>>()?;
    let release = open_release(asked, &collected);
    let mut rows = Vec::new();
    match asked.topic {
        Topic::Figures(dataset) => {
            for site in &asked.about.sites {
                rows.extend(open_rows(&reader, site, (dataset, asked.period))?);
            }
        }
        Topic::Quality => {
            for row in quality_rows(store, &asked.about.sites, days, now) {
                rows.push(row?);
            }
        }
    }
    let head = open_head(asked, &release);
    let schema = asked.topic.schema();
    let mut rows = rows.into_iter().map(Ok);
    let (file, packed) = packed(asked.format, &head, &schema, &mut rows)?;
    Ok(Some(Content::Provisional(FileContent { release, file, packed })))
}

fn open_head(asked: &Asked<'_>, release: &Release) -> Head {
    let zone = match asked.about.sites.as_slice() {
        [site] => Some(site.zone.name().to_owned()),
        _ => None,
    };
    Head {
        about: asked.about.name.clone(),
        period: Some(asked.period.to_string()),
        time_zone: zone,
        revision: 0,
        released: None,
        reason: None,
        generator: GENERATOR.to_owned(),
        rule: RELEASE_RULE,
        method: release.method.clone(),
        licence: LICENCE.to_owned(),
        synthetic: asked.about.sites.iter().any(|site| site.synthetic),
    }
}

/// What is said of a period that is not released.
fn open_release(asked: &Asked<'_>, collected: &[Collected]) -> Release {
    let (first, last) = (asked.period.first(), asked.period.last());
    let is_used = |method: &Method| {
        collected.iter().any(|of_site| of_site.methods(first, last).contains(method))
    };
    let methods: Vec<_> = Method::ALL.into_iter().filter(is_used).collect();
    Release {
        id: 0,
        about: asked.about.name.clone(),
        period: asked.period,
        revision: 0,
        released: Timestamp::UNIX_EPOCH,
        generator: GENERATOR.to_owned(),
        rule: RELEASE_RULE.to_owned(),
        method: Method::names(&methods),
        reason: None,
        made_of: 0,
    }
}

/// The lines of one site: of the tables of its days, or of their sums.
fn open_rows(
    reader: &Reader<'_>,
    site: &Site,
    (dataset, period): (Dataset, Period),
) -> Result<Vec<Row>, PublishError> {
    let span = Span { first: period.first(), last: period.last() };
    let is_by_day = dataset.is_by_day(period);
    let scales = if is_by_day { Scales::Days } else { Scales::Years };
    let dimensions = (dataset.dimension(period), 0);
    let covers = reader.cover(site, dimensions, span, scales)?.unwrap_or_default();
    if is_by_day || matches!(period, Period::Day(_)) {
        let rows = |cover: &Cover| {
            let said = Said { methods: &cover.methods, rule: RELEASE_RULE };
            dataset.rows(&cover.table, cover.period, said)
        };
        return Ok(covers.iter().flat_map(rows).collect());
    }
    Ok(summed_rows(site, &covers, (dataset, period)))
}

fn summed_rows(site: &Site, covers: &[Cover], (dataset, period): (Dataset, Period)) -> Vec<Row> {
    let dimensions = (dataset.dimension(period), 0);
    let by = By::Value(dimensions.0);
    let wanted = Wanted { by, filters: &[], dimensions, prefix: "" };
    let mut gathered = Gathered::default();
    covers.iter().for_each(|cover| gathered.add(cover, &wanted));
    let metrics: Vec<_> = FIGURES.iter().filter_map(|one| Metric::named(one.name)).collect();
    let mut rows = gathered.rows(&metrics, by);
    rows.sort_by_key(|row| names_no_value(&row.label));
    let period = period.to_string();
    let row = |row: crate::query::Row| {
        let text = |text: &str| Value::Text(text.to_owned());
        let mut cells = vec![text(site.host.as_str()), text(&period)];
        let columns = dataset.columns().len();
        cells.extend(label_parts(&dataset.readable(&row.label), columns).into_iter().map(text));
        cells.extend(row.figures.iter().map(|figure| match figure {
            Shown::Count(count) => Value::Integer(*count),
            Shown::Ratio(_) | Shown::Withheld | Shown::NotCollected => Value::Nothing,
        }));
        // The period goes on, so whatever is shown of it is provisional.
        let obs_status = if row.obs_status == "A" { "P" } else { row.obs_status };
        let conf_status = row.conf_status.unwrap_or_default();
        let method = row.method();
        cells.extend([method.as_str(), RELEASE_RULE, obs_status, conf_status].map(text));
        cells
    };
    rows.into_iter().map(row).collect()
}
