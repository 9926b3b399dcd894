//! Who sent a request that is not counted, as far as it says: so that whoever looks after the site
//! finds the loss, even of a message that cannot be read.

use std::borrow::Cow;

use crate::collect::text::escaped;
use crate::model::{Host, Site, Sites, is_possible_name};
use crate::store::SENDER_NONE;

/// Stands for a host that is an address: it may be the reader's own machine.
const ADDRESS: &str = ":address";

/// What a request says of the site that it is from. Each part may be anything, and is read only
/// when the request is dropped.
#[derive(Clone, Debug, Default)]
pub struct Sender<'a> {
    /// The site that the message names.
    pub site: Option<Cow<'a, str>>,
    /// The page's address.
    pub page: Option<Cow<'a, str>>,
    /// The `Origin` header.
    pub origin: Option<&'a [u8]>,
    /// The `Referer` header.
    pub referrer: Option<&'a [u8]>,
}

impl Sender<'_> {
    /// Adds what can be found in a message that cannot be read: the texts after the names of the
    /// site and of the page's address, wherever they stand.
    pub fn with_body(mut self, body: &[u8]) -> Self {
        let body = String::from_utf8_lossy(body);
        self.site = text_after(&body, &["\"d\"", "\"domain\""]).map(Cow::Owned);
        self.page = text_after(&body, &["\"u\"", "\"url\""]).map(Cow::Owned);
        self
    }

    /// The counted site that it is from.
    pub fn site<'sites>(&self, sites: &'sites Sites) -> Option<&'sites Site> {
        self.hosts().find_map(|host| sites.by_host(host.as_str())).map(|site| &**site)
    }

    /// The host by which the sender is known: never more than a host.
    pub fn name(&self) -> String {
        let host = self.hosts().next();
        host.map_or(SENDER_NONE.to_owned(), |host| match url::Host::parse(host.as_str()) {
            Ok(url::Host::Domain(name)) if is_possible_name(&name) => name,
            Ok(url::Host::Domain(_)) => SENDER_NONE.to_owned(),
            _ => ADDRESS.to_owned(),
        })
    }

    fn hosts(&self) -> impl Iterator<Item = Host> {
        let named = self.site.iter().flat_map(|named| named_hosts(named));
        let page = self.page.as_deref().and_then(host_of);
        let of = |header: Option<&[u8]>| header.and_then(|address| host_of(&escaped(address)));
        named.chain(page).chain(of(self.origin)).chain(of(self.referrer))
    }
}

/// Hosts of one message that are looked at; a tag that names several names two or three.
const NAMED_MAX: usize = 10;

/// The parts of what a message names as its site: one, or several with white space between, or any
/// of the signs with which people write lists, in their usual and their full width.
pub fn named_parts(named: &str) -> impl Iterator<Item = &str> {
    let divides = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, ',' | ';' | '|' | '&' | '+' | '，' | '、' | '；' | '｜' | '،' | '؛')
    };
    named.split(divides).filter(|part| !part.is_empty())
}

/// The hosts that a message names as its site.
pub fn named_hosts(named: &str) -> impl Iterator<Item = Host> {
    named_parts(named).take(NAMED_MAX).filter_map(|one| Host::parse(one).ok())
}

/// The host of an address, whatever follows it.
fn host_of(address: &str) -> Option<Host> {
    let address = address.trim();
    let rest = match address.strip_prefix("//") {
        Some(rest) => rest,
        None => {
            let (scheme, rest) = address.split_once("://")?;
            let is_web = matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https");
            is_web.then_some(rest)?
        }
    };
    let rest = &rest[..rest.find(['/', '?', '#', '\\', '"']).unwrap_or(rest.len())];
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let end = match rest.find(']') {
        Some(bracket) => bracket + 1,
        None => rest.find(':').unwrap_or(rest.len()),
    };
    Host::parse(&rest[..end]).ok()
}

fn text_after(body: &str, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let (_, rest) = body.split_once(name)?;
        let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let text = &rest[..rest.find('"').unwrap_or(rest.len())];
        // A slash may be escaped.
        Some(text.replace("\\/", "/"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreadable_message_still_says_where_it_is_from() {
        let of = |body: &str| Sender::default().with_body(body.as_bytes()).name();
        assert_eq!(of(r#"{"n":5,"u":"https://a.fr:8443/x"#), "a.fr");
        assert_eq!(of(r#"{"url" : "https:\/\/user:word@A.fr\/x","n":}"#), "a.fr");
        assert_eq!(of(r#"{"u":"https://a.fr/","d":"b.fr,c.fr""#), "b.fr");
        assert_eq!(of(r#"{"u":"https://a.fr/","d":"b.fr；c.fr""#), "b.fr");
        assert_eq!(of(r#"{"u":"//a.fr:8443/x"}"#), "a.fr");
        assert_eq!(of(r#"{"u":"http://192.168.1.5:3000/"}"#), ":address");
        assert_eq!(of(r#"{"u":"http://[::1]:3000/"}"#), ":address");
        for nothing in [
            "",
            "{}",
            r#"{"u":"file:///home/jeanne/"}"#,
            r#"{"u":5,"d":"::"}"#,
            r#"{"d":"*.x.fr"}"#,
        ] {
            assert_eq!(of(nothing), SENDER_NONE, "{nothing}");
        }
    }

    #[test]
    fn headers_say_it_where_the_message_does_not() {
        let mut sender = Sender { referrer: Some(b"https://c.fr/page"), ..Sender::default() };
        assert_eq!(sender.name(), "c.fr");
        sender.origin = Some(b"https://b.fr");
        assert_eq!(sender.name(), "b.fr");
        sender.origin = Some(b"null");
        assert_eq!(sender.name(), "c.fr");
    }
}
