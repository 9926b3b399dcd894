//! Which two breakdowns are crossed: kept together for each closed day, so that one can be asked
//! for under a filter on the other.
//!
//! Every crossing costs disk and seconds at the close of a day, so the list is short: the questions
//! that the best audience tools answer. Pages are crossed with coarse breakdowns and with what was
//! done on them, never with another breakdown of thousands of values.

use crate::dimension::{self, Dimension};

/// The crossings, by the names of their two dimensions, the one of more values first.
pub const CROSSINGS: [(&str, &str); 30] = [
    ("page", "source"),
    ("page", "country"),
    ("page", "device"),
    ("page", "browser"),
    ("page", "system"),
    ("page", "language"),
    ("page", "event"),
    ("page", "download"),
    ("page", "outlink"),
    ("page", "search"),
    ("entry_page", "source"),
    ("entry_page", "country"),
    ("entry_page", "device"),
    ("exit_page", "device"),
    ("section", "source"),
    ("section", "country"),
    ("section", "device"),
    ("host", "source"),
    ("host", "country"),
    ("host", "device"),
    ("source", "country"),
    ("source", "device"),
    ("source", "browser"),
    ("country", "device"),
    ("country", "browser"),
    ("country", "language"),
    ("browser_version", "system_version"),
    ("browser", "device"),
    ("system", "device"),
    ("event", "property"),
];

/// The crossing of these two, in either order: the codes as they are stored.
pub fn crossing(one: &dyn Dimension, other: &dyn Dimension) -> Option<(u8, u8)> {
    let found = CROSSINGS
        .into_iter()
        .find(|pair| *pair == (one.name(), other.name()) || *pair == (other.name(), one.name()))?;
    Some((dimension::named(found.0)?.code(), dimension::named(found.1)?.code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crossing_names_two_dimensions_and_stands_once() {
        let mut seen = Vec::new();
        for (first, second) in CROSSINGS {
            let codes = [first, second].map(|name| dimension::named(name).unwrap().code());
            assert_ne!(codes[0], codes[1]);
            assert!(!seen.contains(&codes) && !seen.contains(&[codes[1], codes[0]]));
            seen.push(codes);
        }
    }
}
