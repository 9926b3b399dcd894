//! The indicators of the service, each with what it counts, and how downloads are counted.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::model::utc_date;
use crate::privacy::{ObsStatus, ReleasedHits};
use crate::publish::portal::Said;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::open_data;
use crate::web::pages::files::{FileLink, files};

/// The indicators that stand above the table.
const HEADLINES: [&str; 6] =
    ["sites", "pages", "days", "datasets", "reuses_published", "file_downloads"];

/// One indicator, ready to be shown.
struct IndicatorLine {
    name: &'static str,
    title: &'static str,
    definition: &'static str,
    value: String,
    /// Is the value a word, and no number?
    is_in_words: bool,
}

#[derive(Template)]
#[template(path = "indicators.html")]
struct IndicatorsPage {
    frame: Frame,
    today: String,
    synthetic: bool,
    headlines: Vec<IndicatorLine>,
    lines: Vec<IndicatorLine>,
    files: Vec<FileLink>,
    download_files: Vec<FileLink>,
}

/// `GET /indicators`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let asked = app.clone();
    let said = computed(&request, move || open_data::indicators(&asked)).await??;
    let line = |said: &Said| line(&frame, said);
    let is_headline = |said: &&Said| HEADLINES.contains(&said.indicator.name);
    let page = IndicatorsPage {
        today: frame.locale.day(utc_date((app.clock)())),
        synthetic: app.collector.sites().all().iter().any(|site| site.synthetic),
        headlines: said.iter().filter(is_headline).map(line).collect(),
        lines: said.iter().map(line).collect(),
        files: files("indicators"),
        download_files: files("file_downloads"),
        frame,
    };
    page.frame.answer(&request, &page)
}

fn line(frame: &Frame, said: &Said) -> IndicatorLine {
    let Said { indicator, released } = said;
    IndicatorLine {
        name: indicator.name,
        title: frame.locale.of(indicator.title),
        definition: frame.locale.of(indicator.definition),
        value: shown(frame, released),
        is_in_words: released.value.is_none(),
    }
}

/// A number as the language writes it, or why there is none.
fn shown(frame: &Frame, released: &ReleasedHits) -> String {
    match (released.value, released.obs_status) {
        (Some(value), _) => frame.locale.number(value),
        (None, ObsStatus::NotCollected) => frame.say("indicators-unknown").to_string(),
        (None, _) => frame.say("indicators-few").to_string(),
    }
}
