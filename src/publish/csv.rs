//! The canonical file: CSV by RFC 4180, UTF-8, one header, ISO dates; a withheld figure is empty
//! and says why.

use std::io;

use csv::{Terminator, WriterBuilder};

use crate::model::Metric;
use crate::privacy::Figure;
use crate::publish::{Format, Table};

/// Comma-separated values.
pub struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn media_type(&self) -> &'static str {
        "text/csv; charset=utf-8; header=present"
    }

    fn write(&self, table: &Table, out: &mut dyn io::Write) -> io::Result<()> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        let is_breakdown = table.line_page("").is_some();
        let page_column = is_breakdown.then_some("page");
        let columns = ["views", "visitors", "method", "obs_status", "conf_status"];
        writer.write_record(["site", "period"].into_iter().chain(page_column).chain(columns))?;
        let whole = table.period.to_string();
        for line in table.published.lines() {
            let (views, visitors) =
                (figure(line.figure(Metric::Views)), figure(line.figure(Metric::Visitors)));
            let labels =
                [table.published.heading().site.as_str(), table.line_period(&line.label, &whole)];
            let figures = [
                views.as_str(),
                visitors.as_str(),
                table.method(),
                line.obs_status.code(),
                line.conf_status.code(),
            ];
            let page = table.line_page(&line.label);
            writer.write_record(labels.into_iter().chain(page).chain(figures))?;
        }
        writer.flush()
    }
}

fn figure(figure: Figure) -> String {
    match figure {
        Figure::Rounded(figure) => figure.to_string(),
        Figure::Ratio(Some(ratio)) => ratio.to_string(),
        Figure::Ratio(None) | Figure::Withheld => String::new(),
    }
}
