//! What is let out is let out once: it never changes, never tells more by being asked for often,
//! and nothing of a damaged day is among it.

use std::path::Path;

use jiff::civil::date;
use parvis::app;
use parvis::dimension::{self, PAGE};
use parvis::model::{Metric, Period};
use parvis::privacy::Figure;
use parvis::release::CROSSED_LINES_OF_YEAR_MAX;
use parvis::store::{Breaks, Releases, Sites, SqliteStore};
use rusqlite::Connection;

use crate::clocked::{Clocked, folder_with_sites};
use crate::logs::{LogLine, view};
use crate::service::{folder_with_site, run};

const HOST: &str = "www.example.fr";

/// The views of a day: visitors of each page.
fn day_of(day: jiff::civil::Date, pages: &[(&str, u32)]) -> Vec<String> {
    let of = |&(page, visitors): &(&str, u32)| {
        let page = page.to_owned();
        (0..visitors).map(move |visitor| view(day, visitor, &page)).collect::<Vec<_>>()
    };
    pages.iter().flat_map(of).collect()
}

/// Every byte of the latest files of a period.
fn files(service: &Clocked, period: &str) -> Vec<String> {
    let names = ["traffic", "pages", "sections", "sources", "countries", "exit_pages"];
    let file = |name: &str, format: &str| {
        let answer = service.get(&format!("/data/{HOST}/{name}/{period}.{format}"), &[]);
        assert_eq!(answer.status, 200, "{name} {period}: {}", answer.body);
        answer.body
    };
    names.iter().flat_map(|name| ["csv", "json"].map(|format| file(name, format))).collect()
}

#[test]
fn a_revision_says_why_and_leaves_the_first_as_it_was() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-20T12:00:00Z");
    let day = date(2026, 11, 17);
    let of_first = [("/known", 60), ("/same", 43), ("/few", 4), ("/other", 4)];
    service.import(HOST, &day_of(day, &of_first), false);
    service.publish(HOST, "2026-11-17");
    assert_eq!(service.revision(HOST, "2026-11-17"), 1);
    let first = files(&service, "2026-11-17");
    assert!(first[2].contains("/known") && !first[2].contains("/few"), "{}", first[2]);
    let of_second = [("/known", 80), ("/same", 43), ("/few", 40), ("/other", 4)];
    service.import(HOST, &day_of(day, &of_second), true);
    service.publish(HOST, "2026-11-17");
    assert_eq!(service.revision(HOST, "2026-11-17"), 2);
    assert_eq!(files(&service, "2026-11-17-r1"), first);
    let second = files(&service, "2026-11-17");
    assert!(second[2].contains("/known,80,80"), "{}", second[2]);
    assert!(second[2].contains("/few,40,40") && second[2].contains(":withheld"), "{}", second[2]);
    // A line whose counts did not change is published as before.
    let same = |file: &str| file.lines().find(|line| line.contains("/same,")).map(str::to_owned);
    assert!(same(&second[2]).is_some() && same(&first[2]) == same(&second[2]), "{}", second[2]);
    let json: serde_json::Value = serde_json::from_str(&second[3]).unwrap();
    assert_eq!(json["revision"], 2, "{json}");
    assert!(json["reason"].as_str().unwrap().contains("counted again"), "{json}");
    assert_eq!(files(&service, "2026-11-17-r2"), second);
}

