//! Paths and links have two forms: the key, in ASCII, by which they are counted and kept, and the
//! readable form, which people see, search for and filter by. Either leads to the other.
//!
//! Equal addresses have one key (RFC 3986 §6.2.2, and a little more): the case of escapes, escapes
//! of characters that may stand for themselves, dot segments and the two ways to write an accent
//! make no difference. Only what means something else when written plainly stays escaped: `%2F`,
//! `%3F`, `%23`, `%5C`, `%25`, and in a query `%26`, `%2B` and `%3D`.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::model::host_name::{ascii_host, readable_host};
use crate::model::legible::{composed, is_legible, is_mark, text_of_bytes};

/// What is escaped in the key of a path: what browsers escape, and what divides a path.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// In a name or a value of a query, what divides a query, too.
const ESCAPED_IN_QUERY: &AsciiSet = &ESCAPED.add(b'&').add(b'+').add(b'=');

/// What stands in a key where something personal was, or bytes that are no text.
pub const REDACTED: &str = ":redacted";

/// The key of the same word where it stood in the address that somebody sent: a page of its own.
const FOREIGN_REDACTED: &str = "%3Aredacted";

/// The escape of a colon.
const COLON: &str = "%3A";

/// Bytes of one escape, such as `%2F`.
const ESCAPE_BYTES: usize = 3;

/// The escape of a space.
const SPACE: &str = "%20";

/// Where a text stands in an address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Between two slashes of a path.
    Segment,
    /// A name or a value of a query, where `+` is a space.
    Query,
}

/// What a part of an address says; nothing where it is no text.
pub fn decoded(part: &str, kind: Part) -> Option<Cow<'_, str>> {
    let plain = match kind {
        Part::Query if part.contains('+') => Cow::Owned(part.replace('+', " ")),
        Part::Query | Part::Segment => Cow::Borrowed(part),
    };
    if !plain.contains('%') {
        return (!plain.contains(char::REPLACEMENT_CHARACTER)).then_some(plain);
    }
    let bytes: Cow<'_, [u8]> = percent_decode_str(&plain).into();
    text_of_bytes(&bytes).map(|text| Cow::Owned(text.into_owned()))
}

/// The key of a part of an address that says this.
pub fn encoded(text: &str, kind: Part) -> String {
    let escaped = match kind {
        Part::Segment => ESCAPED,
        Part::Query => ESCAPED_IN_QUERY,
    };
    utf8_percent_encode(text, escaped).to_string()
}

/// The key of a part that somebody wrote: what only looks like [`REDACTED`] has its colon escaped.
pub fn written_key(text: &str, kind: Part) -> String {
    encoded(text, kind).replace(REDACTED, FOREIGN_REDACTED)
}

/// The names and values of a query, decoded; nothing where one is no text.
pub fn pairs(query: &str) -> impl Iterator<Item = (Option<Cow<'_, str>>, Option<Cow<'_, str>>)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name, Part::Query), decoded(value, Part::Query))
    })
}

/// The key of an address in either form: a path, a host with a path, or a host. What is neither,
/// such as the name of a source, stays as it is.
pub fn key(address: &str) -> String {
    match address.find('/') {
        Some(0) => path_key(address),
        Some(place) => {
            let (host, path) = address.split_at(place);
            ascii_host(host).into_owned() + &path_key(path)
        }
        None => ascii_host(address).into_owned(),
    }
}

/// The key of a path, with its query and its route after `#` (without a query of its own).
pub fn path_key(path: &str) -> String {
    let (before, fragment) = divided(path, '#');
    let (path, query) = divided(before, '?');
    let mut key = segments_key(path);
    if let Some(query) = query {
        key.push('?');
        let pair = |pair: &str| match pair.split_once('=') {
            Some((name, value)) => {
                format!("{}={}", part_key(name, Part::Query), part_key(value, Part::Query))
            }
            None => part_key(pair, Part::Query),
        };
        key.push_str(&query.split('&').map(pair).collect::<Vec<_>>().join("&"));
    }
    if let Some(fragment) = fragment {
        key.push('#');
        let route = fragment.split('?').next().unwrap_or_default();
        let segments = route.split('/').map(|segment| part_key(segment, Part::Segment));
        key.push_str(&segments.collect::<Vec<_>>().join("/"));
    }
    key
}

/// What stands before a sign, and what follows it.
fn divided(text: &str, sign: char) -> (&str, Option<&str>) {
    match text.split_once(sign) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// Removes dot segments (RFC 3986 §5.2.4), and writes each segment in its one form.
fn segments_key(path: &str) -> String {
    let mut kept: Vec<String> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let key = part_key(segment, Part::Segment);
        let is_dot = key == "." || key == "..";
        if key == ".." && kept.len() > 1 {
            kept.pop();
        }
        if !is_dot {
            kept.push(key);
        } else if segments.peek().is_none() {
            kept.push(String::new());
        }
    }
    kept.join("/")
}

/// A part in its one form. What cannot be read is kept as redacted, and so is found there. An
/// escaped colon is a plain one, but before the word `redacted`, where it tells a page of that name
/// from what was redacted.
fn part_key(part: &str, kind: Part) -> String {
    let Some(text) = decoded(part, kind) else { return REDACTED.to_owned() };
    let key = encoded(&composed(&text), kind);
    if !key.contains(REDACTED) || !part.contains('%') {
        return key;
    }
    let mut rest = part;
    let mut told = String::with_capacity(key.len());
    loop {
        let end = (0..rest.len()).find(|at| {
            rest.get(*at..*at + ESCAPE_BYTES).is_some_and(|one| one.eq_ignore_ascii_case(COLON))
        });
        let Some(piece) = decoded(&rest[..end.unwrap_or(rest.len())], kind) else { return key };
        let piece = encoded(&composed(&piece), kind);
        if told.ends_with(COLON) && !piece.starts_with("redacted") {
            told.truncate(told.len() - COLON.len());
            told.push(':');
        }
        told.push_str(&piece);
        let Some(end) = end else { return told };
        told.push_str(COLON);
        rest = &rest[end + ESCAPE_BYTES..];
    }
}

