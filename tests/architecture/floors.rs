//! The floors of the house: who may use whom, and whether `src/lib.rs` draws the same plan.

use std::collections::BTreeMap;

use crate::facts::{Kind, Source};
use crate::source::{Finding, Tree};

/// From the top down. A floor uses those after it in this list, never one before it.
pub const FLOORS: &[&str] = &[
    "app",
    "config",
    "web",
    "publish",
    "query",
    "release",
    "collect",
    "journal",
    "store",
    "dimension",
    "privacy",
    "signal",
    "model",
];

const LIB: &str = "src/lib.rs";

const UPWARD: &str = "a floor uses only the floors below it: move what both need down to the lower \
    floor, or let the higher floor hand it in as an argument or a trait.";
const NO_FLOOR: &str = "give it a floor, in `FLOORS` of tests/architecture/floors.rs and in the \
    plan in src/lib.rs, or move it into the module that uses it.";
const LIB_IS_A_MAP: &str = "src/lib.rs is the map and holds nothing: move this name to the lowest \
    floor that uses it.";
const NOT_ON_THE_MAP: &str = "let the `//!` text of src/lib.rs list every floor, one a line, each \
    line beginning with the floor's name, from app at the top down to model.";
const NOT_DECLARED: &str = "declare every module of the top level with `mod` in src/lib.rs.";

/// The modules of the top level, each with a file that belongs to it.
pub fn modules(tree: &Tree) -> BTreeMap<&str, &str> {
    let named = tree.product().filter(|source| !is_roof(source));
    // The files come in order, and a folder's first is enough to point at it.
    let pairs = named.map(|source| (source.module[0].as_str(), source.path.as_str()));
    pairs.rev().collect()
}

/// Rule: references go only downwards.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let modules = modules(tree);
    for (module, path) in &modules {
        if height(module).is_none() {
            findings.push(Finding::new(path, 1, format!("`{module}` has no floor"), NO_FLOOR));
        }
    }
    for source in tree.product().filter(|source| !is_roof(source)) {
        let Some(own) = height(&source.module[0]) else { continue };
        for fact in &source.facts {
            let Some([first, target, ..]) = fact.kind.path().map(Vec::as_slice) else { continue };
            if first != "crate" {
                continue;
            }
            let what = format!("{} uses `crate::{target}`", source.module[0]);
            match height(target) {
                Some(height) if height <= own => {}
                Some(_) => findings.push(Finding::new(&source.path, fact.line, what, UPWARD)),
                None if modules.contains_key(target.as_str()) => {}
                None => findings.push(Finding::new(&source.path, fact.line, what, LIB_IS_A_MAP)),
            }
        }
    }
    findings
}

/// Rule: `src/lib.rs` is the map of the floors.
pub fn check_map(tree: &Tree) -> Vec<Finding> {
    let Some(text) = tree.text_of(LIB) else {
        return vec![Finding::new(LIB, 1, "the file is missing", NOT_ON_THE_MAP)];
    };
    let mut findings = Vec::new();
    let mut map = text.lines().filter_map(|line| line.trim().strip_prefix("//!")).map(first_word);
    for floor in FLOORS {
        if !map.any(|word| word == *floor) {
            let what = format!("`{floor}` is missing from the plan, or not in its place");
            findings.push(Finding::new(LIB, 1, what, NOT_ON_THE_MAP));
            break;
        }
    }
    let lib = tree.product().find(|source| source.path == LIB);
    let declares = |module: &str| {
        let mut facts = lib.iter().flat_map(|lib| &lib.facts);
        facts.any(|fact| matches!(&fact.kind, Kind::Module { name, .. } if name == module))
    };
    for (module, path) in modules(tree).into_iter().filter(|(module, _)| !declares(module)) {
        findings.push(Finding::new(path, 1, format!("`{module}` is undeclared"), NOT_DECLARED));
    }
    findings
}

/// The two files above all floors.
pub fn is_roof(source: &Source) -> bool {
    source.path == LIB || source.path == "src/main.rs"
}

fn height(module: &str) -> Option<usize> {
    FLOORS.iter().rev().position(|floor| *floor == module)
}

/// The first word of a line, past numbers, bullets, table bars and brackets.
fn first_word(line: &str) -> &str {
    let line = line.trim_start_matches(|letter: char| !letter.is_alphabetic());
    let end = line.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    &line[..end.unwrap_or(line.len())]
}
