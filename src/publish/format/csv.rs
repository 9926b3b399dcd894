//! The canonical file: CSV by RFC 4180.

use std::io;

use csv::{Terminator, WriterBuilder};

use crate::model::Words;
use crate::publish::table::{Format, Head, Rows, Schema, Value};

/// Comma-separated values.
pub struct Csv;

impl Format for Csv {
    fn extension(&self) -> &'static str {
        "csv"
    }

    fn media_type(&self) -> &'static str {
        "text/csv; charset=utf-8; header=present"
    }

    fn title(&self) -> Words {
        Words::new("CSV", "CSV")
    }

    fn write(
        &self,
        _head: &Head,
        schema: &Schema,
        rows: &mut Rows<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        writer.write_record(schema.columns.iter().map(|column| column.name))?;
        for row in rows {
            let texts = row?.into_iter().map(|value| match value {
                Value::Nothing => String::new(),
                Value::Text(text) => text,
                Value::Integer(number) => number.to_string(),
                Value::Number(number) => number.to_string(),
                Value::Boolean(is) => is.to_string(),
            });
            writer.write_record(texts.collect::<Vec<_>>())?;
        }
        writer.flush()
    }
}
