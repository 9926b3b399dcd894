//! The lists of the methodology that are constants of the program, in one language.

use crate::collect::{
    Answer, BODY_BYTES_MAX, BODY_SECONDS_MAX, Dropped, EVENT_NAME_BYTES_MAX, PROPERTIES_MAX,
    READING_SECONDS_MAX, SENDERS_PER_DAY_MAX,
};
use crate::dimension::{self, Exposure};
use crate::model::Metric;
use crate::model::rules::{FEATURES_MAX, SECTIONS_MAX};
use crate::privacy::{QUERY_BYTES_MAX, URL_BYTES_MAX};
use crate::publish::beside::METHOD_ENTRIES;
use crate::publish::{CONF_STATUS, METHODS, OBS_STATUS, label_column, metric_title};
use crate::query::LIMIT_MAX;
use crate::store::{BreakKind, Method};
use crate::web::limits::BODIES_PER_ADDRESS_MAX;
use crate::web::limits::connections::CONNECTIONS_PER_ADDRESS_MAX;
use crate::web::limits::downloads::DOWNLOADS_PER_ADDRESS_MAX;
use crate::web::limits::questions::{QUESTION_WAIT_SECONDS_MAX, QUESTIONS_PER_ADDRESS_MAX};
use crate::web::locale::Locale;

/// One breakdown.
pub struct DimensionLine {
    pub name: &'static str,
    pub meaning: String,
    /// The key of the text that says who may read it.
    pub exposure: &'static str,
    pub most: String,
}

/// One way of counting.
pub struct MethodLine {
    pub name: &'static str,
    pub version: u64,
    pub title: &'static str,
    pub counts: &'static str,
    pub misses: &'static str,
    /// The public metrics and breakdowns that it cannot give; nothing if it gives all.
    pub cannot: Option<String>,
}

/// One metric.
pub struct MetricLine {
    pub name: &'static str,
    pub title: String,
    pub meaning: String,
}

/// The metrics with their meaning, which begins with what the metric is called.
pub fn metrics(locale: &Locale) -> Vec<MetricLine> {
    let line = |metric: Metric| {
        let text = locale.of(metric.meaning());
        let (title, meaning) = text.split_once(": ").unwrap_or((metric.name(), text));
        MetricLine {
            name: metric.name(),
            title: with_capital(title.trim_end()),
            meaning: with_capital(meaning),
        }
    };
    Metric::ALL.map(line).into()
}

fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Every breakdown.
pub fn dimensions(locale: &Locale) -> Vec<DimensionLine> {
    let line = |one: &&dimension::Dimension| DimensionLine {
        name: one.name,
        // What is marked as code for data dictionaries needs no mark in a table of codes.
        meaning: locale.of(one.description).replace('`', ""),
        exposure: match one.exposure {
            Exposure::Public => "methodology-exposure-public",
            Exposure::Staff => "methodology-exposure-staff",
            Exposure::PublicAboveThreshold => "methodology-exposure-above",
            Exposure::Crossed => "methodology-exposure-crossed",
            Exposure::Beside => "methodology-exposure-beside",
        },
        most: locale.number(u64::from(one.distinct_max)),
    };
    dimension::ALL.iter().map(line).collect()
}

/// Every reason for not counting, with its meaning and the key of what becomes of the request.
pub fn dropped(locale: &Locale) -> Vec<(&'static str, &'static str, &'static str)> {
    let line = |why: Dropped| {
        let answer = match why.answer() {
            Answer::OnPurpose => "methodology-answer-on-purpose",
            Answer::Refused | Answer::TooLarge => "methodology-answer-refused",
            Answer::TooSlow | Answer::SlowDown | Answer::Unavailable => "methodology-answer-later",
        };
        (why.reason(), locale.of(why.meaning()), answer)
    };
    Dropped::ALL.map(line).to_vec()
}

/// The ways of counting.
pub fn methods(locale: &Locale) -> Vec<MethodLine> {
    let lines = METHOD_ENTRIES.iter().map(|entry| MethodLine {
        name: entry.method.name(),
        version: entry.version,
        title: locale.of(entry.title),
        counts: locale.of(entry.counts),
        misses: locale.of(entry.misses),
        cannot: cannot_give(locale, entry.method),
    });
    lines.collect()
}

/// The titles of the public metrics and breakdowns that a method cannot give.
fn cannot_give(locale: &Locale, method: Method) -> Option<String> {
    let title = |name: &'static str| match Metric::named(name) {
        Some(metric) => Some(metric_title(metric)),
        None => {
            let public = dimension::named(name).filter(|one| one.exposure.is_public());
            public.map(|one| label_column(one.name).title)
        }
    };
    let titles = method.cannot_give().into_iter().filter_map(title);
    let titles: Vec<_> = titles.map(|title| locale.of(title).to_lowercase()).collect();
    (!titles.is_empty()).then(|| titles.join(", "))
}

/// The kinds of break with what each means.
pub fn break_kinds(locale: &Locale) -> Vec<(&'static str, &'static str)> {
    BreakKind::ALL.map(|kind| (kind.name(), locale.of(kind.title()))).to_vec()
}

/// The limits: the key of what is limited, and the number.
pub fn limits(locale: &Locale) -> Vec<(&'static str, String)> {
    let limits = [
        ("methodology-limit-url", URL_BYTES_MAX as u64),
        ("methodology-limit-query", QUERY_BYTES_MAX as u64),
        ("methodology-limit-body", BODY_BYTES_MAX as u64),
        ("methodology-limit-body-seconds", BODY_SECONDS_MAX),
        ("methodology-limit-bodies", u64::from(BODIES_PER_ADDRESS_MAX)),
        ("methodology-limit-downloads", u64::from(DOWNLOADS_PER_ADDRESS_MAX)),
        ("methodology-limit-questions", u64::from(QUESTIONS_PER_ADDRESS_MAX)),
        ("methodology-limit-waiting", QUESTION_WAIT_SECONDS_MAX),
        ("methodology-limit-connections", u64::from(CONNECTIONS_PER_ADDRESS_MAX)),
        ("methodology-limit-senders", SENDERS_PER_DAY_MAX as u64),
        ("methodology-limit-name", EVENT_NAME_BYTES_MAX as u64),
        ("methodology-limit-properties", PROPERTIES_MAX as u64),
        ("methodology-limit-reading", READING_SECONDS_MAX),
        ("methodology-limit-pages", u64::from(dimension::ALL[0].distinct_max)),
        ("methodology-limit-sections", SECTIONS_MAX as u64),
        ("methodology-limit-features", FEATURES_MAX as u64),
        ("methodology-limit-lines", LIMIT_MAX as u64),
    ];
    limits.map(|(key, most)| (key, locale.number(most))).to_vec()
}

/// The codes of the files: column, code and meaning.
pub fn codes(locale: &Locale) -> Vec<(&'static str, &'static str, &'static str)> {
    let obs = OBS_STATUS.iter().map(|(code, words)| ("obs_status", *code, *words));
    let conf = CONF_STATUS.iter().map(|(code, words)| ("conf_status", *code, *words));
    let methods = METHODS.iter().map(|(code, words)| ("method", *code, *words));
    let all = obs.chain(conf).chain(methods);
    all.map(|(column, code, words)| (column, code, locale.of(words))).collect()
}
