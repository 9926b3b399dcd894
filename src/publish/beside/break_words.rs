//! What happened at a break, in words for citizens: settings by what they mean, and moments as
//! dates.

use jiff::civil::DateTime;

use crate::model::Words;
use crate::store::{Break, BreakKind, OutageReason};

/// What settings are called, by their names in the register.
const SETTINGS: [(&str, Words); 11] = [
    (
        "query_kept",
        Words::new("paramètres gardés dans les adresses", "parameters kept in addresses"),
    ),
    ("sections", Words::new("rubriques comptées à part", "sections counted by themselves")),
    ("search", Words::new("paramètres de la recherche du site", "parameters of the site's search")),
    ("features", Words::new("fonctions dont l’usage est compté", "features whose use is counted")),
    (
        "downloads",
        Words::new("fichiers comptés comme téléchargements", "files counted as downloads"),
    ),
    ("gpc", Words::new("refus par le signal GPC", "refusal by the GPC signal")),
    ("dnt", Words::new("refus par le signal DNT", "refusal by the DNT signal")),
    ("visitors_min", Words::new("seuil de diffusion, en visiteurs", "threshold, in visitors")),
    (
        "requests_per_second",
        Words::new("requêtes admises par seconde", "requests allowed a second"),
    ),
    ("excluded_networks", Words::new("nombre de réseaux exclus", "number of excluded networks")),
    (
        "trusted_proxies",
        Words::new("nombre de serveurs intermédiaires", "number of servers in between"),
    ),
];

/// What their values mean, where these are codes.
const VALUES: [(&str, Words); 6] = [
    ("drop", Words::new("la visite n’est pas comptée", "the visit is not counted")),
    (
        "count_without_visitor",
        Words::new("la page est comptée, sans visiteur", "the page is counted, without a visitor"),
    ),
    ("ignore", Words::new("sans effet", "without effect")),
    ("exempt", Words::new("sans consentement requis", "without need of consent")),
    ("extended", Words::new("étendu", "extended")),
    ("", Words::new("aucun", "none")),
];

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What happened, in French and in English: a person's words, or else what the kind says, with what
/// changed where people understand it.
pub fn notes(one: &Break) -> (String, String) {
    let words = &one.words;
    if !words.note_fr.is_empty() && !words.note_en.is_empty() {
        return (words.note_fr.clone(), words.note_en.clone());
    }
    let reason = OutageReason::named(&one.before).filter(|_| one.kind == BreakKind::Outage);
    let title = reason.map_or(one.kind.title(), OutageReason::title);
    if let Some((fr, en)) = one.until().and_then(moment) {
        let end = |word: &str, moment: String| format!(" {word} {moment}");
        return (sentence(title.fr, &end("jusqu’au", fr)), sentence(title.en, &end("until", en)));
    }
    if one.is_manual {
        let change = match (one.before.as_str(), one.after.as_str()) {
            ("", "") => String::new(),
            ("", after) => after.to_owned(),
            (before, after) => format!("{before} → {after}"),
        };
        return (said(title.fr, "\u{a0}: ", &change), said(title.en, ": ", &change));
    }
    let mut changes = changes(&one.before, &one.after);
    // Only these have a value without a name that means something to people.
    let is_plain = matches!(one.kind, BreakKind::Profile | BreakKind::Hosts);
    changes.retain(|change| is_plain || !change.name.is_empty());
    let of = |language: fn(Words) -> &'static str| {
        let all = changes.iter().filter_map(|change| change.said(language));
        all.collect::<Vec<_>>().join(" ; ")
    };
    let (fr, en) = (of(|words| words.fr), of(|words| words.en));
    (
        said(title.fr, "\u{a0}: ", &fr.replace(" ;", "\u{202f};")),
        said(title.en, ": ", &en.replace(" ;", ";")),
    )
}

/// One setting that changed.
struct Changed<'a> {
    name: &'a str,
    before: &'a str,
    after: &'a str,
}

impl Changed<'_> {
    /// It in a language; nothing where its values mean something to programs alone, such as the
    /// version of a table.
    fn said(&self, language: fn(Words) -> &'static str) -> Option<String> {
        let value = |value: &str| {
            let known = VALUES.iter().find(|(name, _)| *name == value);
            known.map_or_else(|| value.replace(',', ", "), |(_, words)| language(*words).to_owned())
        };
        let change = format!("{} → {}", value(self.before), value(self.after));
        if self.name.is_empty() {
            return Some(change);
        }
        let setting = SETTINGS.iter().find(|(name, _)| *name == self.name)?;
        Some(format!("{} ({change})", language(setting.1)))
    }
}

/// The settings that differ. They stand as `name=value name=value`, or as `name: 2 entries`; what
/// is neither is one value.
fn changes<'a>(before: &'a str, after: &'a str) -> Vec<Changed<'a>> {
    let (old, new) = (settings(before), settings(after));
    let found = new.iter().map(|&(name, after)| {
        let before = old.iter().find(|(other, _)| *other == name).map_or("", |(_, value)| value);
        Changed { name, before, after }
    });
    found.filter(|one| one.before != one.after).collect()
}

