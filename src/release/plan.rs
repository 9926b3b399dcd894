//! Which tables of a day, a month or a year of a site are published, and what is public already of
//! its parts.

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use crate::dimension::{
    self, BETWEEN, CROSSINGS, Dimension, ENTRY_PAGE, EXIT_PAGE, JOINED, Joined, PAGE,
};
use crate::model::{Period, Site, ZoneDay};
use crate::privacy::Counts;
use crate::privacy::disclosure::audit::Record;
use crate::privacy::disclosure::drafts::{Drafts, Heads, Labels, Rule, TableId};
use crate::privacy::disclosure::secret::RoundingSecret;
use crate::privacy::disclosure::threshold::Reach;
use crate::release::links::{Codes, Layer};
use crate::store::{
    By, HOURS, Method, NAMES_DAYS, NetworksLine, NewTable, Question, Store, StoreError, WHOLE_SITE,
    Withdrawal,
};

/// Two breakdowns together with more lines than this are not released by year: deciding them would
/// take more memory than a server has. What is asked of them is a sum of months then.
pub const CROSSED_LINES_OF_YEAR_MAX: usize = 20_000;

/// The label of the one line of a total.
pub const TOTAL: &str = "";

/// Decides the tables of one site.
pub struct ReleasePlan<'a> {
    /// The exact figures, and what is public of them.
    pub store: &'a dyn Store,
    /// The site.
    pub site: &'a Site,
    /// The service's time.
    pub now: Timestamp,
    /// The installation's secret.
    pub secret: &'a RoundingSecret,
}

/// The tables of a period, decided.
pub struct Decided {
    /// The tables.
    pub tables: Vec<NewTable>,
    /// What the audit did.
    pub record: Record,
}

/// From how many networks the readers of each line come, by its labels.
struct Reaches(HashMap<String, HashMap<String, Reach>>);

impl Reaches {
    fn of(lines: Vec<NetworksLine>) -> Self {
        let mut reaches: HashMap<String, HashMap<String, Reach>> = HashMap::new();
        for NetworksLine { label, second, networks } in lines {
            let reach = Reach { networks: networks.count, networks_of_a_day: networks.largest_day };
            reaches.entry(label).or_default().insert(second, reach);
        }
        Self(reaches)
    }

    fn reach(&self, label: &str, second: &str) -> Reach {
        self.0.get(label).and_then(|seconds| seconds.get(second)).copied().unwrap_or_default()
    }
}

/// When the collector did not run, as far as nothing else collected.
struct Down {
    /// In the whole period?
    is_whole: bool,
    /// Are the details of everything that was counted kept?
    has_details: bool,
    /// The hours, by their labels.
    hours: Vec<String>,
    /// The hours in which something may have been counted.
    hours_up: Vec<String>,
}

/// The breakdowns that everybody may see.
pub fn public_dimensions() -> impl Iterator<Item = &'static Dimension> {
    dimension::ALL.into_iter().filter(|one| one.exposure.is_public())
}

/// The crossings that everybody may see: of whole months and years.
pub fn public_crossings() -> impl Iterator<Item = (&'static Dimension, &'static Dimension)> {
    let both = |pair: &(&Dimension, &Dimension)| {
        pair.0.exposure.is_public_crossed() && pair.1.exposure.is_public_crossed()
    };
    CROSSINGS.into_iter().filter(both)
}

/// The dimensions of every table of a period.
fn codes_of(period: Period) -> Vec<Codes> {
    let mut codes = vec![(WHOLE_SITE, 0)];
    if matches!(period, Period::Day(_)) {
        codes.push((HOURS, 0));
    }
    codes.extend(public_dimensions().map(|one| (one.code, 0)));
    if !matches!(period, Period::Day(_)) {
        codes.extend(public_crossings().map(|(one, other)| (one.code, other.code)));
    }
    codes
}

/// The periods that a period is the sum of.
fn parts_of(period: Period) -> Vec<Period> {
    let (first, last) = (period.first(), period.last());
    match period {
        Period::Day(_) => Vec::new(),
        Period::Month(_) => {
            first.series(1.day()).take_while(|date| *date <= last).map(Period::Day).collect()
        }
        Period::Year(_) => {
            first.series(1.month()).take_while(|date| *date <= last).map(Period::Month).collect()
        }
    }
}

