//! The files of the small portal, with everything that describes them.

use std::io;

use csv::{Terminator, WriterBuilder};
use parvis::model::hexadecimal;
use parvis::publish::catalogue::dcat::{self, Checksums, Syntax};
use parvis::publish::catalogue::{
    Language, Portal, csvw, datapackage, file_bytes, schema_org, schema_path,
};
use parvis::publish::table::{Row, Schema, Value};
use serde_json::{Map, json};
use sha2::{Digest, Sha256};

/// One file of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub path: String,
    pub extension: &'static str,
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
}

impl File {
    fn new(path: String, bytes: Vec<u8>) -> Self {
        Self { path, extension: "", media_type: "", bytes }
    }
}

/// A table in every format that needs no library of its own.
pub fn write_all(folder: &str, schema: &Schema, rows: &[Row]) -> Vec<File> {
    let file = |extension, media_type, bytes| {
        let path = format!("{folder}/latest.{extension}");
        File { path, extension, media_type, bytes }
    };
    vec![
        file("csv", "text/csv; charset=utf-8; header=present", csv(schema, rows)),
        file("json", "application/json", json(schema, rows)),
        file("tableur.csv", "text/csv; charset=utf-8; header=present", tableur(schema, rows)),
    ]
}

pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Everything that is published, the descriptions included.
pub fn published(portal: &Portal<'_>, files: Vec<File>) -> io::Result<Vec<File>> {
    let mut all = files;
    for syntax in Syntax::ALL {
        for (name, checksums) in
            [("catalog", Checksums::LeftOut), ("catalog-checksums", Checksums::Written)]
        {
            let mut bytes = Vec::new();
            dcat::write(portal, syntax, checksums, &mut bytes)?;
            all.push(File::new(format!("/data/{name}.{}", syntax.extension()), bytes));
        }
    }
    let package = file_bytes(&datapackage::of_portal(portal))?;
    all.push(File::new("/data/datapackage.json".to_owned(), package));
    for collection in &portal.collections {
        let package = file_bytes(&datapackage::of_collection(portal, collection))?;
        all.push(File::new(format!("{}/datapackage.json", collection.path), package));
        for dataset in &collection.datasets {
            let schema = file_bytes(&datapackage::table_schema(dataset.schema))?;
            all.push(File::new(schema_path(dataset.schema.dataset), schema));
            for file in dataset.distributions.iter().filter(|file| file.is_canonical()) {
                let beside = csvw::metadata(portal, collection, dataset, file.file_name());
                let path = format!("{}{}", file.path, csvw::SUFFIX);
                all.push(File::new(path, file_bytes(&beside)?));
            }
            let described = schema_org::dataset(
                portal,
                collection,
                dataset,
                ("https://stats.example.fr/fr/data", Language::French),
            );
            let page = page(&schema_org::script_text(&described));
            all.push(File::new(format!("{}index.html", dataset.landing), page.into_bytes()));
        }
    }
    Ok(all)
}

fn page(described: &str) -> String {
    format!(
        "<!doctype html><html lang=\"fr\"><title>Page</title>\
         <script type=\"application/ld+json\">{described}</script></html>\n"
    )
}

fn csv(schema: &Schema, rows: &[Row]) -> Vec<u8> {
    records(schema, rows, b',', |value| match value {
        Value::Number(number) => number.to_string(),
        value => plain(value),
    })
}

fn tableur(schema: &Schema, rows: &[Row]) -> Vec<u8> {
    let records = records(schema, rows, b';', |value| match value {
        Value::Number(number) => number.to_string().replace('.', ","),
        Value::Text(text) if text.starts_with(['=', '+', '-', '@']) => format!("'{text}"),
        value => plain(value),
    });
    ["\u{feff}".as_bytes(), &records].concat()
}

fn records(schema: &Schema, rows: &[Row], delimiter: u8, cell: fn(&Value) -> String) -> Vec<u8> {
    let mut builder = WriterBuilder::new();
    builder.delimiter(delimiter).terminator(Terminator::CRLF);
    let mut writer = builder.from_writer(Vec::new());
    writer.write_record(schema.columns.iter().map(|column| column.name)).expect("the header");
    for row in rows {
        writer.write_record(row.iter().map(cell)).expect("a row");
    }
    writer.into_inner().expect("the end")
}

fn plain(value: &Value) -> String {
    match value {
        Value::Nothing => String::new(),
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Boolean(yes) => yes.to_string(),
    }
}

fn json(schema: &Schema, rows: &[Row]) -> Vec<u8> {
    let names = schema.columns.iter().map(|column| column.name);
    let rows = rows.iter().map(|row| {
        let cells = names.clone().zip(row).map(|(name, value)| {
            let value = match value {
                Value::Nothing => json!(null),
                Value::Text(text) => json!(text),
                Value::Integer(number) => json!(number),
                Value::Number(number) => json!(number),
                Value::Boolean(yes) => json!(yes),
            };
            (name.to_owned(), value)
        });
        serde_json::Value::Object(cells.collect::<Map<_, _>>())
    });
    let rows: Vec<_> = rows.collect();
    serde_json::to_vec(&json!({ "dataset": schema.dataset, "rows": rows })).expect("JSON")
}
