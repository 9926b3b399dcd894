//! Which released tables together are a period: whole years, whole months, then days; and of days
//! that are not released yet, provisional tables through the same plan.

use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::model::{Period, Site, SiteId};
use crate::privacy::Published;
use crate::privacy::disclosure::secret::RoundingSecret;
use crate::query::line_methods::LineMethods;
use crate::query::span::Span;
use crate::release::ReleasePlan;
use crate::store::{Scales, Store, StoreError};

/// Provisional figures of today are made this often at most: whoever asks again and again sees the
/// same, so that no view by itself shows in the difference. A quarter of an hour is also the usual
/// step of public "now" figures.
pub const PROVISIONAL_SECONDS: i64 = 15 * 60;

/// Days whose provisional tables are kept; with more they are made again.
const PROVISIONAL_DAYS_MAX: usize = 256;

/// A table, and the period that it is of.
pub struct Cover {
    /// A day, a month or a year.
    pub period: Period,
    /// The table.
    pub table: Arc<Published>,
    /// How its lines were collected.
    pub methods: LineMethods,
    /// Was no day of it collected?
    pub is_gap: bool,
}

/// The provisional tables of days, as they were made last.
#[derive(Default)]
pub struct Provisional {
    kept: Mutex<Kept>,
    /// Without the installation's secret nothing is published.
    secret: Option<Arc<RoundingSecret>>,
}

#[derive(Default)]
struct Kept {
    /// The number of the quarter of an hour, and the last change of a past day.
    at: (i64, i64),
    days: HashMap<(SiteId, Date), Arc<Tables>>,
}

/// The tables of a day, by their dimension.
type Tables = HashMap<u8, Arc<Published>>;

impl Provisional {
    /// None yet, of an installation with this secret.
    pub fn new(secret: Option<Arc<RoundingSecret>>) -> Self {
        Self { kept: Mutex::default(), secret }
    }

    fn table(
        &self,
        (store, site, now): (&dyn Store, &Site, Timestamp),
        first: u8,
        date: Date,
    ) -> Result<Option<Arc<Published>>, StoreError> {
        let Some(secret) = self.secret.as_deref() else { return Ok(None) };
        let plan = ReleasePlan { store, site, now, secret };
        let quarter = plan.now.as_second().div_euclid(PROVISIONAL_SECONDS);
        let at = (quarter, plan.store.last_change()?);
        let key = (plan.site.id, date);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.at.0 != at.0 || kept.days.len() >= PROVISIONAL_DAYS_MAX {
            *kept = Kept { at, days: HashMap::new() };
        } else if kept.at != at {
            // A past day was written: the others are made again, today is not.
            let now = plan.now;
            let is_today = |date: Date| date >= plan.site.zone.day_at(now).date;
            kept.days.retain(|(_, date), _| is_today(*date));
            kept.at = at;
        }
        if let Some(tables) = kept.days.get(&key) {
            return Ok(tables.get(&first).cloned());
        }
        let tables = plan.provisional(date)?.tables.into_iter();
        let tables: Tables = tables.map(|table| (table.first, Arc::new(table.published))).collect();
        let found = tables.get(&first).cloned();
        kept.days.insert(key, Arc::new(tables));
        Ok(found)
    }
}

/// Reads what covers a period.
pub struct Reader<'a> {
    /// What was let out.
    pub store: &'a dyn Store,
    /// The provisional tables.
    pub provisional: &'a Provisional,
    /// The service's time.
    pub now: Timestamp,
}

impl Reader<'_> {
    /// The tables that cover the days, in the order of time; where two breakdowns are crossed, the
    /// first day that no whole month covers is an error.
    pub fn cover(
        &self,
        site: &Site,
        dimensions: (u8, u8),
        span: Span,
        scales: Scales,
    ) -> Result<Result<Vec<Cover>, Date>, StoreError> {
        let days = (span.first, span.last);
        let released = self.store.released_tables(site, dimensions, days, scales)?;
        let mut released = released.into_iter().peekable();
        let today = site.zone.day_at(self.now).date;
        let oldest = self.store.first_day(site)?.unwrap_or(today);
        let collected = self.store.collected(site, days, self.now)?;
        let mut covers = Vec::new();
        let mut date = span.first;
        while date <= span.last.min(today) {
            let (period, table) = match released.next_if(|(period, _)| period.first() == date) {
                Some((period, table)) => (period, Arc::new(table)),
                // Nothing was counted before the first day.
                None if date < oldest => {
                    date = date.saturating_add(1.day());
                    continue;
                }
                None if dimensions.1 != 0 => return Ok(Err(date)),
                None => {
                    let asked = (self.store, site, self.now);
                    let table = self.provisional.table(asked, dimensions.0, date)?;
                    let Some(table) = table else { return Ok(Ok(covers)) };
                    (Period::Day(date), table)
                }
            };
            date = period.last().saturating_add(1.day());
            let of_site = (site, &collected);
            let methods = LineMethods::read(self.store, of_site, dimensions, period)?;
            let is_gap = collected.is_gap(period.first(), period.last());
            covers.push(Cover { period, table, methods, is_gap });
        }
        Ok(Ok(covers))
    }
}
