//! Which tables of a day, a month or a year are let out, in which order, and which sums readers
//! know of each: what `privacy::Draft` needs to protect them.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::dimension::{self, CROSSINGS, Dimension, WITHIN};
use crate::model::{Period, Site};
use crate::privacy::{
    Counts, DayParts, Draft, MonthPart, Part, Published, Sum, Sums, WITHHELD_LABEL,
};
use crate::store::{By, HOURS, NewTable, Question, Store, StoreError, WHOLE_SITE};

/// Hours add up to their day in what was done; a visitor may be in several of them, and a visit
/// too.
const HOURS_ADD_UP: Sums =
    [Sum::Exact, Sum::AtLeast, Sum::AtLeast, Sum::AtMost, Sum::Exact, Sum::Exact];

/// The label of the one line of a total.
pub const TOTAL: &str = "";

/// Makes the tables of one site.
pub struct Door<'a> {
    /// The exact figures, and what was let out of them before.
    pub store: &'a dyn Store,
    /// The site.
    pub site: &'a Site,
    /// The service's time.
    pub now: Timestamp,
}

/// The breakdowns that everybody may see, wholes before their parts.
pub fn public_dimensions() -> impl Iterator<Item = &'static Dimension> {
    dimension::ALL.into_iter().filter(|one| one.exposure.is_public())
}

/// The crossings that everybody may see: of whole months and years.
pub fn public_crossings() -> impl Iterator<Item = (&'static Dimension, &'static Dimension)> {
    let both = |pair: &(&Dimension, &Dimension)| {
        pair.0.exposure.is_public() && pair.1.exposure.is_public()
    };
    CROSSINGS.into_iter().filter(both)
}

/// The days of a period.
fn days(period: Period) -> impl Iterator<Item = Date> {
    period.first().series(1.day()).take_while(move |date| *date <= period.last())
}

/// The months of a year, or of nothing else.
fn months(period: Period) -> Vec<Period> {
    match period {
        Period::Year(first) => {
            let months = first.series(1.month()).take_while(|date| *date <= period.last());
            months.map(Period::Month).collect()
        }
        Period::Month(_) | Period::Day(_) => Vec::new(),
    }
}

