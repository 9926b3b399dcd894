//! The key of a chart: what each line is called, and what the marks and bands on it mean; where
//! there are several lines, whose days were not measured.

use crate::web::chart::{Series, State};
use crate::web::frame::Frame;

/// Runs of days of one series that the key names; the table below a chart has them all.
const RUNS_MAX: usize = 6;

/// The kinds of points beside final ones; their texts are `curve-` and this.
const KINDS: [(State, &str); 2] =
    [(State::Provisional, "provisional"), (State::Withheld, "withheld")];

/// One entry of the key.
pub struct KeyLine {
    /// What is drawn: `line`, `provisional`, `withheld` or `missing`.
    pub kind: &'static str,
    /// The number of the series, from 0.
    pub number: usize,
    /// What it means.
    pub text: String,
}

/// The key of a chart of these series; `labels` are the days of each as it calls them, those of the
/// last for all that follow.
pub fn key(frame: &Frame, series: &[Series], labels: &[&[String]]) -> Vec<KeyLine> {
    let named = series.iter().enumerate();
    let named = named.map(|(number, one)| KeyLine { kind: "line", number, text: one.name.clone() });
    let has = |of: State| series.iter().flat_map(|one| &one.points).any(|one| one.state == of);
    let kinds = KINDS.into_iter().filter(|(state, _)| has(*state));
    let kinds = kinds.map(|(_, kind)| {
        let text = frame.say(format!("curve-{kind}")).to_string();
        KeyLine { kind, number: 0, text }
    });
    named.chain(kinds).chain(missing(frame, series, labels)).collect()
}

/// What is said of days that were not measured: of one series that the line is broken there, and of
/// several whose days they are.
fn missing(frame: &Frame, series: &[Series], labels: &[&[String]]) -> Vec<KeyLine> {
    let line = |number: usize, text: String| KeyLine { kind: "missing", number, text };
    let of = |(number, one): (usize, &Series)| {
        let days = runs(frame, one, labels.get(number).or(labels.last())?)?;
        let said = frame.say("curve-missing-of").with("name", &one.name);
        Some(line(number, said.with("days", days).to_string()))
    };
    match series {
        [one] => {
            let is_there = one.points.iter().any(|point| point.state == State::Missing);
            let text = frame.say("curve-missing").to_string();
            is_there.then(|| line(0, text)).into_iter().collect()
        }
        several => several.iter().enumerate().filter_map(of).collect(),
    }
}

/// The days of a series that were not measured, in words; nothing if all were.
fn runs(frame: &Frame, series: &Series, labels: &[String]) -> Option<String> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (place, point) in series.points.iter().enumerate() {
        match runs.last_mut() {
            _ if point.state != State::Missing => {}
            Some((_, end)) if *end + 1 == place => *end = place,
            _ => runs.push((place, place)),
        }
    }
    let said = |&(begin, end): &(usize, usize)| {
        let (first, last) = (labels.get(begin)?, labels.get(end)?);
        let span = || frame.say("span").with("first", first).with("last", last).to_string();
        Some(if begin == end { first.clone() } else { span() })
    };
    let mut days: Vec<_> = runs.iter().take(RUNS_MAX).filter_map(said).collect();
    let more = runs.len().saturating_sub(RUNS_MAX);
    if more > 0 {
        days.push(frame.say("curve-missing-more").with("count", more).to_string());
    }
    (!days.is_empty()).then(|| days.join(", "))
}
