//! What may be committed at all: sources, not what a tool makes of them, under telling names.

use crate::source::{File, Finding, Tree};

/// The largest text worth reading in a review; anything longer is data or was generated.
const BYTES_MAX: usize = 300_000;

/// Folders that tools fill.
const MADE_BY_TOOLS: &[&str] = &["node_modules", "dist", "target", "vendor", "__pycache__"];

/// Endings that only a tool writes.
const MADE_ENDINGS: &[&str] = &[".min.js", ".min.css", ".bundle.js", ".js.map", ".css.map"];

/// Binary files with a reason to be here: what old versions wrote and what files must look like
/// for the tests, and pictures and letters for the eye.
const TEST_DATA: &str = "tests/";
const FOR_THE_EYE: (&[&str], &[&str]) =
    (&["assets/", "docs/", "tracker-js/"], &["png", "ico", "webp", "jpg", "woff2"]);

/// Names that say nothing of what is inside.
const EMPTY_NAMES: &[&str] =
    &["util", "utils", "utilities", "helper", "helpers", "common", "misc", "shared", "stuff"];

const BUILD_IT: &str = "take it out of git and let the build make it from its package.";
const TOO_LARGE: &str = "keep files under 300 kB: let the build fetch the data from its package, \
    or cut it down to what the test needs.";
const BINARY: &str = "commit the source and let the build make this; test data lives in tests/, \
    pictures and fonts in assets/.";
const NAME_IT: &str = "name it by what it does: a folder for everything is found by nobody.";

/// Rule: nothing that another tool makes is committed.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.files.iter().filter_map(judge).collect()
}

/// Rule: names say what is inside.
pub fn check_names(tree: &Tree) -> Vec<Finding> {
    let findings = tree.files.iter().filter_map(|file| {
        let mut stems = file.path.split('/').map(|part| part.split('.').next().unwrap_or(part));
        let name = stems.find(|stem| EMPTY_NAMES.contains(stem))?;
        Some(Finding::new(&file.path, 1, format!("the name `{name}`"), NAME_IT))
    });
    findings.collect()
}

fn judge(file: &File) -> Option<Finding> {
    let complain = |what: String, cure| Some(Finding::new(&file.path, 1, what, cure));
    if let Some(part) = file.path.split('/').find(|part| MADE_BY_TOOLS.contains(part)) {
        return complain(format!("lies in {part}"), BUILD_IT);
    }
    if MADE_ENDINGS.iter().any(|ending| file.path.ends_with(ending)) {
        return complain("is made by a tool".to_string(), BUILD_IT);
    }
    if file.bytes > BYTES_MAX {
        return complain(format!("{} bytes", file.bytes), TOO_LARGE);
    }
    let (places, endings) = FOR_THE_EYE;
    let is_shown =
        places.iter().any(|place| file.path.starts_with(place)) && file.has_extension(endings);
    if file.binary && !is_shown && !file.path.starts_with(TEST_DATA) {
        return complain("is binary".to_string(), BINARY);
    }
    None
}
