//! How much of a site is measured is said: its sitemap is fetched from the site alone, or given as
//! a file, and its pages are compared with those that were seen.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;

use parvis::app::{self, CoverageOptions};
use parvis::publish::beside;
use parvis::store::{Method, Quality, Sites, SqliteStore};

use crate::clocked::{Clocked, folder_with_sites, moment};
use crate::service::{FIREFOX, wait_until};

const HOST: &str = "127.0.0.1";

/// A site's own server: answers each path with a status and a body, one request a connection.
fn site_server(answers: fn(&str, &str) -> (String, String)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let own = base.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut line = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            reader.read_line(&mut line).unwrap();
            let path = line.split(' ').nth(1).unwrap_or("/").to_owned();
            while line.trim() != "" {
                line.clear();
                reader.read_line(&mut line).unwrap();
            }
            let (head, body) = answers(&own, &path);
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            );
        }
    });
    base
}

fn listing(pages: &[&str]) -> String {
    let pages = pages.iter().map(|page| format!("<url><loc>{page}</loc></url>"));
    format!("<urlset>{}</urlset>", pages.collect::<String>())
}

fn found(body: String) -> (String, String) {
    ("200 OK".to_owned(), body)
}

fn moved(to: String) -> (String, String) {
    (format!("301 Moved Permanently\r\nLocation: {to}"), String::new())
}

fn answers(own: &str, path: &str) -> (String, String) {
    match path {
        "/index.xml" => found(format!(
            "<sitemapindex><sitemap><loc>{own}/old.xml</loc></sitemap>\
             <sitemap><loc>{own}/two.xml</loc></sitemap></sitemapindex>"
        )),
        "/old.xml" => moved("/one.xml".to_owned()),
        "/one.xml" => {
            found(listing(&["http://127.0.0.1/a", "http://127.0.0.1/b?utm_source=x#top"]))
        }
        "/two.xml" => found(listing(&[
            "http://127.0.0.1/a",
            "http://127.0.0.1/c",
            "http://127.0.0.1/never",
            "https://other.example/a",
        ])),
        "/away.xml" => moved("http://localhost/one.xml".to_owned()),
        "/circle.xml" => moved("/circle.xml".to_owned()),
        "/foreign-index.xml" => found(
            "<sitemapindex><sitemap><loc>http://169.254.169.254/latest</loc></sitemap>\
             </sitemapindex>"
                .to_owned(),
        ),
        _ => ("404 Not Found".to_owned(), String::new()),
    }
}

/// A site with three pages that were seen on one day, which is closed.
fn measured() -> (tempfile::TempDir, std::path::PathBuf, Clocked) {
    measured_pages(&["a", "b", "c"])
}

/// The same with other pages, each seen by fifteen visitors.
fn measured_pages(pages: &[&str]) -> (tempfile::TempDir, std::path::PathBuf, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "UTC")]);
    let service = Clocked::start(data.clone(), "2026-10-05T08:00:00Z");
    for visitor in 0..15 {
        for page in pages {
            let address = format!("198.18.{visitor}.7");
            let key = format!("{visitor}{page}");
            assert_eq!(service.view(&address, &format!("http://127.0.0.1/{page}"), &key), 202);
        }
    }
    let views = 15 * pages.len() as i64;
    wait_until("they are counted", || service.day("2026-10-05").0 == views);
    service.at("2026-11-22T08:00:00Z");
    wait_until("the day is closed", || service.count("select count(*) from site_day") == 1);
    (folder, data, service)
}

fn measure(service: &Clocked, sitemaps: &[&str], logs: &[&str]) -> Result<String, String> {
    let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let options = CoverageOptions {
        site: HOST.to_owned(),
        sitemaps: all(sitemaps),
        access_logs: all(logs),
        period: None,
    };
    let (data, config) = (&service.options.data, &service.options.config);
    app::measure_coverage(data, config, &options, &service.machine)
        .map_err(|error| error.to_string())
}

fn of_site(data: &Path, column: &str) -> String {
    let store = SqliteStore::open(data).unwrap();
    let sites: Vec<_> = store.sites().unwrap().into_iter().map(std::sync::Arc::new).collect();
    let row = beside::site_rows(&store, &sites, moment("2026-11-23T00:00:00Z")).next();
    let place = beside::site_schema().columns.iter().position(|one| one.name == column).unwrap();
    format!("{:?}", row.unwrap().unwrap()[place])
}

