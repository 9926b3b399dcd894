//! One site: the last 30 days and its most viewed pages.

use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::dimension::PAGE;
use crate::model::{Metric, Period, Site, day_number};
use crate::privacy::{NOT_COLLECTED_LABEL, VISITORS_MIN, WITHHELD_LABEL, names_no_value};
use crate::publish::catalogue::{Language, schema_org};
use crate::publish::portal::folder_of;
use crate::publish::{Dataset, FORMATS, datasets};
use crate::query::{Gathered, Reader, Row, Scales, Shown, Span, Wanted};
use crate::store::{By, WHOLE_SITE};
use crate::web::App;
use crate::web::error::Refusal;
use crate::web::frame::Frame;
use crate::web::open_data::described;

/// Days shown on a site's page, today included.
pub const DAYS_SHOWN: i32 = 30;

/// Pages listed on a site's page; the file has them all.
const PAGES_SHOWN_MAX: usize = 50;

/// A line of a table, ready to be shown, with the length of its bar in hundredths.
struct ShownLine {
    label: String,
    views: String,
    visitors: String,
    bar: u64,
    /// Days since the first one shown, so that a day without a line leaves its place empty.
    place: i64,
    provisional: bool,
    withheld: bool,
}

#[derive(Template)]
#[template(path = "site.html")]
struct SitePage {
    frame: Frame,
    host: String,
    zone: String,
    synthetic: bool,
    first: Date,
    last: Date,
    days_shown: i32,
    total_views: String,
    total_visitors: String,
    days: Vec<ShownLine>,
    pages: Vec<ShownLine>,
    pages_left: usize,
    files: Vec<FileLine>,
    visitors_min: u64,
    /// The main datasets for search engines, each a JSON text that no value of it can end.
    described: Vec<String>,
}

