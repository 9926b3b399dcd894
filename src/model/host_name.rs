//! Host names as people write them: `préfecture.example` for `xn--prfecture-c4a.example`.

use std::borrow::Cow;

use icu_properties::CodePointMapData;
use icu_properties::props::Script;

use crate::model::legible::is_legible;

/// How a label begins that stands for letters beyond ASCII (RFC 5890).
const ENCODED_LABEL: &str = "xn--";

/// Scripts that one name may mix: those of Japanese, Korean and Chinese, each with Latin letters.
const MIXED: [&[Script]; 3] = [
    &[Script::Latin, Script::Han, Script::Hiragana, Script::Katakana],
    &[Script::Latin, Script::Han, Script::Hangul],
    &[Script::Latin, Script::Han, Script::Bopomofo],
];

/// Cyrillic letters that are drawn like Latin ones. A label of these alone is not shown in letters.
const LIKE_LATIN: &str = "асԁеһіјӏорԛѕԝхуъьҽпгѵѡ";

/// The letters of a host name, if it can be read in them without being taken for another one; else
/// the name as it is.
pub fn readable_host(host: &str) -> Cow<'_, str> {
    if !host.split('.').any(|label| label.starts_with(ENCODED_LABEL)) {
        return Cow::Borrowed(host);
    }
    let (letters, outcome) = idna::domain_to_unicode(host);
    let is_clear = outcome.is_ok() && letters.split('.').all(is_clear_label);
    if is_clear && ascii_host(&letters) == host { Cow::Owned(letters) } else { Cow::Borrowed(host) }
}

/// The form in ASCII of a host name that has other letters. Other texts stay as they are.
pub fn ascii_host(text: &str) -> Cow<'_, str> {
    let is_name = text.contains('.') && !text.contains(char::is_whitespace);
    if text.is_ascii() || !is_name {
        return Cow::Borrowed(text);
    }
    match url::Host::parse(text) {
        Ok(url::Host::Domain(host)) => Cow::Owned(host),
        Ok(url::Host::Ipv4(_) | url::Host::Ipv6(_)) | Err(_) => Cow::Borrowed(text),
    }
}

/// Is a label of one script, and not made to look like one of another?
fn is_clear_label(label: &str) -> bool {
    let of = CodePointMapData::<Script>::new();
    let mut scripts: Vec<Script> = label.chars().map(|letter| of.get(letter)).collect();
    scripts.retain(|script| !matches!(*script, Script::Common | Script::Inherited));
    scripts.dedup();
    let is_mixed_well = |mixed: &&[Script]| scripts.iter().all(|script| mixed.contains(script));
    let is_one = scripts.iter().all(|script| Some(script) == scripts.first());
    let mut letters = label.chars().filter(|letter| letter.is_alphabetic());
    let is_disguised = scripts.first() == Some(&Script::Cyrillic)
        && letters.all(|letter| LIKE_LATIN.contains(letter));
    label.chars().all(is_legible) && (is_one || MIXED.iter().any(is_mixed_well)) && !is_disguised
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ascii(host: &str) -> String {
        url::Host::parse(host).unwrap().to_string()
    }

    #[test]
    fn names_are_shown_in_their_letters() {
        for host in [
            "préfecture.example",
            "www.préfecture.example",
            "日本語の.example",
            "правительство.example",
            "straße.example",
            "www.example.fr",
            "127.0.0.1",
        ] {
            assert_eq!(readable_host(&ascii(host)), host);
            assert_eq!(ascii_host(host), ascii(host));
        }
    }

    #[test]
    fn a_name_that_looks_like_another_is_shown_in_ascii() {
        // A Cyrillic letter among Latin ones, and Cyrillic letters that look like Latin ones.
        for host in ["еducation.gouv.fr", "сосо.example", "раураӏ.example"] {
            let ascii = ascii(host);
            assert_eq!(readable_host(&ascii), ascii);
        }
        assert_eq!(readable_host("xn--a.example"), "xn--a.example");
        assert_eq!(readable_host("xn--"), "xn--");
    }
}
