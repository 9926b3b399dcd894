//! What a request says in each dimension, from the sentences that describe the dimensions.
//!
//! What the offline tables say of an address, an agent or a width is asked of the tables: they are
//! not what is modelled here.

use parvis::dimension::{self, Subject};
use parvis::model::{Host, KindOfHit, Site, SiteId, Zone};
use parvis::privacy::{Arrival, Raw};

use crate::events::{Deed, Event, FEATURE, From, KEPT, PAGES, Page, Place, SEARCH, SECTIONS};
use crate::product::tables;

/// What a value is a property of, in the model's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Of the one who visits: every hit says it.
    Visitor,
    /// Of the visit: what its first view says.
    FirstView,
    /// Of the visit: the page of its first view.
    FirstPage,
    /// Of the visit: the page of its last view.
    LastPage,
    /// Of each hit, one value at most.
    Hit,
    /// Of each hit, several values.
    HitSeveral,
    /// Of each event, one value at most.
    Deed,
    /// Of each event, several values.
    DeedSeveral,
}

/// Every dimension that has lines of its own, and what its values belong to.
pub const DIMENSIONS: [(&str, Owner); 30] = [
    ("page", Owner::Hit),
    ("entry_page", Owner::FirstPage),
    ("exit_page", Owner::LastPage),
    ("section", Owner::HitSeveral),
    ("host", Owner::Hit),
    ("title", Owner::HitSeveral),
    ("source", Owner::FirstView),
    ("source_kind", Owner::FirstView),
    ("country", Owner::Visitor),
    ("region", Owner::Visitor),
    ("device", Owner::Visitor),
    ("country_device", Owner::Visitor),
    ("browser", Owner::Visitor),
    ("browser_version", Owner::Visitor),
    ("system", Owner::Visitor),
    ("system_version", Owner::Visitor),
    ("screen", Owner::Hit),
    ("language", Owner::Hit),
    ("event", Owner::Deed),
    ("download", Owner::Deed),
    ("outlink", Owner::Deed),
    ("missing", Owner::Deed),
    ("missing_from", Owner::Deed),
    ("search", Owner::HitSeveral),
    ("property", Owner::DeedSeveral),
    ("campaign_source", Owner::FirstView),
    ("campaign_medium", Owner::FirstView),
    ("campaign", Owner::FirstView),
    ("campaign_content", Owner::FirstView),
    ("campaign_term", Owner::FirstView),
];

/// The owner of a dimension's values.
pub fn owner(dimension: &str) -> Owner {
    DIMENSIONS.iter().find(|(name, _)| *name == dimension).unwrap().1
}

/// What the tables decide.
const OF_TABLES: [&str; 9] = [
    "country",
    "region",
    "device",
    "country_device",
    "browser",
    "browser_version",
    "system",
    "system_version",
    "screen",
];

