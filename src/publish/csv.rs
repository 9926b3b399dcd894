//! The canonical file: CSV by RFC 4180, UTF-8, one header, ISO dates; a withheld figure is empty
//! and says why.

use std::io;

use csv::{Terminator, WriterBuilder};

use crate::privacy::Figure;
use crate::publish::{FILE_METRICS, Format, Table};

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
        let mut header = vec!["site", "period"];
        header.extend(table.dataset.columns());
        header.extend(FILE_METRICS.map(|metric| metric.name()));
        header.extend(["method", "obs_status", "conf_status"]);
        writer.write_record(&header)?;
        let whole = table.period.to_string();
        for line in table.published.lines() {
            let figures = FILE_METRICS.map(|metric| figure(line.figure(metric)));
            let mut record = vec![
                table.published.heading().site.as_str(),
                table.line_period(&line.label, &whole),
            ];
            record.extend(table.line_parts(&line.label));
            record.extend(figures.iter().map(String::as_str));
            record.extend([&*table.method, line.obs_status.code(), line.conf_status.code()]);
            writer.write_record(&record)?;
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
