//! What the form of a host says where no table has it: a public body, mail, a network that is many
//! sites; and which part of a host is the country's.

/// The academies of France, as their hosts name them: `ac-paris.fr`.
const ACADEMIES: &[&str] = &[
    "aix-marseille",
    "amiens",
    "besancon",
    "bordeaux",
    "caen",
    "clermont",
    "corse",
    "creteil",
    "dijon",
    "grenoble",
    "guadeloupe",
    "guyane",
    "lille",
    "limoges",
    "lyon",
    "martinique",
    "mayotte",
    "montpellier",
    "nancy-metz",
    "nantes",
    "nice",
    "normandie",
    "noumea",
    "orleans-tours",
    "paris",
    "poitiers",
    "polynesie",
    "reims",
    "rennes",
    "reunion",
    "rouen",
    "spm",
    "strasbourg",
    "toulouse",
    "versailles",
    "wf",
];

/// How the names of French public bodies begin, in the domains of France and its parts: hospitals,
/// universities and schools, town halls and unions of towns, services of the state.
const BODIES_BEGIN: &[&str] = &[
    "agglo-",
    "ars-",
    "carsat-",
    "cc-",
    "ch-",
    "chr-",
    "chru-",
    "chu-",
    "ciup-",
    "communaute-",
    "commune-",
    "cpam-",
    "crous-",
    "departement-",
    "draaf-",
    "ehpad-public-",
    "ens-",
    "ght-",
    "iae-",
    "insa-",
    "iut-",
    "mairie-",
    "mairiede",
    "metropole-",
    "prefecture-",
    "region-",
    "sdis-",
    "sdis",
    "u-",
    "univ-",
    "universite-",
    "urssaf-",
    "ville-",
    "villede",
];

/// How they begin before the number of a department: `sdis33.fr`, `cd31.fr`.
const BODIES_NUMBERED: &[&str] =
    &["departement", "ledepartement", "cd", "cg", "cdg", "mdph", "agglo", "habitat"];

/// How they end.
const BODIES_END: &[&str] = &["-mairie", "-agglo", "-agglomeration", "-metropole", "-habitat76"];

/// The domains of France and its parts.
const FRENCH: &[&str] = &[
    "fr", "re", "gp", "mq", "gf", "yt", "pm", "nc", "pf", "wf", "bl", "mf", "bzh", "corsica",
    "alsace", "paris",
];

/// Labels that registries keep for their state when they stand before a country's two letters:
/// `gov.it`, `gouv.fr`, `gob.es`, `gub.uy`, `govt.nz`, `gv.at`, `mil.br`.
const STATE_LABELS: &[&str] = &["gov", "gouv", "gob", "gub", "govt", "gv", "mil"];

/// Labels that registries of countries put before their two letters for anybody: `co.uk`.
const COMMON_LABELS: &[&str] = &["co", "com", "org", "net", "edu", "ac", "ne", "or", "go", "web"];

/// Words with which the hosts of mail begin.
const MAIL_WORDS: &[&str] = &[
    "horde",
    "mail",
    "mailbox",
    "messagerie",
    "outlook",
    "owa",
    "poczta",
    "rainloop",
    "roundcube",
    "roundcubemail",
    "sogo",
    "squirrelmail",
    "webmail",
    "webmel",
    "zimbra",
    "exchange",
    "courriel",
    "courrier",
    "snappymail",
    "bluemind",
];

/// Networks that are many sites, by the labels with which their hosts say so.
const NETWORKS: &[(&str, &str)] = &[
    ("mastodon", "Mastodon"),
    ("mstdn", "Mastodon"),
    ("masto", "Mastodon"),
    ("peertube", "PeerTube"),
    ("pixelfed", "Pixelfed"),
    ("lemmy", "Lemmy"),
    ("misskey", "Misskey"),
    ("friendica", "Friendica"),
    ("mobilizon", "Mobilizon"),
    ("funkwhale", "Funkwhale"),
    ("bookwyrm", "BookWyrm"),
    ("hubzilla", "Hubzilla"),
    ("pleroma", "Pleroma"),
    ("diaspora", "diaspora*"),
];

