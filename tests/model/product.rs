//! The product itself, its floors put together as `app` does it, under a clock of our own and
//! without a network: collector, journal, drain, store.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use jiff::civil::Date;
use parvis::app::Machine;
use parvis::collect::{Collector, Message, Sender, Wishes};
use parvis::journal::{Drain, Journal, Live};
use parvis::model::{
    Clock, Host, OnRefusal, Profile, Random, Site, SiteRules, Sites, Zone, ZoneDay,
};
use parvis::privacy::{Arrival, NetworkKeys, Raw, Salts, Secrets};
use parvis::signal::Tables;
use parvis::store::{
    Ledger, NetworkSets as _, NewSite, Quality as _, Sites as _, SqliteStore, Store,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::events::{Act, Deed, Event, FEATURE, KEPT, Place, Policy, SEARCH, SECTIONS, Stream};

/// Requests of one address in a second: more than any stream has.
const REQUESTS_PER_SECOND: u32 = 100_000;

static TABLES: LazyLock<Arc<Tables>> = LazyLock::new(|| Arc::new(crate::tables::read()));

/// The offline tables, read once for all streams.
pub fn tables() -> &'static Arc<Tables> {
    &TABLES
}

/// Bytes that look like chance and are never the same twice.
pub fn random() -> Random {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    Arc::new(|bytes| {
        for chunk in bytes.chunks_mut(8) {
            let number = NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            chunk.copy_from_slice(&number.to_le_bytes()[..chunk.len()]);
        }
    })
}

/// A new folder, in memory where the machine has a place for that: a stream writes to the disk
/// hundreds of times.
pub fn folder() -> TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory).unwrap() } else { TempDir::new().unwrap() }
}

/// A site as the store takes it.
pub fn new_site(place: &Place) -> NewSite {
    let policy = |policy| match policy {
        Policy::Drop => OnRefusal::Drop,
        Policy::WithoutVisitor => OnRefusal::CountWithoutVisitor,
        Policy::Ignore => OnRefusal::Ignore,
    };
    let declared = |names: &[&str]| {
        let names = names.iter().filter(|_| place.declares);
        names.map(|name| name.to_string()).collect::<Vec<_>>()
    };
    NewSite {
        host: Host::parse(&place.host).unwrap(),
        aliases: vec![Host::parse(&place.alias).unwrap()],
        zone: Zone::named(place.zone).unwrap(),
        query_kept: declared(&[KEPT]),
        rules: SiteRules {
            profile: if place.extended { Profile::Extended } else { Profile::Exempt },
            gpc: policy(place.gpc),
            dnt: policy(place.dnt),
            sections: declared(&SECTIONS),
            search_parameters: declared(&[SEARCH]),
            features: declared(&[FEATURE]),
            ..SiteRules::default()
        },
        organisation: None,
        synthetic: false,
    }
}

/// The message that a tag would send.
pub fn message(event: &Event, places: &[Place]) -> Value {
    let place = &places[event.site];
    let (name, properties) = match &event.deed {
        Deed::View => ("pageview", json!({})),
        Deed::Reading(seconds) => ("time", json!({ "seconds": seconds })),
        Deed::Download(url, _) => ("download", json!({ "url": url })),
        Deed::Outbound(url, _) => ("outbound", json!({ "url": url })),
        Deed::Missing => ("missing", json!({})),
        Deed::Feature(name, properties) => {
            let pairs = properties.iter().map(|(name, value)| (name.to_string(), json!(value)));
            (*name, Value::Object(pairs.collect()))
        }
    };
    let host = if event.on_alias { &place.alias } else { &place.host };
    json!({
        "n": name,
        "u": event.page.on(host),
        "d": place.host,
        "r": event.from.address(place),
        "w": event.width,
        "t": event.title,
        "k": event.key,
        "p": properties,
    })
}

/// The request as it comes through the door.
pub fn raw(event: &Event, message: &Message) -> Raw {
    let arrival = Arrival {
        page: &message.url,
        is_origin_alone: false,
        referrer: message.referrer.as_deref(),
        accept_language: event.language,
        width: message.width,
        title: message.title.as_deref(),
    };
    let address = event.person.address.parse().unwrap();
    Raw::new(address, event.person.agent.to_owned(), arrival).unwrap()
}

/// The parts that a restart makes anew.
struct Parts {
    collector: Collector,
    journal: Arc<Journal>,
    drain: Drain,
    networks: Arc<NetworkKeys>,
}

/// The product on a folder.
pub struct Product {
    folder: PathBuf,
    _kept: TempDir,
    now: Arc<AtomicI64>,
    runtime: Runtime,
    places: Vec<Place>,
    store: Arc<SqliteStore>,
    parts: Option<Parts>,
    /// The number of the interval in which the collector runs.
    interval: i64,
}

