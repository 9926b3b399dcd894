//! Reads Parquet back with the library's reader, which shares little with its writer.

use ::parquet::basic::{Compression, LogicalType, TimeUnit};
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;
use bytes::Bytes;

use super::{Row, Value, full, head, named, rows, schema, text, written};
use crate::publish::format::parquet::GROUP_ROWS_MAX;

fn opened(rows: Vec<Row>) -> SerializedFileReader<Bytes> {
    let bytes = written(named("parquet"), rows).expect("it is written");
    SerializedFileReader::new(Bytes::from(bytes)).expect("it is Parquet")
}

fn field(value: &Value, name: &str) -> Field {
    match value {
        Value::Nothing => Field::Null,
        // The only day and the only moment of these rows, as the number that stands for it.
        Value::Text(day) if day == "2026-11-22" => Field::Date(20_779),
        Value::Text(day) if day == "2026-11-23" => Field::Date(20_780),
        Value::Text(_) if name == "seen" => Field::TimestampMillis(1_795_341_600_000),
        Value::Text(text) => Field::Str(text.clone()),
        Value::Integer(integer) => Field::Long(*integer as i64),
        Value::Number(number) => Field::Double(*number),
        Value::Boolean(boolean) => Field::Bool(*boolean),
    }
}

#[test]
fn parquet_reads_back_as_it_was_written() {
    let file = opened(rows());
    let read: Vec<_> =
        file.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
    assert_eq!(read.len(), rows().len());
    for (row, expected) in read.iter().zip(rows()) {
        for ((name, read), value) in row.get_column_iter().zip(&expected) {
            assert_eq!(*read, field(value, name), "{name}");
        }
    }
}

#[test]
fn parquet_says_what_it_is() {
    let file = opened(rows());
    let facts = file.metadata().file_metadata();
    assert_eq!(facts.created_by(), Some("parvis version 0.1.0"));
    let pairs = facts.key_value_metadata().expect("pairs");
    let said = |key: &str| {
        let pair = pairs.iter().find(|pair| pair.key == key).expect("the key is there");
        pair.value.clone()
    };
    assert_eq!(said("about"), Some(head().about));
    assert_eq!(said("revision").as_deref(), Some("2"));
    assert_eq!(said("released").as_deref(), Some("2026-12-01T03:00:00Z"));
    assert!(said("columns").is_some_and(|columns| columns.contains("\"datetime\"")));
    let columns = facts.schema_descr();
    let optional: Vec<_> =
        columns.columns().iter().map(|column| column.self_type().is_optional()).collect();
    assert_eq!(optional, schema().columns.iter().map(|one| one.may_be_empty).collect::<Vec<_>>());
    let logical = |place: usize| columns.column(place).logical_type_ref().cloned();
    assert_eq!(logical(0), Some(LogicalType::String));
    assert_eq!(logical(1), Some(LogicalType::Date));
    assert_eq!(logical(5), Some(LogicalType::timestamp(true, TimeUnit::MILLIS)));
    assert_eq!(logical(6), Some(LogicalType::String));
    let chunk = file.metadata().row_group(0).column(0);
    assert!(matches!(chunk.compression(), Compression::ZSTD(_)));
}

#[test]
fn parquet_of_no_rows_has_its_columns() {
    let file = opened(vec![]);
    assert_eq!(file.metadata().file_metadata().num_rows(), 0);
    assert_eq!(file.metadata().file_metadata().schema_descr().num_columns(), 7);
}

#[test]
fn parquet_has_groups_of_bounded_length_at_the_right_places() {
    for (rows, groups) in [(GROUP_ROWS_MAX, 1), (GROUP_ROWS_MAX + 1, 2)] {
        let mut many = vec![full("/plain"); rows];
        many[rows - 1][0] = text("/last");
        let file = opened(many);
        assert_eq!(file.num_row_groups(), groups);
        let last = file.get_row_iter(None).expect("rows").last().expect("one").expect("a row");
        assert_eq!(
            last.get_column_iter().next().map(|(_, page)| page.clone()),
            Some(Field::Str("/last".to_owned()))
        );
    }
}

#[test]
fn parquet_is_the_same_bytes_every_time() {
    let [first, second] = [(), ()].map(|()| written(named("parquet"), rows()).expect("written"));
    assert!(first == second);
}
