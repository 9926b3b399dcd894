//! How the formats write what is odd: compared with files that are kept, and read back.

mod reading;

use std::cell::Cell;
use std::io::{self, Write};

use super::{FORMATS, format_named, format_names, split_extension};
use crate::model::Words;
use crate::publish::table::{Column, Format, Head, Kind, Row, Schema, Value};

const KINDS: &[(&str, Words)] =
    &[("A", Words::new("normale", "normal")), ("Q", Words::new("retenue", "withheld"))];

fn column(name: &'static str, kind: Kind, may_be_empty: bool) -> Column {
    let title = Words::new("Titre", "Title");
    let description = Words::new("Ce que c’est, en unités.", "What it is, with its unit.");
    Column { name, kind, title, description, may_be_empty }
}

fn schema() -> Schema {
    Schema {
        dataset: "pages",
        title: Words::new("Pages", "Pages"),
        description: Words::new("Les pages lues.", "The pages that were read."),
        columns: vec![
            column("page", Kind::Text, false),
            column("day", Kind::Date, false),
            column("views", Kind::Integer, true),
            column("share", Kind::Number, true),
            column("final", Kind::Boolean, true),
            column("seen", Kind::Moment, true),
            column("obs_status", Kind::Code(KINDS), false),
        ],
        primary_key: vec!["page", "day"],
    }
}

