//! The class of device behind an agent: desktop, mobile, tablet, television or console.
//!
//! Browsers agree on `Mobile` for phones, and Android without it is a tablet (MDN, "Browser
//! detection using the user agent"). Many tablets say `Mobile` all the same, and televisions say
//! anything: those are known by the name of the device, as its maker documents it.

use regex::bytes::{RegexSet, RegexSetBuilder};

use crate::signal::anatomy::{comment, device_name};

/// Every class.
pub const DEVICE_CLASSES: [&str; 5] = [DESKTOP, MOBILE, TABLET, TELEVISION, CONSOLE];

const DESKTOP: &str = "desktop";
const MOBILE: &str = "mobile";
const TABLET: &str = "tablet";
const TELEVISION: &str = "tv";
const CONSOLE: &str = "console";

/// Game consoles, and the handheld ones.
const CONSOLES: &[&str] = &[
    "playstation|\\bxbox|nintendo|steam deck|\\bpsp\\b|\\bwii\\b|\\bouya\\b|steam tenfoot",
    "retroid pocket",
];

/// What televisions and the boxes beside them write, anywhere in the agent.
const TELEVISIONS: &[&str] = &[
    // Standards and systems: HbbTV, CE-HTML, LG's webOS (`Web0S`) and NetCast, Samsung's Tizen.
    "hbbtv|ce-html|\\bweb0s\\b|webos\\.tv|netcast|smart-?tv|smart ?hub|vidaa|tivoos|whaleos",
    // Makers and products.
    "bravia|google ?tv|crkey|chromecast|apple ?tv|\\broku\\b|philipstv|aquos-?tv|nettv|inettv",
    "\\bmi ?tv|\\bmi ?box|beyondtv|shield android|nexus player|android ?tv|opera ?tv|\\bomi/[0-9]",
    "set-top|\\bstb\\b|\\bpov_tv|large screen|\\bviera\\b|fire ?tv|\\baft[a-z0-9]{1,10}\\b",
    "tv[ _-]?box|[ ;(_]tv[ ;)_/-]|[a-z]tv[0-9]{2}|\\bntv-",
    // Android's own mark: the second letter of a build's number is its branch, `T` of televisions.
    "build/[n-z]t[a-z][0-9a-z]\\.[0-9]",
];

/// Names of televisions, boxes and sticks with Android. A television's begins with its diagonal in
/// inches.
const TELEVISION_NAMES: &[&str] = &[
    "(?:^|[^0-9a-z.])(?:19|22|24|28|32|39|40|42|43|48|49|50|55|58|60|65|70|75|77|82|83|85|86|98\
     |100)(?:[a-z]{1,6}-?[0-9]{1,5}|[a-z]{2}-)",
    "(?:^|[_ -])(?:[cfhnu]|hc|t[adq]|mlt)(?:24|32|42|43|50|55|65|75)[a-z]{1,6}[0-9]",
    "\\b(?:led|uhd)-?[0-9]{2}|[0-9]{2}yuhd|uhd-",
    "box\\b|[a-z]box[- ]|\\bdongle\\b|\\bstick\\b|\\bformuler|\\bzidoo|\\bugoos|\\bbeelink",
    "\\b(?:tanix|evpad|tvip|selenga|vontar|me-?cool|nexon|sei[0-9]{3}|yndx-000[0-9]{2})",
    "\\btx[0-9] ?(?:mini|pro|max|plus)|\\bt9[56](?:mini|max|z)|\\b[hx]96|\\bx88|\\ba95x|\\bmxq",
];

