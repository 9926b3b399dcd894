//! `/api/openapi.json`: the description of the API for programs, made from the same lists that the
//! handlers use.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, License, OpenApi, OpenApiBuilder, PathItem, PathsBuilder, Ref,
    RefOr, Required, Response, ResponseBuilder, Schema,
};

use crate::dimension;
use crate::model::Metric;
use crate::privacy::{RELEASE_RULE, ROUNDED_TO, VISITORS_MIN};
use crate::web::api::words::{QUESTIONS, REGISTERS, parameters};
use crate::web::tagged::tagged;

/// The media type of a problem (RFC 9457).
const PROBLEM: &str = "application/problem+json";

/// `GET /api/openapi.json`.
pub async fn document(request: HttpRequest) -> HttpResponse {
    let document = serde_json::to_vec_pretty(&description()).unwrap_or_default();
    tagged(&request, "application/json", document, None)
}

/// The whole description, OpenAPI 3.1.
pub fn description() -> OpenApi {
    let mut paths = PathsBuilder::new();
    for (path, summary) in REGISTERS {
        let operation = OperationBuilder::new()
            .tag("Register")
            .summary(Some(summary.en))
            .operation_id(Some(path.rsplit('/').next().unwrap_or_default()))
            .response("200", answer(summary.en, None));
        paths = paths.path(path, PathItem::new(HttpMethod::Get, operation.build()));
    }
    for (about, variable, example) in
        [("site", "host", "www.example.fr"), ("organisation", "slug", "ministry")]
    {
        for (what, summary) in QUESTIONS {
            let path = format!("/api/v1/{about}s/{{{variable}}}/{what}");
            let mut operation = OperationBuilder::new()
                .tag(about)
                .summary(Some(summary.en))
                .description(Some(DESCRIPTION))
                .operation_id(Some(format!("{about}_{}", what.split('/').next().unwrap_or(what))))
                .parameter(in_path(variable, example))
                .response("200", answer("The figures and what is said beside them", Some(())))
                .response("304", Response::new("Nothing has changed since the ETag sent"))
                .response("400", problem("The question is unclear, or has no exact answer"))
                .response("404", problem("There is no such site, organisation or dimension"));
            if what.contains("dimension") {
                operation = operation.parameter(in_path_dimension());
            }
            for (name, meaning, example) in parameters(what) {
                operation = operation.parameter(in_query(name, &meaning.en, example));
            }
            paths = paths.path(path, PathItem::new(HttpMethod::Get, operation.build()));
        }
    }
    let info = InfoBuilder::new()
        .title("Parvis")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Open audience statistics of public websites."))
        .license(Some(License::new("etalab-2.0")))
        .build();
    OpenApiBuilder::new().info(info).paths(paths).components(Some(components())).build()
}

const DESCRIPTION: &str = "Add `.csv` to the path, or send `Accept: text/csv`, for CSV. Figures \
    for everybody are released: lines of few visitors are withheld (null), the rest is rounded. \
    What cannot be answered exactly is refused with the reason. A name that is not a parameter is \
    refused too. Figures of an organisation are sums over its sites, not deduplicated.";

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(SchemaType::Type(Type::String))
}

fn in_query(name: &str, meaning: &str, example: &str) -> ParameterBuilder {
    let (schema, example) = match example.parse::<u64>() {
        Ok(number) if matches!(name, "limit" | "page") => {
            let number_type = SchemaType::Type(Type::Integer);
            (ObjectBuilder::new().schema_type(number_type).minimum(Some(1)), json!(number))
        }
        _ => (text(), json!(example)),
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .description(Some(meaning))
        .schema(Some(Schema::from(schema)))
        .example(Some(example))
}

fn in_path(name: &str, example: &str) -> ParameterBuilder {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(Schema::from(text())))
        .example(Some(json!(example)))
}

fn in_path_dimension() -> ParameterBuilder {
    let public = dimension::ALL.iter().filter(|one| one.exposure.is_public());
    let names: Vec<_> = public.map(|one| one.name).collect();
    ParameterBuilder::new()
        .name("dimension")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("What the lines are; /api/v1/dimensions describes each"))
        .schema(Some(Schema::from(text().enum_values(Some(names)))))
        .example(Some(json!("page")))
}

