//! Takes personal data out of addresses: what is left of a page is its path, without what could
//! name anybody.
//!
//! Rules, each segment of the path by itself (reference: CNIL self-assessment, criterion "no
//! personal data in addresses"; the shapes are those that public sites were seen to leak):
//! - an e-mail address, or bytes that are not text: the whole segment becomes `:redacted`;
//! - a UUID, a token (letters, capitals and digits mixed as no word is), a run of six digits or
//!   more, or nine digits in groups as in telephone and social-security numbers: that run does.

use std::borrow::Cow;

use compact_str::CompactString;
use percent_encoding::percent_decode_str;
use url::Url;

use crate::model::Site;
use crate::model::address::{Part, REDACTED, decoded, encoded, pairs};
use crate::model::legible::{legible, plain_width};
use crate::privacy::address::bounded;

/// Digits in a row that may number a person, a file or a telephone. Years and most article
/// numbers have fewer; a date without separators is lost, and rather that than a birth date.
const DIGITS_IN_ROW_MIN: usize = 6;

/// Digits in groups (`06-12-34-56-78`); a date in groups has eight.
const DIGITS_IN_GROUPS_MIN: usize = 9;

/// Shortest token: 16 characters of base 16 are 64 bits, the shortest secret in use.
const TOKEN_BYTES_MIN: usize = 16;

/// Changes between lower case, capitals and digits inside a run. Words and their numbers
/// (`covid19vaccination`) have two at most; 16 random characters have eight.
const TOKEN_CHANGES_MIN: usize = 4;

/// How often a text is decoded once more to see whether it hides something personal.
const DECODINGS_MAX: usize = 5;

/// The path that is kept of a page, in its one written form: segments scrubbed, the declared query
/// parameters in the order of their declaration, and the fragment of a site that routes by it
/// (`#/…`, `#!/…`).
pub fn path(page: &Url, query_kept: &[String]) -> CompactString {
    let mut kept = CompactString::with_capacity(page.path().len());
    scrub_path(page.path(), &mut kept);
    let mut separator = '?';
    for name in query_kept {
        let of_name = |pair: &(Option<Cow<'_, str>>, _)| pair.0.as_deref() == Some(name);
        for (_, value) in pairs(page.query().unwrap_or_default()).filter(of_name) {
            kept.push(separator);
            kept.push_str(&encoded(name, Part::Query));
            kept.push('=');
            kept.push_str(&scrubbed_part(value, Part::Query));
            separator = '&';
        }
    }
    let fragment = page.fragment().filter(|text| text.starts_with('/') || text.starts_with("!/"));
    if let Some(fragment) = fragment {
        kept.push('#');
        scrub_path(fragment.split('?').next().unwrap_or_default(), &mut kept);
    }
    kept
}

/// The path that is kept of a page of a site, by its address; nothing if it is of another host.
pub fn page_path(address: &str, site: &Site) -> Option<CompactString> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let is_own = url.host_str().is_some_and(|host| site.answers_to(host));
    is_own.then(|| path(&url, &site.query_kept))
}

/// The address of a link, as host and scrubbed path, without query; nothing if it is not of the
/// web, or too long.
pub fn scrubbed_url(text: &str) -> Option<CompactString> {
    let url =
        Url::parse(&bounded(text)?).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let mut kept = CompactString::from(url.host_str()?);
    scrub_path(url.path(), &mut kept);
    Some(kept)
}

/// A text that a sender chose, without hidden characters and with the same shapes taken out.
pub fn scrubbed_text(text: &str) -> String {
    let text = legible(text);
    if is_unfit(&text) || hides_something(&text) {
        return REDACTED.to_owned();
    }
    let mut scrubbed = String::with_capacity(text.len());
    scrub_runs(&text, &mut scrubbed);
    scrubbed
}

fn scrub_path(path: &str, kept: &mut CompactString) {
    for (number, segment) in path.split('/').enumerate() {
        if number > 0 {
            kept.push('/');
        }
        // Nearly all segments: nothing to decode, nothing to encode, and nothing personal.
        if is_plain_word(segment) {
            kept.push_str(segment);
        } else {
            kept.push_str(&scrubbed_part(decoded(segment, Part::Segment), Part::Segment));
        }
    }
}

