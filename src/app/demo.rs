//! The demo: a site of this machine with thirteen months of invented visits, labelled so
//! everywhere.
//!
//! The visits are invented request by request and counted by the same code as real ones, so that
//! everything the product shows can be tried on it, and agrees with itself.

use std::sync::Arc;

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use crate::app::{AppError, Machine};
use crate::collect::{Meaning, seal_past};
use crate::dimension::{Deed, deed_names};
use crate::journal::PastDay;
use crate::model::{Host, KindOfHit, Random, Site, SiteRules, Sites, Zone, ZoneDay, day_number};
use crate::privacy::{Arrival, PastKeys, Raw};
use crate::signal::Tables;
use crate::store::{Method, NewSite, Store, StoreError};

/// The demo's site.
const HOST: &str = "demo.localhost";

/// The hosts under which a newcomer reaches the demo's pages.
const ALIASES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// Days of history: thirteen months, so that each month can be compared with that of a year before.
const HISTORY_DAYS: i64 = 396;

/// Visits of an ordinary working day.
const VISITS: u64 = 450;

/// The pages of the demo and their share of the views, in thousandths, with their titles.
const PAGES: [(&str, u64, &str); 8] = [
    ("/demo/", 310, "Town of Example"),
    ("/demo/services/passport.html", 240, "Passport"),
    ("/demo/news.html", 150, "News"),
    ("/demo/services/", 120, "Services"),
    ("/demo/opening-hours.html", 90, "Opening hours"),
    ("/demo/single-page.html", 60, "Single page"),
    ("/demo/single-page/one", 20, "Single page, one"),
    ("/demo/single-page/two", 10, "Single page, two"),
];

/// How a working day's visits fall on its hours, in thousandths.
const HOURS: [u64; 24] =
    [8, 5, 3, 2, 3, 6, 15, 32, 58, 78, 84, 80, 62, 66, 76, 78, 72, 64, 54, 46, 40, 32, 22, 14];

/// The first halves of addresses of some countries, and their share in thousandths.
const NETWORKS: [(&str, u64); 8] = [
    ("80.10", 620),
    ("90.3", 200),
    ("81.240", 50),
    ("85.0", 40),
    ("91.0", 30),
    ("86.128", 20),
    ("24.200", 20),
    ("24.0", 20),
];

/// Browsers, with the width of their window, their language and their share in thousandths.
const BROWSERS: [(&str, u32, &str, u64); 6] = [
    (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) \
         Chrome/141.0.0.0 Mobile Safari/537.36",
        412,
        "fr-FR,fr;q=0.9",
        330,
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
         Chrome/141.0.0.0 Safari/537.36",
        1_536,
        "fr-FR,fr;q=0.9,en;q=0.8",
        280,
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 \
         (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        390,
        "fr-FR",
        190,
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
        1_280,
        "fr,en-US;q=0.7",
        110,
    ),
    (
        "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 \
         (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        820,
        "en-GB,en;q=0.9",
        50,
    ),
    (
        "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
        1_900,
        "de,fr;q=0.5",
        40,
    ),
];

/// Where visits come from, and the share in thousandths; the rest comes from nowhere.
const REFERRERS: [(&str, u64); 6] = [
    ("https://www.google.com/", 420),
    ("https://www.service-public.fr/", 110),
    ("https://www.bing.com/", 50),
    ("https://www.facebook.com/", 40),
    ("https://chatgpt.com/", 30),
    ("https://news.example.org/", 20),
];

/// Makes the demo's site with its history, as far as it is not there already. What a stop
/// interrupts goes on at the next start: the days before the one on which the site was made.
pub fn prepare(
    store: &dyn Store,
    tables: &Tables,
    machine: &Machine,
    is_stopped: &dyn Fn() -> bool,
) -> Result<(), AppError> {
    let is_there = |site: &Site| site.host.as_str() == HOST;
    if !store.sites()?.iter().any(is_there) {
        add_site(store, (machine.clock)())?;
    }
    let sites = Sites::new(store.sites()?);
    let Some(site) = sites.by_host(HOST).filter(|site| site.synthetic) else { return Ok(()) };
    let today = site.zone.day_at(store.registered(site)?).date;
    let is_missing = |date| Ok::<_, StoreError>(store.past_day(site.id, date)?.is_none());
    let days = (1..=HISTORY_DAYS).map(|age| today.saturating_sub(age.days()));
    let mut missing = Vec::new();
    // The oldest comes first, so that nothing is missing before a day that is there.
    for date in days {
        if !is_missing(date)? {
            break;
        }
        missing.push(date);
    }
    if missing.is_empty() {
        return Ok(());
    }
    for &date in missing.iter().rev() {
        if is_stopped() {
            return Ok(());
        }
        let day = ZoneDay { zone: site.zone.clone(), date };
        let keys = keys_of(&day);
        let closing = invented(site, tables, &keys, day)?.close(&keys.network)?;
        store.write_past_day(site.id, date, &closing, Method::Synthetic, None)?;
    }
    Ok(store.gather_months(today)?)
}

/// The keys of a day's invented people: they hide nobody, and follow from the month, so that
/// the same figures come out wherever they are invented.
fn keys_of(day: &ZoneDay) -> PastKeys {
    let month = day_number(day.date.first_of_month()).unsigned_abs();
    let random: Random = Arc::new(move |bytes| {
        let mut chance = Chance(month);
        bytes.fill_with(|| chance.below(256) as u8);
    });
    PastKeys::in_memory(day.clone(), &random)
}

