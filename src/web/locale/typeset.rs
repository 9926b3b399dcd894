//! Sets texts as their language is set: what the lower floors say in plain spaces and straight
//! apostrophes, because files and terminals show it too, has on pages the signs of typography.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

/// The program's own texts that were set before. They are constants, some hundreds of them, so what
/// is kept here for good is bounded by the size of the program.
static SET: LazyLock<RwLock<HashMap<&'static str, &'static str>>> = LazyLock::new(RwLock::default);

/// A text of the program, set; each is set once and kept. A text that two languages share has
/// nothing that they set differently.
pub fn constant(text: &'static str, set: fn(&str) -> String) -> &'static str {
    let known = SET.read().unwrap_or_else(PoisonError::into_inner).get(text).copied();
    if let Some(known) = known {
        return known;
    }
    let mut all = SET.write().unwrap_or_else(PoisonError::into_inner);
    all.entry(text).or_insert_with(|| String::leak(set(text)))
}

/// An English text, set: the curved apostrophe.
pub fn english(text: &str) -> String {
    let mut before = ' ';
    let curved = |letter: char| {
        let is_apostrophe = letter == '\'' && before.is_alphabetic();
        before = letter;
        if is_apostrophe { '’' } else { letter }
    };
    text.chars().map(curved).collect()
}

/// A French text, set: the narrow no-break space before `;`, `!` and `?`, the no-break space before
/// `:` and `%` and inside guillemets, and the curved apostrophe.
pub fn french(text: &str) -> String {
    let mut set = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let after = letters.peek().copied();
        let is_apostrophe = letter == '\'' && before.is_alphabetic();
        set.push(match (letter, after) {
            (' ', Some(';' | '!' | '?')) => '\u{202f}',
            // A colon before a letter begins a name, such as `:direct`.
            (' ', Some(':')) if is_end(&letters) => '\u{a0}',
            (' ', Some('%' | '»')) => '\u{a0}',
            (' ', _) if before == '«' => '\u{a0}',
            _ if is_apostrophe => '’',
            _ => letter,
        });
        before = letter;
    }
    set
}

/// Does a space or nothing follow the sign that comes next?
fn is_end(letters: &std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let mut letters = letters.clone();
    letters.next();
    letters.next().is_none_or(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_apostrophes_are_those_of_french() {
        assert_eq!(
            french("Qu'est-ce ? Oui ; non !"),
            "Qu’est-ce\u{202f}? Oui\u{202f}; non\u{202f}!"
        );
        assert_eq!(french("50 % : « oui »"), "50\u{a0}%\u{a0}: «\u{a0}oui\u{a0}»");
        assert_eq!(french("search ou `:direct`, :none"), "search ou `:direct`, :none");
        assert_eq!(french("Effet de Sec-GPC: 1"), "Effet de Sec-GPC: 1");
        assert_eq!(english("The site's page; 50 %"), "The site’s page; 50 %");
        let constant = || constant("l'heure", french);
        assert_eq!(constant(), "l’heure");
        assert!(std::ptr::eq(constant(), constant()));
    }
}
