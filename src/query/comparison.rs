//! The figures of another period beside those of an answer, over the days that both sides count:
//! each day of the one is paired with a day of the other that is the same weekday, and what one of
//! the two does not have is taken out of both.

mod exact;
mod published;

use hashbrown::HashMap;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::{Metric, Site};
use crate::privacy::names_no_value;
use crate::query::answer::{Pair, Row, Shown};
use crate::query::ask::Ask;
use crate::query::asker::{Asker, QueryError, Scope};
use crate::query::compared::{Compared, Gap, Run};
use crate::query::gathered::{Sum, names_paths};
use crate::query::plan::{Plan, dimensions};
use crate::query::span::Span;
use crate::store::{By, Collected, Method, StoreError};

use exact::add_exact;
use published::add_published;

/// The figures of one line on both sides.
#[derive(Default)]
pub(super) struct Both {
    own: Sum,
    other: Sum,
    /// Pairs of days, of the site with most of them.
    days: usize,
    /// Those of the site that is being added.
    days_of_site: usize,
    /// From the first to the last of them.
    run: Option<Run>,
}

impl Both {
    /// Notes days that are compared, in the order of time.
    fn note(&mut self, run: Run) {
        self.days_of_site += usize::try_from(run.own.days()).unwrap_or_default();
        let known = self.run.get_or_insert(run);
        *known = Run { own: known.own.to(run.own), other: known.other.to(run.other) };
    }
}

/// The pairs of days of one site.
pub(super) struct Pairs<'a> {
    site: &'a Site,
    /// Each day of the question, and the day that it is compared with.
    days: Vec<(Date, Date)>,
    collected: [Collected; 2],
    left_out: HashMap<Gap, usize>,
}

/// The lines that are compared, by their labels as this site has them.
pub(super) type Places = HashMap<String, usize>;

/// What is compared, and for whom.
pub(super) struct Comparing<'a> {
    pub asker: &'a Asker<'a>,
    pub ask: &'a Ask,
    pub plan: &'a Plan,
    pub span: Span,
}

