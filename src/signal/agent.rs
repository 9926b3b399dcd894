//! What software sent a request: browser and system, each with and without their major version,
//! class of device, or a kind of robot.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock};

use hashbrown::DefaultHashBuilder;
use quick_cache::sync::Cache;
use uaparser::{Parser, UserAgentParser};

use crate::signal::anatomy::without_device;
use crate::signal::device::Devices;
use crate::signal::robot::{RobotKind, Robots};

/// Agents remembered at once. A site meets some thousands of agents a day; an entry takes about
/// 250 bytes. The cache resists scans, so a flood of invented agents does not push out real ones.
const CACHED_AGENTS_MAX: usize = 16_384;

/// Longest agent that is looked at, in bytes; what follows says nothing more (real ones have 100
/// to 250) and would only cost time.
const AGENT_BYTES_MAX: usize = 512;

/// What browsers call themselves that the published table of `uap-core` lacks, in its own form.
const OWN_BROWSERS: &str = include_str!("browsers.yaml");

/// Where the table of `uap-core` begins with browsers.
const BROWSERS_BEGIN: &str = "user_agent_parsers:\n";

/// The systems among the families that `uap-core` gives. Of televisions it gives the maker, too
/// (`Sony`, `LG`, and any word that stands there): those are no systems.
const SYSTEMS: &[&str] = &[
    "Android",
    "Arch Linux",
    "BREW",
    "Bada",
    "BlackBerry OS",
    "BlackBerry Tablet OS",
    "Brew MP",
    "CentOS",
    "Chrome OS",
    "Chromecast",
    "Debian",
    "Fedora",
    "Firefox OS",
    "FreeBSD",
    "Fuchsia",
    "Gentoo",
    "HarmonyOS",
    "KaiOS",
    "Kubuntu",
    "Linux",
    "Linux Mint",
    "Lubuntu",
    "Mac OS",
    "Mac OS X",
    "Maemo",
    "Mageia",
    "Mandriva",
    "MeeGo",
    "NetBSD",
    "Nokia Series 30 Plus",
    "Nokia Series 40",
    "OpenBSD",
    "Puppy",
    "Red Hat",
    "SUSE",
    "Sailfish",
    "Slackware",
    "Solaris",
    "Symbian OS",
    "Symbian^3",
    "Symbian^3 Anna",
    "Symbian^3 Belle",
    "Tizen",
    "Ubuntu",
    "Windows",
    "Windows Mobile",
    "Windows Phone",
    "iOS",
    "tvOS",
    "webOS",
];

/// The coarse answer: never more than names and major versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Software {
    /// Family and major version, such as `Firefox 131`.
    pub browser: Option<Box<str>>,
    /// The family alone, such as `Firefox`.
    pub browser_family: Option<Box<str>>,
    /// The major version alone, such as 131.
    pub browser_major: Option<u32>,
    /// Family and major version, such as `Windows 10`.
    pub system: Option<Box<str>>,
    /// The family alone, such as `Windows`.
    pub system_family: Option<Box<str>>,
    /// `desktop`, `mobile`, `tablet`, `tv` or `console`.
    pub device: &'static str,
    /// What kind of robot it is, if it is one.
    pub robot: Option<RobotKind>,
}

/// Reads user agents with the tables of `uap-core`, `crawler-user-agents` and `isbot`, and
/// remembers answers.
pub struct Agents {
    sources: Sources,
    tables: OnceLock<(UserAgentParser, Robots, Devices)>,
    answers: Cache<u64, Arc<Software>>,
    /// Keys of the cache are hashes under this process's own random seed: the agent itself is
    /// never kept, and nobody outside can aim at a chosen entry.
    seed: DefaultHashBuilder,
}

/// The texts that the tables are made of.
struct Sources {
    /// `regexes.yaml` of `uap-core`.
    patterns: Cow<'static, [u8]>,
    /// `crawler-user-agents.json`.
    robots: Cow<'static, [u8]>,
    /// `index.mjs` of `isbot`.
    isbot: Cow<'static, [u8]>,
}

impl Agents {
    /// Takes the sources; the tables are compiled at the first question or by [`Agents::warm`].
    pub fn new(
        patterns: Cow<'static, [u8]>,
        robots: Cow<'static, [u8]>,
        isbot: Cow<'static, [u8]>,
    ) -> Self {
        Self {
            sources: Sources { patterns, robots, isbot },
            tables: OnceLock::new(),
            answers: Cache::new(CACHED_AGENTS_MAX),
            seed: DefaultHashBuilder::default(),
        }
    }

    /// Compiles the tables now, so that no visitor waits for it.
    pub fn warm(&self) {
        self.tables();
    }

    /// Are the tables compiled?
    pub fn is_warm(&self) -> bool {
        self.tables.get().is_some()
    }

    /// What software this agent is. An unknown one has no browser and no system.
    pub fn software(&self, agent: &str) -> Arc<Software> {
        let key = self.seed.hash_one(agent);
        if let Some(known) = self.answers.get(&key) {
            return known;
        }
        let answer = Arc::new(self.read(agent));
        self.answers.insert(key, answer.clone());
        answer
    }