#[test]
fn a_withdrawn_value_is_in_no_line_and_no_file_and_says_why() {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let mut service = Clocked::start(data.clone(), "2026-11-05T12:00:00Z");
    let lines = day_of(date(2026, 10, 30), &[("/real", 60), ("/insult", 40)]);
    service.import(HOST, &lines, false);
    service.publish(HOST, "2026-10");
    let pages = |period: &str| service.get(&format!("/data/{HOST}/pages/{period}.csv"), &[]);
    assert!(pages("2026-10").body.contains("/insult") && pages("2026-10-30-r1").status == 200);
    let traffic = service.get(&format!("/data/{HOST}/traffic/2026-10-30.csv"), &[]).body;
    let to = folder.path().join("static");
    let publish_to = || run(&data, &["publish", "--to", to.to_str().unwrap()]);
    assert_eq!(publish_to().0, 0);
    let kept = to.join(format!("data/{HOST}/pages/2026-10-30-r1.csv"));
    assert!(kept.exists());
    let options = app::WithdrawOptions {
        site: HOST.to_owned(),
        value: "/insult".to_owned(),
        reason: "a page that somebody invented".to_owned(),
        period: None,
    };
    let said = app::withdraw(&data, &options, &service.machine).unwrap();
    assert!(said.contains("/insult"), "{said}");
    for period in ["2026-10-30", "2026-10"] {
        let file = pages(period).body;
        assert!(file.contains("/real,60,60") && !file.contains("insult"), "{period}: {file}");
        assert!(file.contains(":withheld"), "{file}");
        let json = service.json(&format!("/data/{HOST}/pages/{period}.json"));
        assert_eq!(json["reason"], "a page that somebody invented", "{period}");
        assert_eq!(service.revision(HOST, period), 2);
        let gone = pages(&format!("{period}-r1"));
        assert!(gone.status == 410 && gone.body.contains("invented"), "{}", gone.body);
    }
    // The figures of all other lines are as they were.
    let now = service.get(&format!("/data/{HOST}/traffic/2026-10-30.csv"), &[]).body;
    assert_eq!(now, traffic);
    let asked = format!("/api/v1/sites/{HOST}/breakdown/page?period=2026-10-30");
    assert!(!service.get(&asked, &[]).body.contains("insult"));
    // The folder of files follows, and so does what is counted later.
    assert_eq!(publish_to().0, 0);
    assert!(!kept.exists());
    service.import(HOST, &day_of(date(2026, 11, 2), &[("/real", 60), ("/insult", 40)]), false);
    service.publish(HOST, "2026-11-02");
    assert!(!pages("2026-11-02").body.contains("insult"));
    service.restart();
    assert!(!service.get(&format!("/data/{HOST}/pages/2026-10.csv"), &[]).body.contains("insult"));
}

#[test]
fn nothing_is_published_with_another_secret_or_none() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data.clone(), "2026-11-05T12:00:00Z");
    service.import(HOST, &day_of(date(2026, 10, 30), &[("/a", 60)]), false);
    service.publish(HOST, "2026-10-30");
    let (secret, machine) = (data.join("disclosure.secret"), service.machine.clone());
    drop(service);
    let kept = std::fs::read(&secret).unwrap();
    let refused = || match app::publish(&data, &machine) {
        Err(error) => error.to_string(),
        Ok(said) => panic!("{said}"),
    };
    std::fs::remove_file(&secret).unwrap();
    assert!(refused().contains("new-secret"), "{}", refused());
    assert!(!secret.exists(), "none is made in its place");
    std::fs::write(&secret, [9; 32]).unwrap();
    assert!(refused().contains("another one than before"), "{}", refused());
    std::fs::write(&secret, [9; 7]).unwrap();
    assert!(refused().contains("disclosure.secret"), "{}", refused());
    std::fs::write(&secret, &kept).unwrap();
    app::publish(&data, &machine).unwrap();
    // A new series is a break that everybody reads.
    std::fs::remove_file(&secret).unwrap();
    assert_eq!(app::renew_secret(&data, &machine).unwrap(), 1);
    app::publish(&data, &machine).unwrap();
    let store = SqliteStore::open(&data).unwrap();
    let site = store.sites().unwrap().remove(0);
    let breaks = store.all_breaks(&site).unwrap();
    assert!(breaks.iter().any(|one| one.after.contains("secret")), "{breaks:?}");
}

#[test]
fn released_bytes_are_the_same_after_a_restart_and_when_published_again() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let mut service = Clocked::start(data, "2026-11-05T12:00:00Z");
    let mut lines = day_of(date(2026, 10, 30), &[("/a", 40), ("/b", 23), ("/c", 3)]);
    lines.extend(day_of(date(2026, 10, 31), &[("/a", 20), ("/d", 33)]));
    service.import(HOST, &lines, false);
    service.publish(HOST, "2026-10");
    let all = |service: &Clocked| ["2026-10-30", "2026-10"].map(|period| files(service, period));
    let before = all(&service);
    service.restart();
    service.publish(HOST, "2026-10");
    assert_eq!(all(&service), before);
    service.at("2026-11-19T12:00:00Z");
    service.publish(HOST, "2026-11-18");
    assert_eq!(all(&service), before);
    assert_eq!(service.revision(HOST, "2026-10"), 1);
}