fn has_views((first, second): Codes) -> bool {
    let is_viewed = |code: u8| dimension::coded(code).is_none_or(Dimension::has_views);
    first != HOURS && is_viewed(first) && is_viewed(second)
}

/// The values of a line, each with the code of its breakdown; a value that names two things is the
/// two of them, so that one cell is one cell wherever it stands.
fn labels_of<'l>(codes: Codes, label: &'l str, second: &'l str) -> Labels<'l> {
    let mut labels = Labels::new();
    for (code, value) in [(codes.0, label), (codes.1, second)] {
        if code == WHOLE_SITE {
            continue;
        }
        let joined = JOINED.iter().find(|joined| joined.both.code == code);
        match joined.and_then(|joined| Some((joined, Joined::split(value)?))) {
            Some((joined, halves)) => {
                labels.extend(joined.halves.iter().map(|half| half.code).zip(halves));
            }
            None => labels.push((code, value)),
        }
    }
    labels
}

impl ReleasePlan<'_> {
    /// Every table of a period that is final. Those of its days and months are public already.
    pub fn tables(&self, period: Period) -> Result<Decided, StoreError> {
        let mut drafts = self.drafts();
        let own = self.draft(&mut drafts, period, false)?;
        self.link_parts(&mut drafts, period, &own)?;
        Ok(decide(drafts, &own))
    }

    /// Every table of a day that is not closed. Breakdowns name only what was published before.
    pub fn provisional(&self, date: Date) -> Result<Decided, StoreError> {
        let mut drafts = self.drafts();
        let own = self.draft(&mut drafts, Period::Day(date), true)?;
        Ok(decide(drafts, &own))
    }

    fn drafts(&self) -> Drafts<'_> {
        let (site, threshold) = (self.site.host.as_str(), self.site.rules.visitors_min);
        Drafts::new(Rule { secret: self.secret, site, threshold })
    }

    /// The tables that are about to be published.
    fn draft(
        &self,
        drafts: &mut Drafts<'_>,
        period: Period,
        is_open: bool,
    ) -> Result<Layer, StoreError> {
        let mut layer = Layer { tables: Vec::new(), methods: self.methods(period)? };
        let down = self.down(period, is_open)?;
        let withdrawn = self.store.withdrawals(self.site, period)?;
        for codes in codes_of(period) {
            let counts = self.counts_of(codes, period, (&layer, &down))?;
            let is_crossed_year = codes.1 != 0 && matches!(period, Period::Year(_));
            if is_crossed_year && counts.has_more_lines_than(CROSSED_LINES_OF_YEAR_MAX) {
                continue;
            }
            let reaches = Reaches::of(self.store.networks(self.site, codes, period)?);
            let known = match is_open {
                true => Some(self.store.released_labels(self.site, codes, self.names_from())?),
                false => None,
            };
            let before = match is_open {
                true => None,
                false => self.store.released_table(self.site, codes, period)?,
            };
            let may_be_named = |label: &str, second: &str| {
                let is_about = |one: &Withdrawal| names([label, second], &one.value);
                known.as_ref().is_none_or(|known| known.contains(label))
                    && !withdrawn.iter().any(is_about)
            };
            let heads = Heads {
                period,
                labels: &|label, second| labels_of(codes, label, second),
                reach: &|label, second| reaches.reach(label, second),
                may_be_named: &may_be_named,
                is_crossing: codes.1 != 0,
                drawn_as: [ENTRY_PAGE, EXIT_PAGE].contains(&codes.0).then_some(PAGE),
                before: before.as_ref(),
            };
            let table = drafts.add(counts, &heads, is_open);
            layer.tables.push((codes, table));
        }
        layer.link(drafts);
        Ok(layer)
    }

    /// The first day of releases in which the names of today are looked for.
    fn names_from(&self) -> Date {
        self.site.zone.day_at(self.now).date.saturating_sub(NAMES_DAYS.days())
    }

    fn counts_of(
        &self,
        codes: Codes,
        period: Period,
        (layer, down): (&Layer, &Down),
    ) -> Result<Counts, StoreError> {
        let mut counts = self.counts(codes, period)?;
        let has_lines = down.has_details || codes == (WHOLE_SITE, 0);
        if !has_lines || !layer.is_given(codes) {
            // A part of it would be taken for the whole.
            counts = counts.without_details();
        }
        if down.is_whole {
            counts = counts.without_collector();
        }
        if layer.is_given(codes) && codes.1 == 0 {
            let known = dimension::coded(codes.0).and_then(|one| one.known_count(self.site));
            counts = counts.with_known(known);
        }
        if codes.0 == HOURS {
            counts = counts.with_hours(down.hours_up.clone(), down.hours.clone());
        }
        Ok(counts)
    }

    /// Adds what is public of the parts of a period.
    fn link_parts(
        &self,
        drafts: &mut Drafts<'_>,
        period: Period,
        own: &Layer,
    ) -> Result<(), StoreError> {
        let whole_site = (WHOLE_SITE, 0);
        let mut collected = Vec::new();
        for part in parts_of(period) {
            let total = self.store.released_table(self.site, whole_site, part)?;
            // Of what nobody measured nothing is part of the sum.
            if total.is_some_and(|total| !total.was_not_collected()) {
                collected.push(part);
            }
        }
        for &(codes, table) in &own.tables {
            let mut parts: Vec<TableId> = Vec::new();
            for &part in &collected {
                let published = self.store.released_table(self.site, codes, part)?;
                parts.extend(published.map(|published| drafts.add_public(&published)));
            }
            if !parts.is_empty() {
                drafts.link_periods(table, &parts, has_views(codes));
            }
        }
        Ok(())
    }

    fn methods(&self, period: Period) -> Result<Vec<Method>, StoreError> {
        let (first, last) = (period.first(), period.last());
        let collected = self.store.collected(self.site, (first, last), self.now)?;
        Ok(collected.methods(first, last))
    }

    /// When nothing was collected. A day that was imported, or invented, is known by that.
    fn down(&self, period: Period, is_open: bool) -> Result<Down, StoreError> {
        let has_details = is_open || self.store.has_details(self.site, period)?;
        let mut down =
            Down { is_whole: false, has_details, hours: Vec::new(), hours_up: Vec::new() };
        if let (Period::Day(date), false) = (period, has_details) {
            let day = ZoneDay { zone: self.site.zone.clone(), date };
            let hours = day.hours().into_iter();
            down.hours = hours.map(|hour| self.site.zone.written(hour)).collect();
        }
        let (site, now) = (self.site, self.now);
        let (first, last) = (period.first(), period.last());
        let collected = self.store.collected(site, (first, last), now)?;
        if let (Period::Day(date), true) = (period, has_details) {
            let is_by_log = !matches!(collected.on(date), None | Some(Method::Beacon));
            for (hour, is_up) in self.store.hours_up(site, date, now)? {
                let hours = if is_up || is_by_log { &mut down.hours_up } else { &mut down.hours };
                hours.push(site.zone.written(hour));
            }
        }
        down.is_whole = collected.is_gap(first, last);
        Ok(down)
    }

    /// The exact figures of a table.
    fn counts(&self, codes: Codes, period: Period) -> Result<Counts, StoreError> {
        let by = match codes.0 {
            WHOLE_SITE => By::Nothing,
            HOURS => By::Hour,
            code => By::Value(code),
        };
        let (first, last) = (period.first(), period.last());
        let question = Question { site: self.site, first, last, by, filters: &[], now: self.now };
        match codes.1 {
            0 => self.store.counts(&question),
            other => self.store.crossed(&question, other),
        }
    }
}

/// Is a line of these labels named by a value, by itself or with another?
pub fn names(labels: [&str; 2], value: &str) -> bool {
    labels.iter().any(|label| label.split(BETWEEN).any(|part| part == value))
}

fn decide(mut drafts: Drafts<'_>, layer: &Layer) -> Decided {
    drafts.decide();
    let is_hidden = layer.table((WHOLE_SITE, 0)).is_some_and(|total| drafts.is_withheld(total));
    let tables = layer.tables.iter().filter_map(|&((first, second), table)| {
        let published = drafts.publish(table, is_hidden)?;
        Some(NewTable { first, second, published })
    });
    let tables = tables.collect();
    Decided { tables, record: drafts.record }
}
