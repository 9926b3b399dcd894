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

use crate::model::address::{Part, REDACTED, decoded, encoded, pairs, written_key};
use crate::model::legible::{legible, plain_width};
use crate::model::{Site, is_possible_name, written_host};
use crate::privacy::address::bounded;
use crate::privacy::personal::{Piece, TOKEN_CHANGES_MIN, scrub_runs};

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
    let is_own = written_host(&url).is_some_and(|host| site.answers_to(host));
    is_own.then(|| path(&url, &site.query_kept))
}

/// The address of a link, as host and scrubbed path, without query; nothing if it is not of the
/// web, too long, or of a name that no host can have.
pub fn scrubbed_url(text: &str) -> Option<CompactString> {
    let url =
        Url::parse(&bounded(text)?).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = written_host(&url)?;
    let is_name = matches!(url.host(), Some(url::Host::Domain(_)));
    if is_name && !is_possible_name(host) {
        return None;
    }
    let mut kept = CompactString::from(host);
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
    scrub_runs(&text, &mut |piece| match piece {
        Piece::Kept(piece) => scrubbed.push_str(piece),
        Piece::Personal => scrubbed.push_str(REDACTED),
    });
    scrubbed
}

/// The same as the key of a part of an address. What somebody wrote there as [`REDACTED`] is told
/// from our own word by its escaped colon.
fn scrubbed_key(text: &str, kind: Part) -> String {
    let text = legible(text);
    // Without what it hid, it would lead elsewhere.
    let is_dot = matches!(&*text, "." | "..") && kind == Part::Segment;
    if is_dot || is_unfit(&text) || hides_something(&text) {
        return REDACTED.to_owned();
    }
    let mut key = String::with_capacity(text.len());
    let mut plain = String::new();
    scrub_runs(&text, &mut |piece| match piece {
        Piece::Kept(piece) => plain.push_str(piece),
        Piece::Personal => {
            key.push_str(&written_key(&std::mem::take(&mut plain), kind));
            key.push_str(REDACTED);
        }
    });
    key.push_str(&written_key(&plain, kind));
    key
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
    scrubbed_key(&text, kind)
}

/// Is there something personal in what the text says when it is decoded again, or with the digits
/// and letters of other widths made plain?
fn hides_something(text: &str) -> bool {
    let is_personal = |text: &str| is_unfit(text) || scrub_runs(text, &mut |_| ());
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

/// An e-mail address, or the name of somebody on a server (`@jean@example.fr`), or characters that
/// no address has. One sign at the beginning names an account, as of a ministry.
fn is_unfit(text: &str) -> bool {
    let mail = text.match_indices('@').any(|(at, _)| at > 0 && at + 1 < text.len());
    mail || text.chars().any(char::is_control)
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
            ("/@jean@example.fr", "/:redacted"),
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
            ("/:redacted", "/%3Aredacted"),
            ("/%3Aredacted", "/%3Aredacted"),
            ("/%3a%72edacted/x:redacted.y", "/%3Aredacted/x%3Aredacted.y"),
            ("/%253Aredacted", "/%253Aredacted"),
            ("/:redacted1234567", "/%3Aredacted:redacted"),
            ("/::redacted:red", "/:%3Aredacted:red"),
            ("/s?page=:redacted", "/s?page=%3Aredacted"),
            ("/#/:redacted", "/#/%3Aredacted"),
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
        assert_eq!(scrubbed_text("@service jean@example.fr"), ":redacted");
        assert_eq!(scrubbed_text("dossier 1234567"), "dossier :redacted");
    }

    #[test]
    fn links_are_kept_without_their_query() {
        assert_eq!(scrubbed_url("https://b.fr/a.pdf?token=1").unwrap(), "b.fr/a.pdf");
        assert_eq!(scrubbed_url("https://B.fr./a").unwrap(), "b.fr/a");
        assert_eq!(scrubbed_url("//b.fr/a").unwrap(), "b.fr/a");
        assert!(scrubbed_url("https://*.b.fr/a").is_none());
        assert!(scrubbed_url("mailto:jean@example.fr").is_none());
    }
}
