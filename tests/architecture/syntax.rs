//! Small questions about pieces of Rust syntax: which words, which path, whether for tests only.

use syn::visit::Visit;
use syn::{Attribute, Expr, ImplItem, Item, Meta, Type};

use crate::facts::Segments;
use crate::tokens;

/// An identifier without the mark of a raw one.
pub fn plain(name: &proc_macro2::Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map(str::to_string).unwrap_or(name)
}

pub fn segments_of(path: &syn::Path) -> Segments {
    path.segments.iter().map(|segment| plain(&segment.ident)).collect()
}

pub fn path_of(node: &Type) -> Option<&syn::Path> {
    match node {
        Type::Path(node) => Some(&node.path),
        Type::Reference(node) => path_of(&node.elem),
        Type::Paren(node) => path_of(&node.elem),
        _ => None,
    }
}

pub fn constant_of(item: &ImplItem) -> Option<&syn::ImplItemConst> {
    if let ImplItem::Const(constant) = item { Some(constant) } else { None }
}

/// Every identifier inside a type.
pub fn words_of(node: &Type) -> Vec<String> {
    struct Words(Vec<String>);
    impl<'ast> Visit<'ast> for Words {
        fn visit_ident(&mut self, name: &'ast proc_macro2::Ident) {
            self.0.push(plain(name));
        }
    }
    let mut words = Words(Vec::new());
    words.visit_type(node);
    words.0
}

pub fn words_of_attribute(attribute: &Attribute) -> Vec<String> {
    let mut words = segments_of(attribute.path());
    if let Meta::List(list) = &attribute.meta {
        tokens::words(list.tokens.clone(), &mut words);
    }
    words
}

/// The text of an attribute such as `#[path = "…"]`.
pub fn text_of(attribute: &Attribute, name: &str) -> Option<String> {
    let Meta::NameValue(pair) = &attribute.meta else { return None };
    match &pair.value {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) if pair.path.is_ident(name) => {
            Some(text.value())
        }
        _ => None,
    }
}

/// Whether attributes say "compiled for tests only".
pub fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let words = words_of_attribute(attribute);
        let has = |wanted: &str| words.iter().any(|word| word == wanted);
        attribute.path().segments.last().is_some_and(|last| last.ident == "test")
            || attribute.path().is_ident("cfg") && has("test") && !has("not") && !has("any")
    })
}

pub fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

pub fn name_of(item: &Item) -> Option<&syn::Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Macro(item) => item.ident.as_ref(),
        Item::Static(item) => Some(&item.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    }
}
