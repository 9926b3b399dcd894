//! What every page has: its language, its links, and the look of the service.

mod refused;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};

use crate::model::host_name::readable_host;
use crate::model::{Host, hexadecimal};
use crate::web::error::Refusal;
use crate::web::locale::{self, Locale, Markup, Said};
use crate::web::look::Look;
use crate::web::of_staff::is_of_staff;
use crate::web::sent::{Cache, Content, Disposition, Sent, Varies, send};
use crate::web::{App, assets};

pub use refused::in_words;

/// Bytes of the hash that make an ETag: 128 bits tell all pages ever made apart.
const TAG_BYTES: usize = 16;

/// The frame of one page.
pub struct Frame {
    /// The language that the page is written in.
    pub locale: &'static Locale,
    /// The address below the language: `/sites/www.example.fr`.
    path: String,
    /// What follows the question mark.
    query: String,
    /// Does the address name the language? Else the reader's browser has chosen it.
    is_named: bool,
    is_of_staff: bool,
    /// The look of the service.
    pub look: Look,
    base_url: String,
    /// Is the demonstration running?
    pub demo: bool,
}

/// The same page in one of the languages.
pub struct Alternate {
    /// Its tag.
    pub tag: &'static str,
    /// The language in its own words.
    pub name: String,
    /// The language with its country, as social networks want it.
    pub locale: String,
    /// The address, from the first slash on.
    pub href: String,
    /// Is it this page's language?
    pub is_current: bool,
}

impl Frame {
    /// The frame of the page that is asked for.
    pub fn of(request: &HttpRequest, app: &App) -> Self {
        let (named, path) = split(request.path());
        let otherwise = app.look.language;
        Self {
            locale: named.unwrap_or_else(|| locale::liked(request, otherwise)),
            path: one_written_form(path),
            query: request.query_string().to_owned(),
            is_named: named.is_some(),
            is_of_staff: is_of_staff(request),
            look: app.look.clone(),
            base_url: app.roof.base_url.clone(),
            demo: app.demo,
        }
    }

    /// A text.
    pub fn say(&self, key: impl AsRef<str>) -> Said<'_> {
        self.locale.say(key)
    }

    /// A text with marks of HTML, which may link to the main pages by their names.
    pub fn html(&self, key: impl AsRef<str>) -> Markup<'_> {
        let markup = self.locale.html(key);
        LINKS.into_iter().fold(markup, |markup, (name, path)| markup.with(name, self.to(path)))
    }

    /// A host as people write it.
    pub fn host(&self, host: &str) -> String {
        readable_host(host).into_owned()
    }

    /// The address of another page in this language.
    pub fn to(&self, path: &str) -> String {
        format!("/{}{}", self.locale.tag(), if path == "/" { "/" } else { path })
    }

    /// The whole address of a path, as others may write it down.
    pub fn whole(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// The address of a style or a script; it changes with the file, so that browsers keep it.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// Is this the page at that path, or one below it?
    pub fn is_at(&self, path: &str) -> bool {
        self.path == path || path != "/" && self.path.starts_with(&format!("{path}/"))
    }

    /// Is it a page for signed-in staff, or on the way to one?
    pub fn is_of_staff(&self) -> bool {
        self.is_of_staff
    }

    /// The pages in the head of every page.
    pub fn main_pages(&self) -> [(&'static str, &'static str); MAIN_PAGES.len()] {
        MAIN_PAGES
    }

    /// Those in the foot.
    pub fn foot_pages(&self) -> [(&'static str, &'static str); FOOT_PAGES.len()] {
        FOOT_PAGES
    }

    /// The address of this page that search engines keep: the one in its language, without what
    /// was asked for.
    pub fn canonical(&self) -> String {
        self.whole(&self.to(&self.path))
    }

    /// The page for readers of no language that there is.
    pub fn neutral(&self) -> String {
        self.whole(&with_query(self.path.clone(), &self.query))
    }

    /// This page in every language. Those of the staff have one address, and the language that the
    /// browser asks for.
    pub fn alternates(&self) -> Vec<Alternate> {
        if self.is_of_staff() {
            return Vec::new();
        }
        let alternate = |one: &'static Locale| Alternate {
            tag: one.tag(),
            name: one.say("language-name").to_string(),
            locale: one.say("language-locale").to_string(),
            href: with_query(format!("/{}{}", one.tag(), self.path), &self.query),
            is_current: one.tag() == self.locale.tag(),
        };
        locale::all().iter().map(alternate).collect()
    }

    /// What of a request the page depends on. The catalogue is RDF for those who ask for that.
    fn varies(&self) -> Varies {
        match self.is_named {
            true => Varies::Coding,
            false if self.is_at("/data") => Varies::LanguageAndMediaType,
            false => Varies::Language,
        }
    }

    /// A page as an answer: packed, and not sent again when nothing changed.
    pub fn answer(
        &self,
        request: &HttpRequest,
        page: &impl Template,
    ) -> Result<HttpResponse, Refusal> {
        let bytes = page.render()?.into_bytes();
        let mut response = send(
            request,
            Sent {
                etag: hexadecimal(&Sha256::digest(&bytes)[..TAG_BYTES]),
                media_type: "text/html; charset=utf-8",
                disposition: Disposition::Free,
                cache: if self.is_of_staff() { Cache::Staff } else { Cache::Live },
                varies: self.varies(),
                content: Content::Plain(bytes),
            },
        )?;
        if let Ok(tag) = HeaderValue::try_from(self.locale.tag()) {
            response.headers_mut().insert(header::CONTENT_LANGUAGE, tag);
        }
        Ok(response)
    }
}

