//! Looks at each row before it is written, so that no format has to guess and all of them hold the
//! same: a row that breaks its own schema is an error, never a file.

use std::io;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::publish::table::{Column, Kind, Row, Schema, Value};

/// The row, if each cell fits its column. An empty text is nothing: formats without types cannot
/// tell the two apart, so no format may.
pub fn fitting(schema: &Schema, mut row: Row) -> io::Result<Row> {
    if row.len() != schema.columns.len() {
        let (cells, columns) = (row.len(), schema.columns.len());
        return Err(wrong(format!("{}: {cells} cells in {columns} columns", schema.dataset)));
    }
    for value in &mut row {
        if matches!(value, Value::Text(text) if text.is_empty()) {
            *value = Value::Nothing;
        }
    }
    let mut cells = schema.columns.iter().zip(&row);
    match cells.find(|(column, value)| !fits(column, value)) {
        Some((column, value)) => {
            Err(wrong(format!("{}: {value:?} is no {}", schema.dataset, column.name)))
        }
        None => Ok(row),
    }
}

fn fits(column: &Column, value: &Value) -> bool {
    match (value, column.kind) {
        (Value::Nothing, _) => column.may_be_empty,
        (Value::Text(_), Kind::Text) | (Value::Boolean(_), Kind::Boolean) => true,
        (Value::Text(text), Kind::Date) => text.parse::<Date>().is_ok(),
        (Value::Text(text), Kind::Moment) => text.parse::<Timestamp>().is_ok(),
        (Value::Text(text), Kind::Code(codes)) => codes.iter().any(|(code, _)| code == text),
        // Whole numbers above this have no room in the typed formats.
        (Value::Integer(integer), Kind::Integer) => i64::try_from(*integer).is_ok(),
        (Value::Number(number), Kind::Number) => number.is_finite(),
        _ => false,
    }
}

/// What is wrong with the data themselves, not with the disk.
pub fn wrong(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}
