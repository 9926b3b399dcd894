//! What happens in a test: sites, and what visitors do on them at which moment, as plain data.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What a site does with a browser's refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    Drop,
    WithoutVisitor,
    Ignore,
}

/// One site.
#[derive(Clone, Debug)]
pub struct Place {
    pub host: String,
    pub alias: String,
    pub zone: &'static str,
    pub extended: bool,
    pub gpc: Policy,
    pub dnt: Policy,
    /// Has it declared sections, searches, features and a parameter of its pages?
    pub declares: bool,
}

/// Declared path prefixes, one within another.
pub const SECTIONS: [&str; 3] = ["/a/", "/a/b/", "/contact"];

/// The declared parameter of searches.
pub const SEARCH: &str = "q";

/// The declared parameter that says which page it is.
pub const KEPT: &str = "page";

/// The declared feature.
pub const FEATURE: &str = "print";

impl Place {
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(self.zone).unwrap()
    }

    /// The local day of a moment.
    pub fn date(&self, moment: Timestamp) -> Date {
        moment.to_zoned_datetime(self.zone()).date()
    }

    /// The first moment of the next local day.
    pub fn midnight_after(&self, moment: Timestamp) -> Timestamp {
        let tomorrow = self.date(moment).tomorrow().unwrap();
        tomorrow.to_zoned_datetime(self.zone()).unwrap().timestamp()
    }
}

/// A person with a browser: the address, the network that a visitor is known by, the agent.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub address: &'static str,
    pub network: &'static str,
    pub agent: &'static str,
    pub is_robot: bool,
}

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) \
    AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1";
const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 \
    (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
const GOOGLEBOT: &str = "Mozilla/5.0 (compatible; Googlebot/2.1)";

const fn person(address: &'static str, network: &'static str, agent: &'static str) -> Person {
    Person { address, network, agent, is_robot: false }
}

/// Who visits: some share an address, some are one visitor under two addresses of one network.
pub const PEOPLE: [Person; 9] = [
    person("80.10.246.1", "80.10.246.1", FIREFOX),
    person("80.10.246.1", "80.10.246.1", IPHONE),
    person("::ffff:80.10.246.1", "80.10.246.1", IPHONE),
    person("2a01:cb00:1:2::1", "2a01:cb00:1:2", FIREFOX),
    person("2a01:cb00:1:2:aaaa::9", "2a01:cb00:1:2", FIREFOX),
    person("2a01:cb00:1:3::1", "2a01:cb00:1:3", FIREFOX),
    person("81.2.69.142", "81.2.69.142", CHROME),
    person("192.0.2.1", "192.0.2.1", CHROME),
    Person { address: "192.0.2.9", network: "", agent: GOOGLEBOT, is_robot: true },
];

/// Addresses of a crowd, of eight networks: enough visitors for what is shown above the threshold
/// alone.
pub const CROWD: [&str; 12] = [
    "198.51.100.1",
    "198.51.100.2",
    "198.51.100.3",
    "203.0.113.4",
    "203.0.113.5",
    "192.0.2.6",
    "198.18.0.7",
    "198.18.1.8",
    "198.18.2.9",
    "198.18.3.10",
    "198.18.4.11",
    "198.18.4.12",
];

/// One of a crowd.
pub fn one_of_crowd(number: usize) -> Person {
    person(CROWD[number], CROWD[number], CHROME)
}

/// A page's address: its path, and its query as names and values.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub path: &'static str,
    pub query: &'static [(&'static str, &'static str)],
}

const fn page(path: &'static str) -> Page {
    Page { path, query: &[] }
}

/// The pages.
pub const PAGES: [Page; 11] = [
    page("/"),
    page("/a/"),
    page("/a/b/"),
    page("/a/b/c.html"),
    page("/contact"),
    page("/d%C3%A9marches/%C3%A9tat"),
    Page { path: "/liste", query: &[(KEPT, "2")] },
    Page { path: "/search", query: &[(SEARCH, "Carte  Grise")] },
    Page { path: "/a/", query: &[("utm_campaign", "Été"), ("utm_source", "Lettre")] },
    Page { path: "/contact", query: &[("utm_campaign", "Hiver"), (SEARCH, "VOTE")] },
    Page {
        path: "/",
        query: &[
            ("utm_source", "Mail"),
            ("utm_medium", "x"),
            ("utm_content", "y"),
            ("utm_term", "z"),
        ],
    },
];

impl Page {
    /// Its address on a host.
    pub fn on(&self, host: &str) -> String {
        let mut address = format!("https://{host}{}", self.path);
        for (place, (name, value)) in self.query.iter().enumerate() {
            address.push(if place == 0 { '?' } else { '&' });
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            address.push_str(&format!("{name}={value}"));
        }
        address
    }
}

/// What led to a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    Nothing,
    /// A page of another site, and the name under which that is kept.
    Other(&'static str, &'static str),
    /// The site's own page.
    Own(usize),
    /// A page of the site under its alias.
    Alias(usize),
    /// An address that is not of the web.
    Blank,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    View,
    Reading(u64),
    /// The address of the document, and what is kept of it.
    Download(&'static str, Option<&'static str>),
    Outbound(&'static str, Option<&'static str>),
    Missing,
    Feature(&'static str, Vec<(&'static str, &'static str)>),
}

/// One request.
#[derive(Clone, Debug)]
pub struct Event {
    pub moment: Timestamp,
    /// The number of the site.
    pub site: usize,
    pub person: Person,
    pub on_alias: bool,
    pub page: Page,
    pub from: From,
    pub language: Option<&'static str>,
    pub width: Option<u32>,
    pub title: Option<&'static str>,
    pub deed: Deed,
    pub gpc: bool,
    pub dnt: bool,
    /// The idempotency key: a copy has that of its original.
    pub key: String,
}

/// What happens one after the other.
#[derive(Clone, Debug)]
pub enum Act {
    Happens(Box<Event>),
    /// The drain does a step.
    Drains(Timestamp),
    /// The service stops, with or without a last step of the drain, and starts again later.
    Restarts {
        drains: bool,
        at: Timestamp,
    },
    /// Complete months are gathered, and whoever looks compares everything.
    Looks(Timestamp),
}

/// A whole test.
#[derive(Clone, Debug)]
pub struct Stream {
    pub places: Vec<Place>,
    pub acts: Vec<Act>,
}

impl Stream {
    /// All requests, in the order in which they arrive.
    pub fn events(&self) -> Vec<Event> {
        let happens = |act: &Act| match act {
            Act::Happens(event) => Some((**event).clone()),
            Act::Drains(_) | Act::Restarts { .. } | Act::Looks(_) => None,
        };
        self.acts.iter().filter_map(happens).collect()
    }

    /// A moment at which every day of the stream is over and closed.
    pub fn end(&self) -> Timestamp {
        let last = self.events().last().map_or(Timestamp::UNIX_EPOCH, |event| event.moment);
        last + jiff::SignedDuration::from_hours(49)
    }
}

impl From {
    /// The address that the browser tells.
    pub fn address(self, place: &Place) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Other(address, _) => Some(address.to_owned()),
            Self::Own(page) => Some(PAGES[page].on(&place.host)),
            Self::Alias(page) => Some(PAGES[page].on(&place.alias)),
            Self::Blank => Some("about:blank".to_owned()),
        }
    }
}