/// Names of tablets that say `Mobile`, as phones do.
const TABLET_NAMES: &[&str] = &[
    // They say so; a Coolpad and a PadFone are phones.
    "tab(?:[^aeiloru]|let|$)|(?:^|[^lmt ]|[_ -])pad(?:[^fmtu]|$)",
    // Samsung, Lenovo, Amazon.
    "\\bsm-[txp][0-9]{3}|\\bgt-p[0-9]{4}|\\bgt-n8[0-9]{3}|\\btb[0-9]?-|\\btb[0-9]{3}[a-z]{2}\\b",
    "\\blenovo yt-|\\bkf[a-z]{3,5}\\b",
    // Huawei and Honor: `W` and two digits is a device without a telephone.
    "\\b[a-z]{3}[a-z0-9]{0,2}-w[0-9]{2}\\b",
    "\\b(?:ags|bah|kob|jdn|btv|cpn|scmr?|mrx|dby|bzt|bza|eln|jms|ndl|hey|got|agr|agm|cmr|sht|vrd\
     |bz[kwd]|wgr)[0-9]?k?-",
    // Xiaomi (`RP` after the date of the model), vivo, OPPO and OnePlus, realme.
    "\\b[0-9]{4,5}[a-z]?rp[a-z0-9]{2,3}\\b|\\b22081283[cg]\\b|\\b2105118[12][cg]\\b|\\bm2105k81",
    "\\bi?pa2[0-9]{3}\\b|\\bopd[0-9]{4}|\\brmp[0-9]{4}",
    // Alcatel and TCL, whose names are numbers; Digma.
    "(?:^|; )(?:80[6-9][0-9]|84[0-9]{2}|90[36][0-9]|91[36][0-9]|946[0-9])[a-z]?(?:_[a-z]+)?$",
    "\\b[thwps]s[0-9]{4}(?:pl|pg|mg|ml|rw|aw)\\b|\\b[td]a[0-9][a-z][0-9][pm][0-9]{2}\\b",
    "\\boptima [0-9p]|\\boptima_p|\\bciti (?:[0-9]{4}|kids)",
    // Teclast, and others that add where they may be sold.
    "\\b(?:[pmt][0-9]{2}(?:hd|s|t|h|pro|plus|air|_plus|pro_w|hd_t)*|[stm][0-9]{2,3}|z1|kt[0-9]{4})\
     [_-](?:eea|row)$|\\bm50(?:hd|plus)?$|^p30t$",
    // Alldocube, Chuwi, Doogee, Oukitel, Blackview, Kenshi and others with a line of names.
    "\\biplay ?_?[0-9]|\\bhi10\\b|\\bokt[0-9]|\\brt[0-9]\\b",
    "\\bt10(?:e|plus|k|max|pro|k?_plus|s)\\b",
    "\\bt20(?:mini|s|ultra|max)|\\bt30(?:ultra|pro|max|s|se)\\b|\\bmega [0-9]",
    "\\bactive 10|\\bkenshi",
    "^e1[12]$|\\bkt[0-9]{3}pro|\\bwo [0-9]|elite ?(?:octa|t10)|\\bteo(?:x|8)",
    "\\blw[0-9]{3}\\b|_wifi\\b",
    "\\bm(?:7|8|10)l? ?_?(?:pl|pr|4g|2022)|\\bi1[01]_p|\\btecno p[0-9]{3}|\\bitel w7|\\bt81n",
    "\\bdslide|\\bmid[ _-]?[0-9]|\\btpc[_ ]?[0-9]|\\bpmt[0-9]{4}|\\btdt[0-9]{4}",
    "\\balfa_?[0-9]{1,2}[^0-9]",
    "\\beagle_[0-9]{3}|\\blavie t|\\bptb[0-9]|\\bmagnet_g|\\bpixus_[ad]|\\btel-1[0-9]{3}",
    "\\bnet_[rk][0-9]",
    "\\bhanson|\\bcontixo|\\balgiz|\\bst[0-9]{5}\\b|\\bg[12]000\\b|\\bx10mt|\\bgk133",
    "\\bmbk-t|\\bu1005",
    // Google, Motorola, Barnes & Noble, Onyx, Acer, Asus.
    "\\bnexus (?:7|9|10)\\b|pixel c\\b|\\bxoom\\b|\\bbntv|\\bboox|\\ba1-8[0-9]{2}",
    "\\bb[13]-[a7][0-9]{2}",
    "\\biconia|\\btransformer|\\bacer one [0-9]",
];

/// What Yandex's applications write on tablets.
const YANDEX_TABLET: &str = "/apad";

/// The compiled rules.
pub struct Devices {
    consoles: RegexSet,
    televisions: RegexSet,
    television_names: RegexSet,
    tablet_names: RegexSet,
}