/// The form of a key that people read. It has an escape only where the plain character would mean
/// something else, would not be seen, or could be taken for another; [`key`] leads back. A key in a
/// spelling of earlier versions is shown as it is kept.
pub fn readable(address: &str) -> Cow<'_, str> {
    if !address.contains('%') && !address.contains("xn--") {
        return Cow::Borrowed(address);
    }
    if key(address) != address {
        return Cow::Borrowed(address);
    }
    let (host, path) = address.split_at(address.find('/').unwrap_or(address.len()));
    Cow::Owned(readable_host(host).into_owned() + &written(path, &Shown::ToPeople))
}

/// The form of a key that a search looks into: the readable one, in which the escapes that are left
/// begin with a control character, so that they are not found as `%`. Spaces are plain.
pub fn searchable(address: &str) -> Cow<'_, str> {
    if !address.contains('%') && !address.contains("xn--") {
        return Cow::Borrowed(address);
    }
    let (host, path) = address.split_at(address.find('/').unwrap_or(address.len()));
    Cow::Owned(readable_host(host).into_owned() + &written(path, &Shown::ToSearch))
}

/// What is looked for in an address, in the form of [`searchable`]: a piece of one, in either form.
pub fn searched(piece: &str) -> String {
    let is_divider = |letter: char| matches!(letter, '/' | '?' | '#' | '&' | '=');
    let mut key = String::new();
    let mut kind = Part::Segment;
    for part in piece.split_inclusive(is_divider) {
        let text = part.trim_end_matches(is_divider);
        let divider = &part[text.len()..];
        // Escapes that are cut in the middle of a letter are in no address.
        match decoded(text, kind) {
            Some(_) => key.push_str(&part_key(text, kind)),
            None => key.push_str(text),
        }
        key.push_str(divider);
        kind = match divider {
            "?" => Part::Query,
            "#" => Part::Segment,
            _ => kind,
        };
    }
    let piece = written(&key, &Shown::ToSearch);
    let (host, path) = piece.split_at(piece.find('/').unwrap_or(piece.len()));
    readable_host(host).into_owned() + path
}

enum Shown {
    ToPeople,
    ToSearch,
}

fn written(key: &str, shown: &Shown) -> String {
    let mut text = String::with_capacity(key.len());
    let mut place = 0;
    while let Some(found) = key[place..].find('%') {
        text.push_str(&key[place..place + found]);
        place += found;
        let end = end_of_escapes(key, place);
        if end == place {
            text.push('%');
            place += 1;
            continue;
        }
        let bytes: Cow<'_, [u8]> = percent_decode_str(&key[place..end]).into();
        match std::str::from_utf8(&bytes) {
            Ok(letters) => write_letters(letters, (key, place), shown, &mut text),
            Err(_) => keep_escapes(&key[place..end], shown, &mut text),
        }
        place = end;
    }
    text.push_str(&key[place..]);
    text
}

/// Where the escapes that begin at this place end.
fn end_of_escapes(key: &str, start: usize) -> usize {
    let bytes = key.as_bytes();
    let is_escape = |place: usize| {
        let escape = bytes.get(place..place + ESCAPE_BYTES);
        escape.is_some_and(|one| one[0] == b'%' && one[1..].iter().all(u8::is_ascii_hexdigit))
    };
    let mut end = start;
    while is_escape(end) {
        end += ESCAPE_BYTES;
    }
    end
}

fn write_letters(letters: &str, (key, start): (&str, usize), shown: &Shown, text: &mut String) {
    let mut place = start;
    for letter in letters.chars() {
        let end = place + letter.len_utf8() * ESCAPE_BYTES;
        let around = (&key[..place], &key[end..]);
        let is_plain = match shown {
            Shown::ToPeople => may_be_plain(letter, around, text),
            Shown::ToSearch => letter == ' ' || may_be_plain(letter, around, "a"),
        };
        if is_plain {
            text.push(letter);
        } else {
            keep_escapes(&key[place..end], shown, text);
        }
        place = end;
    }
}

fn keep_escapes(escapes: &str, shown: &Shown, text: &mut String) {
    match shown {
        Shown::ToPeople => text.push_str(escapes),
        Shown::ToSearch => text.push_str(&escapes.replace('%', "\u{1}")),
    }
}

/// May a character stand for itself, between what stands before and after it in the key?
fn may_be_plain(letter: char, (before, after): (&str, &str), written: &str) -> bool {
    let is_edge = |letter: char| matches!(letter, '/' | '?' | '#' | '&' | '=' | ' ');
    match letter {
        // One space between two others words is seen; those at an edge or side by side are not.
        ' ' => {
            let begins = before.ends_with(SPACE) || before.chars().last().is_none_or(is_edge);
            let ends = after.starts_with(SPACE) || after.chars().next().is_none_or(is_edge);
            !begins && !ends
        }
        // Before two hexadecimal digits it would be read as an escape.
        '%' => {
            let digits = after.bytes().take(2).filter(u8::is_ascii_hexdigit).count();
            digits < 2
        }
        '"' | '<' | '>' | '^' | '`' | '{' | '}' => true,
        _ if letter.is_ascii() || !is_legible(letter) => false,
        // A mark stands on the letter before it.
        _ => !is_mark(letter) || written.chars().last().is_some_and(char::is_alphanumeric),
    }
}

#[cfg(test)]
mod tests;
