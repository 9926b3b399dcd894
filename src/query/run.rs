//! Asks a store and makes the answer: of one site, or of several as a sum that is not deduplicated.

use std::sync::Arc;

use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::dimension;
use crate::model::{Metric, Period, Site};
use crate::privacy::{Counts, StaffPass, WITHHELD_LABEL, release};
use crate::query::answer::{Answer, Row, Shown, sort};
use crate::query::ask::{Ask, AskError, Comparison, What};
use crate::query::plan::{Audience, Known, Plan, Unanswerable, dimensions, plan};
use crate::query::span::Span;
use crate::store::{By, Question, Store, StoreError};

/// Bytes of a written date, and of an hour of the local clock without its offset.
const DATE_BYTES: usize = 10;
const LOCAL_HOUR_BYTES: usize = 19;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The question cannot be understood.
    #[error(transparent)]
    Ask(#[from] AskError),
    /// It has no exact answer.
    #[error(transparent)]
    Unanswerable(#[from] Unanswerable),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who asks, when, and of which store.
pub struct Asker<'a> {
    /// The figures.
    pub store: &'a dyn Store,
    /// The service's own time.
    pub now: Timestamp,
    /// Of days before this one, only the totals of whole sites are kept.
    pub details_from: Date,
    /// The proof that staff asks; nothing for everybody.
    pub pass: Option<&'a StaffPass>,
}

/// Whose figures are asked for.
#[derive(Clone, Copy)]
pub enum Scope<'a> {
    /// Those of one site.
    Site(&'a Arc<Site>),
    /// The sum over these sites, however many they are.
    Sum(&'a [Arc<Site>]),
}

impl<'a> Scope<'a> {
    /// The sites.
    pub fn sites(self) -> &'a [Arc<Site>] {
        match self {
            Self::Site(site) => std::slice::from_ref(site),
            Self::Sum(sites) => sites,
        }
    }
}

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
    let (today, oldest) = asker.bounds(scope)?;
    let ask = Ask::read(what, pairs.iter().cloned(), today, oldest)?;
    let (answer_plan, mut total) = asker.parts(scope, &ask, ask.span)?;
    let compared = ask.comparison.map(|comparison| match comparison {
        Comparison::Previous => ask.span.previous(),
        Comparison::YearBefore => ask.span.year_before(),
        Comparison::Fixed(span) => span,
    });
    if matches!(what, What::Breakdown(_)) {
        sort(&mut total.rows, &answer_plan.metrics, ask.sort);
    }
    if let Some(span) = compared {
        let (_, beside) = asker.parts(scope, &ask, span)?;
        set_beside(&mut total.rows, beside.rows, &ask, span.first);
    }
    let rows_total = total.rows.len();
    let rows_withheld = total.rows.iter().filter(|row| row.label == WITHHELD_LABEL).count();
    let rows = match what {
        What::Breakdown(_) => {
            let start = ask.limit.saturating_mul(ask.page - 1);
            total.rows.into_iter().skip(start).take(ask.limit).collect()
        }
        What::Totals | What::Timeseries => total.rows,
    };
    let answer = Answer {
        first: ask.span.first,
        last: ask.span.last,
        compared: compared.map(|span| (span.first, span.last)),
        metrics: answer_plan.metrics,
        left_out: answer_plan.left_out,
        rows,
        rows_total,
        provisional: total.provisional,
        synthetic: total.synthetic,
        rows_withheld,
    };
    Ok((ask, answer))
}

