//! Lists of others that the program does not use, as `deploy/setup.sh test` fetches them: agents
//! with what they are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The test data of `device_detector`: agents, each with the class of its device.
const DEVICE_DETECTOR: &str =
    "build/lists/device_detector-6.5.1/device_detector/tests/fixtures/upstream";

/// Agents of recent browsers, each with its class, as the makers of `fake-useragent` saw them.
const FAKE_USERAGENT: &str = "build/lists/fake_useragent-2.2.0/fake_useragent/data/browsers.jsonl";

/// An agent, and what a list says of its device.
pub struct Listed {
    pub agent: String,
    pub device: String,
}

pub fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub fn read(path: &str) -> String {
    let file = root(path);
    std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!("{}: {error}; run `npm ci` and `deploy/setup.sh test`", file.display())
    })
}

/// The agents of `device_detector` that are no robots. Its files have one form throughout: a key
/// and a value a line, which needs no whole reader of YAML.
pub fn device_detector() -> Vec<Listed> {
    let folder = root(DEVICE_DETECTOR);
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| {
        panic!("{}: {error}; run `deploy/setup.sh test`", folder.display())
    });
    let mut names: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    names.sort();
    let mut found = Vec::new();
    for name in names {
        let stem = name.file_stem().unwrap().to_str().unwrap();
        let is_yaml = name.extension().is_some_and(|extension| extension == "yml");
        // Hints say more than the agent; robots have a measure of their own.
        if is_yaml && stem != "bots" && !stem.starts_with("clienthints") {
            read_entries(&std::fs::read_to_string(&name).unwrap(), &mut found);
        }
    }
    found
}

fn read_entries(text: &str, found: &mut Vec<Listed>) {
    let mut agent = None;
    let mut is_device = false;
    for line in text.lines() {
        let value = |key: &str| {
            let value = line.strip_prefix(key)?.trim();
            let unquoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            Some(unquoted.unwrap_or(value).replace("\\\"", "\""))
        };
        if let Some(read) = value("  user_agent: ") {
            agent = Some(read);
        } else if line.starts_with("  ") && !line.starts_with("   ") {
            is_device = line.trim() == "device:";
        } else if is_device && let Some(device) = value("    type: ") {
            found.extend(agent.take().map(|agent| Listed { agent, device }));
        }
    }
}

/// The agents of `fake-useragent`.
pub fn fake_useragent() -> Vec<Listed> {
    #[derive(Deserialize)]
    struct Line {
        useragent: String,
        r#type: String,
    }
    let text = read(FAKE_USERAGENT);
    let lines = text.lines().map(|line| serde_json::from_str::<Line>(line).unwrap());
    lines.map(|line| Listed { agent: line.useragent, device: line.r#type }).collect()
}

/// The agents of `user-agents`.
pub fn user_agents() -> Vec<Listed> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Entry {
        user_agent: String,
        device_category: String,
    }
    let text = read("node_modules/user-agents/dist/user-agents.json");
    let entries: Vec<Entry> = serde_json::from_str(&text).unwrap();
    let listed = |entry: Entry| Listed { agent: entry.user_agent, device: entry.device_category };
    entries.into_iter().map(listed).collect()
}

/// Is this an agent of Chrome or Firefox from 100, or of Safari from 15?
pub fn is_recent(agent: &str) -> bool {
    let major = |product: &str| -> Option<u32> {
        let (_, rest) = agent.split_once(product)?;
        rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
    };
    match major("Chrome/").or_else(|| major("Firefox/")) {
        Some(major) => major >= 100,
        None => agent.contains("Safari") && major("Version/").is_some_and(|major| major >= 15),
    }
}

/// Hosts of `referer-parser` with what they are: `search`, `social` or `email`. Parts of a site by
/// their path are left out.
pub fn referer_parser() -> Vec<(String, String)> {
    #[derive(Deserialize)]
    struct Referrer {
        domains: Vec<String>,
    }
    let text = read("build/lists/referer-parser-0.4.1/referer_parser/data/referers.json");
    let kinds: BTreeMap<String, BTreeMap<String, Referrer>> = serde_json::from_str(&text).unwrap();
    let mut found = Vec::new();
    for (kind, names) in kinds {
        let hosts = names.into_values().flat_map(|one| one.domains);
        let hosts = hosts.filter(|host| host.contains('.') && !host.contains('/'));
        found.extend(hosts.map(|host| (kind.clone(), host)));
    }
    found
}
