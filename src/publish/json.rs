//! The file for programs: what the figures are about, and the same lines as the CSV.

use std::io;

use serde_json::{Map, Value, json};

use crate::privacy::{Figure, PublishedLine, RELEASE_RULE, ROUNDED_TO, VISITORS_MIN};
use crate::publish::{FILE_METRICS, Format, LICENCE, Table};

/// JavaScript object notation.
pub struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn media_type(&self) -> &'static str {
        "application/json"
    }

    fn write(&self, table: &Table, out: &mut dyn io::Write) -> io::Result<()> {
        let heading = table.published.heading();
        let whole = table.period.to_string();
        let rows: Vec<_> =
            table.published.lines().iter().map(|line| row(table, line, &whole)).collect();
        let file = json!({
            "site": heading.site.as_str(),
            "dataset": table.dataset.name(),
            "period": whole,
            "time_zone": heading.zone.name(),
            "provisional": table.published.provisional(),
            "method": table.method,
            "licence": LICENCE,
            "rule": {
                "version": RELEASE_RULE,
                "visitors_min": VISITORS_MIN,
                "rounded_to": ROUNDED_TO,
            },
            "definitions": definitions(),
            "rows": rows,
        });
        serde_json::to_writer_pretty(out, &file).map_err(io::Error::from)
    }
}

fn definitions() -> Value {
    let mut definitions = Map::new();
    for metric in FILE_METRICS {
        definitions.insert(metric.name().to_owned(), json!(metric.definition()));
    }
    definitions.insert("null".into(), json!("withheld: fewer visitors than visitors_min"));
    definitions.insert("no row".into(), json!("nothing was recorded in that hour or on that day"));
    Value::Object(definitions)
}

fn row(table: &Table, line: &PublishedLine, whole: &str) -> Value {
    let mut row = Map::new();
    row.insert("period".into(), json!(table.line_period(&line.label, whole)));
    for (column, part) in table.dataset.columns().iter().zip(table.line_parts(&line.label)) {
        row.insert((*column).to_owned(), json!(part));
    }
    for metric in FILE_METRICS {
        row.insert(metric.name().to_owned(), json!(figure(line.figure(metric))));
    }
    row.insert("obs_status".into(), json!(line.obs_status.code()));
    row.insert("conf_status".into(), json!(line.conf_status.code()));
    Value::Object(row)
}

fn figure(figure: Figure) -> Option<u64> {
    match figure {
        Figure::Rounded(figure) => Some(figure),
        Figure::Ratio(ratio) => ratio,
        Figure::Withheld => None,
    }
}
