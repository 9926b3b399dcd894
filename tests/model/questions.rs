//! Questions with filters: what is answered is what the model counts, and what is refused is what
//! cannot be added up without counting somebody or something twice.

use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::civil::Date;
use parvis::dimension::{CROSSINGS, named};
use parvis::model::{Metric, Site};
use parvis::privacy::StaffPass;
use parvis::query::{
    Answer, Asker, Provisional, QueryError, Scope, Shown, Unanswerable, What, run,
};
use parvis::store::SqliteStore;
use percent_encoding::percent_decode_str;

use crate::brute::{Condition, Day, Figures, NOTHING, sum};
use crate::compare::{
    Difference, Lines, TYPED, VISITORS_MIN, added, all_values, breakdown, ends, shown_by_themselves,
};
use crate::gaps::Ran;
use crate::said::{DIMENSIONS, Owner, owner};

/// More lines than any stream has.
const LIMIT: &str = "10000";

/// One filter, as it is asked and as the model reads it.
pub struct Asked {
    pub dimension: &'static str,
    test: &'static str,
    values: Vec<String>,
}

impl Asked {
    fn written(&self) -> String {
        let values: Vec<_> = self.values.iter().map(|value| value.replace('|', "\\|")).collect();
        format!("{}:{}:{}", self.dimension, self.test, values.join("|"))
    }

    /// Does a value meet it? Parts of addresses are looked for as people read them.
    fn is_met_by(&self, said: &str) -> bool {
        let (shown, small) = (readable(said), readable(said).to_lowercase());
        let mut values = self.values.iter();
        match self.test {
            "is" => values.any(|value| said == value),
            "is_not" => !values.any(|value| said == value),
            "contains" => values.any(|value| small.contains(&readable(value).to_lowercase())),
            _ => values.any(|value| shown.starts_with(&readable(value))),
        }
    }

    fn is_one_value(&self) -> bool {
        self.test == "is" && self.values.len() == 1
    }
}

/// An address with its letters for its escapes; as it is where they are not whole.
pub fn readable(address: &str) -> String {
    percent_decode_str(address).decode_utf8().map_or(address.to_owned(), |text| text.into_owned())
}

/// Who is asked.
pub struct Desk<'a> {
    pub store: &'a SqliteStore,
    pub now: Timestamp,
}

impl Desk<'_> {
    /// The product's answer to staff.
    pub fn ask(
        &self,
        site: &Arc<Site>,
        what: What,
        (first, last): (Date, Date),
        filters: &[Asked],
    ) -> Result<Answer, QueryError> {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut pairs = vec![
            pair("from", &first.to_string()),
            pair("to", &last.to_string()),
            pair("limit", LIMIT),
        ];
        pairs.extend(filters.iter().map(|filter| pair("filter", &filter.written())));
        let pass = StaffPass::signed_in("model".to_owned());
        let asker = Asker {
            store: self.store,
            now: self.now,
            details_from: Date::MIN,
            pass: Some(&pass),
            provisional: &Provisional::default(),
            kept: None,
        };
        run(&asker, Scope::Site(site), what, &pairs).map(|(_, answer)| answer)
    }
}

/// Would adding a metric over several values of a dimension be right, whoever comes?
pub fn adds_up(metric: Metric, owner: Owner) -> bool {
    let of_visit = matches!(owner, Owner::FirstView | Owner::FirstPage | Owner::LastPage);
    let of_visitor = owner == Owner::Visitor;
    let several = matches!(owner, Owner::HitSeveral | Owner::DeedSeveral);
    match metric {
        // A visitor has several visits and pages, but one country and one browser.
        Metric::Visitors => of_visitor,
        // A visit has several pages, but one source.
        Metric::Visits | Metric::BounceRate | Metric::VisitSeconds => of_visitor || of_visit,
        // A bounce has one view, and so one page.
        Metric::Bounces => !several,
        Metric::Views | Metric::Events | Metric::ReadingSeconds => !several,
    }
}

/// The metric of a line of the model.
pub fn value(metric: Metric, line: Figures) -> Shown {
    let [views, visitors, visits, bounces, events, reading, ..] = line;
    let of_visits = |figure: u64| {
        Shown::Ratio(if visits == 0 { None } else { Some(figure as f64 / visits as f64) })
    };
    match metric {
        Metric::Views => Shown::Count(views),
        Metric::Visitors => Shown::Count(visitors),
        Metric::Visits => Shown::Count(visits),
        Metric::Bounces => Shown::Count(bounces),
        Metric::BounceRate => of_visits(100 * bounces),
        Metric::Events => Shown::Count(events),
        Metric::ReadingSeconds => Shown::Count(reading),
        Metric::VisitSeconds => of_visits(reading),
    }
}

