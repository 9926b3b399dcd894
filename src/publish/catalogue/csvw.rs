//! CSV on the Web (W3C): what stands beside each CSV file, under the file's name and
//! `-metadata.json`, so that a program reads its columns with their types.

use regex::escape;
use serde_json::{Map, Value, json};

use crate::publish::catalogue::{Collection, DatasetEntry, Portal, Text};
use crate::publish::table::{Column, Kind};

/// What is added to a file's path to find its description.
pub const SUFFIX: &str = "-metadata.json";

/// The description of the CSV file of this name, which lies beside it.
pub fn metadata(
    portal: &Portal<'_>,
    collection: &Collection<'_>,
    dataset: &DatasetEntry<'_>,
    file_name: &str,
) -> Value {
    let columns: Vec<Value> = dataset.schema.columns.iter().map(column).collect();
    let mut written = json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "url": file_name,
        "dc:title": said(&dataset.title),
        "dc:description": said(&dataset.description),
        "dc:identifier": dataset.identifier(collection),
        "dc:publisher": collection.publisher.name,
        "dc:license": { "@id": collection.licence.url },
        "dc:modified": portal.moment(dataset.modified),
        "dcat:landingPage": { "@id": portal.address(&dataset.landing) },
        "dialect": {
            "encoding": "utf-8",
            "delimiter": ",",
            "quoteChar": "\"",
            "doubleQuote": true,
            "header": true,
            "headerRowCount": 1,
            "lineTerminators": ["\r\n"],
        },
        "tableSchema": { "columns": columns, "primaryKey": dataset.schema.primary_key },
    });
    if let (Some(provenance), Some(object)) = (collection.provenance(), written.as_object_mut()) {
        object.insert("dc:provenance".into(), said(&provenance));
    }
    written
}

fn column(column: &Column) -> Value {
    let mut written = Map::new();
    written.insert("name".into(), json!(column.name));
    // The heading of the file comes first: readers know a column by it.
    let titles = json!({ "en": [column.name, column.title.en], "fr": [column.title.fr] });
    written.insert("titles".into(), titles);
    written.insert("dc:description".into(), said(&column.description.into()));
    written.insert("datatype".into(), datatype(column.kind));
    written.insert("null".into(), json!(""));
    written.insert("required".into(), json!(!column.may_be_empty));
    Value::Object(written)
}

fn datatype(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!("string"),
        Kind::Integer => json!("nonNegativeInteger"),
        Kind::Number => json!("decimal"),
        Kind::Boolean => json!({ "base": "boolean", "format": "true|false" }),
        Kind::Date => json!({ "base": "date", "format": "yyyy-MM-dd" }),
        Kind::Moment => json!({ "base": "dateTimeStamp", "format": "yyyy-MM-ddTHH:mm:ssX" }),
        Kind::Code(codes) => {
            let codes: Vec<String> = codes.iter().map(|(code, _)| escape(code)).collect();
            json!({ "base": "string", "format": codes.join("|") })
        }
    }
}

fn said(text: &Text) -> Value {
    json!([
        { "@value": text.fr, "@language": "fr" },
        { "@value": text.en, "@language": "en" },
    ])
}
