//! One dataset: its first rows, its columns, all its files, how to cite it and how to ask for it.

use std::io::Read;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::publish::catalogue::schema_org::{self, script_text};
use crate::publish::catalogue::schema_path;
use crate::publish::table::Kind;
use crate::publish::{FORMATS, Topic, about_of_folder};
use crate::store::FileContent;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::open_data::described;
use crate::web::pages::data::{FileLine, examples, language, of_dataset, said};
use crate::web::pages::labels;

/// Rows of the preview.
const ROWS_MAX: usize = 8;

/// Bytes that are unpacked for the preview: more than its rows ever have.
const PREVIEW_BYTES_MAX: u64 = 64 * 1024;

/// Periods whose files are listed: the last ones. The register of releases has all.
const PERIODS_MAX: usize = 60;

/// A column of the schema.
struct ColumnLine {
    name: &'static str,
    title: &'static str,
    kind: &'static str,
    description: &'static str,
    codes: Vec<(&'static str, &'static str)>,
}

/// A period with its files.
struct PeriodLine {
    period: String,
    title: String,
    revision: u32,
    reason: Option<String>,
    released: String,
    files: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "dataset.html")]
struct DatasetPage {
    frame: Frame,
    title: String,
    description: String,
    back: (String, String),
    synthetic: bool,
    licence: (String, String),
    latest: Vec<FileLine>,
    latest_days: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    columns: Vec<ColumnLine>,
    schema: String,
    periods: Vec<PeriodLine>,
    cite: String,
    csv: String,
    /// The name of a program, and how it reads the file with the types of its columns.
    examples: [(&'static str, String); 3],
    spreadsheet: String,
    api: Option<String>,
    /// The dataset as search engines read it.
    structured: String,
}

/// `GET /data/{host}/{dataset}`.
pub async fn of_site(
    request: HttpRequest,
    place: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (host, dataset) = place.into_inner();
    page(request, format!("/data/{host}"), dataset, app).await
}

/// `GET /data/organisations/{slug}/{dataset}`.
pub async fn of_group(
    request: HttpRequest,
    place: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let (slug, dataset) = place.into_inner();
    page(request, format!("/data/organisations/{slug}"), dataset, app).await
}

async fn page(
    request: HttpRequest,
    folder: String,
    dataset: String,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let page = computed(&request, move || made(frame, &app, &folder, &dataset)).await??;
    page.frame.answer(&request, &page)
}

fn made(frame: Frame, app: &App, folder: &str, dataset: &str) -> Result<DatasetPage, Refusal> {
    let missing = || Refusal::NotFound("There is no such dataset.".to_owned());
    let portal = described(app)?;
    let collection = portal.collections.iter().find(|one| one.path == folder);
    let collection = collection.ok_or_else(missing)?;
    let mut entries = collection.datasets.iter();
    let entry = entries.find(|one| one.schema.dataset == dataset).ok_or_else(missing)?;
    let topic = Topic::named(dataset).ok_or_else(missing)?;
    let about = about_of_folder(folder.trim_start_matches("/data/"));
    let latest = of_dataset(&frame, collection, entry);
    let (heads, rows) = match latest.period {
        Some(period) => {
            let file = app.store.released_file(&about, period, None, topic.name(), "csv")?;
            file.map(preview).unwrap_or_default()
        }
        None => Default::default(),
    };
    let mut releases = app.store.latest_releases(&about)?;
    releases.reverse();
    let periods = releases.iter().take(PERIODS_MAX).map(|release| {
        let files = FORMATS.map(|format| {
            let extension = format.extension();
            (extension, format!("{folder}/{dataset}/{}.{extension}", release.period))
        });
        let released = release.released.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
        PeriodLine {
            period: release.period.to_string(),
            title: labels::span(&frame, release.period.first(), release.period.last()),
            revision: release.revision,
            reason: release.reason.clone(),
            released: frame.locale.day(released),
            files: files.into(),
        }
    });
    let periods: Vec<_> = periods.collect();
    let last = periods.first().map(|one| one.released.clone()).unwrap_or_default();
    let address = frame.whole(&frame.to(&format!("{folder}/{dataset}")));
    let cite = frame.say("data-cite-text").with("publisher", &collection.publisher.name);
    let cite = cite.with("title", said(&frame, &entry.title)).with("updated", last);
    let cite = cite.with("address", &address).with("licence", &collection.licence.title);
    let page = (address.as_str(), language(&frame));
    let structured = script_text(&schema_org::dataset(&portal, collection, entry, page));
    let csv = frame.whole(&format!("{folder}/{dataset}/latest.csv"));
    Ok(DatasetPage {
        examples: examples::all(entry.schema, &csv),
        structured,
        title: said(&frame, &entry.title),
        description: said(&frame, &entry.description),
        back: (said(&frame, &collection.title), frame.to(&format!("{folder}/"))),
        synthetic: collection.synthetic,
        licence: (collection.licence.title.clone(), collection.licence.url.clone()),
        latest_days: latest.days,
        latest: latest.files,
        heads,
        rows,
        columns: columns(&frame, topic),
        schema: schema_path(dataset),
        periods,
        cite: cite.to_string(),
        csv,
        spreadsheet: frame.whole(&format!("{folder}/{dataset}/latest.tableur.csv")),
        api: entry.api.as_ref().map(|path| frame.whole(path)),
        frame,
    })
}

/// The first rows of a file, read from its bytes as they are kept.
fn preview(file: FileContent) -> (Vec<String>, Vec<Vec<String>>) {
    let Ok(plain) = zstd::stream::read::Decoder::new(file.packed.as_slice()) else {
        return Default::default();
    };
    let mut reader = csv::Reader::from_reader(plain.take(PREVIEW_BYTES_MAX));
    let texts = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let heads = reader.headers().map(texts).unwrap_or_default();
    // The last line may be cut off; it is beyond the preview.
    let rows = reader.records().take(ROWS_MAX).filter_map(Result::ok);
    let rows = rows.map(|record| texts(&record)).collect();
    (heads, rows)
}

fn columns(frame: &Frame, topic: Topic) -> Vec<ColumnLine> {
    let of = |words| frame.locale.of(words);
    let line = |column: &crate::publish::table::Column| ColumnLine {
        name: column.name,
        title: of(column.title),
        kind: match column.kind {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
            Kind::Moment => "moment",
            Kind::Code(_) => "code",
        },
        description: of(column.description),
        codes: match column.kind {
            Kind::Code(codes) => codes.iter().map(|(code, words)| (*code, of(*words))).collect(),
            _ => Vec::new(),
        },
    };
    topic.schema().columns.iter().map(line).collect()
}
