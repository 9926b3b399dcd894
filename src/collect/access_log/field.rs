//! The quoted fields of a log line: where they end, and what their escapes stand for.

use std::borrow::Cow;

use percent_encoding::percent_encode_byte;

/// Splits what follows an opening quote into the field and what follows its closing quote.
/// None if the line ends before it.
pub(super) fn quoted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut start = 0;
    loop {
        let rest = bytes.get(start..)?;
        let found = start + rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
        if bytes[found] == b'"' {
            return Some((&bytes[..found], &bytes[found + 1..]));
        }
        // Whatever a backslash stands before is part of the field.
        start = found + 2;
    }
}

/// What a field says, with its escapes resolved. A byte that is not UTF-8 stays as it would stand
/// in an address, such as `%E9`: so `\xE9` in a log and `%E9` are the same.
pub(super) fn text(field: &[u8]) -> Cow<'_, str> {
    let Some(first) = next_escape(field) else { return percent_written(field) };
    let mut plain = Vec::with_capacity(field.len());
    let (mut rest, mut next) = (field, Some(first));
    while let Some(at) = next {
        plain.extend_from_slice(&rest[..at]);
        let (byte, length) = unescaped(&rest[at..]);
        plain.push(byte);
        rest = &rest[at + length..];
        next = next_escape(rest);
    }
    plain.extend_from_slice(rest);
    Cow::Owned(percent_written(&plain).into_owned())
}

fn percent_written(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| text.push_str(percent_encode_byte(*byte)));
    }
    Cow::Owned(text)
}

fn next_escape(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|byte| *byte == b'\\')
}

/// The byte that an escape stands for and how many bytes wrote it. A backslash that begins no
/// known escape stands for itself.
fn unescaped(bytes: &[u8]) -> (u8, usize) {
    match bytes.get(1) {
        Some(byte @ (b'"' | b'\\')) => (*byte, 2),
        Some(b'n') => (b'\n', 2),
        Some(b'r') => (b'\r', 2),
        Some(b't') => (b'\t', 2),
        Some(b'b') => (0x08, 2),
        Some(b'f') => (0x0c, 2),
        Some(b'v') => (0x0b, 2),
        Some(b'x') => match (bytes.get(2).and_then(hex), bytes.get(3).and_then(hex)) {
            (Some(high), Some(low)) => (high << 4 | low, 4),
            _ => (b'\\', 1),
        },
        _ => (b'\\', 1),
    }
}

/// Apache writes small hexadecimal digits, nginx capital ones.
fn hex(byte: &u8) -> Option<u8> {
    char::from(*byte).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_ends_at_the_first_bare_quote() {
        let of = |line: &'static str| quoted(line.as_bytes());
        assert_eq!(of(r#"a" b"#), Some((&b"a"[..], &b" b"[..])));
        assert_eq!(of(r#"" b"#), Some((&b""[..], &b" b"[..])));
        assert_eq!(of(r#"a\"b" c"#), Some((&br#"a\"b"#[..], &b" c"[..])));
        assert_eq!(of(r#"a\\" c"#), Some((&br"a\\"[..], &b" c"[..])));
        for open in ["", "a", r#"a\""#, r"a\", r"\\\"] {
            assert_eq!(of(open), None, "{open}");
        }
    }

    #[test]
    fn escapes_of_both_servers_are_resolved() {
        for (written, meant) in [
            (r"plain", "plain"),
            (r#"a\"b\\c"#, r#"a"b\c"#),
            (r"caf\xc3\xa9", "café"),
            (r"caf\xC3\xA9", "café"),
            (r"a\tb\n", "a\tb\n"),
            (r"\x", r"\x"),
            (r"\x4", r"\x4"),
            (r"\xzz\u0041", r"\xzz\u0041"),
            (r"a\", r"a\"),
            (r"\xff!", "%FF!"),
            (r"/caf\xE9/\xc3\xa9\xE9", "/caf%E9/é%E9"),
        ] {
            assert_eq!(text(written.as_bytes()), meant, "{written}");
        }
        assert_eq!(text(b"caf\xe9"), "caf%E9");
        assert!(matches!(text("café".as_bytes()), Cow::Borrowed(_)));
    }
}
