//! Finds out what a name means: follows imports, renames, globs and re-exports through the crate.

use std::collections::{HashMap, HashSet};

use crate::facts::{Kind, Segments, Source};

/// The name by which the binary calls the library.
const LIBRARY: &str = "parvis";

/// Imports of imports are followed this far; more would be a circle.
const STEPS_MAX: usize = 16;

/// Everything that is declared or imported in `src`, by module.
#[derive(Default)]
struct Names {
    modules: HashSet<Segments>,
    items: HashSet<Segments>,
    imports: HashMap<Segments, HashMap<String, Segments>>,
    globs: HashMap<Segments, Vec<Segments>>,
}

/// Rewrites every path in `src` so that it says where the thing really lives, and marks what is
/// compiled for tests only because its whole file is.
pub fn resolve(sources: &mut [Source]) {
    let names = Names::of(sources);
    let tests = modules_for_tests(sources);
    for source in sources.iter_mut().filter(|source| source.path.starts_with("src/")) {
        let is_test = tests.iter().any(|module| source.module.starts_with(module));
        for fact in &mut source.facts {
            fact.in_test |= is_test;
            let is_glob = matches!(fact.kind, Kind::Import { name: None, .. });
            if let Some(path) = fact.kind.path_mut() {
                *path = names.meaning(&fact.scope, path, 0);
                if is_glob {
                    path.push("*".to_string());
                }
            }
        }
    }
}

fn modules_for_tests(sources: &[Source]) -> Vec<Segments> {
    let facts = sources.iter().flat_map(|source| &source.facts);
    let modules = facts.filter_map(|fact| match &fact.kind {
        Kind::Module { name, in_test: true, .. } => Some(joined(&fact.scope, name)),
        _ => None,
    });
    modules.collect()
}

impl Names {
    fn of(sources: &[Source]) -> Names {
        let mut names = Names::default();
        for source in sources.iter().filter(|source| source.path.starts_with("src/")) {
            names.modules.insert(source.module.clone());
            for fact in &source.facts {
                let scope = fact.scope.clone();
                match &fact.kind {
                    Kind::Item(name) => drop(names.items.insert(joined(&scope, name))),
                    Kind::Module { name, .. } => drop(names.modules.insert(joined(&scope, name))),
                    Kind::Import { path, name: Some(name), .. } => {
                        let imports = names.imports.entry(scope).or_default();
                        imports.insert(name.clone(), path.clone());
                    }
                    Kind::Import { path, name: None, .. } => {
                        names.globs.entry(scope).or_default().push(path.clone());
                    }
                    _ => {}
                }
            }
        }
        names
    }

    /// What a path written in `scope` means: beginning with `crate` when it lives here.
    fn meaning(&self, scope: &[String], written: &[String], steps: usize) -> Segments {
        let Some(first) = written.first().filter(|_| steps < STEPS_MAX) else {
            return written.to_vec();
        };
        match first.as_str() {
            "crate" | LIBRARY => self.home(&written[1..], steps),
            "self" => self.home(&[scope, &written[1..]].concat(), steps),
            "super" => {
                let climbs = written.iter().take_while(|word| *word == "super").count();
                let base = &scope[..scope.len().saturating_sub(climbs)];
                self.home(&[base, &written[climbs..]].concat(), steps)
            }
            _ => match self.look_up(scope, first, steps + 1) {
                Some(path) if path[0] == "crate" => {
                    self.home(&[&path[1..], &written[1..]].concat(), steps + 1)
                }
                Some(path) => [&path, &written[1..]].concat(),
                None => written.to_vec(),
            },
        }
    }

    /// Walks down from the root of the crate, and crosses to the real home at each re-export.
    fn home(&self, path: &[String], steps: usize) -> Segments {
        let mut module: Segments = Vec::new();
        for (at, name) in path.iter().enumerate() {
            let inner = joined(&module, name);
            if self.modules.contains(&inner) {
                module = inner;
                continue;
            }
            return match self.look_up(&module, name, steps + 1) {
                Some(real) if steps < STEPS_MAX && real[1..] != inner => {
                    self.meaning(&module, &[&real, &path[at + 1..]].concat(), steps + 1)
                }
                _ => rooted(path),
            };
        }
        rooted(path)
    }

    /// What one name means inside a module, or nothing when nothing there says so.
    fn look_up(&self, module: &[String], name: &str, steps: usize) -> Option<Segments> {
        let own = joined(module, name);
        if steps >= STEPS_MAX {
            return None;
        }
        if self.items.contains(&own) || self.modules.contains(&own) {
            return Some(rooted(&own));
        }
        if let Some(path) = self.imports.get(module).and_then(|imports| imports.get(name)) {
            // `use rand;` and `use rand::rand;` name a foreign crate, not themselves.
            let is_foreign = path.first().is_some_and(|first| first == name);
            let meaning = || self.meaning(module, path, steps + 1);
            return Some(if is_foreign { path.clone() } else { meaning() });
        }
        self.globs.get(module)?.iter().find_map(|glob| {
            let target = self.meaning(module, glob, steps + 1);
            let inside = target.split_first().filter(|(first, _)| *first == "crate")?.1;
            if inside == module { None } else { self.look_up(inside, name, steps + 1) }
        })
    }
}

fn joined(module: &[String], name: &str) -> Segments {
    module.iter().cloned().chain([name.to_string()]).collect()
}

fn rooted(path: &[String]) -> Segments {
    std::iter::once("crate".to_string()).chain(path.iter().cloned()).collect()
}
