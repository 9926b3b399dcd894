//! Programs of the system that a test needs and that may not be there.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where they are looked for beside the search path: what only administrators call, and where
/// `deploy/setup.sh test` unpacks what it does not install.
const PLACES: [&str; 4] =
    ["/usr/sbin", "/sbin", "build/programs/usr/sbin", "build/programs/usr/bin"];

/// How to start a program; where it is not there, that is printed, whatever the runner captures.
pub fn found(name: &str) -> Option<impl Fn() -> Command> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = std::env::split_paths(&path).chain(PLACES.iter().map(|place| root.join(place)));
    let program: Option<PathBuf> =
        places.map(|place| place.join(name)).find(|place| place.is_file());
    if program.is_none() {
        let said = format!("skipped: {name} is not there; `deploy/setup.sh test` fetches it\n");
        let _ = std::io::stderr().write_all(said.as_bytes());
    }
    let program = program?;
    Some(move || Command::new(&program))
}

/// Runs a program to its end: did it succeed, and what did it say?
pub fn said(mut command: Command) -> (bool, String) {
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// A port that is free now.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
