//! An invented audience of one large site: what its visitors are, what they read and do on a day.

use std::net::{IpAddr, Ipv4Addr};

use compact_str::{CompactString, format_compact};
use jiff::Timestamp;
use parvis::dimension::{self, BETWEEN, DIRECT};
use parvis::model::{KindOfHit, Site};
use parvis::privacy::{Arrival, Hit, NetworkKey, Raw, Salt, Sealing, Values, seal};

use crate::chance::{Chance, Names};

/// What hits are sealed under.
pub type Keys<'a> = (&'a Salt, &'a NetworkKey);

/// Paths of the site.
pub const PAGES: usize = 20_000;

/// One hit, before it is sealed.
#[derive(Clone, Copy)]
pub struct Planned {
    /// Seconds since the day began.
    pub second: u32,
    visitor: u32,
    page: u32,
    source: u32,
    campaign: u32,
    kind: KindOfHit,
    deed: Deed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    None,
    Download(u32),
    Outlink(u32),
    Missing(u32),
    Feature(u32),
    Search(u32),
}

/// The names of everything.
pub struct Audience {
    pub pages: Names,
    pub sources: Names,
    pub downloads: Names,
    pub outlinks: Names,
    pub searches: Names,
    missing: Names,
    features: Names,
    countries: Names,
    regions: Names,
    devices: Names,
    browsers: Names,
    systems: Names,
    screens: Names,
    languages: Names,
    campaigns: Names,
    seed: u64,
}

impl Planned {
    /// The same at another second of the day.
    pub fn at(self, second: u32) -> Self {
        Self { second, ..self }
    }
}

const NO_CAMPAIGN: u32 = u32::MAX;

impl Audience {
    /// An audience; another seed makes another day of it.
    pub fn new(seed: u64) -> Self {
        let section = |rank: usize| rank.wrapping_mul(2_654_435_761) % 24;
        Self {
            pages: Names::new(PAGES, 1.0, None, |rank| {
                format!("/section-{:02}/part-{}/page-{rank:05}.html", section(rank), rank % 5)
            }),
            // A third comes from nowhere on the web, and most of the rest from one engine.
            sources: Names::new(300, 1.3, Some(0.35), |rank| match rank {
                0 => DIRECT.to_owned(),
                _ => format!("source-{rank:03}.example.org"),
            }),
            downloads: Names::new(2_000, 0.9, None, |rank| {
                format!("www.example.fr/documents/form-{rank:04}.pdf")
            }),
            outlinks: Names::new(3_000, 0.9, None, |rank| {
                format!("service-{:03}.example.net/page/{rank:04}", rank % 500)
            }),
            searches: Names::new(8_000, 0.8, None, |rank| format!("words number {rank}")),
            missing: Names::new(3_000, 0.7, None, |rank| format!("/old/page-{rank:04}.php")),
            features: Names::new(12, 1.0, None, |rank| format!("feature-{rank}")),
            countries: Names::new(60, 1.3, Some(0.82), |rank| {
                let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
                format!("{}{}", letter(rank / 26), letter(rank))
            }),
            regions: Names::new(18, 0.7, None, |rank| format!("{rank:02}")),
            devices: Names::new(3, 1.6, None, |rank| {
                ["mobile", "desktop", "tablet"][rank].to_owned()
            }),
            browsers: Names::new(25, 1.5, None, |rank| format!("Browser {}", names_of(rank))),
            systems: Names::new(12, 1.2, None, |rank| format!("System {}", names_of(rank))),
            screens: Names::new(5, 0.8, None, |rank| format!("screen-{rank}")),
            languages: Names::new(20, 1.4, Some(0.85), |rank| names_of(rank).to_lowercase()),
            campaigns: Names::new(60, 1.0, None, |rank| format!("campaign-{rank:02}")),
            seed,
        }
    }

