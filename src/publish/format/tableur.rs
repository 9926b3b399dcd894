//! The file for people with a spreadsheet set to French: what a double click opens in columns, with
//! numbers that are numbers, and no text that is taken for a formula.

use std::io;

use csv::{Terminator, WriterBuilder};

use crate::model::Words;
use crate::publish::format::csv::{push, records};
use crate::publish::table::{Format, Head, Rows, Schema, Value};

/// Semicolon-separated values.
pub struct Tableur;

/// Spreadsheets take a file without this mark for one in an old encoding.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// First letters of what a spreadsheet takes for a formula (OWASP, CSV injection): the full-width
/// ones are folded to the plain ones by some, and leading white space is dropped.
const OF_FORMULAS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What makes a spreadsheet take the rest of the cell for a text.
const TEXT_MARK: char = '\'';

impl Format for Tableur {
    fn extension(&self) -> &'static str {
        "tableur.csv"
    }

    fn media_type(&self) -> &'static str {
        "text/csv; charset=utf-8; header=present"
    }

    fn title(&self) -> Words {
        Words::new("CSV pour tableur", "CSV for spreadsheets set to French")
    }

    fn write(
        &self,
        _: &Head,
        schema: &Schema,
        rows: &mut Rows<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
        let mut builder = WriterBuilder::new();
        let writer = builder.delimiter(b';').terminator(Terminator::CRLF).from_writer(out);
        records(schema, rows, writer, |value, cell| match value {
            Value::Nothing => {}
            Value::Text(text) => {
                if text.starts_with(OF_FORMULAS) {
                    cell.push(TEXT_MARK);
                }
                cell.push_str(text);
            }
            Value::Integer(integer) => push(cell, integer),
            Value::Number(number) => cell.push_str(&number.to_string().replace('.', ",")),
            Value::Boolean(boolean) => push(cell, boolean),
        })
    }
}