impl Door<'_> {
    /// Every table of a period that is final. Those of its days and months are let out already.
    pub fn tables(&self, period: Period) -> Result<Vec<NewTable>, StoreError> {
        let mut tables: Vec<NewTable> = Vec::new();
        let total = self.total(period)?;
        if matches!(period, Period::Day(_)) {
            tables.push(table((HOURS, 0), self.hours(period, &total, false)?));
        }
        for one in public_dimensions() {
            let published = self.breakdown(one, period, &total, &tables, false)?;
            tables.push(table((one.code, 0), published));
        }
        if !matches!(period, Period::Day(_)) {
            for (one, other) in public_crossings() {
                let published = self.crossing(one, other, period, &tables)?;
                tables.push(table((one.code, other.code), published));
            }
        }
        tables.push(table((WHOLE_SITE, 0), total));
        Ok(tables)
    }

    /// One table of a day that is not released yet, by itself.
    pub fn provisional(&self, first: u8, date: Date) -> Result<Published, StoreError> {
        let period = Period::Day(date);
        let mut total = self.draft(By::Nothing, period, true, true)?;
        self.freeze(&mut total, (WHOLE_SITE, 0), period)?;
        let total = total.protect();
        match dimension::coded(first) {
            _ if first == WHOLE_SITE => Ok(total),
            None => self.hours(period, &total, true),
            Some(one) => {
                let mut tables = Vec::new();
                let wholes = WITHIN.iter().filter(|within| within.part.code == first);
                let sections = WITHIN.iter().filter(|within| within.whole.code == first);
                let needed = wholes.map(|within| within.whole);
                for other in needed.chain(sections.map(|within| within.part)) {
                    if other.code != first && !is_later(other, one) {
                        let published = self.breakdown(other, period, &total, &tables, true)?;
                        tables.push(table((other.code, 0), published));
                    }
                }
                self.breakdown(one, period, &total, &tables, true)
            }
        }
    }

    fn counts(&self, by: By, period: Period) -> Result<Counts, StoreError> {
        self.store.counts(&self.question(by, period))
    }

    fn question(&self, by: By, period: Period) -> Question<'_> {
        let (first, last) = (period.first(), period.last());
        Question { site: self.site, first, last, by, filters: &[], now: self.now }
    }

    fn draft(
        &self,
        by: By,
        period: Period,
        has_views: bool,
        provisional: bool,
    ) -> Result<Draft, StoreError> {
        let counts = self.counts(by, period)?;
        Ok(Draft::new(counts, self.visitors_min(), has_views, provisional))
    }

    fn visitors_min(&self) -> u64 {
        self.site.rules.visitors_min
    }

    /// What an earlier revision withheld stays withheld.
    fn freeze(
        &self,
        draft: &mut Draft,
        dimensions: (u8, u8),
        period: Period,
    ) -> Result<(), StoreError> {
        if let Some(before) = self.store.released_table(self.site, dimensions, period)? {
            draft.freeze(&before);
        }
        Ok(())
    }

    fn total(&self, period: Period) -> Result<Published, StoreError> {
        let mut draft = self.draft(By::Nothing, period, true, false)?;
        self.sum_of_parts(&mut draft, (WHOLE_SITE, 0), period)?;
        self.freeze(&mut draft, (WHOLE_SITE, 0), period)?;
        Ok(draft.protect())
    }

    fn hours(
        &self,
        period: Period,
        total: &Published,
        provisional: bool,
    ) -> Result<Published, StoreError> {
        let mut draft = self.draft(By::Hour, period, true, provisional)?;
        within_total(&mut draft, total, HOURS_ADD_UP);
        self.freeze(&mut draft, (HOURS, 0), period)?;
        Ok(draft.protect())
    }

    fn breakdown(
        &self,
        one: &Dimension,
        period: Period,
        total: &Published,
        tables: &[NewTable],
        provisional: bool,
    ) -> Result<Published, StoreError> {
        let by = By::Value(one.code);
        let mut draft = self.draft(by, period, one.has_views(), provisional)?;
        if !provisional {
            self.sum_of_parts(&mut draft, (one.code, 0), period)?;
        }
        for within in &WITHIN {
            let found = |code: u8| tables.iter().find(|table| table.first == code);
            if within.part.code == one.code
                && let Some(wholes) = found(within.whole.code)
            {
                let labels = labels_of(&wholes.published);
                draft.parts_of(&wholes.published, within.sums, |part, _| {
                    let holding = labels.iter().find(|whole| (within.holds)(whole, part));
                    vec![holding.copied().unwrap_or(WITHHELD_LABEL).to_owned()]
                });
            }
            if within.whole.code == one.code
                && let Some(parts) = found(within.part.code)
            {
                let counts = self.counts(By::Value(within.part.code), period)?;
                let part = Part { published: &parts.published, counts: &counts };
                draft.wholes_of(&part, within.sums, within.holds);
            }
        }
        within_total(&mut draft, total, one.sums());
        self.freeze(&mut draft, (one.code, 0), period)?;
        Ok(draft.protect())
    }

    fn crossing(
        &self,
        one: &Dimension,
        other: &Dimension,
        period: Period,
        tables: &[NewTable],
    ) -> Result<Published, StoreError> {
        let counts = self.crossed_counts((one.code, other.code), period)?;
        let has_views = one.has_views() && other.has_views();
        let mut draft = Draft::new(counts, self.visitors_min(), has_views, false);
        self.sum_of_parts(&mut draft, (one.code, other.code), period)?;
        let found = |code: u8| tables.iter().find(|table| (table.first, table.second) == (code, 0));
        if let Some(wholes) = found(one.code) {
            let whole = |first: &str, _: &str| vec![first.to_owned()];
            draft.parts_of(&wholes.published, other.sums(), whole);
        }
        if let Some(wholes) = found(other.code) {
            let whole = |_: &str, second: &str| vec![second.to_owned()];
            draft.parts_of(&wholes.published, one.sums(), whole);
        }
        self.freeze(&mut draft, (one.code, other.code), period)?;
        Ok(draft.protect())
    }

    fn crossed_counts(&self, pair: (u8, u8), period: Period) -> Result<Counts, StoreError> {
        self.store.crossed(&self.question(By::Value(pair.0), period), pair.1)
    }

    /// The exact figures of a table.
    fn counts_of(&self, dimensions: (u8, u8), period: Period) -> Result<Counts, StoreError> {
        match dimensions {
            (WHOLE_SITE, _) => self.counts(By::Nothing, period),
            (one, 0) => self.counts(By::Value(one), period),
            pair => self.crossed_counts(pair, period),
        }
    }

    /// Readers know the days of a month, and the months of a year.
    fn sum_of_parts(
        &self,
        draft: &mut Draft,
        dimensions: (u8, u8),
        period: Period,
    ) -> Result<(), StoreError> {
        match period {
            Period::Day(_) => {}
            Period::Month(_) => draft.sum_of_days(&self.day_parts(dimensions, period)?),
            Period::Year(_) => {
                let mut kept = Vec::new();
                for month in months(period) {
                    if let Some(published) =
                        self.store.released_table(self.site, dimensions, month)?
                    {
                        let counts = self.counts_of(dimensions, month)?;
                        let days = self.day_parts(dimensions, month)?;
                        kept.push((published, counts, days));
                    }
                }
                let parts: Vec<_> = kept
                    .iter()
                    .map(|(published, counts, days)| MonthPart {
                        month: Part { published, counts },
                        days,
                    })
                    .collect();
                draft.sum_of_months(&parts);
            }
        }
        Ok(())
    }

    fn day_parts(&self, dimensions: (u8, u8), period: Period) -> Result<DayParts, StoreError> {
        let mut parts = DayParts::default();
        // Crossings are let out of months and years alone.
        if dimensions.1 != 0 {
            return Ok(parts);
        }
        for date in days(period) {
            let day = Period::Day(date);
            if let Some(published) = self.store.released_table(self.site, dimensions, day)? {
                let counts = self.counts_of(dimensions, day)?;
                parts.add(&Part { published: &published, counts: &counts });
            }
        }
        Ok(parts)
    }
}

/// The lines are parts of the total, if it is shown; else none of them is.
fn within_total(draft: &mut Draft, total: &Published, sums: Sums) {
    draft.parts_of(total, sums, |_, _| vec![TOTAL.to_owned()]);
}

fn labels_of(published: &Published) -> Vec<&str> {
    published.lines().iter().map(|line| line.label.as_str()).collect()
}

/// Is a breakdown let out after another one?
fn is_later(one: &Dimension, other: &Dimension) -> bool {
    let place = |of: &Dimension| dimension::ALL.iter().position(|one| one.code == of.code);
    place(one) > place(other)
}

fn table((first, second): (u8, u8), published: Published) -> NewTable {
    NewTable { first, second, published }
}