#[test]
fn nothing_of_a_damaged_day_is_published_and_the_command_says_why() {
    let (folder, data) = folder_with_site();
    let day = crate::logs::days_ago(3);
    let log = folder.path().join("a.log");
    std::fs::write(&log, day_of(day, &[("/known", 40)]).concat()).unwrap();
    let words = ["import", "access-log", "--site", HOST, log.to_str().unwrap()];
    assert_eq!(run(&data, &words).0, 0);
    let damage = |views: i32| {
        let store = Connection::open(data.join("store.sqlite")).unwrap();
        let sql = "update count_day set views = views + ?1 where dimension = 0";
        assert_eq!(store.execute(sql, [views]).unwrap(), 1);
    };
    let released = |data: &Path| {
        crate::service::query(&data.join("store.sqlite"), "select count(*) from release")
    };
    damage(7);
    let (code, said) = run(&data, &["publish"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains(&format!("{day} is not published")), "{said}");
    assert_eq!(released(&data), 0);
    damage(-7);
    let (code, said) = run(&data, &["publish"]);
    assert_eq!(code, 0, "{said}");
    assert!(released(&data) > 0);
}

/// Small numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

#[test]
fn what_is_too_long_for_a_year_is_a_sum_of_its_months() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2027-01-03T12:00:00Z");
    let day = date(2026, 12, 20);
    let (pages, sources) = (400, CROSSED_LINES_OF_YEAR_MAX as u32 / 400 + 1);
    let of_pair = |visitor: u32, page: u32, source: u32| {
        let [_, _, high, low] = visitor.to_be_bytes();
        let address = format!("10.{high}.{low}.7");
        let request = format!("GET /{page} HTTP/1.1");
        let referrer = format!("https://www.site{source}.example/");
        LogLine { address: &address, request: &request, referrer: &referrer, ..LogLine::default() }
            .on(day)
    };
    // One of each pair, and enough of one of them.
    let pairs = pages * sources;
    let mut lines: Vec<String> =
        (0..pairs).map(|pair| of_pair(pair, pair % pages, pair / pages)).collect();
    lines.extend((0..40).map(|more| of_pair(pairs + more, 7, 3)));
    service.import(HOST, &lines, false);
    service.publish(HOST, "2026");
    let tables = |scale: u8, other: &str| {
        let code = dimension::named(other).unwrap().code;
        let (first, second) = dimension::crossing(PAGE, code).unwrap();
        service.count(&format!(
            "select count(*) from released_table
              where scale = {scale} and first = {first} and second = {second}"
        ))
    };
    assert_eq!((tables(2, "source"), tables(3, "source")), (1, 0));
    assert_eq!((tables(2, "country"), tables(3, "country")), (1, 1));
    let filter = "metrics=visitors&filter=source:is:site3.example";
    let asked = |period: &str| {
        let path = format!("/api/v1/sites/{HOST}/breakdown/page?period={period}&{filter}");
        service.json(&path)["rows"].clone()
    };
    assert_eq!(asked("2026"), asked("2026-12"));
    assert_eq!(asked("2026")[0]["page"], "/7", "{}", asked("2026"));
}

