//! Robots are recognised and people are not taken for robots: measured on public lists that the
//! program itself does not use.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use parvis::collect::Dropped;
use parvis::signal::Agents;
use serde::Deserialize;

/// The demand: of the crawlers at least this share is recognised, in per cent.
const RECOGNISED_MIN: f64 = 99.0;

/// The demand: of people's browsers at most this share is lost, in per cent.
const LOST_MAX: f64 = 0.1;

/// The same for agents of twenty years, of which some are robots that nobody noticed.
const LOST_OLD_MAX: f64 = 0.15;

/// The sources of CrawlerDetect for Python, which `deploy/setup.sh test` fetches.
const CRAWLER_DETECT: &str = "build/lists/crawlerdetect-0.4.2/tests/fixtures/user_agent";

/// An agent of `user-agents`, with its share of the visits that the package saw.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    user_agent: String,
    weight: f64,
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn bytes(package_file: &str) -> Vec<u8> {
    let file = root("node_modules").join(package_file);
    std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn agents() -> Agents {
    Agents::new(
        bytes("uap-core/regexes.yaml").into(),
        bytes("crawler-user-agents/crawler-user-agents.json").into(),
        bytes("isbot/index.mjs").into(),
    )
}

fn lines(name: &str) -> Vec<String> {
    let file = root(CRAWLER_DETECT).join(name);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!("{}: {error}; run `deploy/setup.sh test`", file.display());
    });
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn per_cent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

#[test]
fn of_a_public_list_of_crawlers_nearly_all_are_recognised() {
    let agents = agents();
    let crawlers = lines("crawlers.txt");
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut missed = Vec::new();
    for crawler in &crawlers {
        match agents.software(crawler).robot {
            Some(kind) => *kinds.entry(Dropped::from(kind).reason()).or_default() += 1,
            None => missed.push(crawler.as_str()),
        }
    }
    let share = per_cent(crawlers.len() - missed.len(), crawlers.len());
    let report = format!(
        "{share:.2} % of {} crawlers are recognised ({kinds:?}); missed:\n{}",
        crawlers.len(),
        missed.join("\n")
    );
    println!("{report}");
    assert!(crawlers.len() > 3_000, "the list has shrunk: {report}");
    assert!(share >= RECOGNISED_MIN, "{report}");
    assert!(kinds.contains_key(Dropped::Monitor.reason()), "{report}");
}

#[test]
fn of_the_browsers_of_people_nearly_none_are_lost() {
    let agents = agents();
    let seen: Vec<Seen> =
        serde_json::from_slice(&bytes("user-agents/dist/user-agents.json")).unwrap();
    let top: Vec<String> =
        serde_json::from_slice(&bytes("top-user-agents/src/index.json")).unwrap();
    let is_lost = |agent: &str| agents.software(agent).robot.is_some();
    let lost: Vec<&Seen> = seen.iter().filter(|seen| is_lost(&seen.user_agent)).collect();
    let lost_top = top.iter().filter(|agent| is_lost(agent)).count();
    let weight = |all: &mut dyn Iterator<Item = &Seen>| all.map(|seen| seen.weight).sum::<f64>();
    let visits = 100.0 * weight(&mut lost.iter().copied()).abs() / weight(&mut seen.iter());
    let share = per_cent(lost.len(), seen.len());
    let names: Vec<&str> = lost.iter().map(|seen| seen.user_agent.as_str()).collect();
    let report = format!(
        "{share:.3} % of {} agents and {visits:.3} % of their visits are lost, and {lost_top} of \
         the {} most common:\n{}",
        seen.len(),
        top.len(),
        names.join("\n")
    );
    println!("{report}");
    assert!(seen.len() >= 5_000 && top.len() >= 50, "a list has shrunk: {report}");
    assert!(share <= LOST_MAX && visits <= LOST_MAX && lost_top == 0, "{report}");
}

/// `user-agents` leaves out what `isbot` knows, so it cannot show what `isbot` takes too much. The
/// devices of CrawlerDetect can: agents of twenty years, from telephones to programs. Those that
/// have the form of a browser's are judged; the others are mostly fragments (`start.exe`) and what
/// Android's and Apple's systems say for programs that show no page.
#[test]
fn of_the_browsers_of_twenty_years_few_are_lost() {
    let agents = agents();
    let devices = lines("devices.txt");
    let is_lost = |device: &&String| agents.software(device).robot.is_some();
    let browsers: Vec<&String> = devices
        .iter()
        .filter(|device| device.starts_with("Mozilla/") || device.starts_with("Opera/"))
        .collect();
    let lost: Vec<&str> =
        browsers.iter().copied().filter(is_lost).map(|device| device.as_str()).collect();
    let share = per_cent(lost.len(), browsers.len());
    let whole = per_cent(devices.iter().filter(is_lost).count(), devices.len());
    let report = format!(
        "{share:.3} % of {} browsers and {whole:.3} % of all {} devices are lost:\n{}",
        browsers.len(),
        devices.len(),
        lost.join("\n")
    );
    println!("{report}");
    assert!(browsers.len() > 100_000 && share <= LOST_OLD_MAX, "{report}");
}
