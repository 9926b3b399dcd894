//! `/api/openapi.json`: the description of the API for programs (OpenAPI 3.1), made from the same
//! lists that the handlers use. It says exactly what is served: what fits its schemas is answered,
//! or refused as a question that has no exact answer.

mod parameters;
mod schemas;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use crate::web::App;
use crate::web::api::words::{self, Parameter, QUESTIONS, REGISTERS};
use crate::web::tagged::tagged;

/// The media type of a problem (RFC 9457).
const PROBLEM: &str = "application/problem+json";

/// What is asked about: its name, and the name of the variable in its address with an example.
const ABOUT: [(&str, &str, &str); 2] =
    [("site", "host", "www.example.fr"), ("organisation", "slug", "ministry")];

const DESCRIPTION: &str = "Add `.csv` to the path, or send `Accept: text/csv`, for CSV. Figures \
    for everybody are released: lines of few visitors are withheld (null), the rest is rounded. \
    What cannot be answered exactly is refused with the reason. A name that is not a parameter is \
    refused too. Figures of an organisation are sums over its sites, not deduplicated.";

/// `GET /api/openapi.json`.
pub async fn document(request: HttpRequest, app: Data<App>) -> HttpResponse {
    let document = serde_json::to_vec_pretty(&description(&app.roof.base_url)).unwrap_or_default();
    tagged(&request, "application/json", document, None)
}

/// The whole description of the API at an address.
pub fn description(base_url: &str) -> Value {
    let mut paths = Map::new();
    for (path, summary) in REGISTERS {
        let name = path.rsplit('/').next().unwrap_or_default();
        paths.insert(path.to_owned(), json!({ "get": register(name, summary.en) }));
    }
    for about in ABOUT {
        for (what, summary) in QUESTIONS {
            let path = format!("/api/v1/{}s/{{{}}}/{what}", about.0, about.1);
            paths.insert(path, json!({ "get": question(about, what, summary.en) }));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Parvis",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Open audience statistics of public websites",
            "description": "The released figures of every counted site, for any period, breakdown \
                and filter. No key and no account; open to scripts of every origin.",
            "license": { "name": "Licence Ouverte 2.0", "identifier": "etalab-2.0" },
        },
        "servers": [{ "url": base_url, "description": "This service" }],
        "security": [],
        "tags": [
            { "name": "register", "description": "What there is to ask for" },
            { "name": "site", "description": "The figures of one site" },
            { "name": "organisation", "description": "Sums over the sites of an organisation" },
        ],
        "paths": paths,
        "components": { "schemas": schemas::all() },
    })
}

fn register(name: &str, summary: &str) -> Value {
    let schema = match name {
        "sites" => "Sites",
        "organisations" => "Organisations",
        _ => "Dimensions",
    };
    json!({
        "tags": ["register"],
        "summary": summary,
        "operationId": name,
        "responses": {
            "200": {
                "description": summary,
                "headers": headers(),
                "content": { "application/json": { "schema": reference(schema) } },
            },
            "304": unchanged(),
        },
    })
}

fn question((about, variable, example): (&str, &str, &str), what: &str, summary: &str) -> Value {
    let mut parameters = vec![parameters::in_path(variable, example)];
    if what.contains("dimension") {
        parameters.push(parameters::dimension());
    }
    let in_query = words::parameters(what).into_iter();
    let described =
        |(name, meaning, example): Parameter| parameters::in_query(name, &meaning.en, example);
    parameters.extend(in_query.map(described));
    json!({
        "tags": [about],
        "summary": summary,
        "description": DESCRIPTION,
        "operationId": format!("{about}_{}", what.split('/').next().unwrap_or(what)),
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "The figures and what is said beside them",
                "headers": headers(),
                "content": {
                    "application/json": {
                        "schema": reference(schemas::answer_name(what)),
                        "example": schemas::example(about, example, what),
                    },
                    "text/csv": { "schema": { "type": "string" } },
                },
            },
            "304": unchanged(),
            "400": wrong_question(),
            "404": problem(
                "There is no such site, organisation or dimension",
                json!({
                    "type": "tag:parvis,2026:not_found",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "No such site is counted here; /api/v1/sites lists them.",
                }),
            ),
        },
    })
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn headers() -> Value {
    json!({
        "ETag": {
            "description": "Tells this answer from all others; send it back in If-None-Match",
            "schema": { "type": "string" },
        },
    })
}

fn unchanged() -> Value {
    json!({ "description": "Nothing has changed since the ETag sent in If-None-Match" })
}

/// A question is wrong in two ways, told apart by the `type` of the problem.
fn wrong_question() -> Value {
    let unclear = json!({
        "type": "tag:parvis,2026:wrong_request",
        "title": "Bad Request",
        "status": 400,
        "detail": "there is no metric \"hits\": there are views, visitors, …",
    });
    let unanswerable = json!({
        "type": "tag:parvis,2026:no_exact_answer",
        "title": "Bad Request",
        "status": 400,
        "detail": "give a period, or from and to, but not both",
    });
    json!({
        "description": "`wrong_request`: a parameter is not by this description. \
            `no_exact_answer`: each is, and together they have no exact answer, such as `period` \
            with `from` or `to`, `from` after `to`, the sum of visitors of several pages, or two \
            dimensions that are not kept together; `detail` says what to ask instead.",
        "content": {
            PROBLEM: {
                "schema": reference("Problem"),
                "examples": {
                    "wrong_request": { "value": unclear },
                    "no_exact_answer": { "value": unanswerable },
                },
            },
        },
    })
}

fn problem(meaning: &str, example: Value) -> Value {
    json!({
        "description": meaning,
        "content": { PROBLEM: { "schema": reference("Problem"), "example": example } },
    })
}
