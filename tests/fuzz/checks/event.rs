//! The body of a message.

use parvis::collect::{
    Dropped, EVENT_NAME_BYTES_MAX, Meaning, Message, PROPERTIES_MAX, READING_SECONDS_MAX, Sender,
};
use parvis::model::KindOfHit;
use parvis::privacy::{Arrival, URL_BYTES_MAX, Values};
use serde_json::{Map, Value};

use super::values::{check, check_silence, sites};

/// Longest text that a sender chose and that is kept, in bytes.
const TEXT_BYTES_MAX: usize = 150;

/// Longest name of a sender: that of a host.
const SENDER_BYTES_MAX: usize = 253;

/// Reads a body, whatever it is, and checks all that becomes of it.
pub fn event_body(body: &[u8]) {
    let outcome = outcome(body);
    // However JSON is written, it says the same.
    let strict: Option<Map<String, Value>> = serde_json::from_slice(body).ok();
    if let Some(parts) = strict {
        let plain = serde_json::to_string(&parts).unwrap();
        let marked = format!("\u{feff}\r\n{plain}\t");
        for again in [plain.as_bytes(), escaped(&plain).as_bytes(), marked.as_bytes()] {
            let shown = String::from_utf8_lossy(again);
            assert!(self::outcome(again) == outcome, "it says something else as {shown}");
        }
    }
}

type Outcome = Result<Vec<Result<(Meaning, Values), Dropped>>, Dropped>;

fn outcome(body: &[u8]) -> Outcome {
    let sender = Sender::default().with_body(body).name();
    assert!(!sender.is_empty() && sender.len() <= SENDER_BYTES_MAX, "{sender:?}");
    check_silence("sender", &sender);
    let message = Message::read(body).inspect_err(|why| {
        assert_eq!(*why, Dropped::BodyUnreadable);
    })?;
    assert!(message.has_script() && !message.is_origin_alone);
    let of_site = |site| {
        let meaning = message.meaning(site)?;
        check_meaning(&meaning);
        let arrival = Arrival {
            page: &message.url,
            referrer: message.referrer.as_deref(),
            accept_language: None,
            width: message.width,
            title: message.title.as_deref(),
            is_origin_alone: false,
        };
        let values = check(site, arrival, &meaning, message.key.as_deref());
        Ok((meaning, values))
    };
    Ok(sites().iter().map(of_site).collect())
}

fn check_meaning(meaning: &Meaning) {
    match (&meaning.kind, &meaning.deed) {
        (KindOfHit::View, None) => {}
        (KindOfHit::Reading(seconds), None) => {
            assert!(u64::from(*seconds) <= READING_SECONDS_MAX);
        }
        (KindOfHit::Event, Some(deed)) => {
            let most = EVENT_NAME_BYTES_MAX.max(TEXT_BYTES_MAX);
            assert!(deed.name.len() <= most, "{:?}", deed.name);
            assert!(deed.properties.len() <= PROPERTIES_MAX);
            for property in &deed.properties {
                assert!(property.len() <= 2 * TEXT_BYTES_MAX + 1, "{property:?}");
            }
            let target = deed.target.as_deref().unwrap_or_default();
            assert!(target.len() <= 5 * URL_BYTES_MAX, "{target:?}");
        }
        other => panic!("{other:?}"),
    }
}

/// JSON with an escape for each letter that may have one.
fn escaped(json: &str) -> String {
    let unit = |unit: u16| format!("\\u{unit:04X}");
    let letter = |letter: char| match letter {
        letter if letter.is_ascii() => letter.to_string(),
        letter => letter.encode_utf16(&mut [0; 2]).iter().map(|one| unit(*one)).collect(),
    };
    json.chars().map(letter).collect()
}
