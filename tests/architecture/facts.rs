//! What the rules need to know of one Rust file: a flat list of facts, each with its line.

use proc_macro2::{TokenStream, TokenTree};

use crate::visit::Collector;

/// A Rust file taken apart.
pub struct Source {
    pub path: String,
    /// Where the file stands in the crate: `src/store/sqlite.rs` is `["store", "sqlite"]`.
    pub module: Vec<String>,
    pub facts: Vec<Fact>,
    /// Why the file could not be read as Rust, when it could not.
    pub problem: Option<String>,
}

pub struct Fact {
    pub line: usize,
    /// The module that the fact stands in, inline modules included.
    pub scope: Vec<String>,
    /// Whether it is compiled for tests only.
    pub in_test: bool,
    pub kind: Kind,
}

/// The segments of a path. Inside `src` they are resolved: what lives in the crate begins with
/// `crate`, everything else with the name of a foreign crate.
pub type Segments = Vec<String>;

pub enum Kind {
    /// A `use`; `name` is what it brings into scope, or nothing for a glob.
    Import {
        path: Segments,
        name: Option<String>,
    },
    /// A path in a type, a bound, an attribute, or among the tokens of a macro.
    Path(Segments),
    /// A path where a value stands: a call, or a function handed on.
    Value(Segments),
    /// `Type { … }` where a value stands.
    Literal(Segments),
    /// The name of a method that is called.
    Method(String),
    /// The name of a macro that is called.
    Macro(String),
    /// All identifiers of an attribute, in order.
    Attribute(Vec<String>),
    /// A line of `//!`.
    InnerDoc,
    Unsafe,
    /// The name of an item that this scope declares.
    Item(String),
    /// A trait that a type has, by `derive` or by `impl`.
    Trait {
        name: String,
        of: String,
    },
    /// The type of a field, as the identifiers in it.
    Field {
        of: String,
        words: Vec<String>,
    },
    Module {
        name: String,
        is_file: bool,
        path: Option<String>,
        in_test: bool,
    },
    Function(Function),
    /// A constant of a type, and whether its own type mentions that type.
    Constant {
        of: String,
        name: String,
        makes_owner: bool,
    },
    /// A file named by `include_str!` and its kin; rooted when it begins at the manifest.
    Include {
        path: String,
        is_rooted: bool,
    },
    /// A file named by `#[template(path = "…")]`.
    Template(String),
    /// A folder named by `#[folder = "…"]` of rust-embed.
    Folder(String),
}

pub struct Function {
    pub name: String,
    /// The type whose `impl` it stands in.
    pub of: Option<String>,
    pub lines: usize,
    pub has_receiver: bool,
    /// Whether what it returns mentions the type it belongs to.
    pub makes_owner: bool,
}

impl Kind {
    /// The path by which this fact refers to something elsewhere.
    pub fn path(&self) -> Option<&Segments> {
        match self {
            Kind::Import { path, .. }
            | Kind::Path(path)
            | Kind::Value(path)
            | Kind::Literal(path) => Some(path),
            _ => None,
        }
    }

    pub fn path_mut(&mut self) -> Option<&mut Segments> {
        match self {
            Kind::Import { path, .. }
            | Kind::Path(path)
            | Kind::Value(path)
            | Kind::Literal(path) => Some(path),
            _ => None,
        }
    }
}

pub fn read(path: &str, text: &str) -> Source {
    let module = module_of(path);
    let mut source = Source { path: path.to_string(), module, facts: Vec::new(), problem: None };
    match syn::parse_file(text) {
        Ok(file) => {
            let mut collector = Collector::new(source.module.clone());
            syn::visit::Visit::visit_file(&mut collector, &file);
            source.facts = collector.facts;
        }
        Err(error) => source.problem = Some(error.to_string()),
    }
    if let Ok(tokens) = text.parse() {
        find_unsafe(tokens, &mut source);
    }
    source
}

/// Where a file stands in its crate. The binary is a crate of its own, so it gets a name of its
/// own; files outside `src` get a scope that no path of the product can reach.
fn module_of(path: &str) -> Vec<String> {
    let Some(inner) = path.strip_prefix("src/") else {
        return std::iter::once("outside").chain(path.split('/')).map(str::to_string).collect();
    };
    let stem = inner.strip_suffix(".rs").unwrap_or(inner);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if stem == "lib" { Vec::new() } else { stem.split('/').map(str::to_string).collect() }
}

fn find_unsafe(tokens: TokenStream, source: &mut Source) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => find_unsafe(group.stream(), source),
            TokenTree::Ident(name) if name == "unsafe" => source.facts.push(Fact {
                line: name.span().start().line,
                scope: source.module.clone(),
                in_test: false,
                kind: Kind::Unsafe,
            }),
            _ => {}
        }
    }
}
