//! A log that names neither agents nor referrers gives no browsers, systems, devices and sources:
//! they are not collected (row 34's kind).

use jiff::civil::{Date, date};

use crate::clocked::{Clocked, folder_with_sites};
use crate::field::gaps::days::log_of;

const HOST: &str = "www.example.fr";

/// What such a log has not, by data set and column.
const NOT_IN_COMMON: [(&str, &str); 4] =
    [("browsers", "browser"), ("systems", "system"), ("devices", "device"), ("sources", "source")];

const METHODS: [&str; 3] = ["access_log_common", "access_log", "access_log"];

fn common_log(day: Date) -> Vec<String> {
    let cut = |line: String| {
        let end = line.find(" \"-\" \"").unwrap();
        format!("{}\n", &line[..end])
    };
    log_of(day).into_iter().map(cut).collect()
}

/// A site of which the 18th is counted from a common log, the 19th from a combined one, and the
/// 20th from one whose format was changed at noon.
fn by_logs() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-22T09:00:00Z");
    service.import(HOST, &common_log(date(2026, 11, 18)), false);
    service.import(HOST, &log_of(date(2026, 11, 19)), false);
    let mut mixed = common_log(date(2026, 11, 20));
    mixed.extend(log_of(date(2026, 11, 20)));
    service.import(HOST, &mixed, false);
    service.publish(HOST, "2026-11-20");
    (folder, service)
}

fn csv(service: &Clocked, name: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let file = service.get(&format!("/data/{HOST}/{name}"), &[]);
    assert_eq!(file.status, 200, "{name}: {}", file.body);
    let mut reader = csv::Reader::from_reader(file.body.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let places: Vec<usize> =
        columns.iter().map(|name| heads.iter().position(|head| head == *name).unwrap()).collect();
    let lines = reader.records().map(Result::unwrap);
    lines.map(|line| places.iter().map(|place| line[*place].to_owned()).collect()).collect()
}

#[test]
fn a_log_without_agents_gives_no_browser_system_device_and_source() {
    let (_folder, mut service) = by_logs();
    let check = |service: &Clocked| {
        for (dataset, column) in NOT_IN_COMMON {
            let columns = [column, "obs_status"];
            let common = csv(service, &format!("{dataset}/2026-11-18.csv"), &columns);
            assert_eq!(common, [[":not_collected", "L"]], "{dataset}");
            let path = format!("/api/v1/sites/{HOST}/breakdown/{column}?period=2026-11-18");
            let answer = service.json(&path);
            assert_eq!(answer["rows"][0][column], ":not_collected", "{answer}");
            let combined = csv(service, &format!("{dataset}/2026-11-19.csv"), &columns);
            assert!(combined[0][0] != ":not_collected", "{combined:?}");
            let mixed = csv(service, &format!("{dataset}/2026-11-20.csv"), &columns);
            assert!(mixed.iter().all(|line| line[0] != ":not_collected"), "{mixed:?}");
        }
        let days = csv(service, "traffic/2026-11.csv", &["period", "method"]);
        let of = |day: &str| days.iter().find(|line| line[0] == day).unwrap()[1].clone();
        assert_eq!([of("2026-11-18"), of("2026-11-19"), of("2026-11-20")], METHODS);
        // Pages it has.
        let pages = csv(service, "pages/2026-11-18.csv", &["page", "views", "method"]);
        assert_eq!(pages, [["/", "20", "access_log_common"]]);
    };
    check(&service);
    service.at("2026-12-02T09:00:00Z");
    service.publish(HOST, "2026-11");
    service.restart();
    check(&service);
    // The month has the browsers of the days that say them.
    let month = csv(&service, "browsers/2026-11.csv", &["browser", "obs_status"]);
    assert!(month.iter().any(|line| line[0] == "Firefox"), "{month:?}");
    let methods = service.get("/data/methods.csv", &[]).body;
    let own = methods.lines().find(|line| line.starts_with("access_log_common,")).unwrap();
    assert!(own.contains("browser") && own.contains("source"), "{own}");
    for language in ["fr", "en"] {
        let page = service.get(&format!("/{language}/methodology"), &[]).body;
        assert!(page.contains("access_log_common"), "{language}");
    }
}

#[test]
fn a_change_between_logs_with_and_without_agents_is_a_break_once() {
    let (_folder, service) = by_logs();
    let breaks = csv(&service, "breaks.csv", &["type", "method_after"]);
    let of_import: Vec<_> = breaks.iter().filter(|one| one[0] == "import").collect();
    assert_eq!(of_import, [&["import".to_owned(), "access_log".to_owned()]], "{breaks:?}");
}
