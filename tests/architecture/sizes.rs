//! How large a file, a function and a line may be, so that each fits one head and one screen.

use crate::facts::Kind;
use crate::source::{File, Finding, Tree};

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;
const LINE_COLUMNS_MAX: usize = 100;

const SPLIT_FILE: &str = "a file holds at most 400 lines: split it by subject and name each part \
    after what it does.";
const SPLIT_FUNCTION: &str = "a function holds at most 70 lines: give its steps names and make \
    them functions.";
const BREAK_LINE: &str = "a line holds at most 100 columns: run `cargo fmt`, and break strings \
    and comments by hand.";
const UNREADABLE: &str = "the file is not Rust that this test can read: mend the syntax.";

/// Rule: files, functions and lines stay small.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let ours = |path: &str| ["src/", "tests/", "benches/"].iter().any(|top| path.starts_with(top));
    let files = tree.files.iter().filter(|file| file.is_rust() && ours(&file.path));
    let functions = tree.sources.iter().flat_map(|source| {
        source.facts.iter().filter_map(|fact| match &fact.kind {
            Kind::Function(function) if function.lines > FUNCTION_LINES_MAX => {
                let what = format!("fn {} has {} lines", function.name, function.lines);
                Some(Finding::new(&source.path, fact.line, what, SPLIT_FUNCTION))
            }
            _ => None,
        })
    });
    files.flat_map(lines).chain(functions).collect()
}

/// Rule: every Rust file can be read, or the other rules would pass over it in silence.
pub fn check_readable(tree: &Tree) -> Vec<Finding> {
    let unreadable = tree.sources.iter().filter_map(|source| {
        let problem = source.problem.as_ref()?;
        Some(Finding::new(&source.path, 1, problem, UNREADABLE))
    });
    unreadable.collect()
}

fn lines(file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    let count = file.text.lines().count();
    if count > FILE_LINES_MAX {
        findings.push(Finding::new(&file.path, 1, format!("{count} lines"), SPLIT_FILE));
    }
    for (index, line) in file.text.lines().enumerate() {
        let columns = line.chars().count();
        if columns > LINE_COLUMNS_MAX && !is_only_a_link(line) {
            let what = format!("{columns} columns");
            findings.push(Finding::new(&file.path, index + 1, what, BREAK_LINE));
        }
    }
    findings
}

/// A link in a comment cannot be broken.
fn is_only_a_link(line: &str) -> bool {
    let text = line.trim().trim_start_matches(['/', '!', ' ']);
    line.trim().starts_with("//") && text.contains("://") && !text.contains(' ')
}
