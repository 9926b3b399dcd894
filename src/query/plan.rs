//! What of a question can be answered exactly, and to whom; the rest is refused with its reason.

use jiff::civil::Date;

use crate::dimension::{self, Dimension, Exposure};
use crate::model::{Metric, Period};
use crate::privacy::VISITORS_MIN;
use crate::query::ask::Ask;
use crate::store::{By, Filter, Test};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody: released figures.
    Public,
    /// Signed-in staff: exact figures.
    Staff,
}

/// Why a question has no exact answer.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unanswerable {
    /// More than two dimensions.
    #[error(
        "a breakdown and its filters name at most two dimensions, and these are more: {0}; leave \
         one out"
    )]
    TooMany(String),
    /// Two dimensions that are not kept together.
    #[error("{0} and {1} are not kept together; /api/v1/dimensions lists the crossings that are")]
    NotCrossed(&'static str, &'static str),
    /// A crossing of a day that is not final.
    #[error(
        "two dimensions together are counted when a day closes: ask for days before {0}, or give \
         to={1}"
    )]
    NotClosed(Date, Date),
    /// A crossing of a period that is no whole month.
    #[error(
        "two dimensions together are published by whole months and years: ask for period={0} or \
         another month that has ended, or for a year"
    )]
    Calendar(Period),
    /// Details that were deleted.
    #[error("only daily totals are kept of days before {0}: give from={0}")]
    Deleted(Date),
    /// Not for everybody.
    #[error("{0} is for signed-in staff")]
    StaffOnly(&'static str),
    /// Not by itself.
    #[error("{0} is published together with a page: add filter=page:is: and its path")]
    Alone(&'static str),
    /// Titles are kept beside their pages.
    #[error("a title stands beside its page: ask for breakdown/page")]
    Title,
    /// A metric that cannot be added up.
    #[error("{0}")]
    Metric(String),
    /// No metric is left.
    #[error(
        "nothing can be added up over several values of {0}, because one page view may have \
         several: ask for each value by itself"
    )]
    Nothing(&'static str),
    /// Several values at once, across dimensions, for everybody.
    #[error(
        "with two dimensions, the public figures are those of one value at a time: write the \
         filter on {0} as is: and one value"
    )]
    OneValue(&'static str),
    /// What people typed, with visitors that cannot be counted.
    #[error(
        "what people typed is shown from {VISITORS_MIN} visitors on, and those of several values \
         of {0} cannot be added up: write {0}:is: and one value"
    )]
    FewTyped(&'static str),
    /// By day, week, month or year, and several values at once.
    #[error("public figures over time are those of one value at a time: write {0}:is:VALUE")]
    OneValueOverTime(&'static str),
}

/// What is known of the figures that a plan needs.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Of days before this one, only the totals of whole sites are kept.
    pub details_from: Date,
    /// The last day of the period whose crossings are not counted yet, if there is one.
    pub last_uncrossed: Option<Date>,
    /// Is the answer a sum over several sites?
    pub is_sum: bool,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The metrics of the answer.
    pub metrics: Vec<Metric>,
    /// Those that were not asked for by name and cannot be answered, with the reason.
    pub left_out: Vec<(Metric, String)>,
    /// Is the answer a sum over the released values of the dimension that is filtered?
    pub sums_released: Option<u8>,
}

/// Which dimensions a question names, each once.
pub fn dimensions(ask: &Ask) -> Vec<&'static Dimension> {
    let codes = ask.by.named_with(&ask.filters);
    codes.into_iter().filter_map(dimension::coded).collect()
}

/// Plans the answer, or says why there is none.
pub fn plan(ask: &Ask, audience: Audience, known: Known) -> Result<Plan, Unanswerable> {
    let dimensions = dimensions(ask);
    check_exposure(&dimensions, audience)?;
    check_kept(ask, &dimensions, known)?;
    let summed: Vec<_> = dimensions.iter().copied().filter(|one| is_summed(ask, one)).collect();
    check_typed(&dimensions, &summed)?;
    let mut sums_released = None;
    if let (Audience::Public, Some(one)) = (audience, summed.first()) {
        if dimensions.len() > 1 {
            return Err(Unanswerable::OneValue(one.name));
        }
        if ask.by != By::Nothing {
            return Err(Unanswerable::OneValueOverTime(one.name));
        }
        sums_released = Some(one.code);
    }
    let mut metrics = Vec::new();
    let mut left_out = Vec::new();
    for &metric in ask.metrics.as_deref().unwrap_or(&Metric::ALL) {
        let against = summed.iter().find_map(|one| reason_against(metric, one));
        match against.or_else(|| reason_against_sum(metric, known.is_sum)) {
            None => metrics.push(metric),
            Some(reason) if ask.metrics.is_some() => return Err(Unanswerable::Metric(reason)),
            Some(reason) => left_out.push((metric, reason)),
        }
    }
    match summed.first() {
        Some(one) if metrics.is_empty() => Err(Unanswerable::Nothing(one.name)),
        _ => Ok(Plan { metrics, left_out, sums_released }),
    }
}

