//! The runs of letters and digits in a text that may name somebody: see the rules of [`scrub`].
//!
//! [`scrub`]: crate::privacy::scrub

/// Digits in a row that may number a person, a file or a telephone. Years and most article
/// numbers have fewer; a date without separators is lost, and rather that than a birth date.
const DIGITS_IN_ROW_MIN: usize = 6;

/// Digits in groups (`06-12-34-56-78`); a date in groups has eight.
const DIGITS_IN_GROUPS_MIN: usize = 9;

/// Shortest token: 16 characters of base 16 are 64 bits, the shortest secret in use.
const TOKEN_BYTES_MIN: usize = 16;

/// Changes between lower case, capitals and digits inside a run. Words and their numbers
/// (`covid19vaccination`) have two at most; 16 random characters have eight.
pub(super) const TOKEN_CHANGES_MIN: usize = 4;

/// A piece of a text.
pub(super) enum Piece<'a> {
    /// What says nothing of a person.
    Kept(&'a str),
    /// What may name somebody.
    Personal,
}

/// Takes the text apart into its personal runs and the rest; tells whether there was such a run.
pub(super) fn scrub_runs(text: &str, take: &mut dyn FnMut(Piece<'_>)) -> bool {
    let mut found = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = personal_run(rest);
        if length > 0 {
            take(Piece::Personal);
            rest = &rest[length..];
            found = true;
            continue;
        }
        // Move on by a whole run of one kind, so that no run of digits is looked at from its
        // middle.
        let digits = run(rest, |byte| byte.is_ascii_digit());
        let letters = run(rest, |byte| byte.is_ascii_alphabetic());
        let step = digits.max(letters).max(first.len_utf8());
        take(Piece::Kept(&rest[..step]));
        rest = &rest[step..];
    }
    found
}

/// The length of the personal run at the head of the text, or 0.
fn personal_run(text: &str) -> usize {
    if is_uuid(text) {
        return 36;
    }
    let word = run(text, is_word);
    if word >= TOKEN_BYTES_MIN && changes(&text[..word]) >= TOKEN_CHANGES_MIN {
        return word;
    }
    let row = run(text, |byte| byte.is_ascii_digit());
    if row >= DIGITS_IN_ROW_MIN {
        return row;
    }
    if row == 0 { 0 } else { digit_groups(text) }
}

fn run(text: &str, belongs: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|&byte| belongs(byte)).count()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=')
}

fn is_uuid(text: &str) -> bool {
    let Some(head) = text.as_bytes().get(..36) else { return false };
    head.iter().enumerate().all(|(place, byte)| match place {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

/// How often the run changes between lower case, capitals and digits, not counting a word's capital
/// initial and the seams at hyphens.
fn changes(text: &str) -> usize {
    let class = |byte: u8| match byte {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 3,
        _ => 0,
    };
    let bytes = text.as_bytes();
    let mut count = 0;
    for place in 1..bytes.len() {
        let (before, here) = (class(bytes[place - 1]), class(bytes[place]));
        let initial = before == 2 && here == 1;
        if before != here && before != 0 && here != 0 && !initial {
            count += 1;
        }
    }
    count
}

/// The length of digits in groups at the head, such as `06 12 34 56 78`, if they are enough to be
/// a telephone number, else 0.
fn digit_groups(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut digits, mut end) = (0, 0);
    while end < bytes.len() {
        let separator = matches!(bytes[end], b'-' | b'.' | b'_' | b' ' | b'+');
        let followed = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if bytes[end].is_ascii_digit() {
            digits += 1;
        } else if !(separator && followed) {
            break;
        }
        end += 1;
    }
    if digits >= DIGITS_IN_GROUPS_MIN { end } else { 0 }
}
