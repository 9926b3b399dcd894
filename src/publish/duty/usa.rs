//! The files of analytics.usa.gov, made of released tables: the same names, fields and headings, so
//! that what reads those reads these.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use csv::{Terminator, WriterBuilder};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::dimension;
use crate::model::{Metric, Period, Site};
use crate::privacy::names_no_value;
use crate::publish::PublishError;
use crate::publish::duty::report::{Lines, REPORTS, Report, named, span};
use crate::query::{Gathered, Provisional, QueryError, Reader, Shown, Span, Wanted};
use crate::store::{By, Scales, Store, WHOLE_SITE};

/// Headings of the CSV file that are others than the fields of the JSON file.
const HEADINGS: [(&str, &str); 2] = [("yearMonth", "Month-Year"), ("activeUsers", "Active Users")];

/// What every report says of its figures.
const NOTES: [&str; 3] = [
    "Figures are those released: rounded to a ten beside, and lines of few readers left out.",
    "Active users are visitors, distinct on one site on one day; over days and sites a sum of \
     them.",
    "Nothing is sampled. Days are those of each site's own time zone.",
];

/// Whose report.
pub struct Agency {
    /// The name in the address; nothing for all sites.
    pub name: Option<String>,
    /// The sites.
    pub sites: Vec<Arc<Site>>,
}

/// A report, ready to be written.
pub struct Usa {
    /// As JSON.
    json: Value,
    fields: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// The figures of a line; one that nobody measured is none.
type Cells = Vec<Option<u64>>;

/// A line: what it is about, and its figures.
type Found = (Vec<String>, Cells);

/// The names of the reports, for people.
pub fn report_names() -> String {
    let names = REPORTS
        .iter()
        .flat_map(|report| report.ranges.iter().map(|range| format!("{}-{range}", report.name)));
    names.collect::<Vec<_>>().join(", ")
}

/// Makes a report; nothing if there is none of this name.
pub fn usa(
    store: &dyn Store,
    provisional: &Provisional,
    now: Timestamp,
    agency: &Agency,
    name: &str,
) -> Result<Option<Usa>, PublishError> {
    let Some((report, range)) = named(name) else { return Ok(None) };
    let maker = Maker { reader: Reader { store, provisional, now }, report, range };
    let mut lines = maker.lines(&agency.sites)?;
    if report.lines != Lines::Days {
        lines.sort_by(|one, other| {
            let key = |found: &Found| (Reverse(found.1[0]), found.0.clone());
            key(one).cmp(&key(other))
        });
    }
    lines.truncate(report.limit.unwrap_or(usize::MAX));
    let taken_at = taken_at(store, now, &agency.sites)?;
    let fields: Vec<_> = report.about.iter().map(|one| one.1).collect();
    let fields = [fields, report.figures.iter().map(|one| one.2).collect()].concat();
    let rows: Vec<Vec<String>> = lines.iter().map(written).collect();
    let row = |row: &Vec<String>| {
        let cells = fields.iter().zip(row).map(|(field, cell)| ((*field).to_owned(), json!(cell)));
        Value::Object(cells.collect::<Map<_, _>>())
    };
    let json = json!({
        "name": name,
        "agency": agency.name,
        "sampling": [],
        "query": query(report, range),
        "meta": { "name": report.title, "description": report.description },
        "data": rows.iter().map(row).collect::<Vec<_>>(),
        "totals": totals(report, &lines),
        "taken_at": taken_at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string(),
        "notes": NOTES,
    });
    Ok(Some(Usa { json, fields, rows }))
}

impl Usa {
    /// The bytes of the JSON file.
    pub fn json(&self) -> Vec<u8> {
        format!("{:#}\n", self.json).into_bytes()
    }

    /// The bytes of the CSV file.
    pub fn csv(&self) -> Result<Vec<u8>, PublishError> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        let heading = |field: &&'static str| {
            HEADINGS.iter().find(|(one, _)| one == field).map_or(*field, |(_, heading)| *heading)
        };
        let failed = |error: csv::Error| PublishError::Write(error.into());
        writer.write_record(self.fields.iter().map(heading)).map_err(failed)?;
        for row in &self.rows {
            writer.write_record(row).map_err(failed)?;
        }
        writer.into_inner().map_err(|error| PublishError::Write(error.into_error()))
    }
}

struct Maker<'a> {
    reader: Reader<'a>,
    report: &'static Report,
    range: &'static str,
}

