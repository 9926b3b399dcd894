//! What pages say of gaps, of equal figures and of breaks: the same as the files, and each once.

use std::ops::RangeInclusive;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::clocked::{Clocked, folder_with_sites};
use crate::logs::{days_ago, view};
use crate::service::{Service, folder_with_site, run, wait_until};

const HOST: &str = "www.example.fr";
const OTHER: &str = "www.other.example";
const NOON: &str = "2026-11-20T11:00:00Z";

/// Twenty visitors of `/` on each of these days.
fn days(days: impl IntoIterator<Item = Date>) -> Vec<String> {
    let of_day = |day| (0..20).map(move |visitor| view(day, visitor, "/"));
    days.into_iter().flat_map(of_day).collect()
}

fn november(days: RangeInclusive<i8>) -> impl Iterator<Item = Date> {
    days.map(|day| date(2026, 11, day))
}

/// A service with the two sites, none of which had a collector before 20 November: the first was
/// counted from logs on four days, and the other one on three of them.
fn two_sites() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris"), (OTHER, "Europe/Paris")]);
    let service = Clocked::start(data, NOON);
    service.import(HOST, &days(november(6..=9)), false);
    service.import(OTHER, &days(november(6..=9).filter(|day| day.day() != 7)), false);
    (folder, service)
}

fn page(service: &Clocked, path: &str) -> String {
    let answer = service.get(path, &[]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

/// The series that each band of a page's first drawing is of.
fn bands(html: &str) -> Vec<&str> {
    let drawing = html.split("</svg>").find(|part| part.contains("class=\"drawing")).unwrap();
    let bands = drawing.split("class=\"gap\" data-series=\"").skip(1);
    bands.map(|band| band.split('"').next().unwrap()).collect()
}

#[test]
fn bands_of_several_series_say_whose_they_are() {
    let (_folder, service) = two_sites();
    let period = "period=2026-11-06..2026-11-09";
    let asked = format!("/en/compare?site={HOST}&site2={OTHER}&{period}");
    let html = page(&service, &asked);
    assert_eq!(bands(&html), ["1"]);
    let said = format!("{OTHER}: not measured 7 Nov; the line is broken there");
    assert!(html.contains(&said) && !html.contains(&format!("{HOST}: not measured")), "{html}");
    // The total of three days is not set beside that of four without a word.
    let totals = html.split("totals-caption").nth(2).unwrap().split("</table>").next().unwrap();
    assert!(totals.contains("3 days of 4 measured"), "{totals}");
    assert_eq!(totals.matches(" measured").count(), 1, "{totals}");
    assert!(html.contains("Somebody who reads two of these sites"), "{html}");
    assert!(html.contains(">not measured<"), "its cell in the table: {html}");
    // The same with the sites the other way round.
    let html = page(&service, &format!("/en/compare?site={OTHER}&site2={HOST}&{period}"));
    assert_eq!(bands(&html), ["0"]);
    let french = format!("/fr/compare?site={OTHER}&period=2026-11-06..2026-11-07");
    let html = page(&service, &french);
    assert!(html.contains("1 jour mesuré sur 2"), "{html}");
    // One site: nobody reads two of them, and nothing is a sum of sites.
    assert!(!html.contains("deux de ces sites") && !html.contains("sommes de sites"), "{html}");
}

#[test]
fn a_month_has_no_thirty_first_day_that_it_has_not() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, NOON);
    let both = date(2026, 9, 1).series(1.day()).take_while(|day| *day < date(2026, 11, 1));
    service.import(HOST, &days(both), false);
    let html = page(&service, &format!("/en/compare?site={HOST}&period=2026-09&period2=2026-10"));
    assert_eq!(bands(&html), Vec::<&str>::new());
    let row = html.split("Day 31<").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(row.contains(">outside the period<") && row.contains(">20<"), "{row}");
    // A period whose first days were not measured is not moved to the left.
    let html = page(
        &service,
        &format!("/en/compare?site={HOST}&period=2026-09&period2=2026-08-30..2026-09-02"),
    );
    assert_eq!(bands(&html), ["1"]);
    let row = html.split("Day 2<").nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(row.contains(">20<") && row.contains(">not measured<"), "{row}");
}

