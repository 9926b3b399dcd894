//! Lets out the months and years of a history by the threshold alone: protecting them as the
//! product does takes minutes each (`docs/performance.md`). The lines that are withheld to help
//! others stand in these tables too, so that reading them takes a little longer than in a folder of
//! the product, never less. They have no files.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use parvis::dimension;
use parvis::model::{Period, Site, ZoneDay};
use parvis::privacy::{RELEASE_RULE, World};
use parvis::query::{public_crossings, public_dimensions};
use parvis::store::{
    By, Figures, Method, NewRelease, NewTable, Question, Release, Releases, SqliteStore,
    StoreError, WHOLE_SITE,
};

/// Releases every whole month and year from the first day to the last, unless they are there.
/// Returns how many.
pub fn release(
    store: &SqliteStore,
    site: &Site,
    (first, last): (Date, Date),
) -> Result<usize, StoreError> {
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
        let tables = tables(store, site, period)?;
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
        store.put_release(&NewRelease { release, site: Some(site), tables, files: Vec::new() })?;
        made += 1;
    }
    Ok(made)
}

fn tables(store: &SqliteStore, site: &Site, period: Period) -> Result<Vec<NewTable>, StoreError> {
    let mut codes = vec![(WHOLE_SITE, 0)];
    codes.extend(public_dimensions().map(|one| (one.code, 0)));
    codes.extend(public_crossings().map(|(one, other)| (one.code, other.code)));
    let table = |(first, second): (u8, u8)| {
        let by = if first == WHOLE_SITE { By::Nothing } else { By::Value(first) };
        let (from, to) = (period.first(), period.last());
        let now = Timestamp::MAX;
        let question = Question { site, first: from, last: to, by, filters: &[], now };
        let counts = match second {
            0 => store.counts(&question)?,
            other => store.crossed(&question, other)?,
        };
        let has_views = [first, second]
            .into_iter()
            .all(|code| dimension::coded(code).is_none_or(dimension::Dimension::has_views));
        let mut world = World::new();
        let id = world.add_draft(counts, site.rules.visitors_min, has_views, false);
        Ok(NewTable { first, second, published: world.let_out(id) })
    };
    codes.into_iter().map(table).collect()
}
