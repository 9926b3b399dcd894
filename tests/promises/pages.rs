//! Promises 3, 5 and 7 on the pages: they say what the API and the files say, betray nobody, and
//! speak the reader's language.

use serde_json::Value;

use crate::audience::{HOST, RICH, audience};
use crate::clocked::{Clocked, folder_with_sites, moment};
use crate::logs::view;
use crate::service::wait_until;
use parvis::app::{self, SiteOptions};

fn page(service: &Clocked, path: &str) -> String {
    let answer = service.get(path, &[("accept", "text/html")]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

/// The addresses of a page that begin so, as a browser reads them.
fn links(html: &str, begin: &str) -> Vec<String> {
    let links = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let plain = links.map(|link| link.replace("&#38;", "&").replace("&amp;", "&"));
    plain.filter(|link| link.starts_with(begin)).collect()
}

fn json(service: &Clocked, path: &str) -> Value {
    let answer = service.get(path, &[]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// The text of a page without its marks, with ordinary spaces.
fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        text.push(' ');
    }
    text.replace(['\u{202f}', '\u{a0}'], " ")
}

#[test]
fn every_block_of_a_page_is_what_its_own_links_answer() {
    let (_folder, _, service) = audience();
    let html = page(&service, &format!("/en/sites/{HOST}?period={RICH}"));
    let shown = text(&html).replace(',', "");
    let api = links(&html, "/api/v1/");
    assert!(api.len() > 40, "{api:?}");
    let mut figures = 0;
    for link in &api {
        let answer = service.get(link, &[]);
        assert_eq!(answer.status, 200, "{link}: {}", answer.body);
        if !link.split('?').next().unwrap().ends_with(".json") {
            continue;
        }
        for row in json(&service, link)["rows"].as_array().unwrap() {
            for metric in ["views", "visits", "events"] {
                if let Some(figure) = row[metric].as_u64() {
                    assert!(shown.contains(&format!(" {figure} ")), "{link}: {metric} {figure}");
                    figures += 1;
                }
            }
        }
    }
    assert!(figures > 15, "{figures} figures compared");
}

#[test]
fn a_period_that_was_counted_in_part_is_not_compared_with() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-20T12:00:00Z");
    for day in 4..=13 {
        let day = jiff::civil::date(2026, 11, day);
        let lines: Vec<_> = (0..40).map(|visitor| view(day, visitor, "/")).collect();
        service.import(HOST, &lines, false);
    }
    for (from, said) in [
        ("11", "The change is over 3 days, compared with the same days of the week: 4 November"),
        ("10", "Left out of both periods: one day not measured on one side"),
        ("05", "No comparison: no day was measured both in this period"),
    ] {
        let path = format!("/en/sites/{HOST}?from=2026-11-{from}&to=2026-11-13");
        wait_until(said, || text(&page(&service, &path)).contains(said));
        let shown = text(&page(&service, &path));
        let is_compared = shown.contains("no change beyond rounding");
        assert_eq!(is_compared, from != "05", "{from}: {shown}");
    }
    // Nor is the sum of all sites: none was measured four weeks before.
    let shown = text(&page(&service, "/en/"));
    assert!(shown.contains("28 days: ") && shown.contains("No comparison: no day"), "{shown}");
}

#[test]
fn sites_that_are_younger_than_the_comparison_are_said() {
    let other = "www.young.example";
    let sites = [(HOST, "Europe/Paris"), (other, "Europe/Paris")];
    let (_folder, data) = folder_with_sites(&sites);
    let service = Clocked::start(data, "2026-11-20T12:00:00Z");
    for (host, month, day) in [(HOST, 10, 13), (HOST, 11, 10), (other, 11, 10)] {
        let day = jiff::civil::date(2026, month, day);
        let lines: Vec<_> = (0..40).map(|visitor| view(day, visitor, "/")).collect();
        service.import(host, &lines, false);
    }
    service.publish(other, "2026-11-10");
    let shown = text(&page(&service, "/en/"));
    let days = "over one day, Tuesday 10 November 2026, compared with the same day of the week: \
                Tuesday 13 October 2026.";
    assert!(shown.contains(days), "{shown}");
    assert!(shown.contains("over one site, the only one of 2 measured in both"), "{shown}");
}

#[test]
fn a_page_of_few_visitors_looks_like_one_that_nobody_read() {
    let (_folder, _, service) = audience();
    // Of the visitors of this day two had searched for it, and nobody for the other.
    let of = |path: &str| {
        let asked = format!("/en/sites/{HOST}?period={RICH}&compare=none&filter=page:is:{path}");
        let html = page(&service, &asked);
        html.replace(path, "").replace(&path.replace('/', "%2F"), "")
    };
    assert_eq!(of("/seldom-read"), of("/never-there"));
    let unknown = of("/never-there");
    assert!(unknown.contains("withheld"), "{unknown}");
}

#[test]
fn pages_speak_the_language_of_the_address_or_of_the_browser() {
    let (_folder, _, service) = audience();
    for (path, accept, expected) in [
        ("/fr/", "en", "fr"),
        ("/en/", "fr", "en"),
        ("/", "fr-FR,fr;q=0.9,en;q=0.5", "fr"),
        ("/", "de,fr;q=0.4,en;q=0.8", "en"),
        ("/", "de", "en"),
        ("/methodology", "fr", "fr"),
        ("/data/", "fr", "fr"),
    ] {
        let headers = [("accept", "text/html"), ("accept-language", accept)];
        let answer = service.get(path, &headers);
        assert_eq!((answer.status, answer.header("content-language")), (200, Some(expected)));
        assert!(answer.body.contains(&format!("<html lang=\"{expected}\">")), "{path} {accept}");
        let varies = answer.header("vary").unwrap().contains("accept-language");
        assert_eq!(varies, !path.starts_with("/fr/") && !path.starts_with("/en/"), "{path}");
        for tag in ["fr", "en", "x-default"] {
            assert!(answer.body.contains(&format!("hreflang=\"{tag}\"")), "{path}");
        }
    }
    let slash = service.get("/fr", &[]);
    assert_eq!((slash.status, slash.header("location")), (308, Some("/fr/")));
}

#[test]
fn what_goes_wrong_is_a_page_for_people_and_a_problem_for_programs() {
    let (_folder, _, service) = audience();
    for path in ["/fr/nothing-here", "/fr/sites/no.example", "/fr/data/no.example/"] {
        let person = service.get(path, &[("accept", "text/html")]);
        assert_eq!(person.status, 404, "{path}");
        assert!(person.body.contains("Page introuvable"), "{path}: {}", person.body);
    }
    let program = service.get("/fr/nothing-here", &[]);
    assert_eq!(program.header("content-type"), Some("application/problem+json"));
    let wrong = format!("/fr/sites/{HOST}?period=demain");
    let asked = service.get(&wrong, &[("accept", "text/html")]);
    assert_eq!(asked.status, 400);
    assert!(text(&asked.body).contains("Cette période n’est pas comprise"), "{}", asked.body);
    let three = format!("/en/sites/{HOST}?filter=page:is:/&filter=country:is:FR");
    assert!(page(&service, &three).contains("whole months"));
}

#[test]
fn a_site_that_nobody_read_yet_says_what_to_do() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-02T09:00:00Z");
    let html = page(&service, &format!("/en/sites/{HOST}"));
    assert!(html.contains("has been counted yet") && html.contains("/admin"), "{html}");
}

