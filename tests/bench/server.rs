//! The servers under measurement: started on a free port, looked at from outside, stopped.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server.
pub struct Server {
    process: Child,
    data: PathBuf,
    /// Host and port.
    pub address: String,
}

fn on_first_core(pinned: bool, program: &Path) -> Command {
    if !pinned {
        return Command::new(program);
    }
    let mut command = Command::new("taskset");
    command.args(["-c", "0"]).arg(program);
    command
}

impl Server {
    /// The bare handler, served by this very program.
    pub fn limit(pinned: bool) -> Self {
        let own = std::env::current_exe().expect("this program has a path");
        let mut command = on_first_core(pinned, &own);
        command.arg("limit");
        Self::start(command, PathBuf::new())
    }

    /// The real program, on a folder.
    pub fn parvis(data: &Path, pinned: bool) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_parvis"));
        let add = ["site", "add", "www.example.fr"];
        let added = Command::new(program).arg("--data").arg(data).args(add).output();
        added.expect("the program runs");
        let mut command = on_first_core(pinned, program);
        command.arg("--data").arg(data).args(["serve", "--listen", "127.0.0.1:0"]);
        // 2,000 addresses send what millions do.
        command.env("PARVIS_REQUESTS_PER_SECOND", "1000000");
        let server = Self::start(command, data.to_owned());
        while !get(&server.address, "/readyz").starts_with("HTTP/1.1 200") {
            std::thread::sleep(Duration::from_millis(10));
        }
        server
    }

    fn start(mut command: Command, data: PathBuf) -> Self {
        let mut process =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let address = lines.find_map(|line| {
            let line = line.ok()?;
            let base = line.split_once("publishes at http://")?.1;
            Some(base.trim_end_matches('/').to_owned())
        });
        Self { process, data, address: address.expect("the server says where it is") }
    }

    /// Resident memory in MB.
    pub fn resident_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kb = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        kb.unwrap_or(0) / 1_000
    }

    /// The views in its store.
    pub fn views_counted(&self) -> u64 {
        let store = rusqlite::Connection::open(self.data.join("store.sqlite"));
        let sql = "select coalesce(sum(views), 0) from count_day where dimension = 0";
        let views = store.and_then(|store| store.query_row(sql, [], |row| row.get::<_, i64>(0)));
        views.map_or(0, |views| views as u64)
    }

    /// Stops it as an operator would.
    pub fn stop(&mut self) {
        let id = self.process.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).status();
        let _ = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// From the start of the process to its first answer.
pub fn first_answer(data: &Path) -> Duration {
    // A free port, found once: asking for it is not part of the start.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address").to_string();
    drop(listener);
    let mut command = Command::new(env!("CARGO_BIN_EXE_parvis"));
    command.arg("--data").arg(data).args(["serve", "--listen", &address]);
    let began = Instant::now();
    let mut process =
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    while !get(&address, "/healthz").starts_with("HTTP/1.1 200") {
        std::thread::sleep(Duration::from_millis(1));
    }
    let took = began.elapsed();
    let _ = Command::new("kill").args(["-TERM", &process.id().to_string()]).status();
    let _ = process.wait();
    took
}

fn get(address: &str, path: &str) -> String {
    let mut answer = String::new();
    if let Ok(mut stream) = TcpStream::connect(address) {
        let asked = write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        if asked.is_ok() {
            let _ = stream.read_to_string(&mut answer);
        }
    }
    answer
}

/// The bytes of all files of a folder.
pub fn bytes_of(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|file| file.len()).sum()
}