    /// The hits of a day of so many views, in the order of time.
    pub fn day(&self, views: u64) -> Vec<Planned> {
        let mut chance = Chance(self.seed);
        let mut planned = Vec::with_capacity(views as usize * 2);
        let (mut left, mut visitors) = (views as i64, 0);
        while left > 0 {
            // One visit in eight is by somebody who was there already.
            let comes_again = visitors > 0 && chance.below(8) == 0;
            let visitor = if comes_again { chance.below(visitors) } else { visitors };
            visitors += usize::from(!comes_again);
            left -= self.visit(visitor as u32, &mut chance, &mut planned);
        }
        planned.sort_by_key(|hit| hit.second);
        planned
    }

    /// Adds one visit; answers with its views.
    fn visit(&self, visitor: u32, chance: &mut Chance, planned: &mut Vec<Planned>) -> i64 {
        // More by day than by night: the mean of two draws lies in the middle.
        let mut second = ((chance.below(86_400) + chance.below(86_400)) / 2) as u32;
        let campaign = match chance.below(20) {
            0 => self.campaigns.pick(chance) as u32,
            _ => NO_CAMPAIGN,
        };
        let mut hit = Planned {
            second,
            visitor,
            page: 0,
            source: self.sources.pick(chance) as u32,
            campaign,
            kind: KindOfHit::View,
            deed: Deed::None,
        };
        let mut views = 0;
        loop {
            hit.page = self.pages.pick(chance) as u32;
            let deed = if chance.below(50) == 0 {
                Deed::Search(self.searches.pick(chance) as u32)
            } else {
                Deed::None
            };
            planned.push(Planned { second, deed, ..hit });
            views += 1;
            let reading = 3 + chance.below(90) as u16;
            second = (second + u32::from(reading)).min(86_399);
            if chance.below(4) > 0 {
                planned.push(Planned { second, kind: KindOfHit::Reading(reading), ..hit });
            }
            if let Some(deed) = self.deed(chance) {
                planned.push(Planned { second, kind: KindOfHit::Event, deed, ..hit });
            }
            // 55 of 100 read on, so that a visit has 2.2 views.
            if chance.below(100) >= 55 {
                return views;
            }
        }
    }

    fn deed(&self, chance: &mut Chance) -> Option<Deed> {
        Some(match chance.below(1_000) {
            0..25 => Deed::Download(self.downloads.pick(chance) as u32),
            25..45 => Deed::Outlink(self.outlinks.pick(chance) as u32),
            45..50 => Deed::Missing(self.missing.pick(chance) as u32),
            50..65 => Deed::Feature(self.features.pick(chance) as u32),
            _ => return None,
        })
    }

    /// Seals a hit. `started` is when the day began.
    pub fn hit(&self, planned: &Planned, site: &Site, keys: Keys<'_>, started: i64) -> Hit {
        let address = Ipv4Addr::from(planned.visitor.wrapping_add(0x0b00_0000));
        let arrival = Arrival { page: "https://www.example.fr/", ..Arrival::default() };
        let raw = Raw::new(IpAddr::V4(address), "agent".to_owned(), arrival).ok();
        let second = started + i64::from(planned.second);
        let sealing = Sealing {
            site,
            kind: planned.kind,
            values: self.values(planned),
            without_visitor: false,
            salt: keys.0,
            salt_before: None,
            network_key: keys.1,
            idempotency_key: None,
            received: Timestamp::from_second(second).expect("a moment of our time"),
        };
        seal(raw.expect("an address of the web"), sealing)
    }

