//! The files that describe others, and the registers: each made anew when it is asked for, by its
//! path below `/data/`.

use std::io::{self, Write};
use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::model::{Period, Site, hexadecimal};
use crate::publish::catalogue::datapackage::{self, PACKAGE_TYPE};
use crate::publish::catalogue::dcat::{self, Checksums, Syntax};
use crate::publish::catalogue::{
    Collection, DatasetEntry, Distribution, Portal, csvw, file_bytes, schema_path,
};
use crate::publish::format::{FORMATS, split_extension};
use crate::publish::portal::entries::of_register;
use crate::publish::portal::registers::{
    FOLDER, REGISTERS, Register, datasets_of, register, register_schema,
};
use crate::publish::portal::source::Source;
use crate::publish::portal::{feed, index};
use crate::publish::{PublishError, about_of_folder};
use crate::store::ReleasedFile;

/// zstd's own choice between speed and size.
const LEVEL: i32 = 3;

/// The name of the feed of releases.
const FEED: &str = "releases.atom";

/// The extension of the files that a schema describes to the letter.
const CANONICAL: &str = "csv";

const HTML: &str = "text/html; charset=utf-8";

/// A file as it is sent and written.
pub struct Document {
    /// Its media type.
    pub media_type: &'static str,
    /// Its length when unpacked.
    pub bytes: u64,
    /// The hash of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Its bytes, in one zstd frame.
    pub packed: Vec<u8>,
    /// The register that it is, and its format; nothing for what describes other files.
    pub register: Option<(Register, &'static str)>,
}

impl Document {
    fn of(media_type: &'static str, bytes: &[u8]) -> io::Result<Self> {
        let sha256 = hexadecimal(&Sha256::digest(bytes));
        let mut packed = zstd::stream::write::Encoder::new(Vec::new(), LEVEL)?;
        packed.write_all(bytes)?;
        let (bytes, packed) = (bytes.len() as u64, packed.finish()?);
        Ok(Self { media_type, bytes, sha256, packed, register: None })
    }
}

/// The paths of all of them below `/data/`, those of dated files left out.
pub fn documents(portal: &Portal<'_>, sites: &[Arc<Site>]) -> Vec<String> {
    let mut paths = ["index.html", "datapackage.json", FEED].map(str::to_owned).to_vec();
    for syntax in Syntax::ALL {
        paths.push(format!("catalog.{}", syntax.extension()));
        paths.push(format!("catalog-checksums.{}", syntax.extension()));
    }
    for register in REGISTERS {
        paths.extend(FORMATS.map(|format| format!("{}.{}", register.name(), format.extension())));
        paths.push(format!("{}.{CANONICAL}{}", register.name(), csvw::SUFFIX));
        paths.push(schema_path(register.name()).trim_start_matches("/data/").to_owned());
    }
    for site in sites {
        let name = |extension: &str| format!("{}/breaks.{extension}", site.host);
        paths.extend(FORMATS.map(|format| name(format.extension())));
    }
    for collection in &portal.collections {
        let folder = collection.path.trim_start_matches("/data").trim_start_matches('/');
        let has_files = |one: &&DatasetEntry<'_>| !one.distributions.is_empty();
        let datasets: Vec<_> = collection.datasets.iter().filter(has_files).collect();
        if !folder.is_empty() {
            paths.push(format!("{folder}/index.html"));
            if collection.source.is_some() {
                let breaks = Register::Breaks.name();
                paths.push(format!("{folder}/{breaks}.{CANONICAL}{}", csvw::SUFFIX));
            }
            if !datasets.is_empty() {
                paths.push(format!("{folder}/datapackage.json"));
            }
        }
        for dataset in datasets {
            let canonical = dataset.distributions.iter().filter(|file| file.is_canonical());
            let below = |file: &Distribution| {
                format!("{}{}", file.path.trim_start_matches("/data/"), csvw::SUFFIX)
            };
            paths.extend(canonical.map(below));
            paths.push(schema_path(dataset.schema.dataset).trim_start_matches("/data/").to_owned());
        }
    }
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// One of them, by its path below `/data/`; nothing if there is no such file.
pub fn document(
    source: &Source<'_>,
    portal: &Portal<'static>,
    path: &str,
) -> Result<Option<Document>, PublishError> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let json = |value: &serde_json::Value, media_type| {
        Ok(Some(Document::of(media_type, &file_bytes(value)?)?))
    };
    let html = |text: String| Ok(Some(Document::of(HTML, text.as_bytes())?));
    if let Some(path) = path.strip_suffix(csvw::SUFFIX) {
        return described(source, portal, path);
    }
    match (folder, name) {
        ("", "" | "index.html") => html(index::of_portal(portal, "")),
        ("", FEED) => Ok(Some(Document::of(feed::MEDIA_TYPE, &feed::feed(source)?)?)),
        ("", "datapackage.json") => json(&datapackage::of_portal(&complete(portal)), PACKAGE_TYPE),
        ("", name) if name.starts_with("catalog") => catalogue(portal, name),
        ("schemas", name) => match schema(portal, name) {
            Some(schema) => json(&schema, "application/json"),
            None => Ok(None),
        },
        (folder, "" | "index.html") => match collection(portal, folder) {
            Some(collection) => html(index::of_collection(portal, collection)),
            None => Ok(None),
        },
        (folder, "datapackage.json") => {
            let complete = complete(portal);
            match collection(&complete, folder) {
                Some(collection) => {
                    json(&datapackage::of_collection(&complete, collection), PACKAGE_TYPE)
                }
                None => Ok(None),
            }
        }
        _ => a_register(source, portal, folder, name),
    }
}

/// The page of everything, as it stands above the folder `data`.
pub fn front_page(portal: &Portal<'_>) -> Result<Document, PublishError> {
    Ok(Document::of(HTML, index::of_portal(portal, "data/").as_bytes())?)
}

/// The part of a description that has files: a catalogue names nothing that cannot be had.
fn complete<'a>(portal: &Portal<'a>) -> Portal<'a> {
    let mut complete = portal.clone();
    for collection in &mut complete.collections {
        collection.datasets.retain(|dataset| !dataset.distributions.is_empty());
    }
    complete.collections.retain(|collection| !collection.datasets.is_empty());
    complete
}