#[test]
fn a_period_beside_another_has_bands_of_its_own() {
    let (_folder, service) = two_sites();
    service.import(HOST, &days([12, 13, 15, 16].map(|day| date(2026, 11, day))), false);
    let asked = format!("/en/sites/{HOST}?from=2026-11-12&to=2026-11-16&compare=previous");
    let html = page(&service, &asked);
    // 12 November is compared with the 5th, which was not measured; the 14th was not itself.
    assert_eq!(bands(&html), ["1", "0"], "{html}");
    for said in [
        "12 Nov to 16 Nov 2026: not measured 14 Nov;",
        "5 Nov to 9 Nov 2026: not measured 5 Nov;",
        ">not compared<",
        "The change is over 3 days, 13 November 2026 to 16 November 2026, compared",
        "Left out of both periods: 2 days not measured on one side.",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    for path in ["chart.svg?", "?"] {
        let asked = format!(
            "/en/embed/{HOST}{}from=2026-11-12&to=2026-11-16&compare=none",
            if path == "?" { "?".to_owned() } else { format!("/{path}") }
        );
        let html = page(&service, &asked);
        assert!(html.contains("not measured: the line is broken there"), "{path}: {html}");
    }
}

#[test]
fn what_nobody_measured_is_called_so_and_counted_once() {
    let (_folder, service) = two_sites();
    let html = page(&service, &format!("/en/sites/{HOST}?period=2026-11-10"));
    let cards = html.split("<dl class=\"cards\">").nth(1).unwrap().split("</dl>").next().unwrap();
    assert_eq!(cards.matches(">not measured</dd>").count(), 5, "{cards}");
    let html = page(&service, &format!("/fr/sites/{HOST}?period=2026-11-10"));
    assert!(html.contains(">non mesuré</dd>") && !html.contains("sans chiffre"), "{html}");
    // Days before the first one with figures are gaps too, and both sentences count them.
    let asked = format!("/en/sites/{HOST}?from=2026-11-04&to=2026-11-10&compare=none");
    for interval in ["day", "week"] {
        let html = page(&service, &format!("{asked}&interval={interval}"));
        assert!(html.contains("Of these 7 days 4 were measured"), "{html}");
        assert!(html.contains("On 3 days nothing was measured"), "{interval}: {html}");
    }
}

#[test]
fn equal_figures_have_no_first_among_them() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, NOON);
    let mut lines = days(november(6..=9));
    lines.extend(november(6..=9).flat_map(|day| (0..20).map(move |one| view(day, one, "/b"))));
    service.import(HOST, &lines, false);
    service.publish(HOST, "2026-11-19");
    let html = page(&service, &format!("/en/sites/{HOST}?from=2026-11-06&to=2026-11-09"));
    assert!(html.contains("All final figures are the same: 40 (page views)."), "{html}");
    let said = "“/” and “/b” make up the same share of the total shown: 50% each.";
    assert!(html.contains(said), "{html}");
    service.import(HOST, &days([date(2026, 11, 10), date(2026, 11, 11)]), false);
    service.publish(HOST, "2026-11-19");
    // Of so few views rounding alone could make one day the first.
    let html = page(&service, &format!("/en/sites/{HOST}?from=2026-11-06&to=2026-11-11"));
    let said = "The page views differ by no more than rounding or their small size explains: the \
                highest figure is 40.";
    assert!(html.contains(said), "{html}");
    let many = november(12..=13).flat_map(|day| (0..220).map(move |one| view(day, one, "/")));
    service.import(HOST, &many.collect::<Vec<_>>(), false);
    service.publish(HOST, "2026-11-19");
    let html = page(&service, &format!("/en/sites/{HOST}?from=2026-11-06&to=2026-11-13"));
    let said = "The most page views were on Thursday 12 November 2026 and one other time (220), \
                the fewest on Tuesday 10 November 2026 and one other time (20).";
    assert!(html.contains(said), "{html}");
    // Of so few visits no rate is published, and the page says why.
    let html = page(&service, &format!("/en/sites/{HOST}?period=2026-11-10"));
    assert!(html.contains("“No figure” (bounce rate"), "{html}");
}

#[test]
fn a_badge_is_read_aloud_as_its_language_writes() {
    let (_folder, service) = two_sites();
    let badge = |tag: &str| page(&service, &format!("/{tag}/embed/{HOST}/badge.svg?period=28d"));
    let (french, english) = (badge("fr"), badge("en"));
    assert!(french.contains(&format!("aria-label=\"{HOST}\u{a0}: 80")), "{french}");
    assert!(english.contains(&format!("aria-label=\"{HOST}: 80")), "{english}");
}

