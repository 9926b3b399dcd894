//! Asks a store and makes the answer: of one site, or of several as a sum that is not deduplicated.

use std::sync::Arc;

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::dimension;
use crate::model::{Metric, Period, Site};
use crate::privacy::{NOT_COLLECTED_LABEL, StaffPass, WITHHELD_LABEL};
use crate::query::answer::{Answer, Days, Row, Shown, sorted};
use crate::query::ask::{Ask, Comparison, What};
use crate::query::asker::{Asker, QueryError, Scope};
use crate::query::beside::set_beside;
use crate::query::comparison::Comparing;
use crate::query::cover::{PROVISIONAL_SECONDS, Reader};
use crate::query::exact::Lines;
use crate::query::gathered::{Gathered, Wanted, names_paths};
use crate::query::kept::{Key, Moment};
use crate::query::plan::{Audience, Known, Plan, Unanswerable, dimensions, plan};
use crate::query::span::Span;
use crate::store::{By, HOURS, Method, Question, Scales, StoreError, WHOLE_SITE};

/// Lines of one site and period.
struct Part {
    rows: Vec<Row>,
    provisional: bool,
    synthetic: bool,
}

/// Answers a question. `pairs` are the parameters as they were written.
pub fn run(
    asker: &Asker<'_>,
    scope: Scope<'_>,
    what: What,
    pairs: &[(String, String)],
) -> Result<(Ask, Answer), QueryError> {
    let make = || made(asker, scope, what, pairs);
    match asker.kept.filter(|_| asker.pass.is_none()) {
        Some(kept) => kept.answer(asker.key(scope, what, pairs)?, make),
        None => make(),
    }
}

fn made(
    asker: &Asker<'_>,
    scope: Scope<'_>,
    what: What,
    pairs: &[(String, String)],
) -> Result<(Ask, Answer), QueryError> {
    let (today, oldest) = asker.bounds(scope)?;
    let ask = Ask::read(what, pairs.iter().cloned(), today, oldest)?;
    let (answer_plan, total) = asker.parts(scope, &ask, ask.span)?;
    let compared = ask.comparison.map(|comparison| match comparison {
        Comparison::Previous => ask.span.previous(),
        Comparison::YearBefore => ask.span.year_before(),
        Comparison::Fixed(span) => span,
    });
    let rows_total = total.rows.len();
    let rows_withheld = total.rows.iter().filter(|row| row.label == WITHHELD_LABEL).count();
    let mut rows = match what {
        What::Breakdown(_) => {
            let start = ask.limit.saturating_mul(ask.page - 1);
            let wanted = start..start.saturating_add(ask.limit);
            sorted(total.rows, &answer_plan.metrics, ask.sort, wanted)
        }
        What::Totals | What::Timeseries => total.rows,
    };
    let compared = match (ask.comparison, compared) {
        (Some(comparison), Some(span)) => {
            let comparing = Comparing { asker, ask: &ask, plan: &answer_plan, span };
            let compared = comparing.compare(scope, &mut rows)?;
            if matches!(comparison, Comparison::Fixed(_)) && compared.is_of_other_weekdays() {
                let (_, beside) = asker.parts(scope, &ask, span)?;
                set_beside(&mut rows, beside.rows, &ask, span.first);
            }
            Some(compared)
        }
        _ => None,
    };
    if let What::Breakdown(dimension) = what {
        // From here on, labels are for people; whoever looks a value up asks for its key.
        for row in &mut rows {
            row.label = dimension.readable(&row.label).into_owned();
        }
    }
    let (days, methods) = asker.days(scope, &ask)?;
    let of_metrics = |is_one: &dyn Fn(Metric) -> bool| {
        let metrics = answer_plan.metrics.iter().copied();
        metrics.filter(|metric| is_one(*metric)).collect()
    };
    let answer = Answer {
        first: ask.span.first,
        last: ask.span.last,
        compared,
        not_collected: of_metrics(&|metric| !Method::give(&methods, metric)),
        partly_collected: of_metrics(&|metric| {
            let lacks = |method: &Method| !method.measures(metric);
            Method::give(&methods, metric) && methods.iter().any(lacks)
        }),
        metrics: answer_plan.metrics,
        left_out: answer_plan.left_out,
        days,
        rows,
        rows_total,
        provisional: total.provisional,
        synthetic: total.synthetic,
        rows_withheld,
    };
    Ok((ask, answer))
}

