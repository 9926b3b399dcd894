//! The texts are complete, alike in every language, and written as the language writes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use jiff::civil::date;

use super::*;

type Variables = BTreeMap<String, BTreeSet<String>>;

/// The texts of a language with the names of what is put into each.
fn texts(tag: &str) -> Variables {
    let file = Texts::get(&format!("{tag}.ftl")).unwrap();
    let text = String::from_utf8(file.data.into_owned()).unwrap();
    let parsed = parser::parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut found = Variables::new();
    for entry in &parsed.body {
        let Entry::Message(message) = entry else { continue };
        let mut names = BTreeSet::new();
        message.value.iter().for_each(|pattern| note(pattern, &mut names));
        let name = message.id.name.to_owned();
        assert!(found.insert(name.clone(), names).is_none(), "{tag}: {name} is there twice");
    }
    found
}

fn note(pattern: &Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| note(&variant.value, names));
                selector
            }
        };
        let argument = match inline {
            InlineExpression::FunctionReference { arguments, .. } => arguments.positional.first(),
            inline => Some(inline),
        };
        if let Some(InlineExpression::VariableReference { id }) = argument {
            names.insert(id.name.to_owned());
        }
    }
}

/// Everything that is written in the program and the templates.
fn sources() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = String::new();
    for folder in ["src/web", "assets/templates"] {
        for entry in walkdir::WalkDir::new(root.join(folder)) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() && !entry.path().ends_with("locale/tests.rs") {
                let text = fs::read_to_string(entry.path()).unwrap();
                let said = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                all.extend(said.flat_map(|line| [line, "\n"]));
            }
        }
    }
    all
}

#[test]
fn every_language_has_the_same_texts_with_the_same_things_put_in() {
    let english = texts(COMPLETE);
    assert!(english.len() > 30);
    for locale in all() {
        let own = texts(locale.tag());
        let keys = |texts: &Variables| texts.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&own), keys(&english), "{}", locale.tag());
        for (key, names) in &own {
            // A language may need to know less, such as no number where it has no plural.
            assert!(names.is_subset(&english[key]), "{}: {key}: {names:?}", locale.tag());
        }
    }
}

#[test]
fn every_text_that_is_named_is_there_and_every_text_is_named() {
    let english = texts(COMPLETE);
    let sources = sources();
    let mut named = BTreeSet::new();
    for call in [".say(\"", "frame.html(\"", ".not_found(\""] {
        for rest in sources.split(call).skip(1) {
            let key = rest.split('"').next().unwrap();
            if !key.is_empty() && !key.contains('{') {
                assert!(english.contains_key(key), "{key} is named and not there");
                named.insert(key.to_owned());
            }
        }
    }
    // What is put together names its beginning: `format!("period-{name}")`.
    let begun: BTreeSet<_> = sources
        .split('"')
        .filter_map(|text| text.split_once("-{").map(|(begin, _)| format!("{begin}-")))
        .filter(|begin| begin.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'))
        .collect();
    for key in english.keys().filter(|key| !named.contains(*key)) {
        let is_written = sources.contains(&format!("\"{key}\""));
        let is_begun = begun.iter().any(|begin| key.starts_with(begin.as_str()));
        assert!(is_written || is_begun, "{key} is there and never named");
    }
}

#[test]
fn french_is_written_with_its_own_spaces() {
    let file = Texts::get("fr.ftl").unwrap();
    let text = String::from_utf8(file.data.into_owned()).unwrap();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        for sign in [" ;", " !", " ?", " :", " %", "« ", " »"] {
            assert!(!line.contains(sign), "an ordinary space in {sign:?}: {line}");
        }
        assert!(!line.contains("« "), "{line}");
    }
    let french = named("fr").unwrap();
    assert_eq!(french.number(1_234_560), "1\u{202f}234\u{202f}560");
    assert_eq!(french.decimal(-12.34, 1), "\u{2212}12,3");
    assert_eq!(french.day(date(2026, 11, 1)), "1er novembre 2026");
    assert_eq!(french.weekday(date(2026, 11, 25)), "mercredi 25 novembre 2026");
    assert_eq!(french.country("DE"), Some("Allemagne"));
    assert_eq!(french.language("de"), Some("allemand"));
}

#[test]
fn english_is_written_as_it_is() {
    let english = named("en").unwrap();
    assert_eq!(english.number(1_234_560), "1,234,560");
    assert_eq!(english.decimal(0.04, 1), "0.0");
    assert_eq!(english.decimal(-0.04, 1), "0.0");
    assert_eq!(english.day(date(2026, 11, 1)), "1 November 2026");
    assert_eq!(english.week(date(2027, 1, 1)), "week 53 of 2026");
}

#[test]
fn what_is_put_in_cannot_be_markup() {
    let english = named("en").unwrap();
    let text = english.html("foot-licence").with("to_methodology", "\"><b>").to_string();
    assert!(text.contains("&quot;&gt;&lt;b&gt;"), "{text}");
}
