//! The heads of a breakdown's columns: each puts the table in order, and once more the other way.

use crate::dimension::Dimension;
use crate::model::Metric;
use crate::publish::{label_column, metric_title};
use crate::query::Sort;
use crate::web::frame::Frame;

/// The head of a column.
pub struct Column {
    /// Its name.
    pub title: &'static str,
    /// The page with the table in this column's order.
    pub href: String,
    /// `ascending`, `descending`, or nothing where it is not the order.
    pub order: &'static str,
}

/// The metrics of a breakdown, the first of which its bars show.
pub fn metrics_of(dimension: &Dimension) -> [Metric; 2] {
    match dimension.of {
        of if of.is_of_deeds() => [Metric::Events, Metric::Visitors],
        of if of.is_of_visits() => [Metric::Visits, Metric::Visitors],
        _ => [Metric::Views, Metric::Visitors],
    }
}

/// The heads of a breakdown: that of its values, and those of its figures. `sorted` is the order
/// that the table is in, and `here` makes the page's address with another one.
pub fn columns(
    frame: &Frame,
    dimension: &Dimension,
    sorted: Option<Sort>,
    here: impl Fn(&str) -> String,
) -> (Column, Vec<Column>) {
    let locale = frame.locale;
    let order = |is_descending: Option<bool>| match is_descending {
        Some(true) => "descending",
        Some(false) => "ascending",
        None => "",
    };
    let by_value = match sorted {
        Some(Sort::Value(is_descending)) => Some(is_descending),
        _ => None,
    };
    let head = Column {
        title: locale.of(label_column(dimension.name).title),
        href: here(if by_value == Some(false) { "-value" } else { "value" }),
        order: order(by_value),
    };
    let figures = metrics_of(dimension).map(|metric| {
        let by_metric = match sorted {
            Some(Sort::Metric(one, is_descending)) if one == metric => Some(is_descending),
            _ => None,
        };
        // The largest figures come first unless they do already.
        let sign = if by_metric == Some(true) { "" } else { "-" };
        Column {
            title: locale.of(metric_title(metric)),
            href: here(&format!("{sign}{}", metric.name())),
            order: order(by_metric),
        }
    });
    (head, figures.into())
}
