//! Data Package v2 (datapackage.org): one description of a site's files with their columns, sizes
//! and hashes, and one of the portal that leads to them.
//!
//! The standard has no languages for titles. What it names is in English; beside it stand the
//! same names with `_fr`, in French.

use serde_json::{Map, Value, json};

use crate::publish::catalogue::{
    Agent, Collection, DatasetEntry, Distribution, Licence, Portal, Text,
};
use crate::publish::table::{Column, Kind, Schema};

const PACKAGE_PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const RESOURCE_PROFILE: &str = "https://datapackage.org/profiles/2.0/dataresource.json";
const SCHEMA_PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// The folder of everything; what lies in it and in no folder below is in its own package.
const ROOT: &str = "/data";

/// The media type of a package (registered with IANA).
pub const PACKAGE_TYPE: &str = "application/vnd.datapackage+json";

/// The file `datapackage.json` of the whole portal: it leads to the package of every collection.
pub fn of_portal(portal: &Portal<'_>) -> Value {
    let mut package = opening("portal", &portal.title, &portal.description);
    package.insert("homepage".into(), json!(portal.address("/data/")));
    stamp(&mut package, portal, &portal.licence, &portal.publisher);
    let of_root = portal.collections.iter().filter(|collection| collection.path == ROOT);
    let own = of_root.flat_map(|collection| resources(portal, collection));
    let of_folders = portal.collections.iter().filter(|collection| collection.path != ROOT);
    let folders = of_folders.map(|collection| {
        let path = format!("{}/datapackage.json", collection.path);
        let path = path.strip_prefix(ROOT).unwrap_or(&path).trim_start_matches('/');
        let mut resource = Map::new();
        resource.insert("$schema".into(), json!(RESOURCE_PROFILE));
        resource.insert("name".into(), json!(collection.name()));
        say(&mut resource, "title", &collection.title);
        say(&mut resource, "description", &collection.description);
        resource.insert("path".into(), json!(path));
        resource.insert("format".into(), json!("json"));
        resource.insert("mediatype".into(), json!(PACKAGE_TYPE));
        resource.insert("encoding".into(), json!("utf-8"));
        resource.insert("licenses".into(), licences(&collection.licence));
        Value::Object(resource)
    });
    package.insert("resources".into(), own.chain(folders).collect());
    Value::Object(package)
}

/// The file `datapackage.json` in a collection's folder: every canonical file of it.
pub fn of_collection(portal: &Portal<'_>, collection: &Collection<'_>) -> Value {
    let mut package = opening(collection.name(), &collection.title, &collection.description);
    package.insert("homepage".into(), json!(portal.address(&format!("{}/", collection.path))));
    stamp(&mut package, portal, &collection.licence, &collection.publisher);
    if let Some(provenance) = collection.provenance() {
        package.insert("synthetic".into(), json!(true));
        say(&mut package, "provenance", &provenance);
    }
    if let Some(source) = &collection.source {
        let title = format!("The pages of {}, as they were shown to readers", collection.name());
        package.insert("sources".into(), json!([{ "title": title, "path": source }]));
    }
    let days = collection.datasets.iter().filter_map(|one| Some((one.first?, one.last?)));
    let (first, last): (Vec<_>, Vec<_>) = days.unzip();
    if let (Some(first), Some(last)) = (first.iter().min(), last.iter().max()) {
        package.insert("temporalCoverage".into(), json!(format!("{first}/{last}")));
    }
    package.insert("resources".into(), resources(portal, collection).collect());
    Value::Object(package)
}

/// The canonical files of a collection.
fn resources<'a>(
    portal: &'a Portal<'_>,
    collection: &'a Collection<'_>,
) -> impl Iterator<Item = Value> + 'a {
    collection.datasets.iter().flat_map(move |dataset| {
        dataset.canonical().map(move |file| resource(portal, collection, dataset, file))
    })
}

/// The Table Schema of a dataset, also the file at [`super::schema_path`].
pub fn table_schema(schema: &Schema) -> Value {
    let mut written = Map::new();
    written.insert("$schema".into(), json!(SCHEMA_PROFILE));
    written.insert("name".into(), json!(schema.dataset));
    say(&mut written, "title", &schema.title.into());
    say(&mut written, "description", &schema.description.into());
    written.insert("fields".into(), schema.columns.iter().map(field).collect());
    written.insert("primaryKey".into(), json!(schema.primary_key));
    let missing = json!([{
        "value": "",
        "label": "No figure: the statuses of the row say why, such as withheld or not collected",
        "label_fr": "Pas de chiffre : les statuts de la ligne disent pourquoi, par exemple \
                     masqué ou non collecté",
    }]);
    written.insert("missingValues".into(), missing);
    Value::Object(written)
}

