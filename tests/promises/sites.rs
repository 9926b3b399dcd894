//! The registers of the API, sums over organisations, the ways an answer is sent, and the
//! description that programs read.

use serde_json::{Value, json};

use crate::audience::{HOST, RICH, audience, problem};
use crate::clocked::Clocked;
use crate::service::wait_until;

#[test]
fn the_registers_say_what_is_counted() {
    let (_folder, _data, service) = audience();
    let sites = service.json("/api/v1/sites")["sites"].clone();
    assert_eq!(
        sites[0],
        json!({
            "host": HOST, "host_unicode": HOST, "aliases": ["example.fr"],
            "time_zone": "Europe/Paris",
            "organisation": "ministry", "privacy_profile": "extended", "sections": ["/services/"],
            "synthetic": false, "licence": "etalab-2.0",
            "visitors_min": 10,
        })
    );
    assert_eq!(
        (&sites[1]["host"], &sites[1]["organisation"]),
        (&json!("www.example.re"), &json!("agency"))
    );
    let organisations = service.json("/api/v1/organisations")["organisations"].clone();
    assert_eq!(
        organisations,
        json!([
            {"slug": "agency", "name": "Agency", "identifier": null, "parent": "ministry",
             "sites": ["www.example.re"]},
            {"slug": "ministry", "name": "Ministry", "identifier": null, "parent": null,
             "sites": [HOST]},
        ])
    );
    let words = service.json("/api/v1/dimensions");
    let metrics: Vec<_> = words["metrics"].as_array().unwrap().iter().collect();
    assert!(metrics.len() == 8 && metrics.iter().all(|one| one["definition"].is_string()));
    for pair in words["crossings"].as_array().unwrap() {
        let known = |name: &Value| {
            words["dimensions"].as_array().unwrap().iter().any(|one| one["name"] == *name)
        };
        assert!(known(&pair[0]) && known(&pair[1]), "{pair}");
    }
}

#[test]
fn a_sum_of_sites_that_are_not_measured_alike_carries_warnings() {
    let (_folder, _data, service) = audience();
    let of = |slug| service.json(&format!("/api/v1/organisations/{slug}/totals?period={RICH}"));
    // One site counts by its tag and the other from its logs, and they measure different things.
    let whole = of("ministry");
    let warnings = whole["warnings"].as_array().unwrap();
    let names: Vec<_> = warnings.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["method", "policy"], "{whole}");
    assert!(warnings[0]["fr"].as_str().unwrap().contains("www.example.re (access_log)"));
    assert_eq!(of("agency")["warnings"], json!([]));
}