impl Devices {
    /// Compiles the rules.
    pub fn new() -> Self {
        Self {
            consoles: set(CONSOLES),
            televisions: set(TELEVISIONS),
            television_names: set(TELEVISION_NAMES),
            tablet_names: set(TABLET_NAMES),
        }
    }

    /// `desktop`, `mobile`, `tablet`, `tv` or `console`. What says nothing is a desktop.
    pub fn class(&self, agent: &str) -> &'static str {
        let bytes = agent.as_bytes();
        if self.consoles.is_match(bytes) {
            return CONSOLE;
        }
        // Old versions of Windows name a component for pens so; the computers have a keyboard.
        if agent.contains("Tablet PC") && agent.contains("Windows") {
            return DESKTOP;
        }
        if self.televisions.is_match(bytes) {
            return TELEVISION;
        }
        // Makers of boxes write it with a zero, too.
        let is_android = agent.contains("Android") || comment(agent).contains("Andr0id");
        let name = if is_android { device_name(agent) } else { String::new() };
        if is_android && self.television_names.is_match(name.as_bytes()) {
            return TELEVISION;
        }
        if agent.contains("iPad") || agent.contains("Tablet") {
            return TABLET;
        }
        if agent.contains("Mobi") || agent.contains("iPhone") {
            let is_tablet = is_android
                && (self.tablet_names.is_match(name.as_bytes()) || agent.contains(YANDEX_TABLET));
            return if is_tablet { TABLET } else { MOBILE };
        }
        if is_android { TABLET } else { DESKTOP }
    }
}

fn set(patterns: &[&str]) -> RegexSet {
    RegexSetBuilder::new(patterns)
        .unicode(false)
        .case_insensitive(true)
        .build()
        .expect("the rules of this file are tested to compile")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class_of(inside: &str, mark: &str) -> &'static str {
        let agent = format!(
            "Mozilla/5.0 ({inside}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 \
             {mark}Safari/537.36"
        );
        Devices::new().class(&agent)
    }

    #[test]
    fn tablets_that_name_themselves_are_tablets_and_phones_stay_phones() {
        for name in ["TB-X605L", "SM-T505", "SM-X216B", "KFTRWI", "Tab 16 Pro", "Xiaomi Pad 6"] {
            assert_eq!(
                class_of(&format!("Linux; Android 13; {name}"), "Mobile "),
                "tablet",
                "{name}"
            );
        }
        for name in ["SM-G991B", "CPH2655", "Coolpad 7296", "M bot 60", "Pixel 8", "LE2113"] {
            assert_eq!(
                class_of(&format!("Linux; Android 13; {name}"), "Mobile "),
                "mobile",
                "{name}"
            );
        }
        assert_eq!(class_of("Linux; Android 13; SM-G991B", ""), "tablet");
        assert_eq!(class_of("iPad; CPU OS 18_0 like Mac OS X", "Mobile/15E148 "), "tablet");
    }

    #[test]
    fn televisions_and_consoles_have_classes_of_their_own() {
        for inside in [
            "Web0S; Linux/SmartTV",
            "SMART-TV; Linux; Tizen 6.0",
            "Linux; Android 9; AFTTI43",
            "Linux; Android 11; 43F690TS Build/RP1A.200720.011; wv",
            "Linux; Android 12; BRAVIA 4K VH2",
            "Linux; Android 11; 4K Google TV Stick Build/RTT0.210618.003; wv",
        ] {
            assert_eq!(class_of(inside, "Mobile "), "tv", "{inside}");
            assert_eq!(class_of(inside, ""), "tv", "{inside}");
        }
        assert_eq!(class_of("Linux; Android 13; SMART TAB 4G", "Mobile "), "tablet");
        assert_eq!(class_of("PlayStation; PlayStation 5/6.00", ""), "console");
        assert_eq!(class_of("Windows NT 10.0; Win64; x64; Xbox; Xbox One", ""), "console");
    }

    #[test]
    fn a_windows_with_a_pen_is_a_desktop() {
        let agent =
            "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Trident/7.0; Tablet PC 2.0)";
        assert_eq!(Devices::new().class(agent), "desktop");
    }
}
