//! A site whose readers are invented one by one: counted by the product, under one key of networks
//! a month, and decided by its own plan.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use compact_str::CompactString;
use hashbrown::HashMap;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use parvis::dimension;
use parvis::journal::PastDay;
use parvis::model::{Host, KindOfHit, Measures, Period, Profile, Random, Site, SiteRules};
use parvis::model::{Zone, ZoneDay};
use parvis::privacy::disclosure::drafts::{Drafts, Heads, Labels, Rule};
use parvis::privacy::disclosure::secret::{RoundingSecret, SECRET_BYTES};
use parvis::privacy::disclosure::threshold::Reach;
use parvis::privacy::{Arrival, PastKeys, Published, RELEASE_RULE, Raw, Sealing, StaffPass, seal};
use parvis::release::{Decided, ReleasePlan, public_crossings, public_dimensions};
use parvis::store::{
    By, Figures as _, Ledger, Method, NetworkSets, NewRelease, NewSite, Question, Release,
    Releases, Sites, SqliteStore, WHOLE_SITE,
};

/// The codes of a table, the second 0 where it is of one breakdown.
pub type Codes = (u8, u8);

/// Everything public, by period and table.
pub type Public = HashMap<(Period, Codes), Published>;

/// After everything.
pub const LATER: &str = "2027-06-01T12:00:00Z";

/// Somebody who reads.
#[derive(Clone)]
pub struct Reader {
    /// The /24, by its number.
    pub network: u32,
    /// Tells readers of one network apart.
    pub agent: u32,
    /// What they are: values by the names of breakdowns, sections and titles of pages apart.
    pub is: Vec<(&'static str, String)>,
}

/// What somebody reads on a day: a page, so many times.
pub struct Reading<'a> {
    pub reader: &'a Reader,
    pub page: &'a str,
    pub times: u32,
}

pub struct Counted {
    pub store: SqliteStore,
    pub site: Site,
    random: Random,
    _folder: tempfile::TempDir,
}

