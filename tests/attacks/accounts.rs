//! Accounts: one first administrator, and what ends sessions (M1, M2).

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use crate::attacks::beside::{connect, host_of, post};
use crate::clocked::{Clocked, folder_with_sites};
use crate::service::{PATIENCE, Service, folder_with_site, program, query, run, wait_until};

/// Within which an open stream ends after its session.
const STREAM_ENDS: Duration = Duration::from_secs(6);

/// Runs `parvis user` with a password on standard input.
pub fn user(data: &Path, words: &[&str], password: &str) -> (i32, String) {
    let mut command = program();
    command.arg("--data").arg(data).arg("user").args(words);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    // A command that asks for none may have ended before it is written.
    let _ = writeln!(process.stdin.take().unwrap(), "{password}");
    let output = process.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8_lossy(&said).into_owned())
}

pub fn add_user(data: &Path, login: &str, password: &str) {
    let (code, said) = user(data, &["add", login], password);
    assert_eq!(code, 0, "{said}");
}

pub fn form_of(login: &str, password: &str) -> String {
    format!("login={login}&password={password}")
}

/// Sends the form to sign in; returns the status and the cookies that were set.
pub fn sign_in(service: &Service, form: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let answer = service.post("/admin/sign-in", &[&kind, headers].concat(), form.as_bytes());
    let cookies = answer.headers.get_all("set-cookie").iter();
    let cookies = cookies.filter_map(|one| one.to_str().ok()?.split(';').next());
    (answer.status, cookies.collect::<Vec<_>>().join("; "))
}

/// An open stream of live figures, after its first figures.
fn open_stream(service: &Service, cookie: &str) -> BufReader<TcpStream> {
    let mut stream = connect(&host_of(service));
    let path = "/admin/live/events?site=www.example.fr";
    write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\ncookie: {cookie}\r\n\r\n").unwrap();
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    while !line.starts_with("data: ") {
        line.clear();
        assert!(stream.read_line(&mut line).unwrap() > 0, "no figures came");
    }
    stream
}

/// Waits until the service ends a stream, and says how long that took.
fn ends(mut stream: BufReader<TcpStream>) -> Duration {
    let began = Instant::now();
    let mut line = String::new();
    // The last chunk of a body has no bytes.
    while line.trim_end() != "0" {
        line.clear();
        if stream.read_line(&mut line).unwrap() == 0 {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "the stream goes on");
    }
    began.elapsed()
}

#[test]
fn m1_a_one_time_link_makes_one_administrator_however_many_use_it_at_once() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let link = service.first_link.clone().unwrap();
    let token = link.split_once("token=").unwrap().1.to_owned();
    let (host, together) = (host_of(&service), Arc::new(Barrier::new(6)));
    let racers: Vec<_> = (0..6)
        .map(|racer| {
            let (host, token, together) = (host.clone(), token.clone(), together.clone());
            std::thread::spawn(move || {
                let mut stream = connect(&host);
                let form = format!("token={token}&login=racer{racer}&password=a-long-password");
                together.wait();
                post(&mut stream, "/admin/first", "accept: */*", &form).unwrap()
            })
        })
        .collect();
    let answers: Vec<_> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
    let of = |wanted: u16| answers.iter().filter(|(status, _)| *status == wanted).count();
    assert_eq!((of(303), of(404)), (1, 5), "{answers:?}");
    assert_eq!(answers.iter().filter(|(_, head)| head.contains("parvis-session=")).count(), 1);
    let count =
        |table: &str| query(&data.join("store.sqlite"), &format!("select count(*) from {table}"));
    assert_eq!((count("staff"), count("session")), (1, 1));
    // A password that is refused does not use the link up.
    assert_eq!(service.get(&link, &[]).status, 404);
}

