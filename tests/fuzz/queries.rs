//! Queries of the picture and of questions that are nearly right.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::pieces::{Input, address, damaged, text};

const NAMES: [&str; 14] = [
    "period",
    "from",
    "to",
    "interval",
    "metrics",
    "filter",
    "compare",
    "sort",
    "limit",
    "page",
    "days",
    "Period",
    "filter%5B%5D",
    "",
];

const WORDS: [&str; 46] = [
    "today",
    "yesterday",
    "7d",
    "28d",
    "30d",
    "month",
    "year",
    "12mo",
    "all",
    "2026-11-22",
    "2026-11",
    "2026",
    "2025-02-29",
    "9999-12-31",
    "9999",
    "-9999-01-01",
    "0000",
    "0001-01-01",
    "2026-W47",
    "2026-11-22T00:00",
    "2026-01-01..2026-02-01",
    "2026-02-01..2026-01-01",
    "0001-01-01..9999-12-31",
    "..",
    "previous",
    "hour",
    "day",
    "week",
    "views",
    "visitors",
    "visits",
    "views,visits",
    "views,,views",
    "bounce_rate",
    "-views",
    "value",
    "-value",
    "--views",
    "0",
    "1",
    "10000",
    "10001",
    "1000000",
    "18446744073709551616",
    "-1",
    "٣",
];

const DIMENSIONS: [&str; 16] = [
    "page",
    "entry_page",
    "section",
    "host",
    "title",
    "source",
    "country",
    "browser",
    "event",
    "download",
    "outlink",
    "missing_from",
    "search",
    "property",
    "city",
    "",
];

/// A filter that is nearly one.
fn filter() -> impl Strategy<Value = String> {
    let test = select(vec!["is", "is_not", "contains", "starts_with", "like", ""]);
    let value = prop_oneof![3 => text(4), 1 => text(4).prop_map(|text| format!("/{text}"))];
    let values = vec(value, 1..4);
    let many = select(vec![1usize, 1, 1, 1, 40, 101]);
    (select(DIMENSIONS.to_vec()), test, values, many).prop_map(|(name, test, values, many)| {
        let values: Vec<_> = values.iter().cycle().take(values.len() * many).cloned().collect();
        format!("{name}:{test}:{}", values.join("|"))
    })
}

/// A value with all, some or none of its letters as escapes.
fn written(value: String, how: u8) -> String {
    match how {
        0 => value,
        1 => url::form_urlencoded::byte_serialize(value.as_bytes()).collect(),
        _ => value.bytes().map(|byte| format!("%{byte:02x}")).collect(),
    }
}

pub fn of_questions() -> impl Strategy<Value = Input> {
    let word = select(WORDS.to_vec()).prop_map(str::to_owned);
    let pair = prop_oneof![
        6 => (select(NAMES.to_vec()), word).prop_map(|(name, word)| (name, word)),
        4 => filter().prop_map(|filter| ("filter", filter)),
        1 => (select(NAMES.to_vec()), text(3)).prop_map(|(name, text)| (name, text)),
    ];
    let right = select(vec![
        vec![],
        vec![("period", "28d")],
        vec![("from", "2026-01-30"), ("to", "2026-11-10")],
        vec![("period", "2026-11-22"), ("interval", "hour")],
        vec![("period", "12mo"), ("interval", "week")],
        vec![("compare", "previous"), ("sort", "-visits")],
        vec![("compare", "2025-03-01..2025-04-01")],
        vec![("from", "0001-01-01"), ("to", "0001-02-01"), ("compare", "year")],
        vec![
            ("from", "9999-12-30"),
            ("to", "9999-12-31"),
            ("compare", "previous"),
            ("interval", "month"),
        ],
    ]);
    let right = right.prop_map(|pairs| {
        pairs.into_iter().map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>()
    });
    let pairs = (right, vec(pair, 0..4)).prop_map(|(mut right, more)| {
        right.extend(more);
        right
    });
    let query = (pairs, 0u8..3).prop_map(|(pairs, how)| {
        let pairs =
            pairs.into_iter().map(|(name, value)| format!("{name}={}", written(value, how)));
        pairs.collect::<Vec<_>>().join("&").into_bytes()
    });
    damaged(query)
}

pub fn of_pictures() -> impl Strategy<Value = Input> {
    let value =
        prop_oneof![3 => address(), 2 => text(6), 1 => text(6).prop_map(|text| format!("/{text}"))];
    let site = prop_oneof![3 => Just("www.example.fr".to_owned()), 1 => text(3)];
    let pair = prop_oneof![
        4 => (Just("u"), value.boxed()),
        2 => (Just("d"), site.boxed()),
        2 => (Just("r"), address().boxed()),
        1 => (select(vec!["U", "", "u%20", "x"]), text(3).boxed()),
    ];
    let query = (vec((pair, 0u8..3), 0..5), address()).prop_map(|(pairs, header)| {
        let pairs =
            pairs.into_iter().map(|((name, value), how)| format!("{name}={}", written(value, how)));
        let query = pairs.collect::<Vec<_>>().join("&").replace('\n', "%0A");
        format!("{query}\n{header}").into_bytes()
    });
    damaged(query)
}
