//! `parvis site`: the register of sites, changed while the service runs or not.

use std::path::Path;

use jiff::Timestamp;

use crate::app::AppError;
use crate::model::{Host, Site, Zone};
use crate::store::{NewSite, Sites, SqliteStore, StoreError};

/// What can be said about a site.
#[derive(Clone, Debug, Default)]
pub struct SiteOptions {
    /// Other hosts whose pages are its own; nothing leaves them as they are.
    pub aliases: Option<Vec<String>>,
    /// Query parameters that stay in a path; nothing leaves them as they are.
    pub query_kept: Option<Vec<String>>,
}

/// Adds a site. Its twin with or without `www.` becomes an alias, unless aliases are named.
pub fn add_site(
    data: &Path,
    host: &str,
    zone: &str,
    options: SiteOptions,
    now: Timestamp,
) -> Result<NewSite, AppError> {
    let host = parse(host)?;
    let zone = Zone::named(zone).map_err(StoreError::Zone)?;
    let aliases = match options.aliases {
        Some(aliases) => parse_all(&aliases)?,
        None => twin(&host).into_iter().collect(),
    };
    let query_kept = options.query_kept.unwrap_or_default();
    let site = NewSite { host, aliases, zone, query_kept, synthetic: false };
    SqliteStore::open(data)?.add_site(&site, now)?;
    Ok(site)
}

/// All sites.
pub fn list_sites(data: &Path) -> Result<Vec<Site>, AppError> {
    Ok(SqliteStore::open(data)?.sites()?)
}

/// Replaces a site's aliases or kept parameters.
pub fn set_site(data: &Path, host: &str, options: SiteOptions) -> Result<(), AppError> {
    let host = parse(host)?;
    let store = SqliteStore::open(data)?;
    let site = store.sites()?.into_iter().find(|site| site.host == host);
    let site = site.ok_or_else(|| StoreError::NoSite(host.to_string()))?;
    let aliases = match options.aliases {
        Some(aliases) => parse_all(&aliases)?,
        None => site.aliases,
    };
    let query_kept = options.query_kept.unwrap_or(site.query_kept);
    Ok(store.set_site(&host, &aliases, &query_kept)?)
}

/// Removes a site with all its counts.
pub fn remove_site(data: &Path, host: &str) -> Result<(), AppError> {
    Ok(SqliteStore::open(data)?.remove_site(&parse(host)?)?)
}

fn parse(host: &str) -> Result<Host, AppError> {
    Host::parse(host).map_err(|error| AppError::Misuse(format!("{host:?}: {error}")))
}

fn parse_all(hosts: &[String]) -> Result<Vec<Host>, AppError> {
    hosts.iter().map(|host| parse(host)).collect()
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
