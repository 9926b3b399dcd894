//! A re-use as pages show it, with links to the datasets that it uses.

use crate::model::utc_date;
use crate::publish::ALL;
use crate::publish::catalogue::{Collection, Portal};
use crate::store::Reuse;
use crate::web::frame::Frame;

/// A re-use, ready to be shown.
pub struct ReuseLine {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub title: String,
    /// Where it is found.
    pub url: String,
    /// What it is.
    pub kind: &'static str,
    /// What it does.
    pub description: String,
    /// What it uses.
    pub datasets: Vec<DatasetLink>,
    /// The day on which it was declared.
    pub declared: String,
    /// The day on which something was decided about it.
    pub decided: String,
    /// Why it was refused.
    pub reason: String,
}

/// A dataset with where it is shown.
pub struct DatasetLink {
    /// Its name for people.
    pub name: String,
    /// The page that shows it; nothing if it is not published any more.
    pub href: Option<String>,
}

/// A re-use as it is shown.
pub fn line(frame: &Frame, portal: &Portal<'_>, reuse: &Reuse) -> ReuseLine {
    let Reuse { id, declared, declared_at, decided_at, reason, .. } = reuse;
    let day = |moment| frame.locale.day(utc_date(moment));
    ReuseLine {
        id: *id,
        title: declared.title.clone(),
        url: declared.url.clone(),
        kind: frame.locale.of(declared.kind.title()),
        description: declared.description.clone(),
        datasets: declared.datasets.iter().map(|one| named(frame, portal, one)).collect(),
        declared: day(*declared_at),
        decided: decided_at.map(day).unwrap_or_default(),
        reason: reason.clone().unwrap_or_default(),
    }
}

/// The name of an identifier of the catalogue, and where it leads.
pub fn named(frame: &Frame, portal: &Portal<'_>, identifier: &str) -> DatasetLink {
    for collection in &portal.collections {
        let folder = folder_name(frame, collection);
        if collection.path == identifier {
            let name = frame.say("reuses-folder").with("named", folder).to_string();
            return DatasetLink { name, href: Some(format!("{identifier}/")) };
        }
        let found = collection.datasets.iter().find(|one| one.identifier(collection) == identifier);
        if let Some(found) = found {
            let name = format!("{} – {folder}", frame.locale.of(found.schema.title));
            return DatasetLink { name, href: Some(found.landing.clone()) };
        }
    }
    DatasetLink { name: identifier.to_owned(), href: None }
}

/// Whose figures the datasets of a folder are: those of a host, of an organisation, of all sites.
fn folder_name(frame: &Frame, collection: &Collection<'_>) -> String {
    match collection.path.trim_start_matches("/data").trim_start_matches('/') {
        "" => frame.locale.text(&collection.title),
        ALL => frame.say("reuses-everything").to_string(),
        folder if folder.contains('/') => collection.publisher.name.clone(),
        host => host.to_owned(),
    }
}
