//! What a curve says, in a sentence or two, and what it does not tell.

use crate::model::Metric;
use crate::privacy::disclosure::rounding::{SMALL_MAX, uncertainty};
use crate::publish::metric_title;
use crate::query::{Answer, Ask, Row, Shown};
use crate::store::By;
use crate::web::frame::Frame;
use crate::web::pages::figures::{number, shown};
use crate::web::pages::labels;

/// Reads the curve.
pub fn reading(frame: &Frame, metric: Metric, (ask, answer): (&Ask, &Answer)) -> String {
    let mut text: Vec<String> = extremes(frame, metric, (ask, answer)).into_iter().collect();
    let count = |status: &str| answer.rows.iter().filter(|row| row.obs_status == status).count();
    // Days, as at the head of the page, whatever the steps of the curve.
    let missing = match ask.by {
        By::Hour => ("reading-missing-hours", count("L")),
        _ => ("reading-missing", answer.days.begun.saturating_sub(answer.days.collected)),
    };
    for (key, count) in
        [("reading-withheld", count("Q")), missing, ("reading-provisional", count("P"))]
    {
        if count > 0 {
            text.push(frame.say(key).with("count", count).to_string());
        }
    }
    if metric == Metric::Visitors {
        text.push(frame.say("reading-visitors").to_string());
    }
    text.join(" ")
}

/// The largest and the smallest of the final figures, with all the times that have them.
fn extremes(frame: &Frame, metric: Metric, (ask, answer): (&Ask, &Answer)) -> Option<String> {
    let known = |row: &Row| row.figures.first().copied().and_then(number);
    let finals: Vec<(&Row, f64)> = answer
        .rows
        .iter()
        .filter(|row| row.obs_status != "P")
        .filter_map(|row| Some((row, known(row)?)))
        .collect();
    let most = finals.iter().map(|(_, figure)| *figure).reduce(f64::max)?;
    let least = finals.iter().map(|(_, figure)| *figure).reduce(f64::min)?;
    let with = |wanted: f64| -> Vec<&Row> {
        finals.iter().filter(|(_, figure)| *figure == wanted).map(|(row, _)| *row).collect()
    };
    let (most, least) = (with(most), with(least));
    let times = |rows: &[&Row]| {
        let first = labels::time(frame, ask.by, &rows.first()?.label);
        let others = rows.len() - 1;
        let tied = || frame.say("reading-tied").with("first", &first).with("count", others);
        Some(if others == 0 { first.clone() } else { tied().to_string() })
    };
    let is_even = is_by_rounding(most.first()?, least.first()?);
    let figure = |rows: &[&Row]| Some(shown(frame, metric, *rows.first()?.figures.first()?));
    let title = frame.locale.of(metric_title(metric)).to_lowercase();
    let said = match finals.len() {
        0 | 1 => return None,
        all if most.len() == all => frame.say("reading-same").with("figure", figure(&most)?),
        _ if is_even => frame.say("reading-even").with("figure", figure(&most)?),
        _ => frame
            .say("reading-range")
            .with("most", times(&most)?)
            .with("most_figure", figure(&most)?)
            .with("least", times(&least)?)
            .with("least_figure", figure(&least)?),
    };
    Some(said.with("metric", title).to_string())
}

/// Can rounding alone make the one count more than the other? Where both are below ten times the
/// base none is called the most.
fn is_by_rounding(most: &Row, least: &Row) -> bool {
    let cells = |row: &Row| row.cells.map_or(0, |cells| cells.released);
    match (most.figures.first(), least.figures.first()) {
        (Some(&Shown::Count(most_figure)), Some(&Shown::Count(least_figure))) => {
            let by_rounding = uncertainty(cells(most) + cells(least));
            let is_rounded = by_rounding > 0.0;
            let difference = most_figure.abs_diff(least_figure) as f64;
            is_rounded && (difference <= by_rounding || most_figure < SMALL_MAX)
        }
        _ => false,
    }
}
