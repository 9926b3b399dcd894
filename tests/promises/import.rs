//! Access logs: every line is counted once or refused by name, however often the import is run.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use jiff::civil::Date;

use crate::logs::{LogLine, days_ago, view};
use crate::marked::search;
use crate::service::{Service, folder_with_site, log_of, program, query, run, wait_until};

const HOST: &str = "www.example.fr";

fn write(folder: &tempfile::TempDir, name: &str, text: impl AsRef<[u8]>) -> String {
    let file = folder.path().join(name);
    std::fs::write(&file, text).unwrap();
    file.to_str().unwrap().to_owned()
}

fn import(data: &Path, words: &[&str]) -> (i32, String) {
    run(data, &[&["import", "access-log", "--site", HOST], words].concat())
}

fn store(data: &Path, sql: &str) -> i64 {
    query(&data.join("store.sqlite"), sql)
}

/// Views, visitors and events of the whole site on all days.
fn counted(data: &Path) -> [i64; 3] {
    ["views", "visitors", "events"].map(|column| {
        store(
            data,
            &format!("select coalesce(sum({column}), 0) from count_day where dimension = 0"),
        )
    })
}

/// A day of some visitors, the first of whom reads two pages.
fn day_of(day: Date, visitors: u32) -> String {
    let lines = (0..visitors).map(|visitor| view(day, visitor, "/"));
    lines.chain([view(day, 0, "/second")]).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

#[test]
fn every_layout_of_a_log_counts_the_same() {
    let combined = day_of(days_ago(3), 12);
    let common: String =
        combined.lines().map(|line| format!("{}\n", &line[..common_end(line)])).collect();
    let of = |host: &str, text: &str| -> String {
        text.lines().map(|line| format!("{host} {line}\n")).collect()
    };
    let others = [of(HOST, &combined), of("other.example.org", &combined)].concat();
    for (name, bytes, says) in [
        ("combined.log", combined.clone().into_bytes(), "13 lines read, 13 counted"),
        ("common.log", common.into_bytes(), "names no user agents"),
        ("hosts.log", others.into_bytes(), "other_host: 13"),
        ("access.log.gz", gzip(&combined), "13 lines read, 13 counted"),
        ("windows.log", combined.replace('\n', "\r\n").into_bytes(), "13 counted"),
    ] {
        let (folder, data) = folder_with_site();
        let (code, said) = import(&data, &[&write(&folder, name, bytes)]);
        assert_eq!((code, counted(&data)), (0, [13, 12, 0]), "{name}: {said}");
        assert!(said.contains(says), "{name}: {said}");
    }
}

/// Where the common part of a combined line ends: before the referrer.
fn common_end(line: &str) -> usize {
    line.find(" \"-\" ").unwrap()
}

#[test]
fn standard_input_is_a_log_too() {
    let (_folder, data) = folder_with_site();
    let mut command = program();
    command.arg("--data").arg(&data).args(["import", "access-log", "--site", HOST, "-"]);
    let mut process =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    process.stdin.take().unwrap().write_all(day_of(days_ago(2), 11).as_bytes()).unwrap();
    assert_eq!(process.wait().unwrap().code(), Some(0));
    assert_eq!(counted(&data), [12, 11, 0]);
}

#[test]
fn the_same_lines_count_once_and_others_of_the_same_day_are_refused_until_replaced() {
    let (folder, data) = folder_with_site();
    let day = days_ago(5);
    let night = |visitor| LogLine {
        address: visitor,
        time: "22:30:00",
        request: "GET /lost HTTP/1.1",
        status: 404,
        ..LogLine::default()
    };
    let first = write(&folder, "first.log", day_of(day, 15) + &night("192.0.2.9").on(day));
    let other = write(&folder, "other.log", day_of(day, 3));
    assert_eq!(import(&data, &[&first]).0, 0);
    let before = counted(&data);
    assert_eq!(before, [16, 15, 1]);
    // A day that is there is done; one that is left out is not.
    for (file, exit, says) in
        [(&first, 0, "not counted twice"), (&other, 1, "imported before from other lines")]
    {
        let (code, said) = import(&data, &[file]);
        assert!(code == exit && said.contains("0 counted") && said.contains(says), "{said}");
        assert_eq!(counted(&data), before, "{said}");
    }
    let (code, said) = import(&data, &["--replace", &other]);
    assert_eq!((code, counted(&data)), (0, [4, 3, 0]), "{said}");
    // Nothing of the first lines is left in any hour or breakdown.
    assert_eq!(store(&data, "select sum(views) from count_hour"), 4);
    assert_eq!(store(&data, "select coalesce(sum(events), 0) from count_hour"), 0);
    let missing = "select count(*) from block where first = 19 and second = 0";
    assert_eq!(store(&data, missing), 0);
    let (code, said) = run(&data, &["check"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_gathered_month_forgets_what_a_replaced_day_no_longer_has() {
    let (folder, data) = folder_with_site();
    // A month that is complete whatever today is.
    let day = days_ago(40);
    let lost = LogLine { request: "GET /lost HTTP/1.1", status: 404, ..LogLine::default() };
    let first = write(&folder, "first.log", day_of(day, 15) + &lost.on(day));
    let other = write(&folder, "other.log", day_of(day, 12));
    assert_eq!(import(&data, &[&first]).0, 0);
    let months = "select count(*) from block where first = 19 and second = 0 and scale = 2";
    assert_eq!(store(&data, months), 1);
    assert_eq!(import(&data, &["--replace", &other]).0, 0);
    assert_eq!(store(&data, months), 0);
    let (code, said) = run(&data, &["check"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_day_that_is_replaced_by_robots_alone_is_empty_and_can_be_counted_anew() {
    let (folder, data) = folder_with_site();
    let day = days_ago(6);
    let first = write(&folder, "first.log", day_of(day, 11));
    let robot = LogLine { agent: "Googlebot/2.1", ..LogLine::default() };
    let robots = write(&folder, "robots.log", robot.on(day));
    assert_eq!(import(&data, &[&first]).0, 0);
    assert_eq!(import(&data, &["--replace", &robots]).0, 0);
    assert_eq!(counted(&data), [0, 0, 0]);
    let (code, said) = import(&data, &[&first]);
    assert_eq!((code, counted(&data)), (0, [12, 11, 0]), "{said}");
}

#[test]
fn a_day_may_be_split_over_the_files_of_one_command() {
    let (folder, data) = folder_with_site();
    let day = days_ago(4);
    let all = day_of(day, 20) + &day_of(days_ago(3), 5);
    let lines: Vec<_> = all.split_inclusive('\n').collect();
    let files = [
        write(&folder, "access.log.2", lines[..9].concat()),
        write(&folder, "access.log.1.gz", gzip(&lines[9..15].concat())),
        write(&folder, "access.log", lines[15..].concat()),
    ];
    let (code, said) = import(&data, &files.each_ref().map(String::as_str));
    assert_eq!((code, counted(&data)), (0, [27, 25, 0]), "{said}");
    assert!(said.contains("2 days written"), "{said}");
    // By themselves the files are other lines of the same day.
    let (_, said) = import(&data, &[&files[0]]);
    assert!(said.contains("with --replace"), "{said}");
}

/// A log of forty days, for which a machine needs a moment.
fn long_log() -> Vec<u8> {
    let mut lines = String::new();
    for ago in (1..=40).rev() {
        for number in 0..400 {
            lines += &view(days_ago(ago), number % 90, &format!("/page/{}", number * 7 % 60));
        }
    }
    lines.into_bytes()
}

/// All rows of days and hours, in one number each, and the files of two datasets. Today is waited
/// for from the second on in which the site was added: pictures are taken after it.
fn picture(data: &Path) -> (Vec<i64>, Vec<String>) {
    let since_added = "select unixepoch() - max(added_at) from site";
    while store(data, since_added) < 1 {
        std::thread::sleep(Duration::from_millis(50));
    }
    let sums = ["count_day", "count_hour"].map(|table| {
        let moment = if table == "count_day" { "day" } else { "hour" };
        let columns = format!("({moment} % 1009) * (views * 3 + visitors * 5 + visits * 7)");
        store(data, &format!("select sum({columns}) from {table} where dimension = 0"))
    });
    let months = [days_ago(1), days_ago(31)].map(|day| day.to_string()[..7].to_owned());
    let files = ["traffic", "pages", "exit_pages"].iter().flat_map(|dataset| {
        months.iter().map(move |month| {
            let words = ["export", "--site", HOST, "--dataset", dataset, "--period", month];
            run(data, &words).1
        })
    });
    (sums.to_vec(), files.collect())
}

#[test]
fn the_same_counts_are_protected_alike_every_time() {
    let (folder, data) = folder_with_site();
    assert_eq!(import(&data, &[&write(&folder, "long.log", long_log())]).0, 0);
    let first = picture(&data);
    for _ in 0..8 {
        assert_eq!(picture(&data), first);
    }
}

#[test]
fn an_import_that_was_killed_is_run_again_and_counts_as_if_nothing_had_happened() {
    let (whole_folder, whole) = folder_with_site();
    let log = write(&whole_folder, "long.log", long_log());
    assert_eq!(import(&whole, &[&log]).0, 0);
    assert_eq!(counted(&whole), [16_000, 3_600, 0]);
    let (_folder, data) = folder_with_site();
    let mut kills = 0;
    for enough in [1, 14, 27] {
        let mut command = program();
        command.arg("--data").arg(&data).args(["import", "access-log", "--site", HOST, &log]);
        let mut process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let days = "select count(*) from site_day";
        while process.try_wait().unwrap().is_none() && store(&data, days) < enough {
            std::thread::sleep(Duration::from_millis(2));
        }
        kills += i32::from(process.try_wait().unwrap().is_none());
        process.kill().unwrap();
        process.wait().unwrap();
    }
    assert!(kills > 0, "every import ended before it could be killed");
    let (code, said) = import(&data, &[&log]);
    assert!(code == 0 && said.contains("not counted twice"), "{said}");
    assert_eq!(counted(&data), [16_000, 3_600, 0]);
    assert_eq!(picture(&data), picture(&whole));
    let (code, said) = run(&data, &["check"]);
    assert_eq!(code, 0, "{said}");
    // The series begins with the import, however often it was interrupted: nothing breaks.
    let breaks = "select count(*) from series_break where kind = 'import'";
    assert_eq!((store(&data, breaks), store(&whole, breaks)), (0, 0));
}

#[test]
fn today_is_refused_and_so_is_every_line_that_counts_nobody_by_its_reason() {
    let (folder, data) = folder_with_site();
    let day = days_ago(2);
    let line = |request, status, agent| LogLine { request, status, agent, ..LogLine::default() };
    let firefox = LogLine::default().agent;
    let robot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
                  HeadlessChrome/131.0.0.0 Safari/537.36";
    let mut text = day_of(day, 12);
    for (request, status, agent) in [
        ("GET /style.css HTTP/1.1", 200, firefox),
        ("GET /robots.txt HTTP/1.1", 200, firefox),
        ("POST / HTTP/1.1", 200, firefox),
        ("GET /old HTTP/1.1", 301, firefox),
        ("GET / HTTP/1.1", 200, robot),
        ("GET / HTTP/1.1", 200, chrome),
        ("GET /gone HTTP/1.1", 404, firefox),
        ("GET /guide.pdf HTTP/1.1", 200, firefox),
    ] {
        text += &line(request, status, agent).on(day);
    }
    text += &LogLine::default().on(days_ago(0));
    text += "SecretOfABadLine\n";
    let (code, said) = import(&data, &[&write(&folder, "a.log", text)]);
    assert_eq!((code, counted(&data)[0], counted(&data)[2]), (0, 13, 2), "{said}");
    for expected in [
        "asset: 1",
        "machine_path: 1",
        "method: 1",
        "redirect: 1",
        "robot: 1",
        "robot_headless: 1",
        "day_not_ended: 1",
        "format: 1",
        "a.log, line 23:",
        "23 lines read, 15 counted",
    ] {
        assert!(said.contains(expected), "{expected} is not in {said}");
    }
    assert!(!said.contains("SecretOfABadLine"), "{said}");
}

#[test]
fn what_cannot_be_imported_is_said_with_its_exit_code() {
    let (folder, data) = folder_with_site();
    let log = write(&folder, "a.log", day_of(days_ago(2), 3));
    let packed = gzip(&day_of(days_ago(2), 300));
    let cut = write(&folder, "cut.gz", &packed[..packed.len() / 2]);
    let xz = write(&folder, "a.xz", b"\xfd7zXZ\0rest");
    let of = |words: &[&str]| run(&data, &[&["import", "access-log"], words].concat());
    for (words, code, says) in [
        (vec!["--site", HOST, "/no/such/file"], 1, "give the path"),
        (vec!["--site", "www.nobody.fr", &log], 1, "parvis site list"),
        (vec!["--site", "https://x/", &log], 2, "x"),
        (vec!["--site", HOST], 2, "FILES"),
        (vec![&log], 2, "--site"),
        (vec!["--site", HOST, &cut], 1, "cut off"),
        (vec!["--site", HOST, &xz], 1, "a.xz"),
    ] {
        let (found, said) = of(&words);
        assert_eq!(found, code, "{words:?}: {said}");
        assert!(said.contains(says), "{words:?}: {said}");
        assert_eq!(counted(&data), [0, 0, 0], "{words:?}");
    }
}

#[test]
fn nothing_personal_of_a_log_is_in_any_byte_afterwards() {
    let (folder, data): (_, PathBuf) = folder_with_site();
    let (address, six) = ("203.113.77.199", "2001:db8:5eed:cafe:1122:3344:5566:7788");
    let agent = format!("{} QuasarZebraMark", LogLine::default().agent);
    let mut text = String::new();
    for address in [address, six] {
        for (path, status) in [
            ("/u/marked.person@mail.example/PathTokenMark1a2B3c4D5e?t=QuerySecretMark", 200),
            ("/marked.person@mail.example.pdf?t=QuerySecretMark", 200),
            ("/lost/marked.person@mail.example", 404),
        ] {
            let request = &format!("GET {path} HTTP/1.1");
            let referrer = "https://www.other.fr/ReferrerPathMark?t=QuerySecretMark";
            let line =
                LogLine { address, request, status, referrer, agent: &agent, time: "10:00:00" };
            text += &line.on(days_ago(3));
            text += &line.on(days_ago(3)).replace(" - - ", " - marked.person ");
        }
    }
    text += &format!("{address} - - marked.person QuasarZebraMark\n");
    let (code, said) = import(&data, &[&write(&folder, "marked.log", text)]);
    assert_eq!((code, counted(&data)), (0, [4, 2, 8]), "{said}");
    let four: std::net::Ipv4Addr = address.parse().unwrap();
    let bytes: std::net::Ipv6Addr = six.parse().unwrap();
    let mut marks = vec![four.octets().to_vec(), bytes.octets()[..8].to_vec()];
    let texts = [
        address,
        "2001:db8:5eed",
        "QuasarZebraMark",
        "marked.person",
        "QuerySecretMark",
        "PathTokenMark1a2B3c4D5e",
        "ReferrerPathMark",
    ];
    marks.extend(texts.map(|text| text.as_bytes().to_vec()));
    let mut found = Vec::new();
    search(&data, &marks, &mut found);
    found.extend(
        texts.iter().filter(|text| said.contains(**text)).map(|text| said.replace(*text, "#")),
    );
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_running_service_shows_an_import_at_once_with_its_method() {
    let (folder, data) = folder_with_site();
    let service = Service::start(&data);
    let days = [days_ago(3), days_ago(2)];
    let text = days.map(|day| day_of(day, 29)).concat();
    let (code, said) = import(&data, &[&write(&folder, "a.log", text)]);
    assert_eq!(code, 0, "{said}");
    let path = format!("/api/v1/sites/{HOST}/totals?from={}&to={}", days[0], days[1]);
    let ask =
        || -> serde_json::Value { serde_json::from_str(&service.get(&path, &[]).body).unwrap() };
    wait_until("the days are released", || ask()["rows"][0]["obs_status"] == "A");
    let json = ask();
    // Each day has 30 views.
    assert_eq!(json["rows"][0]["views"], 60, "{json}");
    assert_eq!(json["methods"], serde_json::json!(["access_log"]));
    assert_eq!(json["provisional"], false);
    // The series begins with these days, and nothing breaks.
    assert_eq!(json["breaks"], serde_json::json!([]));
    // The service goes on counting beside it.
    assert_eq!(service.view("192.0.2.1", "https://www.example.fr/", "k").status, 202);
    wait_until("the view is counted", || counted(&data)[0] == 61);
    assert!(service.stop().success());
    assert!(!std::fs::read_to_string(log_of(&data)).unwrap().contains("ERROR"));
}
