//! Reads the insides of macros and attributes word by word, where the syntax is not Rust's own.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use crate::facts::Kind;
use crate::syntax::plain;
use crate::visit::Collector;

/// Words after which a name and a brace are a declaration, not a value.
const DECLARATIONS: &[&str] = &["struct", "enum", "union", "trait", "impl", "for", "mod", "match"];

/// Notes every path, call, literal, method and macro among the tokens.
pub fn scan(collector: &mut Collector, stream: TokenStream) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(name) => {
                let next = path(collector, &tokens, at, Vec::new());
                word(collector, &tokens, at, next, name);
                at = next;
            }
            TokenTree::Group(group) => {
                scan(collector, group.stream());
                at += 1;
            }
            TokenTree::Literal(literal) => {
                // `#[serde(with = "crate::…")]` hides a path in a string.
                let text = text(&literal.to_string());
                if text.starts_with("crate::") {
                    let segments = text.split("::").map(str::to_string).collect();
                    collector.note_path(literal.span(), segments, Kind::Path);
                }
                at += 1;
            }
            TokenTree::Punct(_) => at += 1,
        }
    }
}

/// Reads `a::b::{c, d::e}` from `at` on, notes each path of two words or more, and returns the
/// place of the first token after it.
fn path(c: &mut Collector, tokens: &[TokenTree], mut at: usize, before: Vec<String>) -> usize {
    let mut segments = before;
    let mut span = None;
    while let Some(TokenTree::Ident(name)) = tokens.get(at) {
        segments.push(plain(name));
        span.get_or_insert(name.span());
        at += 1;
        if !is_punct(tokens, at, ':') || !is_punct(tokens, at + 1, ':') {
            break;
        }
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(_)) => at += 2,
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut place = 0;
                while place < inner.len() {
                    place = path(c, &inner, place, segments.clone()).max(place + 1);
                }
                return at + 3;
            }
            _ => break,
        }
    }
    if let (Some(span), true) = (span, segments.len() > 1) {
        c.note_path(span, segments, Kind::Path);
    }
    at
}

/// Notes what the word at `at`, whose path ends before `next`, is used as.
fn word(c: &mut Collector, tokens: &[TokenTree], at: usize, next: usize, name: &Ident) {
    let segments = || {
        let words = tokens[at..next].iter().filter_map(|token| match token {
            TokenTree::Ident(name) => Some(plain(name)),
            _ => None,
        });
        words.collect::<Vec<_>>()
    };
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let is_method = at > 0 && is_punct(tokens, at - 1, '.');
    let declares = before.is_some_and(|token| DECLARATIONS.contains(&token.to_string().as_str()));
    match tokens.get(next) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            if is_method {
                c.note(name.span(), Kind::Method(plain(name)));
            } else {
                c.note_path(name.span(), segments(), Kind::Value);
            }
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace && !declares => {
            c.note_path(name.span(), segments(), Kind::Literal);
        }
        Some(TokenTree::Punct(mark))
            if mark.as_char() == '!' && !is_punct(tokens, next + 1, '=') =>
        {
            if let Some(TokenTree::Group(group)) = tokens.get(next + 1) {
                c.note(name.span(), Kind::Macro(segments().pop().unwrap_or_default()));
                note_include(c, name, group.stream());
            }
        }
        _ => {}
    }
}

/// Notes the file that `include_str!` or one of its kin names.
pub fn note_include(collector: &mut Collector, name: &Ident, arguments: TokenStream) {
    if !["include", "include_str", "include_bytes"].contains(&plain(name).as_str()) {
        return;
    }
    let mut texts = Vec::new();
    literals(arguments, &mut texts);
    let is_rooted = texts.first().is_some_and(|text| text == "CARGO_MANIFEST_DIR");
    let path: String = texts.into_iter().skip(usize::from(is_rooted)).collect();
    collector.note(name.span(), Kind::Include { path, is_rooted });
}

/// The text given as `name = "text"` among the arguments of an attribute.
pub fn text_after(stream: TokenStream, name: &str) -> Option<String> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let at = tokens.iter().position(|token| token.to_string() == name)?;
    match (is_punct(&tokens, at + 1, '='), tokens.get(at + 2)) {
        (true, Some(TokenTree::Literal(literal))) => Some(text(&literal.to_string())),
        _ => None,
    }
}

/// Every identifier among the tokens, whatever the depth.
pub fn words(stream: TokenStream, into: &mut Vec<String>) {
    for token in stream {
        match token {
            TokenTree::Ident(name) => into.push(plain(&name)),
            TokenTree::Group(group) => words(group.stream(), into),
            _ => {}
        }
    }
}

fn literals(stream: TokenStream, into: &mut Vec<String>) {
    for token in stream {
        match token {
            TokenTree::Literal(literal) => into.push(text(&literal.to_string())),
            TokenTree::Group(group) => literals(group.stream(), into),
            _ => {}
        }
    }
}

/// A string literal without its quotes.
fn text(literal: &str) -> String {
    literal.trim_start_matches('r').trim_matches('#').trim_matches('"').to_string()
}

fn is_punct(tokens: &[TokenTree], at: usize, mark: char) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}
