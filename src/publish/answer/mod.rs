//! An answer to a question, written for programs: JSON with all that is said beside the figures, or
//! the plain lines as a file.

mod table;

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::model::Metric;
use crate::privacy::{RELEASE_RULE, ROUNDED_TO};
use crate::publish::beside::{Warning, notes};
use crate::publish::dataset::label_parts;
use crate::query::{Answer, Ask, Cells, Compared, Row, Shown, Span, What};
use crate::store::{Break, Method};

pub use table::answer_as_file;

/// What is said beside the figures.
pub struct Beside<'a> {
    /// `site` or `organisation`.
    pub about: &'static str,
    /// Its host, or its name in addresses.
    pub name: &'a str,
    /// The zones of its sites, each once.
    pub time_zones: Vec<String>,
    /// How the days were collected.
    pub methods: Vec<Method>,
    /// Why the sites do not compare with one another as they stand.
    pub warnings: Vec<Warning>,
    /// The breaks in the period, with the host of their site.
    pub breaks: Vec<(String, Break)>,
    /// Titles of the pages of the lines, where they are pages.
    pub titles: Vec<Option<String>>,
    /// Are the figures exact, for staff?
    pub exact: bool,
    /// The threshold of the sites, the highest of several.
    pub visitors_min: u64,
    /// The licences of the sites, each once.
    pub licences: Vec<&'static str>,
    /// The address of the next page of results.
    pub next: Option<String>,
}

fn label_columns(what: What) -> &'static [&'static str] {
    match what {
        What::Totals => &[],
        What::Timeseries => &["period"],
        What::Breakdown(dimension) => dimension.columns,
    }
}

/// The answer as JSON.
pub fn answer_as_json(ask: &Ask, answer: &Answer, beside: &Beside<'_>) -> Value {
    let rule = if beside.exact {
        json!({ "version": "exact" })
    } else {
        json!({
            "version": RELEASE_RULE,
            "visitors_min": beside.visitors_min,
            "rounded_to": ROUNDED_TO,
        })
    };
    let metrics: Vec<_> = answer
        .metrics
        .iter()
        .map(|metric| json!({ "name": metric.name(), "definition": metric.definition() }))
        .collect();
    let left_out: Vec<_> = answer
        .left_out
        .iter()
        .map(|(metric, reason)| json!({ "name": metric.name(), "reason": reason }))
        .collect();
    let methods: Vec<_> = beside.methods.iter().map(|method| method.name()).collect();
    let warnings = beside.warnings.iter();
    let warnings: Vec<_> =
        warnings.map(|one| json!({ "name": one.name, "fr": one.fr, "en": one.en })).collect();
    json!({
        beside.about: beside.name,
        "period": days(answer.first, answer.last),
        "compared": answer.compared.as_ref().map(compared),
        "time_zones": beside.time_zones,
        "days": { "begun": answer.days.begun, "collected": answer.days.collected },
        "provisional": answer.provisional,
        "synthetic": answer.synthetic,
        "deduplicated": beside.about == "site" && answer.first == answer.last,
        "methods": methods,
        "warnings": warnings,
        "licence": beside.licences.join(","),
        "rule": rule,
        "breaks": breaks(beside),
        "metrics": metrics,
        "not_collected": names(&answer.not_collected),
        "partly_collected": names(&answer.partly_collected),
        "left_out": left_out,
        "rows": rows(ask, answer, beside),
        "rows_total": answer.rows_total,
        "rows_withheld": answer.rows_withheld,
        "page": ask.page,
        "pages": answer.rows_total.div_ceil(ask.limit).max(1),
        "next": beside.next,
    })
}

fn names(metrics: &[Metric]) -> Vec<&'static str> {
    metrics.iter().map(|metric| metric.name()).collect()
}

/// With which days those of the question are compared, and why others are not.
fn compared(compared: &Compared) -> Value {
    let left_out = compared.left_out.iter();
    let left_out: Vec<_> =
        left_out.map(|(gap, days)| json!({ "reason": gap.name(), "days": days })).collect();
    let of = |span: Span| days(span.first, span.last);
    let runs = compared.runs.iter();
    let runs = runs.map(|run| json!({ "period": of(run.own), "compared": of(run.other) }));
    json!({
        "first": compared.first.to_string(),
        "last": compared.last.to_string(),
        "days": compared.days,
        "runs": runs.collect::<Vec<_>>(),
        "left_out": left_out,
        "sites": compared.sites.0,
        "sites_total": compared.sites.1,
        "not_collected": names(&compared.not_collected),
    })
}

fn days(first: Date, last: Date) -> Value {
    json!({ "first": first.to_string(), "last": last.to_string() })
}

fn breaks(beside: &Beside<'_>) -> Vec<Value> {
    let written = |(host, one): &(String, Break)| {
        let (note_fr, note_en) = notes(one);
        json!({
            "site": host,
            "began": one.began.to_string(),
            "kind": one.kind.name(),
            "before": one.before,
            "after": one.after,
            "note_fr": note_fr,
            "note_en": note_en,
            "source": if one.is_manual { "manual" } else { "automatic" },
        })
    };
    beside.breaks.iter().map(written).collect()
}

fn rows(ask: &Ask, answer: &Answer, beside: &Beside<'_>) -> Vec<Value> {
    let columns = label_columns(ask.what);
    let row = |(place, row): (usize, &Row)| {
        let mut written = Map::new();
        for (column, part) in columns.iter().zip(label_parts(&row.label, columns.len())) {
            written.insert((*column).to_owned(), json!(part));
        }
        if let Some(title) = beside.titles.get(place) {
            written.insert("title".to_owned(), json!(title));
        }
        figures(&answer.metrics, &row.figures, &mut written);
        if let Some(compared) = &row.compared {
            let sides = [("comparable", &compared.own), ("compared", &compared.other)];
            for (name, side) in sides.into_iter().filter(|(_, side)| !side.is_empty()) {
                let mut others = Map::new();
                figures(&answer.metrics, side, &mut others);
                written.insert(name.to_owned(), Value::Object(others));
            }
            written.insert("compared_days".to_owned(), json!(compared.days));
        }
        if let Some(Cells { released, withheld, not_collected }) = row.cells {
            let mut cells = json!({ "released": released, "withheld": withheld });
            if let Some(gaps) = not_collected {
                cells["not_collected"] = json!(gaps);
            }
            written.insert("cells".to_owned(), cells);
        }
        written.insert("method".to_owned(), json!(row.method()));
        written.insert("obs_status".to_owned(), json!(row.obs_status));
        if let Some(conf_status) = row.conf_status {
            written.insert("conf_status".to_owned(), json!(conf_status));
        }
        Value::Object(written)
    };
    answer.rows.iter().enumerate().map(row).collect()
}

fn figures(metrics: &[Metric], figures: &[Shown], written: &mut Map<String, Value>) {
    for (metric, figure) in metrics.iter().zip(figures) {
        let value = match figure {
            Shown::Count(count) => json!(count),
            Shown::Ratio(ratio) => json!(ratio.map(hundredths)),
            Shown::Withheld | Shown::NotCollected => Value::Null,
        };
        written.insert(metric.name().to_owned(), value);
    }
}

/// A ratio as it is written: to two places.
fn hundredths(ratio: f64) -> f64 {
    (ratio * 100.0).round() / 100.0
}
