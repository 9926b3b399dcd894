//! The command line: each command does its work, says what it did, and exits 0, 1 or 2.

use std::io::Write;
use std::process::Stdio;

use crate::service::{Service, folder_with_site, program, run};

#[test]
fn sites_are_added_shown_changed_and_removed() {
    let (_folder, data) = folder_with_site();
    let list = run(&data, &["site", "list"]).1;
    assert!(list.starts_with("www.example.fr\tEurope/Paris\texample.fr\texempt\t"), "{list}");
    let (code, said) = run(&data, &["site", "add", "https://www.example.fr/"]);
    assert_eq!(code, 2);
    assert!(said.contains("without https://"), "{said}");
    let (code, said) = run(&data, &["site", "add", "example.fr"]);
    assert_eq!(code, 1);
    assert!(said.contains("already counted"), "{said}");
    let (code, said) = run(&data, &["site", "add", "x.fr", "--zone", "Europe/Atlantis"]);
    assert_eq!(code, 1);
    assert!(said.contains("IANA"), "{said}");
    let words = ["site", "set", "www.example.fr", "--alias", "m.example.fr,old.example.fr"];
    assert_eq!(run(&data, &words).0, 0);
    let list = run(&data, &["site", "list"]).1;
    assert!(list.contains("\tm.example.fr,old.example.fr\texempt\t"), "{list}");
    assert_eq!(run(&data, &["site", "remove", "www.example.fr"]).0, 2);
    assert_eq!(run(&data, &["site", "remove", "www.example.fr", "--yes"]).0, 0);
    assert_eq!(run(&data, &["site", "list"]).1, "");
    let (code, said) = run(&data, &["site", "remove", "www.example.fr", "--yes"]);
    assert_eq!(code, 1);
    assert!(said.contains("parvis site list"), "{said}");
}

#[test]
fn a_declared_parameter_stays_in_the_path() {
    let (_folder, data) = folder_with_site();
    assert_eq!(run(&data, &["site", "set", "www.example.fr", "--query-keep", "page"]).0, 0);
    let service = Service::start(&data);
    let page = "https://www.example.fr/search?page=2&name=jean";
    assert_eq!(service.view("192.0.2.1", page, "k").status, 202);
    assert!(service.stop().success());
    let sql = "select count(*) from value where text = '/search?page=2'";
    assert_eq!(crate::service::query(&data.join("store.sqlite"), sql), 1);
}

#[test]
fn an_administrator_is_added_and_signs_in() {
    let (_folder, data) = folder_with_site();
    let add = |password: &str| {
        let mut command = program();
        command.arg("--data").arg(&data).args(["user", "add", "jeanne"]);
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        writeln!(process.stdin.take().unwrap(), "{password}").unwrap();
        process.wait().unwrap().code()
    };
    assert_eq!(add("short"), Some(2));
    assert_eq!(add("a-long-password"), Some(0));
    assert_eq!(add("a-long-password"), Some(1));
    let service = Service::start(&data);
    assert!(service.first_link.is_none());
    let form = ("content-type", "application/x-www-form-urlencoded");
    let sign_in = |password: &str, headers: &[(&str, &str)]| {
        let body = format!("login=jeanne&password={password}");
        service.post("/admin/sign-in", headers, body.as_bytes())
    };
    let wrong = sign_in("another-password", &[form]);
    assert!(wrong.header("set-cookie").is_none() && wrong.body.contains("do not belong together"));
    assert_eq!(sign_in("a-long-password", &[form, ("origin", "https://evil.test")]).status, 403);
    let right = sign_in("a-long-password", &[form]);
    let cookie = right.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let session = ("cookie", cookie.split(';').next().unwrap());
    assert_eq!(service.get("/admin", &[session]).status, 200);
    assert_eq!(service.get("/admin", &[]).header("location"), Some("/admin/sign-in"));
    assert_eq!(service.get("/admin/live/events?site=www.example.fr", &[]).status, 401);
    assert_eq!(service.post("/admin/sign-out", &[session], b"").status, 303);
    assert_eq!(service.get("/admin", &[session]).status, 303);
}

#[test]
fn guessing_passwords_is_slowed_down() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let statuses: Vec<_> = (0..25)
        .map(|_| service.post("/admin/sign-in", &form, b"login=a&password=guess").status)
        .collect();
    // Ten a minute; a minute may end in between.
    assert!(statuses.iter().filter(|&&status| status == 429).count() >= 5, "{statuses:?}");
}

