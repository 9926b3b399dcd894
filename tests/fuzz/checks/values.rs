//! What is kept of a request, whatever it said.

use std::net::IpAddr;
use std::sync::LazyLock;

use jiff::Timestamp;
use parvis::collect::Meaning;
use parvis::dimension::{self, ALL, BETWEEN, DIRECT, Exposure, PAGE, Subject, UNKNOWN};
use parvis::model::{Host, KindOfHit, Profile, Random, Site, SiteId, Zone};
use parvis::privacy::{
    Arrival, PastKeys, QUERY_BYTES_MAX, Raw, RawError, Sealing, URL_BYTES_MAX, Values, seal,
};
use parvis::signal::{PRIVATE, Tables};

/// The reader's address and agent: marked, so that nothing invented holds them.
const ADDRESS: &str = "2a01:cb00:7e57:5eed:ab1e:b5c:4f3a:d00d";
const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0 \
    Trace/9f1c77b2a0e4";

/// What betrays them, in small letters.
const TRACES: [&str; 4] = ["7e57:5eed", "4f3a:d00d", "trace/", "9f1c77b2a0e4"];

/// An escape of three letters stands for one byte, and the word for what was taken out for two.
const ESCAPED_TIMES: usize = 5;

/// Longest value: a page's path with all that a site keeps of its query, and a title.
const VALUE_BYTES_MAX: usize = ESCAPED_TIMES * (URL_BYTES_MAX + QUERY_BYTES_MAX) + 2 * 150;

/// So many digits in a row may name somebody.
const DIGITS_IN_ROW_MIN: usize = 6;

/// How our own words begin; nobody else's do.
const OWN_WORDS: [&str; 5] = [":redacted", UNKNOWN, DIRECT, PRIVATE, ":address"];

static TABLES: LazyLock<Tables> = LazyLock::new(crate::tables::read);

static SITES: LazyLock<[Site; 2]> =
    LazyLock::new(|| [Profile::Exempt, Profile::Extended].map(site));

fn site(profile: Profile) -> Site {
    let host = Host::parse("www.example.fr").unwrap();
    let mut site = Site::new(SiteId(1), host, Zone::named("UTC").unwrap());
    site.aliases = vec![Host::parse("example.fr").unwrap()];
    site.query_kept = ["page", "q", "é"].map(str::to_owned).to_vec();
    site.rules.profile = profile;
    site.rules.sections = vec!["/services/".to_owned()];
    site.rules.search_parameters = ["s", "q"].map(str::to_owned).to_vec();
    site.rules.features = vec!["print".to_owned()];
    site
}

/// One site of each profile.
pub fn sites() -> &'static [Site; 2] {
    &SITES
}

fn raw(arrival: Arrival<'_>) -> Result<Raw, RawError> {
    let address: IpAddr = ADDRESS.parse().unwrap();
    Raw::new(address, AGENT.to_owned(), arrival)
}

fn values(site: &Site, raw: &Raw, meaning: &Meaning) -> Values {
    dimension::values(&Subject {
        raw,
        site,
        kind: meaning.kind,
        deed: meaning.deed.as_ref(),
        software: &raw.software(&TABLES.agents),
        tables: &TABLES,
    })
}

/// Checks all that is kept of a request of this meaning, if its page is the site's; tells what it
/// was.
pub fn check(site: &Site, arrival: Arrival<'_>, meaning: &Meaning, key: Option<&str>) -> Values {
    let Ok(read) = raw(arrival) else { return Values::new() };
    if !site.answers_to(read.page_host()) {
        return Values::new();
    }
    let values = values(site, &read, meaning);
    for (place, value) in &values {
        check_value(site, usize::from(*place), value);
    }
    let received = Timestamp::UNIX_EPOCH;
    let random: Random = std::sync::Arc::new(|bytes| bytes.fill(7));
    let keys = PastKeys::in_memory(site.zone.day_at(received), &random);
    let sealing = Sealing {
        site,
        kind: meaning.kind,
        values: values.clone(),
        without_visitor: false,
        salt: &keys.salt,
        salt_before: None,
        network_key: &keys.network,
        idempotency_key: key,
        received,
    };
    let hit = seal(read, sealing);
    assert_eq!(hit.key.is_some(), key.is_some());
    assert!(hit.values == values);
    values
}

