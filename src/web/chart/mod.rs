//! Charts of figures over time, as SVG that is whole without script and without style sheets.
//!
//! A chart library would bring its own colours, styles that the pages' security policy refuses, and
//! no way to say that a day is withheld, provisional or missing: so this is a small one of our own.
//! A line is broken where a figure is withheld or was not collected, and where the series breaks;
//! provisional days are joined by dots; series differ by dash and marker and not by colour alone.
//! Nothing here decides what is shown: it gets figures that were let out, and places them.

mod labels;
mod scale;

use scale::Scale;

/// What is known of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It stays.
    Final,
    /// It may still change.
    Provisional,
    /// It is about too few people.
    Withheld,
    /// Nothing was collected.
    Missing,
    /// The series has no such day: it has ended, or the day is not compared. No gap of a collector.
    Absent,
}

/// One day, week or month of a series.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// The figure; nothing where it is withheld or missing.
    pub figure: Option<f64>,
    /// What is known of it.
    pub state: State,
}

/// One line.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name, for its label.
    pub name: String,
    /// Its figures, each above the label of the same place.
    pub points: Vec<Point>,
}

/// A chart before it is drawn.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// What stands below each point, in few letters.
    pub labels: Vec<String>,
    /// The lines, the main one first.
    pub series: Vec<Series>,
    /// Before which points the series breaks, with the number of the break in the list below.
    pub breaks: Vec<(usize, usize)>,
}

/// The size of a drawing, in its own units, which are pixels where there is room.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// From the left to the right edge.
    pub width: f64,
    /// From the top to the bottom edge.
    pub height: f64,
    /// Labels of days that have room below it.
    labels_max: usize,
}

/// For screens of a desk.
pub const WIDE: Size = Size { width: 960.0, height: 300.0, labels_max: 8 };

/// For phones, where letters of the wide one would be too small to read.
pub const NARROW: Size = Size { width: 360.0, height: 240.0, labels_max: 4 };

/// Room for the figures at the left of the plot, for the numbers of breaks above it, for the labels
/// below it, and at its right for half a label.
const LEFT: f64 = 62.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 26.0;
const RIGHT: f64 = 14.0;

/// Points up to which each has its marker: more would run into each other.
const MARKERS_MAX: usize = 62;

/// Half a marker.
const MARKER: f64 = 3.0;

/// A label beside or below the plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// Where, along its axis.
    pub at: f64,
    /// What it says.
    pub text: String,
    /// How the text lies to its place, as SVG calls it.
    pub anchor: &'static str,
}

/// A marker of a figure, or of a place without one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Along the labels.
    pub x: f64,
    /// Along the figures.
    pub y: f64,
    /// What is known of the figure.
    pub state: State,
}

impl Mark {
    /// Does it stand for a figure that is withheld?
    pub fn is_withheld(self) -> bool {
        self.state == State::Withheld
    }

    /// Does it stand for one that may still change?
    pub fn is_provisional(self) -> bool {
        self.state == State::Provisional
    }
}

/// A drawn line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its number, from 0: dash, marker and colour follow from it.
    pub number: usize,
    /// The parts between final figures, as SVG writes a path.
    pub path: String,
    /// The parts that lead to provisional ones.
    pub provisional: String,
    /// Its markers.
    pub marks: Vec<Mark>,
}

impl Line {
    /// Are its markers round? Every other line has square ones.
    pub fn has_rounds(&self) -> bool {
        self.number.is_multiple_of(2)
    }
}

/// Days on which nothing was collected of some series.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Its left edge.
    pub at: f64,
    /// From there to its right edge.
    pub width: f64,
    /// The numbers of those series, from 0.
    pub series: Vec<usize>,
}

/// A chart as it is drawn.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// Its size.
    pub size: Size,
    /// The left, right, upper and lower edge of the plot.
    pub left: f64,
    /// The right edge.
    pub right: f64,
    /// The upper edge.
    pub top: f64,
    /// The lower edge, where the figures begin at nothing.
    pub bottom: f64,
    /// The figures' ticks, from below.
    pub figures: Vec<Tick>,
    /// The labels' ticks.
    pub labels: Vec<Tick>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Where nothing was collected.
    pub gaps: Vec<Band>,
    /// Where the series breaks, with its number.
    pub breaks: Vec<(f64, usize)>,
}

