//! What readers of files and validators of other tools found: identifiers, structured data, types,
//! coverage, feeds.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use serde_json::Value;

use crate::clocked::Clocked;
use crate::portal::{HOST, released};

const BASE: &str = "https://stats.example.fr";
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// Everything that describes what is published.
const DESCRIPTIONS: [&str; 12] = [
    "/data/catalog.ttl",
    "/data/catalog.rdf",
    "/data/catalog.jsonld",
    "/data/catalog-checksums.ttl",
    "/data/datapackage.json",
    "/data/www.example.fr/datapackage.json",
    "/data/www.example.fr/pages/latest.csv-metadata.json",
    "/data/releases.csv-metadata.json",
    "/data/releases.atom",
    "/fr/data",
    "/en/data/www.example.fr/pages",
    "/fr/sites/www.example.fr",
];

fn location(service: &Clocked, path: &str, accept: &str) -> (u16, String) {
    let answer = service.get(path, &[("accept", accept), ("accept-language", "fr")]);
    let location = answer.header("location").unwrap_or_default().to_owned();
    if answer.status == 303 {
        let vary = answer.header("vary").unwrap_or_default();
        assert!(vary.contains("accept"), "{path}: {vary:?}");
    }
    (answer.status, location)
}

#[test]
fn every_identifier_that_is_published_leads_somewhere() {
    let (_folder, service) = released();
    let address = Regex::new(&format!(r#"{}[^"'<>&,\s\\]*"#, regex::escape(BASE))).unwrap();
    let mut found = BTreeSet::new();
    for path in DESCRIPTIONS {
        let answer = service.get(path, &[]);
        assert_eq!(answer.status, 200, "{path}");
        let all = address.find_iter(&answer.body).map(|one| one.as_str()[BASE.len()..].to_owned());
        let here: BTreeSet<String> = all.collect();
        assert!(!here.is_empty(), "{path}");
        found.extend(here);
    }
    assert!(found.contains("/data/www.example.fr/pages"), "{found:?}");
    assert!(found.contains("/api/v1") && found.len() > 100, "{found:?}");
    for one in found {
        let path = one.split('#').next().filter(|path| !path.is_empty()).unwrap_or("/");
        for accept in [BROWSER, "text/turtle", "*/*"] {
            let (status, to) = location(&service, path, accept);
            assert!([200, 303].contains(&status), "{one}, {accept}: {status}");
            if status == 303 {
                let to = to.split('#').next().unwrap_or_default();
                assert_eq!(service.get(to, &[]).status, 200, "{one}, {accept}: {to}");
            }
        }
    }
}

#[test]
fn an_identifier_leads_people_to_a_page_and_programs_to_the_graph() {
    let (_folder, service) = released();
    for (path, accept, to) in [
        ("/data/www.example.fr/pages", BROWSER, "/fr/data/www.example.fr/pages"),
        ("/data/www.example.fr/pages", "*/*", "/fr/data/www.example.fr/pages"),
        ("/data/www.example.fr/pages/", BROWSER, "/fr/data/www.example.fr/pages"),
        ("/data/www.example.fr/pages", "text/turtle", "/data/catalog.ttl"),
        ("/data/www.example.fr/pages", "application/ld+json", "/data/catalog.jsonld"),
        ("/data/www.example.fr/pages", "application/rdf+xml", "/data/catalog.rdf"),
        ("/data/www.example.fr/pages", "text/html;q=0.1, text/turtle", "/data/catalog.ttl"),
        ("/data/www.example.fr/pages", "text/csv", "/data/www.example.fr/pages/latest.csv"),
        ("/data/all/traffic", BROWSER, "/fr/data/all/traffic"),
        ("/data/www.example.fr", BROWSER, "/fr/data/www.example.fr/"),
        ("/data/www.example.fr/", "text/turtle", "/data/catalog.ttl"),
        ("/data/www.example.fr/breaks", BROWSER, "/fr/data/www.example.fr/"),
        ("/data/sites", BROWSER, "/fr/data#sites"),
        ("/data/sites/", BROWSER, "/fr/data#sites"),
        ("/data", "application/rdf+xml", "/data/catalog.rdf"),
        ("/data/", "application/ld+json", "/data/catalog.jsonld"),
        ("/api/v1", BROWSER, "/fr/api"),
        ("/api/v1/", "application/json", "/api/openapi.json"),
        ("/api/v1", "text/turtle", "/data/catalog.ttl"),
    ] {
        assert_eq!(location(&service, path, accept), (303, to.to_owned()), "{path}, {accept}");
        assert_eq!(service.get(to, &[]).status, 200, "{to}");
    }
    let register = service.get("/fr/data", &[]).body;
    assert!(register.contains("id=\"sites\""), "{register}");
    // What a file says has one form, whatever is asked for.
    let csv = service.get("/data/www.example.fr/pages/latest.csv", &[("accept", "text/turtle")]);
    assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
}

#[test]
fn what_is_not_published_is_no_identifier_and_says_that_its_form_depends_on_accept() {
    let (_folder, service) = released();
    for path in [
        "/data/www.nobody.fr",
        "/data/www.nobody.fr/pages",
        "/data/www.example.fr/weather",
        "/data/all/breaks",
        "/data/organisations/nobody/pages",
        "/data/nothing.txt",
        "/data/www.example.fr/pages/2026.ods",
        "/fr/no-such-page",
        "/no-such-page",
    ] {
        for accept in [BROWSER, "text/turtle", "application/json", "*/*"] {
            let answer = service.get(path, &[("accept", accept)]);
            assert_eq!(answer.status, 404, "{path}, {accept}");
            let vary = answer.header("vary").unwrap_or_default();
            assert!(vary.split(", ").any(|name| name == "accept"), "{path}, {accept}: {vary:?}");
            let is_page = answer.header("content-type").unwrap().starts_with("text/html");
            assert_eq!(is_page, accept == BROWSER, "{path}, {accept}");
        }
    }
}

#[test]
fn a_page_is_found_with_and_without_a_slash_at_its_end() {
    let (_folder, service) = released();
    for (path, to) in [
        ("/fr/data/www.example.fr", "/fr/data/www.example.fr/"),
        ("/en/data/www.example.fr/pages/", "/en/data/www.example.fr/pages"),
        ("/fr/compare/?period=7d", "/fr/compare?period=7d"),
        ("/methodology/", "/methodology"),
        ("/en/sites/www.example.fr/", "/en/sites/www.example.fr"),
        ("/fr/sites/www.example.fr/page/", "/fr/sites/www.example.fr/page"),
        ("/api/", "/api"),
    ] {
        let answer = service.get(path, &[]);
        assert_eq!((answer.status, answer.header("location")), (308, Some(to)), "{path}");
        assert_eq!(service.get(to, &[]).status, 200, "{to}");
    }
}

/// The blocks of JSON-LD of a page.
fn structured(page: &str) -> Vec<Value> {
    let opening = "<script type=\"application/ld+json\">";
    let blocks = page.split(opening).skip(1).map(|rest| rest.split("</script>").next().unwrap());
    blocks.map(|block| serde_json::from_str(block).unwrap()).collect()
}

/// What the meta elements of a page say, by their names and properties.
fn said_of(page: &str) -> BTreeMap<String, String> {
    let meta = Regex::new(r#"<meta (?:name|property)="([^"]+)" content="([^"]*)">"#).unwrap();
    meta.captures_iter(page).map(|found| (found[1].to_owned(), found[2].to_owned())).collect()
}

#[test]
fn a_dataset_and_the_catalogue_are_described_for_search_engines() {
    let (_folder, service) = released();
    for (language, title) in [("fr", "Pages consultées"), ("en", "Pages")] {
        let path = format!("/{language}/data/{HOST}/pages");
        let [dataset] = &structured(&service.get(&path, &[]).body)[..] else { panic!("{path}") };
        assert_eq!(dataset["@type"], "Dataset");
        assert_eq!(dataset["@id"], format!("{BASE}/data/{HOST}/pages"));
        assert_eq!(dataset["url"], format!("{BASE}{path}"));
        assert!(dataset["name"].as_str().unwrap().starts_with(title), "{dataset}");
        assert_eq!(dataset["temporalCoverage"], "2026-10-30/2026-11-02");
        assert_eq!(dataset["distribution"].as_array().unwrap().len(), 4);
        let path = format!("/{language}/data");
        let [catalogue] = &structured(&service.get(&path, &[]).body)[..] else { panic!("{path}") };
        assert_eq!(catalogue["@type"], "DataCatalog");
        assert_eq!(catalogue["url"], format!("{BASE}{path}"));
        let datasets = catalogue["dataset"].as_array().unwrap();
        assert!(datasets.iter().any(|one| one["@id"] == dataset["@id"]), "{catalogue}");
        assert_eq!(dataset["includedInDataCatalog"]["@id"], catalogue["@id"]);
    }
}

#[test]
fn every_public_page_says_in_its_language_what_it_is() {
    let (_folder, service) = released();
    let mut descriptions = BTreeSet::new();
    let pages = [
        "/",
        "/compare",
        "/data",
        "/data/www.example.fr/",
        "/data/www.example.fr/pages",
        "/releases",
        "/sites/www.example.fr",
        "/sites/www.example.fr/page",
        "/sites/www.example.fr/embed",
        "/indicators",
        "/reuses",
        "/reuses/new",
        "/methodology",
        "/privacy",
        "/accessibility",
        "/api",
        "/sites/www.example.fr?filter=page:is:/known",
    ];
    for (language, locale) in [("fr", "fr_FR"), ("en", "en_GB")] {
        for page in pages {
            let address = format!("/{language}{page}");
            let said = said_of(&service.get(&address, &[]).body);
            let of = |name: &str| said.get(name).map(String::as_str).unwrap_or_default();
            let description = of("description");
            assert!(description.chars().count() >= 50, "{address}: {description:?}");
            assert_eq!(of("og:description"), description, "{address}");
            assert!(!of("og:title").is_empty() && !of("og:title").contains('\n'), "{address}");
            assert_eq!(of("og:locale"), locale, "{address}");
            assert_eq!((of("og:type"), of("og:site_name")), ("website", "Parvis"), "{address}");
            let path = address.split('?').next().unwrap();
            assert_eq!(of("og:url"), format!("{BASE}{path}"), "{address}");
            descriptions.insert(description.to_owned());
        }
    }
    assert_eq!(descriptions.len(), 2 * pages.len(), "{descriptions:#?}");
    // What is not for everybody is described to nobody.
    assert!(!said_of(&service.get("/admin/sign-in", &[]).body).contains_key("og:title"));
}

#[test]
fn figures_are_there_until_the_last_released_day_and_the_catalogue_says_so() {
    let (_folder, service) = released();
    let last = "2026-11-02";
    assert_eq!(service.get(&format!("/data/{HOST}/pages/{last}-r1.csv"), &[]).status, 200);
    let turtle = service.get("/data/catalog.ttl", &[]).body;
    let end = Regex::new(r#"dcat:endDate "([^"]+)""#).unwrap();
    let ends: BTreeSet<&str> =
        end.captures_iter(&turtle).map(|one| one.get(1).unwrap().as_str()).collect();
    assert_eq!(ends, BTreeSet::from([last]));
    let package = service.json(&format!("/data/{HOST}/datapackage.json"));
    assert_eq!(package["temporalCoverage"], format!("2026-10-30/{last}"));
}

#[test]
fn every_csv_file_has_its_description_beside_it() {
    let (_folder, service) = released();
    for file in [
        "releases.csv",
        "sites.csv",
        "www.example.fr/breaks.csv",
        "www.example.fr/pages/2026-10-r1.csv",
        "www.example.fr/pages/2026-11.csv",
        "www.example.fr/pages/2026.csv",
        "all/traffic/2026-11-03.csv",
    ] {
        assert_eq!(service.get(&format!("/data/{file}"), &[]).status, 200, "{file}");
        let beside = service.get(&format!("/data/{file}-metadata.json"), &[]);
        assert_eq!(beside.status, 200, "{file}");
        assert_eq!(beside.header("content-type"), Some("application/csvm+json"), "{file}");
        let described: Value = serde_json::from_str(&beside.body).unwrap();
        assert_eq!(described["url"], file.rsplit('/').next().unwrap());
        let heads = described["tableSchema"]["columns"].as_array().unwrap();
        let heads: Vec<_> = heads.iter().map(|one| one["name"].as_str().unwrap()).collect();
        let csv = service.get(&format!("/data/{file}"), &[]).body;
        assert_eq!(csv.lines().next().unwrap(), heads.join(","), "{file}");
    }
    for none in ["www.example.fr/sites.csv", "all/breaks.csv", "www.example.fr/pages/2025.csv"] {
        let beside = service.get(&format!("/data/{none}-metadata.json"), &[]);
        assert_eq!(beside.status, 404, "{none}");
    }
}

#[test]
fn a_package_has_its_own_media_type() {
    let (_folder, service) = released();
    for path in ["/data/datapackage.json", "/data/www.example.fr/datapackage.json"] {
        let head = service.head(path);
        assert_eq!(head.header("content-type"), Some("application/vnd.datapackage+json"), "{path}");
    }
}

#[test]
fn a_feed_says_of_what_kind_and_how_long_its_files_are() {
    let (_folder, service) = released();
    let feed = service.get("/data/releases.atom", &[]).body;
    let link =
        Regex::new(r#"<link rel="enclosure" href="([^"]+)" type="([^"]+)" length="(\d+)"/>"#);
    let links: Vec<_> =
        link.unwrap().captures_iter(&feed).map(|one| one.extract::<3>().1).collect();
    assert_eq!(links.len(), feed.matches("rel=\"enclosure\"").count());
    assert_eq!(links.len(), feed.matches("<entry>").count());
    for [address, media_type, length] in links {
        let file = service.get(&address[BASE.len()..], &[]);
        assert_eq!(file.header("content-type").unwrap().split(';').next(), Some(media_type));
        assert_eq!(file.body.len().to_string(), length, "{address}");
    }
}
