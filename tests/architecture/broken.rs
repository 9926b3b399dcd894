//! Shows that each rule bites: a tree that breaks it is reported with its cure, and the mended
//! twin of that tree passes in silence.

mod plan;
mod promises;
mod text;

use crate::source::{Finding, Tree, report};

type Rule = fn(&Tree) -> Vec<Finding>;
type Files<'a> = &'a [(&'a str, &'a str)];

/// Asserts that the rule reports the broken tree at `place` (a path and a line) with a cure that
/// says `cure`, and nothing in the mended one.
fn bites(rule: Rule, broken: Files, place: &str, cure: &str, mended: Files) {
    let shown = report(rule(&Tree::of(broken)));
    assert!(shown.contains(&format!("\n  {place}  ")), "nothing reported at {place}: {shown}");
    assert!(shown.contains(cure), "the cure is not `{cure}`: {shown}");
    passes(rule, mended);
}

/// Asserts that the rule has nothing to say.
fn passes(rule: Rule, files: Files) {
    let shown = report(rule(&Tree::of(files)));
    assert!(shown.is_empty(), "the mended tree is still reported: {shown}");
}

/// Asserts that one file breaks the rule at each of the lines, and at no other.
fn bites_lines(rule: Rule, path: &str, text: &str, lines: &[usize]) {
    let mut found: Vec<usize> =
        rule(&Tree::of(&[(path, text)])).iter().map(|finding| finding.line).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, lines, "{}", report(rule(&Tree::of(&[(path, text)]))));
}
