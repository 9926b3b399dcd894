//! What a site's profile lets in: asked here, before anything is stored, and nowhere else.
//!
//! Under the exempt profile (CNIL, self-assessment of July 2025, criteria on purposes, marketing
//! measurement and kinds of event) a visit keeps the referring host and no finer channel, no
//! campaign and no property; an event is the use of a feature that the site declared beforehand.

use compact_str::{CompactString, format_compact};

use crate::model::address::REDACTED;
use crate::model::{Profile, Site};
use crate::privacy::scrub::scrubbed_text;

/// The event of a feature that was not declared.
const UNDECLARED: &str = "feature";

/// Longest text that a sender chose and that is kept, in bytes.
const TEXT_BYTES_MAX: usize = 150;

/// May campaigns, kinds of source and properties be kept?
pub fn lets_in_channels(site: &Site) -> bool {
    match site.rules.profile {
        Profile::Exempt => false,
        Profile::Extended => true,
    }
}

/// The name under which the use of a feature is kept.
pub fn feature_name(site: &Site, name: &str) -> CompactString {
    let is_declared = site.rules.features.iter().any(|declared| declared == name);
    if is_declared {
        return name.into();
    }
    match site.rules.profile {
        Profile::Exempt => CompactString::const_new(UNDECLARED),
        Profile::Extended => kept_text(name),
    }
}

/// Is nothing left of a name that people can read, as of hidden characters alone?
pub fn shows_nothing(name: &str) -> bool {
    kept_text(name).is_empty()
}

/// A property as it is kept, `name=value`, or nothing.
pub fn property(site: &Site, name: &str, value: &str) -> Option<CompactString> {
    if !lets_in_channels(site) || shows_nothing(name) {
        return None;
    }
    Some(format_compact!("{}={}", kept_text(name), kept_text(value)))
}

/// A text that a person or a page wrote: scrubbed, without hidden characters, in one line, cut.
pub(super) fn kept_text(text: &str) -> CompactString {
    let is_gap = |letter: char| letter.is_whitespace() || letter.is_control();
    let words: Vec<_> = text.split(is_gap).filter(|word| !word.is_empty()).collect();
    let kept = scrubbed_text(&words.join(" "));
    let kept = without_reserved_sign(&kept);
    let end = if kept.len() <= TEXT_BYTES_MAX {
        kept.len()
    } else {
        kept.floor_char_boundary(TEXT_BYTES_MAX)
    };
    CompactString::from(&kept[..end])
}

/// Labels of our own begin with a colon (`:withheld`): no text that somebody wrote does, except for
/// what was redacted of it.
fn without_reserved_sign(text: &str) -> &str {
    let is_redacted = text.starts_with(REDACTED);
    if is_redacted { text } else { text.trim_start_matches([':', ' ']) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Host, SiteId, SiteRules, Zone};

    fn site(profile: Profile) -> Site {
        let host = Host::parse("a.fr").unwrap();
        let mut site = Site::new(SiteId(1), host, Zone::named("UTC").unwrap());
        site.rules = SiteRules { profile, features: vec!["print".into()], ..SiteRules::default() };
        site
    }

    #[test]
    fn the_exempt_profile_keeps_declared_features_and_no_property() {
        let exempt = site(Profile::Exempt);
        assert_eq!(feature_name(&exempt, "print"), "print");
        assert_eq!(feature_name(&exempt, "user-jean"), UNDECLARED);
        assert_eq!(property(&exempt, "a", "b"), None);
    }

    #[test]
    fn the_extended_profile_keeps_names_and_properties_scrubbed() {
        let extended = site(Profile::Extended);
        assert_eq!(feature_name(&extended, "share"), "share");
        assert_eq!(property(&extended, "plan", "jean@example.fr").unwrap(), "plan=:redacted");
    }

    #[test]
    fn kept_texts_are_one_short_line() {
        assert_eq!(kept_text(" passport\t\n renewal "), "passport renewal");
        assert_eq!(kept_text("call 0612345678 now"), "call :redacted now");
        assert_eq!(kept_text("\u{202E}abc\u{200B}\u{FEFF}d caf\u{FFFD}"), "abcd caf");
        assert_eq!(kept_text("e\u{301}tat"), "état");
        assert_eq!(kept_text("jean%2540example.fr"), ":redacted");
        for forged in [":withheld", " : :withheld", "\u{200B}:withheld", "::withheld"] {
            assert_eq!(kept_text(forged), "withheld", "{forged}");
        }
        assert_eq!(kept_text(&"éa".repeat(300)).len(), TEXT_BYTES_MAX);
        assert_eq!(kept_text(&format!("a{}", "é".repeat(300))).len(), TEXT_BYTES_MAX - 1);
    }
}
