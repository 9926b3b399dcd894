//! The parts of a browser's agent: what it says of the device, and all the rest.

use std::borrow::Cow;

/// How the agents of browsers on Android begin; the device stands inside these brackets.
const ANDROID_BEGINS: [&str; 2] = ["Mozilla/5.0 (Linux", "Mozilla/5.0 (Android"];

/// What makes a part of the brackets more than the name of a device, in small letters: an address
/// of the web or of mail, as robots give it.
const DECLARATIONS: [&str; 3] = ["http", "@", "www."];

/// Where applications name the device and its maker once more: what stands before, and what ends
/// it. Facebook's write `[FBAN/EMA;FBDV/SM-A105F;…]`, Instagram's `Android (29/10; …; SM-A105F)`.
const NAMED_BY_APPLICATIONS: [(&str, &[char]); 4] = [
    ("FBDV/", &[';', ']']),
    ("FBMF/", &[';', ']']),
    ("FBBD/", &[';', ']']),
    (" Android (", &[')']),
];

/// Does this stand in the agent's first brackets among the parts that name no device?
fn is_usual(part: &str) -> bool {
    let part = part.trim();
    let is_language = part.len() <= 10
        && part.split(['-', '_']).all(|one| {
            (2..=4).contains(&one.len()) && one.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
        && part.starts_with(|first: char| first.is_ascii_lowercase());
    is_language
        || matches!(part, "U" | "wv" | "arm" | "arm_64" | "x86" | "x86_64" | "Mobile" | "Tablet")
        || part.starts_with("Linux")
        || part.starts_with("Android")
        || part.starts_with("rv:")
}

/// The agent's first brackets, without them: where it says on what it runs. Brackets inside are
/// part of it (`moto g (60)`).
pub fn comment(agent: &str) -> &str {
    let Some(start) = agent.find('(') else { return "" };
    let inside = &agent[start + 1..];
    let mut depth = 1;
    let end = inside.find(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth == 0
    });
    &inside[..end.unwrap_or(inside.len())]
}

/// The name of the device in the agent's first brackets, without the number of its build. Devices
/// with Android write it (`SM-T510`, `Xiaomi Pad 6`); others have no such part.
pub fn device_name(agent: &str) -> String {
    let parts = comment(agent).split(';').filter(|part| !is_usual(part));
    let names: Vec<&str> = parts
        .map(|part| part.split_once("Build/").map_or(part, |(name, _)| name).trim())
        .filter(|name| !name.is_empty())
        .collect();
    names.join("; ")
}

/// The agent of a browser on Android without what names its device and that device's build. Makers
/// choose those freely (`B BOT 550`, `CRAWLER 7`, `Build/AP3A.240617.008`), so they say nothing of
/// who reads. A part that declares a robot, by an address or `name/version`, stays, and so does
/// what follows the name: a device has one.
pub fn without_device(agent: &str) -> Cow<'_, str> {
    let is_browser = ANDROID_BEGINS.iter().any(|begin| agent.starts_with(begin))
        && (agent.contains("WebKit/") || agent.contains("Gecko/"));
    let inside = comment(agent);
    // No browser on Android says `compatible`: a robot does, and its name stands in a part beside.
    if !is_browser || !inside.contains("Android") || inside.contains("compatible") {
        return Cow::Borrowed(agent);
    }
    let declares = |part: &str| {
        let small = part.to_ascii_lowercase();
        let versioned = small.contains('/') && !small.contains("build/");
        versioned || DECLARATIONS.iter().any(|word| small.contains(word))
    };
    let mut has_name = false;
    let mut is_kept = |part: &&str| {
        if is_usual(part) || declares(part) {
            return true;
        }
        let has_build = part.contains("Build/");
        let is_name = has_build || !has_name;
        has_name |= is_name;
        !is_name
    };
    let kept: Vec<&str> = inside.split(';').filter(|part| is_kept(part)).collect();
    let mut software = agent.replacen(inside, &kept.join(";"), 1);
    for (mark, ends) in NAMED_BY_APPLICATIONS {
        if let Some(start) = software.find(mark).map(|at| at + mark.len()) {
            let end = software[start..].find(ends).map_or(software.len(), |end| start + end);
            software.replace_range(start..end, "");
        }
    }
    Cow::Owned(software)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str =
        "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";

    #[test]
    fn the_device_is_what_the_system_and_the_language_are_not() {
        for (inside, name) in [
            ("Linux; Android 15; CPH2655 Build/AP3A.240617.008", "CPH2655"),
            (
                "Linux; U; Android 13; ru-ru; Xiaomi Pad 6 Pro Build/TKQ1.221114.001",
                "Xiaomi Pad 6 Pro",
            ),
            ("Linux; Android 11; moto g (60) Build/R1; wv", "moto g (60)"),
            ("Linux; arm_64; Android 13; Hi10 XPro", "Hi10 XPro"),
            ("Linux; Android 10", ""),
            ("Android 14; Mobile; rv:131.0", ""),
        ] {
            assert_eq!(device_name(&format!("Mozilla/5.0 ({inside}) {REST}")), name, "{inside}");
        }
        assert_eq!(device_name("no brackets"), "");
    }

    #[test]
    fn the_device_is_taken_out_and_a_declaration_stays() {
        let rest =
            |inside: &str| without_device(&format!("Mozilla/5.0 ({inside}) {REST}")).into_owned();
        assert_eq!(
            rest("Linux; Android 8.0.0; B BOT 550"),
            format!("Mozilla/5.0 (Linux; Android 8.0.0) {REST}")
        );
        assert_eq!(
            rest("Linux; Android 7.0; M bot 60 Build/NRD90M; wv"),
            format!("Mozilla/5.0 (Linux; Android 7.0; wv) {REST}")
        );
        for name in ["Robot", "ROBOT Phone 2", "CRAWLER 7 Build/X1", "Headless 5", "Googlebot"] {
            let expected = format!("Mozilla/5.0 (Linux; Android 8.0.0; wv) {REST}");
            assert_eq!(rest(&format!("Linux; Android 8.0.0; {name}; wv")), expected);
        }
        let agent = |name: &str| {
            format!(
                "Mozilla/5.0 (Linux; Android 10; {name} Build/Q; wv) {REST} Instagram 300.0 \
                 Android (29/10; {name}; {name}; fr_FR) [FBAN/EMA;FBMF/{name};FBDV/{name};\
                 FBBD/{name};FBSV/10]"
            )
        };
        assert!(!without_device(&agent("Crawler")).contains("Crawler"));
        assert!(without_device(&agent("A1")).contains("Instagram 300.0"));
        for declared in
            ["some-bot/2.1", "bot +http://example.org/", "compatible; x bot", "A1; Googlebot"]
        {
            let rest = rest(&format!("Linux; Android 8.0.0; {declared}"));
            assert!(rest.contains(declared.trim_start_matches("A1; ")), "{declared}");
        }
        let other = "Mozilla/5.0 (X11; Linux x86_64; spider) Gecko/20100101 Firefox/131.0";
        assert_eq!(without_device(other), other);
    }
}
