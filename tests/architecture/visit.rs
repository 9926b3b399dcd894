//! Walks the syntax of one Rust file and writes down the facts that the rules ask about.

use proc_macro2::Span;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item, ReturnType, Token, UseTree};

use crate::facts::{Fact, Function, Kind, Segments};
use crate::syntax::{
    attributes_of, constant_of, is_for_tests, name_of, path_of, plain, segments_of, text_of,
    words_of, words_of_attribute,
};
use crate::tokens;

pub struct Collector {
    pub facts: Vec<Fact>,
    scope: Vec<String>,
    /// The type whose `impl` is being read.
    owner: Option<String>,
    /// How many of the enclosing items are for tests only.
    tests: usize,
}

impl Collector {
    pub fn new(scope: Vec<String>) -> Collector {
        Collector { facts: Vec::new(), scope, owner: None, tests: 0 }
    }

    pub fn note(&mut self, span: Span, kind: Kind) {
        let (line, in_test) = (span.start().line, self.tests > 0);
        self.facts.push(Fact { line, scope: self.scope.clone(), in_test, kind });
    }

    /// Notes a path unless it is a single small word: those are variables and local functions,
    /// and what they came from is noted where it was imported.
    pub fn note_path(&mut self, span: Span, mut path: Segments, kind: fn(Segments) -> Kind) {
        if let (Some(first), Some(owner)) = (path.first_mut(), &self.owner)
            && first == "Self"
        {
            first.clone_from(owner);
        }
        let is_large = |word: &String| word.starts_with(char::is_uppercase);
        if path.len() > 1 || path.first().is_some_and(is_large) {
            self.note(span, kind(path));
        }
    }

