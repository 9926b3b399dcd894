//! Imports that run at once come out as they would one after the other.

use std::path::{Path, PathBuf};
use std::sync::Barrier;

use jiff::civil::{Date, date};
use parvis::app::{self, ImportOptions, Options, Summary};

use crate::clocked::{Clocked, folder_with_sites};
use crate::logs::view;

const HOST: &str = "www.example.fr";

/// Lines of a day, so many that an import shows its progress in the middle of it.
const LINES: u32 = 21_000;

fn log(folder: &Path, name: &str, day: Date, page: &str) -> PathBuf {
    let lines: Vec<_> = (0..LINES).map(|number| view(day, number % 300, page)).collect();
    let file = folder.join(name);
    std::fs::write(&file, lines.concat()).unwrap();
    file
}

/// Imports each log at the same time: all have begun to count before any of them writes.
fn at_once(service: &Clocked, files: &[&Path], replace: bool) -> Vec<Summary> {
    let together = Barrier::new(files.len());
    let Options { data, config, .. } = &service.options;
    let import = |file: &Path| {
        let files = vec![file.to_str().unwrap().to_owned()];
        let options = ImportOptions { files, site: HOST.to_owned(), replace };
        app::import_access_log(data, config, &options, &service.machine, &mut |_| {
            together.wait();
        })
        .unwrap()
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = files.iter().map(|file| scope.spawn(|| import(file))).collect();
        running.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

fn begun() -> (tempfile::TempDir, Clocked) {
    let (folder, data) = folder_with_sites(&[(HOST, "Europe/Paris")]);
    (folder, Clocked::start(data, "2026-11-24T10:00:00Z"))
}

#[test]
fn m7_of_two_logs_of_one_day_imported_at_once_one_is_refused() {
    let (folder, service) = begun();
    let day = date(2026, 11, 20);
    let logs = [log(folder.path(), "a.log", day, "/a"), log(folder.path(), "b.log", day, "/b")];
    let summaries = at_once(&service, &[&logs[0], &logs[1]], false);
    let written: Vec<_> = summaries.iter().map(|one| one.days_written.len()).collect();
    assert_eq!(written.iter().sum::<usize>(), 1, "{written:?}");
    let refused: Vec<_> = summaries.iter().flat_map(|one| &one.days_refused).collect();
    assert_eq!(refused, [&(day, "imported before from other lines")]);
    assert_eq!(service.day("2026-11-20").0, i64::from(LINES));
    // The days that are said to be written are the ones that are there.
    let page = if written[0] == 1 { "/a" } else { "/b" };
    service.publish(HOST, "2026-11-20");
    let file = service.get(&format!("/data/{HOST}/pages/2026-11-20.csv"), &[]).body;
    let other = if page == "/a" { "/b" } else { "/a" };
    assert!(file.contains(page) && !file.contains(&format!(",{other},")), "{file}");
}

#[test]
fn m7_one_log_imported_three_times_at_once_makes_one_revision() {
    let (folder, service) = begun();
    let file = log(folder.path(), "a.log", date(2026, 11, 20), "/a");
    let summaries = at_once(&service, &[&file, &file, &file], false);
    let written: usize = summaries.iter().map(|one| one.days_written.len()).sum();
    let known: usize = summaries.iter().map(|one| one.days_known.len()).sum();
    assert_eq!((written, known), (1, 2));
    let changes = service.count("select max(change) from site_day");
    service.publish(HOST, "2026-11-20");
    let summaries = at_once(&service, &[&file, &file, &file], true);
    assert!(summaries.iter().all(|one| one.days_written.is_empty()));
    assert_eq!(service.count("select max(change) from site_day"), changes);
    assert_eq!(service.revision(HOST, "2026-11-20"), 1);
}

#[test]
fn m7_who_replaces_says_what_was_there_before() {
    let (folder, service) = begun();
    let day = date(2026, 11, 20);
    let logs = [log(folder.path(), "a.log", day, "/a"), log(folder.path(), "b.log", day, "/b")];
    let summaries = at_once(&service, &[&logs[0], &logs[1]], true);
    let replaced: Vec<_> = summaries.iter().flat_map(|one| &one.days_replaced).collect();
    assert_eq!(replaced, [&(day, u64::from(LINES), u64::from(LINES))]);
}