#[test]
fn only_what_is_made_for_frames_may_be_framed() {
    let (_folder, _, service) = audience();
    let policy = |path: &str| {
        let answer = service.get(path, &[("accept", "text/html")]);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.header("content-security-policy").unwrap().to_owned()
    };
    let framed = policy(&format!("/en/embed/{HOST}?period={RICH}"));
    assert!(framed.contains("frame-ancestors *") && !framed.contains("script-src"), "{framed}");
    for path in ["/en/", "/en/compare", "/en/data", &format!("/en/sites/{HOST}/embed")] {
        let policy = policy(path);
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
    }
    let badge = service.get(&format!("/en/embed/{HOST}/badge.svg?period={RICH}"), &[]);
    assert_eq!(badge.header("content-type"), Some("image/svg+xml"));
    let total = json(&service, &format!("/api/v1/sites/{HOST}/totals?period={RICH}"));
    let views = total["rows"][0]["views"].as_u64().unwrap();
    assert!(badge.body.contains(&format!("{views} page views")), "{}", badge.body);
    let few = format!("/en/embed/{HOST}/badge.svg?period={RICH}&filter=page:is:/seldom-read");
    assert!(service.get(&few, &[]).body.contains("withheld"));
}

#[test]
fn a_comparison_says_first_what_makes_it_hard() {
    let (_folder, _, service) = audience();
    let both = format!("/en/compare?site={HOST}&site=www.example.re&period={RICH}");
    let html = text(&page(&service, &both));
    let careful = html.find("Before you compare").expect("the sites are not measured alike");
    assert!(careful < html.find("Over the whole period").unwrap());
    let many = (0..8).map(|day| format!("&period=2026-10-{:02}", day + 10)).collect::<String>();
    let html = page(&service, &format!("/en/compare?site={HOST}{many}"));
    assert!(html.contains("At most 6 are compared"), "{html}");
    // Each in both drawings, and in the key.
    assert_eq!(html.matches("<g class=\"line line-").count(), 6 * 2);
    assert!(html.matches("<g class=\"sample line line-").count() >= 6, "{html}");
}

#[test]
fn a_site_that_comes_in_the_place_of_another_has_not_its_figures() {
    let (_folder, data, service) = audience();
    assert!(page(&service, "/en/").contains("www.example.re"));
    app::remove_site(&data, "www.example.re").unwrap();
    let now = moment("2026-11-03T12:00:00Z");
    app::add_site(&data, "www.example.zz", "Europe/Paris", SiteOptions::default(), now).unwrap();
    wait_until("the new site is known", || page(&service, "/en/").contains("/www.example.zz"));
    let html = page(&service, "/en/");
    let row = html.split("/www.example.zz").nth(1).unwrap().split("</tr>").next().unwrap();
    let figures = row.split("class=\"figure\">").skip(1);
    assert!(figures.clone().all(|cell| cell.starts_with("not measured<")), "{row}");
    assert_eq!(figures.count(), 2, "{row}");
}

#[test]
fn the_search_finds_the_sites_that_the_list_has_no_room_for() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let now = moment("2026-11-02T08:00:00Z");
    for number in 0..505 {
        let host = format!("s{number:03}.example");
        app::add_site(&data, &host, "Europe/Paris", SiteOptions::default(), now).unwrap();
    }
    let service = Clocked::start(data, "2026-11-02T09:00:00Z");
    assert!(!page(&service, "/en/").contains("/sites/www.example.fr"));
    assert!(page(&service, "/en/?find=www.example").contains("/sites/www.example.fr"));
}
