//! schema.org: a dataset as search engines read it inside the page that shows it.

use serde_json::{Map, Value, json};

use crate::publish::catalogue::{
    Agent, CATALOGUE, Collection, DatasetEntry, Distribution, Language, Portal, Text,
};

/// Datasets that the page of the catalogue names: search engines read no page of megabytes. The
/// catalogue itself has all.
const DATASETS_NAMED_MAX: usize = 500;

/// The catalogue, for its page in one language, whose address is given.
pub fn catalogue(portal: &Portal<'_>, page: &str, language: Language) -> Value {
    let datasets = portal.collections.iter().flat_map(|collection| {
        let has_files = |one: &&DatasetEntry<'_>| !one.distributions.is_empty();
        let of = collection.datasets.iter().filter(has_files);
        of.map(|one| portal.address(&one.identifier(collection)))
    });
    let datasets = datasets.take(DATASETS_NAMED_MAX).map(|address| json!({ "@id": address }));
    let mut written = json!({
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": portal.address(CATALOGUE),
        "name": portal.title.said_in(language),
        "description": portal.description.said_in(language),
        "url": page,
        "inLanguage": ["fr", "en"],
        "license": portal.licence.url,
        "isAccessibleForFree": true,
        "publisher": organisation(&portal.publisher),
        "dateModified": portal.moment(portal.modified),
        "dataset": datasets.collect::<Vec<_>>(),
    });
    if let (Some(issued), Some(object)) = (portal.issued, written.as_object_mut()) {
        object.insert("datePublished".into(), json!(portal.moment(issued)));
    }
    written
}

/// A dataset, for its page in one language, whose address is given.
pub fn dataset(
    portal: &Portal<'_>,
    collection: &Collection<'_>,
    dataset: &DatasetEntry<'_>,
    (page, language): (&str, Language),
) -> Value {
    let mut written = Map::new();
    let mut set = |name: &str, value: Value| written.insert(name.to_owned(), value);
    set("@context", json!("https://schema.org/"));
    set("@type", json!("Dataset"));
    set("@id", json!(portal.address(&dataset.identifier(collection))));
    set("name", json!(dataset.title.said_in(language)));
    set("description", json!(dataset.description.said_in(language)));
    set("inLanguage", json!(["fr", "en"]));
    set("url", json!(page));
    set("identifier", json!(dataset.identifier(collection)));
    set("license", json!(collection.licence.url));
    set("isAccessibleForFree", json!(true));
    set("creator", organisation(&collection.publisher));
    set("publisher", organisation(&collection.publisher));
    let keywords = dataset.keywords.iter().map(|keyword| keyword.said_in(language));
    set("keywords", keywords.collect());
    if let (Some(first), Some(last)) = (dataset.first, dataset.last) {
        set("temporalCoverage", json!(format!("{first}/{last}")));
    }
    if let Some(place) = &portal.place {
        let place = json!({ "@type": "Place", "name": place.name.said_in(language) });
        set("spatialCoverage", place);
    }
    if let Some(issued) = dataset.issued {
        set("datePublished", json!(portal.moment(issued)));
    }
    set("dateModified", json!(portal.moment(dataset.modified)));
    if let Some(provenance) = collection.provenance() {
        set("usageInfo", json!(provenance.said_in(language)));
    }
    let columns = dataset.schema.columns.iter().map(|column| {
        let (title, description) = (column.title.into(), column.description.into());
        variable(column.name, [&title, &description].map(|text: &Text| text.said_in(language)))
    });
    set("variableMeasured", columns.collect());
    let files = dataset.distributions.iter().map(|file| download(portal, file, language));
    set("distribution", files.collect());
    let catalogue = json!({
        "@type": "DataCatalog",
        "@id": portal.address(CATALOGUE),
        "name": portal.title.said_in(language),
        "url": portal.address("/data/"),
    });
    set("includedInDataCatalog", catalogue);
    Value::Object(written)
}

/// The text of a `<script type="application/ld+json">`: no value of it can end the element.
pub fn script_text(value: &Value) -> String {
    let text = value.to_string();
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            _ => safe.push(letter),
        }
    }
    safe
}

fn organisation(agent: &Agent) -> Value {
    let mut written = Map::new();
    written.insert("@type".into(), json!("Organization"));
    written.insert("name".into(), json!(agent.name));
    let more = [("identifier", &agent.identifier), ("url", &agent.url), ("email", &agent.email)];
    for (name, value) in more {
        if let Some(value) = value {
            written.insert(name.into(), json!(value));
        }
    }
    Value::Object(written)
}

fn variable(name: &str, [title, description]: [&str; 2]) -> Value {
    json!({
        "@type": "PropertyValue",
        "name": name,
        "alternateName": title,
        "description": description,
    })
}

fn download(portal: &Portal<'_>, file: &Distribution, language: Language) -> Value {
    json!({
        "@type": "DataDownload",
        "name": file.title.said_in(language),
        "contentUrl": portal.address(&file.path),
        "encodingFormat": file.essence(),
        "contentSize": format!("{} B", file.bytes),
        "sha256": file.sha256,
    })
}