    fn tables(&self) -> &(UserAgentParser, Robots, Devices) {
        self.tables.get_or_init(|| {
            let patterns = with_own_names(&self.sources.patterns);
            // Without Unicode classes and without the table of device models: 20 times the speed
            // and a tenth of the memory. The class of device comes from the system instead.
            let parser = UserAgentParser::builder()
                .with_unicode_support(false)
                .with_device(false)
                .build_from_bytes(&patterns)
                .expect("the table of agents inside the program is tested to compile");
            let robots = Robots::new(&self.sources.robots, &self.sources.isbot);
            (parser, robots, Devices::new())
        })
    }

    fn read(&self, agent: &str) -> Software {
        let (parser, robots, devices) = self.tables();
        let agent = cut(agent, AGENT_BYTES_MAX);
        let software = without_device(agent);
        let browser = parser.parse_user_agent(&software);
        let system = parser.parse_os(agent);
        let family = system_name(&system.family);
        Software {
            browser: named(&browser.family, browser.major.as_deref()),
            browser_family: named(&browser.family, None),
            browser_major: browser.major.as_deref().and_then(|major| major.parse().ok()),
            system: family.and_then(|family| named(family, system.major.as_deref())),
            system_family: family.and_then(|family| named(family, None)),
            device: devices.class(agent),
            robot: robots.kind(&software),
        }
    }
}

fn cut(text: &str, bytes_max: usize) -> &str {
    if text.len() <= bytes_max { text } else { &text[..text.floor_char_boundary(bytes_max)] }
}

fn named(family: &str, major: Option<&str>) -> Option<Box<str>> {
    match (family, major) {
        ("Other" | "", _) => None,
        (family, Some(major)) if !major.is_empty() => Some(format!("{family} {major}").into()),
        (family, _) => Some(family.into()),
    }
}

/// The table of `uap-core` with our own names before its first.
fn with_own_names(patterns: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(patterns);
    text.replacen(BROWSERS_BEGIN, &format!("{BROWSERS_BEGIN}{OWN_BROWSERS}"), 1).into_bytes()
}

/// The system's name as its maker writes it; nothing where the table gives a television's maker
/// instead of a system.
fn system_name(family: &str) -> Option<&str> {
    match family {
        "Web0S" => Some("webOS"),
        "ATV OS X" => Some("tvOS"),
        "WatchOS" => Some("watchOS"),
        "GoogleTV" => Some("Android"),
        "Roku" => Some("Roku OS"),
        family if SYSTEMS.contains(&family) => Some(family),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agents() -> Agents {
        let patterns: &[u8] = include_bytes!("../../node_modules/uap-core/regexes.yaml");
        let robots: &[u8] =
            include_bytes!("../../node_modules/crawler-user-agents/crawler-user-agents.json");
        let isbot: &[u8] = include_bytes!("../../node_modules/isbot/index.mjs");
        Agents::new(patterns.into(), robots.into(), isbot.into())
    }

    #[test]
    fn browsers_are_named_with_their_major_version_only() {
        let agents = agents();
        let firefox = agents
            .software("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0");
        assert_eq!(firefox.browser.as_deref(), Some("Firefox 131"));
        assert_eq!(firefox.browser_family.as_deref(), Some("Firefox"));
        assert_eq!(firefox.browser_major, Some(131));
        assert_eq!((firefox.device, firefox.robot), ("desktop", None));
        let phone = agents.software(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 \
             (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        );
        assert_eq!(phone.system.as_deref(), Some("iOS 17"));
        assert_eq!(phone.system_family.as_deref(), Some("iOS"));
        assert_eq!(phone.device, "mobile");
    }

    #[test]
    fn robots_are_known_and_an_empty_agent_is_one() {
        let agents = agents();
        let robot = |agent: &str| agents.software(agent).robot;
        assert_eq!(robot("Mozilla/5.0 (compatible; Googlebot/2.1)"), Some(RobotKind::Declared));
        assert_eq!(robot(" "), Some(RobotKind::Impossible));
    }

    #[test]
    fn a_flood_of_invented_agents_keeps_the_cache_bounded_and_the_known_agent_in_it() {
        let agents = agents();
        let real = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";
        let nothing_known = Arc::new(Software {
            browser: None,
            browser_family: None,
            browser_major: None,
            system: None,
            system_family: None,
            device: "desktop",
            robot: None,
        });
        for round in 0..3 {
            agents.software(real);
            agents.software(real);
            for number in 0..CACHED_AGENTS_MAX {
                let key = agents.seed.hash_one(format!("invented {round} {number}"));
                agents.answers.insert(key, nothing_known.clone());
            }
        }
        assert!(agents.answers.len() <= CACHED_AGENTS_MAX);
        assert!(agents.answers.get(&agents.seed.hash_one(real)).is_some());
    }

    #[test]
    fn a_very_long_agent_is_read_only_at_its_head() {
        assert_eq!(cut(&"é".repeat(600), 511).len(), 510);
    }
}