#[test]
fn the_pages_of_a_sitemap_are_compared_with_those_that_were_seen() {
    let (folder, data, service) = measured();
    let base = site_server(answers);
    let said = measure(&service, &[&format!("{base}/index.xml")], &[]).unwrap();
    assert_eq!(
        said,
        "Of 4 pages in the sitemap, 3 were seen in 2026-10: 75 %.\n\
         1 listed addresses are of other hosts and left out.\n\
         not seen: /never\n"
    );
    assert_eq!(of_site(&data, "coverage_sitemap"), "Integer(75)");
    assert_eq!(of_site(&data, "coverage_period"), "Text(\"2026-10\")");
    // A file does as well, and the latest measure is the one that is shown.
    service.at("2026-11-22T09:00:00Z");
    let file = folder.path().join("sitemap.txt");
    std::fs::write(&file, "http://127.0.0.1/a\nhttp://127.0.0.1/b\n").unwrap();
    let said = measure(&service, &[file.to_str().unwrap()], &[]).unwrap();
    assert!(said.contains("Of 2 pages in the sitemap, 2 were seen"), "{said}");
    assert_eq!(of_site(&data, "coverage_sitemap"), "Integer(100)");
    assert_eq!(of_site(&data, "coverage_measured"), "Text(\"2026-11-22T09:00:00+00:00\")");
}

#[test]
fn nothing_is_fetched_from_elsewhere() {
    let (_folder, data, service) = measured();
    let base = site_server(answers);
    for (path, why) in [
        ("/away.xml", "is no address of 127.0.0.1"),
        ("/foreign-index.xml", "is no address of 127.0.0.1"),
        ("/circle.xml", "more than 3 redirects"),
        ("/nothing.xml", "answered 404"),
    ] {
        let error = measure(&service, &[&format!("{base}{path}")], &[]).unwrap_err();
        assert!(error.contains(why), "{path}: {error}");
    }
    for address in ["https://other.example/sitemap.xml", "http://x@127.0.0.1/sitemap.xml"] {
        let error = measure(&service, &[address], &[]).unwrap_err();
        assert!(error.contains("give a file instead"), "{address}: {error}");
    }
    assert_eq!(of_site(&data, "coverage_sitemap"), "Nothing");
}

#[test]
fn the_views_of_the_tag_are_compared_with_those_of_the_logs() {
    let (folder, data, service) = measured();
    let line = |hour: u32, path: &str, agent: &str| {
        format!(
            "192.0.2.1 - - [05/Oct/2026:{hour:02}:30:00 +0000] \"GET {path} HTTP/1.1\" 200 9 \
             \"-\" \"{agent}\"\n"
        )
    };
    let mut log: String = (0..24).map(|hour| line(hour, "/a", FIREFOX)).collect();
    log.extend((0..26).map(|_| line(12, "/b", FIREFOX)));
    log.push_str(&line(12, "/style.css", FIREFOX));
    log.push_str(&line(12, "/a", "Googlebot/2.1"));
    // A day that is cut, and on which the tag counted nothing.
    log.push_str(&line(12, "/a", FIREFOX).replace("05/Oct", "07/Oct"));
    let file = folder.path().join("access.log");
    std::fs::write(&file, log).unwrap();
    let file = file.to_str().unwrap();
    let said = measure(&service, &[], &[file]).unwrap();
    assert_eq!(said, "On 1 days the logs have 50 page views and the tag counted 45: 90 %.\n");
    assert_eq!(of_site(&data, "coverage_log"), "Integer(90)");
    assert_eq!(of_site(&data, "coverage_period"), "Text(\"2026-10-05/2026-10-05\")");
    std::fs::write(file, line(12, "/a", FIREFOX)).unwrap();
    assert!(measure(&service, &[], &[file]).unwrap_err().contains("no whole day"));
}