fn head() -> Head {
    Head {
        about: "www.example.fr".to_owned(),
        period: Some("2026-11".to_owned()),
        time_zone: Some("Europe/Paris".to_owned()),
        revision: 2,
        released: Some("2026-12-01T03:00:00Z".parse().expect("a moment")),
        reason: Some("An import, \"late\"".to_owned()),
        generator: "parvis 0.1.0".to_owned(),
        rule: "1",
        method: "beacon,log".to_owned(),
        licence: "etalab-2.0".to_owned(),
        synthetic: false,
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn full(page: &str) -> Row {
    vec![
        text(page),
        text("2026-11-22"),
        Value::Integer(1_234_567),
        Value::Number(-0.25),
        Value::Boolean(true),
        text("2026-11-22T10:00:00Z"),
        text("A"),
    ]
}

/// Pages whose names are what attackers, and people, write.
const ODD_PAGES: [&str; 17] = [
    "/plain",
    "/with,comma",
    "/with;semicolon",
    "/with \"quotes\"",
    "/two\nlines",
    "/two\r\nlines",
    "/œuvre/日本/🧭",
    " /space before",
    "=HYPERLINK(\"http://evil.example\")",
    "+33 1 23 45 67 89",
    "-2+3",
    "@SUM(1+1)",
    "\tcmd",
    "\rcmd",
    "＝1+1",
    "＠SUM",
    "'already quoted",
];

fn rows() -> Vec<Row> {
    let mut rows: Vec<_> = ODD_PAGES.map(full).into();
    let mut empty = vec![text("/withheld"), text("2026-11-23")];
    empty.resize(6, Value::Nothing);
    empty.push(text("Q"));
    rows.push(empty);
    rows
}

fn written(format: &dyn Format, rows: Vec<Row>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    format.write(&head(), &schema(), &mut rows.into_iter().map(Ok), &mut bytes)?;
    Ok(bytes)
}

fn named(extension: &str) -> &'static dyn Format {
    format_named(extension).expect("there is this format")
}

#[track_caller]
fn check_kept(extension: &str, kept: &str) {
    let bytes = written(named(extension), rows()).expect("it is written");
    assert_eq!(String::from_utf8(bytes).expect("UTF-8"), kept);
}

#[test]
fn odd_cells_are_written_as_in_the_kept_files() {
    check_kept("csv", include_str!("../../../tests/golden/formats/odd.csv"));
    check_kept("json", include_str!("../../../tests/golden/formats/odd.json"));
    check_kept("tableur.csv", include_str!("../../../tests/golden/formats/odd.tableur.csv"));
}

#[test]
fn no_rows_are_a_header_alone() {
    let csv = written(named("csv"), vec![]).expect("it is written");
    assert_eq!(csv, b"page,day,views,share,final,seen,obs_status\r\n");
    let tableur = written(named("tableur.csv"), vec![]).expect("it is written");
    assert_eq!(tableur, "\u{feff}page;day;views;share;final;seen;obs_status\r\n".as_bytes());
    let json = written(named("json"), vec![]).expect("it is written");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("it is JSON");
    assert_eq!(json["rows"], serde_json::json!([]));
    assert_eq!(json["revision"], 2);
}

#[test]
fn a_file_without_a_release_is_provisional() {
    let head = Head { released: None, revision: 0, ..head() };
    let mut bytes = Vec::new();
    named("json").write(&head, &schema(), &mut std::iter::empty(), &mut bytes).expect("written");
    let json: serde_json::Value = serde_json::from_slice(&bytes).expect("it is JSON");
    assert_eq!((&json["provisional"], &json["released"]), (&true.into(), &().into()));
}

#[test]
fn rows_that_break_their_schema_are_refused_by_every_format() {
    let with = |place: usize, value: Value| {
        let mut row = full("/plain");
        row[place] = value;
        row
    };
    let wrong = [
        vec![text("/too-short")],
        with(0, Value::Nothing),
        with(0, text("")),
        with(0, Value::Integer(1)),
        with(1, text("22/11/2026")),
        with(2, Value::Integer(u64::MAX)),
        with(2, Value::Number(1.0)),
        with(3, Value::Number(f64::NAN)),
        with(4, text("yes")),
        with(5, text("2026-11-22T10:00")),
        with(6, text("Z")),
    ];
    for format in FORMATS {
        for row in &wrong {
            let refused = written(format, vec![row.clone()]).expect_err("the row is wrong");
            assert_eq!(refused.kind(), io::ErrorKind::InvalidData, "{row:?}");
        }
        let mut failing = std::iter::once(Err(io::Error::other("the store is gone")));
        let error = format.write(&head(), &schema(), &mut failing, &mut Vec::new());
        assert_eq!(error.expect_err("it fails").to_string(), "the store is gone");
    }
}

#[test]
fn an_empty_text_is_nothing_in_every_format() {
    let mut schema = schema();
    schema.columns[0].may_be_empty = true;
    for format in FORMATS {
        let [empty, nothing] = [text(""), Value::Nothing].map(|value| {
            let mut row = full("");
            row[0] = value;
            let mut bytes = Vec::new();
            let mut rows = std::iter::once(Ok(row));
            format.write(&head(), &schema, &mut rows, &mut bytes).expect("it is written");
            bytes
        });
        assert!(empty == nothing, "{}", format.extension());
    }
}

#[test]
fn file_names_are_split_at_the_longest_extension() {
    let split = |file| split_extension(file).map(|(stem, format)| (stem, format.extension()));
    assert_eq!(split("2026-11.csv"), Some(("2026-11", "csv")));
    assert_eq!(split("2026-11.tableur.csv"), Some(("2026-11", "tableur.csv")));
    assert_eq!(split("v1.2.parquet"), Some(("v1.2", "parquet")));
    for wrong in ["2026-11", "2026-11.xlsx", "2026-11csv", ".csv", "csv", "", "2026-11.CSV"] {
        assert_eq!(split(wrong), None, "{wrong}");
    }
    assert_eq!(format_names(), "csv, json, parquet, tableur.csv");
}

/// Counts what is written, and keeps nothing.
struct Counted<'a>(&'a Cell<u64>);

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len() as u64);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Rows of the long file: fewer in a build that is slow on purpose.
const LONG_ROWS: u64 = if cfg!(debug_assertions) { 150_000 } else { 1_000_000 };

/// A format may hold back this many rows: a group of Parquet, and a little.
const HELD_BACK_ROWS_MAX: u64 = 70_000;

#[test]
fn a_long_file_is_passed_on_while_it_is_written() {
    for format in FORMATS {
        let (bytes, last_moved) = (Cell::new(0), Cell::new((0, 0)));
        let mut rows = (0..LONG_ROWS).map(|number| {
            let (row, then) = last_moved.get();
            if bytes.get() > then {
                last_moved.set((number, bytes.get()));
            } else {
                assert!(number - row < HELD_BACK_ROWS_MAX, "{} holds back", format.extension());
            }
            // Every page is another, so that nothing can be held back by being the same.
            Ok(full(&format!("/page/{}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15))))
        });
        format.write(&head(), &schema(), &mut rows, &mut Counted(&bytes)).expect("it is written");
        assert!(bytes.get() > LONG_ROWS, "{}", format.extension());
    }
}