fn collection<'a, 'b>(portal: &'a Portal<'b>, folder: &str) -> Option<&'a Collection<'b>> {
    let path = format!("/data/{folder}");
    portal.collections.iter().find(|collection| collection.path == path)
}

fn catalogue(portal: &Portal<'_>, name: &str) -> Result<Option<Document>, PublishError> {
    let Some((stem, extension)) = name.split_once('.') else { return Ok(None) };
    let checksums = match stem {
        "catalog" => Checksums::LeftOut,
        "catalog-checksums" => Checksums::Written,
        _ => return Ok(None),
    };
    let syntax = Syntax::ALL.into_iter().find(|syntax| syntax.extension() == extension);
    let Some(syntax) = syntax else { return Ok(None) };
    let mut bytes = Vec::new();
    dcat::write(&complete(portal), syntax, checksums, &mut bytes)?;
    Ok(Some(Document::of(syntax.media_type(), &bytes)?))
}

fn schema(portal: &Portal<'_>, name: &str) -> Option<serde_json::Value> {
    let name = name.strip_suffix(".json")?;
    if let Some(register) = Register::named(name) {
        return Some(datapackage::table_schema(register_schema(register)));
    }
    let mut datasets = portal.collections.iter().flat_map(|collection| &collection.datasets);
    let dataset = datasets.find(|dataset| dataset.schema.dataset == name)?;
    Some(datapackage::table_schema(dataset.schema))
}

/// The description of one CSV file, by the path of that file.
fn described(
    source: &Source<'_>,
    portal: &Portal<'static>,
    path: &str,
) -> Result<Option<Document>, PublishError> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let Some(stem) = name.strip_suffix(".csv").filter(|stem| !stem.contains('.')) else {
        return Ok(None);
    };
    let found = match Register::named(stem) {
        Some(register) => described_register(source, portal, folder, register),
        None => described_figures(source, portal, folder, stem)?,
    };
    let Some((collection, entry)) = found else { return Ok(None) };
    let value = csvw::metadata(portal, collection, &entry, name);
    Ok(Some(Document::of("application/csvm+json", &file_bytes(&value)?)?))
}

