//! Robots by their agent: monitors, headless browsers and programs by name, declared robots by two
//! maintained lists.

use regex::bytes::{RegexSet, RegexSetBuilder};
use serde::Deserialize;

use crate::signal::impossible;

/// Bound on each compiled set and its search cache, in bytes: they take about 5 MB today.
const COMPILED_BYTES_MAX: usize = 64 << 20;

/// Why an agent is not taken for a person's browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RobotKind {
    /// It says that it is a robot, or a list of robots knows it.
    Declared,
    /// A browser that a program steers without a window.
    Headless,
    /// No browser sends this: a programming library, a version or a system that cannot be.
    Impossible,
    /// It looks at pages again and again to see whether they still answer.
    Monitor,
}

/// Monitors, as their makers document their agents, in small letters. They come before the lists,
/// which know most of them too but do not say what they are for.
const MONITORS: &[&str] = &[
    "360 monitoring|monitoring360bot|alertra|alertsite|amazon-route53-health|appdynamics",
    "appinsights|better ?stack|better ?uptime|blackbox[ _-]exporter|catchpoint|checkhost",
    "check_http|checkly|check_mk|cloudwatchsynthetics|cron-job\\.org|datadog|dotcom-?monitor",
    "dynatrace|elb-healthchecker|freshping|googlehc/|googlestackdrivermonitoring",
    "google-cloud-monitoring|gtmetrix|healthchecks\\.io|hetrixtools|hyperping|icinga|instatus",
    "internetvista|ip-?label",
    "neustar wpm",
    "jetmon|kube-probe|mon\\.itor\\.us|montastic|monspark|nagios|new ?relic|newrelicpinger",
    "nodeping|oh ?dear|ohdear|panopta|pingability|pingbot|pingdom|pingometer|pulsetic",
    "rackspace monitoring|ruxitsynthetic|servermonitor|site24x7|siteguardian|siteimprove",
    "sitemonitor|site-shot|statuscake|statusgator|statusok|statuspage|super ?monitoring|synthetics",
    "uptime-?kuma|uptimia|uptime[ .-]?robot|uptimebot|uptime\\.com|updown\\.io",
    "watchsumo|webmon |webpagetest|websitepulse|wormly|zabbix|internet monitoring",
];

/// Marks of browsers without a window and of the programs that steer them, in small letters.
/// `PTST` and Lighthouse measure pages; `wkhtmlto` makes pictures and PDF of them.
const HEADLESS: &[&str] = &[
    "headless|phantomjs|slimerjs|casperjs|zombie\\.js|jsdom|htmlunit|playwright|puppeteer|selenium",
    "webdriver|cypress/|nightmare|chrome-lighthouse|ptst/|\\bsplash (?:safari|version)|triflejs",
    "wkhtmlto|testcafe|taiko|browserless|rendertron|prerender",
];

/// Words that the lists lack: what makes pictures of pages, and fetchers inside programs.
const ALSO_DECLARED: &str = "screenshot|web-?thumb|websnap|snapsearch|debugbear|observatory/\
    |claude-web|claude-user|fetch api|web services client protocol|x64-criteo|sitecheck";

/// Patterns of both lists that are left out, because they find people's browsers among the devices
/// of CrawlerDetect and no crawler that nothing else finds: Google's plug-in for Internet Explorer
/// and Microsoft's own edition of it, a tool for Firefox, marks of networks, download managers and
/// dialers, telephones (Butterfly, Discovery, Radar), a school's application (Blackboard).
const LEFT_OUT: &[&str] = &[
    "chromeframe",
    "optimize",
    "firephp",
    "proxy",
    "download",
    "Butterfly",
    "discovery",
    "radar",
    "Blackboard",
    "tools",
    "\\|",
    "\\(\\)",
    "java(?!;)",
    "splash",
    "torrent",
    "\\b\\w+/1\\.0;",
    "(?:^|[^g])news(?!sapphire)",
    "AP3A\\.240617\\.008",
    "Sogou",
    "sogou",
    "Viber",
    "catch",
];

