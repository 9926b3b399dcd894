//! The parts of a message, read once in the order in which they stand.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// A part by its name; others are passed over.
#[derive(Clone, Copy, Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
pub enum Part {
    N,
    Name,
    U,
    Url,
    D,
    Domain,
    R,
    Referrer,
    T,
    Title,
    K,
    W,
    E,
    P,
    Props,
    #[serde(other)]
    Other,
}

/// What stands under each name, the last where a name stands several times; `null` where it is
/// missing.
#[derive(Default)]
pub struct Parts([Value; Part::Other as usize]);

impl Parts {
    /// Reads a JSON object.
    pub fn read(text: &str) -> serde_json::Result<Self> {
        let mut parts = Self::default();
        let mut json = serde_json::Deserializer::from_str(text);
        json.deserialize_map(&mut parts)?;
        json.end()?;
        Ok(parts)
    }

    /// Takes a part out.
    pub fn take(&mut self, name: Part) -> Value {
        self.0.get_mut(name as usize).map(Value::take).unwrap_or_default()
    }

    /// Takes a part out that is a text.
    pub fn text(&mut self, name: Part) -> Option<String> {
        match self.take(name) {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Takes out the text of the short name, or that of the long one where that alone says
    /// something.
    pub fn either(&mut self, short: Part, long: Part) -> Option<String> {
        match (self.text(short), self.text(long)) {
            (Some(short), Some(long)) if !says_something(&short) && says_something(&long) => {
                Some(long)
            }
            (short, long) => short.or(long),
        }
    }
}

impl<'de> Visitor<'de> for &mut Parts {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<All: MapAccess<'de>>(self, mut all: All) -> Result<(), All::Error> {
        while let Some(name) = all.next_key::<Part>()? {
            match self.0.get_mut(name as usize) {
                Some(place) => *place = all.next_value()?,
                None => drop(all.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// Is it more than white space?
pub fn says_something(text: &str) -> bool {
    !text.trim_start().is_empty()
}
