//! Agents that no browser sends: programming libraries, versions that do not exist, systems that
//! contradict the browser.
//!
//! The rules say only what cannot be. What is merely rare passes: a browser's name that nobody
//! knows, an old version, a word at the end (Brave on iPhones says `Brave` there).

/// The clients of programming languages and systems, in small letters and anchored at the start,
/// where they name themselves. `CFNetwork` and `Dalvik` are what Apple's and Android's systems say
/// for programs that show no page.
pub const LIBRARIES: &str = "^(?:curl|wget|libcurl|pycurl|python|aiohttp|httpx|urllib|java|jdk\
    |jakarta|apache-httpclient|okhttp|retrofit|go-http|go-resty|fasthttp|axios|node|undici|got[ /]\
    |superagent|deno|bun/|php|guzzle|symfony|ruby|faraday|typhoeus|rest-client|libwww|lwp|perl\
    |reqwest|hyper/|ureq|dart|alamofire|dalvik|cfnetwork|powershell|winhttp|wininet|insomnia\
    |postman|httpie|scrapy|mechanize|zend|reactornetty|spring|vert\\.x|jersey|unirest|restsharp\
    |erlang|hackney|elixir|lua-resty|grpc|k6/|jmeter|siege|vegeta|wrk|apachebench|boto)\
    |cfnetwork/|windowspowershell/";

/// Shortest agent that can be one, in bytes: `Opera/9.80 (X11)` names a product, its version and
/// a system.
const AGENT_BYTES_MIN: usize = 16;

/// Newest version of Chrome, Edge or Firefox that is believed. They stand at 155 in November 2026
/// and gain at most 26 a year, so that 500 leaves this program thirteen years without an update.
const MAJOR_MAX: u32 = 500;

/// What the engine of the first Firefox, 0.8 to 0.10, wrote: the day it was built.
const FIRST_FIREFOX: &str = " Gecko/200";

/// Newest version of Safari that is believed: it follows the year (27 is of the autumn of 2026).
const SAFARI_MAJOR_MAX: u32 = 60;

/// From these versions on Chrome and Firefox ran on none of [`OLD_SYSTEMS`]: Chrome 50 asked for
/// Windows 7, Firefox 53 for the same. Ten more, because forks lag behind.
const MODERN_MAJOR_MIN: u32 = 60;

/// Systems that no version of Chrome ever supported, nor Firefox since 2008.
const OLD_SYSTEMS: &[&str] = &[
    "Windows 95",
    "Windows 98",
    "Win 9x",
    "Win95",
    "Win98",
    "Windows NT 4",
    "Windows CE",
    "Windows 3.",
    "PPC Mac OS",
    "Mac_PowerPC",
];

/// Parts that every engine puts into its agent; after `Mozilla/5.0` one of them must follow. A bare
/// `Chrome/` or `Firefox/` is let pass: the first is among the hundred most common agents that
/// `top-user-agents` counts, and who sends it can still be told by what Chrome's requests carry.
const ENGINES: &[&str] = &[
    "gecko",
    "webkit",
    "khtml",
    "trident",
    "msie",
    "presto",
    "opera",
    "netfront",
    "goanna",
    "servo",
    "ladybird",
    "icab",
    "dillo",
    "konqueror",
    "series40",
    "series60",
    "symbian",
    "smart-tv",
    "chrome/",
    "firefox/",
    "kindle",
];

/// Marks of the browsers of old telephones and of text browsers, which do not begin with
/// `Mozilla` or `Opera` as all others do.
const OTHER_BROWSERS: &[&str] = &[
    "midp",
    "profile/",
    "browser",
    "wap",
    "obigo",
    "teleca",
    "netfront",
    "maui",
    "blackberry",
    "ucweb",
    "nokia",
    "samsung",
    "mot-",
    "sonyericsson",
    "opera",
    "lg-",
    "lynx",
    "links",
    "w3m",
    "dillo",
    "symbian",
    "mozilla",
];

/// The families that wrote `compatible` into their agents. Everybody else who does is a robot.
const COMPATIBLE: &[&str] = &["msie", "konqueror", "trident", "opera", "omniweb", "antfresco"];

/// Browsers that name themselves without a version, Tesla's and KDE's; and telephones, which put
/// `Mobile` there.
const UNVERSIONED: &[&str] = &["mobile", "qtcarbrowser", "rekonq"];

/// Does no browser send this?
pub fn is_impossible(agent: &str) -> bool {
    let agent = agent.trim();
    let small = agent.to_ascii_lowercase();
    is_no_form(&small) || has_no_such_version(agent) || contradicts_itself(agent)
}

