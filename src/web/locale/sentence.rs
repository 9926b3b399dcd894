//! One text of a language, with what is put into it.

use std::fmt;

use askama::filters::HtmlSafe;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentValue};

use crate::web::locale::{COMPLETE, Locale, named};

/// Something that is put into a text.
pub enum Put {
    /// Text.
    Text(String),
    /// A number, which also decides between singular and plural.
    Number(f64),
}

impl From<&str> for Put {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// As templates hand on a text that a page holds.
impl From<&&str> for Put {
    fn from(text: &&str) -> Self {
        Self::Text((*text).to_owned())
    }
}

impl From<String> for Put {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Put {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&&String> for Put {
    fn from(text: &&String) -> Self {
        Self::Text((*text).clone())
    }
}

impl From<Said<'_>> for Put {
    fn from(text: Said<'_>) -> Self {
        Self::Text(text.to_string())
    }
}

/// Numbers of every kind: a count of this size is exact in it.
macro_rules! put_numbers {
    ($($kind:ty),*) => {
        $(impl From<$kind> for Put {
            fn from(number: $kind) -> Self {
                Self::Number(number as f64)
            }
        }

        impl From<&$kind> for Put {
            fn from(number: &$kind) -> Self {
                Self::Number(*number as f64)
            }
        })*
    };
}

put_numbers!(u64, u32, i32, i64, usize, f64);

/// A text that is escaped where it is shown.
pub struct Said<'a> {
    locale: &'a Locale,
    key: String,
    put: FluentArgs<'static>,
}

impl<'a> Said<'a> {
    pub(super) fn new(locale: &'a Locale, key: String) -> Self {
        Self { locale, key, put: FluentArgs::new() }
    }

    /// Puts something in.
    pub fn with(mut self, name: &'static str, put: impl Into<Put>) -> Self {
        self.put.set(name, value(put.into()));
        self
    }
}

impl fmt::Display for Said<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self.locale, &self.key, &self.put, formatter)
    }
}

/// A text with marks of HTML, which are ours; what is put in is escaped.
pub struct Markup<'a>(Said<'a>);

impl<'a> Markup<'a> {
    pub(super) fn new(locale: &'a Locale, key: String) -> Self {
        Self(Said::new(locale, key))
    }

    /// Puts something in: text, whatever signs it has.
    pub fn with(self, name: &'static str, put: impl Into<Put>) -> Self {
        Self(match put.into() {
            Put::Text(text) => self.0.with(name, escaped(&text)),
            number @ Put::Number(_) => self.0.with(name, number),
        })
    }
}

impl fmt::Display for Markup<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl HtmlSafe for Markup<'_> {}

fn value(put: Put) -> FluentValue<'static> {
    match put {
        Put::Text(text) => FluentValue::String(text.into()),
        Put::Number(number) => FluentValue::Number(FluentNumber::new(number, Default::default())),
    }
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

/// Writes a text of the language, else the English one, else its key: a page is better with an odd
/// word than without an answer.
fn write(
    locale: &Locale,
    key: &str,
    put: &FluentArgs<'static>,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let in_english = || named(COMPLETE).and_then(|english| Some((english, pattern(english, key)?)));
    let found = pattern(locale, key).map(|found| (locale, found)).or_else(in_english);
    let Some((locale, pattern)) = found else { return formatter.write_str(key) };
    let mut errors = Vec::new();
    let text = locale.texts.format_pattern(pattern, Some(put), &mut errors);
    formatter.write_str(&text)
}

fn pattern<'a>(locale: &'a Locale, key: &str) -> Option<&'a fluent_syntax::ast::Pattern<&'a str>> {
    match key.split_once('.') {
        Some((key, name)) => Some(locale.texts.get_message(key)?.get_attribute(name)?.value()),
        None => locale.texts.get_message(key)?.value(),
    }
}
