//! The examples for operators are what they seem: proxies that limit as Parvis does and replace the
//! forwarded address, and a unit that confines the service.

mod programs;
mod proxies;

use std::fs;
use std::path::{Path, PathBuf};

use parvis::collect::{BODY_BYTES_MAX, BODY_SECONDS_MAX, REQUESTS_PER_SECOND_DEFAULT};
use parvis::web::limits::BODIES_PER_ADDRESS_MAX;
use parvis::web::limits::connections::CONNECTIONS_PER_ADDRESS_MAX;
use parvis::web::limits::downloads::DOWNLOADS_PER_ADDRESS_MAX;
use parvis::web::limits::questions::QUESTIONS_PER_ADDRESS_MAX;

use crate::service::program;
use programs::{found, said};
use proxies::{Caddy, Nginx};

/// What `systemd-analyze security` may say at most, in tenths.
const EXPOSURE_MAX: &str = "20";

fn example(name: &str) -> String {
    fs::read_to_string(path_of(name)).unwrap()
}

fn path_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy").join(name)
}

#[test]
fn the_examples_have_the_limits_of_the_program() {
    let nginx = example("nginx.conf");
    let kibibytes = BODY_BYTES_MAX / 1024;
    for line in [
        format!("rate={REQUESTS_PER_SECOND_DEFAULT}r/s;"),
        format!("limit_req zone=parvis_requests burst={REQUESTS_PER_SECOND_DEFAULT} nodelay;"),
        format!("limit_conn parvis_connections {CONNECTIONS_PER_ADDRESS_MAX};"),
        format!("client_max_body_size {kibibytes}k;"),
        format!("client_body_buffer_size {kibibytes}k;"),
        format!("client_body_timeout {BODY_SECONDS_MAX}s;"),
    ] {
        assert!(nginx.contains(&line), "deploy/nginx.conf lacks {line}");
    }
    let caddy = example("Caddyfile");
    let words = caddy.replace("\n#", "").split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        format!("max_size {kibibytes}KiB"),
        format!("> {BODY_BYTES_MAX}`"),
        format!("read_body {BODY_SECONDS_MAX}s"),
        format!("{REQUESTS_PER_SECOND_DEFAULT} requests a second"),
        format!("{BODIES_PER_ADDRESS_MAX} bodies"),
        format!("{DOWNLOADS_PER_ADDRESS_MAX} downloads"),
        format!("{QUESTIONS_PER_ADDRESS_MAX} questions at once"),
    ] {
        assert!(words.contains(&line), "deploy/Caddyfile lacks {line}");
    }
}

#[test]
fn the_unit_confines_the_service() {
    let Some(analyze) = found("systemd-analyze") else { return };
    // The unit as it stands here, but for the place of the program.
    let folder = tempfile::tempdir().unwrap();
    let unit = folder.path().join("parvis.service");
    let place = program().get_program().to_str().unwrap().to_owned();
    fs::write(&unit, example("parvis.service").replace("/usr/local/bin/parvis", &place)).unwrap();
    let of = |words: &[&str]| {
        let mut command = analyze();
        command.args(words).arg(&unit).env("SYSTEMD_LOG_LEVEL", "warning");
        said(command)
    };
    let (verified, complaints) = of(&["verify", "--man=no", "--recursive-errors=no"]);
    assert!(verified && complaints.is_empty(), "{complaints}");
    let (is_confined, why) =
        of(&["security", "--offline=true", &format!("--threshold={EXPOSURE_MAX}")]);
    assert!(is_confined, "{why}");
    for bound in ["LimitNOFILE=", "MemoryHigh=", "MemoryMax=", "TasksMax="] {
        assert!(example("parvis.service").contains(bound), "{bound}");
    }
}

#[test]
fn nginx_in_front_limits_hides_nothing_and_believes_nobody() {
    if let Some(nginx) = Nginx::found() {
        proxies::hold_in_front(nginx);
    }
}

#[test]
fn caddy_in_front_limits_hides_nothing_and_believes_nobody() {
    if let Some(caddy) = Caddy::found() {
        proxies::hold_in_front(caddy);
    }
}