    fn flatten(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &syn::Ident| {
            let own = (name != "self").then(|| plain(name));
            before.iter().cloned().chain(own).collect::<Segments>()
        };
        let (path, name, span) = match tree {
            UseTree::Path(path) => {
                let before: Segments = before.iter().cloned().chain([plain(&path.ident)]).collect();
                return self.flatten(&path.tree, &before);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|item| self.flatten(item, before));
            }
            UseTree::Name(name) => {
                let path = with(&name.ident);
                let bound = path.last().cloned();
                (path, bound, name.ident.span())
            }
            UseTree::Rename(name) => {
                (with(&name.ident), Some(plain(&name.rename)), name.ident.span())
            }
            UseTree::Glob(glob) => (before.to_vec(), None, glob.star_token.span()),
        };
        self.note(span, Kind::Import { path, name });
    }

    fn function(&mut self, signature: &syn::Signature, whole: Span) {
        let words = match &signature.output {
            ReturnType::Type(_, output) => words_of(output),
            ReturnType::Default => Vec::new(),
        };
        let function = Function {
            name: plain(&signature.ident),
            of: self.owner.clone(),
            lines: whole.end().line + 1 - signature.span().start().line,
            has_receiver: signature.receiver().is_some(),
            makes_owner: self.mentions_owner(&words),
        };
        self.note(signature.ident.span(), Kind::Function(function));
    }

    fn mentions_owner(&self, words: &[String]) -> bool {
        words.iter().any(|word| word == "Self" || Some(word) == self.owner.as_ref())
    }

    /// Derived traits and fields of a type.
    fn shape(&mut self, of: &syn::Ident, attributes: &[Attribute], fields: Vec<&syn::Field>) {
        for attribute in attributes {
            let words = words_of_attribute(attribute);
            let derived = words.iter().skip_while(|word| *word != "derive").skip(1);
            for name in derived.cloned() {
                self.note(attribute.span(), Kind::Trait { name, of: plain(of) });
            }
        }
        for field in fields {
            let words = words_of(&field.ty);
            self.note(field.span(), Kind::Field { of: plain(of), words });
        }
    }

    /// The arguments of most macros are expressions; those that are not are read word by word.
    fn arguments(&mut self, mac: &syn::Macro) {
        let stream = mac.tokens.clone();
        if mac.path.is_ident("macro_rules") {
            return tokens::scan(self, stream);
        }
        let list = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(stream.clone());
        if let Ok(list) = list {
            return list.iter().for_each(|expr| self.visit_expr(expr));
        }
        if let Ok(block) = syn::Block::parse_within.parse2(stream.clone()) {
            return block.iter().for_each(|statement| self.visit_stmt(statement));
        }
        match syn::parse2::<syn::File>(stream.clone()) {
            Ok(file) => self.visit_file(&file),
            Err(_) => tokens::scan(self, stream),
        }
    }

    fn generics_of(&mut self, path: &syn::Path) {
        path.segments.iter().for_each(|segment| self.visit_path_segment(segment));
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item(&mut self, item: &'ast Item) {
        let in_test = usize::from(is_for_tests(attributes_of(item)));
        self.tests += in_test;
        if let Some(name) = name_of(item) {
            self.note(name.span(), Kind::Item(plain(name)));
        }
        visit::visit_item(self, item);
        self.tests -= in_test;
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let kind = Kind::Module {
            name: plain(&item.ident),
            is_file: item.content.is_none(),
            path: item.attrs.iter().find_map(|attribute| text_of(attribute, "path")),
            in_test: self.tests > 0,
        };
        self.note(item.ident.span(), kind);
        self.scope.push(plain(&item.ident));
        let owner = self.owner.take();
        visit::visit_item_mod(self, item);
        self.owner = owner;
        self.scope.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        item.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        self.flatten(&item.tree, &[]);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let owner = self.owner.take();
        self.function(&item.sig, item.block.span());
        visit::visit_item_fn(self, item);
        self.owner = owner;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        let in_test = usize::from(is_for_tests(&item.attrs));
        self.tests += in_test;
        self.function(&item.sig, item.block.span());
        visit::visit_impl_item_fn(self, item);
        self.tests -= in_test;
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block.span());
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let of = path_of(&item.self_ty).and_then(|path| path.segments.last());
        let owner = of.map(|segment| plain(&segment.ident));
        if let (Some((path, _)), Some(of)) = (&item.trait_, &owner)
            && let Some(name) = path.segments.last().map(|segment| plain(&segment.ident))
        {
            self.note(item.impl_token.span, Kind::Trait { name, of: of.clone() });
        }
        let before = std::mem::replace(&mut self.owner, owner);
        for constant in item.items.iter().filter_map(constant_of) {
            let makes_owner = self.mentions_owner(&words_of(&constant.ty));
            let (of, name) = (self.owner.clone().unwrap_or_default(), plain(&constant.ident));
            self.note(constant.ident.span(), Kind::Constant { of, name, makes_owner });
        }
        visit::visit_item_impl(self, item);
        self.owner = before;
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.shape(&item.ident, &item.attrs, item.fields.iter().collect());
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        let fields = item.variants.iter().flat_map(|variant| variant.fields.iter()).collect();
        self.shape(&item.ident, &item.attrs, fields);
        visit::visit_item_enum(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.note_path(path.span(), segments_of(path), Kind::Path);
        self.generics_of(path);
    }

    fn visit_expr_path(&mut self, node: &'ast syn::ExprPath) {
        let mut path = segments_of(&node.path);
        if let Some(qualified) = &node.qself {
            // `<Type as Trait>::function` is read as `Type::function`.
            self.visit_type(&qualified.ty);
            let own = path_of(&qualified.ty).map(segments_of).unwrap_or_default();
            self.note_path(node.span(), path[..qualified.position].to_vec(), Kind::Path);
            path = own.into_iter().chain(path.split_off(qualified.position)).collect();
        }
        self.note_path(node.span(), path, Kind::Value);
        self.generics_of(&node.path);
    }

    fn visit_expr_struct(&mut self, node: &'ast syn::ExprStruct) {
        self.note_path(node.path.span(), segments_of(&node.path), Kind::Literal);
        self.generics_of(&node.path);
        node.fields.iter().for_each(|field| self.visit_field_value(field));
        node.rest.iter().for_each(|rest| self.visit_expr(rest));
    }

    fn visit_expr_method_call(&mut self, node: &'ast syn::ExprMethodCall) {
        self.note(node.method.span(), Kind::Method(plain(&node.method)));
        visit::visit_expr_method_call(self, node);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.visit_path(&mac.path);
        if let Some(last) = mac.path.segments.last() {
            self.note(last.ident.span(), Kind::Macro(plain(&last.ident)));
            tokens::note_include(self, &last.ident, mac.tokens.clone());
        }
        self.arguments(mac);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        let is_inner = matches!(attribute.style, syn::AttrStyle::Inner(_));
        if attribute.path().is_ident("doc") {
            if is_inner {
                self.note(attribute.span(), Kind::InnerDoc);
            }
            return;
        }
        self.note(attribute.span(), Kind::Attribute(words_of_attribute(attribute)));
        if let Some(folder) = text_of(attribute, "folder") {
            self.note(attribute.span(), Kind::Folder(folder));
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.visit_path(&list.path);
        if list.path.is_ident("template")
            && let Some(path) = tokens::text_after(list.tokens.clone(), "path")
        {
            self.note(list.span(), Kind::Template(path));
        }
        tokens::scan(self, list.tokens.clone());
    }

    /// `pub(in crate::…)` names a module without using anything of it.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}
}