/// The pages in the head of every page: their paths, and the texts that name them.
const MAIN_PAGES: [(&str, &str); 6] = [
    ("/", "nav-home"),
    ("/compare", "nav-compare"),
    ("/data", "nav-data"),
    ("/indicators", "nav-indicators"),
    ("/reuses", "nav-reuses"),
    ("/methodology", "nav-methodology"),
];

/// Those in the foot.
const FOOT_PAGES: [(&str, &str); 4] = [
    ("/releases", "nav-releases"),
    ("/api", "nav-api"),
    ("/privacy", "nav-privacy"),
    ("/accessibility", "nav-accessibility"),
];

/// The paths of the pages in the head and in the foot.
pub fn public_pages() -> impl Iterator<Item = &'static str> {
    MAIN_PAGES.into_iter().chain(FOOT_PAGES).map(|(path, _)| path)
}

/// The pages that a text may link to: the name of what is put in, and where it leads.
const LINKS: [(&str, &str); 9] = [
    ("to_home", "/"),
    ("to_methodology", "/methodology"),
    ("to_privacy", "/privacy"),
    ("to_data", "/data"),
    ("to_api", "/api"),
    ("to_releases", "/releases"),
    ("to_reuses", "/reuses"),
    ("to_indicators", "/indicators"),
    ("to_compare", "/compare"),
];

/// The path with the host of a site in its one form, so that a page has one address however its
/// reader wrote that host.
fn one_written_form(path: &str) -> String {
    let mut parts: Vec<_> = path.splitn(4, '/').map(str::to_owned).collect();
    if let [_, folder, typed, ..] = parts.as_mut_slice()
        && matches!(folder.as_str(), "sites" | "data" | "embed")
        && let Ok(text) = percent_decode_str(typed).decode_utf8()
        && text.contains('.')
        && let Ok(host) = Host::parse(&text)
    {
        *typed = host.to_string();
    }
    parts.join("/")
}

/// The language that an address names, and the path below it.
fn split(path: &str) -> (Option<&'static Locale>, &str) {
    let rest = path.trim_start_matches('/');
    let tag = rest.split('/').next().unwrap_or_default();
    match locale::named(tag) {
        Some(found) => {
            let below = &path[path.len() - rest.len() + tag.len()..];
            (Some(found), if below.is_empty() { "/" } else { below })
        }
        None => (None, path),
    }
}

fn with_query(path: String, query: &str) -> String {
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_name_its_language() {
        let of = |path: &'static str| {
            let (locale, path) = split(path);
            (locale.map(Locale::tag), path)
        };
        assert_eq!(of("/fr/sites/a.fr"), (Some("fr"), "/sites/a.fr"));
        assert_eq!(of("/en/"), (Some("en"), "/"));
        assert_eq!(of("/en"), (Some("en"), "/"));
        assert_eq!(of("/"), (None, "/"));
        assert_eq!(of("/french"), (None, "/french"));
        for typed in ["pr%C3%A9fecture.example", "préfecture.example", "xn--PRFECTURE-c4a.EXAMPLE"]
        {
            let path = one_written_form(&format!("/sites/{typed}/page"));
            assert_eq!(path, "/sites/xn--prfecture-c4a.example/page");
        }
        assert_eq!(one_written_form("/data/all/pages"), "/data/all/pages");
    }
}