#[test]
fn asking_more_never_tells_more_than_the_released_tables() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data.clone(), "2026-11-05T12:00:00Z");
    let mut dice = Dice(11);
    let mut lines = Vec::new();
    for ago in 0..9 {
        let day = date(2026, 10, 20).saturating_add(jiff::Span::new().days(ago));
        let mut pages = Vec::new();
        for page in ["/a", "/b", "/c", "/d", "/e"] {
            pages.push((page, dice.below(40) as u32));
        }
        lines.extend(day_of(day, &pages));
    }
    service.import(HOST, &lines, false);
    service.publish(HOST, "2026-10");
    service.publish(HOST, "2026-11-04");
    let store = SqliteStore::open(&data).unwrap();
    let site = store.sites().unwrap().remove(0);
    let page = parvis::dimension::named("page").unwrap().code;
    for _ in 0..40 {
        let first =
            date(2026, 10, 20).saturating_add(jiff::Span::new().days(dice.below(10) as i64));
        let last = first.saturating_add(jiff::Span::new().days(dice.below(6) as i64));
        // No whole month lies within: the answer is the sum of the days, each as it was let out.
        let mut expected = (0, 0, 0);
        let wanted = ["/a", "/b", "/c", "/d", "/e", "/never"][dice.below(6) as usize];
        let is_filtered = dice.below(2) == 0;
        for day in first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last) {
            let codes = (if is_filtered { page } else { 0 }, 0);
            let table = store.released_table(&site, codes, Period::Day(day)).unwrap().unwrap();
            let mut lines = table.lines();
            let line = lines.find(|line| !is_filtered || line.label == wanted);
            match line.map(|line| line.figure(Metric::Views)) {
                Some(Figure::Rounded(views)) => {
                    expected = (expected.0 + views, expected.1 + 1, expected.2);
                }
                // What was not collected is neither a figure nor withheld.
                Some(Figure::Withheld) if line.is_some_and(|line| !line.is_withheld()) => {}
                Some(_) => expected.2 += 1,
                None if table.remainder().is_some() => expected.2 += 1,
                None if table.was_not_collected() => {}
                None => expected.1 += 1,
            }
        }
        let filter = if is_filtered { format!("&filter=page:is:{wanted}") } else { String::new() };
        let question = format!("totals?from={first}&to={last}&metrics=views{filter}");
        let json = service.json(&format!("/api/v1/sites/{HOST}/{question}"));
        let row = &json["rows"][0];
        let (views, released, withheld) = expected;
        assert_eq!(row["cells"]["released"], released, "{question}: {json}");
        assert_eq!(row["cells"]["withheld"], withheld, "{question}: {json}");
        match released {
            0 => assert!(row["views"].is_null(), "{question}: {json}"),
            _ => assert_eq!(row["views"], views, "{question}: {json}"),
        }
    }
}

#[test]
fn a_month_of_many_small_pages_hides_them_and_nothing_else() {
    let (_folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let sections = Some(vec!["/a/".to_owned(), "/b/".to_owned()]);
    let options = parvis::app::SiteOptions { sections, ..Default::default() };
    let then = crate::clocked::moment("2026-01-01T00:00:00Z");
    parvis::app::set_site(&data, HOST, options, then).unwrap();
    let service = Clocked::start(data, "2026-11-20T12:00:00Z");
    // More small pages than are looked at one by one, in two sections and on two days.
    let small: Vec<_> = ["/a/", "/b/"]
        .iter()
        .flat_map(|section| (0..80).map(move |number| format!("{section}small-{number}")))
        .collect();
    for day in [date(2026, 10, 14), date(2026, 10, 15)] {
        let mut lines = day_of(day, &[("/a/large", 300), ("/b/large", 200)]);
        // Each of them is read by two others.
        let of_two = |(number, page): (usize, &String)| {
            let first = 2 * (number % 80) as u32;
            [first, first + 1].map(|visitor| view(day, visitor, page))
        };
        lines.extend(small.iter().enumerate().flat_map(of_two));
        service.import(HOST, &lines, false);
    }
    service.publish(HOST, "2026-11-19");
    let get = |path: &str| service.get(&format!("/data/{HOST}/{path}.csv"), &[]).body;
    let pages = get("pages/2026-10");
    assert!(pages.contains("/a/large,600,600") && pages.contains("/b/large,400,400"), "{pages}");
    assert!(pages.contains(":withheld") && !pages.contains("small"), "{pages}");
    let sections = get("sections/2026-10");
    assert!(sections.contains("/a/,920,") && sections.contains("/b/,720,"), "{sections}");
}
