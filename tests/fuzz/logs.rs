//! Texts of access logs that are nearly right.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::pieces::{Input, damaged, text};

const SENDERS: [&str; 14] = [
    "192.0.2.7",
    "2001:db8::7",
    "[2001:db8::7]",
    "192.0.2.7:443",
    "fe80::1%eth0",
    "::ffff:192.0.2.7",
    "host.example",
    "-",
    "",
    "192.0.2.7, 198.51.100.1",
    "www.example.fr 192.0.2.7",
    "www.example.fr:443 2001:db8::7",
    "other.example 192.0.2.7",
    "\"192.0.2.7\"",
];

const TIMES: [&str; 12] = [
    "20/Nov/2026:10:00:00 +0100",
    "20/Nov/2026:23:59:59 +0000",
    "21/Nov/2026:00:00:01 +0100",
    "29/Feb/2027:10:00:00 +0000",
    "31/Dec/9999:23:59:60 +0000",
    "01/Jan/0000:00:00:00 +0000",
    "31/Dec/9999:23:59:59 -1200",
    "20/nov/2026:10:00:00 +0100",
    "20/Nov/2026:10:00:00 +9999",
    "2026-11-20T10:00:00Z",
    "",
    "+0/Nov/2026:10:00:00 +0100",
];

const REQUESTS: [(&str, &str); 12] = [
    ("GET /", " HTTP/1.1"),
    ("GET /", " HTTP/2.0"),
    ("GET http://www.example.fr/", " HTTP/1.1"),
    ("POST /", " HTTP/1.1"),
    ("GET //", " HTTP/1.1"),
    ("GET https://other.example/", " HTTP/1.0"),
    ("GET ", " HTTP/1.1"),
    ("get /", " HTTP/1.1"),
    ("CONNECT www.example.fr:443", " HTTP/1.1"),
    ("GET /", ""),
    ("", ""),
    ("GET *", " HTTP/1.1"),
];

const STATUSES: [&str; 12] =
    ["200", "304", "404", "206", "301", "500", "000", "-", "1000", "٢٠٠", "99", ""];

const AGENTS: [&str; 6] = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
    "curl/8.5.0",
    "-",
    "",
    "Googlebot/2.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 \
        Version/17.0 Mobile/15E148 Safari/604.1",
];

/// A field as servers write it, or as none does.
fn field() -> impl Strategy<Value = String> {
    let escapes = select(vec![
        "",
        r#"\""#,
        r"\\",
        r"\x22",
        r"\xC3\xA9",
        r"\xe9",
        r"\xED\xA0\x80",
        r"\x",
        r"\xZZ",
        r"\n",
        r"\x00",
        "\"",
        "\\",
        r"\x2D",
        "] \"",
        "[20/Nov/2026:10:00:00 +0100] \"",
        "\u{feff}",
        "\u{201c}",
    ]);
    let escape = prop_oneof![3 => Just(""), 1 => escapes];
    let plain = text(3).prop_map(|text| text.replace(['\r', '\n'], "")).boxed();
    (plain.clone(), escape, plain).prop_map(|(head, escape, tail)| format!("{head}{escape}{tail}"))
}

fn line() -> impl Strategy<Value = String> {
    let usual = |all: &'static [&str]| prop_oneof![3 => Just(all[0]), 2 => select(all.to_vec())];
    let request = (prop_oneof![3 => Just(REQUESTS[0]), 2 => select(REQUESTS.to_vec())], field());
    let request = request.prop_map(|((head, tail), field)| format!("{head}{field}{tail}"));
    let size = usual(&["5", "-", "0", "18446744073709551616", "x"]);
    let both = (field(), usual(&AGENTS));
    let more = (field(), field());
    let said = prop_oneof![
        4 => both.prop_map(|(referrer, agent)| format!(" \"{referrer}\" \"{agent}\"")),
        1 => more.prop_map(|(one, other)| format!(" \"{one}\" \"{other}\" \"-\" 0.1")),
        1 => Just(String::new()),
    ];
    (usual(&SENDERS), usual(&TIMES), request, usual(&STATUSES), size, said).prop_map(
        |(sender, time, request, status, size, said)| {
            format!("{sender} - - [{time}] \"{request}\" {status} {size}{said}")
        },
    )
}

pub fn texts() -> impl Strategy<Value = Input> {
    let any = prop_oneof![
        12 => line(),
        1 => field(),
        1 => line().prop_map(|line| format!("\"{}\"", line.replace('"', "\"\""))),
        1 => select(vec!["", "\0\0\0", "\u{feff}", " ", "\t"]).prop_map(str::to_owned),
        1 => (1usize..40_000).prop_map(|length| "x".repeat(length)),
    ];
    let ends = prop_oneof![6 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\r"), 1 => Just("")];
    let text = vec((any, ends), 0..8).prop_map(|lines| {
        let lines = lines.into_iter().map(|(line, end)| line + end);
        lines.collect::<String>().into_bytes()
    });
    let packed = prop_oneof![9 => Just(false), 1 => Just(true)];
    let text = (damaged(text), packed).prop_map(|(Input(text), is_packed)| match is_packed {
        true => packed_text(&text),
        false => text,
    });
    let text = text.boxed();
    // What is packed is damaged, too.
    prop_oneof![9 => text.clone().prop_map(Input), 1 => damaged(text)]
}

fn packed_text(text: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}
