//! The four types that carry the promises: who may make one, and what none of them may ever do.

use std::collections::HashSet;

use crate::facts::{Kind, Segments};
use crate::source::{Finding, Tree, is_in, is_in_any};

/// One row: only these places make the type, and `src/privacy` always.
struct Maker {
    name: &'static str,
    places: &'static [&'static str],
    /// Whether unit tests of other places may make it, too: they are not part of the product.
    in_tests: bool,
    cure: &'static str,
}

const MAKERS: &[Maker] = &[
    Maker {
        name: "Raw",
        places: &["src/web/beacon", "src/app/import*", "src/app/demo*"],
        in_tests: false,
        cure: "`Raw` is made where a page view arrives, in web/beacon.rs, an importer or the \
            demo: take a `&Raw` as an argument instead.",
    },
    Maker {
        name: "Hit",
        places: &[],
        in_tests: false,
        cure: "`Hit` is made by `privacy::seal` alone: seal a `Raw` instead.",
    },
    Maker {
        name: "Counts",
        places: &["src/store"],
        in_tests: false,
        cure: "`Counts` is made by a store alone: ask the store, and release what it answers.",
    },
    Maker {
        name: "Published",
        places: &[],
        in_tests: false,
        cure: "`Published` is made by `privacy::release` alone: release `Counts` instead.",
    },
    Maker {
        name: "StaffPass",
        places: &["src/web/admin"],
        in_tests: true,
        cure: "`StaffPass` proves that somebody signed in and is made in web/admin alone: take it \
            as an argument instead.",
    },
];

const HOME: &str = "src/privacy";

/// One row: the type must never have these traits.
struct Silence {
    names: &'static [&'static str],
    traits: &'static [&'static str],
    cure: &'static str,
}

const SILENCES: &[Silence] = &[
    Silence {
        names: &["Raw", "Counts", "Salt", "StaffPass", "Hit"],
        traits: &["Debug", "Display", "Serialize"],
        cure: "this type must not reach a log or a file: drop the trait, and print or write the \
            few fields that may be seen.",
    },
    Silence {
        names: &["Raw", "Hit", "Published", "StaffPass"],
        traits: &["Default", "Deserialize"],
        cure: "this trait makes the type out of nothing, past its one door: drop it and write a \
            named function in src/privacy.",
    },
];

/// Words that stand for an address.
const ADDRESSES: &[&str] =
    &["IpAddr", "Ipv4Addr", "Ipv6Addr", "SocketAddr", "SocketAddrV4", "SocketAddrV6", "IpNet"];

const NO_ROOM: &str = "a `Hit` has no room for an address: derive what is needed in src/dimension \
    and let `seal` forget the rest.";

/// Rule: each of the types is made behind its own door.
pub fn check_makers(tree: &Tree) -> Vec<Finding> {
    let harmless = harmless(tree);
    let mut findings = Vec::new();
    for source in tree.product() {
        for fact in &source.facts {
            let (Kind::Value(path) | Kind::Literal(path)) = &fact.kind else { continue };
            for maker in MAKERS.iter().filter(|maker| makes(path, maker.name, &harmless)) {
                let may = is_in(&source.path, HOME)
                    || is_in_any(&source.path, maker.places)
                    || maker.in_tests && fact.in_test;
                if !may {
                    let what = format!("makes a `{}` by `{}`", maker.name, path.join("::"));
                    findings.push(Finding::new(&source.path, fact.line, what, maker.cure));
                }
            }
        }
    }
    findings
}

/// Rule: the types that hold secrets cannot be printed or written.
pub fn check_silence(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.product() {
        for fact in &source.facts {
            let Kind::Trait { name, of } = &fact.kind else { continue };
            for silence in SILENCES {
                if silence.names.contains(&of.as_str()) && silence.traits.contains(&name.as_str()) {
                    let what = format!("`{of}` has `{name}`");
                    findings.push(Finding::new(&source.path, fact.line, what, silence.cure));
                }
            }
        }
    }
    findings
}

/// Rule: a hit has no field for an address.
pub fn check_room(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.product() {
        for fact in &source.facts {
            let Kind::Field { of, words } = &fact.kind else { continue };
            let address = words.iter().find(|word| ADDRESSES.contains(&word.as_str()));
            if let (Some(address), "Hit") = (address, of.as_str()) {
                let what = format!("a field holds `{address}`");
                findings.push(Finding::new(&source.path, fact.line, what, NO_ROOM));
            }
        }
    }
    findings
}

/// Whether a value of that path makes the type: the type itself (a literal, a tuple), or one of
/// its functions and constants that is not known to be harmless.
fn makes(path: &Segments, name: &str, harmless: &HashSet<(&str, &str)>) -> bool {
    let is_ours = path.first().is_some_and(|first| first == "crate") || path.len() <= 2;
    let is_type = |index: usize| {
        let before = index.checked_sub(1).and_then(|before| path.get(before));
        let is_variant = before.is_some_and(|word| word.starts_with(char::is_uppercase));
        path.get(index).is_some_and(|word| word == name) && !is_variant
    };
    let Some(last) = path.len().checked_sub(1).filter(|_| is_ours) else { return false };
    let function = path[last].as_str();
    is_type(last) || last > 0 && is_type(last - 1) && !harmless.contains(&(name, function))
}

/// The functions and constants of the types that give something else, or that need one already.
fn harmless(tree: &Tree) -> HashSet<(&str, &str)> {
    let mut harmless = HashSet::new();
    for maker in MAKERS {
        harmless.insert((maker.name, "clone"));
    }
    for fact in tree.product().flat_map(|source| &source.facts) {
        match &fact.kind {
            Kind::Function(function) if function.has_receiver || !function.makes_owner => {
                let of = function.of.as_deref().unwrap_or_default();
                harmless.insert((of, function.name.as_str()));
            }
            Kind::Constant { of, name, makes_owner: false } => {
                harmless.insert((of.as_str(), name.as_str()));
            }
            _ => {}
        }
    }
    harmless
}
