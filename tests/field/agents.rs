//! Who reads: agents and their devices (rows 24 and 26), and how many are right on lists that the
//! program does not use.

use std::collections::BTreeMap;

use parvis::signal::Agents;
use serde_json::Value;

use crate::clocked::{Clocked, folder_with_sites};
use crate::field::lists::{self, Listed, device_detector, fake_useragent, is_recent, user_agents};

const HOST: &str = "www.example.fr";

/// The demand: of recent browsers at most this share is lost as robots, in per cent.
const LOST_MAX: f64 = 0.05;

/// The demand: of recent tablets at least this share is called so, in per cent.
const TABLETS_MIN: f64 = 95.0;

/// Of recent televisions at least this share is called so, in per cent: boxes with a bare name
/// (`S700 MAX`) cannot be told from tablets.
const TELEVISIONS_MIN: f64 = 85.0;

/// Of recent phones at most this share becomes something else, in per cent.
const PHONES_LOST_MAX: f64 = 0.7;

const REST: &str = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";

fn agents() -> Agents {
    let bytes = |path: &str| lists::read(&format!("node_modules/{path}")).into_bytes();
    Agents::new(
        bytes("uap-core/regexes.yaml").into(),
        bytes("crawler-user-agents/crawler-user-agents.json").into(),
        bytes("isbot/index.mjs").into(),
    )
}

fn per_cent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

fn phone(name: &str) -> String {
    format!("Mozilla/5.0 (Linux; Android 8.0.0; {name}) {REST}")
}

#[test]
fn row_24_a_device_whose_name_holds_a_robots_word_is_a_phone() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-20T10:00:00Z");
    let names = [
        "M bot 60 Build/NRD90M; wv",
        "B BOT 550",
        "XBot_Senior Build/O11019",
        "ID bot 53+ Build/NRD90M",
        "CUBOT_P20",
        "IDbot553",
        "Spider X Build/PPR1.180610.011",
        "Catch 5",
        "CPH2655 Build/AP3A.240617.008",
        "PreViewer 9",
        "Robot",
        "Robot X30",
        "ROBOT Phone 2",
        "CRAWLER 7",
        "Crawler Build/QP1A.190711.020; wv",
        "Googlebot",
        "Bot",
        "SPIDER",
        "Headless 5G Build/TP1A.220624.014",
        "Monitor 3",
        "Selenium X",
        "Pingdom (2024)",
        "curl 12",
        "Wget Phone",
        "Screenshot S1",
        "Windows 98",
    ];
    for (number, name) in names.iter().enumerate() {
        let address = format!("198.51.100.{number}");
        let agent = phone(name);
        let headers = [("user-agent", agent.as_str()), ("x-forwarded-for", &address)];
        let body = format!(r#"{{"n":"pageview","u":"https://{HOST}/a"}}"#);
        let answer = service.post("/api/event", &headers, &body);
        assert_eq!((answer.status, answer.header("x-parvis-dropped")), (202, None), "{name}");
    }
    let path = format!("/admin/api/v1/sites/{HOST}/breakdown/device?period=today");
    let cookie = service.sign_in();
    crate::service::wait_until("all are counted as phones", || {
        let answer = service.get(&path, &[("cookie", &cookie)]);
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        let row = &body["rows"][0];
        row["device"] == "mobile" && row["visitors"].as_u64() == Some(names.len() as u64)
    });
}

#[test]
fn row_24_a_device_that_an_application_names_is_no_robot_either() {
    let agents = agents();
    for name in ["Robot", "CRAWLER 7", "Spider"] {
        for more in [
            format!(
                "Instagram 300.0.0.29 Android (29/10; 420dpi; 1080x2220; {name}; {name}; fr_FR)"
            ),
            format!("[FBAN/EMA;FBLC/fr_FR;FBMF/{name};FBBD/{name};FBDV/{name};FBSV/10]"),
        ] {
            let agent = format!("{} {more}", phone(&format!("{name} Build/QP1A.190711.020; wv")));
            assert_eq!(agents.software(&agent).robot, None, "{agent}");
        }
    }
}