fn answer(meaning: &str, is_figures: Option<()>) -> Response {
    let mut content = ContentBuilder::new();
    if is_figures.is_some() {
        content = content
            .schema(Some(RefOr::Ref(Ref::from_schema_name("Answer"))))
            .example(Some(example()));
    }
    let response = ResponseBuilder::new().description(meaning);
    let response = response.content("application/json", content.build());
    match is_figures {
        Some(()) => response.content("text/csv", ContentBuilder::new().build()).build(),
        None => response.build(),
    }
}

fn problem(meaning: &str) -> Response {
    let example = json!({
        "type": "tag:parvis,2026:wrong_request",
        "title": "Bad Request",
        "status": 400,
        "detail": "there is no metric \"hits\": there are views, visitors, …",
    });
    let content = ContentBuilder::new()
        .schema(Some(RefOr::Ref(Ref::from_schema_name("Problem"))))
        .example(Some(example));
    ResponseBuilder::new().description(meaning).content(PROBLEM, content.build()).build()
}

/// An answer as it looks, for readers of the description.
fn example() -> serde_json::Value {
    json!({
        "site": "www.example.fr",
        "period": { "first": "2026-11-01", "last": "2026-11-22" },
        "time_zones": ["Europe/Paris"],
        "provisional": false,
        "methods": ["beacon"],
        "warnings": [],
        "licence": "etalab-2.0",
        "rule": { "version": RELEASE_RULE, "visitors_min": VISITORS_MIN, "rounded_to": ROUNDED_TO },
        "metrics": [{ "name": "views", "definition": Metric::Views.definition() }],
        "days": { "begun": 22, "collected": 22 },
        "not_collected": [],
        "partly_collected": [],
        "left_out": [],
        "rows": [{ "page": "/contact", "views": 1230, "obs_status": "A", "conf_status": "F" }],
        "rows_total": 1,
        "rows_withheld": 0,
        "page": 1,
        "pages": 1,
        "next": null,
    })
}

fn components() -> utoipa::openapi::Components {
    let number = || ObjectBuilder::new().schema_type(SchemaType::Type(Type::Number));
    let nullable = SchemaType::from_iter([Type::Number, Type::Null]);
    let mut row = ObjectBuilder::new().description(Some(
        "One line: its value or period, and its figures; null is withheld or was not collected",
    ));
    for metric in Metric::ALL {
        let figure = ObjectBuilder::new()
            .schema_type(nullable.clone())
            .description(Some(metric.definition()));
        row = row.property(metric.name(), figure);
    }
    let codes = "SDMX CL_OBS_STATUS: A final, P provisional, Q withheld, L not collected";
    row = row.property("obs_status", text().description(Some(codes)));
    let codes = "SDMX CL_CONF_STATUS: F free, A withheld because the count is small";
    row = row.property("conf_status", text().description(Some(codes)));
    let days = ObjectBuilder::new()
        .description(Some("Days of the period that have begun, and those that were collected"))
        .property("begun", number())
        .property("collected", number());
    let metric_names = |meaning| {
        utoipa::openapi::ArrayBuilder::new().items(text().build()).description(Some(meaning))
    };
    let answer = ObjectBuilder::new()
        .property("rows", utoipa::openapi::ArrayBuilder::new().items(row.build()))
        .property("rows_total", number())
        .property("days", days.build())
        .property("not_collected", metric_names("Metrics that no method of these days can give"))
        .property(
            "partly_collected",
            metric_names("Metrics that some of these days do not give: they are of the others"),
        )
        .property("licence", text())
        .required("rows");
    let problem = ObjectBuilder::new()
        .property("type", text())
        .property("title", text())
        .property("status", number())
        .property("detail", text().description(Some("What to do")))
        .required("detail");
    utoipa::openapi::ComponentsBuilder::new()
        .schema("Answer", Schema::from(answer))
        .schema("Problem", Schema::from(problem))
        .build()
}
