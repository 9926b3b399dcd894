//! Which released tables together are a period: whole years, whole months, then days; and of days
//! that are not released yet, provisional tables through the same door.

use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::model::{Period, Site, SiteId};
use crate::privacy::Published;
use crate::query::door::Door;
use crate::query::span::Span;
use crate::store::{By, Store, StoreError};

/// Provisional figures of today are made this often at most: whoever asks again and again sees the
/// same, so that no view by itself shows in the difference. A quarter of an hour is also the usual
/// step of public "now" figures.
const PROVISIONAL_SECONDS: i64 = 15 * 60;

/// Tables of today that are kept; with more they are made again.
const PROVISIONAL_TABLES_MAX: usize = 4_096;

/// A table, and the period that it is of.
pub struct Cover {
    /// A day, a month or a year.
    pub period: Period,
    /// The table.
    pub table: Arc<Published>,
}

/// The provisional tables of today, as they were made last.
#[derive(Default)]
pub struct Provisional {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// The number of the quarter of an hour.
    quarter: i64,
    tables: HashMap<(SiteId, u8, Date), Arc<Published>>,
}

impl Provisional {
    fn table(&self, door: &Door<'_>, first: u8, date: Date) -> Result<Arc<Published>, StoreError> {
        let is_today = door.site.zone.day_at(door.now).date == date;
        if !is_today {
            return Ok(Arc::new(door.provisional(first, date)?));
        }
        let key = (door.site.id, first, date);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let quarter = door.now.as_second().div_euclid(PROVISIONAL_SECONDS);
        if kept.quarter != quarter || kept.tables.len() >= PROVISIONAL_TABLES_MAX {
            *kept = Kept { quarter, tables: HashMap::new() };
        }
        if let Some(table) = kept.tables.get(&key) {
            return Ok(table.clone());
        }
        let table = Arc::new(door.provisional(first, date)?);
        kept.tables.insert(key, table.clone());
        Ok(table)
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

/// Which scales may cover a period, so that each line of the answer is made of whole tables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scales {
    /// Days alone.
    Days,
    /// Days and months.
    Months,
    /// All.
    Years,
}

impl Scales {
    /// Those that the lines of an answer may be made of.
    pub fn of(by: By) -> Self {
        match by {
            By::Nothing | By::Value(_) | By::Year => Self::Years,
            By::Month => Self::Months,
            By::Hour | By::Day | By::Week => Self::Days,
        }
    }
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
        let released = self.store.released_tables(site, dimensions, span.first, span.last)?;
        let mut released: HashMap<Period, Published> = released.into_iter().collect();
        let today = site.zone.day_at(self.now).date;
        let oldest = self.store.first_day(site)?.unwrap_or(today);
        let mut covers = Vec::new();
        let mut date = span.first;
        while date <= span.last.min(today) {
            let mut periods = Vec::with_capacity(3);
            if scales == Scales::Years {
                periods.push(Period::Year(date));
            }
            if scales != Scales::Days {
                periods.push(Period::Month(date));
            }
            periods.push(Period::Day(date));
            let begins = |period: &Period| first_of(*period) == date && period.last() <= span.last;
            let found = periods
                .into_iter()
                .filter(begins)
                .find_map(|period| released.remove(&period).map(|table| (period, Arc::new(table))));
            let (period, table) = match found {
                Some(found) => found,
                // Nothing was counted before the first day.
                None if date < oldest => {
                    date = date.saturating_add(1.day());
                    continue;
                }
                None if dimensions.1 != 0 => return Ok(Err(date)),
                None => {
                    let door = Door { store: self.store, site, now: self.now };
                    let table = self.provisional.table(&door, dimensions.0, date)?;
                    (Period::Day(date), table)
                }
            };
            date = period.last().saturating_add(1.day());
            covers.push(Cover { period, table });
        }
        Ok(Ok(covers))
    }
}

fn first_of(period: Period) -> Date {
    match period {
        Period::Day(date) => date,
        Period::Month(date) => date.first_of_month(),
        Period::Year(date) => date.first_of_year(),
    }
}