fn add_site(store: &dyn Store, now: Timestamp) -> Result<(), AppError> {
    let host = |name: &str| Host::parse(name).map_err(|_| StoreError::Damaged(name.to_owned()));
    let rules = SiteRules {
        sections: vec!["/demo/services/".into(), "/demo/single-page".into()],
        search_parameters: vec!["q".into()],
        features: vec!["print".into()],
        ..SiteRules::default()
    };
    let site = NewSite {
        host: host(HOST)?,
        aliases: ALIASES.into_iter().map(host).collect::<Result<_, _>>()?,
        zone: Zone::named(Zone::DEFAULT_NAME).map_err(StoreError::Zone)?,
        query_kept: vec![],
        rules,
        organisation: None,
        synthetic: true,
    };
    store.add_site(&site, now)?;
    Ok(())
}

/// One invented day: more visits on working days, a little more every month, and never twice the
/// same.
fn invented(
    site: &Site,
    tables: &Tables,
    keys: &PastKeys,
    day: ZoneDay,
) -> Result<PastDay, AppError> {
    let mut past = PastDay::new(day.clone());
    let mut chance = Chance(day_number(day.date).unsigned_abs());
    for number in 0..visits_of(day.date, &mut chance) {
        let hour = chance.place(&HOURS) as i64;
        let mut second = day.start().as_second() + hour * 3_600 + chance.below(3_600) as i64;
        let network = NETWORKS[chance.place(&NETWORKS.map(|(_, share)| share))].0;
        let (agent, width, language, _) = BROWSERS[chance.place(&BROWSERS.map(|one| one.3))];
        let referrer = REFERRERS.get(chance.place(&shares_of_referrers())).map(|(from, _)| *from);
        // Two visitors seldom share a network: one in every two hundred.
        let address = format!("{network}.{}.7", number % 200);
        let mut deed = |page: &str, referrer, kind, deed, second| {
            let Ok(address) = address.parse() else { return };
            let (_, _, title) = PAGES.iter().find(|one| one.0 == page).unwrap_or(&PAGES[0]);
            let arrival = Arrival {
                page: &format!("http://{HOST}{page}"),
                is_origin_alone: false,
                referrer,
                accept_language: Some(language),
                width: Some(width),
                title: Some(title),
            };
            let (Ok(raw), Ok(moment)) =
                (Raw::new(address, agent.into(), arrival), Timestamp::from_second(second))
            else {
                return;
            };
            let meaning = Meaning { kind, deed };
            if let Ok(hit) = seal_past(site, tables, keys, raw, meaning, moment, true) {
                past.add(&hit);
            }
        };
        let last_second = day.end().as_second() - 1;
        for view in 0..1 + chance.below(5) * chance.below(2) {
            let page = PAGES[chance.place(&PAGES.map(|(_, share, _)| share))].0;
            let from = if view == 0 { referrer } else { None };
            deed(page, from, KindOfHit::View, None, second.min(last_second));
            let reading = 5 + chance.below(120) as u16;
            second += i64::from(reading);
            deed(page, None, KindOfHit::Reading(reading), None, second.min(last_second));
            if let Some(done) = deed_on(page, chance.below(100)) {
                deed(page, None, KindOfHit::Event, Some(done), second.min(last_second));
            }
            second += 1;
        }
    }
    Ok(past)
}

/// What a reader of a page does on it, now and then.
fn deed_on(page: &str, chance: u64) -> Option<Deed> {
    let done = |name: &'static str, target: Option<&'static str>| Deed {
        name: name.into(),
        target: target.map(Into::into),
        properties: vec![],
    };
    match (page, chance) {
        ("/demo/services/passport.html", 0..20) => {
            Some(done(deed_names::DOWNLOAD, Some("demo.localhost/demo/form.pdf")))
        }
        ("/demo/services/", 0..15) => {
            Some(done(deed_names::OUTBOUND, Some("www.example.org/appointments")))
        }
        ("/demo/opening-hours.html", 0..10) => Some(done("print", None)),
        _ => None,
    }
}

fn shares_of_referrers() -> [u64; REFERRERS.len() + 1] {
    let mut shares = [0; REFERRERS.len() + 1];
    let mut left = 1_000;
    for (share, (_, of)) in shares.iter_mut().zip(REFERRERS) {
        *share = of;
        left -= of;
    }
    shares[REFERRERS.len()] = left;
    shares
}

fn visits_of(date: Date, chance: &mut Chance) -> u64 {
    let weekday = match date.weekday() {
        Weekday::Saturday => 420,
        Weekday::Sunday => 380,
        Weekday::Monday => 1_080,
        _ => 1_000,
    };
    let growth = 1_000 + date.day_of_year().unsigned_abs() as u64 / 3;
    VISITS * weekday * growth * (850 + chance.below(301)) / 1_000_000_000
}

/// Numbers that look like chance and are the same at every start: SplitMix64 (Steele, Lea, Flood
/// 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut state = self.0;
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (state ^ (state >> 31)) % bound
    }

    /// A place, each as likely as its share.
    fn place(&mut self, shares: &[u64]) -> usize {
        let mut left = self.below(shares.iter().sum());
        let found = shares.iter().position(|&share| {
            let is_here = left < share;
            left = left.saturating_sub(share);
            is_here
        });
        found.unwrap_or(0)
    }
}