#[test]
fn what_one_act_changed_is_one_break_wherever_breaks_are_listed() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris"), (OTHER, "Europe/Paris")]);
    let service = Clocked::start(data.clone(), NOON);
    service.import(HOST, &days(november(6..=9)), false);
    let words = ["site", "set", HOST, "--gpc", "ignore", "--query-keep", "page"];
    let (code, said) = run(&data, &words);
    assert_eq!(code, 0, "{said}");
    let today = days_ago(0);
    let asked = format!("/en/compare?site={HOST}&site2={OTHER}&period=2026-11-06..{today}");
    let both = "What a refusal by GPC or DNT does changed: refusal by the GPC signal (the visit is \
                not counted → without effect); What addresses keep, or the sections, changed: \
                parameters kept in addresses (none → page)";
    wait_until("the break is said", || page(&service, &asked).contains(both));
    assert_eq!(page(&service, &asked).matches("break in the series: ").count(), 1);
    let html = page(&service, "/en/methodology");
    let list =
        html.split("id=\"breaks-caption\"").nth(1).unwrap().split("</table>").next().unwrap();
    assert_eq!(list.matches("<tr>").count(), 2, "its head and one break: {list}");
    assert!(list.contains(both), "{list}");
    assert!(list.contains("<code>refusal_policy</code> <code>addresses</code>"), "{list}");
    // Files have each kind of change by itself.
    assert_eq!(page(&service, "/data/breaks.csv").lines().count(), 3);
}

#[test]
fn any_free_port_is_the_real_one_in_addresses() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let base = service.base.clone();
    assert!(base.starts_with("http://127.0.0.1:") && !base.ends_with(":0"), "{base}");
    for path in ["/en/", "/sitemap.xml", "/robots.txt", "/data/catalog.ttl", "/api/openapi.json"] {
        let said = service.get(path, &[]).body;
        assert!(
            said.contains(&format!("{base}/")) || said.contains(&format!("\"{base}\"")),
            "{path}: {said}"
        );
        assert!(
            !said.contains("127.0.0.1:0/") && !said.contains("127.0.0.1:0\""),
            "{path}: {said}"
        );
    }
}

#[test]
fn a_year_is_compared_with_days_before_it_and_says_which() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2027-01-10T11:00:00Z");
    let counted = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 30), date(2026, 12, 31)];
    service.import(HOST, &days(counted), false);
    let answer = service.json(&format!("/api/v1/sites/{HOST}/totals?period=2026&compare=previous"));
    // 31 December would be compared with 1 January of the same year.
    let compared = &answer["compared"];
    let day = |day: &str| serde_json::json!({ "first": day, "last": day });
    let runs = serde_json::json!([{ "period": day("2026-12-30"), "compared": day("2025-12-31") }]);
    assert_eq!((&compared["days"], &compared["runs"]), (&1.into(), &runs));
    let left_out = serde_json::json!([
        { "reason": "not_collected", "days": 363 },
        { "reason": "overlap", "days": 1 },
    ]);
    assert_eq!(compared["left_out"], left_out);
}

#[test]
fn days_that_lie_in_the_period_itself_are_left_out_with_their_reason() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, NOON);
    let october = [30, 31].map(|day| date(2026, 10, day));
    service.import(HOST, &days(october.into_iter().chain(november(6..=8))), false);
    let question = "from=2026-11-06&to=2026-11-19&compare=2026-10-30..2026-11-12";
    let answer = service.json(&format!("/api/v1/sites/{HOST}/totals?{question}"));
    let compared = &answer["compared"];
    let days = |first: &str, last: &str| serde_json::json!({ "first": first, "last": last });
    let own = days("2026-11-06", "2026-11-07");
    let other = days("2026-10-30", "2026-10-31");
    assert_eq!(compared["runs"], serde_json::json!([{ "period": own, "compared": other }]));
    assert_eq!((&compared["first"], &compared["last"]), (&other["first"], &other["last"]));
    let left_out = serde_json::json!([
        { "reason": "not_collected", "days": 5 },
        { "reason": "overlap", "days": 7 },
    ]);
    assert_eq!(compared["left_out"], left_out);
    assert_eq!(answer["rows"][0]["comparable"]["views"], 40);
    let file = page(&service, &format!("/api/v1/sites/{HOST}/totals.csv?{question}"));
    let heads = ",compared_days,comparable_first,comparable_last,compared_first,compared_last,\
                 compared_left_out,";
    assert!(file.contains(heads), "{file}");
    let line = ",2,2026-11-06,2026-11-07,2026-10-30,2026-10-31,\"not_collected=5,overlap=7\",";
    assert!(file.contains(line), "{file}");
    let html = page(&service, &format!("/en/sites/{HOST}?{question}"));
    for said in [
        "The change is over 2 days, 6 November 2026 to 7 November 2026, compared with the same \
         days of the week: 30 October 2026 to 31 October 2026.",
        "5 days not measured on one side, 7 days whose counterparts lie in the period itself",
        // The curve beside ends before the period begins.
        "30 Oct to 5 Nov 2026",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
}