#[test]
fn sites_that_are_measured_otherwise_are_compared_with_a_warning() {
    let (_folder, _data, service) = measured();
    let base = site_server(answers);
    measure(&service, &[&format!("{base}/index.xml")], &[]).unwrap();
    let data = &service.options.data;
    let add = |host: &str| {
        let options = parvis::app::SiteOptions::default();
        app::add_site(data, host, "UTC", options, moment("2026-01-01T00:00:00Z")).unwrap();
    };
    add("b.example.fr");
    let store = SqliteStore::open(data).unwrap();
    let sites = store.sites().unwrap();
    let all: Vec<_> = sites
        .iter()
        .zip([Method::Beacon, Method::AccessLog])
        .map(|(site, method)| beside::comparable(&store, site, vec![method]).unwrap())
        .collect();
    let warnings = beside::comparability(&all);
    let names: Vec<_> = warnings.iter().map(|warning| warning.name).collect();
    assert_eq!(names, ["method", "coverage_unknown"]);
    assert!(store.coverage(&sites[1]).unwrap().is_empty());
}

/// Pages as readers' browsers write them, and the same and others as a sitemap may.
const SEEN: [&str; 5] = [
    "d%C3%A9marches",
    "d%C3%A9marches/%C3%A9tat-civil?onglet=na%C3%AFtre",
    "100%25",
    "a%20b",
    "%E6%97%A5%E6%9C%AC",
];
const LISTED: [&str; 14] = [
    "démarches",
    "d&#233;marches",
    "d%C3%A9marches",
    "d%c3%a9marches#haut",
    "%64%C3%A9marches?utm_source=plan",
    "de\u{301}marches",
    "démarches/état-civil",
    "d%C3%A9marches/%C3%A9tat-civil?onglet=na%C3%AFtre&amp;x=1",
    "démarches/état-civil?onglet=naître",
    "100%25",
    "a b",
    "日本",
    "jamais/été",
    "jamais/%C3%A9t%C3%A9",
];

#[test]
fn pages_of_a_sitemap_are_found_in_whatever_form_they_are_written() {
    let (folder, data, service) = measured_pages(&SEEN);
    let addresses = LISTED.map(|page| format!("http://127.0.0.1/{page}"));
    let file = |name: &str, text: String| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let pages: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let xml = file("sitemap.xml", listing(&pages));
    let plain = addresses.iter().map(|page| page.replace("&#233;", "é").replace("&amp;", "&"));
    let text = file("sitemap.txt", plain.map(|page| format!("{page}\n")).collect());
    for sitemap in [xml, text] {
        let said = measure(&service, &[&sitemap], &[]).unwrap();
        assert!(
            said.starts_with("Of 6 pages in the sitemap, 5 were seen in 2026-10: 83 %."),
            "{said}"
        );
        assert!(said.ends_with("not seen: /jamais/été\n"), "{said}");
        assert_eq!(said.matches("not seen").count(), 1, "{said}");
        assert_eq!(of_site(&data, "coverage_sitemap"), "Integer(83)");
    }
}

#[test]
fn a_sitemap_of_a_site_with_accents_in_its_name_lists_its_pages_in_either_form() {
    let (folder, data) = folder_with_sites(&[("préfecture.example", "UTC")]);
    let service = Clocked::start(data, "2026-10-05T08:00:00Z");
    for (visitor, page) in
        (0..15).flat_map(|visitor| ["a", "d%C3%A9marches"].map(|page| (visitor, page)))
    {
        let page = format!("https://xn--prfecture-c4a.example/{page}");
        let address = format!("198.18.{visitor}.7");
        assert_eq!(service.view(&address, &page, &format!("{visitor}{page}")), 202);
    }
    wait_until("they are counted", || service.day("2026-10-05").0 == 30);
    service.at("2026-11-22T08:00:00Z");
    wait_until("the day is closed", || service.count("select count(*) from site_day") == 1);
    let file = folder.path().join("sitemap.xml");
    let pages = ["https://préfecture.example/a", "https://xn--prfecture-c4a.example/démarches"];
    std::fs::write(&file, listing(&pages)).unwrap();
    let options = CoverageOptions {
        site: "préfecture.example".to_owned(),
        sitemaps: vec![file.to_str().unwrap().to_owned()],
        ..CoverageOptions::default()
    };
    let app::Options { data, config, .. } = &service.options;
    let said = app::measure_coverage(data, config, &options, &service.machine).unwrap();
    assert_eq!(said, "Of 2 pages in the sitemap, 2 were seen in 2026-10: 100 %.\n");
}