/// The compiled lists.
pub struct Robots {
    /// The words of this file: which pattern says which kind.
    named: RegexSet,
    kinds: Vec<RobotKind>,
    /// `crawler-user-agents`, where capitals matter, and `isbot`, where they do not.
    listed: [RegexSet; 2],
    /// The few patterns of `isbot` that look around, which a set cannot do.
    looking: Vec<fancy_regex::Regex>,
    /// The same without looking around: it finds, ten times faster, which of them may match.
    loose: RegexSet,
}

#[derive(Deserialize)]
struct Entry {
    pattern: String,
}

impl Robots {
    /// Compiles the lists: `crawler-user-agents` is a JSON array of objects with a `pattern`
    /// each, `isbot` a script.
    pub fn new(list: &[u8], isbot: &[u8]) -> Self {
        let entries: Vec<Entry> = serde_json::from_slice(list)
            .expect("the list of robots inside the program is tested to be read");
        let patterns =
            read_isbot(isbot).expect("the script of robots inside the program is tested");
        let (looking, plain): (Vec<String>, Vec<String>) = patterns
            .into_iter()
            .filter(|pattern| is_used(pattern))
            .map(|pattern| for_rust(&pattern))
            .partition(|pattern| looks_around(pattern));
        let own = |words: &[&'static str], kind| {
            words.iter().map(move |words| (*words, kind)).collect::<Vec<_>>()
        };
        let named: Vec<(&str, RobotKind)> = own(MONITORS, RobotKind::Monitor)
            .into_iter()
            .chain(own(HEADLESS, RobotKind::Headless))
            .chain([(impossible::LIBRARIES, RobotKind::Impossible)])
            .chain([(ALSO_DECLARED, RobotKind::Declared)])
            .collect();
        Self {
            named: set(named.iter().map(|(words, _)| *words), true),
            kinds: named.iter().map(|(_, kind)| *kind).collect(),
            listed: [
                set(entries.iter().map(|entry| &entry.pattern).filter(|it| is_used(it)), false),
                set(plain.iter().map(String::as_str), true),
            ],
            loose: set(looking.iter().map(|pattern| without_looks(pattern)), true),
            looking: looking.iter().map(|pattern| looking_pattern(pattern)).collect(),
        }
    }

    /// What kind of robot this agent is, if it is one. Only its software is looked at (see
    /// [`without_device`]): words for robots are common in the names of telephones.
    ///
    /// [`without_device`]: crate::signal::anatomy::without_device
    pub fn kind(&self, software: &str) -> Option<RobotKind> {
        let software = software.trim();
        let bytes = software.as_bytes();
        // The first of the named kinds is the narrowest: a monitor may use a headless browser.
        if let Some(first) = self.named.matches(bytes).iter().next() {
            return Some(self.kinds[first]);
        }
        let listed = self.listed.iter().any(|set| set.is_match(bytes))
            || self.loose.matches(bytes).iter().any(|index| {
                // Looking around can take too many steps: then the agent is no robot of the list.
                self.looking[index].is_match(software).unwrap_or(false)
            });
        if listed {
            return Some(RobotKind::Declared);
        }
        impossible::is_impossible(software).then_some(RobotKind::Impossible)
    }
}

fn is_used(pattern: &str) -> bool {
    !LEFT_OUT.contains(&pattern)
}

fn set(patterns: impl Iterator<Item = impl AsRef<str>>, any_case: bool) -> RegexSet {
    RegexSetBuilder::new(patterns)
        .unicode(false)
        .case_insensitive(any_case)
        .size_limit(COMPILED_BYTES_MAX)
        .dfa_size_limit(COMPILED_BYTES_MAX)
        .build()
        .expect("the lists of robots inside the program are tested to compile")
}

fn looking_pattern(pattern: &str) -> fancy_regex::Regex {
    fancy_regex::RegexBuilder::new(pattern)
        .case_insensitive(true)
        .build()
        .expect("the lists of robots inside the program are tested to compile")
}

/// The array of patterns at the head of the script, which is written as JSON.
fn read_isbot(script: &[u8]) -> Option<Vec<String>> {
    let text = std::str::from_utf8(script).ok()?;
    let (_, after) = text.split_once("var patterns_default = ")?;
    let (array, _) = after.split_once("];")?;
    serde_json::from_str(&format!("{array}]")).ok()
}