#[test]
fn m1_a_password_that_is_refused_leaves_the_link_as_it_is() {
    let (_folder, data) = folder_with_site();
    let service = Service::start(&data);
    let link = service.first_link.clone().unwrap();
    let token = link.split_once("token=").unwrap().1.to_owned();
    let send = |password: &str| {
        let form = format!("token={token}&login=jeanne&password={password}");
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        service.post("/admin/first", &headers, form.as_bytes())
    };
    let refused = send("jeannejeanne");
    assert_eq!(refused.status, 200);
    assert!(refused.body.contains("made of the login"), "{}", refused.body);
    // What was typed as login need not be typed again, and the password is not sent back.
    assert!(refused.body.contains(r#"value="jeanne""#) && !refused.body.contains("jeannejeanne"));
    assert_eq!(send("chaise verte sous la pluie").status, 303);
    assert_eq!(send("chaise verte sous la pluie").status, 404);
}

#[test]
fn m2_accounts_are_listed_changed_and_removed() {
    let (_folder, data) = folder_with_site();
    assert_eq!(user(&data, &["list"], ""), (0, String::new()));
    add_user(&data, "martin", "a-long-password");
    add_user(&data, "jeanne", "a-long-password");
    let (code, said) = user(&data, &["list"], "");
    let logins: Vec<_> = said.lines().map(|line| line.split('\t').next().unwrap()).collect();
    assert_eq!((code, logins), (0, vec!["jeanne", "martin"]));
    for words in [["password", "nobody"], ["remove", "nobody"]] {
        let (code, said) = user(&data, &words, "another-long-password");
        assert!(code == 1 && said.contains("parvis user list"), "{words:?}: {said}");
    }
    let (code, said) = user(&data, &["password", "jeanne"], "jeannejeanne");
    assert!(code == 2 && said.contains("made of the login"), "{said}");
    let (code, said) = user(&data, &["remove", "martin"], "");
    assert!(code == 0 && !said.contains("No administrator is left"), "{said}");
    let (code, said) = user(&data, &["remove", "jeanne"], "");
    assert!(code == 0 && said.contains("No administrator is left"), "{said}");
    assert_eq!(run(&data, &["user", "list"]), (0, String::new()));
}

#[test]
fn m2_another_password_and_removing_end_sessions_and_open_streams_while_serving() {
    let (_folder, data) = folder_with_site();
    for login in ["jeanne", "martin", "denise"] {
        add_user(&data, login, "a-long-password");
    }
    let service = Service::start(&data);
    let open = |login: &str| {
        let (status, cookie) = sign_in(&service, &form_of(login, "a-long-password"), &[]);
        assert_eq!(status, 303, "{login}");
        let stream = open_stream(&service, &cookie);
        (cookie, stream)
    };
    let is_in = |cookie: &str| service.get("/admin", &[("cookie", cookie)]).status == 200;
    let (jeanne, jeannes) = open("jeanne");
    let (martin, martins) = open("martin");
    let (denise, denises) = open("denise");
    assert!(user(&data, &["list"], "").1.lines().all(|line| line.ends_with("\t1")));

    assert_eq!(user(&data, &["password", "jeanne"], "another-long-password").0, 0);
    assert!(!is_in(&jeanne) && is_in(&martin) && is_in(&denise));
    assert!(ends(jeannes) < STREAM_ENDS);
    // The browser that was known is known no more, and the old password is none.
    assert_eq!(
        sign_in(&service, &form_of("jeanne", "a-long-password"), &[("cookie", &jeanne)]).0,
        200
    );
    assert_eq!(sign_in(&service, &form_of("jeanne", "another-long-password"), &[]).0, 303);

    assert_eq!(user(&data, &["remove", "martin"], "").0, 0);
    assert!(!is_in(&martin) && is_in(&denise));
    assert!(ends(martins) < STREAM_ENDS);
    assert_eq!(sign_in(&service, &form_of("martin", "a-long-password"), &[]).0, 200);

    assert_eq!(service.post("/admin/sign-out", &[("cookie", &denise)], b"").status, 303);
    assert!(!is_in(&denise));
    assert!(ends(denises) < STREAM_ENDS);
}

#[test]
fn m2_sessions_whose_time_is_over_are_deleted_and_their_streams_end() {
    let (_folder, data) = folder_with_sites(&[("www.example.fr", "Europe/Paris")]);
    let service = Clocked::start(data, "2026-11-28T08:00:00Z");
    let sessions = || service.count("select count(*) from session");
    let cookie = service.sign_in();
    service.at("2026-11-28T19:59:00Z");
    assert_eq!(service.get("/admin", &[("cookie", &cookie)]).status, 200);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(sessions(), 1);
    service.at("2026-11-28T20:00:01Z");
    assert_eq!(service.get("/admin", &[("cookie", &cookie)]).status, 303);
    wait_until("the session is deleted", || sessions() == 0);
}
