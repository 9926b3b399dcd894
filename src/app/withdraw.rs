//! `parvis release withdraw`: a value is taken out of what is published, by revisions with a
//! reason.

use std::path::Path;

use jiff::civil::Date;

use crate::app::breaks::check_text;
use crate::app::{AppError, Machine, publish, sites};
use crate::model::{Period, Site};
use crate::publish::{ALL, about_organisation};
use crate::release::{names, public_crossings, public_dimensions};
use crate::store::{
    Organisations, Releases, Sites, SqliteStore, StoreError, Withdrawal, Withdrawals, members,
};

/// What is taken out.
#[derive(Clone, Debug)]
pub struct WithdrawOptions {
    /// The site's host.
    pub site: String,
    /// The value: a path, a title, a source.
    pub value: String,
    /// Why, as everybody may read it.
    pub reason: String,
    /// A day, a month or a year; all of them unless it is said.
    pub period: Option<Period>,
}

/// Takes a value out of what is published, and releases anew what it was in; says what became of
/// it.
pub fn withdraw(
    data: &Path,
    options: &WithdrawOptions,
    machine: &Machine,
) -> Result<String, AppError> {
    let host = sites::parse(&options.site)?;
    check_text(&options.reason, false)?;
    if options.value.is_empty() {
        return Err(AppError::Misuse("say which value is taken out, such as a path".to_owned()));
    }
    let store = SqliteStore::open(data)?;
    let site = store.sites()?.into_iter().find(|site| site.host == host);
    let site = site.ok_or_else(|| StoreError::NoSite(host.to_string()))?;
    let withdrawal = Withdrawal {
        value: options.value.clone(),
        first: options.period.map_or(Date::MIN, Period::first),
        last: options.period.map_or(Date::MAX, Period::last),
        reason: options.reason.clone(),
        withdrawn: (machine.clock)(),
    };
    let periods = periods_with(&store, &site, &withdrawal)?;
    store.withdraw(&site, &withdrawal, (&groups_of(&store, &site)?, &periods))?;
    let released = publish(data, machine)?;
    Ok(format!(
        "{:?} is in no line of {host} any more. It stood in {} releases, whose files are done away \
         with in every revision. {released}",
        options.value,
        periods.len()
    ))
}

/// The periods in whose published tables it stands.
fn periods_with(
    store: &SqliteStore,
    site: &Site,
    withdrawal: &Withdrawal,
) -> Result<Vec<Period>, StoreError> {
    let mut codes: Vec<(u8, u8)> = public_dimensions().map(|one| (one.code, 0)).collect();
    codes.extend(public_crossings().map(|(one, other)| (one.code, other.code)));
    let mut found = Vec::new();
    for release in store.latest_releases(site.host.as_str())? {
        let period = release.period;
        if period.first() > withdrawal.last || period.last() < withdrawal.first {
            continue;
        }
        for dimensions in &codes {
            let table = store.released_table(site, *dimensions, period)?;
            let is_in = table.is_some_and(|table| {
                table.lines().any(|line| names([line.label, line.second], &withdrawal.value))
            });
            if is_in {
                found.push(period);
                break;
            }
        }
    }
    Ok(found)
}

/// Whose files hold lines of a site.
fn groups_of(store: &SqliteStore, site: &Site) -> Result<Vec<String>, StoreError> {
    let organisations = store.organisations()?;
    let holds =
        |id| site.organisation.is_some_and(|own| members(&organisations, id).contains(&own));
    let of = organisations.iter().filter(|one| holds(one.id));
    let of = of.map(|one| about_organisation(&one.slug));
    Ok([site.host.to_string(), ALL.to_owned()].into_iter().chain(of).collect())
}
