//! Figures and their changes, as people read them.

use crate::model::Metric;
use crate::privacy::disclosure::rounding::SMALL_MAX;
use crate::query::{Row, Shown};
use crate::web::chart::{Point, State};
use crate::web::frame::Frame;

/// A change of fewer hundredths is said to be none: figures are rounded to ten.
const SAME_BELOW: f64 = 0.5;

/// Seconds of a minute.
const MINUTE: f64 = 60.0;

/// How a figure has changed.
pub struct Change {
    /// In words or signs: `+12 %`.
    pub text: String,
    /// `more`, `less`, `same` or `unknown`.
    pub direction: &'static str,
}

/// A figure of a line.
pub fn figure_of(row: Option<&Row>, place: usize) -> Shown {
    let figure = row.and_then(|row| row.figures.get(place)).copied();
    figure.unwrap_or(Shown::Withheld)
}

/// A figure in words.
pub fn shown(frame: &Frame, metric: Metric, figure: Shown) -> String {
    match figure {
        Shown::Count(count) => frame.locale.number(count),
        Shown::Withheld => frame.say("withheld").to_string(),
        Shown::NotCollected => frame.say("not-collected").to_string(),
        Shown::Ratio(None) => frame.say("no-figure").to_string(),
        Shown::Ratio(Some(ratio)) if metric == Metric::VisitSeconds => duration(frame, ratio),
        Shown::Ratio(Some(ratio)) => percent(frame, ratio, 0),
    }
}

/// Hundredths, as the language writes them.
pub fn percent(frame: &Frame, hundredths: f64, decimals: usize) -> String {
    let figure = frame.locale.decimal(hundredths, decimals);
    frame.say("percent").with("figure", figure).to_string()
}

/// Minutes and seconds.
fn duration(frame: &Frame, seconds: f64) -> String {
    // Rounded first: 119.6 seconds are two minutes, and no minute has sixty seconds.
    let seconds = seconds.round();
    let (minutes, seconds) = ((seconds / MINUTE).floor(), seconds % MINUTE);
    let said = frame.say("duration").with("minutes", minutes);
    said.with("seconds", format!("{seconds:02}")).to_string()
}

/// The number behind a figure.
pub fn number(figure: Shown) -> Option<f64> {
    match figure {
        Shown::Count(count) => Some(count as f64),
        Shown::Ratio(ratio) => ratio,
        Shown::Withheld | Shown::NotCollected => None,
    }
}

/// The length of a bar in hundredths of the longest, to a tenth.
pub fn bar(figure: f64, most: f64) -> f64 {
    (figure / most * 1000.0).round() / 10.0
}

/// A figure with its status (SDMX CL_OBS_STATUS), as a chart has it.
pub fn point(figure: Option<Shown>, obs_status: &str) -> Point {
    let is_missing = obs_status == "L" || figure == Some(Shown::NotCollected);
    let figure = figure.and_then(number);
    let state = match (figure, obs_status) {
        (None, _) if is_missing => State::Missing,
        (None, _) => State::Withheld,
        (Some(_), "P") => State::Provisional,
        (Some(_), _) => State::Final,
    };
    Point { figure, state }
}

/// How a figure has changed from another one: in hundredths, and a ratio of hundredths in points.
/// What rounding alone can make is no change, and a figure below ten times the base of rounding has
/// no hundredths.
pub fn change(
    frame: &Frame,
    metric: Metric,
    (now, before): (Shown, Shown),
    by_rounding: f64,
) -> Change {
    let unknown = || Change { text: frame.say("change-unknown").to_string(), direction: "unknown" };
    let is_count = matches!(before, Shown::Count(_));
    let (Some(now), Some(before)) = (number(now), number(before)) else { return unknown() };
    // Exact figures are not rounded.
    let is_rounded = by_rounding > 0.0;
    if is_rounded && (now - before).abs() <= by_rounding {
        return Change { text: frame.say("change-none").to_string(), direction: "same" };
    }
    if metric == Metric::BounceRate {
        let points = now - before;
        let said = frame.say("change-points").with("points", signed(frame, points));
        let text = said.with("count", points.abs().round() as usize).to_string();
        return Change { text, direction: direction(points) };
    }
    if before == 0.0 {
        return unknown();
    }
    if is_rounded && is_count && before < SMALL_MAX as f64 {
        return Change { text: frame.say("change-small").to_string(), direction: "unknown" };
    }
    let hundredths = (now / before - 1.0) * 100.0;
    let text = frame.say("percent").with("figure", signed(frame, hundredths)).to_string();
    Change { text, direction: direction(hundredths) }
}

fn direction(change: f64) -> &'static str {
    match change {
        change if change.abs() < SAME_BELOW => "same",
        change if change > 0.0 => "more",
        _ => "less",
    }
}

fn signed(frame: &Frame, number: f64) -> String {
    let text = frame.locale.decimal(number, 0);
    if number >= SAME_BELOW { format!("+{text}") } else { text }
}
