//! The tree under judgement: every committed file and its text, from disk or made up by a test.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use crate::facts::{self, Source};
use crate::names;

/// One file, with its path as it is written in messages: relative, with forward slashes.
pub struct File {
    pub path: String,
    /// Empty when the file is binary.
    pub text: String,
    pub bytes: usize,
    pub binary: bool,
}

pub struct Tree {
    pub files: Vec<File>,
    /// The Rust files among them, taken apart.
    pub sources: Vec<Source>,
}

/// One offence: where it is, what it is, and the sentence that says how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub cure: &'static str,
    pub path: String,
    pub line: usize,
    pub what: String,
}

impl Tree {
    /// What a commit of everything would hold: the files git tracks, and the new ones it does not
    /// ignore. Without git the folders are walked instead.
    pub fn read(root: &Path) -> Tree {
        let paths = listed_by_git(root).unwrap_or_else(|| walked(root));
        let read = |path: String| {
            let bytes = std::fs::read(root.join(&path)).ok()?;
            Some(File::new(path, bytes))
        };
        Tree::new(paths.into_iter().filter_map(read).collect())
    }

    /// A tree that exists only in a test: paths and texts.
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let file =
            |(path, text): &(&str, &str)| File::new(path.to_string(), text.as_bytes().into());
        Tree::new(files.iter().map(file).collect())
    }

    fn new(mut files: Vec<File>) -> Tree {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let rust = files.iter().filter(|file| file.is_rust());
        let mut sources: Vec<Source> =
            rust.map(|file| facts::read(&file.path, &file.text)).collect();
        names::resolve(&mut sources);
        Tree { files, sources }
    }

    pub fn text_of(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path)
    }

    /// The Rust files that become the product.
    pub fn product(&self) -> impl DoubleEndedIterator<Item = &Source> {
        self.sources.iter().filter(|source| source.path.starts_with("src/"))
    }
}

impl File {
    fn new(path: String, bytes: Vec<u8>) -> File {
        let length = bytes.len();
        match String::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => File { path, text, bytes: length, binary: false },
            _ => File { path, text: String::new(), bytes: length, binary: true },
        }
    }

    pub fn is_rust(&self) -> bool {
        self.has_extension(&["rs"]) && !self.binary
    }

    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }
}

impl Finding {
    pub fn new(path: &str, line: usize, what: impl Into<String>, cure: &'static str) -> Finding {
        Finding { cure, path: path.to_string(), line, what: what.into() }
    }
}

/// Whether a file belongs to a place: `src/app` means `src/app.rs` and everything in `src/app/`,
/// and a star at the end means whatever begins so.
pub fn is_in(path: &str, place: &str) -> bool {
    if let Some(beginning) = place.strip_suffix('*') {
        return path.starts_with(beginning);
    }
    match path.strip_prefix(place) {
        Some(rest) => rest.is_empty() || rest == ".rs" || rest.starts_with('/'),
        None => false,
    }
}

pub fn is_in_any(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| is_in(path, place))
}

/// The findings as a failing test shows them: each cure once, and below it every place.
pub fn report(mut findings: Vec<Finding>) -> String {
    findings.sort();
    findings.dedup();
    let mut text = String::new();
    let mut cure = "";
    for finding in &findings {
        if finding.cure != cure {
            cure = finding.cure;
            let _ = write!(text, "\n\ncure: {cure}");
        }
        let _ = write!(text, "\n  {}:{}  {}", finding.path, finding.line, finding.what);
    }
    text
}

fn listed_by_git(root: &Path) -> Option<Vec<String>> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(arguments).current_dir(root).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut paths: Vec<String> =
        text.split('\0').filter(|path| !path.is_empty()).map(str::to_string).collect();
    paths.dedup();
    (output.status.success() && !paths.is_empty()).then_some(paths)
}

fn walked(root: &Path) -> Vec<String> {
    let ignored = std::fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
    let relative = |path: &Path| {
        let path = path.strip_prefix(root).unwrap_or(path);
        path.to_string_lossy().replace('\\', "/")
    };
    walkdir::WalkDir::new(root)
        .into_iter()
        .filter_entry(|entry| !is_ignored(&relative(entry.path()), &ignored))
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| relative(entry.path()))
        .collect()
}

/// Enough of `.gitignore` for a copy of the sources without git: whole names, names anchored at
/// the root, and endings such as `*.log`.
pub fn is_ignored(path: &str, ignored: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let patterns = ignored.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    patterns.chain([".git"]).filter(|line| !line.is_empty()).any(|pattern| {
        let bare = pattern.trim_end_matches('/');
        match (bare.strip_prefix('/'), bare.strip_prefix('*')) {
            (Some(anchored), _) => path == anchored,
            (None, Some(ending)) => name.ends_with(ending),
            (None, None) => name == bare || path == bare,
        }
    })
}