/// Links to the files of one dataset and period.
struct FileLine {
    title: String,
    links: Vec<(&'static str, String)>,
}

/// `GET /sites/{host}`: the last 30 days and the most viewed pages of one site.
pub async fn page(
    request: HttpRequest,
    host: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, Refusal> {
    let frame = Frame::of(&request, &app);
    let sites = app.collector.sites();
    let site = sites.by_host(&host).filter(|site| site.host.as_str() == *host).cloned();
    let Some(site) = site else { return Ok(frame.not_found("error-no-site")) };
    let page = web::block(move || site_page(frame, &app, &site)).await??;
    page.frame.answer(&request, &page)
}

/// The metrics of a page's tables.
const SHOWN: [Metric; 2] = [Metric::Views, Metric::Visitors];

/// The released figures of the days shown, and provisional ones of today.
pub fn gathered(app: &App, site: &Site, by: By, last: Date) -> Result<Vec<Row>, Refusal> {
    let span = Span { first: first_of(last), last };
    let reader =
        Reader { store: app.store.as_ref(), provisional: &app.provisional, now: (app.clock)() };
    let dimensions = (by.dimension().unwrap_or(WHOLE_SITE), 0);
    let covers = reader.cover(site, dimensions, span, Scales::of(by))?.unwrap_or_default();
    let mut gathered = Gathered::default();
    let wanted = Wanted { by, filters: &[], dimensions, prefix: "" };
    covers.iter().for_each(|cover| gathered.add(cover, &wanted));
    Ok(gathered.rows(&SHOWN, by))
}

fn site_page(frame: Frame, app: &App, site: &Site) -> Result<SitePage, Refusal> {
    let last = site.zone.day_at((app.clock)()).date;
    let total = gathered(app, site, By::Nothing, last)?;
    let days = gathered(app, site, By::Day, last)?;
    let mut pages = gathered(app, site, By::Value(PAGE), last)?;
    pages.sort_by_key(|row| (names_no_value(&row.label), std::cmp::Reverse(views(row))));
    let total = total.first();
    let first = first_of(last);
    let mut shown_pages = shown_lines(&pages, first);
    shown_pages.truncate(PAGES_SHOWN_MAX);
    Ok(SitePage {
        frame,
        host: site.host.to_string(),
        zone: site.zone.name().to_owned(),
        synthetic: site.synthetic,
        first,
        last,
        days_shown: DAYS_SHOWN,
        total_views: total.map(|row| shown(row.figures[0])).unwrap_or_default(),
        total_visitors: total.map(|row| shown(row.figures[1])).unwrap_or_default(),
        days: shown_lines(&days, first),
        pages_left: pages.len() - shown_pages.len(),
        pages: shown_pages,
        files: files(site, last),
        visitors_min: VISITORS_MIN,
        described: described_datasets(app, site)?,
    })
}

/// The traffic and the pages of a site, as search engines read them.
fn described_datasets(app: &App, site: &Site) -> Result<Vec<String>, Refusal> {
    let portal = described(app)?;
    let folder = folder_of(site.host.as_str());
    let collection = portal.collections.iter().find(|one| one.path == folder);
    let Some(collection) = collection else { return Ok(Vec::new()) };
    let main = collection.datasets.iter().filter(|one| !one.distributions.is_empty()).take(2);
    let text = |dataset| {
        let value = schema_org::dataset(&portal, collection, dataset, Language::English);
        schema_org::script_text(&value)
    };
    Ok(main.map(text).collect())
}

fn first_of(last: Date) -> Date {
    last.saturating_sub((DAYS_SHOWN - 1).days())
}

/// The files of the traffic and the pages for several periods, and those of all other breakdowns
/// for this month; other periods have the same addresses.
fn files(site: &Site, today: Date) -> Vec<FileLine> {
    let month = Period::Month(today.first_of_month());
    let periods =
        [Period::Day(today), month, month.previous(), Period::Year(today.first_of_year())];
    let line = |dataset: Dataset, period: Period| FileLine {
        title: match (dataset, period) {
            (Dataset::Traffic, Period::Day(_)) => format!("Traffic by hour, {period}"),
            (Dataset::Traffic, _) => format!("Traffic by day, {period}"),
            (Dataset::Breakdown(name, _), _) => format!("{}, {period}", titled(name)),
        },
        links: FORMATS
            .iter()
            .map(|format| {
                let (host, name) = (&site.host, dataset.name());
                let extension = format.extension();
                (extension, format!("/data/{host}/{name}/{period}.{extension}"))
            })
            .collect(),
    };
    let main = datasets().take(2).flat_map(|dataset| periods.map(|period| line(dataset, period)));
    let others = datasets().skip(2).map(|dataset| line(dataset, month));
    main.chain(others).collect()
}

/// A dataset's name as a title: `entry_pages` is "Entry pages".
fn titled(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn views(row: &Row) -> u64 {
    match row.figures.first() {
        Some(Shown::Count(views)) => *views,
        Some(Shown::Ratio(_) | Shown::Withheld) | None => 0,
    }
}

fn shown_lines(rows: &[Row], first: Date) -> Vec<ShownLine> {
    let most = rows.iter().map(views).max().unwrap_or(0).max(1);
    let first_day = day_number(first);
    let line = |row: &Row| ShownLine {
        label: match row.label.as_str() {
            WITHHELD_LABEL => "Other pages, each with few visitors".to_owned(),
            NOT_COLLECTED_LABEL => "Not collected".to_owned(),
            label => label.to_owned(),
        },
        views: shown(row.figures[0]),
        visitors: shown(row.figures[1]),
        bar: views(row) * 100 / most,
        place: row.label.parse().map_or(0, |date| day_number(date) - first_day),
        provisional: row.obs_status == "P",
        withheld: row.figures[0] == Shown::Withheld,
    };
    rows.iter().map(line).collect()
}

/// A figure for people: thousands apart by a narrow no-break space.
pub fn shown(figure: Shown) -> String {
    let Shown::Count(figure) = figure else { return "withheld".to_owned() };
    let digits = figure.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_by_thousands() {
        assert_eq!(shown(Shown::Count(1_234_560)), "1\u{202f}234\u{202f}560");
        assert_eq!(shown(Shown::Count(0)), "0");
        assert_eq!(shown(Shown::Withheld), "withheld");
    }
}