fn check_value(site: &Site, place: usize, value: &str) {
    let dimension = ALL[place];
    let name = dimension.name;
    assert!(!value.is_empty(), "{name} is empty");
    assert!(value.len() <= VALUE_BYTES_MAX, "{name} has {} bytes", value.len());
    let is_between = |letter: char| letter == BETWEEN && dimension.columns.len() > 1;
    for letter in value.chars().filter(|letter| !is_between(*letter)) {
        let is_hidden = matches!(
            letter,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
                | '\u{feff}' | char::REPLACEMENT_CHARACTER
        );
        assert!(!is_hidden && !letter.is_control(), "{name} holds {letter:?}: {value:?}");
    }
    if value.starts_with(':') {
        assert!(OWN_WORDS.iter().any(|own| value.starts_with(own)), "{name} says {value:?}");
    }
    check_silence(name, value);
    if dimension.exposure == Exposure::Beside {
        return;
    }
    // As it is kept it is its own key, and so is what people read of it.
    assert_eq!(dimension.key(value), value, "{name}");
    let readable = dimension.readable(value);
    check_silence(name, &readable);
    assert_eq!(dimension.key(&readable), value, "{name} shown as {readable:?}");
    if dimension.code == PAGE && value.starts_with('/') {
        check_digits(value);
        check_page(site, value);
    }
}

/// A page that is sent again as it is kept is the same page. What was taken out is not: a page that
/// somebody calls by our word for it is another one.
fn check_page(site: &Site, kept: &str) {
    let page = format!("https://www.example.fr{kept}");
    // What grew by its escapes may be longer than an address may be.
    if kept.contains(OWN_WORDS[0]) || page.len() > URL_BYTES_MAX {
        return;
    }
    let again = raw(Arrival { page: &page, ..Arrival::default() });
    let again = again.unwrap_or_else(|why| panic!("{why}: {page:?}"));
    assert_eq!(again.path(site), kept, "sent as {page:?}");
}

/// No number of a person, a file or a telephone.
fn check_digits(kept: &str) {
    let text = percent_encoding::percent_decode_str(kept).decode_utf8_lossy();
    let is_row = |row: &[u8]| row.iter().all(u8::is_ascii_digit);
    assert!(!text.as_bytes().windows(DIGITS_IN_ROW_MIN).any(is_row), "{kept}");
}

/// Nothing of the reader's address and agent, and no e-mail address, however often it is escaped.
pub fn check_silence(name: &str, value: &str) {
    let mut text = value.to_owned();
    for _ in 0..5 {
        let small = text.to_lowercase();
        let trace = TRACES.iter().find(|trace| small.contains(**trace));
        assert!(trace.is_none(), "{name} betrays {trace:?}: {value:?}");
        assert!(!has_mail(&small), "{name} holds an e-mail address: {value:?}");
        let bytes = percent_encoding::percent_decode_str(&text).collect::<Vec<u8>>();
        text = String::from_utf8_lossy(&bytes).into_owned();
    }
}

/// Is there something such as `jeanne@example.fr`?
fn has_mail(text: &str) -> bool {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let bytes = text.as_bytes();
    (1..bytes.len()).filter(|at| bytes[*at] == b'@' && is_name(&bytes[at - 1])).any(|at| {
        let after = &bytes[at + 1..];
        let host = after.iter().take_while(|byte| is_name(byte)).count();
        let end = after.get(host + 1..).unwrap_or_default();
        host > 0
            && after.get(host) == Some(&b'.')
            && end.iter().take_while(|byte| byte.is_ascii_alphabetic()).count() > 1
    })
}

/// A page view.
pub fn view() -> Meaning {
    Meaning { kind: KindOfHit::View, deed: None }
}
