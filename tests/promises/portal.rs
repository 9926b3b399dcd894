//! The portal: one figure everywhere, addresses that stay, and the same bytes from the service,
//! after a restart, and in a folder that any web server can serve.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parvis::app::{self, Machine};

use crate::clocked::{Clocked, folder_with_sites, moment};
use crate::logs::view;
use crate::service::wait_until;

pub const HOST: &str = "www.example.fr";
const NOW: &str = "2026-11-03T12:00:00Z";

/// The last two days of October: twenty visitors each day, of two pages each.
pub fn released() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let address =
        |name: &str| (name == "PARVIS_PUBLIC_URL").then(|| "https://stats.example.fr".to_owned());
    let service = Clocked::start_with(data, NOW, &address);
    service.import(HOST, &lines(20), false);
    wait_until("October is released", || {
        service.get(&format!("/data/{HOST}/pages/latest.csv"), &[]).status == 200
    });
    wait_until("everything is released", || released_count(&service) == 2 * 6);
    (folder, service)
}

/// Releases of the site and of all sites: four days since the thirtieth, October and nothing else.
fn released_count(service: &Clocked) -> i64 {
    service.count("select count(*) from release") + 2
}

fn lines(visitors: u32) -> Vec<String> {
    let days = [jiff::civil::date(2026, 10, 30), jiff::civil::date(2026, 10, 31)];
    let of_day = |day| {
        let known = (0..visitors).map(move |visitor| view(day, visitor, "/known"));
        known.chain((0..visitors).map(move |visitor| view(day, visitor, "/other")))
    };
    days.into_iter().flat_map(of_day).collect()
}

fn publish(service: &Clocked, to: &Path, now: &str) -> String {
    let (options, now) = (&service.options, moment(now));
    let machine = Machine::with_clock(Arc::new(move || now), service.machine.random.clone());
    app::publish_to(&options.data, &options.config, to, &machine).unwrap()
}

/// Every file below a folder with its bytes and its number on the disk.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, u64)> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let entries = entries.filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        let number = entry.metadata().unwrap().ino();
        (name, (std::fs::read(entry.path()).unwrap(), number))
    };
    entries.map(file).filter(|(name, _)| !name.ends_with("-lock")).collect()
}

#[test]
fn a_folder_without_an_address_of_its_own_says_so() {
    let (folder, mut service) = released();
    service.options.config.public_url = None;
    let said = publish(&service, &folder.path().join("to"), "2026-11-20T12:00:00Z");
    assert!(said.contains("http://127.0.0.1:8080") && said.contains("`public_url`"), "{said}");
    service.options.config.public_url = Some("https://stats.example.fr".to_owned());
    let said = publish(&service, &folder.path().join("other"), "2026-11-20T12:00:00Z");
    assert!(!said.contains("public_url"), "{said}");
}

#[test]
fn one_figure_is_the_same_everywhere() {
    let (folder, service) = released();
    let address = format!("/data/{HOST}/pages/2026-10");
    let csv = service.get(&format!("{address}.csv"), &[]).body;
    let line = csv.lines().find(|line| line.contains(",/known,"));
    let line = line.unwrap_or_else(|| panic!("{csv}"));
    let views: u64 = line.split(',').nth(3).unwrap().parse().unwrap();
    assert_eq!(views, 40);
    let json = service.json(&format!("{address}.json"));
    assert_eq!(json["rows"][0]["views"], views);
    let api = service.json(&format!(
        "/api/v1/sites/{HOST}/breakdown/page?from=2026-10-01&to=2026-10-31&metrics=views"
    ));
    let text = api.to_string();
    assert!(text.contains(&format!("\"views\":{views}")) && text.contains("/known"), "{text}");
    let page = service.get(&format!("/sites/{HOST}"), &[]).body;
    assert!(page.contains("/known") && page.contains(&format!(">{views}")), "{page}");
    assert!(page.contains("<script type=\"application/ld+json\">{"), "{page}");
    let to = folder.path().join("portal");
    publish(&service, &to, NOW);
    let written = std::fs::read_to_string(to.join(&address[1..]).with_extension("csv")).unwrap();
    assert_eq!(written, csv);
    let file = std::fs::File::open(to.join(&address[1..]).with_extension("parquet")).unwrap();
    let rows = SerializedFileReader::new(file).unwrap().get_row_iter(None).unwrap().next();
    let row = rows.unwrap().unwrap().to_string();
    assert!(row.contains("\"/known\"") && row.contains(&format!("views: {views}")), "{row}");
}

#[test]
fn a_released_file_is_sent_as_it_is_kept() {
    let (_folder, service) = released();
    let file = service.get(&format!("/data/{HOST}/pages/2026-10.csv"), &[]);
    let sha256 = service.get("/data/releases.csv", &[]).body;
    let known = sha256.lines().find(|line| {
        line.ends_with(&format!("https://stats.example.fr/data/{HOST}/pages/2026-10-r1.csv"))
    });
    let known = known.unwrap().split(',').nth_back(1).unwrap().to_owned();
    assert_eq!(file.header("etag"), Some(format!("\"{known}\"").as_str()));
    let cache = |path: &str| {
        let answer = service.get(&format!("/data/{HOST}/pages/{path}"), &[]);
        answer.header("cache-control").unwrap_or_default().to_owned()
    };
    assert!(cache("2026-10.csv").contains("max-age=86400"));
    assert!(cache("2026-10-r1.csv").contains("max-age=31536000, immutable"));
    assert!(cache("2026-11.csv").contains("max-age=60"));
    let saved = |extension: &str| {
        let answer = service.get(&format!("/data/{HOST}/pages/2026-10.{extension}"), &[]);
        answer.header("content-disposition").unwrap_or_default().to_owned()
    };
    assert_eq!(saved("csv"), "inline; filename=\"parvis_www.example.fr_pages_2026-10.csv\"");
    assert!(saved("tableur.csv").starts_with("attachment; "), "{}", saved("tableur.csv"));
}

