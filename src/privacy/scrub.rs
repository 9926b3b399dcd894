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
use crate::privacy::address::bounded;

/// What stands where something personal was.
pub const REDACTED: &str = ":redacted";

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

/// The path that is kept of a page: segments scrubbed, the declared query parameters in the order
/// of their declaration, and the fragment of a site that routes by it (`#/…`, `#!/…`).
pub fn path(page: &Url, query_kept: &[String]) -> CompactString {
    let mut kept = CompactString::with_capacity(page.path().len());
    scrub_path(page.path(), &mut kept);
    let mut separator = '?';
    for name in query_kept {
        for (_, value) in page.query_pairs().filter(|(key, _)| key == name.as_str()) {
            kept.push(separator);
            kept.push_str(name);
            kept.push('=');
            let encoded: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            scrub_segment(&encoded, &mut kept);
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

/// A name that a sender chose, with the same shapes taken out.
pub fn scrubbed_name(text: &str) -> CompactString {
    let mut kept = CompactString::default();
    scrub_segment(text, &mut kept);
    kept
}

fn scrub_path(path: &str, kept: &mut CompactString) {
    for (number, segment) in path.split('/').enumerate() {
        if number > 0 {
            kept.push('/');
        }
        scrub_segment(segment, kept);
    }
}

fn scrub_segment(segment: &str, kept: &mut CompactString) {
    let decoded: Cow<'_, str> = if segment.contains('%') {
        match percent_decode_str(segment).decode_utf8() {
            Ok(text) => text,
            Err(_) => return kept.push_str(REDACTED),
        }
    } else {
        Cow::Borrowed(segment)
    };
    if is_unfit(&decoded) {
        return kept.push_str(REDACTED);
    }
    // Runs are looked for in the decoded text, so that an encoded digit hides nothing; when one is
    // found the decoded text is what is kept, and otherwise the segment as it was written.
    let mut scrubbed = String::new();
    if scrub_runs(&decoded, &mut scrubbed) {
        kept.push_str(&scrubbed);
    } else {
        kept.push_str(segment);
    }
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
        ] {
            assert_eq!(kept(&format!("https://a.fr{path}")), expected);
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
        assert_eq!(scrubbed_name("Call back"), "Call back");
        assert_eq!(scrubbed_name("mail jean@example.fr"), ":redacted");
        assert_eq!(scrubbed_name("dossier 1234567"), "dossier :redacted");
    }

    #[test]
    fn links_are_kept_without_their_query() {
        assert_eq!(scrubbed_url("https://b.fr/a.pdf?token=1").unwrap(), "b.fr/a.pdf");
        assert!(scrubbed_url("mailto:jean@example.fr").is_none());
    }
}
