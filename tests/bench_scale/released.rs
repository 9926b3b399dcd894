//! Releases the months and years of a history, without their files.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use parvis::model::{Period, Site, ZoneDay};
use parvis::privacy::RELEASE_RULE;
use parvis::privacy::disclosure::secret::{RoundingSecret, SECRET_BYTES};
use parvis::release::{Decided, ReleasePlan};
use parvis::store::{Method, NewRelease, Release, Releases, SqliteStore, StoreError};

/// Releases every whole month and year from the first day to the last, unless they are there.
/// Returns how many.
pub fn release(
    store: &SqliteStore,
    site: &Site,
    (first, last): (Date, Date),
) -> Result<usize, StoreError> {
    let secret = &RoundingSecret::new(&[1; SECRET_BYTES]);
    let known = store.latest_releases(site.host.as_str())?;
    let months = first.first_of_month().series(1.month());
    let months: Vec<Date> = months.take_while(|month| month.last_of_month() <= last).collect();
    let years = first.first_of_year().series(1.year());
    let years = years.take_while(|year| year.last_of_year() <= last);
    let within = |year: Date| months.iter().filter(|month| month.year() == year.year()).count();
    // What a release is made of: the sum of the revisions of its days, or of its months.
    let parts = |month: Date| i64::from(month.last_of_month().day());
    let due = months.iter().map(|&month| (Period::Month(month), parts(month)));
    let due: Vec<_> =
        due.chain(years.map(|year| (Period::Year(year), within(year) as i64))).collect();
    let mut made = 0;
    for (period, made_of) in due {
        if known.iter().any(|one| one.period == period) {
            continue;
        }
        let now = Timestamp::MAX;
        let Decided { tables, record } = ReleasePlan { store, site, now, secret }.tables(period)?;
        let release = Release {
            id: 0,
            about: site.host.to_string(),
            period,
            revision: 1,
            released: ZoneDay { zone: site.zone.clone(), date: period.last() }.end(),
            generator: "bench".to_owned(),
            rule: RELEASE_RULE.to_owned(),
            method: Method::Synthetic.name().to_owned(),
            reason: None,
            made_of,
        };
        let files = Vec::new();
        store.put_release(&NewRelease { release, site: Some(site), tables, files, record })?;
        made += 1;
    }
    Ok(made)
}