/// Is it the host of a state or of a French public body, by its form?
pub fn is_public_body(host: &str) -> bool {
    let mut from_right = host.rsplit('.');
    let (top, second) = (from_right.next().unwrap_or_default(), from_right.next());
    let Some(second) = second else { return false };
    let of_state = matches!(top, "gov" | "mil") || top.len() == 2 && STATE_LABELS.contains(&second);
    of_state || FRENCH.contains(&top) && is_french_body(second)
}

fn is_french_body(name: &str) -> bool {
    let is_academy = name.strip_prefix("ac-").is_some_and(|academy| ACADEMIES.contains(&academy));
    let is_number = |rest: &str| {
        (2..=3).contains(&rest.len())
            && rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a' | b'b'))
    };
    let numbered = |begin: &&str| name.strip_prefix(*begin).is_some_and(is_number);
    is_academy
        || BODIES_BEGIN.iter().any(|begin| name.len() > begin.len() && name.starts_with(begin))
        || BODIES_END.iter().any(|end| name.len() > end.len() && name.ends_with(end))
        || BODIES_NUMBERED.iter().any(numbered)
}

/// Does the host begin as those of mail do: `webmail.`, `zimbra2.`, `mail01.`?
pub fn is_mail(host: &str) -> bool {
    let Some((first, rest)) = host.split_once('.') else { return false };
    let word = first.trim_end_matches(|last: char| last.is_ascii_digit());
    rest.contains('.') && MAIL_WORDS.contains(&word)
}

/// The network of many sites that one label of the host names, but not the last.
pub fn network(host: &str) -> Option<&'static str> {
    let (labels, _) = host.rsplit_once('.')?;
    let named = |label: &str| NETWORKS.iter().find(|(word, _)| *word == label);
    labels.split('.').find_map(named).map(|(_, name)| *name)
}

/// The host before its country's domain: `pinterest` of `pinterest.co.uk` and of `pinterest.fr`.
/// Nothing where the domain is of no country.
pub fn before_country(host: &str) -> Option<&str> {
    let (rest, top) = host.rsplit_once('.')?;
    if top.len() != 2 || !top.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    match rest.rsplit_once('.') {
        Some((before, label)) if COMMON_LABELS.contains(&label) => Some(before),
        _ => Some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_bodies_are_known_by_their_form() {
        for host in [
            "ac-paris.fr",
            "dane.ac-lyon.fr",
            "isere.gouv.fr",
            "univ-lille.fr",
            "chu-rennes.fr",
            "ch-lemans.fr",
            "sdis33.fr",
            "cd2b.fr",
            "mairie-vannes.fr",
            "ville-roubaix.fr",
            "agglo-larochelle.fr",
            "usa.gov",
            "agid.gov.it",
        ] {
            assert!(is_public_body(host), "{host}");
        }
        for host in [
            "ac-formation.fr",
            "univ-.com",
            "notgouv.fr",
            "gouv.fr.example.com",
            "cdiscount.fr",
            "ville-.example",
            "fr",
            "example.org",
        ] {
            assert!(!is_public_body(host), "{host}");
        }
    }

    #[test]
    fn mail_and_networks_are_known_by_their_labels() {
        assert!(is_mail("webmail.ac-paris.fr") && is_mail("mail01.orange.fr"));
        assert!(!is_mail("mail.fr") && !is_mail("webmailer.example.com") && !is_mail("mail"));
        assert_eq!(network("mastodon.top"), Some("Mastodon"));
        assert_eq!(network("tube.peertube.example.org"), Some("PeerTube"));
        assert_eq!(network("mastodonte.example"), None);
        assert_eq!(network("example.mastodon"), None);
    }

    #[test]
    fn the_country_is_the_end_of_a_host() {
        assert_eq!(before_country("pinterest.fr"), Some("pinterest"));
        assert_eq!(before_country("www.google.co.uk"), Some("www.google"));
        assert_eq!(before_country("google.com.br"), Some("google"));
        assert_eq!(before_country("google.com"), None);
        assert_eq!(before_country("fr"), None);
    }
}