#[test]
fn settings_that_cannot_be_used_are_misuse_and_name_their_cure() {
    let (folder, data) = folder_with_site();
    let file = folder.path().join("parvis.toml");
    std::fs::write(&file, "trusted_proxies = [\"everybody\"]").unwrap();
    let (code, said) = run(&data, &["serve", "--config", file.to_str().unwrap()]);
    assert_eq!(code, 2);
    assert!(said.contains("10.0.0.0/8"), "{said}");
    assert_eq!(run(&data, &["serve", "--colour", "blue"]).0, 2);
    let (code, said) = run(&data, &["serve", "--listen", "192.0.2.1:80"]);
    assert_eq!(code, 1);
    assert!(said.contains("--listen"), "{said}");
}

#[test]
fn organisations_are_a_tree() {
    let (_folder, data) = folder_with_site();
    let of = |words: &[&str]| run(&data, &[&["organisation"], words].concat());
    assert_eq!(of(&["set", "state", "--name", "State"]).0, 0);
    let ministry = ["set", "ministry", "--name", "Ministry", "--parent", "state"];
    assert_eq!(of(&[&ministry[..], &["--identifier", "110043015"]].concat()).0, 0);
    let list = "ministry\tMinistry\t110043015\tstate\nstate\tState\t\t\n";
    assert_eq!(of(&["list"]).1, list);
    for (words, code, says) in [
        (vec!["set", "state", "--name", "State", "--parent", "ministry"], 1, "part of itself"),
        (vec!["set", "state", "--name", "State", "--parent", "state"], 1, "part of itself"),
        (vec!["set", "x", "--name", "X", "--parent", "nobody"], 1, "parvis organisation list"),
        (vec!["set", "Upper Case", "--name", "X"], 2, "a to z"),
        (vec!["set", "x", "--name", ""], 2, "1 to 200 bytes"),
        (vec!["remove", "state"], 1, "move or remove them first"),
        (vec!["remove", "nobody"], 1, "parvis organisation list"),
    ] {
        let (found, said) = of(&words);
        assert_eq!(found, code, "{words:?}: {said}");
        assert!(said.contains(says), "{words:?}: {said}");
        assert_eq!(of(&["list"]).1, list, "{words:?}");
    }
    let site = |slug| run(&data, &["site", "set", "www.example.fr", "--organisation", slug]).0;
    assert_eq!((site("nobody"), site("ministry")), (1, 0));
    assert_eq!(of(&["remove", "ministry"]).0, 1);
    assert_eq!(site(""), 0);
    assert_eq!((of(&["remove", "ministry"]).0, of(&["remove", "state"]).0), (0, 0));
    assert_eq!(of(&["list"]).1, "");
}

#[test]
fn an_export_that_cannot_be_made_says_what_there_is() {
    let (_folder, data) = folder_with_site();
    let of = |site, dataset, period, format| {
        let words = ["--site", site, "--dataset", dataset, "--period", period, "--format", format];
        run(&data, &[&["export"], &words[..]].concat())
    };
    let host = "www.example.fr";
    for (outcome, code, says) in [
        (of(host, "traffic", "2026-10", "csv"), 0, "site,period,views"),
        (of(host, "weather", "2026-10", "csv"), 2, "traffic, pages"),
        (of(host, "traffic", "lately", "csv"), 2, "2026-11-22"),
        (of(host, "traffic", "2026-10", "dbf"), 2, "csv, json, parquet"),
        (of("www.nobody.fr", "traffic", "2026-10", "csv"), 1, "parvis site list"),
    ] {
        assert!(outcome.0 == code && outcome.1.contains(says), "{says}: {outcome:?}");
    }
}

#[test]
fn a_closed_pipe_ends_a_command_quietly() {
    let (_folder, data) = folder_with_site();
    for words in [["site", "list"].as_slice(), &["check"], &["break", "list"], &["publish"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = program();
        command.arg("--data").arg(&data).args(words).stdout(writer);
        let output = command.stderr(std::process::Stdio::piped()).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
    }
}

#[test]
fn what_is_not_named_stays_and_an_empty_list_is_removed() {
    let (_folder, data) = folder_with_site();
    let set = |words: &[&str]| {
        let (code, said) = run(&data, &[&["site", "set", "www.example.fr"], words].concat());
        assert_eq!(code, 0, "{said}");
    };
    set(&["--section", "/services/", "--query-keep", "page", "--feature", "print"]);
    set(&["--visitors-min", "12"]);
    let list = run(&data, &["site", "list"]).1;
    for kept in
        ["section=/services/", "query-keep=page", "feature=print", "visitors-min=12", "gpc=drop"]
    {
        assert!(list.contains(kept), "{list}");
    }
    set(&["--section", "", "--query-keep", "", "--alias", ""]);
    let list = run(&data, &["site", "list"]).1;
    assert!(list.contains("\tsection=\t") && list.contains("\tquery-keep=\t"), "{list}");
    assert!(list.starts_with("www.example.fr\tEurope/Paris\t\texempt"), "{list}");
}
