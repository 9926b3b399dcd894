//! Who may read the data folder, and how many may use it (H4, and the lock of the low ones).

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::service::{Service, folder_with_site, log_of, run, wait_until};

/// All that is in a folder and may be touched by others, the folder too.
fn open_to_others(data: &Path) -> Vec<(PathBuf, u32)> {
    let entries = walkdir::WalkDir::new(data).into_iter().map(|entry| entry.unwrap().into_path());
    let modes = entries.filter_map(|path| {
        let mode = fs::metadata(&path).ok()?.permissions().mode() & 0o777;
        Some((path, mode))
    });
    modes.filter(|(_, mode)| mode & 0o077 != 0).collect()
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// Runs a command as somebody whose files are open to everybody.
fn run_with_open_files(data: &Path, words: &[&str], input: &str) {
    let mut command = Command::new("sh");
    command.args(["-c", "umask 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_parvis"), "--data"]);
    command.arg(data).args(words).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut process = command.spawn().unwrap();
    std::io::Write::write_all(&mut process.stdin.take().unwrap(), input.as_bytes()).unwrap();
    assert!(process.wait().unwrap().success(), "{words:?}");
}

#[test]
fn h4_every_command_makes_files_for_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let logs = folder.path().join("access.log");
    let line = "192.0.2.1 - - [27/Nov/2026:10:00:00 +0100] \"GET / HTTP/1.1\" 200 5\n";
    fs::write(&logs, line).unwrap();
    let import = ["import", "access-log", logs.to_str().unwrap(), "--site", "www.example.fr"];
    // Each is the first command in its folder, and then follows another.
    for (number, words) in [
        ["site", "add", "www.example.fr"].as_slice(),
        &["user", "add", "jeanne"],
        &["organisation", "set", "ministry", "--name", "Ministry"],
        &["publish"],
        &["site", "list"],
    ]
    .into_iter()
    .enumerate()
    {
        let data = folder.path().join(format!("data-{number}"));
        for words in [words, &["site", "add", "www.example.net"], &["check"]] {
            run_with_open_files(&data, words, "a-long-password\n");
            assert_eq!(open_to_others(&data), [], "{words:?}");
        }
    }
    let data = folder.path().join("data-0");
    run_with_open_files(&data, &import, "");
    assert_eq!(open_to_others(&data), []);
}

#[test]
fn h4_what_the_service_writes_is_its_owners_alone() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    assert_eq!(service.view("192.0.2.1", "https://www.example.fr/", "k").status, 202);
    let names = ["journal", "salts", "network-keys"].map(|name| data.join(name));
    assert!(names.iter().all(|folder| folder.read_dir().unwrap().next().is_some()));
    assert_eq!(open_to_others(&data), []);
    assert!(service.stop().success());
    assert_eq!(open_to_others(&data), []);
}

/// A folder as an earlier version left it below one that an operator made with `mkdir`.
fn open_folder() -> (tempfile::TempDir, PathBuf) {
    let (folder, data) = folder_with_site();
    let service = Service::start(&data);
    assert_eq!(service.view("192.0.2.1", "https://www.example.fr/", "k").status, 202);
    service.kill();
    for entry in walkdir::WalkDir::new(&data) {
        let entry = entry.unwrap();
        set_mode(entry.path(), if entry.file_type().is_dir() { 0o755 } else { 0o644 });
    }
    (folder, data)
}

#[test]
fn h4_a_folder_that_others_may_read_is_closed_at_the_start_and_the_log_says_so() {
    let (_folder, data) = open_folder();
    let service = Service::start(&data);
    assert_eq!(open_to_others(&data), []);
    let log = fs::read_to_string(log_of(&data)).unwrap();
    assert!(log.contains("open to other users of this machine"), "{log}");
    assert!(service.stop().success());
    // The view of before is counted.
    assert_eq!(crate::service::views_counted(&data), 1);
}

#[test]
fn h4_check_closes_a_folder_that_others_may_read_and_says_so() {
    let (_folder, data) = open_folder();
    let (code, said) = run(&data, &["check"]);
    assert!(code == 0 && said.contains("open to other users of this machine"), "{said}");
    assert_eq!(open_to_others(&data), []);
    let (code, said) = run(&data, &["check"]);
    assert!(code == 0 && !said.contains("other users"), "{said}");
}

#[test]
fn h4_a_folder_with_other_things_that_others_may_read_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    fs::create_dir(&home).unwrap();
    fs::write(home.join("letter.txt"), b"Dear all").unwrap();
    set_mode(&home, 0o755);
    let (code, said) = run(&home, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(code == 1 && said.contains("chmod 700") && said.contains("--data"), "{said}");
    assert_eq!(fs::metadata(&home).unwrap().permissions().mode() & 0o777, 0o755);
    assert_eq!(home.read_dir().unwrap().count(), 1);
    // An empty one, as a volume is at first, is taken.
    let volume = folder.path().join("volume");
    fs::create_dir_all(volume.join("lost+found")).unwrap();
    set_mode(&volume, 0o777);
    let service = Service::start(&volume);
    assert_eq!(fs::metadata(&volume).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(service.stop().success());
}

#[test]
fn h4_what_is_published_as_files_is_for_its_owner_until_somebody_opens_it() {
    let (folder, data) = folder_with_site();
    let to = folder.path().join("site/open-data");
    for _ in 0..2 {
        assert_eq!(run(&data, &["publish", "--to", to.to_str().unwrap()]).0, 0);
        assert!(to.join("index.html").exists());
        assert_eq!(open_to_others(&folder.path().join("site")), []);
    }
}

#[test]
fn a_second_service_is_refused_though_the_lock_is_removed() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    for removed in [false, true] {
        if removed {
            fs::remove_file(data.join("lock")).unwrap();
        }
        let (code, said) = run(&data, &["serve", "--listen", "127.0.0.1:0"]);
        assert!(code == 1 && said.contains("in use by another `parvis serve`"), "{said}");
    }
    // Other commands go on beside it, and the first service is none the worse.
    assert_eq!(run(&data, &["site", "list"]).0, 0);
    assert_eq!(service.view("192.0.2.1", "https://www.example.fr/", "k").status, 202);
    assert!(service.stop().success());
    let second = Service::start(&data);
    wait_until("it is ready", || second.get("/readyz", &[]).status == 200);
}
