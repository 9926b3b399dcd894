//! Which days of a site were collected, put together from its figures and from when the collector
//! ran.

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rusqlite::{Connection, params};

use crate::model::{Site, ZoneDay, date_of_day_number, day_number};
use crate::store::sqlite::quality_days::{registered, uptime};
use crate::store::{Collected, Method, StoreError, WHOLE_SITE, ran_within};

/// The collected days of a span, as far as they have begun.
pub(super) fn collected(
    reader: &Connection,
    site: &Site,
    (first, last): (Date, Date),
    now: Timestamp,
) -> Result<Collected, StoreError> {
    let counted = counted(reader, site, first, last)?;
    let registered = registered(reader, site)?;
    let zone = &site.zone;
    let begins = counted.keys().copied().min().unwrap_or(Date::MAX);
    let first = first.max(begins.min(zone.day_at(registered).date));
    let last = last.min(zone.day_at(now).date);
    let day = |date| ZoneDay { zone: zone.clone(), date };
    let intervals = uptime(reader, zone, day(first).start(), day(last).end())?;
    let mut days = Vec::new();
    for date in first.series(1.day()).take_while(|date| *date <= last) {
        let span = (day(date).start().max(registered), day(date).end().min(now));
        let by_tag = || ran_within(&intervals, span, now).then_some(Method::Beacon);
        let method = counted.get(&date).copied().or_else(by_tag);
        days.extend(method.map(|method| (date, method)));
    }
    Ok(Collected::new(days, site.synthetic))
}

/// The days on which something was counted, with their methods.
fn counted(
    reader: &Connection,
    site: &Site,
    first: Date,
    last: Date,
) -> Result<HashMap<Date, Method>, StoreError> {
    let mut statement = reader.prepare_cached(
        "/* Quality.collected */
         select count_day.day, coalesce(method, 'beacon')
           from count_day
           left join site_day on site_day.site = count_day.site
                             and site_day.day  = count_day.day
          where count_day.site = ?1 and dimension = ?2 and count_day.day between ?3 and ?4",
    )?;
    let asked = params![site.id.0, WHOLE_SITE, day_number(first), day_number(last)];
    let mut rows = statement.query(asked)?;
    let mut counted = HashMap::new();
    while let Some(row) = rows.next()? {
        let method: String = row.get(1)?;
        let method = Method::named(&method).ok_or(StoreError::Damaged(method))?;
        counted.insert(date_of_day_number(row.get(0)?), method);
    }
    Ok(counted)
}
