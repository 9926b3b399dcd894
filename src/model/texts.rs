//! Many short texts in one piece of memory.

use std::fmt;

use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// Texts, one behind the other. They are written as a list of texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Adds one.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// The text of this number; an empty one if there is none.
    pub fn get(&self, number: usize) -> &str {
        let Some(&end) = self.ends.get(number) else { return "" };
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..end]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.len()).map(|number| self.get(number)))
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reading;
        impl<'de> Visitor<'de> for Reading {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut texts: A) -> Result<Texts, A::Error> {
                let mut found = Texts::default();
                while let Some(text) = texts.next_element::<&str>()? {
                    found.push(text);
                }
                Ok(found)
            }
        }
        deserializer.deserialize_seq(Reading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_a_list_of_texts() {
        let mut texts = Texts::default();
        let list = ["/a", "", "/é", ":withheld"];
        list.iter().for_each(|text| texts.push(text));
        let bytes = postcard::to_stdvec(&texts).unwrap();
        assert_eq!(bytes, postcard::to_stdvec(&list.to_vec()).unwrap());
        assert_eq!(postcard::from_bytes::<Texts>(&bytes).unwrap(), texts);
        assert_eq!(
            [0, 1, 2, 3, 9].map(|number| texts.get(number)),
            ["/a", "", "/é", ":withheld", ""]
        );
    }
}
