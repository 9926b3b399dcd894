//! The feed of releases (Atom, RFC 4287): who follows it learns of every new file and revision.

use std::io;

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::publish::PublishError;
use crate::publish::format::format_named;
use crate::publish::portal::entries::folder_of;
use crate::publish::portal::source::Source;
use crate::publish::table::Format;
use crate::store::{Release, ReleasedFile};

/// Releases in the feed, the newest first: a night of a service of fifty sites.
const ENTRIES_MAX: usize = 100;

/// The dataset and the format of the file that an entry encloses: the figures in the least rows.
const ENCLOSED: (&str, &str) = ("traffic", "csv");

/// The media type of a feed.
pub const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

type Out = Writer<Vec<u8>>;

/// The newest releases.
pub fn feed(source: &Source<'_>) -> Result<Vec<u8>, PublishError> {
    let last = source.store.last_release()?;
    let before = last.map_or(0, |(id, _)| id - ENTRIES_MAX as i64);
    let mut releases = source.store.releases_after(before, ENTRIES_MAX)?;
    releases.reverse();
    let updated = last.map_or(Timestamp::UNIX_EPOCH, |(_, moment)| moment);
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let attributes = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "en")];
    let whole = out.create_element("feed").with_attributes(attributes);
    whole.write_inner_content(|out| {
        text(out, "id", &tag(source, "/data/releases"))?;
        text(out, "title", "Publications / Releases")?;
        text(out, "updated", &updated.to_string())?;
        let author = out.create_element("author");
        author.write_inner_content(|out| text(out, "name", &source.publisher.name))?;
        link(out, "self", &format!("{}/data/releases.atom", source.base_url))?;
        link(out, "alternate", &format!("{}/data/", source.base_url))?;
        releases.iter().try_for_each(|(release, files)| entry(out, source, release, files))
    })?;
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn entry(
    out: &mut Out,
    source: &Source<'_>,
    release: &Release,
    files: &[ReleasedFile],
) -> io::Result<()> {
    let tables = || files.iter().filter(|file| file.format == ENCLOSED.1);
    let datasets = tables().count();
    let Release { about, period, revision, reason, released, .. } = release;
    let folder = folder_of(about);
    let why = match reason {
        Some(reason) => format!("Revision {revision}: {reason}. "),
        None => String::new(),
    };
    let summary = format!("{why}{datasets} datasets of {about} for {period}.");
    out.create_element("entry").write_inner_content(|out| {
        text(out, "id", &tag(source, &format!("{folder}/{period}-r{revision}")))?;
        text(out, "title", &format!("{about}, {period}, revision {revision}"))?;
        text(out, "updated", &released.to_string())?;
        link(out, "alternate", &format!("{}{folder}/", source.base_url))?;
        if let Some(file) = tables().find(|file| file.dataset == ENCLOSED.0) {
            let (dataset, format) = ENCLOSED;
            let path = format!("{folder}/{dataset}/{period}-r{revision}.{format}");
            enclosure(out, &format!("{}{path}", source.base_url), file)?;
        }
        text(out, "summary", &summary)
    })?;
    Ok(())
}

/// A name that stays (RFC 4151), of the host that the service has for the world.
fn tag(source: &Source<'_>, path: &str) -> String {
    let host = url::Url::parse(source.base_url).ok();
    let host = host.as_ref().and_then(|url| url.host_str()).unwrap_or("localhost");
    format!("tag:{host},2026:{path}")
}

fn text(out: &mut Out, name: &str, text: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(text))?;
    Ok(())
}

/// A file of the release, with what a reader of feeds wants to know before fetching it.
fn enclosure(out: &mut Out, address: &str, file: &ReleasedFile) -> io::Result<()> {
    let media_type = format_named(&file.format).map_or("", Format::media_type);
    let media_type = media_type.split(';').next().unwrap_or_default();
    let length = file.bytes.to_string();
    let attributes =
        [("rel", "enclosure"), ("href", address), ("type", media_type), ("length", &length)];
    out.create_element("link").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn link(out: &mut Out, relation: &str, address: &str) -> io::Result<()> {
    out.create_element("link")
        .with_attributes([("rel", relation), ("href", address)])
        .write_empty()?;
    Ok(())
}