/// Letters in small, hyphens and few digits: no rule finds anything in these, and they are their
/// own key.
fn is_plain_word(segment: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let digits = segment.bytes().filter(u8::is_ascii_digit).count();
    segment.bytes().all(is_plain) && digits < TOKEN_CHANGES_MIN
}

/// The key of a part of an address, scrubbed; bytes that are no text are redacted whole.
fn scrubbed_part(text: Option<Cow<'_, str>>, kind: Part) -> String {
    let Some(text) = text.filter(|text| !text.chars().any(char::is_control)) else {
        return REDACTED.to_owned();
    };
    // Runs are looked for in the decoded text, so that an encoded digit hides nothing.
    let scrubbed = scrubbed_text(&text);
    // Without what it hid, it would lead elsewhere.
    let is_dot = matches!(scrubbed.as_str(), "." | "..") && kind == Part::Segment;
    if is_dot { REDACTED.to_owned() } else { encoded(&scrubbed, kind) }
}

/// Is there something personal in what the text says when it is decoded again, or with the digits
/// and letters of other widths made plain?
fn hides_something(text: &str) -> bool {
    let is_personal = |text: &str| is_unfit(text) || scrub_runs(text, &mut String::new());
    let mut text = Cow::Borrowed(text);
    for _ in 0..DECODINGS_MAX {
        let plain = plain_width(&text);
        if plain != text && is_personal(&plain) {
            return true;
        }
        if !text.contains('%') {
            return false;
        }
        let deeper = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        if deeper == text {
            return false;
        }
        if is_personal(&deeper) {
            return true;
        }
        text = Cow::Owned(deeper);
    }
    // Nobody writes a text that deep.
    true
}

/// An e-mail address, or characters that no address has.
fn is_unfit(text: &str) -> bool {
    let mail =
        text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    mail || text.chars().any(char::is_control)
}

