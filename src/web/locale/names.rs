//! What a language calls countries, languages, months and days, and how it writes figures: the data
//! of Unicode, as the build takes them from Node.

use std::collections::BTreeMap;

use fluent_bundle::FluentValue;
use fluent_bundle::types::FluentNumber;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use rust_embed::RustEmbed;
use serde::Deserialize;
use unic_langid::LanguageIdentifier;

use crate::web::locale;

/// What `npm run build` makes of `assets/locales`.
#[derive(RustEmbed)]
#[folder = "build/locales/"]
struct Files;

/// Digits of a group.
const GROUP_DIGITS: usize = 3;

/// The names and signs of a language.
#[derive(Deserialize)]
pub struct Names {
    /// Between groups of three digits.
    group: String,
    /// Before the decimals.
    decimal: String,
    /// From January on.
    pub months: Vec<String>,
    /// The same in few letters.
    pub months_short: Vec<String>,
    /// From Monday on.
    pub weekdays: Vec<String>,
    /// Countries by their code of two letters.
    pub regions: BTreeMap<String, String>,
    /// Languages by their code.
    pub languages: BTreeMap<String, String>,
}

impl Names {
    /// Those of a language.
    pub fn of(tag: &str) -> Option<Self> {
        let file = Files::get(&format!("{tag}.json"))?;
        let names: Self = serde_json::from_slice(&file.data).ok()?;
        let is_whole =
            names.months.len() == 12 && names.months_short.len() == 12 && names.weekdays.len() == 7;
        is_whole.then_some(names)
    }

    /// Digits in groups.
    pub fn grouped(&self, digits: &str) -> String {
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(GROUP_DIGITS) {
                text.push_str(&self.group);
            }
            text.push(digit);
        }
        text
    }

    /// A number with so many decimals.
    pub fn figure(&self, number: f64, decimals: usize) -> String {
        let plain = format!("{:.decimals$}", number.abs());
        let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = self.grouped(whole);
        if !rest.is_empty() {
            text = format!("{text}{}{rest}", self.decimal);
        }
        // The sign of mathematics, which is as wide as a digit; nothing is less than nothing.
        let is_negative = number < 0.0 && plain.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        if is_negative { format!("\u{2212}{text}") } else { text }
    }
}

/// Writes the numbers within a text.
struct Writer(&'static Names);

impl Memoizable for Writer {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, _: ()) -> Result<Self, ()> {
        locale::named(language.language.as_str()).map(|locale| Self(&locale.names)).ok_or(())
    }
}

/// How a number that is put into a text is written in its language.
pub fn formatted(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, options }) = value else { return None };
    let decimals = match options.maximum_fraction_digits {
        Some(decimals) => decimals,
        None if value.fract() == 0.0 => 0,
        None => 1,
    };
    memoizer.with_try_get::<Writer, _, _>((), |writer| writer.0.figure(*value, decimals)).ok()
}