/// The filters that are tried on a dimension.
fn filters(days: &[&Day], dimension: &'static str) -> Vec<Asked> {
    let values = all_values(days, dimension);
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return vec![] };
    let asked = |test, values: &[&str]| Asked {
        dimension,
        test,
        values: values.iter().map(|value| value.to_string()).collect(),
    };
    let head: String = last.chars().take(2).collect();
    let middle: String = first.chars().skip(1).take(3).collect();
    let mut filters = vec![
        asked("is", &[last]),
        asked("is", &[first, last, "no such value"]),
        asked("is_not", &[first]),
        asked("starts_with", &[&head]),
        asked("contains", &[&last.to_uppercase()]),
        asked("contains", &[&first.to_lowercase(), "no such value"]),
    ];
    if !middle.is_empty() {
        filters.push(asked("contains", &[&middle]));
    }
    filters
}

/// Asks about some days of a site, all of them closed.
pub fn check(desk: &Desk<'_>, site: &Arc<Site>, days: &[&Day]) -> Result<(), Difference> {
    for dimension in shown_by_themselves() {
        for filter in filters(days, dimension) {
            remember_witnesses(days, &filter);
            check_one(desk, site, days, None, &[filter])?;
        }
    }
    for (one, other) in CROSSINGS {
        for (shown, filtered) in [(one.name, other.name), (other.name, one.name)] {
            for filter in filters(days, filtered) {
                let both = filters(days, shown).into_iter().next().map(|first| [first, filter]);
                let Some(both) = both else { continue };
                check_one(desk, site, days, Some(shown), &both[1..])?;
                check_one(desk, site, days, None, &both)?;
            }
        }
    }
    Ok(())
}

fn check_one(
    desk: &Desk<'_>,
    site: &Arc<Site>,
    days: &[&Day],
    shown: Option<&str>,
    filters: &[Asked],
) -> Result<(), Difference> {
    let at = |what: String| {
        let by = shown.unwrap_or("totals");
        let filters: Vec<_> = filters.iter().map(Asked::written).collect();
        Err(format!("{} {:?}: {by}, {filters:?}: {what}", site.host, ends(days)))
    };
    let expected = expected(shown, filters);
    let what = shown.map_or(What::Totals, |shown| What::Breakdown(named(shown).unwrap()));
    let answer = match desk.ask(site, what, ends(days), filters) {
        Ok(_) if expected.is_empty() => return at("answered".to_owned()),
        Ok(answer) => answer,
        Err(QueryError::Unanswerable(_)) if expected.is_empty() => return Ok(()),
        Err(error) => return at(format!("refused: {error}")),
    };
    if answer.metrics != expected {
        return at(format!("answered {:?} and not {expected:?}", answer.metrics));
    }
    let left_out = Metric::ALL.into_iter().filter(|metric| !expected.contains(metric));
    if !left_out.eq(answer.left_out.iter().map(|(metric, _)| *metric)) {
        return at(format!("left out {:?}", answer.left_out));
    }
    let line = |figures: Figures| -> Vec<Shown> {
        expected.iter().map(|metric| value(*metric, figures)).collect()
    };
    let model = modelled(days, shown, filters).into_iter();
    let mut model: Vec<_> =
        model.map(|(label, figures)| (readable(&label), line(figures))).collect();
    model.sort_by(|one, other| one.0.cmp(&other.0));
    model.retain(|(_, figures)| figures.iter().any(is_something));
    let product = answer.rows.iter().filter(|row| row.figures.iter().any(is_something));
    let mut product: Vec<_> = product.map(|row| (row.label.clone(), row.figures.clone())).collect();
    product.sort_by(|one, other| one.0.cmp(&other.0));
    if product != model {
        return at(format!("the product says {product:?} and the model {model:?}"));
    }
    Ok(())
}

/// The metrics that have an answer.
fn expected(shown: Option<&str>, filters: &[Asked]) -> Vec<Metric> {
    let summed: Vec<_> = filters.iter().filter(|filter| !filter.is_one_value()).collect();
    let mut named = filters.iter().map(|filter| filter.dimension).chain(shown);
    // What few people typed is shown to nobody, and who is counted twice is not one more.
    let hides = named.any(|name| TYPED.contains(&name))
        && !summed.iter().all(|one| adds_up(Metric::Visitors, owner(one.dimension)));
    let adds_up =
        |metric: &Metric| summed.iter().all(|filter| adds_up(*metric, owner(filter.dimension)));
    Metric::ALL.into_iter().filter(|_| !hides).filter(adds_up).collect()
}