impl Chart {
    /// Draws it. `written` writes a figure as the reader's language does.
    pub fn drawn(&self, size: Size, written: &dyn Fn(f64) -> String) -> Drawing {
        let (left, right) = (LEFT, size.width - RIGHT);
        let (top, bottom) = (TOP, size.height - BOTTOM);
        let figures = self.series.iter().flat_map(|one| &one.points);
        let most = figures.filter_map(|point| point.figure).fold(0.0, f64::max);
        let scale = Scale::up_to(most);
        let count = self.labels.len().max(1);
        let step = (right - left) / count as f64;
        let x = |place: usize| rounded(left + step * (place as f64 + 0.5));
        let y = |figure: f64| rounded(bottom - (bottom - top) * figure / scale.most);
        let figures = scale.ticks().map(|figure| Tick {
            at: y(figure),
            text: written(figure),
            anchor: "end",
        });
        let labels = labels::fitting(&self.labels, &size, &x);
        let breaks_at = |place: usize| self.breaks.iter().any(|one| one.0 == place);
        let line = |(number, series): (usize, &Series)| {
            let place = |(place, point): (usize, &Point)| Placed {
                x: x(place),
                y: point.figure.map(&y),
                state: point.state,
                begins_anew: breaks_at(place),
            };
            let placed: Vec<_> = series.points.iter().enumerate().map(place).collect();
            drawn_line(number, &placed, bottom)
        };
        Drawing {
            size,
            left,
            right,
            top,
            bottom,
            figures: figures.collect(),
            labels,
            lines: self.series.iter().enumerate().map(line).collect(),
            gaps: self.bands(count, left, step),
            breaks: self.breaks.iter().map(|one| (rounded(x(one.0) - step / 2.0), one.1)).collect(),
        }
    }
}

impl Chart {
    /// The bands where nothing was collected: as wide as the same series have no figure.
    fn bands(&self, count: usize, left: f64, step: f64) -> Vec<Band> {
        let is_missing = |one: &Series, place: usize| {
            one.points.get(place).is_some_and(|point| point.state == State::Missing)
        };
        let missing = |place: usize| -> Vec<usize> {
            let series = self.series.iter().enumerate();
            series.filter(|(_, one)| is_missing(one, place)).map(|(number, _)| number).collect()
        };
        let mut bands: Vec<(usize, usize, Vec<usize>)> = Vec::new();
        for place in 0..count {
            let series = missing(place);
            match bands.last_mut() {
                _ if series.is_empty() => {}
                Some((_, end, of)) if *end == place && *of == series => *end += 1,
                _ => bands.push((place, place + 1, series)),
            }
        }
        let at = |place: usize| rounded(left + step * place as f64);
        let band = |(begin, end, series): (usize, usize, Vec<usize>)| Band {
            at: at(begin),
            width: rounded(at(end) - at(begin)),
            series,
        };
        bands.into_iter().map(band).collect()
    }
}

/// A point in its place.
struct Placed {
    x: f64,
    y: Option<f64>,
    state: State,
    begins_anew: bool,
}

fn drawn_line(number: usize, points: &[Placed], bottom: f64) -> Line {
    let mut line = Line { number, ..Line::default() };
    let has_markers = points.len() <= MARKERS_MAX;
    let mut before: Option<(f64, f64)> = None;
    for (place, point) in points.iter().enumerate() {
        if point.begins_anew {
            before = None;
        }
        let Some(y) = point.y else {
            before = None;
            if point.state == State::Withheld && has_markers {
                line.marks.push(Mark { x: point.x, y: bottom - MARKER, state: point.state });
            }
            continue;
        };
        let path = match point.state {
            State::Provisional => &mut line.provisional,
            State::Final | State::Withheld | State::Missing | State::Absent => &mut line.path,
        };
        if let Some((x, y)) = before
            && (path.is_empty() || !path.ends_with(&format!("{x} {y}")))
        {
            path.push_str(&format!("M{x} {y}"));
        }
        if before.is_some() {
            path.push_str(&format!("L{} {y}", point.x));
        }
        // A figure with no neighbour would not be seen without its marker.
        let next = points.get(place + 1);
        let is_alone =
            before.is_none() && next.is_none_or(|next| next.y.is_none() || next.begins_anew);
        if has_markers || is_alone || point.state == State::Provisional {
            line.marks.push(Mark { x: point.x, y, state: point.state });
        }
        before = Some((point.x, y));
    }
    line
}

/// To a tenth of a pixel: finer places make a page longer and no drawing better.
fn rounded(place: f64) -> f64 {
    (place * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests;
