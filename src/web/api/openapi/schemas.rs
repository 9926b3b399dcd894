//! What the answers hold.

use serde_json::{Map, Value, json};

use crate::dimension;
use crate::model::Metric;
use crate::privacy::{RELEASE_RULE, ROUNDED_TO, VISITORS_MIN};
use crate::publish::label_column;

/// The kinds of answers, by the beginning of what is asked, and the schema of each.
const ANSWERS: [(&str, &str); 3] =
    [("totals", "Totals"), ("timeseries", "Timeseries"), ("breakdown", "Breakdown")];

/// The name of the schema of what a question is answered.
pub fn answer_name(what: &str) -> &'static str {
    let found = ANSWERS.into_iter().find(|(start, _)| what.starts_with(start));
    found.map_or("Totals", |(_, name)| name)
}

/// Every schema by its name.
pub fn all() -> Value {
    json!({
        "Sites": listed("sites", site()),
        "Organisations": listed("organisations", organisation()),
        "Dimensions": dimensions(),
        "Totals": answer(Map::new()),
        "Timeseries": answer(labels(&["period"])),
        "Breakdown": answer(values()),
        "Problem": problem(),
    })
}

fn text(meaning: &str) -> Value {
    json!({ "type": "string", "description": meaning })
}

fn maybe_text(meaning: &str) -> Value {
    json!({ "type": ["string", "null"], "description": meaning })
}

fn flag(meaning: &str) -> Value {
    json!({ "type": "boolean", "description": meaning })
}

fn count(meaning: &str) -> Value {
    json!({ "type": "integer", "minimum": 0, "description": meaning })
}

fn texts(meaning: &str) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "description": meaning })
}