/// The values that a request says by itself in a dimension. The first and the last page of a visit
/// are said by no request.
pub fn said(event: &Event, place: &Place, dimension: &str) -> Vec<String> {
    let is_view = event.deed == Deed::View;
    let when = |is_so: bool, value: Option<String>| value.filter(|_| is_so).into_iter().collect();
    let path = kept_path(event.page, place);
    let is_missing = event.deed == Deed::Missing;
    match dimension {
        "page" => vec![path],
        "entry_page" | "exit_page" => vec![],
        "section" => {
            let sections = SECTIONS.iter().filter(|section| path.starts_with(**section));
            sections.filter(|_| place.declares).map(|section| section.to_string()).collect()
        }
        "host" => vec![if event.on_alias { &place.alias } else { &place.host }.clone()],
        "title" => {
            let words = |title: &str| title.split_whitespace().collect::<Vec<_>>().join(" ");
            when(is_view, event.title.map(|title| format!("{path}\t{}", words(title))))
        }
        "source" => when(is_view, Some(led_from_elsewhere(event).unwrap_or(":direct").to_owned())),
        "source_kind" => {
            let kind = if led_from_elsewhere(event).is_some() { "other" } else { ":direct" };
            when(is_view && place.extended, Some(kind.to_owned()))
        }
        "language" => vec![event.language.unwrap_or(":unknown").to_owned()],
        "event" => name(event, place).into_iter().collect(),
        "download" | "outlink" => match (&event.deed, dimension) {
            (Deed::Download(_, kept), "download") | (Deed::Outbound(_, kept), "outlink") => {
                kept.iter().map(|kept| kept.to_string()).collect()
            }
            _ => vec![],
        },
        "missing" => when(is_missing, Some(path)),
        "missing_from" => {
            when(is_missing, led_from(event, place).map(|from| format!("{path}\t{from}")))
        }
        "search" => {
            let words = parameter(event.page, SEARCH).map(|words| words.to_lowercase());
            when(is_view && place.declares, words)
        }
        "property" => match &event.deed {
            Deed::Feature(_, properties) if place.extended => {
                properties.iter().map(|(name, value)| format!("{name}={value}")).collect()
            }
            _ => vec![],
        },
        "campaign_source" => when(is_view && place.extended, parameter(event.page, "utm_source")),
        "campaign_medium" => when(is_view && place.extended, parameter(event.page, "utm_medium")),
        "campaign" => when(is_view && place.extended, parameter(event.page, "utm_campaign")),
        "campaign_content" => when(is_view && place.extended, parameter(event.page, "utm_content")),
        "campaign_term" => when(is_view && place.extended, parameter(event.page, "utm_term")),
        of_tables => {
            assert!(OF_TABLES.contains(&of_tables), "the model does not know {of_tables}");
            said_by_tables(event, of_tables)
        }
    }
}

/// The path, and the declared parameter.
fn kept_path(page: Page, place: &Place) -> String {
    match parameter(page, KEPT) {
        Some(value) if place.declares => format!("{}?{KEPT}={value}", page.path),
        _ => page.path.to_owned(),
    }
}

/// A parameter's words, in one line.
fn parameter(page: Page, name: &str) -> Option<String> {
    let (_, value) = page.query.iter().find(|(known, _)| *known == name)?;
    Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn led_from_elsewhere(event: &Event) -> Option<&'static str> {
    match event.from {
        From::Other(_, kept) => Some(kept),
        From::Nothing | From::Own(_) | From::Alias(_) | From::Blank => None,
    }
}

fn led_from(event: &Event, place: &Place) -> Option<String> {
    match event.from {
        From::Other(_, kept) => Some(kept.to_owned()),
        From::Own(page) | From::Alias(page) => Some(kept_path(PAGES[page], place)),
        From::Nothing | From::Blank => None,
    }
}

/// The name of an event.
fn name(event: &Event, place: &Place) -> Option<String> {
    Some(match event.deed {
        Deed::View | Deed::Reading(_) => return None,
        Deed::Download(..) => "download".to_owned(),
        Deed::Outbound(..) => "outbound".to_owned(),
        Deed::Missing => "missing".to_owned(),
        Deed::Feature(name, _) if place.declares && name == FEATURE => name.to_owned(),
        Deed::Feature(name, _) if place.extended => name.to_owned(),
        Deed::Feature(..) => "feature".to_owned(),
    })
}

fn said_by_tables(event: &Event, dimension: &str) -> Vec<String> {
    let arrival = Arrival { page: "https://a.example/", width: event.width, ..Arrival::default() };
    let address = event.person.address.parse().unwrap();
    let raw = Raw::new(address, event.person.agent.to_owned(), arrival).unwrap();
    let host = Host::parse("a.example").unwrap();
    let site = Site::new(SiteId(1), host, Zone::named("UTC").unwrap());
    let tables = tables();
    let software = raw.software(&tables.agents);
    let subject = Subject {
        raw: &raw,
        site: &site,
        kind: KindOfHit::View,
        deed: None,
        software: &software,
        tables,
    };
    let mut values = Vec::new();
    (dimension::named(dimension).unwrap().values)(&subject, &mut |value| {
        values.push(value.to_string());
    });
    values
}