    /// What the dimensions would say of the hit.
    fn values(&self, planned: &Planned) -> Values {
        let mut values = Values::with_capacity(24);
        let mut say = |dimension: &str, text: CompactString| {
            let place = dimension::ALL.iter().position(|one| one.name == dimension);
            values.push((place.expect("a dimension of the list") as u8, text));
        };
        let page = &self.pages.texts[planned.page as usize];
        say("page", page.clone());
        say("section", page[.."/section-00/".len()].into());
        say("section", page[.."/section-00/part-0/".len()].into());
        say("host", format_compact!("host-{}.example.fr", planned.page % 3));
        if planned.kind == KindOfHit::View {
            say("title", format_compact!("{page}{BETWEEN}Title of page {}", planned.page));
            say("source", self.sources.texts[planned.source as usize].clone());
            say("source_kind", format_compact!("kind-{}", planned.source % 7));
            if let Some(campaign) = self.campaigns.texts.get(planned.campaign as usize) {
                say("campaign_source", format_compact!("from-{}", planned.campaign % 9));
                say("campaign_medium", format_compact!("medium-{}", planned.campaign % 4));
                say("campaign", campaign.clone());
                say("campaign_content", format_compact!("content-{}", planned.campaign % 5));
                say("campaign_term", format_compact!("term-{}", planned.campaign % 11));
            }
        }
        self.say_of_visitor(planned.visitor, &mut say);
        let mut did = |name: &str, what: Option<(&str, &CompactString)>| {
            say("event", name.into());
            say("property", format_compact!("plan={}", planned.visitor % 40));
            what.into_iter().for_each(|(dimension, text)| say(dimension, text.clone()));
        };
        let of = |names: &'_ Names, rank: u32| names.texts[rank as usize].clone();
        match planned.deed {
            Deed::None => {}
            Deed::Download(rank) => {
                did("download", Some(("download", &of(&self.downloads, rank))));
            }
            Deed::Outlink(rank) => did("outbound", Some(("outlink", &of(&self.outlinks, rank)))),
            Deed::Missing(rank) => {
                did("missing", Some(("missing", &of(&self.missing, rank))));
                say("missing_from", format_compact!("{}{BETWEEN}{page}", of(&self.missing, rank)));
            }
            Deed::Feature(rank) => did(&of(&self.features, rank), None),
            Deed::Search(rank) => say("search", of(&self.searches, rank)),
        }
        values
    }

    /// What a visitor is, always the same.
    fn say_of_visitor(&self, visitor: u32, say: &mut impl FnMut(&str, CompactString)) {
        let mut chance = Chance(self.seed ^ (u64::from(visitor) << 20));
        let country = self.countries.pick(&mut chance);
        let letters = &self.countries.texts[country];
        say("country", letters.clone());
        // Small countries have few regions that anybody comes from.
        let regions = 12usize.checked_div(country).map_or(18, |few| 1 + few);
        let region = self.regions.pick(&mut chance) % regions;
        say("region", format_compact!("{letters}-{}", self.regions.texts[region]));
        let device = self.devices.pick(&mut chance);
        let name = &self.devices.texts[device];
        say("device", name.clone());
        say("country_device", format_compact!("{letters}{BETWEEN}{name}"));
        let browser = (self.browsers.pick(&mut chance) + device) % self.browsers.texts.len();
        say("browser", self.browsers.texts[browser].clone());
        let version = 140 - chance.below(12) * chance.below(12) / 8;
        say("browser_version", format_compact!("{} {version}", self.browsers.texts[browser]));
        let system = (self.systems.pick(&mut chance) + 2 * device) % self.systems.texts.len();
        say("system", self.systems.texts[system].clone());
        let version = 18 - chance.below(4) * chance.below(4) / 2;
        say("system_version", format_compact!("{} {version}", self.systems.texts[system]));
        let screen = (self.screens.pick(&mut chance) + device) % self.screens.texts.len();
        say("screen", self.screens.texts[screen].clone());
        // Abroad one mostly reads in the language of the country.
        let language = match chance.below(3) {
            0 => self.languages.pick(&mut chance),
            _ => country % self.languages.texts.len(),
        };
        say("language", self.languages.texts[language].clone());
    }
}

fn names_of(rank: usize) -> String {
    let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
    format!("{}{}", letter(rank), letter(rank / 5))
}
