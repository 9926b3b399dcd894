//! The file for data science: Apache Parquet, each column with its type and packed by Zstandard,
//! read by pyarrow, DuckDB, Polars and Spark as it is.

mod cells;

use std::io;
use std::sync::Arc;

use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::Type;
use serde_json::Value as Said;

use crate::model::Words;
use crate::publish::format::fitting::{fitting, wrong};
use crate::publish::format::said::said;
use crate::publish::table::{Format, Head, Rows, Schema};

use cells::Cells;

/// Apache Parquet.
pub struct Parquet;

/// Rows that are gathered before they are written: what the memory for a file of any length is
/// bounded by, and still enough for the encodings to find what repeats.
pub const GROUP_ROWS_MAX: usize = 65_536;

/// The library's own choice between speed and size.
const ZSTD_LEVEL: i32 = 3;

impl Format for Parquet {
    fn extension(&self) -> &'static str {
        "parquet"
    }

    fn media_type(&self) -> &'static str {
        "application/vnd.apache.parquet"
    }

    fn title(&self) -> Words {
        Words::new("Parquet, pour la science des données", "Parquet, for data science")
    }

    fn write(
        &self,
        head: &Head,
        schema: &Schema,
        rows: &mut Rows<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut file = File::begin(head, schema).map_err(plain)?;
        let mut columns: Vec<_> = schema.columns.iter().map(Cells::of).collect();
        let mut gathered = 0;
        for row in rows {
            for (cells, value) in columns.iter_mut().zip(fitting(schema, row?)?) {
                cells.push(value)?;
            }
            gathered += 1;
            if gathered == GROUP_ROWS_MAX {
                file.group(&mut columns).map_err(plain)?;
                file.pass_on(out)?;
                gathered = 0;
            }
        }
        if gathered > 0 {
            file.group(&mut columns).map_err(plain)?;
        }
        file.end(out)
    }
}

/// The file so far. The library wants a writer that can change threads, which `out` need not, so it
/// writes to memory, and each group is passed on as soon as it is complete.
struct File {
    writer: SerializedFileWriter<Vec<u8>>,
}

impl File {
    fn begin(head: &Head, schema: &Schema) -> Result<Self, ParquetError> {
        let fields = schema.columns.iter().map(|column| cells::field(column).map(Arc::new));
        let fields = fields.collect::<Result<Vec<_>, _>>()?;
        let root = Type::group_type_builder(schema.dataset).with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(ZSTD_LEVEL)?))
            // Of the library's version nothing may be seen, or an upgrade would change the bytes.
            // Readers take the version out of this form of words.
            .set_created_by(head.generator.replacen(' ', " version ", 1))
            .set_key_value_metadata(Some(said(head, schema).into_iter().map(pair).collect()))
            .build();
        let writer = SerializedFileWriter::new(Vec::new(), Arc::new(root), Arc::new(properties))?;
        Ok(Self { writer })
    }

    /// Writes what the columns gathered.
    fn group(&mut self, columns: &mut [Cells]) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for cells in columns {
            if let Some(mut column) = group.next_column()? {
                cells.write(&mut column)?;
                column.close()?;
            }
        }
        group.close()?;
        Ok(())
    }

    /// Hands over what is complete; the writer has counted it, so later offsets stay right.
    fn pass_on(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        self.writer.flush()?;
        out.write_all(self.writer.inner())?;
        self.writer.inner_mut().clear();
        Ok(())
    }

    fn end(self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(&self.writer.into_inner().map_err(plain)?)?;
        out.flush()
    }
}

/// A pair of the file's own metadata: texts as they are, everything else as JSON.
fn pair((name, value): (String, Said)) -> KeyValue {
    let value = match value {
        Said::Null => None,
        Said::String(text) => Some(text),
        other => Some(other.to_string()),
    };
    KeyValue::new(name, value)
}

fn plain(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => io::Error::other(error),
        error => wrong(error.to_string()),
    }
}
