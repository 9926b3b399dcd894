//! Which characters people can read, and how the bytes that a sender wrote become them.
//!
//! Characters that show nothing or turn the direction of what follows are in no published text.
//! Bytes are read as UTF-8; others as Windows-1252, which old pages of Western Europe are written
//! in, where that gives words, and else not at all: nothing is ever published as U+FFFD.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};

/// Letters beyond ASCII in a row that a word of Western Europe may have (`créée`). Words of other
/// encodings have nothing else.
const LETTERS_IN_ROW_MAX: usize = 2;

/// A character that looks like a space and is none.
const BRAILLE_BLANK: char = '\u{2800}';

fn category(letter: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(letter)
}

/// Does this character show nothing by itself, or change the direction of its neighbours? Those of
/// the categories Cc, Cf, Zl and Zp, and those that Unicode lets programs ignore.
pub fn is_hidden(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_control();
    }
    let is_control = matches!(
        category(letter),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
    );
    is_control || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(letter)
}

/// Can a reader tell this character for what it is? Not where it is hidden, blank, unassigned, of
/// private use, or stands for what could not be read.
pub fn is_legible(letter: char) -> bool {
    if letter.is_ascii() {
        return !letter.is_ascii_control();
    }
    let is_blank = letter == BRAILLE_BLANK || letter == char::REPLACEMENT_CHARACTER;
    let has_no_shape = matches!(
        category(letter),
        GeneralCategory::SpaceSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Unassigned
            | GeneralCategory::Surrogate
    );
    !is_blank && !has_no_shape && !is_hidden(letter)
}

/// Is it a mark that stands on the letter before it?
pub fn is_mark(letter: char) -> bool {
    let marks = [
        GeneralCategory::NonspacingMark,
        GeneralCategory::SpacingMark,
        GeneralCategory::EnclosingMark,
    ];
    !letter.is_ascii() && marks.contains(&category(letter))
}

/// A text without hidden characters and without what stands for unreadable ones, its letters and
/// their marks joined (Unicode's form NFC), so that what looks alike is alike.
pub fn legible(text: &str) -> Cow<'_, str> {
    let is_left_out = |letter: char| {
        let is_private = || category(letter) == GeneralCategory::PrivateUse;
        is_hidden(letter) || letter == char::REPLACEMENT_CHARACTER || is_private()
    };
    if text.chars().any(is_left_out) {
        let kept: String = text.chars().filter(|letter| !is_left_out(*letter)).collect();
        return Cow::Owned(composed(&kept).into_owned());
    }
    composed(text)
}

/// The form NFC of a text.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// The form NFKC of a text: digits and letters of other widths are as the plain ones.
pub fn plain_width(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    ComposingNormalizerBorrowed::new_nfkc().normalize(text)
}

/// Reads bytes; nothing where they are no text, or one that was damaged before it was sent.
pub fn text_of_bytes(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains(char::REPLACEMENT_CHARACTER) => None,
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) => western(bytes).map(Cow::Owned),
    }
}

/// Bytes as Windows-1252, if they are words of a Western language in it. Not where a part of them
/// is UTF-8, whole or cut: then they are damaged, and not of that encoding.
fn western(bytes: &[u8]) -> Option<String> {
    let is_lead = |byte: u8| (0xC2..=0xF4).contains(&byte);
    let is_continued = |pair: &[u8]| is_lead(pair[0]) && (0x80..=0xBF).contains(&pair[1]);
    let is_cut = matches!(bytes.last(), Some(0xC2 | 0xC3));
    if is_cut || bytes.windows(2).any(is_continued) {
        return None;
    }
    let text: String = bytes.iter().map(|byte| western_letter(*byte)).collect::<Option<_>>()?;
    has_western_words(&text).then_some(text)
}

