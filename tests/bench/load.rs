//! The load: `wrk` with beacons as sites send them, or with questions.

use std::process::Command;

/// What is sent.
#[derive(Clone, Copy)]
pub enum Script {
    /// Beacons as sites send them.
    Beacons,
    /// Questions that take long, each a new one.
    Questions,
}

/// One measurement.
#[derive(Clone, Copy)]
pub struct Load {
    /// What is sent.
    pub script: Script,
    /// On the second core alone, or wherever the system puts it.
    pub pinned: bool,
    /// Connections.
    pub connections: usize,
    /// Its length.
    pub seconds: u64,
    /// What each connection waits before each request.
    pub pause_ms: u64,
}

/// What `wrk` saw.
pub struct Outcome {
    /// Requests a second.
    pub rate: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
    /// Answers that were not 2xx.
    pub refused: u64,
    /// Answers.
    pub requests: u64,
}

impl Load {
    /// Runs it against an address.
    pub fn run(self, address: &str) -> Outcome {
        let mut command = if self.pinned {
            let mut command = Command::new("taskset");
            command.args(["-c", "1", "wrk", "-t1"]);
            command
        } else {
            let mut command = Command::new("wrk");
            command.arg("-t2");
            command
        };
        let script = match self.script {
            Script::Beacons => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/beacons.lua"),
            Script::Questions => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/questions.lua"),
        };
        command
            .arg(format!("-c{}", self.connections))
            .arg(format!("-d{}s", self.seconds))
            .args(["--timeout", "10s", "-s", script, &format!("http://{address}/"), "--"])
            .arg(self.pause_ms.to_string());
        let output = command.output().expect("wrk is installed by deploy/setup.sh");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = said.lines().find_map(|line| line.strip_prefix("RESULT "));
        let Some(line) = line else {
            panic!("wrk failed: {said}{}", String::from_utf8_lossy(&output.stderr));
        };
        let figures: Vec<f64> =
            line.split(' ').map(|figure| figure.parse().expect("a number")).collect();
        Outcome {
            rate: figures[0],
            p50_ms: figures[1],
            p99_ms: figures[2],
            refused: figures[3] as u64,
            requests: figures[4] as u64,
        }
    }
}
