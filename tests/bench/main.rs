//! `make bench`: the collector with all it does beside the limit of its framework, as ratios.
//!
//! Machines are shared and noisy, so nothing is asserted: the ratios of one run are what counts.

mod limit;
mod load;
mod server;

use std::time::Duration;

use load::{Load, Outcome, Script};
use server::{Server, bytes_of, first_answer};

/// Connections at saturation.
const CONNECTIONS: usize = 256;

/// Connections that ask.
const ASKERS: usize = 400;

/// Connections that send beacons beside them, each with a pause between two.
const BEACONS_BESIDE: usize = 8;

/// Milliseconds of that pause.
const PAUSE_BESIDE_MS: u64 = 5;

/// How long one measurement lasts.
const SECONDS: u64 = 10;

/// Hits after which memory and disk are read, on 50 pages.
const MANY_HITS: u64 = 5_000_000;

fn main() -> std::io::Result<()> {
    if std::env::args().nth(1).as_deref() == Some("limit") {
        return limit::serve();
    }
    // A smoke run of the bench's own code, on machines that have no time for more.
    let seconds = if std::env::var_os("PARVIS_BENCH_SHORT").is_some() { 1 } else { SECONDS };
    let many = if seconds == 1 { MANY_HITS / 100 } else { MANY_HITS };
    for pinned in [true, false] {
        compare(pinned, seconds);
    }
    beside_questions(seconds);
    endure(seconds, many);
    Ok(())
}

/// A few beacons with and without a flood of questions beside them.
fn beside_questions(seconds: u64) {
    println!("\nBeacons beside {ASKERS} connections of distinct questions that take long:");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let parvis = Server::parvis(folder.path(), false);
    let beacons = Load {
        script: Script::Beacons,
        pinned: false,
        connections: BEACONS_BESIDE,
        seconds,
        pause_ms: PAUSE_BESIDE_MS,
    };
    let alone = beacons.run(&parvis.address);
    show("beacons alone", &alone, None);
    let questions = Load { script: Script::Questions, connections: ASKERS, pause_ms: 0, ..beacons };
    let (asked, beside) = std::thread::scope(|scope| {
        let asking = scope.spawn(|| questions.run(&parvis.address));
        let beside = beacons.run(&parvis.address);
        (asking.join().expect("the questions are asked"), beside)
    });
    show("beacons beside", &beside, None);
    show("questions", &asked, None);
    check(&parvis, alone.requests + beside.requests);
}

/// The same load on the limit and on the collector.
fn compare(pinned: bool, seconds: u64) {
    let name = if pinned { "pinned to a core each" } else { "free" };
    println!("\nServer and generator {name}, {CONNECTIONS} connections, {seconds} s:");
    let load =
        Load { script: Script::Beacons, pinned, connections: CONNECTIONS, seconds, pause_ms: 0 };
    let limit = Server::limit(pinned);
    let ceiling = load.run(&limit.address);
    drop(limit);
    show("limit", &ceiling, None);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let parvis = Server::parvis(folder.path(), pinned);
    let full = load.run(&parvis.address);
    show("parvis", &full, Some(ceiling.rate));
    // Half of that rate: each connection pauses so that all of them together ask for half.
    let turn_ms = CONNECTIONS as f64 / (full.rate / 2.0) * 1_000.0;
    let pause_ms = (turn_ms - full.p50_ms / 2.0) as u64;
    let half = Load { pause_ms, ..load }.run(&parvis.address);
    show("parvis, half load", &half, Some(ceiling.rate));
    check(&parvis, full.requests + half.requests);
}

/// Many hits on one day: memory, disk, and whether the rate falls.
fn endure(seconds: u64, many: u64) {
    println!("\n{many} hits and twice as many, free:");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let start = first_answer(folder.path());
    println!("  from start to the first 200, empty: {:.0} ms", start.as_secs_f64() * 1e3);
    let mut parvis = Server::parvis(folder.path(), false);
    let load = Load {
        script: Script::Beacons,
        pinned: false,
        connections: CONNECTIONS,
        seconds,
        pause_ms: 0,
    };
    let empty = load.run(&parvis.address);
    show("rate on an empty store", &empty, None);
    let mut sent = empty.requests;
    for (multiple, name) in [(1, "once"), (2, "twice")] {
        while sent < many * multiple {
            sent += load.run(&parvis.address).requests;
        }
        let journal = bytes_of(&folder.path().join("journal")) as f64 / sent as f64;
        println!(
            "  {name} as many ({sent}): {} MB resident, {journal:.1} bytes a hit in the journal",
            parvis.resident_mb()
        );
    }
    let full = load.run(&parvis.address);
    show("rate then", &full, Some(empty.rate));
    check(&parvis, sent + full.requests);
    parvis.stop();
    let start = first_answer(folder.path());
    println!("  from start to the first 200, then: {:.0} ms", start.as_secs_f64() * 1e3);
}

fn show(name: &str, outcome: &Outcome, of: Option<f64>) {
    let ratio = of.map(|of| format!("  = {:.0} %", outcome.rate / of * 100.0)).unwrap_or_default();
    println!(
        "  {name:<24}{:>8.0}/s  p50 {:>7.2} ms  p99 {:>7.2} ms{ratio}",
        outcome.rate, outcome.p50_ms, outcome.p99_ms
    );
    if outcome.refused > 0 {
        println!("  {name}: {} requests were refused", outcome.refused);
    }
}

/// What was acknowledged must be counted, here too.
fn check(parvis: &Server, acknowledged: u64) {
    let mut counted = 0;
    for _ in 0..200 {
        counted = parvis.views_counted();
        if counted >= acknowledged {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    // The generator stops in the middle of a request on each connection.
    println!("  {acknowledged} acknowledged and seen, {counted} counted");
}
