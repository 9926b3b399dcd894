//! The language a browser asks for first, and nothing finer.
//!
//! Lists of languages with their regions and weights are a known means of telling people apart,
//! so only the primary subtag of the first one is looked at (RFC 9110 §12.5.4, RFC 5646 §2.2.1).

/// Longest header that is read, in bytes: browsers send at most some ten languages of ten bytes.
const HEADER_BYTES_MAX: usize = 256;

/// Thousandths in the weight of a language without one.
const WEIGHT_WHOLE: u16 = 1_000;

/// The primary subtag of the language with the highest weight, in small letters: `fr` of
/// `fr-CH, en;q=0.8`. Nothing where the header names no language.
pub fn first_language(header: &str) -> Option<String> {
    if header.len() > HEADER_BYTES_MAX {
        return None;
    }
    let mut best: Option<(u16, &str)> = None;
    for entry in header.split(',') {
        let Some((weight, language)) = read_entry(entry) else { continue };
        // Of equal weights the first counts, as browsers write their users' order.
        if best.is_none_or(|(best_weight, _)| weight > best_weight) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language.to_ascii_lowercase())
}

/// Weight and primary subtag of `fr-CH;q=0.8`; nothing for `*`, for weight 0 ("not this one") and
/// for what is malformed.
fn read_entry(entry: &str) -> Option<(u16, &str)> {
    let mut parts = entry.split(';').map(str::trim);
    let language = parts.next()?.split('-').next()?;
    let weight = match parts.next() {
        None => WEIGHT_WHOLE,
        Some(part) => read_weight(part.strip_prefix("q=").or(part.strip_prefix("Q="))?)?,
    };
    // ISO 639 has codes of two and of three letters; longer subtags are kept for the future.
    let is_code = matches!(language.len(), 2 | 3)
        && language.bytes().all(|letter| letter.is_ascii_alphabetic());
    (is_code && weight > 0 && parts.next().is_none()).then_some((weight, language))
}

/// Thousandths of `0.8`: at most three digits behind the point, at most 1 (RFC 9110 §12.4.2).
fn read_weight(text: &str) -> Option<u16> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    if !matches!(whole, "0" | "1") || rest.len() > 3 || !rest.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{whole}{rest:0<3}").parse().ok()?;
    (thousandths <= WEIGHT_WHOLE).then_some(thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_the_highest_weight_is_named_without_its_region() {
        for (header, language) in [
            ("fr", Some("fr")),
            ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", Some("fr")),
            ("en;q=0.7, br;q=0.95, fr;q=0.9", Some("br")),
            ("en;q=0.5,fr;q=0.5", Some("en")),
            ("DE-de", Some("de")),
            ("zh-Hans-CN", Some("zh")),
            ("gsw-CH ; q=1.000", Some("gsw")),
            ("*, en;q=0.5", Some("en")),
        ] {
            assert_eq!(first_language(header).as_deref(), language, "{header}");
        }
    }

    #[test]
    fn what_names_no_language_is_nothing() {
        for header in [
            "",
            "*",
            ",",
            "x",
            "12",
            "english",
            "fr;q=0",
            "fr;q=2",
            "fr;q=0.1234",
            "fr;q",
            "fr;v=1",
            "é",
            "fr_FR",
            "fr;q=1;q=1",
            "fr;q=1.001",
            "i-klingon",
            "<script>",
        ] {
            assert_eq!(first_language(header), None, "{header}");
        }
        assert_eq!(first_language(&"fr,".repeat(100)), None);
    }
}
