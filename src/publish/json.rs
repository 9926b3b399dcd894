//! The file for programs: what the figures are about, and the same lines as the CSV.

use std::io;

use serde_json::json;

use crate::model::Metric;
use crate::privacy::{Figure, PublishedLine, RELEASE_RULE, ROUNDED_TO, VISITORS_MIN};
use crate::publish::{Format, LICENCE, Table};

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
            "method": table.method(),
            "licence": LICENCE,
            "rule": {
                "version": RELEASE_RULE,
                "visitors_min": VISITORS_MIN,
                "rounded_to": ROUNDED_TO,
            },
            "definitions": {
                "views": "pages shown to a person, as the beacon reports them",
                "visitors": "distinct visitors of one site on one local day; of several days, the \
                    sum of the days",
                "null": "withheld: fewer visitors than visitors_min",
                "no row": "no view was recorded in that hour or on that day",
            },
            "rows": rows,
        });
        serde_json::to_writer_pretty(out, &file).map_err(io::Error::from)
    }
}

fn row(table: &Table, line: &PublishedLine, whole: &str) -> serde_json::Value {
    let mut row = json!({
        "period": table.line_period(&line.label, whole),
        "views": figure(line.figure(Metric::Views)),
        "visitors": figure(line.figure(Metric::Visitors)),
        "obs_status": line.obs_status.code(),
        "conf_status": line.conf_status.code(),
    });
    if let Some(page) = table.line_page(&line.label) {
        row["page"] = json!(page);
    }
    row
}

fn figure(figure: Figure) -> Option<u64> {
    match figure {
        Figure::Rounded(figure) => Some(figure),
        Figure::Ratio(ratio) => ratio,
        Figure::Withheld => None,
    }
}
