//! What is drawn where: no line over what is not known, and no scale that misleads.

use super::scale::places;
use super::*;

fn point(figure: Option<f64>, state: State) -> Point {
    Point { figure, state }
}

fn known(figure: f64) -> Point {
    point(Some(figure), State::Final)
}

fn drawn(points: Vec<Point>, breaks: Vec<(usize, usize)>) -> Drawing {
    let labels = (1..=points.len()).map(|day| day.to_string()).collect();
    let series = vec![Series { name: "a".to_owned(), points }];
    Chart { labels, series, breaks }.drawn(WIDE, &|figure| figure.to_string())
}

#[test]
fn a_scale_begins_at_nothing_and_goes_in_round_steps() {
    let ticks = |most| Scale::up_to(most).ticks().collect::<Vec<_>>();
    assert_eq!(ticks(0.0), [0.0, 1.0]);
    assert_eq!(ticks(7.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
    assert_eq!(ticks(4300.0), [0.0, 1000.0, 2000.0, 3000.0, 4000.0, 5000.0]);
    assert_eq!(Scale::up_to(10_000_000.0).most, 10_000_000.0);
}

#[test]
fn labels_are_as_many_as_have_room() {
    assert_eq!(places(30, 8).collect::<Vec<_>>(), [0, 4, 8, 12, 16, 20, 24, 28]);
    assert_eq!(places(3, 8).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(places(0, 8).count(), 0);
}

#[test]
fn a_line_joins_neighbours_and_nothing_else() {
    let whole = drawn(vec![known(1.0), known(2.0), known(3.0)], vec![]);
    assert_eq!(whole.lines[0].path.matches('M').count(), 1);
    assert_eq!(whole.lines[0].path.matches('L').count(), 2);
    for hole in [State::Withheld, State::Missing] {
        let points = vec![known(1.0), known(2.0), point(None, hole), known(3.0), known(1.0)];
        let broken = drawn(points, vec![]);
        assert_eq!(broken.lines[0].path.matches('M').count(), 2, "{hole:?}");
        assert_eq!(broken.gaps.len(), usize::from(hole == State::Missing));
    }
}

#[test]
fn a_break_in_the_series_breaks_the_line() {
    let points = vec![known(1.0), known(2.0), known(9.0), known(8.0)];
    let broken = drawn(points, vec![(2, 1)]);
    assert_eq!(broken.lines[0].path.matches('M').count(), 2);
    assert_eq!(broken.breaks.len(), 1);
    let between = (broken.lines[0].marks[1].x, broken.lines[0].marks[2].x);
    assert!(between.0 < broken.breaks[0].0 && broken.breaks[0].0 < between.1);
}

#[test]
fn what_is_provisional_is_drawn_as_such() {
    let points = vec![known(1.0), known(2.0), point(Some(1.0), State::Provisional)];
    let line = &drawn(points, vec![]).lines[0];
    assert_eq!(line.path.matches('L').count(), 1);
    assert_eq!(line.provisional.matches('L').count(), 1);
    assert_eq!(line.marks[2].state, State::Provisional);
}

#[test]
fn a_figure_without_neighbours_is_seen() {
    let mut points = vec![point(None, State::Missing); MARKERS_MAX + 1];
    points[5] = known(4.0);
    assert_eq!(drawn(points, vec![]).lines[0].marks.len(), 1);
}

#[test]
fn everything_lies_within_the_drawing() {
    let points: Vec<_> = (0..400).map(|day| known(f64::from(day))).collect();
    for size in [WIDE, NARROW] {
        let labels = (0..400).map(|day| day.to_string()).collect();
        let series = vec![Series { name: "a".to_owned(), points: points.clone() }];
        let drawing =
            Chart { labels, series, breaks: vec![] }.drawn(size, &|figure| figure.to_string());
        assert!(drawing.labels.len() <= size.labels_max);
        let inside = |at: f64, most: f64| (0.0..=most).contains(&at);
        assert!(drawing.labels.iter().all(|tick| inside(tick.at, size.width)));
        assert!(drawing.figures.iter().all(|tick| inside(tick.at, size.height)));
    }
}

#[test]
fn a_band_is_of_the_series_that_has_no_figure_there() {
    let missing = || point(None, State::Missing);
    let series = |points| Series { name: "a".to_owned(), points };
    let chart = Chart {
        labels: (1..=5).map(|day| day.to_string()).collect(),
        series: vec![
            series(vec![known(1.0), missing(), missing(), known(2.0), known(2.0)]),
            // It has ended before the last place.
            series(vec![missing(), known(3.0), missing(), known(3.0), point(None, State::Absent)]),
        ],
        breaks: vec![],
    };
    let drawing = chart.drawn(WIDE, &|figure| figure.to_string());
    let of: Vec<_> = drawing.gaps.iter().map(|band| band.series.clone()).collect();
    assert_eq!(of, [vec![1], vec![0], vec![0, 1]]);
    let two = |places: f64| rounded((drawing.right - drawing.left) / 5.0 * places);
    assert_eq!((drawing.gaps[1].at, drawing.gaps[1].width), (drawing.left + two(1.0), two(1.0)));
    // Days that follow each other are one band.
    let whole = drawn(vec![known(1.0), missing(), missing(), known(2.0)], vec![]);
    assert_eq!(whole.gaps.len(), 1);
}