impl Product {
    /// Starts it with the sites of a stream.
    pub fn start(stream: &Stream) -> Self {
        let kept = folder();
        let folder = kept.path().join("data");
        let store = Arc::new(SqliteStore::open(&folder).unwrap());
        for place in &stream.places {
            store.add_site(&new_site(place), Timestamp::UNIX_EPOCH).unwrap();
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let mut product = Self {
            folder,
            _kept: kept,
            now: Arc::new(AtomicI64::new(0)),
            runtime,
            places: stream.places.clone(),
            store,
            parts: None,
            interval: 0,
        };
        product.open();
        product
    }

    fn open(&mut self) {
        let shown = self.now.clone();
        let clock: Clock =
            Arc::new(move || Timestamp::from_second(shown.load(Ordering::SeqCst)).unwrap());
        let store: Arc<dyn Store> = self.store.clone();
        let now = Timestamp::from_second(self.now.load(Ordering::SeqCst)).unwrap();
        let closed = store.last_closed().unwrap();
        let salts = Salts::open(self.folder.join("salts"), random(), closed).unwrap();
        let networks = NetworkKeys::open(self.folder.join("network-keys"), random()).unwrap();
        let networks = Arc::new(networks);
        let secrets = Secrets { salts: Arc::new(salts), networks: networks.clone() };
        let journal =
            Arc::new(Journal::open(&self.folder.join("journal"), store.clone(), now).unwrap());
        let collector = Collector::new(
            tables().clone(),
            secrets.clone(),
            journal.clone(),
            Machine::with_clock(clock, random()).times(),
            REQUESTS_PER_SECOND,
        );
        collector.set_sites(Sites::new(store.sites().unwrap()));
        let live = Arc::new(Live::default());
        let drain = Drain::new(self.folder.join("journal"), store, journal.clone(), secrets, live);
        self.parts = Some(Parts { collector, journal, drain, networks });
        self.interval = self.store.begin_uptime(now, "").unwrap();
    }

    /// Notes that the collector runs.
    fn note(&self, now: Timestamp) {
        self.store.note_uptime(self.interval, now).unwrap();
    }

    /// Lets one thing happen.
    pub fn act(&mut self, act: &Act) {
        match act {
            Act::Happens(event) => self.happens(event),
            Act::Drains(at) => self.drain(*at),
            Act::Restarts { drains, at } => self.restart(*drains, *at),
            Act::Looks(at) => {
                self.drain(*at);
                self.gather(*at);
            }
        }
    }

    fn happens(&mut self, event: &Event) {
        self.now.store(event.moment.as_second(), Ordering::SeqCst);
        self.note(event.moment);
        let message = message(event, &self.places).to_string();
        let message = Message::read(message.as_bytes()).unwrap();
        let wishes = Wishes {
            global_privacy_control: event.gpc,
            do_not_track: event.dnt,
            ..Wishes::default()
        };
        let raw = raw(event, &message);
        let collector = &self.parts.as_ref().unwrap().collector;
        let taken = collector.take(raw, &message, &wishes, &Sender::default());
        let outcome = taken.and_then(|taken| self.runtime.block_on(collector.settle(taken)));
        if let Err(why) = outcome {
            let expected = ["robot", "gpc", "dnt"];
            assert!(expected.contains(&why.reason()), "not counted: {}", why.reason());
        }
    }

    /// A step of the drain.
    pub fn drain(&mut self, now: Timestamp) {
        self.now.store(now.as_second(), Ordering::SeqCst);
        self.note(now);
        self.parts.as_mut().unwrap().drain.step(now).unwrap();
    }

    /// Stops, and starts again at a moment.
    pub fn restart(&mut self, drains: bool, at: Timestamp) {
        let Some(Parts { journal, mut drain, .. }) = self.parts.take() else { return };
        journal.stop();
        if drains {
            let now = Timestamp::from_second(self.now.load(Ordering::SeqCst)).unwrap();
            // A day that ended cannot be closed once the journal has stopped; the next start does.
            let _ = drain.step(now);
        }
        drop(drain);
        self.now.store(at.as_second(), Ordering::SeqCst);
        self.store = Arc::new(SqliteStore::open(&self.folder).unwrap());
        self.open();
    }

    /// Gathers complete months.
    pub fn gather(&self, now: Timestamp) {
        let today = self.places.iter().map(|place| place.date(now)).min();
        self.store.gather_months(today.unwrap_or(Date::MIN)).unwrap();
    }

    /// The bucket of an address on a day of a site.
    pub fn bucket(&self, site: &Site, date: Date, address: &str) -> u8 {
        let networks = &self.parts.as_ref().unwrap().networks;
        let day = ZoneDay { zone: site.zone.clone(), date };
        let key = networks.known(&day, &site.host).unwrap().expect("its days had requests");
        key.bucket(address.parse().unwrap())
    }

    /// Deletes the buckets of every month.
    pub fn forget_networks(&self) {
        for site in self.sites() {
            for month in self.store.network_months(site.id).unwrap() {
                self.store.forget_networks(site.id, month).unwrap();
            }
        }
    }

    /// The store.
    pub fn store(&self) -> &Arc<SqliteStore> {
        &self.store
    }

    /// The sites, in the order of the stream.
    pub fn sites(&self) -> Vec<Arc<Site>> {
        sites(&self.store, &self.places)
    }
}

/// The sites of a store, in the order of the stream.
pub fn sites(store: &SqliteStore, places: &[Place]) -> Vec<Arc<Site>> {
    let sites = Sites::new(store.sites().unwrap());
    places.iter().map(|place| sites.by_host(&place.host).unwrap().clone()).collect()
}

impl Drop for Product {
    fn drop(&mut self) {
        if let Some(parts) = self.parts.take() {
            parts.journal.stop();
        }
    }
}