#[test]
fn an_organisation_is_the_sum_of_its_sites_and_says_that_nobody_was_told_apart() {
    let (_folder, _data, service) = audience();
    let cookie = service.sign_in();
    let ask = |about: &str, base: &str| -> Value {
        let answer = service.get(&format!("{base}/{about}"), &[("cookie", &cookie)]);
        assert_eq!(answer.status, 200, "{about}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    };
    let sites = [HOST, "www.example.re"];
    for base in ["/api/v1", "/admin/api/v1"] {
        for question in
            ["totals?", "timeseries?interval=day&", "breakdown/country?", "breakdown/device?"]
        {
            let question = format!("{question}period={RICH}");
            let whole = ask(&format!("organisations/ministry/{question}"), base);
            assert_eq!(
                (&whole["deduplicated"], &whole["organisation"]),
                (&json!(false), &json!("ministry"))
            );
            for metric in ["views", "visitors", "visits", "bounces", "events", "reading_seconds"] {
                let sum = |json: &Value| -> u64 {
                    json["rows"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .filter_map(|row| row[metric].as_u64())
                        .sum()
                };
                let parts = sites.map(|site| sum(&ask(&format!("sites/{site}/{question}"), base)));
                assert_eq!(sum(&whole), parts[0] + parts[1], "{base} {question} {metric}");
                assert!(metric != "views" || parts[1] > 0, "{question}");
            }
        }
        // A part of the tree has its own sites alone; a page is told by its site.
        let part = ask(&format!("organisations/agency/totals?period={RICH}"), base);
        let mut site = ask(&format!("sites/www.example.re/totals?period={RICH}"), base);
        // Ratios are no sums: they are left out and say how to make them, even of one site alone.
        let line = site["rows"][0].as_object_mut().unwrap();
        for ratio in ["bounce_rate", "visit_seconds"] {
            line.remove(ratio).unwrap();
            assert_eq!(part["rows"][0].get(ratio), None);
        }
        assert_eq!(part["left_out"].as_array().unwrap().len(), 2);
        assert_eq!(part["rows"], site["rows"]);
        let alone = ask(&format!("organisations/agency/breakdown/page?period={RICH}"), base);
        let named =
            alone["rows"].as_array().unwrap().iter().map(|row| row["page"].as_str().unwrap());
        assert!(named.filter(|page| *page != ":withheld").all(|page| page.starts_with("www.")));
        let pages = ask(&format!("organisations/ministry/breakdown/page?period={RICH}"), base);
        let names: Vec<_> =
            pages["rows"].as_array().unwrap().iter().map(|row| &row["page"]).collect();
        assert!(
            names.contains(&&json!("www.example.re/"))
                && names.contains(&&json!("www.example.fr/"))
        );
    }
    let exact = ask(&format!("organisations/ministry/totals?period={RICH}"), "/admin/api/v1");
    assert_eq!(
        (&exact["rows"][0]["visitors"], &exact["rows"][0]["views"]),
        (&json!(70), &json!(160))
    );
    let site = ask(&format!("sites/{HOST}/totals?period={RICH}"), "/api/v1");
    assert_eq!(site["deduplicated"], true);
}

#[test]
fn answers_are_open_to_every_origin_tagged_and_without_a_cookie() {
    let (_folder, _data, service) = audience();
    let cookie = service.sign_in();
    for path in [
        "/api/v1/sites".to_owned(),
        "/api/v1/dimensions".to_owned(),
        "/api/openapi.json".to_owned(),
        format!("/api/v1/sites/{HOST}/totals?period={RICH}"),
        format!("/api/v1/sites/{HOST}/breakdown/page.csv?period={RICH}"),
        "/api/v1/organisations/ministry/timeseries?period=2026-11".to_owned(),
    ] {
        let first = service.get(&path, &[("origin", "https://other.example")]);
        assert_eq!(first.header("access-control-allow-origin"), Some("*"), "{path}");
        assert!(first.header("set-cookie").is_none(), "{path}");
        assert_eq!(first.header("vary"), Some("accept, accept-encoding"), "{path}");
        let tag = first.header("etag").unwrap().to_owned();
        assert!(tag.starts_with('"'), "a strong tag: {tag}");
        let head = service.head(&path);
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{path}");
        assert_eq!(head.header("etag"), Some(tag.as_str()), "{path}");
        let same = [tag.as_str(), "\"other\", W/\"x\""];
        let again = service.get(&path, &[("if-none-match", same[0])]);
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
        assert_eq!(again.header("etag"), Some(tag.as_str()));
        let other = service.get(&path, &[("if-none-match", same[1])]);
        assert_eq!((other.status, other.body), (200, first.body), "{path}");
    }
    // The public answer is the same for staff; that of staff is for no cache and no other origin.
    let path = format!("/api/v1/sites/{HOST}/breakdown/page?period={RICH}");
    let signed = [("cookie", cookie.as_str())];
    assert_eq!(service.get(&path, &signed).body, service.get(&path, &[]).body);
    let staff = service.get(&format!("/admin{path}"), &signed);
    assert_eq!(staff.header("access-control-allow-origin"), None);
    assert_eq!(staff.header("cache-control"), Some("no-store"));
    // A new figure has a new tag.
    let path = format!("/api/v1/sites/{HOST}/totals?period=2026-11");
    let before = service.get(&path, &[]).header("etag").map(str::to_owned);
    for number in 0..20 {
        let address = format!("198.18.{number}.7");
        assert_eq!(service.view(&address, "https://www.example.fr/", &format!("{number}")), 202);
    }
    wait_until("they are counted", || service.day("2026-11-03").0 == 20);
    // Whoever asks again at once sees the same; a quarter of an hour later, what is new.
    assert_eq!(service.get(&path, &[]).header("etag").map(str::to_owned), before);
    service.at("2026-11-03T12:15:00Z");
    wait_until("the tag is another", || {
        service.get(&path, &[]).header("etag").map(str::to_owned) != before
    });
}

#[test]
fn the_description_is_openapi_and_every_path_of_it_answers_its_examples() {
    let (_folder, _data, service) = audience();
    let description = service.json("/api/openapi.json");
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1."));
    assert!(description["info"]["version"].is_string() && description["info"]["title"].is_string());
    let paths = description["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 9);
    let mut names = Vec::new();
    for (path, item) in paths {
        let get = &item["get"];
        names.push(get["operationId"].as_str().unwrap().to_owned());
        let parameters = get["parameters"].as_array().cloned().unwrap_or_default();
        let of = |place: &str| -> Vec<(String, String)> {
            let here = parameters.iter().filter(|one| one["in"] == place);
            let text = |one: &Value| match &one["example"] {
                Value::String(text) => text.clone(),
                Value::Array(parts) => {
                    parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",")
                }
                other => other.to_string(),
            };
            here.map(|one| (one["name"].as_str().unwrap().to_owned(), text(one))).collect()
        };
        let mut address = path.clone();
        for (name, example) in of("path") {
            address = address.replace(&format!("{{{name}}}"), &example);
        }
        assert!(!address.contains('{'), "{address}");
        answers(&service, &address, &get["responses"]);
        for (name, example) in of("query") {
            answers(&service, &format!("{address}?{name}={example}"), &get["responses"]);
        }
        // All together but for the period, which is another way of saying from and to; a filter
        // on pages by pages is the one that is kept together with every breakdown.
        let all: Vec<_> = of("query").into_iter().filter(|(name, _)| name != "period").collect();
        let all: Vec<_> = all.iter().map(|(name, example)| format!("{name}={example}")).collect();
        if !all.is_empty() {
            answers(&service, &format!("{address}?{}", all.join("&")), &get["responses"]);
        }
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), paths.len(), "each operation has its own name");
}

/// Is the answer one of those described, with the media type and the members described?
fn answers(service: &Clocked, address: &str, responses: &Value) {
    let answer = service.get(address, &[]);
    assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    let described = &responses["200"]["content"]["application/json"];
    assert!(described.is_object(), "{address}: {responses}");
    let json: Value = serde_json::from_str(&answer.body).unwrap();
    for name in described["example"].as_object().into_iter().flat_map(|example| example.keys()) {
        let name = if name == "site" && address.contains("/organisations/") {
            "organisation"
        } else {
            name
        };
        assert!(json.get(name).is_some(), "{address}: {name} is missing");
    }
    if responses.get("400").is_some() {
        let mark = if address.contains('?') { '&' } else { '?' };
        problem(&service.get(&format!("{address}{mark}colour=blue"), &[]), 400);
    }
}
