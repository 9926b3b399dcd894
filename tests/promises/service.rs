//! Starts the real program on a free port and a new folder, speaks to it, and stops it by its
//! process id.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use ureq::Agent;

/// How long anything that happens by itself may take on a slow machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A browser that no list of robots knows.
pub const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";

/// The program as cargo built it.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// Runs the program to its end; returns its exit code and what it said.
pub fn run(data: &Path, words: &[&str]) -> (i32, String) {
    let output = program().arg("--data").arg(data).args(words).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&said).into_owned())
}

/// A running service.
pub struct Service {
    process: Child,
    /// Kept open: the program must be able to print as long as it runs.
    _output: BufReader<ChildStdout>,
    /// Where it answers.
    pub base: String,
    /// The one-time link, if it printed one.
    pub first_link: Option<String>,
    pub agent: Agent,
}

/// One answer.
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl Service {
    /// Starts the service on a folder.
    pub fn start(data: &Path) -> Self {
        Self::start_with(program(), data, &[])
    }

    /// Starts it with more words on the command line.
    pub fn start_with(mut command: Command, data: &Path, words: &[&str]) -> Self {
        command.arg("--data").arg(data).args(["serve", "--listen", "127.0.0.1:0"]).args(words);
        let log = std::fs::OpenOptions::new().create(true).append(true).open(log_of(data)).unwrap();
        let mut process = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let (base, first_link) = read_start(&mut output);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .build();
        Self { process, _output: output, base, first_link, agent: config.into() }
    }

    /// Asks for a path.
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.call())
    }

    /// Sends a body to a path.
    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(request.send(body))
    }

    /// Sends a page view of a visitor with this address.
    pub fn view(&self, address: &str, page: &str, key: &str) -> Answer {
        let body = format!(r#"{{"n":"pageview","u":"{page}","k":"{key}"}}"#);
        let headers = [("user-agent", FIREFOX), ("x-forwarded-for", address)];
        self.post("/api/event", &headers, body.as_bytes())
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends it at once, as a power cut would.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to end, and waits for that.
    pub fn stop(mut self) -> ExitStatus {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.process.wait().unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where the service's log of a folder goes: beside it, so that it can be searched.
pub fn log_of(data: &Path) -> PathBuf {
    data.with_extension("log")
}

/// Reads what the program prints until it serves: its address, and the one-time link if any.
fn read_start(output: &mut BufReader<ChildStdout>) -> (String, Option<String>) {
    let mut said = String::new();
    while output.read_line(&mut said).unwrap() > 0 {
        if let Some((before, base)) = said.split_once("publishes at ") {
            let link = before.find("/admin/first").map(|start| &before[start..]);
            let link = link.and_then(|link| link.split_whitespace().next()).map(str::to_owned);
            return (base.trim().trim_end_matches('/').to_owned(), link);
        }
    }
    panic!("the service did not start; it said {said:?}");
}

/// Reads a whole answer.
pub fn answer(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = response.unwrap_or_else(|error| panic!("no answer: {error}"));
    let bytes = response.body_mut().read_to_vec().unwrap();
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: String::from_utf8_lossy(&bytes).into_owned(),
    }
}

/// One number from a store.
pub fn query(store: &Path, sql: &str) -> i64 {
    let connection = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    connection.busy_timeout(PATIENCE).unwrap();
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Waits until something is so.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A new folder with one counted site, `www.example.fr`.
pub fn folder_with_site() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (code, said) = run(&data, &["site", "add", "www.example.fr"]);
    assert_eq!(code, 0, "{said}");
    (folder, data)
}

/// All views that the store counts of whole sites.
pub fn views_counted(data: &Path) -> i64 {
    let sql = "select coalesce(sum(views), 0) from count_day where dimension = 0";
    query(&data.join("store.sqlite"), sql)
}
