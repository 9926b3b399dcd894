//! Which two breakdowns are crossed: kept together for each closed day, so that one can be asked
//! for under a filter on the other.
//!
//! Every crossing costs disk and seconds at the close of a day, so the list is short: the questions
//! that the best audience tools answer. Pages are crossed with coarse breakdowns and with what was
//! done on them, never with another breakdown of thousands of values.

use crate::dimension::{Dimension, deed, page, place, source, technology};

/// The crossings, the dimension of more values first.
pub const CROSSINGS: [(&Dimension, &Dimension); 31] = [
    (&page::PAGE, &source::SOURCE),
    (&page::PAGE, &place::COUNTRY),
    (&page::PAGE, &technology::DEVICE),
    (&page::PAGE, &place::COUNTRY_DEVICE),
    (&page::PAGE, &technology::BROWSER),
    (&page::PAGE, &technology::SYSTEM),
    (&page::PAGE, &technology::LANGUAGE),
    (&page::PAGE, &deed::EVENT),
    (&page::PAGE, &deed::DOWNLOAD),
    (&page::PAGE, &deed::OUTLINK),
    (&page::PAGE, &deed::SEARCH),
    (&page::ENTRY_PAGE, &source::SOURCE),
    (&page::ENTRY_PAGE, &place::COUNTRY),
    (&page::ENTRY_PAGE, &technology::DEVICE),
    (&page::EXIT_PAGE, &technology::DEVICE),
    (&page::SECTION, &source::SOURCE),
    (&page::SECTION, &place::COUNTRY),
    (&page::SECTION, &technology::DEVICE),
    (&page::HOST, &source::SOURCE),
    (&page::HOST, &place::COUNTRY),
    (&page::HOST, &technology::DEVICE),
    (&source::SOURCE, &place::COUNTRY),
    (&source::SOURCE, &technology::DEVICE),
    (&source::SOURCE, &technology::BROWSER),
    (&place::COUNTRY, &technology::DEVICE),
    (&place::COUNTRY, &technology::BROWSER),
    (&place::COUNTRY, &technology::LANGUAGE),
    (&technology::BROWSER_VERSION, &technology::SYSTEM_VERSION),
    (&technology::BROWSER, &technology::DEVICE),
    (&technology::SYSTEM, &technology::DEVICE),
    (&deed::EVENT, &deed::PROPERTY),
];

/// The crossing of the dimensions of these two codes, in either order: as it is stored.
pub fn crossing(one: u8, other: u8) -> Option<(u8, u8)> {
    let codes = CROSSINGS.iter().map(|(first, second)| (first.code, second.code));
    codes.into_iter().find(|pair| *pair == (one, other) || *pair == (other, one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_crossing_is_of_two_dimensions_and_stands_once() {
        let mut seen = Vec::new();
        for (first, second) in CROSSINGS {
            let codes = [first.code, second.code];
            assert_ne!(codes[0], codes[1]);
            assert!(!seen.contains(&codes) && !seen.contains(&[codes[1], codes[0]]));
            seen.push(codes);
            assert_eq!(crossing(codes[1], codes[0]), Some((codes[0], codes[1])));
        }
    }
}
