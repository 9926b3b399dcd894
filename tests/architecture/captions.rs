//! Every file opens with a sentence that says what it is for.

use crate::facts::Kind;
use crate::source::{File, Finding, Tree};

const WORDS_MIN: usize = 4;

const RUST: &str = "begin the file with one `//! ` paragraph: a sentence of at least four words, \
    ending in a full stop, that a stranger understands.";
const ONE: &str = "keep one block of `//!` at the top of the file, and give items `///`.";
const SCRIPT: &str = "begin the file with a `// ` or `/** ` comment: a sentence of at least four \
    words that says what it is for.";
const SQL: &str = "begin the file with a `-- ` comment that says what it answers and who asks.";
const STYLE: &str = "begin the file with a `/* ` comment that says what it dresses.";

/// Where scripts are ours.
const SCRIPTS: &[&str] = &["tracker-js/", "tests/browser/", "assets/"];

/// Rule: every file begins with its caption.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = tree.files.iter().filter_map(opening).collect();
    for source in &tree.sources {
        let docs = source.facts.iter().filter(|fact| matches!(fact.kind, Kind::InnerDoc));
        let lines = docs.map(|fact| fact.line);
        // The first block takes the lines from 1 on without a gap.
        let strays = lines.enumerate().filter(|(index, line)| index + 1 != *line);
        if let Some((_, line)) = strays.into_iter().next().filter(|(index, _)| *index > 0) {
            findings.push(Finding::new(&source.path, line, "a second caption", ONE));
        }
    }
    findings
}

fn opening(file: &File) -> Option<Finding> {
    let under = |places: &[&str]| places.iter().any(|place| file.path.starts_with(place));
    let complain = |cure| Some(Finding::new(&file.path, 1, "no caption", cure));
    if file.is_rust() && under(&["src/", "tests/", "benches/"]) {
        return if has_rust_caption(&file.text) { None } else { complain(RUST) };
    }
    if file.has_extension(&["ts", "mts", "js", "mjs", "cjs"]) && under(SCRIPTS) {
        return if has_script_caption(&file.text) { None } else { complain(SCRIPT) };
    }
    if file.has_extension(&["sql"]) && under(&["src/"]) && !file.text.starts_with("--") {
        return complain(SQL);
    }
    if file.has_extension(&["css"]) && under(&["assets/"]) && !file.text.starts_with("/*") {
        return complain(STYLE);
    }
    None
}

fn has_rust_caption(text: &str) -> bool {
    let Some(first) = text.lines().next().and_then(|line| line.strip_prefix("//! ")) else {
        return false;
    };
    let block = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let paragraph: Vec<&str> = block.take_while(|line| !line.is_empty()).collect();
    words(first) >= WORDS_MIN && has_sentence(&paragraph.join(" "))
}

/// Past a `#!` line, the first comment must speak.
fn has_script_caption(text: &str) -> bool {
    let mut lines = text.lines().skip_while(|line| line.starts_with("#!")).peekable();
    let opens = |line: &&str| line.starts_with("// ") || line.starts_with("/*");
    if !lines.peek().is_some_and(opens) {
        return false;
    }
    let bare = lines.map(|line| line.trim().trim_start_matches(['/', '*']).trim());
    bare.into_iter().find(|line| !line.is_empty()).is_some_and(|line| words(line) >= WORDS_MIN)
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// A sentence ends somewhere, though it may take more than its first line to do so.
fn has_sentence(text: &str) -> bool {
    text.ends_with(['.', ':', '!', '?']) || text.contains(". ") || text.contains(": ")
}