#[test]
fn row_24_a_robot_on_a_phone_stays_a_robot() {
    let agents = agents();
    for robot in [
        phone("some-bot/2.1"),
        phone("compatible; any bot"),
        phone("Nexus 5X; Googlebot"),
        phone("Robot; +http://example.org/robot"),
        phone("crawler@example.org"),
        phone("Nexus 5X +http://example.org/bot.html"),
        format!("{} (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", phone("A1")),
        format!("{} Chrome-Lighthouse", phone("moto g power (2022)")),
        "Mozilla/5.0 (X11; Linux x86_64; my bot) Gecko/20100101 Firefox/131.0".to_owned(),
    ] {
        assert!(agents.software(&robot).robot.is_some(), "{robot}");
    }
}

#[test]
fn browsers_and_systems_have_the_names_of_their_makers() {
    let agents = agents();
    let chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";
    let on = |end: &str| format!("Mozilla/5.0 (Linux; Android 14; A1) {chrome} {end}");
    for (agent, browser, system) in [
        (on("(Ecosia android@101.0.4951.41)"), "Ecosia 101", "Android 14"),
        (on("YaSearchBrowser/23.94.1"), "Yandex Browser 23", "Android 14"),
        (on("OPX/3.3"), "Opera GX 3", "Android 14"),
        (on("Quark/7.9.7.782"), "Quark 7", "Android 14"),
        (
            "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) \
             Chrome/94.0.4606.128 Safari/537.36"
                .to_owned(),
            "Chrome 94",
            "webOS",
        ),
    ] {
        let software = agents.software(&agent);
        assert_eq!(software.browser.as_deref(), Some(browser), "{agent}");
        assert_eq!(software.system.as_deref(), Some(system), "{agent}");
    }
    let of_maker = "Mozilla/5.0 (Linux; U) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/104.0.0.0 \
        HbbTV/1.6.1 (+DRM; Sony; KD-55; v1; ; )";
    let system = agents.software(of_maker).system_family.clone();
    assert!(
        !matches!(system.as_deref(), Some("Sony" | "Samsung" | "LG" | "Panasonic")),
        "{system:?}"
    );
}

#[test]
fn row_26_the_methodology_says_what_an_ipad_is_counted_as() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-20T10:00:00Z");
    for language in ["fr", "en"] {
        let page = service.get(&format!("/{language}/methodology"), &[]).body;
        assert!(page.contains("iPad"), "{language}");
    }
}

#[test]
fn of_recent_browsers_nearly_none_are_lost() {
    let agents = agents();
    for (name, list) in
        [("device_detector", device_detector()), ("fake-useragent", fake_useragent())]
    {
        let recent: Vec<&Listed> = list.iter().filter(|one| is_recent(&one.agent)).collect();
        let is_lost = |one: &&&Listed| agents.software(&one.agent).robot.is_some();
        let lost: Vec<&str> = recent.iter().filter(is_lost).map(|one| one.agent.as_str()).collect();
        let share = per_cent(lost.len(), recent.len());
        let report =
            format!("{name}: {share:.3} % of {} are lost:\n{}", recent.len(), lost.join("\n"));
        println!("{report}");
        assert!(recent.len() > 5_000, "the list has shrunk: {report}");
        assert!(share <= LOST_MAX, "{report}");
    }
}

#[test]
fn recent_devices_are_of_their_class() {
    let agents = agents();
    for (name, list) in [
        ("device_detector", device_detector()),
        ("fake-useragent", fake_useragent()),
        ("user-agents", user_agents()),
    ] {
        let mut classes: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for one in list.iter().filter(|one| is_recent(&one.agent)) {
            let said = match one.device.as_str() {
                "smartphone" => "mobile",
                said => said,
            };
            *classes.entry((said, agents.software(&one.agent).device)).or_default() += 1;
        }
        println!("{name}: {classes:?}");
        let share = |said: &str| {
            let of_class = classes.iter().filter(|((one, _), _)| *one == said);
            let all: usize = of_class.map(|(_, count)| count).sum();
            let right = classes.get(&(said, said)).copied().unwrap_or(0);
            (all > 0).then(|| per_cent(right, all))
        };
        let tablets = share("tablet").unwrap();
        assert!(tablets >= TABLETS_MIN, "{name}: {tablets:.1} % of tablets");
        let phones = share("mobile").unwrap();
        assert!(phones >= 100.0 - PHONES_LOST_MAX, "{name}: {phones:.1} % of phones");
        let televisions = share("tv").unwrap_or(100.0);
        assert!(televisions >= TELEVISIONS_MIN, "{name}: {televisions:.1} % of televisions");
    }
}