impl Asker<'_> {
    fn audience(&self) -> Audience {
        if self.pass.is_some() { Audience::Staff } else { Audience::Public }
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

    /// The lines of all sites in a period, added up.
    fn parts(&self, scope: Scope<'_>, ask: &Ask, span: Span) -> Result<(Plan, Part), QueryError> {
        let ask = Ask { span, ..ask.clone() };
        let mut known = Known {
            details_from: self.details_from,
            last_uncrossed: None,
            is_sum: matches!(scope, Scope::Sum(_)),
        };
        if dimensions(&ask).len() > 1 {
            for site in scope.sites() {
                let day = self.store.last_uncrossed(site, span.first, span.last)?;
                known.last_uncrossed = known.last_uncrossed.max(day);
            }
        }
        let plan = plan(&ask, self.audience(), known)?;
        let part = match scope {
            Scope::Site(site) => self.part(site, &ask, &plan)?,
            Scope::Sum(sites) => self.sum(sites, &ask, &plan)?,
        };
        Ok((plan, part))
    }

    fn part(&self, site: &Site, ask: &Ask, plan: &Plan) -> Result<Part, QueryError> {
        let by = plan.sums_released.map_or(ask.by, By::Value);
        let question = Question {
            site,
            first: ask.span.first,
            last: ask.span.last,
            by,
            filters: &ask.filters,
            now: self.now,
        };
        let counts = self.store.counts(&question)?;
        let synthetic = counts.heading().synthetic;
        let mut rows = self.shown(counts, &plan.metrics);
        if self.pass.is_none() && !ask.filters.is_empty() {
            hide_traces(&mut rows, by, plan.metrics.len());
        }
        let is_open = ask.span.last >= site.zone.day_at(self.now).date;
        let provisional = is_open || rows.iter().any(|row| row.obs_status == "P");
        if plan.sums_released.is_some() {
            rows = vec![sum_of_released(&rows, plan.metrics.len())];
        }
        Ok(Part { rows, provisional, synthetic })
    }

    /// The lines as the asker may see them.
    fn shown(&self, counts: Counts, metrics: &[Metric]) -> Vec<Row> {
        match self.pass {
            Some(pass) => {
                let lines = counts.exact(pass).into_iter();
                lines.map(|line| Row::exact(line, metrics)).collect()
            }
            None => {
                let published = release(counts, self.now);
                published.lines().iter().map(|line| Row::released(line, metrics)).collect()
            }
        }
    }

    /// The sum over sites. A page of one site is not that of another, so its label gets the host.
    fn sum(&self, sites: &[Arc<Site>], ask: &Ask, plan: &Plan) -> Result<Part, QueryError> {
        let names_pages =
            ask.by.dimension().and_then(dimension::coded).is_some_and(|one| one.is_path);
        let mut total = Part { rows: Vec::new(), provisional: false, synthetic: false };
        let mut places: HashMap<String, usize> = HashMap::new();
        for site in sites {
            let part = self.part(site, ask, plan)?;
            total.provisional |= part.provisional;
            total.synthetic |= part.synthetic;
            for mut row in part.rows {
                if names_pages && row.label != WITHHELD_LABEL {
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
        if total.rows.is_empty() && ask.by == By::Nothing {
            total.rows.push(sum_of_released(&[], plan.metrics.len()));
        }
        total.rows.sort_by(|one, other| one.label.cmp(&other.label));
        Ok(total)
    }
}

/// With a filter, a line without figures would still tell that somebody was there: that this page
/// was read on that day. So lines of few visitors and lines of none look the same.
fn hide_traces(rows: &mut Vec<Row>, by: By, columns: usize) {
    if by == By::Nothing {
        return;
    }
    rows.retain(|row| row.conf_status == Some("F"));
    if matches!(by, By::Value(_)) {
        let rest = sum_of_released(&[], columns);
        rows.push(Row { label: WITHHELD_LABEL.to_owned(), ..rest });
    }
}

/// Adds figures that may be added; a ratio of sums is not the sum of ratios.
fn add(one: Shown, other: Shown) -> Shown {
    match (one, other) {
        (Shown::Count(one), Shown::Count(other)) => Shown::Count(one + other),
        (Shown::Withheld, shown) | (shown, Shown::Withheld) => shown,
        (Shown::Ratio(_), _) | (_, Shown::Ratio(_)) => Shown::Ratio(None),
    }
}

/// One line of what may be seen of several: what is withheld in them is withheld in it.
fn sum_of_released(rows: &[Row], columns: usize) -> Row {
    let mut sum = Row {
        label: String::new(),
        figures: vec![Shown::Withheld; columns],
        compared: None,
        obs_status: "A",
        conf_status: Some("F"),
    };
    for row in rows {
        merge(&mut sum, row);
    }
    if sum.figures.iter().all(|figure| *figure == Shown::Withheld) {
        (sum.obs_status, sum.conf_status) = ("Q", Some("A"));
    }
    sum
}

fn merge(sum: &mut Row, row: &Row) {
    for (figure, more) in sum.figures.iter_mut().zip(&row.figures) {
        *figure = add(*figure, *more);
    }
    if row.obs_status == "P" || sum.obs_status == "Q" {
        (sum.obs_status, sum.conf_status) = (row.obs_status, row.conf_status);
    }
}

/// Sets the figures of another period beside each line: in a series those of the same place in
/// time, else those of the same label.
fn set_beside(rows: &mut [Row], beside: Vec<Row>, ask: &Ask, beside_from: Date) {
    match ask.what {
        What::Totals => {
            for (row, other) in rows.iter_mut().zip(beside) {
                row.compared = Some(other.figures);
            }
        }
        What::Timeseries => {
            let shift = beside_from.since(ask.span.first).map_or(0, |span| span.get_days());
            // Hours are paired by the local clock: their offset from UTC may differ.
            let local = |label: &str| label.get(..LOCAL_HOUR_BYTES).unwrap_or(label).to_owned();
            let mut others: HashMap<String, Vec<Shown>> =
                beside.into_iter().map(|row| (local(&row.label), row.figures)).collect();
            for row in rows {
                row.compared =
                    moved(&row.label, shift, ask).and_then(|label| others.remove(&label));
            }
        }
        What::Breakdown(_) => {
            let mut others: HashMap<String, Vec<Shown>> =
                beside.into_iter().map(|row| (row.label, row.figures)).collect();
            for row in rows {
                row.compared = others.remove(&row.label);
            }
        }
    }
}

/// The label of a line of a series in the period set beside, which begins `shift` days later. The
/// months of two periods are paired by their distance from the first.
fn moved(label: &str, shift: i32, ask: &Ask) -> Option<String> {
    match ask.by {
        By::Day | By::Week => {
            let date: Date = label.parse().ok()?;
            Some(date.checked_add(shift.days()).ok()?.to_string())
        }
        By::Month | By::Year => {
            let period: Period = label.parse().ok()?;
            let first = period.first().max(ask.span.first);
            let moved = first.checked_add(shift.days()).ok()?;
            Some(match ask.by {
                By::Year => Period::Year(moved).to_string(),
                _ => Period::Month(moved).to_string(),
            })
        }
        By::Hour => {
            let date: Date = label.get(..DATE_BYTES)?.parse().ok()?;
            let moved = date.checked_add(shift.days()).ok()?;
            Some(format!("{moved}{}", label.get(DATE_BYTES..LOCAL_HOUR_BYTES)?))
        }
        By::Nothing | By::Value(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(label: &str, conf_status: &'static str) -> Row {
        let figures = vec![Shown::Count(20)];
        let (obs_status, conf_status) = ("A", Some(conf_status));
        Row { label: label.into(), figures, compared: None, obs_status, conf_status }
    }

    #[test]
    fn few_visitors_and_none_look_the_same_under_a_filter() {
        let mut few = vec![row("2026-11-01", "F"), row("2026-11-02", "A")];
        let mut none = vec![row("2026-11-01", "F")];
        hide_traces(&mut few, By::Day, 1);
        hide_traces(&mut none, By::Day, 1);
        assert_eq!(few, none);
        let mut few = vec![row("FR", "F"), row(WITHHELD_LABEL, "A")];
        let mut none = vec![row("FR", "F")];
        hide_traces(&mut few, By::Value(3), 1);
        hide_traces(&mut none, By::Value(3), 1);
        assert_eq!(few, none);
        assert_eq!(few.len(), 2);
    }

    #[test]
    fn hours_are_paired_by_the_local_clock_and_months_by_distance() {
        let ask = |query: &str| {
            let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
            let today = jiff::civil::date(2026, 11, 24);
            Ask::read(What::Timeseries, pairs, today, today).unwrap()
        };
        let hours = ask("period=2026-11-22");
        let moved = |label: &str, shift, ask: &Ask| moved(label, shift, ask).unwrap();
        assert_eq!(moved("2026-10-26T02:00:00+01:00", -1, &hours), "2026-10-25T02:00:00");
        let months = ask("period=2026&interval=month");
        assert_eq!(moved("2026-03", -365, &months), "2025-03");
    }

    #[test]
    fn withheld_and_shown_add_up_to_what_is_shown() {
        assert_eq!(add(Shown::Count(20), Shown::Withheld), Shown::Count(20));
        assert_eq!(add(Shown::Withheld, Shown::Withheld), Shown::Withheld);
        assert_eq!(add(Shown::Ratio(Some(1.0)), Shown::Ratio(Some(2.0))), Shown::Ratio(None));
    }
}
