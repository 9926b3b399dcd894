//! What a file says of itself and of its columns, for the formats that have room for it.

use serde_json::{Map, Value, json};

use crate::model::Words;
use crate::publish::table::{Column, Head, Kind, Schema};

/// Everything, under the names it has in every file.
pub fn said(head: &Head, schema: &Schema) -> Map<String, Value> {
    let columns: Vec<_> = schema.columns.iter().map(column).collect();
    let pairs = [
        ("dataset", json!(schema.dataset)),
        ("title", words(schema.title)),
        ("description", words(schema.description)),
        ("about", json!(head.about)),
        ("period", json!(head.period)),
        ("time_zone", json!(head.time_zone)),
        ("provisional", json!(head.released.is_none())),
        ("revision", json!(head.revision)),
        ("released", json!(head.released.map(|released| released.to_string()))),
        ("reason", json!(head.reason)),
        ("generator", json!(head.generator)),
        ("rule", json!(head.rule)),
        ("method", json!(head.method)),
        ("licence", json!(head.licence)),
        ("synthetic", json!(head.synthetic)),
        ("columns", json!(columns)),
        ("primary_key", json!(schema.primary_key)),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn column(column: &Column) -> Value {
    let mut said = Map::new();
    said.insert("name".to_owned(), json!(column.name));
    said.insert("type".to_owned(), json!(kind_name(column.kind)));
    said.insert("title".to_owned(), words(column.title));
    said.insert("description".to_owned(), words(column.description));
    said.insert("may_be_empty".to_owned(), json!(column.may_be_empty));
    if let Kind::Code(codes) = column.kind {
        let code =
            |(code, meaning): &(&str, Words)| json!({ "code": code, "title": words(*meaning) });
        said.insert("codes".to_owned(), codes.iter().map(code).collect());
    }
    Value::Object(said)
}

/// The name of a kind of column, as Table Schema calls it.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Code(_) => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::Moment => "datetime",
    }
}

fn words(words: Words) -> Value {
    json!({ "fr": words.fr, "en": words.en })
}
