//! What a sender says: one JSON object, its short or long names, and what it means.

use compact_str::CompactString;
use serde_json::{Map, Value};

use crate::collect::Dropped;
use crate::collect::bounds::{
    EVENT_NAME_BYTES_MAX, PROPERTIES_MAX, PROPERTY_BYTES_MAX, READING_SECONDS_MAX,
};
use crate::collect::parts::{Part, Parts, says_something};
use crate::collect::picture::{PicturePage, PictureParameters, picture_page};
use crate::collect::text::text_of;
use crate::dimension::{Deed, deed_names};
use crate::model::{Host, KindOfHit, Site};
use crate::privacy::{feature_name, property, scrubbed_url, shows_nothing};
use crate::signal::{PRIVATE, is_private_host};

/// The message as it was read. The name and the page's address it must have; any other part that
/// is of another type than expected is as if it were not there, so that it never costs the view.
#[derive(Debug, Default)]
pub struct Message {
    name: String,
    /// The page's address.
    pub url: String,
    /// The site, if it is not the page's host.
    pub site: Option<String>,
    /// The address that led to the page.
    pub referrer: Option<String>,
    /// The window's width, in CSS pixels.
    pub width: Option<u32>,
    /// The page's title.
    pub title: Option<String>,
    /// The idempotency key.
    pub key: Option<String>,
    properties: Map<String, Value>,
    /// Engaged time in milliseconds, as senders of the widespread shape call it.
    engaged_milliseconds: Option<u64>,
    /// Did it come by the picture for pages without script? No sender can say so.
    by_picture: bool,
    /// Is no more of the page known than its origin? Only a picture may say as little.
    pub is_origin_alone: bool,
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
    /// Reads a message. Each part has a short name and, as in a widespread shape, a long one, so
    /// that existing senders need no change; where both can be read, the short one counts.
    pub fn read(body: &[u8]) -> Result<Self, Dropped> {
        let mut parts = Parts::read(&text_of(body)).map_err(|_| Dropped::BodyUnreadable)?;
        let some = |text: Option<String>| text.filter(|text| says_something(text));
        let name = parts.either(Part::N, Part::Name).ok_or(Dropped::BodyUnreadable)?;
        // A name is compared with others, so its letters must be sure.
        if !name.is_ascii() && std::str::from_utf8(body).is_err() {
            return Err(Dropped::BodyUnreadable);
        }
        Ok(Self {
            name,
            url: parts.either(Part::U, Part::Url).ok_or(Dropped::BodyUnreadable)?,
            site: some(parts.either(Part::D, Part::Domain)),
            referrer: some(parts.either(Part::R, Part::Referrer)),
            width: parts.take(Part::W).as_u64().and_then(|width| u32::try_from(width).ok()),
            title: some(parts.either(Part::T, Part::Title)),
            key: some(parts.text(Part::K)),
            properties: properties(parts.take(Part::P))
                .or_else(|| properties(parts.take(Part::Props)))
                .unwrap_or_default(),
            engaged_milliseconds: parts.take(Part::E).as_u64(),
            by_picture: false,
            is_origin_alone: false,
        })
    }

    /// A page view for a page without script: the page as the picture's address names it, or else
    /// as the request's `Referer` header says it. `host` is that of the site that is named.
    pub fn of_pixel(
        parameters: PictureParameters,
        header: Option<&str>,
        host: Option<&Host>,
    ) -> Self {
        let PictureParameters { page, site, referrer } = parameters;
        let host = host.map(Host::as_str);
        let PicturePage { address, is_origin_alone } = picture_page(page, host, header);
        let (name, url, by_picture) = ("pageview".to_owned(), address, true);
        Self { name, url, site, referrer, by_picture, is_origin_alone, ..Self::default() }
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
            "download" | "File Download" => event(deed_names::DOWNLOAD, self.target(site)),
            "outbound" | "Outbound Link: Click" => event(deed_names::OUTBOUND, self.target(site)),
            "missing" | "404" => event(deed_names::MISSING, None),
            feature if shows_nothing(feature) => return Err(Dropped::NameUnusable),
            feature => {
                let name = feature_name(site, feature);
                let deed = Deed { name, target: None, properties: self.kept_properties(site) };
                Meaning { kind: KindOfHit::Event, deed: Some(deed) }
            }
        })
    }

    /// The properties that the site declared. One that has no plain name, or whose value is too
    /// long or not plain, is left out, and so are those beyond the number that one event may have.
    fn kept_properties(&self, site: &Site) -> Vec<CompactString> {
        let plain = self.properties.iter().filter_map(|(name, value)| {
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Number(_) | Value::Bool(_) => value.to_string(),
                Value::Null | Value::Array(_) | Value::Object(_) => return None,
            };
            let fits = is_label(name, PROPERTY_BYTES_MAX) && text.len() <= PROPERTY_BYTES_MAX;
            fits.then_some((name, text))
        });
        plain.take(PROPERTIES_MAX).filter_map(|(name, text)| property(site, name, &text)).collect()
    }

    fn check(&self) -> Result<(), Dropped> {
        if is_label(&self.name, EVENT_NAME_BYTES_MAX) { Ok(()) } else { Err(Dropped::NameUnusable) }
    }

    /// The scrubbed address of the link. One value stands for all hosts of private networks but
    /// the site's own.
    fn target(&self, site: &Site) -> Option<CompactString> {
        let target = scrubbed_url(self.properties.get("url")?.as_str()?)?;
        let host = target.split('/').next().unwrap_or_default();
        let is_kept = !is_private_host(host) || site.answers_to(host);
        Some(if is_kept { target } else { CompactString::const_new(PRIVATE) })
    }

    fn reading_seconds(&self) -> u64 {
        // A whole number that is not negative; another value is as good as none.
        let seconds = self.properties.get("seconds").and_then(Value::as_u64);
        seconds.or(self.engaged_milliseconds.map(|time| time / 1_000)).unwrap_or(0)
    }
}

