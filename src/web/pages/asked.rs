//! What the address of a page asks: the same parameters as the API's, so that an address can be
//! shared, and every block of a page can say its own question to the API.

use url::form_urlencoded::{Serializer, parse};

use crate::dimension::{self, Dimension};
use crate::query::{PERIOD_COMPATIBLE, Span};

/// The metric that curves show, which the API does not need: it answers all of them.
const METRIC: &str = "metric";

/// Parameters of a question about figures, as the API has them.
const OF_QUESTION: [&str; 9] =
    ["period", "from", "to", "interval", "filter", "compare", "sort", "limit", "page"];

/// The order of one breakdown of several is asked for by this and the name of its dimension.
const ORDER_PREFIX: &str = "sort.";

/// Asks for no comparison, where a page compares by itself.
const NO_COMPARISON: &str = "none";

/// Periods that pages do not compare by themselves: nothing is before all days, today has not
/// ended, and thirty days are no whole weeks.
const ALONE: [&str; 3] = ["all", "today", PERIOD_COMPATIBLE];

/// A named period of the picker: what stands in the address; its text is `period-` and this.
pub const PERIODS: [&str; 8] = ["today", "yesterday", "7d", "28d", "month", "year", "12mo", "all"];

/// The parameters of a page.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pairs: Vec<(String, String)>,
}

impl Asked {
    /// Reads the address. A field that was left empty in a form asks for nothing.
    pub fn of(query: &str) -> Self {
        let pairs = parse(query.as_bytes()).into_owned();
        Self { pairs: pairs.filter(|(_, value)| !value.trim().is_empty()).collect() }
    }

    /// The first value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// All values of a parameter.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let own = self.pairs.iter().filter(|(other, _)| other == name);
        own.map(|(_, value)| value.as_str()).collect()
    }

    /// The name of the metric that curves show.
    pub fn metric(&self) -> &str {
        self.get(METRIC).unwrap_or("views")
    }

    /// All values of a parameter that a form has several fields for: `site`, `site2`, `site3`. An
    /// address may as well have one of them several times.
    pub fn several(&self, name: &str) -> Vec<&str> {
        let own = self.pairs.iter().filter(|(other, _)| is_one_of(other, name));
        own.map(|(_, value)| value.as_str()).collect()
    }

    /// The parameters without those of which a form has several fields.
    pub fn without_several(&self, names: &[&str]) -> Vec<(String, String)> {
        let is_kept =
            |(other, _): &&(String, String)| !names.iter().any(|name| is_one_of(other, name));
        self.pairs.iter().filter(is_kept).cloned().collect()
    }

    /// The filters as they are written.
    pub fn filters(&self) -> Vec<&str> {
        self.all("filter")
    }

    /// The question to the figures: these parameters, and others that a block adds or replaces; one
    /// with an empty value is left out.
    pub fn question(&self, more: &[(&str, &str)]) -> Vec<(String, String)> {
        let is_replaced = |name: &str| more.iter().any(|one| one.0 == name);
        let own = self.pairs.iter().filter(|(name, value)| {
            let is_known = OF_QUESTION.contains(&name.as_str());
            let is_none = name == "compare" && value == NO_COMPARISON;
            is_known && !is_none && !is_replaced(name)
        });
        let own = own.cloned();
        let more = more.iter().filter(|one| !one.1.is_empty());
        own.chain(more.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))).collect()
    }

    /// These parameters, and this period where the address names none.
    pub fn or_period(mut self, period: &str) -> Self {
        if !["period", "from", "to"].into_iter().any(|name| self.get(name).is_some()) {
            self.pairs.push(("period".to_owned(), period.to_owned()));
        }
        self
    }

    /// Does the page compare? Without a word about it, with the period before, where there is one
    /// to compare with.
    pub fn comparison(&self) -> &str {
        match self.get("compare") {
            Some(NO_COMPARISON) => "",
            Some(other) => other,
            None if self.get("period").is_some_and(|period| ALONE.contains(&period)) => "",
            None => "previous",
        }
    }

    /// The address with a parameter set anew; an empty value takes it away. Another period, filter
    /// or order begins at the first page of results.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut pairs = self.kept(&[name, "page"]);
        if !value.is_empty() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        written(&pairs)
    }

    /// The order of one breakdown among several of a page, as `sort` has it for a breakdown alone.
    pub fn order_of(&self, dimension: &Dimension) -> Option<&str> {
        self.get(&order_name(dimension))
    }

    /// The address with one breakdown of the page in another order.
    pub fn with_order_of(&self, dimension: &Dimension, order: &str) -> String {
        self.with(&order_name(dimension), order)
    }

    /// The question of the page about one breakdown alone, in the order that it has here.
    pub fn of_list(&self, dimension: &Dimension) -> String {
        let mut pairs = self.kept(&[METRIC, "page"]);
        pairs.retain(|(name, _)| !name.starts_with(ORDER_PREFIX));
        if let Some(order) = self.order_of(dimension) {
            pairs.push(("sort".to_owned(), order.to_owned()));
        }
        written(&pairs)
    }

    /// The address of another page of results.
    pub fn with_page(&self, page: usize) -> String {
        let mut pairs = self.kept(&["page"]);
        pairs.push(("page".to_owned(), page.to_string()));
        written(&pairs)
    }

    /// The address with another period, however the present one is written.
    pub fn with_period(&self, period: &str) -> String {
        let mut pairs = self.kept(&["period", "from", "to", "interval", "page"]);
        pairs.push(("period".to_owned(), period.to_owned()));
        written(&pairs)
    }

    /// The address with a filter more, for one value; what filters the same dimension makes way.
    pub fn with_value(&self, dimension: &Dimension, value: &str) -> String {
        let prefix = format!("{}:", dimension.name);
        let mut pairs = self.kept(&["page", "sort"]);
        pairs.retain(|(name, filter)| name != "filter" || !filter.starts_with(&prefix));
        pairs.push(("filter".to_owned(), filter_of(dimension, value)));
        written(&pairs)
    }

    /// The address without one of the filters.
    pub fn without_filter(&self, filter: &str) -> String {
        let mut pairs = self.kept(&["page"]);
        pairs.retain(|(name, value)| name != "filter" || value != filter);
        written(&pairs)
    }

    /// The address without some of the parameters.
    pub fn without(&self, names: &[&str]) -> String {
        let names: Vec<_> = names.iter().copied().chain(["page"]).collect();
        written(&self.kept(&names))
    }

    /// The parameters that a form keeps beside those that it has fields for.
    pub fn kept(&self, without: &[&str]) -> Vec<(String, String)> {
        let kept = self.pairs.iter().filter(|(name, _)| !without.contains(&name.as_str()));
        kept.cloned().collect()
    }

    /// The same question about whole months: what two dimensions together are published by.
    pub fn with_span(&self, span: Span) -> String {
        let mut pairs = self.kept(&["period", "from", "to", "interval", "page"]);
        pairs.push(("from".to_owned(), span.first.to_string()));
        pairs.push(("to".to_owned(), span.last.to_string()));
        written(&pairs)
    }
}