/// Copies the text with its personal runs replaced; tells whether there was one.
fn scrub_runs(text: &str, scrubbed: &mut String) -> bool {
    let mut found = false;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = personal_run(rest);
        if length > 0 {
            scrubbed.push_str(REDACTED);
            rest = &rest[length..];
            found = true;
            continue;
        }
        // Move on by a whole run of one kind, so that no run of digits is looked at from its
        // middle.
        let digits = run(rest, |byte| byte.is_ascii_digit());
        let letters = run(rest, |byte| byte.is_ascii_alphabetic());
        let step = digits.max(letters).max(first.len_utf8());
        scrubbed.push_str(&rest[..step]);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::legible::is_hidden;

    fn kept(page: &str) -> String {
        path(&Url::parse(page).unwrap(), &["page".to_owned()]).to_string()
    }

    #[test]
    fn ordinary_paths_stay_as_they_are() {
        for path in [
            "/",
            "/a/",
            "/particuliers/vosdroits/F12345",
            "/2026/11/23/un-article-de-2026.html",
            "/d%C3%A9marches/%C3%A9tat-civil",
            "/covid19vaccination-2026",
            "/Rapport-Annuel-2026-de-la-Cour",
            "/agenda/2026-11-23",
            "/@ministere",
            "/index_v2.php",
            "/api/v1/openapi.json",
        ] {
            assert_eq!(kept(&format!("https://a.fr{path}")), path);
        }
    }

    #[test]
    fn personal_shapes_are_redacted() {
        for (path, expected) in [
            ("/u/jean.dupont@example.fr/x", "/u/:redacted/x"),
            ("/u/jean%40example.fr", "/u/:redacted"),
            ("/dossier-1234567/piece", "/dossier-:redacted/piece"),
            ("/dossier-12%33456", "/dossier-:redacted"),
            ("/tel/06-12-34-56-78", "/tel/:redacted"),
            ("/tel/06.12.34.56.78/fin", "/tel/:redacted/fin"),
            ("/f/123e4567-e89b-12d3-a456-426614174000.pdf", "/f/:redacted.pdf"),
            ("/reset/a3f5c6d7e8b9a0c1", "/reset/:redacted"),
            ("/j/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0", "/j/:redacted.:redacted"),
            ("/bad/%ff%fe", "/bad/:redacted"),
            ("/nul/a%00b", "/nul/:redacted"),
            ("/u/jean%2540example.fr", "/u/:redacted"),
            ("/u/jean%25252540example.fr", "/u/:redacted"),
            ("/tel/%EF%BC%90%EF%BC%96%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94", "/tel/:redacted"),
            ("/tel/0612%E2%80%8B34", "/tel/:redacted"),
            ("/u/jean%EF%BC%A0example.fr", "/u/:redacted"),
            ("/%C3%A9tat-1234567/%2F", "/%C3%A9tat-:redacted/%2F"),
            ("/caf%EF%BF%BD", "/:redacted"),
            ("/a/%E2%80%8B..", "/a/:redacted"),
        ] {
            assert_eq!(kept(&format!("https://a.fr{path}")), expected);
        }
    }

    #[test]
    fn equal_paths_are_one_and_old_bytes_are_read() {
        for (path, expected) in [
            ("/d%c3%a9marches", "/d%C3%A9marches"),
            ("/%64%C3%A9marches", "/d%C3%A9marches"),
            ("/de%CC%81marches", "/d%C3%A9marches"),
            ("/caf%E9", "/caf%C3%A9"),
            ("/a%5Bi%5D-%2A(b%2Bc)", "/a[i]-*(b+c)"),
            ("/%7Euser/%41", "/~user/A"),
            ("/a%2fb", "/a%2Fb"),
            ("/100%", "/100%25"),
            ("/%25c3", "/%25c3"),
            ("/x/%2e%2e/y", "/y"),
            ("/a%E2%80%AEb", "/ab"),
            ("/#/caf%e9/%41", "/#/caf%C3%A9/A"),
            ("/s?page=caf%E9+cr%E8me", "/s?page=caf%C3%A9%20cr%C3%A8me"),
            ("/s?p%61ge=1", "/s?page=1"),
            ("/s?page=%EF%F0%E8%E2%E5%F2", "/s?page=:redacted"),
            ("/s?page=a%26b%3dc", "/s?page=a%26b%3Dc"),
        ] {
            assert_eq!(kept(&format!("https://a.fr{path}")), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_kept_is_ascii_and_its_own_key(
            path in "(/|%|%[0-9a-fA-F]{2}|[a-zA-Z0-9.?#=&+]|\\PC){0,20}",
        ) {
            if let Ok(url) = Url::parse(&format!("https://a.fr/{path}")) {
                let kept = super::path(&url, &["page".to_owned(), "été".to_owned()]);
                proptest::prop_assert!(kept.is_ascii(), "{}", kept);
                let before = kept.split('#').next().unwrap();
                proptest::prop_assert_eq!(crate::model::address::path_key(before), before);
                let shown = crate::model::address::readable(&kept);
                let is_wrong = |letter| is_hidden(letter) || letter == char::REPLACEMENT_CHARACTER;
                proptest::prop_assert!(!shown.chars().any(is_wrong), "{}", shown);
            }
        }
    }

    #[test]
    fn of_the_query_only_declared_parameters_stay() {
        assert_eq!(kept("https://a.fr/s?utm_source=x&page=2&q=name"), "/s?page=2");
        assert_eq!(kept("https://a.fr/s?page=jean@example.fr"), "/s?page=:redacted");
        assert_eq!(kept("https://a.fr/s?gclid=1#section"), "/s");
        assert_eq!(kept("https://a.fr/#/route/1234567?x=1"), "/#/route/:redacted");
    }

    #[test]
    fn names_are_scrubbed_too() {
        assert_eq!(scrubbed_text("Call back"), "Call back");
        assert_eq!(scrubbed_text("mail jean@example.fr"), ":redacted");
        assert_eq!(scrubbed_text("dossier 1234567"), "dossier :redacted");
    }

    #[test]
    fn links_are_kept_without_their_query() {
        assert_eq!(scrubbed_url("https://b.fr/a.pdf?token=1").unwrap(), "b.fr/a.pdf");
        assert!(scrubbed_url("mailto:jean@example.fr").is_none());
    }
}