/// An object all of whose members are always there.
fn object(properties: Value) -> Value {
    let names = properties.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let required: Vec<_> = names.collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn list(items: Value, meaning: &str) -> Value {
    json!({ "type": "array", "items": items, "description": meaning })
}

fn listed(name: &str, items: Value) -> Value {
    object(json!({ name: { "type": "array", "items": items } }))
}

fn site() -> Value {
    object(json!({
        "host": text("Its host, which is its name in addresses"),
        "host_unicode": text("The same in the letters that people write it in"),
        "aliases": texts("Other hosts that belong to it"),
        "time_zone": text("The IANA time zone of its days"),
        "organisation": maybe_text("The short name of the organisation that it is of"),
        "privacy_profile": text("How much is measured: exempt or extended"),
        "sections": texts("Parts whose visitors are counted exactly"),
        "synthetic": flag("Are its figures invented to show the product?"),
        "licence": text("The SPDX identifier of the licence of its figures"),
        "visitors_min": count("Lines of fewer visitors are withheld"),
    }))
}

fn organisation() -> Value {
    object(json!({
        "slug": text("Its short name in addresses"),
        "name": text("Its name for people"),
        "identifier": maybe_text("Its number in a public register, such as a SIREN"),
        "parent": maybe_text("The short name of the organisation that it is a part of"),
        "sites": texts("The hosts of its own sites"),
    }))
}

fn dimensions() -> Value {
    let dimension = object(json!({
        "name": text("Its name in addresses and filters"),
        "description": text("What its values are"),
        "public": flag("May everybody ask for it?"),
        "columns": texts("The columns of its lines"),
    }));
    let crossing = json!({
        "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2,
    });
    object(json!({
        "dimensions": list(dimension, "What figures can be broken down by"),
        "metrics": list(defined_metric(), "What is counted"),
        "crossings": list(crossing, "Two dimensions that are kept together"),
    }))
}

fn defined_metric() -> Value {
    object(json!({ "name": text("Its name"), "definition": text("What it counts") }))
}

fn days(meaning: &str) -> Value {
    let day = json!({ "type": "string", "format": "date" });
    let mut days = object(json!({ "first": day, "last": day }));
    days["description"] = json!(meaning);
    days
}

fn measured_days() -> Value {
    object(json!({
        "begun": count("Days of the period that have begun"),
        "collected": count("Those of them that were collected"),
    }))
}

/// What says what a line is about, one text a column.
fn labels(columns: &[&'static str]) -> Map<String, Value> {
    let meaning = |name| label_column(name).description.en;
    columns.iter().map(|name| ((*name).to_owned(), text(meaning(name)))).collect()
}

/// The columns of every breakdown, of which a line has its own, and the title of a page.
fn values() -> Map<String, Value> {
    let public = dimension::ALL.iter().filter(|one| one.exposure.is_public());
    let columns: Vec<_> = public.flat_map(|one| one.columns.iter().copied()).collect();
    let mut values = labels(&columns);
    let title = "The title that most readers of the page saw; null if it is withheld or unknown";
    values.insert("title".to_owned(), maybe_text(title));
    values
}

fn answer(labels: Map<String, Value>) -> Value {
    let rule = json!({
        "type": "object",
        "required": ["version"],
        "properties": {
            "version": text("The rule of publishing"),
            "visitors_min": count("Lines of fewer visitors are withheld"),
            "rounded_to": count("Figures are rounded to multiples of this"),
        },
    });
    let properties = json!({
        "site": text("The host of the site that was asked about"),
        "organisation": text("The short name of the organisation that was asked about"),
        "period": days("The days of the figures"),
        "compared": comparison(),
        "time_zones": texts("The time zones of the days"),
        "provisional": flag("May these figures still change?"),
        "synthetic": flag("Are they invented to show the product?"),
        "deduplicated": flag("Is each visitor counted once?"),
        "methods": texts("How was counted"),
        "warnings": list(json!({ "type": "object" }), "What makes the figures hard to compare"),
        "licence": text("The licences of the figures, by commas"),
        "rule": rule,
        "breaks": list(json!({ "type": "object" }), "After these the figures do not compare"),
        "metrics": list(defined_metric(), "The metrics of the rows"),
        "days": measured_days(),
        "not_collected": texts("Metrics that no method of these days can give"),
        "partly_collected": texts("Metrics of which only some of these days give a figure"),
        "left_out": list(json!({ "type": "object" }), "Metrics that have no exact answer, and why"),
        "rows": list(row(labels), "The lines"),
        "rows_total": count("Lines of all pages of results"),
        "rows_withheld": count("Lines that are withheld"),
        "page": count("Which page of results this is"),
        "pages": count("How many there are"),
        "next": maybe_text("The address of the next page of results"),
    });
    let names = properties.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let required: Vec<_> = names.filter(|name| !["site", "organisation"].contains(name)).collect();
    json!({
        "type": "object",
        "required": required,
        "oneOf": [{ "required": ["site"] }, { "required": ["organisation"] }],
        "properties": properties,
    })
}

/// With which days those of the question are compared.
fn comparison() -> Value {
    let day = json!({ "type": "string", "format": "date" });
    let left_out = object(json!({
        "reason": text("open, not_collected, withheld, overlap, weekdays or months"),
        "days": count("Pairs of days"),
    }));
    let run = object(json!({
        "period": days("Days of the period that was asked for"),
        "compared": days("As many days of the other period"),
    }));
    let mut comparison = object(json!({
        "first": day,
        "last": day,
        "days": count("Pairs of days of the same weekday that both sides count"),
        "runs": list(run, "The days that are compared, as runs of days that follow each other"),
        "left_out": list(left_out, "Pairs of days that are left out of both sides"),
        "sites": count("Sites of which days are compared"),
        "sites_total": count("Sites that were asked about"),
        "not_collected": texts("Metrics that the methods of one side cannot give"),
    }));
    comparison["type"] = json!(["object", "null"]);
    comparison
}

fn figures() -> Map<String, Value> {
    let figure = |metric: Metric| {
        let meaning = metric.definition();
        json!({ "type": ["number", "null"], "minimum": 0, "description": meaning })
    };
    Metric::ALL.into_iter().map(|metric| (metric.name().to_owned(), figure(metric))).collect()
}

fn row(labels: Map<String, Value>) -> Value {
    let required: Vec<_> = labels.keys().filter(|_| labels.len() == 1).cloned().collect();
    let always = ["method", "obs_status"].map(str::to_owned);
    let required: Vec<_> = required.into_iter().chain(always).collect();
    let mut properties = labels;
    properties.extend(figures());
    for (name, meaning) in [
        ("comparable", "The figures over the days that are compared"),
        ("compared", "Those of the other period"),
    ] {
        let side = json!({ "type": "object", "description": meaning, "properties": figures() });
        properties.insert(name.to_owned(), side);
    }
    properties.insert("compared_days".to_owned(), count("Pairs of days that are compared"));
    properties.insert("cells".to_owned(), cells());
    let method = "How the line was collected: the names of methods, by commas in one order; empty \
        where nothing was collected";
    properties.insert("method".to_owned(), text(method));
    let status = "SDMX CL_OBS_STATUS: A final, P provisional, Q withheld, L not collected";
    properties.insert("obs_status".to_owned(), text(status));
    let status = "SDMX CL_CONF_STATUS: F free, A withheld because the count is small, D withheld \
        for another line's sake";
    properties.insert("conf_status".to_owned(), text(status));
    json!({
        "type": "object",
        "description": "One line: its value or period, and its figures; null is withheld or not \
            collected",
        "required": required,
        "properties": properties,
    })
}

/// What a line of released figures is the sum of.
fn cells() -> Value {
    let mut cells = object(json!({
        "released": count("Published figures that were added up"),
        "withheld": count("Those that may belong to the line and are withheld"),
    }));
    let gaps = "Periods of a site, from its first on, in which nothing was collected; lines by \
        value do not say it";
    cells["properties"]["not_collected"] = count(gaps);
    cells["description"] = json!("What the line is the sum of");
    cells
}

fn problem() -> Value {
    object(json!({
        "type": { "type": "string", "format": "uri", "description": "Names the problem for ever" },
        "title": text("The status in words"),
        "status": { "type": "integer", "minimum": 400, "maximum": 599 },
        "detail": text("What to do"),
    }))
}

/// An answer as it looks, for readers of the description.
pub fn example(about: &str, name: &str, what: &str) -> Value {
    let line = match answer_name(what) {
        "Timeseries" => json!({ "period": "2026-11-22" }),
        "Breakdown" => json!({ "page": "/contact" }),
        _ => json!({}),
    };
    let figures =
        json!({ "views": 1230, "method": "beacon", "obs_status": "A", "conf_status": "F" });
    let parts = [line, figures].into_iter().filter_map(|part| part.as_object().cloned());
    let row: Map<String, Value> = parts.flatten().collect();
    json!({
        about: name,
        "period": { "first": "2026-11-01", "last": "2026-11-22" },
        "compared": null,
        "time_zones": ["Europe/Paris"],
        "provisional": false,
        "synthetic": false,
        "deduplicated": false,
        "methods": ["beacon"],
        "warnings": [],
        "licence": "etalab-2.0",
        "rule": { "version": RELEASE_RULE, "visitors_min": VISITORS_MIN, "rounded_to": ROUNDED_TO },
        "breaks": [],
        "metrics": [{ "name": "views", "definition": Metric::Views.definition() }],
        "days": { "begun": 22, "collected": 22 },
        "not_collected": [],
        "partly_collected": [],
        "left_out": [],
        "rows": [row],
        "rows_total": 1,
        "rows_withheld": 0,
        "page": 1,
        "pages": 1,
        "next": null,
    })
}