/// Has it not the form of a browser's agent?
fn is_no_form(small: &str) -> bool {
    let names_any = |words: &[&str]| words.iter().any(|word| small.contains(word));
    let begins_as_usual = small.starts_with("mozilla/") || small.starts_with("opera/");
    if small.len() < AGENT_BYTES_MIN {
        return true;
    }
    if !begins_as_usual {
        return !names_any(OTHER_BROWSERS);
    }
    let lacks_engine = small.starts_with("mozilla/5") && !names_any(ENGINES);
    // Some firms put their own word and `compatible` into the agents of whole browsers.
    let is_whole =
        names_any(&["gecko/", "webkit/"]) && names_any(&["windows nt", "mac os x", "linux"]);
    let is_compatible = small.contains("(compatible;") && !is_whole && !names_any(COMPATIBLE);
    // A WebKit that names its program without a version is a library in somebody's program.
    let names_program = small.split_once("like gecko) ").is_some_and(|(_, rest)| {
        rest.split_once(" safari/").is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphabetic())
        })
    });
    !small.contains('(')
        || lacks_engine
        || is_compatible
        || (names_program && !names_any(UNVERSIONED))
}

fn has_no_such_version(agent: &str) -> bool {
    let beyond = |product, major_max| {
        major(agent, product).is_some_and(|major| major == 0 || major > major_max)
    };
    beyond(" Chrome/", MAJOR_MAX)
        || beyond(" Edg/", MAJOR_MAX)
        || (beyond(" Firefox/", MAJOR_MAX) && !agent.contains(FIRST_FIREFOX))
        || (agent.contains("Mac OS X") && beyond(" Version/", SAFARI_MAJOR_MAX))
}

fn contradicts_itself(agent: &str) -> bool {
    let is_modern = [" Chrome/", " Firefox/", " Edg/"]
        .iter()
        .any(|product| major(agent, product).is_some_and(|major| major >= MODERN_MAJOR_MIN));
    let is_old = OLD_SYSTEMS.iter().any(|system| agent.contains(system));
    let names_two = agent.contains("(Windows NT") && agent.contains("; Android");
    (is_modern && (is_old || agent.contains("MSIE "))) || names_two
}

/// The major version after a product's name. One that is no number counts as 0; one that is too
/// long for a number is beyond every bound.
fn major(agent: &str, product: &str) -> Option<u32> {
    let (_, rest) = agent.split_once(product)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    Some(if digits == 0 { 0 } else { rest[..digits].parse().unwrap_or(u32::MAX) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEBKIT: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";

    #[test]
    fn versions_that_do_not_exist_are_impossible() {
        let chrome = |major: &str| {
            is_impossible(&format!(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/{major}.0.0.0 \
                 Safari/537.36"
            ))
        };
        assert!(["0", "501", "99999999999", "x"].into_iter().all(chrome));
        assert!(!["1", "155", "500"].into_iter().any(chrome));
        let safari = |major: u32| {
            is_impossible(&format!(
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, \
                 like Gecko) Version/{major}.0 Safari/605.1.15"
            ))
        };
        assert!(safari(61) && !safari(27));
        let firefox = |major: u32| {
            is_impossible(&format!(
                "Mozilla/5.0 (X11; Linux x86_64; rv:{major}.0) Gecko/20100101 Firefox/{major}.0"
            ))
        };
        assert!(firefox(0) && firefox(700) && !firefox(156));
    }

    #[test]
    fn a_modern_browser_on_a_system_it_never_ran_on_is_impossible() {
        for system in ["Windows 98", "Windows NT 4.0", "Macintosh; U; PPC Mac OS X"] {
            let agent = format!("Mozilla/5.0 ({system}) {WEBKIT} Chrome/120.0.0.0 Safari/537.36");
            assert!(is_impossible(&agent), "{agent}");
        }
        // Forks still run on Windows XP.
        let fork = "Mozilla/5.0 (Windows NT 5.1) AppleWebKit/537.36 (KHTML, like Gecko) \
            Chrome/122.0.0.0 Safari/537.36";
        assert!(!is_impossible(fork));
    }

    #[test]
    fn what_has_not_the_form_of_an_agent_is_impossible() {
        for agent in [
            "",
            "Mozilla/5.0",
            "Mozilla/5.0 Chrome/131.0 Safari/537.36",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
            "Mozilla/5.0 (compatible; something)",
            "Mozilla/5.0 (compatible; Something/1.0; +contact) AppleWebKit/537.36 (KHTML, like \
             Gecko) Chrome/124.0 Safari/537.36",
            "MyProgram/1.0 (x86_64)",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/534.34 (KHTML, like Gecko) picture \
             Safari/534.34",
        ] {
            assert!(is_impossible(agent), "{agent}");
        }
    }

    #[test]
    fn rare_browsers_are_possible() {
        for agent in [
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, \
             like Gecko) Version/27.0 Mobile/15E148 Safari/604.1 Brave",
            "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
            "Opera/9.80 (X11; Linux zbov) Presto/2.11.355 Version/12.10",
            "Nokia6300/2.0 (04.20) Profile/MIDP-2.0 Configuration/CLDC-1.1",
            "Lynx/2.8.9rel.1 libwww-FM/2.14 SSL-MM/1.4.1",
            "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
        ] {
            assert!(!is_impossible(agent), "{agent}");
        }
    }
}