/// A register as a dataset: of all sites, or the breaks of one. That of the releases is in no
/// collection.
fn described_register<'a>(
    source: &Source<'_>,
    portal: &'a Portal<'static>,
    folder: &str,
    register: Register,
) -> Option<(&'a Collection<'static>, DatasetEntry<'static>)> {
    let path = if folder.is_empty() { FOLDER.to_owned() } else { format!("{FOLDER}/{folder}") };
    let found = portal.collections.iter().find(|one| one.path == path)?;
    let is_of_site = found.source.is_some() && register == Register::Breaks;
    if !folder.is_empty() && !is_of_site {
        return None;
    }
    let known = found.datasets.iter().find(|one| one.schema.dataset == register.name());
    let name = if is_of_site { folder } else { &source.publisher.name };
    let landing = format!("{path}/");
    let entry = known.cloned().unwrap_or_else(|| {
        of_register(register_schema(register), &[], (name, &landing), portal.modified)
    });
    Some((found, entry))
}

/// A dataset of figures, as of the release of a file of it.
fn described_figures<'a>(
    source: &Source<'_>,
    portal: &'a Portal<'static>,
    folder: &str,
    stem: &str,
) -> Result<Option<(&'a Collection<'static>, DatasetEntry<'static>)>, PublishError> {
    let Some((folder, dataset)) = folder.rsplit_once('/') else { return Ok(None) };
    let Some(collection) = collection(portal, folder) else { return Ok(None) };
    let Some(entry) = collection.datasets.iter().find(|one| one.schema.dataset == dataset) else {
        return Ok(None);
    };
    let mut entry = entry.clone();
    if entry.canonical().any(|file| file.file_name().strip_suffix(".csv") == Some(stem)) {
        return Ok(Some((collection, entry)));
    }
    let Some(modified) = dated(source, folder, dataset, stem)? else { return Ok(None) };
    entry.modified = modified;
    Ok(Some((collection, entry)))
}

/// When the file of a day, month or year was released; now, if the period goes on. Nothing if there
/// is no such file.
fn dated(
    source: &Source<'_>,
    folder: &str,
    dataset: &str,
    stem: &str,
) -> Result<Option<Timestamp>, PublishError> {
    let revision =
        stem.rsplit_once("-r").and_then(|(stem, n)| n.parse::<u32>().ok().map(|n| (stem, n)));
    let (period, revision) = revision.map_or((stem, None), |(stem, n)| (stem, Some(n)));
    let Ok(period) = period.parse::<Period>() else { return Ok(None) };
    let about = about_of_folder(folder);
    let found = source.store.released_file(&about, period, revision, dataset, CANONICAL)?;
    if let Some(found) = found {
        return Ok(Some(found.release.released));
    }
    let goes_on = |site: &Arc<Site>| {
        let today = site.zone.day_at(source.now).date;
        period.first() <= today && today <= period.last()
    };
    let is_open = revision.is_none() && source.sites.iter().any(goes_on);
    Ok(is_open.then_some(source.now))
}

/// A register of all sites, or the breaks of one.
fn a_register(
    source: &Source<'_>,
    portal: &Portal<'_>,
    folder: &str,
    name: &str,
) -> Result<Option<Document>, PublishError> {
    let Some((name, format)) = split_extension(name) else { return Ok(None) };
    let Some(one) = Register::named(name) else { return Ok(None) };
    let of = source.sites.iter().find(|site| site.host.as_str() == folder);
    if !folder.is_empty() && (of.is_none() || one != Register::Breaks) {
        return Ok(None);
    }
    let (file, packed) = register(source, (one, datasets_of(portal)), of, format)?;
    let ReleasedFile { bytes, sha256, .. } = file;
    let (media_type, register) = (format.media_type(), Some((one, format.extension())));
    Ok(Some(Document { media_type, bytes, sha256, packed, register }))
}
