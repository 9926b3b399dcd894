//! What the figures mean, from the rules that are in force.

mod lists;
mod running;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::model::{Licence, READER_HITS_MAX, VISIT_GAP_SECONDS, VISITORS_MIN_RANGE};
use crate::privacy::disclosure::rounding::SMALL_MAX;
use crate::privacy::disclosure::threshold::Demand;
use crate::privacy::{RATIO_VISITS_MIN, RELEASE_RULE, ROUNDED_TO, VISITORS_MIN};
use crate::publish::GENERATOR;
use crate::publish::beside::COVERAGE_POINTS;
use crate::query::PROVISIONAL_SECONDS;
use crate::release::CROSSED_LINES_OF_YEAR_MAX;
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::limits::questions::computed;
use crate::web::privacy::ANONYMITY_PATH;

use lists::{DimensionLine, MethodLine};
pub use lists::{MetricLine, metrics};
use running::{BreakLine, SiteLine};

pub use running::refusal;

/// The parts of the page: each is the name of a heading, and the end of the key of its title.
const PARTS: [&str; 14] = [
    "words",
    "visitors",
    "visits",
    "breakdowns",
    "pages",
    "rule",
    "sites",
    "not-counted",
    "methods",
    "breaks",
    "coverage",
    "retention",
    "limits",
    "codes",
];

#[derive(Template)]
#[template(path = "methodology.html")]
struct MethodologyPage {
    frame: Frame,
    program: &'static str,
    parts: [&'static str; PARTS.len()],
    metrics: Vec<MetricLine>,
    visit_gap_minutes: u32,
    dimensions: Vec<DimensionLine>,
    rule: &'static str,
    visitors_min: u64,
    networks_half: u64,
    networks_quarter: u64,
    reader_hits_max: u32,
    ratio_visits_min: u64,
    small_max: u64,
    to_anonymity: &'static str,
    visitors_least: u64,
    visitors_most: u64,
    rounded_to: u64,
    provisional_minutes: i64,
    crossed_lines_max: usize,
    licence: &'static str,
    sites: Vec<SiteLine>,
    sites_count: usize,
    sites_alike: usize,
    dropped: Vec<(&'static str, &'static str, &'static str)>,
    methods: Vec<MethodLine>,
    versions: Vec<(String, String)>,
    break_kinds: Vec<(&'static str, &'static str)>,
    breaks: Vec<BreakLine>,
    breaks_count: usize,
    coverage_points: u64,
    retention_months: u32,
    limits: Vec<(&'static str, String)>,
    codes: Vec<(&'static str, &'static str, &'static str)>,
}

impl MethodologyPage {
    /// The key of a part's title.
    fn part_title(&self, part: &str) -> String {
        format!("methodology-part-{part}")
    }
}

/// `GET /methodology`.
pub async fn page(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let page = computed(&request, move || methodology(frame, &app)).await??;
    page.frame.answer(&request, &page)
}

fn methodology(frame: Frame, app: &App) -> Result<MethodologyPage, Refusal> {
    let locale = frame.locale;
    let all = app.collector.sites();
    let sites = running::sites(locale, all.all());
    let (breaks, breaks_count) = running::breaks(&frame, app.store.as_ref(), all.all())?;
    let line_of_month = Demand { threshold: VISITORS_MIN, is_crossing: false, is_of_days: true };
    Ok(MethodologyPage {
        program: GENERATOR,
        parts: PARTS,
        metrics: lists::metrics(locale),
        visit_gap_minutes: VISIT_GAP_SECONDS / 60,
        dimensions: lists::dimensions(locale),
        rule: RELEASE_RULE,
        visitors_min: VISITORS_MIN,
        networks_half: line_of_month.networks_least(),
        networks_quarter: line_of_month.networks_of_a_day_least(),
        reader_hits_max: READER_HITS_MAX,
        ratio_visits_min: RATIO_VISITS_MIN,
        small_max: SMALL_MAX,
        to_anonymity: ANONYMITY_PATH,
        visitors_least: *VISITORS_MIN_RANGE.start(),
        visitors_most: *VISITORS_MIN_RANGE.end(),
        rounded_to: ROUNDED_TO,
        provisional_minutes: PROVISIONAL_SECONDS / 60,
        crossed_lines_max: CROSSED_LINES_OF_YEAR_MAX,
        licence: locale.of(Licence::default().title()),
        sites_count: all.all().len(),
        sites_alike: all.all().len() - sites.len(),
        sites,
        dropped: lists::dropped(locale),
        methods: lists::methods(locale),
        versions: running::versions(locale, app.store.as_ref())?,
        break_kinds: lists::break_kinds(locale),
        breaks,
        breaks_count,
        coverage_points: COVERAGE_POINTS,
        retention_months: app.retention_months,
        limits: lists::limits(locale),
        codes: lists::codes(locale),
        frame,
    })
}
