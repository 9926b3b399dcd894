//! The service in this process, with a clock of our own.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jiff::Timestamp;
use parvis::app::{self, ImportOptions, Machine, Options, Running, SiteOptions, Summary};
use parvis::config::Config;
use parvis::model::Random;
use serde_json::Value;
use ureq::Agent;

use crate::service::{Answer, FIREFOX, answer, query, wait_until};

/// Bytes that tests can foresee.
fn random() -> Random {
    let next = AtomicU8::new(1);
    Arc::new(move |bytes| bytes.fill(next.fetch_add(1, Ordering::SeqCst)))
}

/// A service in this process, whose time is ours.
pub struct Clocked {
    pub running: Option<Running>,
    now: Arc<AtomicI64>,
    pub options: Options,
    pub machine: Machine,
    agent: Agent,
    cookie: OnceLock<String>,
}

impl Clocked {
    pub fn start(data: PathBuf, now: &str) -> Self {
        Self::start_with(data, now, &|_| None)
    }

    /// Starts it with settings of an environment.
    pub fn start_with(
        data: PathBuf,
        now: &str,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Self {
        let now = Arc::new(AtomicI64::new(moment(now).as_second()));
        let shown = now.clone();
        let clock = move || Timestamp::from_second(shown.load(Ordering::SeqCst)).unwrap();
        let machine = Machine::with_clock(Arc::new(clock), random());
        Self::start_on(data, now, environment, machine)
    }

    /// Starts it on a machine whose clock may be set, beside the time that passes, in seconds.
    pub fn start_with_elapsed(data: PathBuf, now: &str, elapsed: &Arc<AtomicI64>) -> Self {
        let now = Arc::new(AtomicI64::new(moment(now).as_second()));
        let (shown, passed) = (now.clone(), elapsed.clone());
        let wall = move || Timestamp::from_second(shown.load(Ordering::SeqCst)).unwrap();
        let elapsed = move || Duration::from_secs(passed.load(Ordering::SeqCst) as u64);
        let mut machine = Machine::with_clocks(Arc::new(wall), Arc::new(elapsed), random());
        machine.boot = Some("one-boot".to_owned());
        Self::start_on(data, now, &|_| None, machine)
    }

    /// Starts it again as a new process, which knows of the clocks what it reads of them, at this
    /// start of the machine.
    pub fn restart_with_elapsed(&mut self, boot: &str, elapsed: &Arc<AtomicI64>) {
        self.running.take().unwrap().stop().unwrap();
        let (shown, passed) = (self.now.clone(), elapsed.clone());
        let wall = move || Timestamp::from_second(shown.load(Ordering::SeqCst)).unwrap();
        let elapsed = move || Duration::from_secs(passed.load(Ordering::SeqCst) as u64);
        self.machine = Machine::with_clocks(Arc::new(wall), Arc::new(elapsed), random());
        self.machine.boot = Some(boot.to_owned());
        self.running = Some(app::start(&self.options, &self.machine).unwrap());
    }

    fn start_on(
        data: PathBuf,
        now: Arc<AtomicI64>,
        environment: &dyn Fn(&str) -> Option<String>,
        machine: Machine,
    ) -> Self {
        let config = Config::read(None, environment).unwrap();
        let options = Options { data, listen: "127.0.0.1:0".into(), config, demo: false };
        let running = Some(app::start(&options, &machine).unwrap());
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent = config.build().into();
        Self { running, now, options, machine, agent, cookie: OnceLock::new() }
    }

    /// The machine's clock is set by so many seconds.
    pub fn set_clock(&self, by: i64) {
        self.now.fetch_add(by, Ordering::SeqCst);
    }

    pub fn restart(&mut self) {
        self.running.take().unwrap().stop().unwrap();
        self.running = Some(app::start(&self.options, &self.machine).unwrap());
    }

    pub fn at(&self, now: &str) {
        self.now.store(moment(now).as_second(), Ordering::SeqCst);
    }

    pub fn view(&self, address: &str, page: &str, key: &str) -> u16 {
        self.send(address, &format!(r#"{{"n":"pageview","u":"{page}","k":"{key}"}}"#))
    }

    /// Sends one message of a visitor.
    pub fn send(&self, address: &str, body: &str) -> u16 {
        let language = ("accept-language", "fr-FR,fr;q=0.9");
        let headers = [("user-agent", FIREFOX), ("x-forwarded-for", address), language];
        self.post("/api/event", &headers, body).status
    }

    fn base(&self) -> String {
        format!("http://{}", self.running.as_ref().unwrap().address())
    }

    /// Sends a text to a path.
    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.post_bytes(path, headers, body.as_bytes())
    }

    /// Sends a body to a path.
    pub fn post_bytes(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.base()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.send(body))
    }

    /// Asks for a path.
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.base()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.call())
    }

    /// What a path answers without its body.
    pub fn head(&self, path: &str) -> Answer {
        answer(self.agent.head(format!("{}{path}", self.base())).call())
    }

    /// What a path answers to a script of another origin that asks for permission.
    pub fn options(&self, path: &str) -> Answer {
        answer(self.agent.options(format!("{}{path}", self.base())).call())
    }

    /// The JSON that a path answers.
    pub fn json(&self, path: &str) -> Value {
        let answer = self.get(path, &[]);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// The cookie of an administrator's session, signed in once: a clock that stands still gives
    /// back none of the attempts that an address has.
    pub fn session(&self) -> &str {
        self.cookie.get_or_init(|| self.sign_in())
    }

    /// Signs an administrator in, made if needed; returns the session's cookie.
    pub fn sign_in(&self) -> String {
        let _ = app::add_user(&self.options.data, "jeanne", "a-long-password", &self.machine);
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let answer = self.post("/admin/sign-in", &form, "login=jeanne&password=a-long-password");
        let cookie = answer.header("set-cookie").unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Imports lines of an access log, as the command does, at the service's own time.
    pub fn import(&self, host: &str, lines: &[String], replace: bool) -> Summary {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), lines.concat()).unwrap();
        let files = vec![file.path().to_str().unwrap().to_owned()];
        let options = ImportOptions { files, site: host.to_owned(), replace };
        let Options { data, config, .. } = &self.options;
        app::import_access_log(data, config, &options, &self.machine, &mut |_| {}).unwrap()
    }

    /// Publishes what has ended, and waits until that holds a period of a site, an organisation or
    /// all sites.
    pub fn publish(&self, about: &str, period: &str) {
        let seen = "select max(seen_at) from uptime";
        wait_until("it is noted that the collector runs", || {
            self.count(seen) + 100 > self.now.load(Ordering::SeqCst)
        });
        wait_until(&format!("{about} {period} is published"), || {
            app::publish(&self.options.data, &self.machine).unwrap();
            self.revision(about, period) > 0
        });
    }

    /// The latest revision of a period, 0 if it is not published.
    pub fn revision(&self, about: &str, period: &str) -> i64 {
        let (scale, date) = match period.split('-').count() {
            1 => (3, format!("{period}-01-01")),
            2 => (2, format!("{period}-01")),
            _ => (1, period.to_owned()),
        };
        let start = parvis::model::day_number(date.parse().unwrap());
        self.count(&format!(
            "select coalesce(max(revision), 0) from release
              where about = '{about}' and scale = {scale} and start = {start}"
        ))
    }

    pub fn count(&self, sql: &str) -> i64 {
        query(&self.options.data.join("store.sqlite"), sql)
    }

    /// Views and visitors of a site's day.
    pub fn day(&self, date: &str) -> (i64, i64) {
        let date: jiff::civil::Date = date.parse().unwrap();
        let number = parvis::model::day_number(date);
        let of = |column: &str| {
            self.count(&format!(
                "select coalesce(sum({column}), 0) from count_day
                  where dimension = 0 and day = {number}"
            ))
        };
        (of("views"), of("visitors"))
    }
}

impl Drop for Clocked {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().unwrap();
        }
    }
}

pub fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn folder_with_sites(sites: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for (host, zone) in sites {
        let now = moment("2026-01-01T00:00:00Z");
        app::add_site(&data, host, zone, SiteOptions::default(), now).unwrap();
    }
    (folder, data)
}