fn check_exposure(
    dimensions: &[&'static Dimension],
    audience: Audience,
) -> Result<(), Unanswerable> {
    if dimensions.iter().any(|one| one.exposure == Exposure::Beside) {
        return Err(Unanswerable::Title);
    }
    if let (Audience::Public, [one]) = (audience, dimensions)
        && one.exposure == Exposure::Crossed
    {
        return Err(Unanswerable::Alone(one.name));
    }
    let closed = dimensions.iter().find(|one| one.exposure == Exposure::Staff);
    match (audience, closed) {
        (Audience::Public, Some(one)) => Err(Unanswerable::StaffOnly(one.name)),
        _ => Ok(()),
    }
}

/// The threshold of what people typed needs the visitors of each line, nobody counted twice.
fn check_typed(
    dimensions: &[&'static Dimension],
    summed: &[&'static Dimension],
) -> Result<(), Unanswerable> {
    let is_typed = dimensions.iter().any(|one| one.exposure == Exposure::PublicAboveThreshold);
    match summed.iter().find(|one| is_typed && !one.of.visitors_add_up()) {
        Some(one) if dimensions.len() > 1 => Err(Unanswerable::FewTyped(one.name)),
        _ => Ok(()),
    }
}

fn check_kept(
    ask: &Ask,
    dimensions: &[&'static Dimension],
    known: Known,
) -> Result<(), Unanswerable> {
    let details = !dimensions.is_empty() || ask.by == By::Hour;
    if details && ask.span.first < known.details_from {
        return Err(Unanswerable::Deleted(known.details_from));
    }
    match dimensions {
        [] | [_] => Ok(()),
        [one, other] if dimension::crossing(one.code, other.code).is_none() => {
            Err(Unanswerable::NotCrossed(one.name, other.name))
        }
        [_, _] => match known.last_uncrossed {
            Some(day) => Err(Unanswerable::NotClosed(day, day.yesterday().unwrap_or(day))),
            None => Ok(()),
        },
        _ => {
            let names: Vec<_> = dimensions.iter().map(|one| one.name).collect();
            Err(Unanswerable::TooMany(names.join(", ")))
        }
    }
}

/// Does the answer add up several values of this dimension in one line?
fn is_summed(ask: &Ask, dimension: &Dimension) -> bool {
    if ask.by == By::Value(dimension.code) {
        return false;
    }
    let is_one = |filter: &Filter| filter.test == Test::Is && filter.values.len() == 1;
    let mut filters = ask.filters.iter().filter(|filter| filter.dimension == dimension.code);
    !filters.any(is_one)
}

/// Why a metric cannot be answered for several sites, if it cannot.
fn reason_against_sum(metric: Metric, is_sum: bool) -> Option<String> {
    let parts = match metric {
        Metric::BounceRate => "bounces by visits",
        Metric::VisitSeconds => "reading_seconds by visits",
        Metric::Views
        | Metric::Visitors
        | Metric::Visits
        | Metric::Bounces
        | Metric::Events
        | Metric::ReadingSeconds => return None,
    };
    let name = metric.name();
    is_sum.then(|| format!("{name} of several sites is no sum: divide {parts}, which are sums"))
}

/// Why a metric cannot be added up over the values of a dimension, if it cannot.
fn reason_against(metric: Metric, dimension: &Dimension) -> Option<String> {
    let of = dimension.of;
    let (adds_up, who) = match metric {
        Metric::Visitors => (of.visitors_add_up(), "a visitor"),
        Metric::Visits | Metric::BounceRate | Metric::VisitSeconds => {
            (of.visits_add_up(), "a visit")
        }
        Metric::Bounces => (of.bounces_add_up(), "a visit"),
        Metric::Views | Metric::Events | Metric::ReadingSeconds => {
            (of.hits_add_up(), "a page view or event")
        }
    };
    let (metric, name) = (metric.name(), dimension.name);
    (!adds_up).then(|| {
        format!(
            "{metric} cannot be added up over several values of {name}: {who} with two of them \
             would be counted twice; filter on one value with is:"
        )
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::query::ask::{What, dimension_named};

    fn ask(what: What, query: &str) -> Ask {
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        Ask::read(what, pairs, date(2026, 11, 24), date(2026, 1, 1)).unwrap()
    }

    const KNOWN: Known =
        Known { details_from: date(2026, 1, 1), last_uncrossed: None, is_sum: false };

    fn by(name: &str) -> What {
        What::Breakdown(dimension_named(name).unwrap())
    }

    fn staff(what: What, query: &str) -> Result<Plan, Unanswerable> {
        plan(&ask(what, query), Audience::Staff, KNOWN)
    }

    fn public(what: What, query: &str) -> Result<Plan, Unanswerable> {
        plan(&ask(what, query), Audience::Public, KNOWN)
    }

    #[test]
    fn one_value_is_exact_in_every_metric() {
        for query in ["", "filter=page:is:/a", "filter=source:is:Google"] {
            assert_eq!(staff(What::Totals, query).unwrap().metrics, Metric::ALL, "{query}");
        }
        let filtered = staff(by("page"), "filter=page:contains:a").unwrap();
        assert_eq!(filtered.metrics, Metric::ALL);
    }

    #[test]
    fn several_values_are_added_up_only_where_nobody_is_counted_twice() {
        let pages = staff(What::Totals, "filter=page:is:/a|/b").unwrap();
        let added = [Metric::Views, Metric::Bounces, Metric::Events, Metric::ReadingSeconds];
        assert_eq!(pages.metrics, added);
        assert_eq!(pages.left_out.len(), 4);
        let sources = staff(What::Totals, "filter=source:is_not:Google").unwrap();
        assert!(!sources.metrics.contains(&Metric::Visitors));
        assert!(sources.metrics.contains(&Metric::Bounces));
        let countries = staff(What::Totals, "filter=country:is:FR|BE").unwrap();
        assert_eq!(countries.metrics, Metric::ALL);
        let sections = staff(What::Totals, "filter=section:is:/a|/b");
        assert_eq!(sections, Err(Unanswerable::Nothing("section")));
        let named = staff(What::Totals, "filter=page:is:/a|/b&metrics=visitors");
        assert!(matches!(named, Err(Unanswerable::Metric(_))));
    }

    #[test]
    fn two_dimensions_are_crossed_where_they_are_kept_and_three_never() {
        assert!(staff(by("country"), "filter=page:is:/a").is_ok());
        let apart = staff(by("screen"), "filter=page:is:/a");
        assert_eq!(apart, Err(Unanswerable::NotCrossed("screen", "page")));
        let three = staff(by("country"), "filter=page:is:/a&filter=device:is:mobile");
        assert!(matches!(three, Err(Unanswerable::TooMany(_))));
        let open = Known { last_uncrossed: Some(date(2026, 11, 24)), ..KNOWN };
        let today = plan(&ask(by("country"), "filter=page:is:/a"), Audience::Staff, open);
        assert!(today.unwrap_err().to_string().contains("to=2026-11-23"));
    }

    #[test]
    fn what_people_typed_is_not_shown_where_its_visitors_cannot_be_counted() {
        let several = staff(by("search"), "filter=page:contains:a");
        assert_eq!(several, Err(Unanswerable::FewTyped("page")));
        assert!(staff(by("search"), "filter=page:is:/a").is_ok());
    }

    #[test]
    fn details_are_asked_for_as_long_as_they_are_kept() {
        let known = Known { details_from: date(2026, 11, 1), ..KNOWN };
        let old = ask(by("page"), "period=all");
        assert_eq!(
            plan(&old, Audience::Staff, known),
            Err(Unanswerable::Deleted(date(2026, 11, 1)))
        );
        assert!(plan(&ask(What::Totals, "period=all"), Audience::Staff, known).is_ok());
    }

    #[test]
    fn the_public_gets_released_values_one_at_a_time() {
        assert_eq!(public(by("property"), ""), Err(Unanswerable::StaffOnly("property")));
        let across = public(by("country"), "filter=page:contains:a");
        assert_eq!(across, Err(Unanswerable::OneValue("page")));
        let over_time = public(What::Timeseries, "filter=page:contains:a");
        assert_eq!(over_time, Err(Unanswerable::OneValueOverTime("page")));
        let summed = public(What::Totals, "filter=page:contains:a").unwrap();
        assert_eq!(summed.sums_released, Some(dimension::PAGE));
    }

    #[test]
    fn ratios_of_several_sites_are_left_out_with_the_way_to_them() {
        let known = Known { is_sum: true, ..KNOWN };
        let sum = plan(&ask(What::Totals, ""), Audience::Public, known).unwrap();
        assert_eq!(sum.metrics.len(), Metric::ALL.len() - 2);
        assert!(sum.left_out[0].1.contains("divide bounces by visits"));
        let asked = plan(&ask(What::Totals, "metrics=bounce_rate"), Audience::Staff, known);
        assert!(matches!(asked, Err(Unanswerable::Metric(_))));
    }
}
