//! The parameters of a question with what they may hold, to the letter.

use serde_json::{Value, json};

use crate::dimension;
use crate::model::Metric;
use crate::query::{FILTERS_MAX, LIMIT_DEFAULT, LIMIT_MAX, PAGE_MAX, PERIOD_NAMES, VALUES_MAX};

/// A day, month or year as it is written.
const CALENDAR: &str = r"\d{4}(-(0[1-9]|1[0-2]))?";

/// A part of an address.
pub fn in_path(name: &str, example: &str) -> Value {
    let meaning = match name {
        "host" => "The host of a site; /api/v1/sites lists them",
        _ => "The short name of an organisation; /api/v1/organisations lists them",
    };
    json!({
        "name": name,
        "in": "path",
        "required": true,
        "description": meaning,
        "schema": { "type": "string", "minLength": 1 },
        "example": example,
    })
}

/// What the lines of a breakdown are.
pub fn dimension() -> Value {
    json!({
        "name": "dimension",
        "in": "path",
        "required": true,
        "description": "What the lines are; /api/v1/dimensions describes each",
        "schema": { "type": "string", "enum": public_dimensions() },
        "example": "page",
    })
}

/// A parameter of the query.
pub fn in_query(name: &str, meaning: &str, example: &str) -> Value {
    let mut parameter = json!({
        "name": name,
        "in": "query",
        "description": meaning,
        "schema": schema(name),
    });
    parameter["example"] = match name {
        "limit" | "page" => json!(example.parse::<u64>().unwrap_or(1)),
        "metrics" => json!(example.split(',').collect::<Vec<_>>()),
        "filter" => json!([example]),
        _ => json!(example),
    };
    match name {
        "metrics" => parameter["explode"] = json!(false),
        "filter" => parameter["explode"] = json!(true),
        _ => {}
    }
    parameter
}

fn schema(name: &str) -> Value {
    match name {
        "period" => period(),
        "from" | "to" => day(),
        "metrics" => {
            let one = json!({ "type": "string", "enum": metrics() });
            json!({ "type": "array", "items": one, "minItems": 1 })
        }
        "filter" => json!({ "type": "array", "items": filter(), "maxItems": FILTERS_MAX }),
        "interval" => json!({ "type": "string", "enum": ["hour", "day", "week", "month", "year"] }),
        "sort" => {
            let by: Vec<_> = ["value"].into_iter().chain(metrics()).collect();
            let turned = by.iter().map(|name| format!("-{name}"));
            let both: Vec<_> = by.iter().map(|name| (*name).to_owned()).chain(turned).collect();
            json!({ "type": "string", "enum": both })
        }
        "compare" => {
            let days = r"^\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}$";
            json!({
                "anyOf": [
                    { "type": "string", "enum": ["previous", "year"] },
                    period(),
                    { "type": "string", "pattern": days },
                ],
            })
        }
        "limit" => json!({
            "type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT_DEFAULT,
        }),
        "page" => json!({ "type": "integer", "minimum": 1, "maximum": PAGE_MAX, "default": 1 }),
        _ => json!({ "type": "string" }),
    }
}

fn period() -> Value {
    json!({
        "anyOf": [
            { "type": "string", "enum": PERIOD_NAMES },
            { "type": "string", "pattern": format!("^{CALENDAR}$") },
            day(),
        ],
    })
}

fn day() -> Value {
    json!({ "type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$" })
}

fn filter() -> Value {
    let names = public_dimensions().join("|");
    let more = VALUES_MAX - 1;
    let pattern =
        format!(r"^({names}):(is|is_not|contains|starts_with):[^|\\]+(\|[^|\\]+){{0,{more}}}$");
    json!({ "type": "string", "pattern": pattern })
}

fn metrics() -> [&'static str; Metric::ALL.len()] {
    Metric::ALL.map(Metric::name)
}

fn public_dimensions() -> Vec<&'static str> {
    let public = dimension::ALL.iter().filter(|one| one.exposure.is_public());
    public.map(|one| one.name).collect()
}