/// Is it this parameter, or this one with a number?
fn is_one_of(other: &str, name: &str) -> bool {
    let number = other.strip_prefix(name);
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn order_name(dimension: &Dimension) -> String {
    format!("{ORDER_PREFIX}{}", dimension.name)
}

/// The filter for one value of a dimension.
pub fn filter_of(dimension: &Dimension, value: &str) -> String {
    format!("{}:is:{}", dimension.name, value.replace('|', "\\|"))
}

/// The dimension and the value of a filter for one value.
pub fn value_of(filter: &str) -> Option<(&'static Dimension, String)> {
    let mut parts = filter.splitn(3, ':');
    let dimension = dimension::named(parts.next()?)?;
    let value = (parts.next()? == "is").then(|| parts.next())??;
    let is_several = value.replace("\\|", "").contains('|');
    (!is_several).then(|| (dimension, value.replace("\\|", "|")))
}

/// Parameters as an address has them.
pub fn written(pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    // These signs mean nothing else in a query, and people read and copy addresses.
    format!("?{}", query.replace("%2C", ",").replace("%3A", ":").replace("%2F", "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_empty_asks_for_nothing() {
        let asked = Asked::of("period=7d&from=&to=&metric=visits&filter=page:is:/a");
        assert_eq!(asked.metric(), "visits");
        let question = asked.question(&[("limit", "10"), ("compare", "")]);
        assert_eq!(written(&question), "?period=7d&filter=page:is:/a&limit=10");
    }

    #[test]
    fn a_row_filters_and_its_filter_goes_away() {
        let page = dimension::named("page").unwrap();
        let asked = Asked::of("period=7d&filter=page:is:/a&page=3");
        let filtered = asked.with_value(page, "/b|c");
        assert_eq!(filtered, "?period=7d&filter=page:is:/b%5C%7Cc");
        let value = value_of("page:is:/b\\|c").unwrap();
        assert_eq!((value.0.name, value.1.as_str()), ("page", "/b|c"));
        assert!(value_of("page:is:/a|/b").is_none());
        assert_eq!(asked.without_filter("page:is:/a"), "?period=7d");
        assert_eq!(asked.with("period", ""), "?filter=page:is:/a");
    }

    #[test]
    fn each_breakdown_has_its_order_and_takes_it_to_its_list() {
        let country = dimension::named("country").unwrap();
        let page = dimension::named("page").unwrap();
        let asked = Asked::of("period=7d&metric=visits&sort.country=-visitors");
        assert_eq!(asked.order_of(country), Some("-visitors"));
        assert_eq!(asked.order_of(page), None);
        let both = "?period=7d&metric=visits&sort.country=-visitors&sort.page=value";
        assert_eq!(asked.with_order_of(page, "value"), both);
        assert_eq!(asked.of_list(country), "?period=7d&sort=-visitors");
        assert_eq!(asked.of_list(page), "?period=7d");
        assert_eq!(written(&asked.question(&[])), "?period=7d");
    }

    #[test]
    fn a_period_is_filled_in_where_none_is_named() {
        let of = |query: &str| written(&Asked::of(query).or_period("today").question(&[]));
        assert_eq!(of("filter=page:is:/a"), "?filter=page:is:/a&period=today");
        assert_eq!(of("period=7d"), "?period=7d");
        assert_eq!(of("from=2026-11-02"), "?from=2026-11-02");
    }

    #[test]
    fn a_form_may_have_several_fields_of_a_kind() {
        let asked = Asked::of("site=a&site2=&site3=c&site=d&sites=e&metric=views");
        assert_eq!(asked.several("site"), ["a", "c", "d"]);
        let kept = asked.without_several(&["site"]);
        assert_eq!(written(&kept), "?sites=e&metric=views");
    }

    #[test]
    fn pages_compare_with_the_period_before_unless_told() {
        assert_eq!(Asked::of("").comparison(), "previous");
        assert_eq!(Asked::of("compare=none").comparison(), "");
        assert!(Asked::of("compare=none").question(&[]).is_empty());
        assert_eq!(Asked::of("compare=year").comparison(), "year");
        for alone in ["period=all", "period=today", "period=30d"] {
            assert_eq!(Asked::of(alone).comparison(), "", "{alone}");
        }
        assert_eq!(Asked::of("period=all&compare=year").comparison(), "year");
    }
}
