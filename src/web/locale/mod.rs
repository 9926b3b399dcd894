//! The languages of the pages: each is one file of texts in `assets/locales`, in Fluent, and what
//! Unicode knows of how the language names and writes things.
//!
//! A new language is one new file there: its routes, its links on every page and its names of
//! countries and months follow. A text that it lacks is said in English.

mod names;
mod sentence;
mod typeset;

use std::sync::LazyLock;

use actix_web::HttpRequest;
use actix_web::http::header::{AcceptLanguage, Header, Preference};
use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use jiff::civil::Date;
use rust_embed::RustEmbed;

use crate::model::Words;
use crate::publish::catalogue::Text;

use names::{Names, formatted};
pub use sentence::{Markup, Said};

/// The texts.
#[derive(RustEmbed)]
#[folder = "assets/locales/"]
#[include = "*.ftl"]
struct Texts;

/// The language whose texts are complete, and stand in for what another one lacks.
const COMPLETE: &str = "en";

/// A language of the pages.
pub struct Locale {
    /// Its tag in addresses and in `lang`.
    tag: String,
    texts: FluentBundle<FluentResource>,
    names: Names,
}

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let files = Texts::iter();
    let tags = files.filter_map(|file| file.strip_suffix(".ftl").map(str::to_owned));
    tags.filter_map(Locale::read).collect()
});

/// Every language, by its tag.
pub fn all() -> &'static [Locale] {
    &LOCALES
}

/// How many languages there are.
pub fn languages() -> u64 {
    all().len() as u64
}

/// The language of this tag.
pub fn named(tag: &str) -> Option<&'static Locale> {
    all().iter().find(|locale| locale.tag == tag)
}

/// The language that the reader's browser likes best, else the one that is given.
pub fn liked(request: &HttpRequest, otherwise: &'static Locale) -> &'static Locale {
    let Ok(AcceptLanguage(mut liked)) = AcceptLanguage::parse(request) else { return otherwise };
    liked.sort_by_key(|one| std::cmp::Reverse(one.quality));
    let found = liked.iter().find_map(|one| match &one.item {
        Preference::Specific(tag) => named(tag.primary_language()),
        Preference::Any => Some(otherwise),
    });
    found.unwrap_or(otherwise)
}

impl Locale {
    fn read(tag: String) -> Option<Self> {
        let file = Texts::get(&format!("{tag}.ftl"))?;
        let text = String::from_utf8_lossy(&file.data).into_owned();
        // What cannot be read is left out here, and found by the test of the texts.
        let texts = FluentResource::try_new(text).unwrap_or_else(|(texts, _)| texts);
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().ok()?]);
        // The marks around what is put in are of no use where all is written from left to right.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(formatted));
        bundle.add_builtins().ok()?;
        // A text that is written twice is said as it was written last: pages are better with it
        // than without their language. The test of the texts finds it.
        bundle.add_resource_overriding(texts);
        let names = Names::of(&tag)?;
        Some(Self { tag, texts: bundle, names })
    }

    /// Its tag, as in `lang="fr"`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// A text, with what is put into it.
    pub fn say(&self, key: impl AsRef<str>) -> Said<'_> {
        Said::new(self, key.as_ref().to_owned())
    }

    /// A text with marks of HTML in it; what is put into it is text alone.
    pub fn html(&self, key: impl AsRef<str>) -> Markup<'_> {
        Markup::new(self, key.as_ref().to_owned())
    }

    /// Is there such a text?
    pub fn has(&self, key: &str) -> bool {
        self.texts.has_message(key)
    }

    /// Of words in two languages, the ones of this language, set as it sets them.
    pub fn of(&self, words: Words) -> &'static str {
        let is_french = self.tag == "fr";
        let text = if is_french { words.fr } else { words.en };
        typeset::constant(text, if is_french { typeset::french } else { typeset::english })
    }

    /// Of a text that was put together in both languages, the part in this one, set as it is set.
    pub fn either(&self, fr: &str, en: &str) -> String {
        if self.tag == "fr" { typeset::french(fr) } else { typeset::english(en) }
    }

    /// Of a text that is put together in two languages, the one of this language, set as it is set.
    pub fn text(&self, text: &Text) -> String {
        self.either(&text.fr, &text.en)
    }

    /// A whole number: thousands apart, as the language does it.
    pub fn number(&self, number: u64) -> String {
        self.names.grouped(&number.to_string())
    }

    /// A number with some decimals.
    pub fn decimal(&self, number: f64, decimals: usize) -> String {
        self.names.figure(number, decimals)
    }

    /// A day in words, such as 1 November 2026.
    pub fn day(&self, date: Date) -> String {
        self.date("date-day", date)
    }

    /// A day in few letters, such as 1 Nov.
    pub fn day_short(&self, date: Date) -> String {
        self.date("date-day-short", date)
    }

    /// A day with its name, such as Sunday 1 November 2026.
    pub fn weekday(&self, date: Date) -> String {
        self.date("date-weekday", date)
    }

    /// A month, such as November 2026.
    pub fn month(&self, date: Date) -> String {
        self.date("date-month", date)
    }

    /// A month in few letters, such as Nov 2026.
    pub fn month_short(&self, date: Date) -> String {
        self.date("date-month-short", date)
    }

    /// A week by ISO 8601, such as week 48 of 2026.
    pub fn week(&self, date: Date) -> String {
        let week = date.iso_week_date();
        let said = self.say("date-week").with("week", week.week().to_string());
        said.with("year", week.year().to_string()).to_string()
    }

    fn date(&self, key: &str, date: Date) -> String {
        let month = usize::from(date.month().unsigned_abs()) - 1;
        let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        let said = self.say(key).with("day", i64::from(date.day()));
        let said = said.with("month", self.names.months[month].clone());
        let said = said.with("month_short", self.names.months_short[month].clone());
        let said = said.with("weekday", self.names.weekdays[weekday].clone());
        said.with("year", date.year().to_string()).to_string()
    }

    /// A country, by its code of two letters.
    pub fn country(&self, code: &str) -> Option<&str> {
        self.names.regions.get(code).map(String::as_str)
    }

    /// A language, by its code.
    pub fn language(&self, code: &str) -> Option<&str> {
        self.names.languages.get(code).map(String::as_str)
    }
}

#[cfg(test)]
mod tests;
