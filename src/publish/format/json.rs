//! The file for programs: what the figures are about, what the columns mean, and the same rows as
//! the CSV, one a line.

use std::io;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::model::Words;
use crate::publish::format::fitting::fitting;
use crate::publish::format::said::said;
use crate::publish::table::{Format, Head, Row, Rows, Schema, Value};

/// JavaScript object notation.
pub struct Json;

/// Bytes gathered before they are written: a few hundred rows.
const BUFFER_BYTES: usize = 64 * 1024;

impl Format for Json {
    fn extension(&self) -> &'static str {
        "json"
    }

    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn title(&self) -> Words {
        Words::new("JSON, pour les programmes", "JSON, for programs")
    }

    fn write(
        &self,
        head: &Head,
        schema: &Schema,
        rows: &mut Rows<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut out = io::BufWriter::with_capacity(BUFFER_BYTES, out);
        self::write(head, schema, rows, &mut out)?;
        io::Write::flush(&mut out)
    }
}

/// The brackets are written here and not by the serializer, so that no row outlives its line.
fn write(
    head: &Head,
    schema: &Schema,
    rows: &mut Rows<'_>,
    out: &mut impl io::Write,
) -> io::Result<()> {
    out.write_all(b"{\n")?;
    for (name, value) in said(head, schema) {
        serde_json::to_writer(&mut *out, &name)?;
        out.write_all(b": ")?;
        serde_json::to_writer(&mut *out, &value)?;
        out.write_all(b",\n")?;
    }
    out.write_all(b"\"rows\": [")?;
    let mut before: &[u8] = b"\n";
    for row in rows {
        let row = fitting(schema, row?)?;
        out.write_all(before)?;
        serde_json::to_writer(&mut *out, &Written { schema, row: &row })?;
        before = b",\n";
    }
    out.write_all(b"\n]\n}\n")
}

/// A row as an object with the names of its columns.
struct Written<'a> {
    schema: &'a Schema,
    row: &'a Row,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.row.len()))?;
        for (column, value) in self.schema.columns.iter().zip(self.row) {
            match value {
                Value::Nothing => object.serialize_entry(column.name, &())?,
                Value::Text(text) => object.serialize_entry(column.name, text)?,
                Value::Integer(integer) => object.serialize_entry(column.name, integer)?,
                Value::Number(number) => object.serialize_entry(column.name, number)?,
                Value::Boolean(boolean) => object.serialize_entry(column.name, boolean)?,
            }
        }
        object.end()
    }
}