/// The lines that the model answers.
fn modelled(days: &[&Day], shown: Option<&str>, filters: &[Asked]) -> Lines {
    let tests: Vec<_> = filters.iter().map(|filter| |said: &str| filter.is_met_by(said)).collect();
    let conditions: Vec<Condition<'_>> = filters
        .iter()
        .zip(&tests)
        .map(|(filter, test)| (filter.dimension, test as &dyn Fn(&str) -> bool))
        .collect();
    let mut involved: Vec<_> = filters.iter().map(|filter| filter.dimension).collect();
    if let Some(shown) = shown {
        involved.push(shown);
        return breakdown(days, shown, &conditions, &involved);
    }
    let figures = added(days, &conditions);
    let is_hidden = involved.iter().any(|name| TYPED.contains(name)) && figures[1] < VISITORS_MIN;
    if is_hidden {
        return Lines::new();
    }
    Lines::from([(String::new(), figures)])
}

/// Metrics that were seen not to add up over the values of an owner.
static WITNESSES: Mutex<Vec<(Owner, Metric)>> = Mutex::new(Vec::new());

/// The metrics that are figures, in the order of the figures.
const COUNTED: [Metric; 6] = [
    Metric::Views,
    Metric::Visitors,
    Metric::Visits,
    Metric::Bounces,
    Metric::Events,
    Metric::ReadingSeconds,
];

/// Notes where the sum over the values of a filter is not the figure of its hits.
fn remember_witnesses(days: &[&Day], filter: &Asked) {
    let is_met = |said: &str| filter.is_met_by(said);
    let together = added(days, &[(filter.dimension, &is_met)]);
    let mut one_by_one = NOTHING;
    for value in all_values(days, filter.dimension).iter().filter(|value| is_met(value)) {
        let is_it = |said: &str| said == value;
        one_by_one = sum(one_by_one, added(days, &[(filter.dimension, &is_it)]));
    }
    let mut witnesses = WITNESSES.lock().unwrap();
    for (place, metric) in COUNTED.into_iter().enumerate() {
        let found = (owner(filter.dimension), metric);
        if together[place] != one_by_one[place] && !witnesses.contains(&found) {
            witnesses.push(found);
        }
    }
}

/// Was every refusal seen to be needed, and nothing seen to need one that was answered?
pub fn check_witnesses() {
    let witnesses = WITNESSES.lock().unwrap();
    for (_, owner) in DIMENSIONS {
        for metric in COUNTED {
            // Of events alone, neither views nor bounces nor reading times are counted.
            let is_never = owner == Owner::DeedSeveral
                && matches!(metric, Metric::Views | Metric::Bounces | Metric::ReadingSeconds);
            let is_seen = witnesses.contains(&(owner, metric));
            let is_right = is_never || is_seen != adds_up(metric, owner);
            assert!(is_right, "{metric:?} of {owner:?}: seen not to add up: {is_seen}");
        }
    }
}

fn is_something(shown: &Shown) -> bool {
    !matches!(shown, Shown::Count(0) | Shown::Ratio(None) | Shown::Withheld)
}

/// Two breakdowns together are answered once a day is closed and not before, and every figure says
/// whether it is final.
pub fn check_final(
    desk: &Desk<'_>,
    site: &Arc<Site>,
    day: &Day,
    is_closed: bool,
    ran: &Ran,
) -> Result<(), Difference> {
    let at = |what: String| Err(format!("{} on {}: {what}", site.host, day.date));
    let period = (day.date, day.date);
    let filter = |dimension| Asked { dimension, test: "is", values: vec!["desktop".to_owned()] };
    let source = What::Breakdown(named("source").unwrap());
    match desk.ask(site, source, period, &[filter("device")]) {
        Ok(_) if is_closed => {}
        Err(QueryError::Unanswerable(Unanswerable::NotClosed(..))) if !is_closed => {}
        Ok(_) => return at("crossed before it is closed".to_owned()),
        Err(error) => return at(format!("closed and refused: {error}")),
    }
    let pages = What::Breakdown(named("page").unwrap());
    for what in [What::Totals, What::Timeseries, pages] {
        let answer = desk.ask(site, what, period, &[]).map_err(|error| error.to_string())?;
        let status = if is_closed { "A" } else { "P" };
        // An hour without a hit is a gap where no collector ran.
        let is_gap = |label: &str| {
            label.contains('T')
                && !day.hours().iter().any(|hour| hour == label)
                && !ran.in_hour(label, desk.now)
        };
        let is_right = answer.rows.iter().all(|row| {
            let expected = if is_gap(&row.label) { "L" } else { status };
            row.obs_status == expected
        });
        if !is_right || answer.provisional == is_closed && !answer.rows.is_empty() {
            return at(format!("closed: {is_closed}, and {:?}", answer.rows));
        }
    }
    Ok(())
}