impl Counted {
    /// A site without readers. The seed is that of the key of networks.
    pub fn new(threshold: u64, seed: u8) -> Self {
        let memory = std::path::Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            tempfile::TempDir::new_in(memory).unwrap()
        } else {
            tempfile::tempdir().unwrap()
        };
        let store = SqliteStore::open(folder.path()).unwrap();
        let site = NewSite {
            host: Host::parse("www.example.fr").unwrap(),
            aliases: vec![],
            zone: Zone::named("UTC").unwrap(),
            query_kept: vec![],
            rules: SiteRules {
                profile: Profile::Extended,
                visitors_min: threshold,
                ..SiteRules::default()
            },
            organisation: None,
            synthetic: true,
        };
        store.add_site(&site, Timestamp::UNIX_EPOCH).unwrap();
        let site = store.sites().unwrap().remove(0);
        let random: Random = Arc::new(move |bytes| bytes.fill(seed));
        Self { store, site, random, _folder: folder }
    }

    /// Counts a day.
    pub fn count(&self, date: Date, readings: &[Reading<'_>]) {
        let day = ZoneDay { zone: self.site.zone.clone(), date };
        let keys = PastKeys::in_memory(day.clone(), &self.random);
        let mut past = PastDay::new(day.clone());
        for (number, reading) in readings.iter().enumerate() {
            for time in 0..reading.times {
                let seconds = 8 * 3_600 + 60 * number as i64 + i64::from(time);
                let moment = day.start() + SignedDuration::from_secs(seconds);
                past.add(&self.hit(reading, &keys, moment));
            }
        }
        let closing = past.close(&keys.network).unwrap();
        let method = Method::Synthetic;
        self.store.write_past_day(self.site.id, date, &closing, method, None).unwrap();
    }

    fn hit(
        &self,
        reading: &Reading<'_>,
        keys: &PastKeys,
        received: Timestamp,
    ) -> parvis::privacy::Hit {
        let Reader { network, agent, is } = reading.reader;
        let address = Ipv4Addr::from(0x1700_0001 + (network << 8));
        let arrival = Arrival { page: "https://www.example.fr/", ..Arrival::default() };
        let raw = Raw::new(IpAddr::V4(address), format!("agent {agent}"), arrival).unwrap();
        let mut values = vec![(place("page"), CompactString::from(reading.page))];
        values.push((place("host"), "www.example.fr".into()));
        values.extend(is.iter().map(|(name, value)| (place(name), value.as_str().into())));
        seal(
            raw,
            Sealing {
                site: &self.site,
                kind: KindOfHit::View,
                values,
                without_visitor: false,
                salt: &keys.salt,
                salt_before: None,
                network_key: &keys.network,
                idempotency_key: None,
                received,
            },
        )
    }

    /// Decides and publishes these periods, one after the other.
    pub fn release(&self, periods: &[Period], secret: &RoundingSecret) -> Public {
        let mut public = Public::new();
        for &period in periods {
            let Decided { tables, record } = self.plan(secret).tables(period).unwrap();
            let release = Release {
                id: 0,
                about: self.site.host.to_string(),
                period,
                revision: 1,
                released: ZoneDay { zone: self.site.zone.clone(), date: period.last() }.end(),
                generator: "test".to_owned(),
                rule: RELEASE_RULE.to_owned(),
                method: Method::Synthetic.name().to_owned(),
                reason: None,
                made_of: 1,
            };
            let (site, files) = (Some(&self.site), Vec::new());
            self.store.put_release(&NewRelease { release, site, tables, files, record }).unwrap();
            for codes in codes_of(period) {
                let table = self.store.released_table(&self.site, codes, period).unwrap();
                public.extend(table.map(|table| ((period, codes), table)));
            }
        }
        public
    }

    pub fn plan<'a>(&'a self, secret: &'a RoundingSecret) -> ReleasePlan<'a> {
        let now = LATER.parse().unwrap();
        ReleasePlan { store: &self.store, site: &self.site, now, secret }
    }

    /// The same tables, of which each line is decided by itself: no sum is looked at.
    pub fn release_unaudited(&self, periods: &[Period], secret: &RoundingSecret) -> Public {
        let mut public = Public::new();
        for &period in periods {
            for codes in codes_of(period) {
                let reaches = self.reaches(codes, period);
                let (site, threshold) = (self.site.host.as_str(), self.site.rules.visitors_min);
                let mut drafts = Drafts::new(Rule { secret, site, threshold });
                let heads = Heads {
                    period,
                    labels: &|label, second| labels_of(codes, label, second),
                    reach: &|label, second| {
                        let key = (label.to_owned(), second.to_owned());
                        reaches.get(&key).copied().unwrap_or_default()
                    },
                    may_be_named: &|_, _| true,
                    is_crossing: codes.1 != 0,
                    drawn_as: None,
                    before: None,
                };
                let by = if codes.0 == WHOLE_SITE { By::Nothing } else { By::Value(codes.0) };
                let table = drafts.add(self.counts(by, codes.1, period), &heads, false);
                drafts.decide();
                public.extend(drafts.publish(table, false).map(|table| ((period, codes), table)));
            }
        }
        public
    }

    pub fn reaches(&self, codes: Codes, period: Period) -> HashMap<(String, String), Reach> {
        let lines = self.store.networks(&self.site, codes, period).unwrap();
        let reach = |networks: parvis::model::Networks| Reach {
            networks: networks.count,
            networks_of_a_day: networks.largest_day,
        };
        lines.into_iter().map(|line| ((line.label, line.second), reach(line.networks))).collect()
    }

    fn counts(&self, by: By, second: u8, period: Period) -> parvis::privacy::Counts {
        let (first, last, now) = (period.first(), period.last(), LATER.parse().unwrap());
        let question = Question { site: &self.site, first, last, by, filters: &[], now };
        match second {
            0 => self.store.counts(&question).unwrap(),
            second => self.store.crossed(&question, second).unwrap(),
        }
    }

    /// The exact figures of a table.
    pub fn exact(&self, codes: Codes, period: Period) -> HashMap<(String, String), Measures> {
        let by = if codes.0 == WHOLE_SITE { By::Nothing } else { By::Value(codes.0) };
        let lines = self.counts(by, codes.1, period);
        let lines = lines.exact(&StaffPass::signed_in("test".to_owned()));
        lines.into_iter().map(|line| ((line.label, line.second), line.measures)).collect()
    }
}

/// The place of a breakdown in the list of all, by its name.
fn place(name: &str) -> u8 {
    dimension::ALL.iter().position(|one| one.name == name).expect("a breakdown") as u8
}

pub fn code(name: &str) -> u8 {
    dimension::named(name).expect("a breakdown").code
}

/// The tables of a period that everybody may see, hours apart.
pub fn codes_of(period: Period) -> Vec<Codes> {
    let mut codes = vec![(WHOLE_SITE, 0)];
    codes.extend(public_dimensions().map(|one| (one.code, 0)));
    if !matches!(period, Period::Day(_)) {
        codes.extend(public_crossings().map(|(one, other)| (one.code, other.code)));
    }
    codes
}

fn labels_of<'l>(codes: Codes, label: &'l str, second: &'l str) -> Labels<'l> {
    let both = [(codes.0, label), (codes.1, second)];
    both.into_iter().filter(|(code, _)| *code != WHOLE_SITE).collect()
}

/// A secret, by its number.
pub fn secret(number: u64) -> RoundingSecret {
    let mut bytes = [0; SECRET_BYTES];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    RoundingSecret::new(&bytes)
}
