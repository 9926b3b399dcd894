//! The datasets of the catalogue: each with its schema, its words and its files.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::Words;
use crate::publish::catalogue::{DatasetEntry, Distribution, Frequency, Text};
use crate::publish::dataset::Dataset;
use crate::publish::format::format_named;
use crate::publish::table::{Format, Schema};
use crate::publish::together::ORGANISATION;
use crate::publish::topic::{Topic, topics};
use crate::store::{ReleasedFile, ReleasedInShort};

/// The schemas of figures, which live as long as the program.
static SCHEMAS: LazyLock<Vec<Schema>> = LazyLock::new(|| topics().map(Topic::schema).collect());

/// The schema of a dataset of figures.
pub fn schema_named(name: &str) -> Option<&'static Schema> {
    SCHEMAS.iter().find(|schema| schema.dataset == name)
}

/// The folder of what a release is about.
pub fn folder_of(about: &str) -> String {
    match about.strip_prefix(ORGANISATION) {
        Some(slug) => format!("/data/organisations/{slug}"),
        None => format!("/data/{about}"),
    }
}

/// What the entries of a collection have in common.
pub struct Common {
    /// Its folder.
    pub folder: String,
    /// Whose figures, for people.
    pub name: Text,
    /// The page that shows them.
    pub landing: String,
    /// The path below which programs ask for them, if they can.
    pub api: Option<String>,
    /// The first day with figures.
    pub first: Option<Date>,
}

/// Every dataset of figures, with the files of the last released month, if there is one.
pub fn of_figures(common: &Common, short: &ReleasedInShort) -> Vec<DatasetEntry<'static>> {
    let (release, files) = match &short.month {
        Some((release, files)) => (Some(release), files.as_slice()),
        None => (None, [].as_slice()),
    };
    let entry = |topic: Topic| {
        let schema = schema_named(topic.name())?;
        let own = files.iter().filter(|file| file.dataset == topic.name());
        let path = format!("{}/{}/latest", common.folder, topic.name());
        let period = release.map(|release| release.period.to_string());
        let distribution = |file| distribution(&path, file, period.clone());
        Some(DatasetEntry {
            schema,
            title: titled(schema.title, &common.name),
            description: described(schema.description, &common.name),
            keywords: keywords(schema.title),
            first: common.first,
            last: Some(short.last_day),
            frequency: Frequency::Daily,
            issued: Some(short.first),
            modified: release.map_or(short.last, |release| release.released),
            landing: common.landing.clone(),
            api: common.api.as_ref().and_then(|path| api(path, topic)),
            distributions: own.filter_map(distribution).collect(),
        })
    };
    topics().filter_map(entry).collect()
}

/// One register with its files.
pub fn of_register(
    schema: &'static Schema,
    files: &[ReleasedFile],
    (name, landing): (&str, &str),
    modified: Timestamp,
) -> DatasetEntry<'static> {
    let name = Text::new(name, name);
    let path = format!("/data/{}", schema.dataset);
    let distributions = files.iter().filter_map(|file| distribution(&path, file, None));
    DatasetEntry {
        schema,
        title: titled(schema.title, &name),
        description: described(schema.description, &name),
        keywords: keywords(schema.title),
        first: None,
        last: None,
        frequency: Frequency::Irregular,
        issued: None,
        modified,
        landing: landing.to_owned(),
        api: None,
        distributions: distributions.collect(),
    }
}

fn distribution(path: &str, file: &ReleasedFile, period: Option<String>) -> Option<Distribution> {
    let format: &dyn Format = format_named(&file.format)?;
    Some(Distribution {
        path: format!("{path}.{}", file.format),
        extension: file.format.clone(),
        media_type: format.media_type().to_owned(),
        title: format.title().into(),
        bytes: file.bytes,
        sha256: file.sha256.clone(),
        period,
    })
}

/// Where programs ask for it; the quality of days is in files alone.
fn api(path: &str, topic: Topic) -> Option<String> {
    match topic {
        Topic::Figures(Dataset::Traffic) => Some(format!("{path}/timeseries")),
        Topic::Figures(Dataset::Breakdown(_, of)) => Some(format!("{path}/breakdown/{}", of.name)),
        Topic::Quality => None,
    }
}

fn titled(title: Words, name: &Text) -> Text {
    Text::new(format!("{} – {}", title.fr, name.fr), format!("{} – {}", title.en, name.en))
}

/// A description that says whose figures they are and how they come: portals take one of less than
/// 100 characters for none.
fn described(description: Words, name: &Text) -> Text {
    let Words { fr, en } = description;
    let (fr, en) = (fr.trim_end_matches('.'), en.trim_end_matches('.'));
    Text::new(
        format!(
            "{fr}. Périmètre : {}. Publié par Parvis, sans donnée sur une personne, en CSV, JSON, \
             Parquet et pour tableur.",
            name.fr
        ),
        format!(
            "{en}. About: {}. Published by Parvis, without any data about a person, in CSV, JSON, \
             Parquet and for spreadsheets.",
            name.en
        ),
    )
}

fn keywords(title: Words) -> Vec<Text> {
    vec![
        Text::new("audience", "audience"),
        Text::new("statistiques web", "web statistics"),
        Text::new(title.fr.to_lowercase(), title.en.to_lowercase()),
    ]
}
