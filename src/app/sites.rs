//! `parvis site`: the register of sites, changed while the service runs or not.

use std::path::Path;

use jiff::Timestamp;

use crate::app::AppError;
use crate::model::{Host, Licence, OnRefusal, Profile, Site, SiteRules, Zone, declared_extension};
use crate::store::{Break, BreakKind, NewSite, Organisations, Sites, SqliteStore, StoreError};

/// What can be said about a site. What is not said stays as it is.
#[derive(Clone, Debug, Default)]
pub struct SiteOptions {
    /// Other hosts whose pages are its own.
    pub aliases: Option<Vec<String>>,
    /// Query parameters that stay in a path.
    pub query_kept: Option<Vec<String>>,
    /// The privacy profile.
    pub profile: Option<String>,
    /// What `Sec-GPC: 1` does.
    pub gpc: Option<String>,
    /// What `DNT: 1` does.
    pub dnt: Option<String>,
    /// Path prefixes whose visitors are counted exactly.
    pub sections: Option<Vec<String>>,
    /// Query parameters that hold what was searched for.
    pub search_parameters: Option<Vec<String>>,
    /// Names of features whose use the site reports.
    pub features: Option<Vec<String>>,
    /// Extensions of files that are downloads.
    pub downloads: Option<Vec<String>>,
    /// The organisation it belongs to, by its name in addresses; an empty one for none.
    pub organisation: Option<String>,
    /// Lines of fewer visitors are not published.
    pub visitors_min: Option<u64>,
    /// The licence of its figures, by its SPDX identifier.
    pub licence: Option<String>,
    /// Whom readers may ask; an empty one for nobody.
    pub contact: Option<String>,
}

/// Adds a site. Its twin with or without `www.` becomes an alias, unless aliases are named.
pub fn add_site(
    data: &Path,
    host: &str,
    zone: &str,
    options: SiteOptions,
    now: Timestamp,
) -> Result<NewSite, AppError> {
    let host = declared(host)?;
    let zone = Zone::named(zone).map_err(StoreError::Zone)?;
    let store = SqliteStore::open(data)?;
    let mut site = NewSite {
        aliases: twin(&host).into_iter().collect(),
        host,
        zone,
        query_kept: Vec::new(),
        rules: rules(SiteRules::default(), &options)?,
        organisation: None,
        synthetic: false,
    };
    if let Some(aliases) = &options.aliases {
        site.aliases = parse_all(aliases)?;
    }
    if let Some(slug) = &options.organisation {
        site.organisation = organisation(&store, slug)?;
    }
    site.query_kept = named(options.query_kept.unwrap_or_default());
    store.add_site(&site, now)?;
    Ok(site)
}

/// All sites.
pub fn list_sites(data: &Path) -> Result<Vec<Site>, AppError> {
    Ok(SqliteStore::open(data)?.sites()?)
}

/// Changes what is said about a site; every change that alters counting is registered as a break.
pub fn set_site(
    data: &Path,
    host: &str,
    options: SiteOptions,
    now: Timestamp,
) -> Result<(), AppError> {
    let host = parse(host)?;
    let store = SqliteStore::open(data)?;
    let before = store.sites()?.into_iter().find(|site| site.host == host);
    let before = before.ok_or_else(|| StoreError::NoSite(host.to_string()))?;
    let mut site = before.clone();
    site.rules = rules(site.rules, &options)?;
    if let Some(aliases) = &options.aliases {
        site.aliases = parse_all(aliases)?;
        site.aliases.sort();
    }
    if let Some(query_kept) = options.query_kept {
        site.query_kept = named(query_kept);
    }
    if let Some(slug) = &options.organisation {
        site.organisation = organisation(&store, slug)?;
    }
    Ok(store.set_site(&site, &breaks(&before, &site, now))?)
}

/// Removes a site with all its counts.
pub fn remove_site(data: &Path, host: &str) -> Result<(), AppError> {
    Ok(SqliteStore::open(data)?.remove_site(&parse(host)?)?)
}

