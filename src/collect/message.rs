//! What a sender says: one JSON object, its short or long names, and what it means.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde::Deserialize;
use serde_json::Value;

use crate::collect::Dropped;
use crate::collect::bounds::{
    EVENT_NAME_BYTES_MAX, KEY_BYTES_MAX, PROPERTIES_MAX, PROPERTY_BYTES_MAX, READING_SECONDS_MAX,
};
use crate::dimension::{Deed, deed_names};
use crate::model::{KindOfHit, Site};
use crate::privacy::{feature_name, property, scrubbed_url};

/// The message as it is written. The long names are those of a widespread shape, so that existing
/// senders need no change.
#[derive(Debug, Deserialize)]
pub struct Message {
    #[serde(rename = "n", alias = "name")]
    name: String,
    /// The page's address.
    #[serde(rename = "u", alias = "url")]
    pub url: String,
    /// The site, if it is not the page's host.
    #[serde(rename = "d", alias = "domain", default)]
    pub site: Option<String>,
    /// The address that led to the page.
    #[serde(rename = "r", alias = "referrer", default)]
    pub referrer: Option<String>,
    /// The window's width, in CSS pixels.
    #[serde(rename = "w", default, deserialize_with = "width")]
    pub width: Option<u32>,
    /// The page's title.
    #[serde(rename = "t", alias = "title", default)]
    pub title: Option<String>,
    /// The idempotency key.
    #[serde(rename = "k", default)]
    pub key: Option<String>,
    #[serde(rename = "p", alias = "props", default)]
    properties: Option<BTreeMap<String, Value>>,
    /// Engaged time in milliseconds, as senders of the widespread shape call it.
    #[serde(rename = "e", default)]
    engaged_milliseconds: Option<u64>,
    /// Did it come by the picture for pages without script? No sender can say so.
    #[serde(skip)]
    by_picture: bool,
}

/// What a message means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The kind of hit.
    pub kind: KindOfHit,
    /// What was done, for an event.
    pub deed: Option<Deed>,
}

impl Message {
    /// Reads a message.
    pub fn read(body: &[u8]) -> Result<Self, Dropped> {
        serde_json::from_slice(body).map_err(|_| Dropped::BodyUnreadable)
    }

    /// A page view for a page without script.
    pub fn of_pixel(url: String, site: Option<String>, referrer: Option<String>) -> Self {
        Self {
            name: "pageview".to_owned(),
            url,
            site,
            referrer,
            width: None,
            title: None,
            key: None,
            properties: None,
            engaged_milliseconds: None,
            by_picture: true,
        }
    }

    /// Was it a script that sent it?
    pub fn has_script(&self) -> bool {
        !self.by_picture
    }

    /// Checks the message and says what it means on a site.
    pub fn meaning(&self, site: &Site) -> Result<Meaning, Dropped> {
        self.check()?;
        let event = |name: &'static str, target| {
            let deed = Deed { name: CompactString::const_new(name), target, properties: vec![] };
            Meaning { kind: KindOfHit::Event, deed: Some(deed) }
        };
        Ok(match self.name.as_str() {
            "pageview" => Meaning { kind: KindOfHit::View, deed: None },
            "time" | "engagement" => {
                let seconds = self.reading_seconds().min(READING_SECONDS_MAX) as u16;
                Meaning { kind: KindOfHit::Reading(seconds), deed: None }
            }
            "download" | "File Download" => event(deed_names::DOWNLOAD, self.target()),
            "outbound" | "Outbound Link: Click" => event(deed_names::OUTBOUND, self.target()),
            "missing" | "404" => event(deed_names::MISSING, None),
            feature => {
                let name = feature_name(site, feature);
                let deed = Deed { name, target: None, properties: self.kept_properties(site) };
                Meaning { kind: KindOfHit::Event, deed: Some(deed) }
            }
        })
    }

    fn kept_properties(&self, site: &Site) -> Vec<CompactString> {
        let all = self.properties.iter().flatten();
        let kept = all.filter_map(|(name, value)| match value {
            Value::String(text) => property(site, name, text),
            Value::Number(_) | Value::Bool(_) => property(site, name, &value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        });
        kept.collect()
    }

    fn check(&self) -> Result<(), Dropped> {
        if !is_label(&self.name, EVENT_NAME_BYTES_MAX) {
            return Err(Dropped::NameUnusable);
        }
        // A title is only shown beside its path: one that is too long is cut where it is kept.
        if self.key.as_deref().is_some_and(|key| !is_label(key, KEY_BYTES_MAX)) {
            return Err(Dropped::NameUnusable);
        }
        let Some(properties) = &self.properties else { return Ok(()) };
        let fits = |(name, value): (&String, &Value)| {
            let value_fits = match value {
                // An address is checked by its own limit, where it is read.
                Value::String(_) if name == "url" => true,
                Value::String(text) => text.len() <= PROPERTY_BYTES_MAX,
                Value::Number(_) | Value::Bool(_) | Value::Null => true,
                Value::Array(_) | Value::Object(_) => false,
            };
            is_label(name, PROPERTY_BYTES_MAX) && value_fits
        };
        if properties.len() > PROPERTIES_MAX || !properties.iter().all(fits) {
            return Err(Dropped::PropertiesUnusable);
        }
        Ok(())
    }

    fn target(&self) -> Option<CompactString> {
        scrubbed_url(self.properties.as_ref()?.get("url")?.as_str()?)
    }

    fn reading_seconds(&self) -> u64 {
        let seconds = self.properties.as_ref().and_then(|all| all.get("seconds")?.as_u64());
        seconds.or(self.engaged_milliseconds.map(|time| time / 1_000)).unwrap_or(0)
    }
}

