//! Invented sites of all sizes near the threshold: their visits over two months, counted and
//! released as real ones are.

use std::sync::{Arc, LazyLock};

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use parvis::collect::{Message, seal_past};
use parvis::journal::PastDay;
use parvis::model::{Host, Random, Site, SiteRules, Sites, Zone, ZoneDay};
use parvis::privacy::disclosure::secret::{RoundingSecret, SECRET_BYTES};
use parvis::privacy::{Arrival, PastKeys, Raw};
use parvis::publish::Nightly;
use parvis::signal::Tables;
use parvis::store::{Ledger, Method, NewSite, Releases as _, Sites as _, SqliteStore, Store};
use serde_json::json;

pub const HOST: &str = "www.example.fr";

static TABLES: LazyLock<Tables> = LazyLock::new(crate::tables::read);

/// Numbers that look like chance and are the same for a seed: SplitMix64.
pub struct Chance(u64);

impl Chance {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut state = self.0;
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (state ^ (state >> 31)) % bound.max(1)
    }

    /// One of these, each less often than the one before it.
    pub fn skewed<'a, Item>(&mut self, items: &'a [Item]) -> &'a Item {
        let mut place = 0;
        while place + 1 < items.len() && self.below(5) < 2 {
            place += 1;
        }
        &items[place]
    }
}

const PAGES: [&str; 8] =
    ["/", "/jobs/", "/jobs/a", "/jobs/b", "/news", "/help/", "/help/form", "/old"];

const NETWORKS: [&str; 4] = ["80.10", "81.240", "85.0", "24.0"];

const AGENTS: [(&str, u32); 4] = [
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0", 1_280),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
         Chrome/141.0.0.0 Safari/537.36",
        1_536,
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 \
         (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        390,
    ),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", 1_280),
];

const SOURCES: [&str; 3] = ["", "https://www.google.com/", "https://www.service-public.fr/"];

/// A site, its exact counts and what was released of them.
pub struct Invented {
    pub store: SqliteStore,
    pub site: Arc<Site>,
    pub now: Timestamp,
    pub folder: tempfile::TempDir,
}

/// The first day counted: so that a year has two months, the first of them not whole.
const FIRST: Date = date(2025, 11, 25);

/// Nobody comes from this day on: each day more makes the attack longer and teaches it little.
const QUIET: Date = date(2025, 12, 5);

/// The day after the last.
const END: Date = date(2026, 1, 1);

pub fn invented(seed: u64) -> Invented {
    let mut chance = Chance(seed.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let memory = std::path::Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::TempDir::new_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    };
    let store = SqliteStore::open(folder.path()).unwrap();
    let visitors_min = [10, 10, 10, 8, 20][chance.below(5) as usize];
    let rules = SiteRules {
        sections: vec!["/jobs/".into(), "/help/".into()],
        search_parameters: vec!["q".into()],
        visitors_min,
        ..SiteRules::default()
    };
    let site = NewSite {
        host: Host::parse(HOST).unwrap(),
        aliases: vec![],
        zone: Zone::named("Europe/Paris").unwrap(),
        query_kept: vec![],
        rules,
        organisation: None,
        synthetic: false,
    };
    store.add_site(&site, Timestamp::UNIX_EPOCH).unwrap();
    let sites = Sites::new(store.sites().unwrap());
    let site = sites.by_host(HOST).unwrap().clone();
    // The usual visitors of a day: what lies near the threshold is hardest to protect.
    let usual = [3, 8, 14, 25][chance.below(4) as usize];
    let mut day = FIRST;
    while day < END {
        let visitors = if day < QUIET { chance.below(2 * usual + 1) } else { 0 };
        let zone_day = ZoneDay { zone: site.zone.clone(), date: day };
        if visitors > 0 && chance.below(20) > 0 {
            let closing = one_day(&site, &zone_day, visitors, &mut chance);
            store.write_past_day(site.id, day, &closing, Method::AccessLog, None).unwrap();
        }
        day = day.saturating_add(1.day());
    }
    let now = "2026-01-05T12:00:00Z".parse().unwrap();
    let secret = RoundingSecret::new(&[seed as u8; SECRET_BYTES]);
    store.note_secret(&secret.fingerprint(), now).unwrap();
    let nightly = Nightly {
        store: &store as &dyn Store,
        secret: Some(&secret),
        now,
        is_open: &|_| false,
        is_stopped: &|| false,
    };
    let outcome = nightly.run().unwrap();
    assert_eq!(outcome.refused, Vec::<String>::new());
    assert!(outcome.released > 40);
    Invented { store, site, now, folder }
}

fn one_day(
    site: &Site,
    day: &ZoneDay,
    visitors: u64,
    chance: &mut Chance,
) -> parvis::store::Closing {
    let random: Random = Arc::new(|bytes| bytes.fill(7));
    let keys = PastKeys::in_memory(day.clone(), &random);
    let mut past = PastDay::new(day.clone());
    for number in 0..visitors {
        let network = chance.skewed(&NETWORKS);
        let address = format!("{network}.{}.7", number % 250);
        let (agent, width) = *chance.skewed(&AGENTS);
        let source = *chance.skewed(&SOURCES);
        let mut second = day.start().as_second() + 3_600 * chance.below(23) as i64;
        for view in 0..1 + chance.below(4) * chance.below(2) {
            let page = *chance.skewed(&PAGES);
            let search = if chance.below(30) == 0 { "?q=form" } else { "" };
            let url = format!("https://{HOST}{page}{search}");
            let referrer = if view == 0 { source } else { "" };
            let mut messages = vec![json!({ "n": "pageview", "u": url, "r": referrer })];
            if chance.below(3) == 0 {
                let seconds = chance.below(90);
                messages.push(json!({ "n": "time", "u": url, "p": { "seconds": seconds } }));
            }
            if chance.below(12) == 0 {
                let form = format!("https://{HOST}/{}.pdf", ["form", "guide"][view as usize % 2]);
                messages.push(json!({ "n": "download", "u": url, "p": { "url": form } }));
            }
            if chance.below(25) == 0 {
                messages.push(json!({ "n": "missing", "u": format!("https://{HOST}/gone") }));
            }
            for mut message in messages {
                message["d"] = json!(HOST);
                message["w"] = json!(width);
                let moment = Timestamp::from_second(second).unwrap();
                add(site, &keys, &mut past, &message, (&address, agent), moment);
                second += 1;
            }
        }
    }
    past.close(&keys.network).unwrap()
}

fn add(
    site: &Site,
    keys: &PastKeys,
    past: &mut PastDay,
    message: &serde_json::Value,
    (address, agent): (&str, &str),
    moment: Timestamp,
) {
    let message = Message::read(message.to_string().as_bytes()).unwrap();
    let meaning = message.meaning(site).unwrap();
    let arrival = Arrival {
        page: &message.url,
        is_origin_alone: false,
        referrer: message.referrer.as_deref().filter(|from| !from.is_empty()),
        accept_language: Some("fr-FR"),
        width: message.width,
        title: None,
    };
    let raw = Raw::new(address.parse().unwrap(), agent.into(), arrival).unwrap();
    let hit = seal_past(site, &TABLES, keys, raw, meaning, moment, true);
    past.add(&hit.map_err(|why| why.reason()).unwrap());
}
