//! Texts that are imported as logs, as the command does it.

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use parvis::app::{self, ImportOptions, Machine, SiteOptions, Summary};
use parvis::config::Config;
use parvis::store::SqliteStore;

/// The settings, with no environment.
static CONFIG: LazyLock<Config> = LazyLock::new(|| Config::read(None, &|_| None).unwrap());

fn machine() -> Machine {
    let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
    Machine::with_clock(Arc::new(move || now), Arc::new(|bytes| bytes.fill(7)))
}

/// Of each line it is said what became of it, and a second import counts nothing more.
pub fn import_twice(text: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("data"), folder.path().join("access.log"));
    let machine = machine();
    let now = (machine.clock)();
    app::add_site(&data, "www.example.fr", "Europe/Paris", SiteOptions::default(), now).unwrap();
    std::fs::write(&log, text).unwrap();
    let import = || {
        let files = vec![log.to_str().unwrap().to_owned()];
        let options = ImportOptions { files, site: "www.example.fr".to_owned(), replace: false };
        app::import_access_log(&data, &CONFIG, &options, &machine, &mut |_| {})
    };
    let Ok(first) = import() else { return };
    check(&first);
    let second = import().unwrap();
    check(&second);
    assert_eq!((second.lines, second.counted), (first.lines, 0));
    assert_eq!(second.refused_by("day_known"), first.counted);
    drop(SqliteStore::open(&data).unwrap());
}

fn check(summary: &Summary) {
    let refused: u64 = summary.refused.values().sum();
    assert_eq!(summary.lines, summary.counted + refused, "{:?}", summary.refused);
}