/// A width as browsers write it; another value is as good as none.
fn width<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    let value = Option::<Value>::deserialize(from)?;
    Ok(value.and_then(|value| value.as_u64()).and_then(|width| u32::try_from(width).ok()))
}

/// A text that can be shown as a name: not empty, not too long, no control characters.
fn is_label(text: &str, bytes_max: usize) -> bool {
    !text.trim().is_empty() && text.len() <= bytes_max && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(body: &str) -> Result<Meaning, Dropped> {
        Message::read(body.as_bytes())?.meaning(&site())
    }

    fn site() -> Site {
        let zone = crate::model::Zone::named("UTC").unwrap();
        Site::new(crate::model::SiteId(1), crate::model::Host::parse("a.fr").unwrap(), zone)
    }

    fn of_properties(properties: &str) -> Result<Meaning, Dropped> {
        meaning(&format!(r#"{{"n":"x","u":"https://a.fr/","p":{properties}}}"#))
    }

    #[test]
    fn short_and_long_names_mean_the_same() {
        let short = meaning(r#"{"n":"pageview","u":"https://a.fr/","d":"a.fr","w":800}"#);
        let long = meaning(r#"{"name":"pageview","url":"https://a.fr/","domain":"a.fr"}"#);
        assert_eq!(short.unwrap(), long.unwrap());
    }

    #[test]
    fn reading_time_is_bounded() {
        let of = |seconds: &str| {
            meaning(&format!(r#"{{"n":"time","u":"https://a.fr/","p":{{"seconds":{seconds}}}}}"#))
        };
        assert_eq!(of("12").unwrap().kind, KindOfHit::Reading(12));
        assert_eq!(of("99999999999").unwrap().kind, KindOfHit::Reading(3_600));
        assert_eq!(of("-5").unwrap().kind, KindOfHit::Reading(0));
    }

    #[test]
    fn links_are_kept_scrubbed() {
        let body = r#"{"n":"download","u":"https://a.fr/","p":{"url":"https://b.fr/x.pdf?t=1"}}"#;
        let deed = meaning(body).unwrap().deed.unwrap();
        assert_eq!((deed.name.as_str(), deed.target.as_deref()), ("download", Some("b.fr/x.pdf")));
    }

    #[test]
    fn properties_have_a_number_and_a_length() {
        let value = |length: usize| format!(r#"{{"a":"{}"}}"#, "x".repeat(length));
        assert!(of_properties(&value(PROPERTY_BYTES_MAX)).is_ok());
        assert_eq!(of_properties(&value(PROPERTY_BYTES_MAX + 1)), Err(Dropped::PropertiesUnusable));
        let many = |count: usize| {
            let all: Vec<_> = (0..count).map(|number| format!(r#""p{number}":1"#)).collect();
            format!("{{{}}}", all.join(","))
        };
        assert!(of_properties(&many(PROPERTIES_MAX)).is_ok());
        assert_eq!(of_properties(&many(PROPERTIES_MAX + 1)), Err(Dropped::PropertiesUnusable));
        assert_eq!(of_properties(r#"{"a":{"b":1}}"#), Err(Dropped::PropertiesUnusable));
    }

    #[test]
    fn names_and_keys_are_plain_text() {
        for body in [
            r#"{"n":"","u":"https://a.fr/"}"#,
            r#"{"n":"a\u0000b","u":"https://a.fr/"}"#,
            r#"{"n":"x","k":"","u":"https://a.fr/"}"#,
        ] {
            assert_eq!(meaning(body), Err(Dropped::NameUnusable), "{body}");
        }
    }

    #[test]
    fn what_is_no_message_is_refused() {
        let nested = format!("{}{}", "[".repeat(4_000), "]".repeat(4_000));
        for body in ["", "null", "[]", "{", r#"{"n":1,"u":2}"#, r#"{"n":"pageview"}"#, &nested] {
            assert_eq!(meaning(body).err(), Some(Dropped::BodyUnreadable));
        }
        assert_eq!(Message::read(b"{\"n\":\"\xff\"}").err(), Some(Dropped::BodyUnreadable));
    }
}