fn settings(text: &str) -> Vec<(&str, &str)> {
    if let Some((name, rest)) = text.split_once(": ")
        && let Some(count) = rest.strip_suffix(" entries")
    {
        return vec![(name, count)];
    }
    let is_setting = |part: &&str| part.split_once('=').is_some_and(|(name, _)| is_name(name));
    let starts: Vec<_> = text.split(' ').filter(is_setting).collect();
    if starts.is_empty() {
        return vec![("", text)];
    }
    // A value may hold spaces: it goes on to the next name.
    let mut found: Vec<(&str, &str)> = Vec::new();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('=') {
        let next = after.match_indices(' ').find(|(place, _)| {
            let part = &after[place + 1..];
            part.split_once('=').is_some_and(|(name, _)| is_name(name))
        });
        let end = next.map_or(after.len(), |(place, _)| place);
        found.push((name, &after[..end]));
        rest = after.get(end + 1..).unwrap_or_default();
    }
    found
}

fn is_name(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_lowercase() || matches!(letter, '_' | '-');
    !text.is_empty() && text.chars().all(is_letter)
}

/// A local moment as people write it: `25 novembre 2026 à 13 h 03`.
fn moment(text: &str) -> Option<(String, String)> {
    let at: DateTime = text.get(..19)?.parse().ok()?;
    let (day, year) = (at.day(), at.year());
    let month = usize::from(at.month().unsigned_abs()) - 1;
    let day_fr = if day == 1 { "1er".to_owned() } else { day.to_string() };
    let time = at.strftime("%H:%M");
    let fr =
        format!("{day_fr} {} {year} à {} h {:02}", MONTHS_FR.get(month)?, at.hour(), at.minute());
    Some((
        fr.replace(" h ", "\u{a0}h\u{a0}"),
        format!("{day} {} {year} at {time}", MONTHS_EN.get(month)?),
    ))
}

fn said(title: &str, colon: &str, change: &str) -> String {
    match change {
        "" => sentence(title, ""),
        change => sentence(title, &format!("{colon}{change}")),
    }
}

fn sentence(title: &str, end: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}{end}", first.unwrap_or_default(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::SiteId;

    fn said_of(kind: BreakKind, before: &str, after: &str) -> (String, String) {
        let change = (before.to_owned(), after.to_owned());
        notes(&Break::automatic(SiteId(1), Timestamp::UNIX_EPOCH, kind, change))
    }

    #[test]
    fn settings_are_said_by_what_they_mean_and_only_those_that_changed() {
        let (fr, en) = said_of(BreakKind::Profile, "exempt", "extended");
        let title = "Le profil de confidentialité a changé\u{a0}: ";
        assert_eq!(fr, format!("{title}sans consentement requis → étendu"));
        assert_eq!(en, "The privacy profile changed: without need of consent → extended");
        let (fr, en) = said_of(
            BreakKind::Addresses,
            "query_kept= sections=/a/ search=q features=print",
            "query_kept=page,lang sections=/a/ search=q features=print a page",
        );
        let changed = "parameters kept in addresses (none → page, lang); features whose use is \
                       counted (print → print a page)";
        assert_eq!(en, format!("What addresses keep, or the sections, changed: {changed}"));
        assert!(fr.contains("paramètres gardés dans les adresses (aucun → page, lang)\u{202f};"));
        let (_, en) = said_of(BreakKind::Refusal, "gpc=drop dnt=drop", "gpc=drop dnt=ignore");
        assert!(
            en.ends_with("refusal by the DNT signal (the visit is not counted → without effect)")
        );
        let (_, en) = said_of(
            BreakKind::Filter,
            "excluded_networks: 0 entries",
            "excluded_networks: 2 entries",
        );
        assert!(en.ends_with(": number of excluded networks (0 → 2)"), "{en}");
    }

    #[test]
    fn versions_of_tables_are_for_programs() {
        let (fr, en) = said_of(BreakKind::Robots, "isbot=1f0a", "isbot=2b44");
        assert_eq!(fr, "Les règles qui reconnaissent les robots ont changé");
        assert_eq!(en, "The rules that recognise robots changed");
        assert_eq!(
            said_of(BreakKind::TagRemoved, "", "").1,
            "The tag has disappeared from the pages"
        );
    }

    #[test]
    fn the_end_of_an_outage_is_a_date_in_words() {
        let of = |moment: &str| notes(&Break::outage(SiteId(1), Timestamp::UNIX_EPOCH, moment));
        let (fr, en) = of("2026-11-25T13:03:27+01:00");
        let until = "25 novembre 2026 à 13\u{a0}h\u{a0}03";
        assert_eq!(fr, format!("Le service de collecte était arrêté jusqu’au {until}"));
        assert_eq!(en, "The collector did not run until 25 November 2026 at 13:03");
        assert!(of("2026-12-01T00:00:00+01:00").0.contains("au 1er décembre 2026 à 0"));
    }

    #[test]
    fn what_a_person_wrote_stays() {
        let mut one = Break::automatic(
            SiteId(1),
            Timestamp::UNIX_EPOCH,
            BreakKind::Other,
            ("a=b".to_owned(), "c=d".to_owned()),
        );
        one.is_manual = true;
        assert!(notes(&one).1.ends_with(": a=b → c=d"));
        one.words.note_fr = "Grève".to_owned();
        one.words.note_en = "Strike".to_owned();
        assert_eq!(notes(&one), ("Grève".to_owned(), "Strike".to_owned()));
    }
}
