//! Words that have no place in the code, each with what to write instead.

use crate::facts::{Fact, Kind, Source};
use crate::source::{File, Finding, Tree, is_in_any};

struct Ban {
    macros: &'static [&'static str],
    /// Whether tests, and the files that speak to the person at the terminal, may use them.
    only_below_the_top: bool,
    cure: &'static str,
}

const BANS: &[Ban] = &[
    Ban {
        macros: &["todo", "unimplemented"],
        only_below_the_top: false,
        cure: "write the missing part, or leave out what needs it.",
    },
    Ban {
        macros: &["dbg"],
        only_below_the_top: false,
        cure: "delete it, or trace with `tracing::debug!` what is worth keeping.",
    },
    Ban {
        macros: &["print", "println", "eprint", "eprintln"],
        only_below_the_top: true,
        cure: "only src/main.rs and src/app speak to the terminal: return the text or the error, \
            or trace it with `tracing`.",
    },
];

const UNWRAP: &str = "say why it cannot fail with `expect(\"…\")`, or return an error.";
const UNSAFE: &str = "find a safe way: unsafe code is forbidden in the whole crate.";
const ALLOW: &str = "mend what the lint complains of instead of silencing it; where the lint is \
    wrong, `#[expect(…, reason = \"…\")]` says why and expires by itself.";
const IGNORE: &str = "mend the test or delete it: a test that does not run promises nothing.";
const LATER: &str = "do it now, or write down what is so today as a plain sentence.";

/// Marks of work left for later, put together here so that this file does not hold them.
const MARKS: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

/// Written by tools, so that a mark in a checksum is chance.
const LOCKS: &[&str] = &["Cargo.lock", "package-lock.json"];

/// Rule: banned words, methods, macros and attributes.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let facts = tree.sources.iter().flat_map(|source| {
        let judged = source.facts.iter().filter_map(|fact| judge(source, fact));
        judged.map(|(what, cure, line)| Finding::new(&source.path, line, what, cure))
    });
    facts.chain(tree.files.iter().flat_map(marks)).collect()
}

fn judge(source: &Source, fact: &Fact) -> Option<(String, &'static str, usize)> {
    let is_product = source.path.starts_with("src/") && !fact.in_test;
    let (what, cure) = match &fact.kind {
        Kind::Unsafe => ("unsafe".to_string(), UNSAFE),
        Kind::Method(name) if name == "unwrap" && is_product => (".unwrap()".to_string(), UNWRAP),
        Kind::Value(path) if path.last()? == "unwrap" && is_product => (path.join("::"), UNWRAP),
        Kind::Macro(name) => {
            let ban = BANS.iter().find(|ban| ban.macros.contains(&name.as_str()))?;
            let is_top = is_in_any(&source.path, &["src/main", "src/app"]);
            let applies = !ban.only_below_the_top || is_product && !is_top;
            applies.then(|| (format!("{name}!"), ban.cure))?
        }
        Kind::Attribute(words) => attribute(words)?,
        _ => return None,
    };
    Some((what, cure, fact.line))
}

fn attribute(words: &[String]) -> Option<(String, &'static str)> {
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    let is = |wanted: &str| words[0] == wanted || words[0] == "cfg_attr" && has(wanted);
    let lints = |word: &&String| {
        *word == "clippy"
            || *word == "dead_code"
            || *word == "warnings"
            || word.starts_with("unused")
    };
    if is("ignore") {
        return Some(("#[ignore]".to_string(), IGNORE));
    }
    let lint = words.iter().find(lints)?;
    let silences = is("allow") || is("expect") && !has("reason");
    silences.then(|| (format!("silences {lint}"), ALLOW))
}

fn marks(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    if LOCKS.contains(&file.path.as_str()) {
        return findings;
    }
    for (index, line) in file.text.lines().enumerate() {
        let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        if let Some(mark) = words.find(|word| MARKS.contains(word)) {
            findings.push(Finding::new(&file.path, index + 1, mark, LATER));
        }
    }
    findings
}
