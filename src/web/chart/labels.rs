//! Which labels stand below a chart, so that none touches another one and none is cut off: also
//! when a reader sets letters and words wider apart (WCAG 2.2, 1.4.12).

use crate::web::chart::scale::places;
use crate::web::chart::{LEFT, Size, Tick};

/// Pixels of a letter of a label, with all the space that a reader may put beside it.
const LETTER: f64 = 8.5;

/// Pixels between two labels.
const APART: f64 = 4.0;

/// As many labels as have room, evenly apart, from the first on.
pub fn fitting(texts: &[String], size: &Size, x: &dyn Fn(usize) -> f64) -> Vec<Tick> {
    let ticks = |most: usize| -> Vec<Tick> {
        let placed = places(texts.len().max(1), most);
        placed.filter_map(|place| Some(tick(x(place), texts.get(place)?, size))).collect()
    };
    let tried = (1..=size.labels_max).rev().map(ticks);
    tried.into_iter().find(|ticks| are_apart(ticks)).unwrap_or_default()
}

fn are_apart(ticks: &[Tick]) -> bool {
    ticks.windows(2).all(|pair| match pair {
        [one, next] => bounds(one).1 + APART <= bounds(next).0,
        _ => true,
    })
}

/// A label keeps within the drawing.
fn tick(at: f64, text: &str, size: &Size) -> Tick {
    let anchor = match at {
        at if at < LEFT + size.width / 24.0 => "start",
        at if at + width(text) / 2.0 > size.width => "end",
        _ => "middle",
    };
    Tick { at, text: text.to_owned(), anchor }
}

fn width(text: &str) -> f64 {
    text.chars().count() as f64 * LETTER
}

/// Where a label begins and ends.
fn bounds(tick: &Tick) -> (f64, f64) {
    let width = width(&tick.text);
    match tick.anchor {
        "start" => (tick.at, tick.at + width),
        "end" => (tick.at - width, tick.at),
        _ => (tick.at - width / 2.0, tick.at + width / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::chart::{NARROW, WIDE};

    fn labels(count: usize, text: &str, size: &Size) -> Vec<Tick> {
        let step = (size.width - LEFT) / count as f64;
        fitting(&vec![text.to_owned(); count], size, &|place| LEFT + step * (place as f64 + 0.5))
    }

    #[test]
    fn long_labels_are_fewer_than_short_ones_and_none_touches_another() {
        for size in [NARROW, WIDE] {
            assert_eq!(labels(30, "1", &size).len(), size.labels_max);
            for text in ["31 oct.", "31 octobre 2026", "from 26 October to 1 November"] {
                let found = labels(30, text, &size);
                assert!(!found.is_empty() && are_apart(&found), "{text}");
                let right = found.iter().map(|tick| bounds(tick).1).fold(0.0, f64::max);
                assert!(right <= size.width, "{text}: {right}");
            }
        }
        assert!(
            labels(30, "31 octobre 2026", &NARROW).len() < labels(30, "31 oct.", &NARROW).len()
        );
        assert!(labels(0, "", &NARROW).is_empty());
    }
}
