//! Bodies of messages that are nearly right.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::pieces::{Input, address, damaged, text};

/// Names that a sender may use, short and long.
const NAMES: [&str; 20] = [
    "n",
    "name",
    "u",
    "url",
    "d",
    "domain",
    "r",
    "referrer",
    "t",
    "title",
    "k",
    "p",
    "props",
    "e",
    "w",
    "seconds",
    "N",
    "__proto__",
    "",
    "é",
];

const EVENTS: [&str; 12] = [
    "pageview",
    "time",
    "engagement",
    "download",
    "File Download",
    "outbound",
    "Outbound Link: Click",
    "missing",
    "404",
    "print",
    "feature",
    "Un événement",
];

const NUMBERS: [&str; 12] = [
    "0",
    "-0",
    "1",
    "-1",
    "1.5",
    "800",
    "3601",
    "1e400",
    "18446744073709551615",
    "18446744073709551616",
    "4294967296",
    "99999999999999999999999999999999999999",
];

/// A text as JSON writes it, with its letters as they are or as escapes, or with half a letter.
fn string(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let halves =
        select(vec!["", "\\ud83d", "\\ude00", "\\u00", "\\x", "\\/", "\\u0000", "\\u202e"]);
    let half = prop_oneof![4 => Just(""), 1 => halves];
    (text, any::<bool>(), half).prop_map(|(text, is_escaped, half)| {
        let unit = |unit: u16| format!("\\u{unit:04x}");
        let json = match is_escaped {
            true => format!("\"{}\"", text.encode_utf16().map(unit).collect::<String>()),
            false => serde_json::to_string(&text).unwrap(),
        };
        format!("{}{half}\"", &json[..json.len() - 1])
    })
}

fn value() -> impl Strategy<Value = String> {
    let plain = prop_oneof![
        4 => string(text(4)),
        2 => string(address()),
        2 => select(NUMBERS.to_vec()).prop_map(str::to_owned),
        1 => select(vec!["null", "true", "false", "[]", "{}", "NaN", "01"]).prop_map(str::to_owned),
        1 => (1usize..200).prop_map(|deep| "[".repeat(deep) + &"]".repeat(deep)),
    ];
    plain.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            3 => object(vec((string(text(2)), inner.clone()), 0..14).boxed()),
            1 => vec(inner.clone(), 0..4).prop_map(|all| format!("[{}]", all.join(","))),
            // Properties as a text that holds an object.
            1 => object(vec((string(text(2)), inner), 0..4).boxed())
                .prop_map(|object| serde_json::to_string(&object).unwrap()),
        ]
    })
}

fn object(parts: BoxedStrategy<Vec<(String, String)>>) -> impl Strategy<Value = String> {
    parts.prop_map(|parts| {
        let parts: Vec<_> =
            parts.into_iter().map(|(name, value)| format!("{name}:{value}")).collect();
        format!("{{{}}}", parts.join(","))
    })
}

pub fn bodies() -> impl Strategy<Value = Input> {
    let name = prop_oneof![
        4 => select(EVENTS.to_vec()).prop_map(str::to_owned).boxed(),
        1 => text(3).boxed(),
    ];
    let some = (select(NAMES.to_vec()).prop_map(|name| format!("\"{name}\"")), value());
    let known =
        (string(name), string(address()), string(address()), string(text(5)), string(address()))
            .prop_map(|(name, page, referrer, title, link)| {
                let known = [("n", name), ("u", page), ("r", referrer), ("t", title)];
                let mut known: Vec<_> =
                    known.into_iter().map(|(name, value)| (format!("\"{name}\""), value)).collect();
                known.push(("\"p\"".to_owned(), format!("{{\"url\":{link},\"seconds\":12}}")));
                known
            });
    let parts = (known, vec(some, 0..6)).prop_map(|(mut known, some)| {
        known.extend(some);
        known
    });
    let any = prop_oneof![
        12 => object(parts.boxed()).prop_map(String::into_bytes),
        1 => value().prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..60),
    ];
    damaged(any)
}
