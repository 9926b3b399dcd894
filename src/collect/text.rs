//! The text of a body, so that what senders do with its letters costs no view: a byte order mark,
//! letters of an older encoding, control characters, halves of letters.

use std::borrow::Cow;

use percent_encoding::percent_encode_byte;

/// What Windows-1252 has for the bytes 0x80 to 0x9F, where Latin-1 has control characters (WHATWG
/// Encoding Standard, index windows-1252). The five that it leaves open are nothing.
const WINDOWS_1252: [Option<char>; 32] = [
    Some('€'),
    None,
    Some('‚'),
    Some('ƒ'),
    Some('„'),
    Some('…'),
    Some('†'),
    Some('‡'),
    Some('ˆ'),
    Some('‰'),
    Some('Š'),
    Some('‹'),
    Some('Œ'),
    None,
    Some('Ž'),
    None,
    None,
    Some('‘'),
    Some('’'),
    Some('“'),
    Some('”'),
    Some('•'),
    Some('–'),
    Some('—'),
    Some('˜'),
    Some('™'),
    Some('š'),
    Some('›'),
    Some('œ'),
    None,
    Some('ž'),
    Some('Ÿ'),
];

/// The text of a body of JSON. Bytes that are not UTF-8 are those of Windows-1252, which PowerShell
/// and old pages send; a control character, which JSON allows nowhere but between its parts, is a
/// space; the half of a letter, which scripts make when they cut a title, is left out.
pub fn text_of(body: &[u8]) -> Cow<'_, str> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let text = match std::str::from_utf8(body) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(mixed(body)),
    };
    let is_plain = |byte: &u8| *byte >= b' ' && *byte != b'\\';
    if text.as_bytes().iter().all(is_plain) { text } else { Cow::Owned(mended(&text)) }
}

/// An address with the bytes that are not UTF-8 as escapes, so that they stay the bytes they are.
pub fn escaped(address: &[u8]) -> String {
    let mut text = String::with_capacity(address.len());
    for chunk in address.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| percent_encode_byte(*byte)));
    }
    text
}

fn mixed(body: &[u8]) -> String {
    let mut text = String::with_capacity(body.len());
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().filter_map(|&byte| match byte {
            0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
            _ => Some(char::from(byte)),
        }));
    }
    text
}

fn mended(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(|letter: char| letter < ' ' || letter == '\\') {
        kept.push_str(&rest[..place]);
        rest = &rest[place..];
        let length = match unit(rest) {
            Some(0xd800..=0xdbff) => match rest.get(6..).and_then(unit) {
                Some(0xdc00..=0xdfff) => 12,
                _ => 0,
            },
            Some(0xdc00..=0xdfff) => 0,
            Some(_) => 6,
            // An escape of one letter, which is never half of the next escape.
            None if rest.starts_with('\\') => {
                rest.chars().take(2).map(char::len_utf8).sum::<usize>()
            }
            None => {
                kept.push(' ');
                rest = &rest[1..];
                continue;
            }
        };
        kept.push_str(&rest[..length]);
        // Without its other half it is left out.
        rest = &rest[if length == 0 { 6 } else { length }..];
    }
    kept.push_str(rest);
    kept
}

/// The UTF-16 unit that a text begins with as JSON escapes it: `\u00e9`.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(body: &[u8]) -> Option<String> {
        let all: serde_json::Value = serde_json::from_str(&text_of(body)).ok()?;
        all["t"].as_str().map(str::to_owned)
    }

    #[test]
    fn letters_of_an_older_encoding_are_read() {
        assert_eq!(title(b"{\"t\":\"caf\xe9 \x80 \x81\"}").as_deref(), Some("café € "));
        assert_eq!(title("{\"t\":\"café\"}".as_bytes()).as_deref(), Some("café"));
        assert_eq!(title(b"{\"t\":\"d\xc3\xa9j\xe0\"}").as_deref(), Some("déjà"));
        assert_eq!(title("\u{feff}{\"t\":\"a\"}\r\n".as_bytes()).as_deref(), Some("a"));
    }

    #[test]
    fn halves_of_letters_and_control_characters_cost_nothing() {
        for (body, expected) in [
            (r#"{"t":"a\ud83d"}"#, "a"),
            (r#"{"t":"\ude00a"}"#, "a"),
            (r#"{"t":"\ud83d\ud83d\ude00"}"#, "😀"),
            (r#"{"t":"\ud83dx\u00e9"}"#, "xé"),
            (r#"{"t":"\\ud83d"}"#, "\\ud83d"),
            ("{\"t\":\"a\nb\tc\0d\"}", "a b c d"),
            (r#"{"t":"a\"b\\"}"#, "a\"b\\"),
        ] {
            assert_eq!(title(body.as_bytes()).as_deref(), Some(expected), "{body}");
        }
        for broken in ["{\"t\":\"\\", "{\"t\":\"\\u12", "{\"t\":\"\\ud83d\\u", "\\é"] {
            assert_eq!(title(broken.as_bytes()), None);
        }
    }
}
