//! No forgotten file: whatever lies in the tree is reached from something that is built.

use std::collections::BTreeSet;

use crate::facts::{Kind, Source};
use crate::source::{Finding, Tree};

const MODULE: &str = "declare the file with `mod` in the file above it (or, for a test, as \
    `[[test]]` in Cargo.toml), or delete it.";
const STATEMENT: &str = "read the file with `include_str!` from the Rust file that runs it, put it \
    in a folder that rust-embed takes whole, or delete it.";
const TEMPLATE: &str = "name the template in `#[template(path = \"…\")]`, or in `extends`, \
    `include` or `import` of one that is, or delete it.";
const REGISTER: &str = "say `autotests = false` and `autobenches = false` in Cargo.toml, so that \
    each test is registered on purpose.";

const TEMPLATES: &str = "assets/templates/";

/// Rule: every Rust file, statement and template is used.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = modules(tree);
    findings.extend(statements(tree));
    findings.extend(templates(tree));
    if let Some(manifest) = tree.text_of("Cargo.toml") {
        for line in ["autotests = false", "autobenches = false"] {
            if !manifest.lines().any(|own| own.trim() == line) {
                let what = format!("`{line}` is missing");
                findings.push(Finding::new("Cargo.toml", 1, what, REGISTER));
            }
        }
    }
    findings
}

fn modules(tree: &Tree) -> Vec<Finding> {
    let mut reached: BTreeSet<String> = BTreeSet::new();
    let mut next: Vec<String> = roots(tree).into_iter().filter(|path| tree.has(path)).collect();
    while let Some(path) = next.pop() {
        if !reached.insert(path.clone()) {
            continue;
        }
        if let Some(source) = tree.sources.iter().find(|source| source.path == path) {
            next.extend(children(source).into_iter().filter(|path| tree.has(path)));
        }
    }
    let ours = |path: &str| ["src/", "tests/", "benches/"].iter().any(|top| path.starts_with(top));
    let forgotten = tree.sources.iter().filter(|source| ours(&source.path));
    let forgotten = forgotten.filter(|source| !reached.contains(&source.path));
    forgotten.map(|source| Finding::new(&source.path, 1, "nothing declares it", MODULE)).collect()
}

/// The files that Cargo compiles by name, for every manifest in the tree.
fn roots(tree: &Tree) -> Vec<String> {
    let mut roots = Vec::new();
    for file in tree.files.iter().filter(|file| file.path.ends_with("Cargo.toml")) {
        let folder = file.path.strip_suffix("Cargo.toml").unwrap_or_default();
        let usual = ["src/lib.rs", "src/main.rs", "build.rs"];
        roots.extend(usual.iter().map(|path| format!("{folder}{path}")));
        let mut section = "";
        for line in file.text.lines().map(str::trim) {
            if line.starts_with('[') {
                section = line;
            }
            let registers = ["[[test]]", "[[bench]]", "[[bin]]", "[[example]]", "[lib]"];
            let value = line.split_once('=').filter(|_| registers.contains(&section));
            let value = value.map(|(key, value)| (key.trim(), value.trim().trim_matches('"')));
            match value {
                Some(("path", path)) => roots.push(joined(folder, path)),
                Some(("name", name)) => {
                    let home = if section == "[[bench]]" { "benches" } else { "tests" };
                    roots.push(format!("{folder}{home}/{name}.rs"));
                    roots.push(format!("{folder}{home}/{name}/main.rs"));
                }
                _ => {}
            }
        }
    }
    roots
}

/// Where the modules that a file declares may lie, and the Rust files that it includes.
fn children(source: &Source) -> Vec<String> {
    let folder = folder_of(&source.path);
    let stem = source.path[folder.len()..].strip_suffix(".rs").unwrap_or_default();
    let is_root = ["lib", "main", "mod"].contains(&stem) || !source.path.starts_with("src/");
    let mut paths = Vec::new();
    for fact in &source.facts {
        let inline = fact.scope[source.module.len().min(fact.scope.len())..].join("/");
        match &fact.kind {
            Kind::Module { path: Some(path), .. } => paths.push(joined(folder, path)),
            Kind::Module { name, is_file: true, .. } => {
                // A root keeps its modules beside it, other files in a folder of their own name.
                // Outside `src` a file may be either, so both are tried.
                let mut homes = vec![format!("{folder}{stem}/{inline}")];
                if is_root {
                    homes.push(format!("{folder}{inline}"));
                }
                for home in homes {
                    paths.push(joined(&home, &format!("/{name}.rs")));
                    paths.push(joined(&home, &format!("/{name}/mod.rs")));
                }
            }
            Kind::Include { path, is_rooted: false } => paths.push(joined(folder, path)),
            Kind::Include { path, is_rooted: true } => paths.push(joined("", path)),
            _ => {}
        }
    }
    paths
}

fn statements(tree: &Tree) -> Vec<Finding> {
    let mut included = BTreeSet::new();
    let mut folders = Vec::new();
    for source in tree.product() {
        for fact in &source.facts {
            match &fact.kind {
                Kind::Include { path, is_rooted } => {
                    let base = if *is_rooted { "" } else { folder_of(&source.path) };
                    included.insert(joined(base, path));
                }
                Kind::Folder(path) => {
                    let path = path.replace("$CARGO_MANIFEST_DIR", "");
                    folders.push(joined("", &path) + "/");
                }
                _ => {}
            }
        }
    }
    let statements = tree.files.iter().filter(|file| file.has_extension(&["sql"]));
    let forgotten = statements.filter(|file| {
        let embedded = folders.iter().any(|folder| file.path.starts_with(folder.as_str()));
        file.path.starts_with("src/") && !included.contains(&file.path) && !embedded
    });
    forgotten.map(|file| Finding::new(&file.path, 1, "nothing reads it", STATEMENT)).collect()
}

fn templates(tree: &Tree) -> Vec<Finding> {
    let facts = tree.product().flat_map(|source| &source.facts);
    let mut next: Vec<String> = facts
        .filter_map(|fact| match &fact.kind {
            Kind::Template(path) => Some(joined(TEMPLATES, path)),
            _ => None,
        })
        .collect();
    let mut reached = BTreeSet::new();
    while let Some(path) = next.pop() {
        if let Some(text) = tree.text_of(&path).filter(|_| reached.insert(path.clone())) {
            for name in named_templates(text) {
                next.push(joined(TEMPLATES, name));
                next.push(joined(folder_of(&path), name));
            }
        }
    }
    let all = tree.files.iter().filter(|file| file.path.starts_with(TEMPLATES));
    let forgotten = all.filter(|file| !reached.contains(&file.path));
    forgotten.map(|file| Finding::new(&file.path, 1, "nothing renders it", TEMPLATE)).collect()
}

/// The templates that a template names: `{% extends "a" %}`, `{%- include "b" %}` and so on.
fn named_templates(text: &str) -> Vec<&str> {
    let tags = text.split("{%").skip(1).filter_map(|rest| rest.split("%}").next());
    let names = tags.filter_map(|tag| {
        let mut words = tag.trim_start_matches(['-', '~', '+']).split_whitespace();
        let verb = words.next()?;
        let names = ["extends", "include", "import"].contains(&verb);
        tag.split('"').nth(1).filter(|_| names)
    });
    names.collect()
}

fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |end| &path[..=end])
}

/// A path as seen from a folder, without `.`, `..` and doubled slashes.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