impl Asker<'_> {
    /// All that the answer to a question of everybody depends on.
    fn key(
        &self,
        scope: Scope<'_>,
        what: What,
        pairs: &[(String, String)],
    ) -> Result<Key, StoreError> {
        Ok(Key {
            sites: scope.sites().to_vec(),
            is_sum: matches!(scope, Scope::Sum(_)),
            what: what.name(),
            pairs: pairs.to_vec(),
            moment: self.moment()?,
        })
    }

    /// What decides whether public figures are still the same.
    pub fn moment(&self) -> Result<Moment, StoreError> {
        let quarter = self.now.as_second().div_euclid(PROVISIONAL_SECONDS);
        let released = self.store.last_release()?.map(|(number, _)| number);
        Ok((quarter, self.store.last_change()?, released))
    }

    /// Today, and the first day with figures. Sites of several zones each have their own today;
    /// that of a sum is the earliest, and without any site that of UTC.
    fn bounds(&self, scope: Scope<'_>) -> Result<(Date, Date), StoreError> {
        let todays = scope.sites().iter().map(|site| site.zone.day_at(self.now).date);
        let utc = || self.now.to_zoned_datetime(TimeZone::UTC).date();
        let today = todays.min().unwrap_or_else(utc);
        let mut oldest = today;
        for site in scope.sites() {
            oldest = oldest.min(self.store.first_day(site)?.unwrap_or(today));
        }
        Ok((today, oldest))
    }

    /// How many days of a period have begun and were collected, added up over the sites, and how,
    /// as far as it gives the breakdown.
    fn days(&self, scope: Scope<'_>, ask: &Ask) -> Result<(Days, Vec<Method>), StoreError> {
        let span = ask.span;
        let codes = ask.by.named_with(&ask.filters);
        let mut methods = Vec::new();
        let mut days = Days::default();
        for site in scope.sites() {
            let last = span.last.min(site.zone.day_at(self.now).date);
            let begun = Span { first: span.first, last }.days();
            days.begun += usize::try_from(begun).unwrap_or_default();
            let collected = self.store.collected(site, (span.first, last), self.now)?;
            days.collected += collected.count(span.first, last);
            methods.extend(collected.giving(span.first, last, &codes));
        }
        Ok((days, methods))
    }

    /// The lines of all sites in a period, added up.
    fn parts(&self, scope: Scope<'_>, ask: &Ask, span: Span) -> Result<(Plan, Part), QueryError> {
        let ask = Ask { span, ..ask.clone() };
        let mut known = Known {
            details_from: self.details_from,
            last_uncrossed: None,
            is_sum: matches!(scope, Scope::Sum(_)),
        };
        let Some(pass) = self.pass else {
            // What was let out stays, however long the details are kept.
            known.details_from = Date::MIN;
            let plan = plan(&ask, Audience::Public, known)?;
            let part = self.released(scope, &ask, &plan)?;
            return Ok((plan, part));
        };
        if dimensions(&ask).len() > 1 {
            for site in scope.sites() {
                let day = self.store.last_uncrossed(site, span.first, span.last)?;
                known.last_uncrossed = known.last_uncrossed.max(day);
            }
        }
        let plan = plan(&ask, Audience::Staff, known)?;
        let part = match scope {
            Scope::Site(site) => self.part(site, &ask, &plan, pass)?,
            Scope::Sum(sites) => self.sum(sites, &ask, &plan, pass)?,
        };
        Ok((plan, part))
    }

    /// The lines for everybody, put together from what was let out.
    fn released(&self, scope: Scope<'_>, ask: &Ask, plan: &Plan) -> Result<Part, QueryError> {
        let dimensions = match ask.by.named_with(&ask.filters)[..] {
            [] if ask.by == By::Hour => (HOURS, 0),
            [] => (WHOLE_SITE, 0),
            [one] => (one, 0),
            [one, other, ..] => dimension::crossing(one, other).ok_or(StoreError::NotCrossed)?,
        };
        let reader = Reader { store: self.store, provisional: self.provisional, now: self.now };
        let mut gathered = Gathered::default();
        let mut part = Part { rows: Vec::new(), provisional: false, synthetic: false };
        let adds_up_sites = matches!(scope, Scope::Sum(_));
        for site in scope.sites() {
            let prefix = if adds_up_sites && names_paths(ask.by) { site.host.as_str() } else { "" };
            let wanted = Wanted { by: ask.by, filters: &ask.filters, dimensions, prefix };
            let covers = reader.cover(site, dimensions, ask.span, Scales::of(ask.by))?;
            let covers = covers.map_err(|date| Unanswerable::Calendar(Period::Month(date)))?;
            for cover in &covers {
                part.provisional |= cover.table.provisional();
                gathered.add(cover, &wanted);
            }
            part.provisional |= ask.span.last >= site.zone.day_at(self.now).date;
            part.synthetic |= site.synthetic;
        }
        if ask.by == By::Nothing {
            gathered.expect("");
        }
        part.rows = gathered.rows(&plan.metrics, ask.by);
        Ok(part)
    }

    fn part(
        &self,
        site: &Site,
        ask: &Ask,
        plan: &Plan,
        pass: &StaffPass,
    ) -> Result<Part, QueryError> {
        let question = Question {
            site,
            first: ask.span.first,
            last: ask.span.last,
            by: ask.by,
            filters: &ask.filters,
            now: self.now,
        };
        let counts = self.store.counts(&question)?;
        let synthetic = counts.heading().synthetic;
        let lines = counts.exact(pass).into_iter();
        let rows: Vec<_> = lines.map(|line| Row::exact(line, &plan.metrics)).collect();
        let (store, now, metrics) = (self.store, self.now, &plan.metrics);
        let rows = Lines { store, site, ask, metrics, now }.completed(rows)?;
        let is_open = ask.span.last >= site.zone.day_at(self.now).date;
        let provisional = is_open || rows.iter().any(|row| row.obs_status == "P");
        Ok(Part { rows, provisional, synthetic })
    }

    /// The sum over sites. A page of one site is not that of another, so its label gets the host.
    /// A value is not collected only where no site measured any.
    fn sum(
        &self,
        sites: &[Arc<Site>],
        ask: &Ask,
        plan: &Plan,
        pass: &StaffPass,
    ) -> Result<Part, QueryError> {
        let names_pages = names_paths(ask.by);
        let mut total = Part { rows: Vec::new(), provisional: false, synthetic: false };
        let mut places: HashMap<String, usize> = HashMap::new();
        let (mut gap, mut has_measured) = (None, false);
        for site in sites {
            let mut part = self.part(site, ask, plan, pass)?;
            total.provisional |= part.provisional;
            total.synthetic |= part.synthetic;
            if part.rows.first().is_some_and(|row| row.label == NOT_COLLECTED_LABEL) {
                gap = part.rows.pop();
                continue;
            }
            has_measured = true;
            for mut row in part.rows {
                if names_pages {
                    row.label = format!("{}{}", site.host, row.label);
                }
                match places.get(&row.label) {
                    Some(&place) => merge(&mut total.rows[place], &row),
                    None => {
                        places.insert(row.label.clone(), total.rows.len());
                        total.rows.push(row);
                    }
                }
            }
        }
        if !has_measured {
            total.rows.extend(gap);
        }
        if total.rows.is_empty() && ask.by == By::Nothing {
            total.rows.push(nothing(plan.metrics.len()));
        }
        total.rows.sort_by(|one, other| one.label.cmp(&other.label));
        Ok(total)
    }
}

/// Adds figures that may be added; a ratio of sums is not the sum of ratios.
fn add(one: Shown, other: Shown) -> Shown {
    match (one, other) {
        (Shown::Count(one), Shown::Count(other)) => Shown::Count(one + other),
        (Shown::NotCollected, other) => other,
        (one, Shown::NotCollected) => one,
        _ => Shown::Ratio(None),
    }
}

/// The line of no site at all.
fn nothing(columns: usize) -> Row {
    Row {
        label: String::new(),
        figures: vec![Shown::Count(0); columns],
        methods: Vec::new(),
        compared: None,
        obs_status: "A",
        conf_status: None,
        cells: None,
    }
}

fn merge(sum: &mut Row, row: &Row) {
    for (figure, more) in sum.figures.iter_mut().zip(&row.figures) {
        *figure = add(*figure, *more);
    }
    let used = |method: &Method| sum.methods.contains(method) || row.methods.contains(method);
    sum.methods = Method::ALL.into_iter().filter(used).collect();
    if row.obs_status == "P" || sum.obs_status == "L" {
        sum.obs_status = row.obs_status;
    }
}
