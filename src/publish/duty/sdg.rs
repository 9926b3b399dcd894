//! The statistics of the Single Digital Gateway (Implementing Regulation (EU) 2020/1121, article
//! 3): visits of each page by country and class of device, for a month that is final.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::dimension::{self, Joined, PAGE, UNKNOWN};
use crate::model::address::path_key;
use crate::model::{Metric, Period, Site};
use crate::privacy::{Figure, Published};
use crate::publish::PublishError;
use crate::store::{Release, Store};

/// The dimension that is crossed with the page.
const COUNTRY_DEVICE: &str = "country_device";

/// What ISO 3166-1 calls GR has another code in the documents of the European Union, and the
/// gateway takes that one.
const OTHER_CODES: [(&str, &str); 1] = [("GR", "EL")];

/// Classes of device, as they are here and as the gateway names them. All others are `Others`.
const DEVICES: [(&str, &str); 3] =
    [("desktop", "PC"), ("mobile", "Smartphone"), ("tablet", "Tablet")];

/// A month for the gateway, in the words of its interface.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SdgPayload {
    reference_period: ReferencePeriod,
    transfer_date: String,
    transfer_type: &'static str,
    nb_entries: usize,
    sources: Vec<Source>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ReferencePeriod {
    start_date: String,
    end_date: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Source {
    source_url: String,
    statistics: Vec<Statistic>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Statistic {
    nb_visits: u64,
    originating_country: String,
    device_type: &'static str,
}

/// What the payload has no room for.
#[derive(Debug, Serialize)]
pub struct SdgNote {
    site: String,
    period: String,
    time_zone: String,
    revision: u32,
    released: String,
    rule: String,
    visitors_min: u64,
    method: String,
    licence: &'static str,
    synthetic: bool,
    /// Sources in the payload, their statistics and the visits in them.
    sources: usize,
    statistics: usize,
    visits: u64,
    /// Pages that everybody may know of, and all of whose statistics are withheld.
    pages_without_statistics: usize,
    /// Why statistics are withheld, as SDMX CL_CONF_STATUS; nothing if none is.
    withheld: Option<&'static str>,
    /// Visits of no known country: the payload has no code for them.
    unknown_country_visits: u64,
    /// Pages that were asked for and have no statistics.
    pub missing: Vec<String>,
    notes: [&'static str; 3],
}

/// The month, or why there is none.
#[derive(Debug)]
pub enum Sdg {
    /// The payload, and what stands beside it.
    Made(Box<(SdgPayload, SdgNote)>),
    /// The month goes on, or is not released yet.
    Open,
    /// It was released by a version that did not keep the three breakdowns together.
    NotKept,
}

/// The visits of a page, by country and class of device in the words of the gateway.
type Cells = BTreeMap<(String, &'static str), u64>;

/// The visits of every page.
#[derive(Default)]
struct Pages {
    pages: BTreeMap<String, Cells>,
    unknown_country_visits: u64,
}

/// Makes a month of a site: of all its pages, or of these paths. The same release makes the same
/// bytes for ever.
pub fn sdg(
    store: &dyn Store,
    site: &Site,
    month: Period,
    only: Option<&[String]>,
) -> Result<Sdg, PublishError> {
    let Some(release) = store.release(site.host.as_str(), month)? else { return Ok(Sdg::Open) };
    let Some(both) = dimension::named(COUNTRY_DEVICE) else { return Ok(Sdg::NotKept) };
    let Some(table) = store.released_table(site, (PAGE, both.code), month)? else {
        return Ok(Sdg::NotKept);
    };
    let known = store.released_table(site, (PAGE, 0), month)?;
    let keys: Option<Vec<_>> = only.map(|only| only.iter().map(|one| path_key(one)).collect());
    let wanted = |page: &str| keys.as_ref().is_none_or(|keys| keys.iter().any(|one| one == page));
    let found = pages(&table, &wanted);
    let lines = known.iter().flat_map(Published::lines);
    let shown = lines.filter(|line| !line.is_withheld() && wanted(line.label));
    let bare = shown.filter(|line| !found.pages.contains_key(line.label)).count();
    let asked = only.unwrap_or_default().iter();
    let missing = asked.filter(|page| !found.pages.contains_key(&path_key(page)));
    let missing = missing.cloned().collect();
    let note = note(site, &release, &table, &found, (bare, missing));
    let payload = payload(site, &release, found);
    Ok(Sdg::Made(Box::new((payload, note))))
}

fn pages(table: &Published, wanted: &dyn Fn(&str) -> bool) -> Pages {
    let mut found = Pages::default();
    for line in table.lines().filter(|line| !line.is_withheld()) {
        // Lines that stand for many pages are no page.
        if !line.label.starts_with('/') || !wanted(line.label) {
            continue;
        }
        let (Some([country, device]), Figure::Rounded(visits)) =
            (Joined::split(line.second), line.figure(Metric::Visits))
        else {
            continue;
        };
        if country == UNKNOWN {
            found.unknown_country_visits += visits;
            continue;
        }
        let key = (country_code(country), device_type(device));
        if visits > 0 {
            *found.pages.entry(line.label.to_owned()).or_default().entry(key).or_default() +=
                visits;
        }
    }
    found
}

fn country_code(country: &str) -> String {
    let other = OTHER_CODES.iter().find(|(code, _)| *code == country);
    other.map_or(country, |(_, code)| code).to_owned()
}

fn device_type(device: &str) -> &'static str {
    DEVICES.iter().find(|(name, _)| *name == device).map_or("Others", |(_, said)| said)
}

fn payload(site: &Site, release: &Release, found: Pages) -> SdgPayload {
    let sources: Vec<Source> = found
        .pages
        .into_iter()
        .map(|(page, cells)| Source {
            source_url: format!("https://{}{page}", site.host),
            statistics: cells
                .into_iter()
                .map(|((originating_country, device_type), nb_visits)| Statistic {
                    nb_visits,
                    originating_country,
                    device_type,
                })
                .collect(),
        })
        .collect();
    let (first, last) = (release.period.first(), release.period.last());
    SdgPayload {
        reference_period: ReferencePeriod {
            start_date: format!("{first}T00:00:00Z"),
            end_date: format!("{last}T23:59:59Z"),
        },
        transfer_date: release.released.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        transfer_type: "API",
        nb_entries: sources.len(),
        sources,
    }
}

fn note(
    site: &Site,
    release: &Release,
    table: &Published,
    found: &Pages,
    (bare, missing): (usize, Vec<String>),
) -> SdgNote {
    let cells = found.pages.values().flatten();
    let withheld = table.remainder().or_else(|| {
        let mut lines = table.lines();
        lines.find(|line| line.is_withheld()).map(|line| line.conf_status)
    });
    SdgNote {
        site: site.host.to_string(),
        period: release.period.to_string(),
        time_zone: site.zone.name().to_owned(),
        revision: release.revision,
        released: release.released.to_string(),
        rule: release.rule.clone(),
        visitors_min: table.visitors_min(),
        method: release.method.clone(),
        licence: site.rules.licence.name(),
        synthetic: site.synthetic,
        sources: found.pages.len(),
        statistics: cells.clone().count(),
        visits: cells.map(|(_, visits)| visits).sum(),
        pages_without_statistics: bare,
        withheld: withheld.map(|code| code.code()),
        unknown_country_visits: found.unknown_country_visits,
        missing,
        notes: [
            "Visits are rounded to a ten beside. Statistics whose readers come from fewer \
             networks than about visitors_min are left out.",
            "Days are those of the time zone; the payload names the calendar month.",
            "A visit that read several pages is counted at each of them.",
        ],
    }
}
