//! The cells of one column of a Parquet file, gathered until a group of rows is complete.

use std::io;

use ::parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use ::parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use ::parquet::errors::ParquetError;
use ::parquet::file::writer::SerializedColumnWriter;
use ::parquet::schema::types::Type;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::day_number;
use crate::publish::format::fitting::wrong;
use crate::publish::table::{Column, Kind, Value};

/// What Parquet writes before a value that is there, in a column that may be empty.
const IS_THERE: i16 = 1;

/// What it writes for one that is not.
const IS_EMPTY: i16 = 0;

/// The cells of a column.
pub struct Cells {
    kind: Kind,
    values: Values,
    /// For each row whether it has a value; nothing where all have.
    levels: Option<Vec<i16>>,
}

enum Values {
    Texts(Vec<ByteArray>),
    Longs(Vec<i64>),
    Numbers(Vec<f64>),
    Booleans(Vec<bool>),
    Days(Vec<i32>),
}

/// What the file says of a column.
pub fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text | Kind::Code(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        // Adjusted to UTC: the number alone names the moment.
        Kind::Moment => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
    };
    let repetition = if column.may_be_empty { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    Type::primitive_type_builder(column.name, physical)
        .with_logical_type(logical)
        .with_repetition(repetition)
        .build()
}

impl Cells {
    /// No cells yet.
    pub fn of(column: &Column) -> Self {
        let values = match column.kind {
            Kind::Text | Kind::Code(_) => Values::Texts(Vec::new()),
            Kind::Integer | Kind::Moment => Values::Longs(Vec::new()),
            Kind::Number => Values::Numbers(Vec::new()),
            Kind::Boolean => Values::Booleans(Vec::new()),
            Kind::Date => Values::Days(Vec::new()),
        };
        Self { kind: column.kind, values, levels: column.may_be_empty.then(Vec::new) }
    }

    /// One more cell, of which it is known that it fits the column.
    pub fn push(&mut self, value: Value) -> io::Result<()> {
        let level = if value == Value::Nothing { IS_EMPTY } else { IS_THERE };
        if let Some(levels) = &mut self.levels {
            levels.push(level);
        }
        match (&mut self.values, value) {
            (_, Value::Nothing) => {}
            (Values::Texts(texts), Value::Text(text)) => texts.push(text.into_bytes().into()),
            (Values::Longs(longs), Value::Text(text)) => longs.push(milliseconds(&text)?),
            (Values::Longs(longs), Value::Integer(integer)) => {
                longs.push(i64::try_from(integer).map_err(|error| wrong(error.to_string()))?);
            }
            (Values::Numbers(numbers), Value::Number(number)) => numbers.push(number),
            (Values::Booleans(booleans), Value::Boolean(boolean)) => booleans.push(boolean),
            (Values::Days(days), Value::Text(text)) => days.push(day(&text)?),
            (_, value) => return Err(wrong(format!("{value:?} is no {:?}", self.kind))),
        }
        Ok(())
    }

    /// Writes the cells, and forgets them.
    pub fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = self.levels.as_deref();
        match &mut self.values {
            Values::Texts(texts) => write::<ByteArrayType>(column, texts, levels)?,
            Values::Longs(longs) => write::<Int64Type>(column, longs, levels)?,
            Values::Numbers(numbers) => write::<DoubleType>(column, numbers, levels)?,
            Values::Booleans(booleans) => write::<BoolType>(column, booleans, levels)?,
            Values::Days(days) => write::<Int32Type>(column, days, levels)?,
        }
        if let Some(levels) = &mut self.levels {
            levels.clear();
        }
        Ok(())
    }
}

fn write<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, levels, None)?;
    values.clear();
    Ok(())
}

fn milliseconds(text: &str) -> io::Result<i64> {
    let moment = text.parse::<Timestamp>().map_err(|error| wrong(error.to_string()))?;
    Ok(moment.as_millisecond())
}

/// Days since 1 January 1970.
fn day(text: &str) -> io::Result<i32> {
    let date = text.parse::<Date>().map_err(|error| wrong(error.to_string()))?;
    i32::try_from(day_number(date)).map_err(|error| wrong(error.to_string()))
}
