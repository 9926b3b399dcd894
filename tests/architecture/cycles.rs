//! No circles: neither between the floors nor between the files of one folder.
//!
//! A folder's `mod.rs` is not counted: it may list its children, and they may implement the trait
//! that it declares. What it merely passes on (`pub use`) counts as use of the file it comes from.
//! Unit tests may call whom they like.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Segments;
use crate::floors;
use crate::source::{Finding, Tree};

const CIRCLE: &str = "break the circle: move what both sides need into a file of its own below \
    them, or hand it in as an argument.";

/// Where a file first uses another: path and line.
type Place<'a> = (&'a str, usize);
type Graph<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Place<'a>>>;

/// Rule: no circles.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut folders: BTreeMap<&[String], Graph> = BTreeMap::new();
    let modules: BTreeSet<&Segments> = tree.product().map(|source| &source.module).collect();
    for source in tree.product().filter(|source| !floors::is_roof(source)) {
        for fact in source.facts.iter().filter(|fact| !fact.in_test) {
            let Some((first, target)) = fact.kind.path().and_then(|path| path.split_first()) else {
                continue;
            };
            // The two paths part below their common folder; what follows on each side are the
            // siblings between which this is a use.
            let pairs = source.module.iter().zip(target);
            let depth = pairs.take_while(|(own, other)| own == other).count();
            let (Some(own), Some(other)) = (source.module.get(depth), target.get(depth)) else {
                continue;
            };
            if first == "crate"
                && modules.iter().any(|module| module.starts_with(&target[..=depth]))
            {
                let graph = folders.entry(&source.module[..depth]).or_default();
                let uses = graph.entry(own).or_default();
                uses.entry(other).or_insert((&source.path, fact.line));
            }
        }
    }
    folders.values().flat_map(circles).collect()
}

/// One shortest circle for each knot of files that all reach each other.
fn circles(graph: &Graph) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for start in graph.keys() {
        let Some(circle) = (!seen.contains(start)).then(|| way_back(graph, start)).flatten() else {
            continue;
        };
        let round = circle.iter().zip(circle.iter().cycle().skip(1));
        for (from, to) in round {
            let (path, line) = graph[from][to];
            let what = format!("{from} uses {to}, in the circle {} → {start}", circle.join(" → "));
            findings.push(Finding::new(path, line, what, CIRCLE));
        }
        seen.extend(circle);
    }
    findings
}

/// The shortest way from a file back to itself, searched breadth first.
fn way_back<'a>(graph: &Graph<'a>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut ways = std::collections::VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        let last = way.last()?;
        for next in graph.get(last).into_iter().flat_map(|uses| uses.keys().copied()) {
            if next == start {
                return Some(way);
            }
            if seen.insert(next) {
                ways.push_back(way.iter().copied().chain([next]).collect());
            }
        }
    }
    None
}