impl Comparing<'_> {
    /// Adds the figures of the other period to the lines of an answer.
    pub fn compare(&self, scope: Scope<'_>, rows: &mut [Row]) -> Result<Compared, QueryError> {
        let sites = scope.sites();
        let is_public = self.asker.pass.is_none();
        let nothing = |why| Ok(Compared::nothing(self.span, why, sites.len()));
        if self.shift() % 7 != 0 || self.span.days() != self.ask.span.days() {
            return nothing(Gap::Weekdays);
        }
        if is_public && dimensions(self.ask).len() > 1 {
            return nothing(Gap::Months);
        }
        let mut both: Vec<_> = rows.iter().map(|_| Both::default()).collect();
        let mut compared = Compared { left_out: Vec::new(), ..nothing(Gap::Open)? };
        let mut unmeasured = Vec::new();
        for (number, site) in sites.iter().enumerate() {
            let prefix = match scope {
                Scope::Sum(_) if names_paths(self.ask.by) => site.host.as_str(),
                _ => "",
            };
            let places = places(rows, prefix);
            let mut pairs = self.pairs(site)?;
            match self.asker.pass {
                Some(pass) => add_exact(self, &pairs, &places, &mut both, pass)?,
                None => add_published(self, &mut pairs, &places, &mut both)?,
            }
            for one in &mut both {
                one.days = one.days.max(std::mem::take(&mut one.days_of_site));
            }
            unmeasured.extend(self.unmeasured(&pairs));
            compared.sites.0 += usize::from(!pairs.days.is_empty());
            if number == 0 || pairs.days.len() > compared.days {
                compared.compare(&pairs.days, pairs.left_out.into_iter().collect());
            }
        }
        let is_lacking = |metric: &Metric| unmeasured.contains(metric);
        compared.not_collected = self.plan.metrics.iter().copied().filter(is_lacking).collect();
        for (row, both) in rows.iter_mut().zip(&both) {
            row.compared = self.pair(both, &compared.not_collected);
        }
        Ok(compared)
    }

    /// Days from the other period to the one of the question.
    fn shift(&self) -> i32 {
        self.span.first.until(self.ask.span.first).map_or(0, |span| span.get_days())
    }

    /// The days of a site that have ended and were collected on both sides.
    fn pairs<'a>(&self, site: &'a Site) -> Result<Pairs<'a>, StoreError> {
        let (store, now) = (self.asker.store, self.asker.now);
        let (own, other) = (self.ask.span, self.span);
        let collected = [
            store.collected(site, (own.first, own.last), now)?,
            store.collected(site, (other.first, other.last), now)?,
        ];
        let today = site.zone.day_at(now).date;
        let mut pairs = Pairs { site, days: Vec::new(), collected, left_out: HashMap::new() };
        for date in own.first.series(1.day()).take_while(|date| *date <= own.last) {
            let with = date.saturating_sub(self.shift().days());
            let is_collected = || self.is_collected(&pairs.collected, (date, with));
            // No day is compared with a day of its own period.
            let is_own = own.first <= with && with <= own.last;
            let gap = match (date.max(with) >= today, is_collected()) {
                (true, _) => Gap::Open,
                _ if is_own => Gap::Overlap,
                (false, false) => Gap::NotCollected,
                (false, true) => {
                    pairs.days.push((date, with));
                    continue;
                }
            };
            pairs.leave(gap);
        }
        Ok(pairs)
    }

    /// Were both days collected, by methods that know the breakdown, and are their details kept?
    fn is_collected(&self, collected: &[Collected; 2], (own, other): (Date, Date)) -> bool {
        let dimensions = dimensions(self.ask);
        let has_details = !dimensions.is_empty() || self.ask.by == By::Hour;
        let are_kept = self.asker.pass.is_none() || !has_details || {
            own.min(other) >= self.asker.details_from
        };
        let gives = |method: Method| dimensions.iter().all(|one| method.breaks_down_by(one.code));
        let [own, other] = [collected[0].on(own), collected[1].on(other)];
        are_kept && own.is_some_and(gives) && other.is_some_and(gives)
    }

    /// The metrics that the method of a compared day cannot give.
    fn unmeasured(&self, pairs: &Pairs<'_>) -> Vec<Metric> {
        let days = || {
            let own = pairs.days.iter().filter_map(|(own, _)| pairs.collected[0].on(*own));
            own.chain(pairs.days.iter().filter_map(|(_, other)| pairs.collected[1].on(*other)))
        };
        let lacks = |metric: &Metric| days().any(|method| !method.measures(*metric));
        self.plan.metrics.iter().copied().filter(lacks).collect()
    }

    fn pair(&self, both: &Both, not_collected: &[Metric]) -> Option<Pair> {
        let is_exact = self.asker.pass.is_some();
        let figures = |sum: &Sum| {
            let figure = |&metric: &Metric| match not_collected.contains(&metric) {
                true => Shown::NotCollected,
                false if is_exact => sum.exact_figure(metric),
                false => sum.figure(metric),
            };
            self.plan.metrics.iter().map(figure).collect()
        };
        let metrics = self.plan.metrics.iter();
        let by_rounding = metrics.map(|metric| both.own.by_rounding(&both.other, *metric));
        (both.days > 0).then(|| Pair {
            own: figures(&both.own),
            other: figures(&both.other),
            by_rounding: by_rounding.collect(),
            days: both.days,
            run: both.run,
        })
    }
}

impl Pairs<'_> {
    /// Notes that a pair of days is not compared.
    fn leave(&mut self, gap: Gap) {
        *self.left_out.entry(gap).or_default() += 1;
    }
}

/// The lines that name something of a site, by the names that the site itself has for them.
fn places(rows: &[Row], prefix: &str) -> Places {
    let named = rows.iter().enumerate().filter(|(_, row)| !names_no_value(&row.label));
    let own = |(place, row): (usize, &Row)| {
        let label = row.label.strip_prefix(prefix)?;
        let is_own = prefix.is_empty() || label.starts_with('/');
        is_own.then(|| (label.to_owned(), place))
    };
    named.filter_map(own).collect()
}

/// The part of an hour's label that the local clock shows, without the day.
pub(super) fn clock(label: &str) -> &str {
    label.get(CLOCK).unwrap_or_default()
}

/// Where the clock stands in `2026-11-22T10:00:00+01:00`.
const CLOCK: std::ops::Range<usize> = 11..19;
