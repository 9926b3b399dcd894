//! Disks that fail: full, read-only, slow. Errors are clear, nothing is lost, and it mends by
//! itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use rusqlite::Connection;

use crate::service::{
    PATIENCE, Service, folder_with_site, log_of, program, run, views_counted, wait_until,
};

const PAGE: &str = "https://www.example.fr/";

/// The program in a mount namespace of its own, where `data` is a small disk in memory.
fn on_small_disk(data: &Path, setup: &str) -> Command {
    let mut command = Command::new("unshare");
    let script =
        format!("mount -t tmpfs -o size=1m none {0} && {setup} exec \"$@\"", data.display());
    // As an ordinary user the namespace maps this user to root inside.
    let words = ["--user", "--map-root-user", "--mount", "sh", "-c", &script, "sh"];
    let is_root = run_ok("test", &["-w", "/proc/1/oom_score_adj"]);
    command.args(if is_root { &words[2..] } else { &words[..] });
    command.arg(env!("CARGO_BIN_EXE_parvis"));
    command
}

fn run_ok(command: &str, words: &[&str]) -> bool {
    Command::new(command).args(words).status().is_ok_and(|status| status.success())
}

/// The small disk as the service's process sees it.
fn inside(service: &Service, data: &Path) -> PathBuf {
    PathBuf::from(format!("/proc/{}/root{}", service.id(), data.display()))
}

/// The views that the store on the small disk counts, read from a copy: SQLite does not open a
/// file of another process's mount by its path.
fn views_on(disk: &Path) -> usize {
    let copy = tempfile::tempdir().unwrap();
    for name in ["store.sqlite", "store.sqlite-wal"] {
        std::fs::copy(disk.join(name), copy.path().join(name)).unwrap();
    }
    views_counted(copy.path()) as usize
}

/// Sends views until one is not answered 202; returns how many were, and the other's status.
fn send_until_refused(service: &Service, from: usize) -> (usize, u16) {
    for number in 0..20_000 {
        let address = format!("198.51.{}.{}", number / 250 % 250, number % 250);
        let status = service.view(&address, PAGE, &format!("{from}-{number}")).status;
        if status != 202 {
            return (number, status);
        }
    }
    panic!("the disk was never full");
}

#[test]
fn a_full_disk_answers_503_loses_nothing_and_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let parvis = env!("CARGO_BIN_EXE_parvis");
    let add = format!("{parvis} --data {} site add www.example.fr >&2 &&", data.display());
    let service = Service::start_with(on_small_disk(&data, &add), &data, &[]);
    let disk = inside(&service, &data);
    let mut acknowledged = 0;
    for round in 0..3 {
        let filling = disk.join("filling");
        // Filled to its last block: the journal cannot grow. Later views may still fit into blocks
        // that it has, so the refusal comes after some.
        let _ = std::fs::write(&filling, vec![0; 2 << 20]);
        let (sent, status) = send_until_refused(&service, round);
        acknowledged += sent;
        assert_eq!(status, 503);
        let refused = service.view("192.0.2.1", PAGE, "not now");
        assert_eq!(refused.status, 503);
        assert!(refused.header("retry-after").is_some());
        assert_eq!(service.get("/readyz", &[]).status, 503);
        std::fs::remove_file(&filling).unwrap();
        wait_until("views are taken again", || {
            service.view("192.0.2.2", PAGE, &format!("after {round}")).status == 202
        });
        acknowledged += 1;
        assert_eq!(service.get("/readyz", &[]).status, 200);
    }
    let counted = || views_on(&disk);
    wait_until("all acknowledged views are counted", || counted() >= acknowledged);
    assert_eq!(counted(), acknowledged);
    let log = std::fs::read_to_string(log_of(&data)).unwrap();
    assert!(log.contains("refused with 503") && log.contains("can be written again"), "{log}");
}

#[test]
fn a_stalled_disk_answers_503_and_recovers() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    assert_eq!(service.view("192.0.2.1", PAGE, "first").status, 202);
    let mut files = data.join("journal").read_dir().unwrap().map(|entry| entry.unwrap().path());
    let journal = files.find(|file| file.extension().is_some_and(|end| end == "sqlite")).unwrap();
    let blocker = Connection::open(journal).unwrap();
    blocker.busy_timeout(PATIENCE).unwrap();
    blocker.execute_batch("begin immediate").unwrap();
    let refused = service.view("192.0.2.1", PAGE, "second");
    assert_eq!(refused.status, 503);
    assert!(refused.header("retry-after").is_some());
    blocker.execute_batch("rollback").unwrap();
    assert_eq!(service.view("192.0.2.1", PAGE, "second").status, 202);
    wait_until("both are counted", || views_counted(&data) == 2);
    assert!(service.stop().success());
    assert_eq!(views_counted(&data), 2);
}

#[test]
fn a_read_only_folder_is_a_clear_error_and_not_a_start() {
    let (_folder, data) = folder_with_site();
    let mut command = on_small_disk(&data, &format!("mount -o remount,ro {} &&", data.display()));
    let words = ["serve", "--listen", "127.0.0.1:0"];
    let output = command.arg("--data").arg(&data).args(words).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Read-only file system") && said.contains("--data"), "{said}");
}

#[test]
fn a_second_service_on_the_same_folder_is_refused() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let (code, said) = run(&data, &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(code, 1);
    assert!(said.contains("in use by another"), "{said}");
    drop(service);
    assert!(Service::start_with(program(), &data, &[]).stop().success());
}