/// The one spelling of JavaScript that Rust reads otherwise: a bare hyphen after a class.
fn for_rust(pattern: &str) -> String {
    pattern.replace(r"\d-.", r"\d\-.")
}

/// How the groups begin that look around without taking anything.
const LOOKS: [&str; 4] = ["(?!", "(?=", "(?<!", "(?<="];

fn looks_around(pattern: &str) -> bool {
    LOOKS.iter().any(|look| pattern.contains(look))
}

/// The pattern without the groups that look around: it matches all that the pattern matches, and
/// more.
fn without_looks(pattern: &str) -> String {
    let mut rest = pattern.to_owned();
    while let Some(start) = LOOKS.iter().filter_map(|look| rest.find(look)).min() {
        let mut depth = 0;
        let end = rest[start..].find(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth == 0
        });
        rest.replace_range(start..end.map_or(rest.len(), |end| start + end + 1), "");
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::anatomy::without_device;

    fn robots() -> Robots {
        Robots::new(
            include_bytes!("../../node_modules/crawler-user-agents/crawler-user-agents.json"),
            include_bytes!("../../node_modules/isbot/index.mjs"),
        )
    }

    fn kind_of(robots: &Robots, agent: &str) -> Option<RobotKind> {
        robots.kind(&without_device(agent))
    }

    #[test]
    fn each_kind_is_told_from_the_others() {
        let robots = robots();
        let chrome = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (agent, kind) in [
            (
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                RobotKind::Declared,
            ),
            (
                "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
                RobotKind::Monitor,
            ),
            ("Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)", RobotKind::Monitor),
            ("kube-probe/1.31", RobotKind::Monitor),
            ("ELB-HealthChecker/2.0", RobotKind::Monitor),
            ("check_http/v2.3 (monitoring-plugins 2.3)", RobotKind::Monitor),
            ("Blackbox Exporter/0.25.0", RobotKind::Monitor),
            (
                &format!(
                    "Mozilla/5.0 (X11; Linux x86_64) {chrome} HeadlessChrome/131.0.0.0 \
                Safari/537.36"
                ),
                RobotKind::Headless,
            ),
            (
                &format!(
                    "Mozilla/5.0 (X11; Linux x86_64) {chrome} HeadlessChrome/131.0.0.0 \
                Safari/537.36 DatadogSynthetics"
                ),
                RobotKind::Monitor,
            ),
            ("curl/8.11.0", RobotKind::Impossible),
            ("python-requests/2.32.3", RobotKind::Impossible),
            ("Java/21.0.2", RobotKind::Impossible),
            ("Go-http-client/2.0", RobotKind::Impossible),
            ("Mozilla/5.0", RobotKind::Declared),
            ("", RobotKind::Impossible),
        ] {
            assert_eq!(kind_of(&robots, agent), Some(kind), "{agent}");
        }
    }

    #[test]
    fn patterns_that_look_around_are_used() {
        let robots = robots();
        assert!(robots.looking.len() >= 3);
        let cubot = "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 (KHTML, like \
            Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";
        assert_eq!(robots.kind(cubot), None);
        assert!(robots.kind(&cubot.replace("CUBOT", "Robot")).is_some());
        assert_eq!(kind_of(&robots, &cubot.replace("CUBOT", "Robot")), None);
    }

    #[test]
    fn a_pattern_without_its_looks_is_looser() {
        assert_eq!(without_looks("(?<! a/|b/)google(?!(?:wv|app))"), "google");
        assert_eq!(without_looks("(?:^|[^g])news(?!sapphire)"), "(?:^|[^g])news");
    }

    #[test]
    fn what_is_left_out_of_the_lists_is_in_them() {
        let list: &[u8] =
            include_bytes!("../../node_modules/crawler-user-agents/crawler-user-agents.json");
        let entries: Vec<Entry> = serde_json::from_slice(list).unwrap();
        let mut patterns =
            read_isbot(include_bytes!("../../node_modules/isbot/index.mjs")).unwrap();
        patterns.extend(entries.into_iter().map(|entry| entry.pattern));
        for left in LEFT_OUT {
            assert!(patterns.iter().any(|pattern| pattern == left), "{left}");
        }
    }
}