#[test]
fn scripts_of_other_origins_may_ask_for_parts() {
    let (_folder, service) = released();
    let file = format!("/data/{HOST}/pages/2026-10.csv");
    for path in [file.as_str(), "/data/catalog.ttl", "/api/v1/sites"] {
        let answer = service.options(path);
        assert_eq!(answer.status, 204, "{path}");
        assert_eq!(answer.header("access-control-allow-methods"), Some("GET, HEAD"), "{path}");
        let allowed = answer.header("access-control-allow-headers").unwrap();
        assert!(allowed.contains("range"), "{path}: {allowed}");
    }
}

#[test]
fn the_latest_month_and_what_describes_it_have_addresses_that_stay() {
    let (_folder, service) = released();
    let latest = service.get(&format!("/data/{HOST}/pages/latest.csv"), &[]);
    assert_eq!(latest.header("content-location"), Some("/data/www.example.fr/pages/2026-10.csv"));
    assert_eq!(latest.body, service.get(&format!("/data/{HOST}/pages/2026-10.csv"), &[]).body);
    for (path, media_type) in [
        ("catalog.ttl", "text/turtle; charset=utf-8"),
        ("catalog.rdf", "application/rdf+xml"),
        ("catalog.jsonld", "application/ld+json"),
        ("datapackage.json", "application/vnd.datapackage+json"),
        ("all/datapackage.json", "application/vnd.datapackage+json"),
        ("www.example.fr/datapackage.json", "application/vnd.datapackage+json"),
        ("www.example.fr/pages/latest.csv-metadata.json", "application/csvm+json"),
        ("www.example.fr/pages/2026-10-30.csv-metadata.json", "application/csvm+json"),
        ("www.example.fr/breaks.json", "application/json"),
        ("www.example.fr/quality/latest.csv", "text/csv; charset=utf-8; header=present"),
        ("schemas/pages.json", "application/json"),
        ("releases.atom", "application/atom+xml; charset=utf-8"),
        ("methods.parquet", "application/vnd.apache.parquet"),
        ("", "text/html; charset=utf-8"),
    ] {
        let head = service.head(&format!("/data/{path}"));
        assert_eq!((head.status, head.header("content-type")), (200, Some(media_type)), "{path}");
        assert!(head.header("etag").is_some() && head.body.is_empty(), "{path}");
    }
    let turtle = service.get("/data/catalog.ttl", &[("host", "evil.example")]).body;
    assert!(turtle.contains("https://stats.example.fr/data/www.example.fr/pages/latest.csv"));
    assert!(!turtle.contains("evil.example"));
    let missing = service.get("/data/www.example.fr/pages/2025-10.csv-metadata.json", &[]);
    assert_eq!(missing.status, 404);
}

#[test]
fn the_feed_tells_of_each_release_and_the_quality_of_its_days_is_released_with_it() {
    let (_folder, service) = released();
    let feed = service.get("/data/releases.atom", &[]).body;
    let mut reader = quick_xml::Reader::from_str(&feed);
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(start) => {
                names.push(String::from_utf8(start.name().as_ref().to_vec()).unwrap());
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    let entries = names.iter().filter(|name| *name == "entry").count() as i64;
    assert_eq!(entries, service.count("select count(*) from release"));
    let id = "<id>tag:stats.example.fr,2026:/data/www.example.fr/2026-10-r1</id>";
    assert!(feed.contains(id), "{feed}");
    let quality = service.get(&format!("/data/{HOST}/quality/2026-10-r1.csv"), &[]);
    assert_eq!(quality.status, 200);
    assert!(quality.body.contains(&format!("{HOST},2026-10-30,counted,")), "{}", quality.body);
}

#[test]
fn a_folder_is_what_the_service_answers_and_a_second_run_writes_nothing() {
    let (folder, mut service) = released();
    let to = folder.path().join("portal");
    publish(&service, &to, NOW);
    let first = files(&to);
    assert!(first.len() > 500, "{}", first.len());
    service.restart();
    for name in first.keys().filter(|name| name.contains("2026-10-30") && name.ends_with("csv")) {
        let answer = service.get(&format!("/{name}"), &[]);
        assert!(answer.body.as_bytes() == first[name].0, "{name}");
    }
    let said = publish(&service, &to, "2026-11-03T13:00:00Z");
    assert!(said.contains("\n0 files are written"), "{said}");
    assert_eq!(files(&to), first);
}

#[test]
fn a_revision_is_a_new_file_beside_one_that_stays() {
    let (folder, service) = released();
    let to = folder.path().join("portal");
    publish(&service, &to, NOW);
    let before = files(&to);
    service.import(HOST, &lines(40), true);
    publish(&service, &to, NOW);
    let after = files(&to);
    for (name, file) in before.iter().filter(|(name, _)| name.contains("-r1.")) {
        assert!(after.get(name) == Some(file), "{name}");
    }
    let bytes = |name: &str| &after[&format!("data/{HOST}/pages/{name}.csv")].0;
    assert_ne!(bytes("2026-10"), bytes("2026-10-r1"));
    assert_eq!(bytes("2026-10"), bytes("2026-10-r2"));
    assert_eq!(bytes("latest"), bytes("2026-10-r2"));
    let text = String::from_utf8_lossy(bytes("2026-10"));
    assert!(text.contains(",/known,80,"), "{text}");
}