fn opening(name: &str, title: &Text, description: &Text) -> Map<String, Value> {
    let mut package = Map::new();
    package.insert("$schema".into(), json!(PACKAGE_PROFILE));
    package.insert("name".into(), json!(name));
    say(&mut package, "title", title);
    say(&mut package, "description", description);
    package.insert("languages".into(), json!(["en", "fr"]));
    package
}

fn stamp(package: &mut Map<String, Value>, portal: &Portal<'_>, licence: &Licence, by: &Agent) {
    package.insert("created".into(), json!(portal.moment(portal.modified)));
    package.insert("generator".into(), json!(portal.generator));
    package.insert("licenses".into(), licences(licence));
    package.insert("contributors".into(), json!([contributor(by)]));
}

fn licences(licence: &Licence) -> Value {
    json!([{ "name": licence.spdx, "path": licence.url, "title": licence.title }])
}

fn contributor(agent: &Agent) -> Value {
    let mut written = Map::new();
    written.insert("title".into(), json!(agent.name));
    for (name, value) in [("path", &agent.url), ("email", &agent.email)] {
        if let Some(value) = value {
            written.insert(name.into(), json!(value));
        }
    }
    if let Some(identifier) = &agent.identifier {
        written.insert("identifier".into(), json!(identifier));
    }
    written.insert("roles".into(), json!(["publisher"]));
    Value::Object(written)
}

fn resource(
    portal: &Portal<'_>,
    collection: &Collection<'_>,
    dataset: &DatasetEntry<'_>,
    file: &Distribution,
) -> Value {
    let stem = file.file_name().trim_end_matches(".csv");
    let mut written = Map::new();
    written.insert("$schema".into(), json!(RESOURCE_PROFILE));
    written.insert("name".into(), json!(format!("{}-{stem}", dataset.schema.dataset)));
    written.insert("type".into(), json!("table"));
    say(&mut written, "title", &dataset.title);
    say(&mut written, "description", &dataset.description);
    written.insert("path".into(), json!(collection.path_within(&file.path)));
    written.insert("homepage".into(), json!(portal.address(&dataset.landing)));
    written.insert("format".into(), json!("csv"));
    written.insert("mediatype".into(), json!(file.essence()));
    written.insert("encoding".into(), json!("utf-8"));
    written.insert("bytes".into(), json!(file.bytes));
    written.insert("hash".into(), json!(format!("sha256:{}", file.sha256)));
    if let Some(period) = &file.period {
        written.insert("period".into(), json!(period));
    }
    written.insert("modified".into(), json!(portal.moment(dataset.modified)));
    written.insert("dialect".into(), json!({ "delimiter": ",", "lineTerminator": "\r\n" }));
    written.insert("schema".into(), table_schema(dataset.schema));
    Value::Object(written)
}

fn field(column: &Column) -> Value {
    let mut written = Map::new();
    written.insert("name".into(), json!(column.name));
    written.insert("type".into(), json!(type_name(column.kind)));
    if column.kind == Kind::Boolean {
        written.insert("trueValues".into(), json!(["true"]));
        written.insert("falseValues".into(), json!(["false"]));
    }
    say(&mut written, "title", &column.title.into());
    say(&mut written, "description", &column.description.into());
    let mut constraints = Map::new();
    if !column.may_be_empty {
        constraints.insert("required".into(), json!(true));
    }
    match column.kind {
        Kind::Integer => {
            constraints.insert("minimum".into(), json!(0));
        }
        Kind::Code(codes) => {
            let categories = codes.iter().map(|(code, meaning)| {
                json!({ "value": code, "label": meaning.en, "label_fr": meaning.fr })
            });
            written.insert("categories".into(), categories.collect());
            let values = codes.iter().map(|(code, _)| *code);
            constraints.insert("enum".into(), values.collect());
        }
        _ => {}
    }
    if !constraints.is_empty() {
        written.insert("constraints".into(), Value::Object(constraints));
    }
    Value::Object(written)
}

fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Code(_) => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::Moment => "datetime",
    }
}

/// Writes a text in English under its name and in French beside it.
fn say(into: &mut Map<String, Value>, name: &str, text: &Text) {
    into.insert(name.into(), json!(text.en));
    into.insert(format!("{name}_fr"), json!(text.fr));
}
