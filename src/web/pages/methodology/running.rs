//! The lists of the methodology that the running configuration decides: the sites' rules, the
//! versions in use, the breaks so far.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{OnRefusal, Site, SiteRules, Words};
use crate::privacy::RELEASE_RULE;
use crate::publish::GENERATOR;
use crate::publish::beside::REFUSALS;
use crate::store::{Store, StoreError};
use crate::web::frame::Frame;
use crate::web::locale::Locale;
use crate::web::pages::breaks::{JoinedBreak, joined};

/// Breaks that the page lists; the register has them all.
const BREAKS_SHOWN_MAX: usize = 20;

/// The parts of the collector in the order in which readers look for them; others come after.
const PARTS: [&str; 7] =
    ["counting", "tracker", "crawler-user-agents", "isbot", "uap-core", "countries", "referrers"];

/// Parts of the collector whose value is the operator's own affair: only its length is told.
const PRIVATE_PARTS: [&str; 2] = ["excluded_networks", "trusted_proxies"];

/// A site whose rules differ from the default.
pub struct SiteLine {
    pub host: String,
    pub path: String,
    pub profile: &'static str,
    pub gpc: &'static str,
    pub dnt: &'static str,
    pub visitors_min: u64,
    pub licence: &'static str,
    pub declared: String,
}

/// One break.
pub struct BreakLine {
    pub moment: String,
    pub day: String,
    pub host: String,
    pub note: String,
    pub kinds: Vec<&'static str>,
}

/// The sites whose rules differ from the default.
pub fn sites(locale: &Locale, all: &[Arc<Site>]) -> Vec<SiteLine> {
    let is_default = |site: &Site| {
        // Whom readers may ask is no rule of counting or publishing.
        let rules = SiteRules { contact: None, ..site.rules.clone() };
        rules == SiteRules::default() && site.query_kept.is_empty()
    };
    let differing = all.iter().filter(|site| !is_default(site));
    differing
        .map(|site| SiteLine {
            host: site.host.to_string(),
            path: format!("/sites/{}", site.host),
            profile: site.rules.profile.name(),
            gpc: locale.of(refusal(site.rules.gpc)),
            dnt: locale.of(refusal(site.rules.dnt)),
            visitors_min: site.rules.visitors_min,
            licence: locale.of(site.rules.licence.title()),
            declared: declared(locale, site),
        })
        .collect()
}

/// What a decision on a signal does, in words.
pub fn refusal(decision: OnRefusal) -> Words {
    let found = REFUSALS.iter().find(|(name, _)| *name == decision.name());
    found.map_or(Words::new(decision.name(), decision.name()), |(_, words)| *words)
}

fn declared(locale: &Locale, site: &Site) -> String {
    let rules = &site.rules;
    let sections = rules.readable_sections().into_iter().map(Cow::into_owned).collect();
    let lists = [
        ("methodology-declared-sections", &sections),
        ("methodology-declared-features", &rules.features),
        ("methodology-declared-searches", &rules.search_parameters),
        ("methodology-declared-downloads", &rules.downloads),
        ("methodology-declared-query", &site.query_kept),
    ];
    let said = lists.into_iter().filter(|(_, list)| !list.is_empty());
    let said = said.map(|(key, list)| locale.say(key).with("list", list.join(", ")).to_string());
    said.collect::<Vec<_>>().join(" – ")
}

/// What counting depends on, with the version in use.
pub fn versions(locale: &Locale, store: &dyn Store) -> Result<Vec<(String, String)>, StoreError> {
    let named = |name: &str| {
        let key = format!("methodology-version-{name}");
        if locale.has(&key) { locale.say(&key).to_string() } else { name.to_owned() }
    };
    let mut versions =
        vec![(named("program"), GENERATOR.to_owned()), (named("rule"), RELEASE_RULE.to_owned())];
    let mut parts = store.collector_parts()?;
    let place = |name: &str| PARTS.iter().position(|one| *one == name).unwrap_or(PARTS.len());
    parts.sort_by_key(|(name, _)| place(name));
    for (name, value) in parts {
        let shown = if PRIVATE_PARTS.contains(&name.as_str()) {
            value.split(',').filter(|one| !one.is_empty()).count().to_string()
        } else {
            value
        };
        versions.push((named(&name), shown));
    }
    Ok(versions)
}

/// The latest breaks of all sites, the newest first, and how many there are.
pub fn breaks(
    frame: &Frame,
    store: &dyn Store,
    sites: &[Arc<Site>],
) -> Result<(Vec<BreakLine>, usize), StoreError> {
    let mut all = Vec::new();
    for site in sites {
        let breaks = joined(frame, &site.zone, &store.all_breaks(site)?);
        all.extend(breaks.into_iter().map(|one| (site, one)));
    }
    // Of one moment in the order of the sites.
    all.sort_by_key(|(_, one)| std::cmp::Reverse(one.began));
    let count = all.len();
    let line = |(site, one): &(&Arc<Site>, JoinedBreak)| BreakLine {
        moment: site.zone.written(one.began),
        day: one.when.clone(),
        host: site.host.to_string(),
        note: one.what.clone(),
        kinds: one.kinds.iter().map(|kind| kind.name()).collect(),
    };
    Ok((all.iter().take(BREAKS_SHOWN_MAX).map(line).collect(), count))
}