/// Properties as an object, or as a text that holds one.
fn properties(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(properties) => Some(properties),
        Value::String(text) => serde_json::from_str(&text).ok(),
        _ => None,
    }
}

/// A text that can be shown as a name: not empty, not too long, no control characters.
fn is_label(text: &str, bytes_max: usize) -> bool {
    !text.trim().is_empty() && text.len() <= bytes_max && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Profile;

    fn meaning(body: &str) -> Result<Meaning, Dropped> {
        Message::read(body.as_bytes())?.meaning(&site())
    }

    fn site() -> Site {
        let zone = crate::model::Zone::named("UTC").unwrap();
        Site::new(crate::model::SiteId(1), crate::model::Host::parse("a.fr").unwrap(), zone)
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
    fn a_property_that_cannot_be_kept_is_left_out() {
        let kept = |properties: &str| {
            let body = format!(r#"{{"n":"x","u":"https://a.fr/","p":{properties}}}"#);
            let mut site = site();
            site.rules.profile = Profile::Extended;
            let meaning = Message::read(body.as_bytes()).and_then(|read| read.meaning(&site));
            meaning.unwrap().deed.unwrap().properties
        };
        let value = |length: usize| format!(r#"{{"a":"{}","b":1}}"#, "x ".repeat(length / 2));
        assert_eq!(kept(&value(PROPERTY_BYTES_MAX)).len(), 2);
        assert_eq!(kept(&value(PROPERTY_BYTES_MAX + 2)), ["b=1"]);
        let many: Vec<_> = (0..2 * PROPERTIES_MAX).map(|one| format!(r#""p{one}":1"#)).collect();
        assert_eq!(kept(&format!("{{{}}}", many.join(","))).len(), PROPERTIES_MAX);
        assert_eq!(kept(r#"{"a":{"b":1},"c":[1],"d":null,"e":true,"":2}"#), ["e=true"]);
        assert_eq!(kept(r#"{"\u202e":1,":":2,"e":":"}"#), ["e="]);
        assert_eq!(kept(r#""{\"plan\":\"free\"}""#), ["plan=free"]);
    }

    #[test]
    fn an_optional_part_of_another_type_is_as_if_it_were_not_there() {
        let plain = meaning(r#"{"n":"pageview","u":"https://a.fr/"}"#).unwrap();
        for part in ["p", "props", "r", "referrer", "t", "title", "k", "d", "domain", "e", "w"] {
            for value in
                [r#""""#, "[]", "[1]", "{}", r#"{"a":[]}"#, "null", "true", "5", "-1", "1.5", "1e9"]
            {
                let body = format!(r#"{{"n":"pageview","u":"https://a.fr/","{part}":{value}}}"#);
                assert_eq!(meaning(&body).as_ref(), Ok(&plain), "{body}");
                let read = Message::read(body.as_bytes()).unwrap();
                assert_eq!((read.site, read.key, read.title), (None, None, None), "{body}");
            }
        }
    }

    #[test]
    fn of_a_short_and_a_long_name_the_one_that_can_be_read_counts() {
        let name = |body: &str| Message::read(body.as_bytes()).map(|read| read.name);
        assert_eq!(name(r#"{"name":"b","n":"a","u":"x"}"#).as_deref(), Ok("a"));
        assert_eq!(name(r#"{"name":"b","n":5,"u":"x"}"#).as_deref(), Ok("b"));
        assert_eq!(name(r#"{"name":"b","n":"","u":"x"}"#).as_deref(), Ok("b"));
        assert_eq!(name(r#"{"name":[],"n":5,"u":"x"}"#), Err(Dropped::BodyUnreadable));
    }

    #[test]
    fn a_name_is_plain_text_that_can_be_seen() {
        for name in ["", r"a\u0000b", r"\u202e", r"\u200b \ufeff", ":", " : "] {
            let body = format!(r#"{{"n":"{name}","u":"https://a.fr/"}}"#);
            assert_eq!(meaning(&body), Err(Dropped::NameUnusable), "{body}");
        }
    }

    #[test]
    fn what_is_no_message_is_refused() {
        let nested = format!("{}{}", "[".repeat(4_000), "]".repeat(4_000));
        for body in ["", "null", "[]", "{", r#"{"n":1,"u":2}"#, r#"{"n":"pageview"}"#, &nested] {
            assert_eq!(meaning(body).err(), Some(Dropped::BodyUnreadable));
        }
        let unsure = b"{\"n\":\"\xff\",\"u\":\"https://a.fr/\"}";
        assert_eq!(Message::read(unsure).err(), Some(Dropped::BodyUnreadable));
    }
}