fn rules(mut rules: SiteRules, options: &SiteOptions) -> Result<SiteRules, AppError> {
    let refusal = |name: &String| {
        OnRefusal::named(name).ok_or_else(|| {
            AppError::Misuse(format!(
                "{name:?} is no answer to a refusal: say drop, count_without_visitor or ignore"
            ))
        })
    };
    if let Some(name) = &options.profile {
        rules.profile = Profile::named(name).ok_or_else(|| {
            AppError::Misuse(format!("{name:?} is no profile: say exempt or extended"))
        })?;
    }
    if let Some(name) = &options.gpc {
        rules.gpc = refusal(name)?;
    }
    if let Some(name) = &options.dnt {
        rules.dnt = refusal(name)?;
    }
    if let Some(name) = &options.licence {
        rules.licence = Licence::named(name).ok_or_else(|| {
            let known = Licence::ALL.map(Licence::name).join(", ");
            AppError::Misuse(format!("{name:?} is no licence that can be chosen: say {known}"))
        })?;
    }
    if let Some(visitors_min) = options.visitors_min {
        rules.visitors_min = visitors_min;
    }
    if let Some(contact) = &options.contact {
        rules.contact = Some(contact.clone()).filter(|contact| !contact.is_empty());
    }
    let replace = |list: &mut Vec<String>, said: &Option<Vec<String>>| {
        if let Some(said) = said {
            list.clone_from(said);
            list.retain(|word| !word.is_empty());
            list.sort();
            list.dedup();
        }
    };
    replace(&mut rules.sections, &options.sections);
    replace(&mut rules.search_parameters, &options.search_parameters);
    replace(&mut rules.features, &options.features);
    let written = |one: &String| declared_extension(one).unwrap_or_else(|| one.clone());
    let downloads = options.downloads.as_ref().map(|all| all.iter().map(written).collect());
    replace(&mut rules.downloads, &downloads);
    rules.check().map_err(|error| AppError::Misuse(error.to_string()))?;
    Ok(rules.with_section_keys())
}

/// What of a change alters counting.
fn breaks(before: &Site, after: &Site, now: Timestamp) -> Vec<Break> {
    let hosts = |site: &Site| {
        let mut hosts: Vec<_> = site.aliases.iter().map(Host::readable).collect();
        hosts.sort_unstable();
        hosts.join(" ")
    };
    let refusals =
        |site: &Site| format!("gpc={} dnt={}", site.rules.gpc.name(), site.rules.dnt.name());
    let addresses = |site: &Site| {
        let rules = &site.rules;
        format!(
            "query_kept={} sections={} search={} features={} downloads={}",
            site.query_kept.join(","),
            rules.readable_sections().join(","),
            rules.search_parameters.join(","),
            rules.features.join(","),
            rules.downloads.join(",")
        )
    };
    let profile = |site: &Site| site.rules.profile.name().to_owned();
    let threshold = |site: &Site| format!("visitors_min={}", site.rules.visitors_min);
    let changes = [
        (BreakKind::Release, threshold(before), threshold(after)),
        (BreakKind::Profile, profile(before), profile(after)),
        (BreakKind::Refusal, refusals(before), refusals(after)),
        (BreakKind::Hosts, hosts(before), hosts(after)),
        (BreakKind::Addresses, addresses(before), addresses(after)),
    ];
    let registered = changes.into_iter().filter(|(_, before, after)| before != after);
    registered.map(|(kind, was, is)| Break::automatic(before.id, now, kind, (was, is))).collect()
}

fn organisation(
    store: &SqliteStore,
    slug: &str,
) -> Result<Option<crate::model::OrganisationId>, AppError> {
    if slug.is_empty() {
        return Ok(None);
    }
    let found = store.organisations()?.into_iter().find(|one| one.slug == slug);
    let found = found.ok_or_else(|| StoreError::NoOrganisation(slug.to_owned()))?;
    Ok(Some(found.id))
}

pub(super) fn parse(host: &str) -> Result<Host, AppError> {
    Host::parse(host).map_err(|error| AppError::Misuse(format!("{host:?}: {error}")))
}

fn parse_all(hosts: &[String]) -> Result<Vec<Host>, AppError> {
    named(hosts.to_vec()).iter().map(|host| declared(host)).collect()
}

/// A list without its empty entries: `--alias ""` is an empty list.
fn named(mut list: Vec<String>) -> Vec<String> {
    list.retain(|one| !one.is_empty());
    list
}

/// The host of a site that is to be counted.
fn declared(host: &str) -> Result<Host, AppError> {
    Host::declared(host).map_err(|error| AppError::Misuse(format!("{host:?}: {error}")))
}

/// `www.example.fr` for `example.fr` and the other way round; nothing for an address or a name
/// without a dot.
fn twin(host: &Host) -> Option<Host> {
    let name = host.as_str();
    let is_address = name.starts_with('[') || name.ends_with(|last: char| last.is_ascii_digit());
    if is_address || !name.contains('.') {
        return None;
    }
    match name.strip_prefix("www.") {
        Some(bare) => Host::parse(bare).ok(),
        None => Host::parse(&format!("www.{name}")).ok(),
    }
}