impl Maker<'_> {
    fn lines(&self, sites: &[Arc<Site>]) -> Result<Vec<Found>, PublishError> {
        let mut sums: BTreeMap<Vec<String>, Cells> = BTreeMap::new();
        for site in sites {
            let today = site.zone.day_at(self.reader.now).date;
            let Some(span) = span(self.range, today) else { continue };
            for part in self.parts(span) {
                for (label, figures) in self.released(site, part)? {
                    let about = self.about(site, part.first, &label);
                    let sum = sums.entry(about).or_insert_with(|| vec![None; figures.len()]);
                    sum.iter_mut()
                        .zip(figures)
                        .for_each(|(sum, figure)| *sum = added(*sum, figure));
                }
            }
        }
        Ok(sums.into_iter().collect())
    }

    /// The days of each calendar month, where a line is of one; else all days at once.
    fn parts(&self, span: Span) -> Vec<Span> {
        if !matches!(self.report.lines, Lines::Months(_)) {
            return vec![span];
        }
        let mut parts = Vec::new();
        let mut first = span.first;
        while first <= span.last {
            let last = first.last_of_month().min(span.last);
            parts.push(Span { first, last });
            let Ok(next) = last.tomorrow() else { break };
            first = next;
        }
        parts
    }

    /// The released lines of a site, with their figures.
    fn released(&self, site: &Site, span: Span) -> Result<Vec<(String, Cells)>, PublishError> {
        let code = |name: &str| dimension::named(name).map_or(WHOLE_SITE, |one| one.code);
        let by = match self.report.lines {
            Lines::Total | Lines::Domains => By::Nothing,
            Lines::Days => By::Day,
            Lines::Months(name) | Lines::Values(name) => By::Value(code(name)),
            Lines::Pages => By::Value(dimension::PAGE),
        };
        let dimensions = (by.dimension().unwrap_or(WHOLE_SITE), 0);
        let covers = self.reader.cover(site, dimensions, span, Scales::of(by));
        let covers = covers.map_err(QueryError::from)?.unwrap_or_default();
        let wanted = Wanted { by, filters: &[], dimensions, prefix: "" };
        let mut gathered = Gathered::default();
        covers.iter().for_each(|cover| gathered.add(cover, &wanted));
        let metrics: Vec<Metric> = self.report.figures.iter().map(|one| one.0).collect();
        let rows = gathered.rows(&metrics, by).into_iter();
        let counted = rows.filter(|row| !names_no_value(&row.label)).filter_map(|row| {
            let figures = row.figures.iter().map(|figure| match figure {
                Shown::Count(count) => Some(Some(*count)),
                Shown::NotCollected => Some(None),
                Shown::Ratio(_) | Shown::Withheld => None,
            });
            Some((row.label, figures.collect::<Option<Vec<_>>>()?))
        });
        Ok(counted
            .filter(|(_, figures)| figures.iter().flatten().any(|figure| *figure > 0))
            .collect())
    }

    /// What a line is about, column by column.
    fn about(&self, site: &Site, first: Date, label: &str) -> Vec<String> {
        let host = || site.host.to_string();
        let label = label.to_owned();
        match self.report.lines {
            Lines::Total => Vec::new(),
            Lines::Days => vec![label],
            Lines::Domains => vec![host()],
            Lines::Pages => vec![host(), label],
            Lines::Values("download") => vec![format!("https://{label}")],
            Lines::Values(_) => vec![label],
            Lines::Months(_) => {
                let mut about = vec![first.strftime("%B %Y").to_string()];
                about.resize(self.report.about.len(), label);
                about
            }
        }
    }
}

/// The sum of two figures, of which either may be none.
fn added(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    one.into_iter().chain(other).reduce(|one, other| one + other)
}

fn written((about, figures): &Found) -> Vec<String> {
    let figure = |figure: &Option<u64>| figure.map_or(String::new(), |figure| figure.to_string());
    about.iter().cloned().chain(figures.iter().map(figure)).collect()
}

fn query(report: &Report, range: &str) -> Value {
    let names = |names: Vec<&str>| names.iter().map(|name| json!({ "name": name })).collect();
    let dimensions: Vec<Value> = names(report.about.iter().map(|one| one.0).collect());
    let metrics: Vec<Value> = names(report.figures.iter().map(|one| one.1).collect());
    let mut query = json!({ "metrics": metrics, "dateRanges": [date_range(range)] });
    if !dimensions.is_empty() {
        query["dimensions"] = json!(dimensions);
    }
    if let Some(limit) = report.limit {
        query["limit"] = json!(limit.to_string());
    }
    query
}

/// The days, in the words of those files where these have some.
fn date_range(range: &str) -> Value {
    let start = match range {
        "yesterday" => "yesterday",
        "7-days" => "7daysAgo",
        "30-days" => "30daysAgo",
        "90-days" => "90daysAgo",
        other => return json!({ "name": other }),
    };
    json!({ "startDate": start, "endDate": "yesterday" })
}

/// The sums of the lines, and those of each value where lines are of months.
fn totals(report: &Report, lines: &[Found]) -> Value {
    let mut totals = Map::new();
    for (place, (metric, _, field)) in report.figures.iter().enumerate() {
        // Those files have no sums of page views and of seconds.
        if matches!(metric, Metric::Views | Metric::ReadingSeconds) || lines.is_empty() {
            continue;
        }
        let sum: u64 = lines.iter().filter_map(|(_, figures)| figures[place]).sum();
        totals.insert((*field).to_owned(), json!(sum));
    }
    if matches!(report.lines, Lines::Months(_)) {
        for (place, (_, field)) in report.about.iter().enumerate().skip(1) {
            let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
            for (about, figures) in lines {
                *sums.entry(&about[place]).or_default() += figures[0].unwrap_or_default();
            }
            totals.insert(format!("by_{field}"), json!(sums));
        }
    }
    Value::Object(totals)
}

/// When the last day in the report was released, so that the same report has the same bytes.
fn taken_at(
    store: &dyn Store,
    now: Timestamp,
    sites: &[Arc<Site>],
) -> Result<Timestamp, PublishError> {
    let mut latest = None;
    for site in sites {
        let Ok(yesterday) = site.zone.day_at(now).date.yesterday() else { continue };
        let release = store.release(site.host.as_str(), Period::Day(yesterday))?;
        latest = latest.max(release.map(|release| release.released));
    }
    Ok(latest.unwrap_or(now))
}
