//! The query of a question.

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use jiff::civil::{Date, date};
use parvis::dimension::{ALL, coded};
use parvis::model::{Host, Metric, Site, SiteRules, Zone};
use parvis::query::{
    Ask, Asker, Comparison, FILTERS_MAX, LIMIT_MAX, PAGE_MAX, Provisional, Scope, Sort, Span,
    VALUES_MAX, What, run,
};
use parvis::store::{By, Filter, NewSite, Sites as _, SqliteStore, Test};

const TODAY: Date = date(2026, 11, 24);
const OLDEST: Date = date(2025, 1, 1);

/// Periods that are really asked for: the rows of longer ones take long to make.
const DAYS_ASKED_MAX: i32 = 800;

/// A store with one site and no figures.
static STORE: LazyLock<(tempfile::TempDir, SqliteStore, Arc<Site>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path()).unwrap();
    let (host, zone) = (Host::parse("www.example.fr").unwrap(), Zone::named("UTC").unwrap());
    let site = NewSite {
        host,
        aliases: Vec::new(),
        zone,
        query_kept: Vec::new(),
        rules: SiteRules::default(),
        organisation: None,
        synthetic: false,
    };
    store.add_site(&site, Timestamp::UNIX_EPOCH).unwrap();
    let site = Arc::new(store.sites().unwrap().remove(0));
    (folder, store, site)
});

/// Reads a query as that of totals, of a curve and of a breakdown, which its length chooses; checks
/// what is read and asks it.
pub fn question(query: &[u8]) {
    let pairs: Vec<_> = url::form_urlencoded::parse(query).into_owned().collect();
    let dimension = ALL[query.len() % ALL.len()];
    for what in [What::Totals, What::Timeseries, What::Breakdown(dimension)] {
        match read(what, &pairs) {
            Ok(ask) => {
                check(&ask);
                if ask.span.days() <= DAYS_ASKED_MAX {
                    answer(what, &pairs);
                }
            }
            Err(why) => assert!(why.len() > 10, "{why}"),
        }
    }
}

fn read(what: What, pairs: &[(String, String)]) -> Result<Ask, String> {
    Ask::read(what, pairs.iter().cloned(), TODAY, OLDEST).map_err(|error| error.to_string())
}

/// It has an answer, or a reason why there is none.
fn answer(what: What, pairs: &[(String, String)]) {
    let (_, store, site) = &*STORE;
    let asker = Asker {
        store,
        now: TODAY.at(12, 0, 0, 0).in_tz("UTC").unwrap().timestamp(),
        details_from: OLDEST,
        pass: None,
        provisional: &Provisional::default(),
        kept: None,
    };
    match run(&asker, Scope::Site(site), what, pairs) {
        Ok((ask, answer)) => {
            assert!(answer.first <= answer.last);
            assert!(!matches!(what, What::Breakdown(_)) || answer.rows.len() <= ask.limit);
        }
        Err(why) => assert!(why.to_string().len() > 10, "{why}"),
    }
}

fn check(ask: &Ask) {
    assert!((1..=LIMIT_MAX).contains(&ask.limit) && (1..=PAGE_MAX).contains(&ask.page));
    check_span(ask.span);
    if let Some(Comparison::Fixed(span)) = ask.comparison {
        check_span(span);
    }
    assert!(ask.filters.len() <= FILTERS_MAX);
    for filter in &ask.filters {
        check_filter(filter);
    }
    if let Some(metrics) = &ask.metrics {
        let is_twice = |at: usize| metrics[..at].contains(&metrics[at]);
        assert!(!metrics.is_empty() && !(0..metrics.len()).any(is_twice));
    }
    // Written again from what was read, it is the same question.
    let pairs = written(ask);
    let again = read(ask.what, &pairs).unwrap_or_else(|why| panic!("{why}: {pairs:?}"));
    assert_eq!((again.span, again.by, again.sort), (ask.span, ask.by, ask.sort), "{pairs:?}");
    assert_eq!((again.limit, again.page), (ask.limit, ask.page));
    assert_eq!((&again.metrics, again.comparison), (&ask.metrics, ask.comparison));
    let exact = |ask: &Ask| -> Vec<_> {
        let filters = ask.filters.iter().filter(|filter| is_exact(filter));
        filters.map(|filter| (filter.dimension, filter.test, filter.values.clone())).collect()
    };
    assert_eq!(exact(&again), exact(ask), "{pairs:?}");
}

fn check_span(span: Span) {
    assert!(span.first <= span.last && span.days() > 0);
    for other in [span.previous(), span.year_before()] {
        assert!(other.first <= other.last, "{span:?} beside {other:?}");
    }
}

fn is_exact(filter: &Filter) -> bool {
    matches!(filter.test, Test::Is | Test::IsNot)
}

fn check_filter(filter: &Filter) {
    assert!((1..=VALUES_MAX).contains(&filter.values.len()));
    if is_exact(filter) {
        let lets_pass = filter.test == Test::Is;
        for value in &filter.values {
            assert_eq!(filter.lets_pass(value), lets_pass, "{value:?} of {filter:?}");
        }
    }
}

fn written(ask: &Ask) -> Vec<(String, String)> {
    let mut pairs = vec![
        ("from", ask.span.first.to_string()),
        ("to", ask.span.last.to_string()),
        ("limit", ask.limit.to_string()),
        ("page", ask.page.to_string()),
        (
            "sort",
            match ask.sort {
                Sort::Value(down) => format!("{}value", if down { "-" } else { "" }),
                Sort::Metric(metric, down) => {
                    format!("{}{}", if down { "-" } else { "" }, metric.name())
                }
            },
        ),
    ];
    let interval = match ask.by {
        By::Hour => Some("hour"),
        By::Day => Some("day"),
        By::Week => Some("week"),
        By::Month => Some("month"),
        By::Year => Some("year"),
        By::Nothing | By::Value(_) => None,
    };
    pairs.extend(interval.map(|name| ("interval", name.to_owned())));
    if let Some(metrics) = &ask.metrics {
        let names: Vec<_> = metrics.iter().map(|metric: &Metric| metric.name()).collect();
        pairs.push(("metrics", names.join(",")));
    }
    pairs.extend(ask.comparison.map(|comparison| {
        (
            "compare",
            match comparison {
                Comparison::Previous => "previous".to_owned(),
                Comparison::YearBefore => "year".to_owned(),
                Comparison::Fixed(span) => format!("{}..{}", span.first, span.last),
            },
        )
    }));
    for filter in ask.filters.iter().filter(|filter| is_exact(filter)) {
        let name = coded(filter.dimension).unwrap().name;
        let test = if filter.test == Test::Is { "is" } else { "is_not" };
        let values: Vec<_> = filter.values.iter().map(|one| one.replace('|', "\\|")).collect();
        pairs.push(("filter", format!("{name}:{test}:{}", values.join("|"))));
    }
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