/// A byte of Windows-1252, if texts of Western languages have it.
fn western_letter(byte: u8) -> Option<char> {
    Some(match byte {
        0x00..=0x7F => char::from(byte),
        0x80 => '€',
        0x85 => '…',
        0x8A => 'Š',
        0x8C => 'Œ',
        0x8E => 'Ž',
        0x91 => '‘',
        0x92 => '’',
        0x93 => '“',
        0x94 => '”',
        0x96 => '–',
        0x97 => '—',
        0x9A => 'š',
        0x9C => 'œ',
        0x9E => 'ž',
        0x9F => 'Ÿ',
        0xA0 | 0xA1 | 0xAB | 0xB0 | 0xB7 | 0xBB | 0xBF => char::from(byte),
        // Icelandic letters are those of Turkish in its own encoding, which is more often meant.
        0xD0 | 0xD7 | 0xDD | 0xDE | 0xF0 | 0xF7 | 0xFD | 0xFE => return None,
        0xC0..=0xFF => char::from(byte),
        _ => return None,
    })
}

/// Has the text an ASCII letter, no word of other letters alone, and nowhere many of them in a row?
fn has_western_words(text: &str) -> bool {
    let is_other = |letter: &char| !letter.is_ascii();
    let is_western_word = |word: &str| {
        let letters = word.chars().count();
        let has_plain = letters == 1 || word.chars().any(|letter| letter.is_ascii());
        let mut row = 0;
        let is_long = word.chars().any(|letter| {
            row = if is_other(&letter) { row + 1 } else { 0 };
            row > LETTERS_IN_ROW_MAX
        });
        has_plain && !is_long
    };
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    text.chars().any(|letter| letter.is_ascii_alphabetic())
        && words.all(|word| word.is_empty() || is_western_word(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> Option<String> {
        text_of_bytes(bytes).map(Cow::into_owned)
    }

    #[test]
    fn bytes_of_western_pages_are_read_as_words() {
        for (bytes, text) in [
            (&b"\xE9tat"[..], "état"),
            (b"caf\xE9 cr\xE8me", "café crème"),
            (b"\xE9t\xE9", "été"),
            (b"l\x92\xE9tat \x96 \xE0 lire", "l’état – à lire"),
            (b"c\x9Cur", "cœur"),
            (b"Stra\xDFe", "Straße"),
            (b"ma\xF1ana", "mañana"),
            ("état".as_bytes(), "état"),
            (b"plain", "plain"),
        ] {
            assert_eq!(read(bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_another_encoding_or_damaged_is_no_text() {
        for bytes in [
            // Windows-1251, with and without a Latin word.
            &b"\xEF\xF0\xE8\xE2\xE5\xF2"[..],
            b"iphone \xEA\xF3\xEF\xE8\xF2\xFC",
            // GBK, Shift-JIS.
            b"\xC4\xE3\xBA\xC3",
            b"\x83\x65\x83\x58\x83\x67",
            // UTF-8 that was cut, and beside other bytes.
            b"d\xC3\xA9marche \xC3",
            b"caf\xC3",
            b"aujourd\xE2\x80",
            b"caf\xE9 \xC3\xA9t\xC3\xA9",
            b"\xFF\xFE",
            b"\xF0\x9F\x98",
            "caf\u{FFFD}".as_bytes(),
            b"\x81",
        ] {
            assert_eq!(read(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn hidden_characters_are_left_out() {
        for (text, shown) in [
            ("\u{202E}abc", "abc"),
            ("a\u{200B}b\u{FEFF}", "ab"),
            ("a\u{2066}b\u{2069}c\u{200F}\u{061C}", "abc"),
            ("x\u{00AD}y\u{2028}z", "xyz"),
            ("tag\u{E0041}\u{E0042}", "tag"),
            ("\u{3164}a\u{115F}", "a"),
            ("e\u{301}tat", "état"),
            ("caf\u{FFFD}", "caf"),
            ("\u{E000}icon", "icon"),
            ("prime d'activité 😀", "prime d'activité 😀"),
        ] {
            assert_eq!(legible(text), shown);
        }
    }

    proptest! {
        #[test]
        fn what_is_legible_stays_and_hides_nothing(text in any::<String>()) {
            let once = legible(&text).into_owned();
            prop_assert_eq!(legible(&once), once.as_str());
            let is_wrong = |letter| is_hidden(letter) || letter == char::REPLACEMENT_CHARACTER;
            prop_assert!(!once.chars().any(is_wrong));
        }

        #[test]
        fn bytes_are_never_read_as_what_stands_for_unreadable_ones(
            bytes in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            if let Some(text) = text_of_bytes(&bytes) {
                prop_assert!(!text.contains(char::REPLACEMENT_CHARACTER));
            }
        }
    }
}
