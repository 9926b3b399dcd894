//! The canonical file: CSV by RFC 4180 in UTF-8, one header, numbers with a point, ISO dates; an
//! empty cell is one that another column explains.

use std::io;

use ::csv::{Terminator, Writer, WriterBuilder};

use crate::model::Words;
use crate::publish::format::fitting::fitting;
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
        Words::new("CSV, le format de référence", "CSV, the canonical format")
    }

    fn write(
        &self,
        _: &Head,
        schema: &Schema,
        rows: &mut Rows<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut builder = WriterBuilder::new();
        let writer = builder.terminator(Terminator::CRLF).from_writer(out);
        records(schema, rows, writer, |value, cell| match value {
            Value::Nothing => {}
            Value::Text(text) => cell.push_str(text),
            Value::Integer(integer) => push(cell, integer),
            Value::Number(number) => push(cell, number),
            Value::Boolean(boolean) => push(cell, boolean),
        })
    }
}

/// Writes header and rows, each cell as `spell` spells it.
pub fn records(
    schema: &Schema,
    rows: &mut Rows<'_>,
    mut writer: Writer<&mut dyn io::Write>,
    spell: impl Fn(&Value, &mut String),
) -> io::Result<()> {
    writer.write_record(schema.columns.iter().map(|column| column.name))?;
    let mut cell = String::new();
    for row in rows {
        for value in &fitting(schema, row?)? {
            cell.clear();
            spell(value, &mut cell);
            writer.write_field(&cell)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// Adds what a value is displayed as; `Display` of numbers knows no exponents.
pub fn push(cell: &mut String, value: impl std::fmt::Display) {
    use std::fmt::Write;
    write!(cell, "{value}").expect("a text takes every letter");
}
