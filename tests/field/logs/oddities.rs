//! A log written by hand with every oddity, and a public one of a real server: both add up.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Import, gzip};
use crate::logs::{LogLine, days_ago};
use crate::service::query;

/// How a line of the hand-written log is counted: as a view, or not and why.
type Expected = Result<(), &'static str>;

/// The bytes of a line that asks for this and is answered so, without their end.
fn line(request: &str, status: u16) -> String {
    let line = LogLine { request, status, time: "11:00:00", ..LogLine::default() };
    line.on(days_ago(3)).trim_end().to_owned()
}

/// A page view with this instead of that.
fn view_with(this: &str, instead_of: &str) -> String {
    line("GET /page HTTP/1.1", 200).replacen(instead_of, this, 1)
}

/// Lines that are views, each with the bytes that end it.
fn views() -> Vec<Vec<u8>> {
    let view = line("GET /page HTTP/1.1", 200);
    let latin = line("GET /\u{e9} HTTP/1.1", 200).into_bytes();
    let latin: Vec<u8> = latin.into_iter().filter(|byte| *byte != 0xc3).collect();
    let mut all = vec![
        format!("\u{feff}{view}\n").into_bytes(),
        format!("{view}\r\n").into_bytes(),
        format!("{view}\r").into_bytes(),
        [vec![0; 5_000], format!("{view}\n").into_bytes()].concat(),
        format!("\"{}\"\n", view.replace('"', "\"\"")).into_bytes(),
        format!("\"{view}\"\r\n").into_bytes(),
        format!(" \t{view} \n").into_bytes(),
        format!("{view} \"-\" 0.004\n").into_bytes(),
        format!("{}\n", line("GET /page HTTP/2.0", 304)).into_bytes(),
        format!("{}\n", line("GET /caf\\xE9 HTTP/1.1", 200)).into_bytes(),
        [latin, b"\n".to_vec()].concat(),
    ];
    for address in ["198.51.100.7:42918", "[2001:db8::7]:443", "fe80::1%enp0s8", "\"[::1]\""] {
        all.push(format!("{}\n", view_with(address, "192.0.2.1")).into_bytes());
    }
    all
}

/// Lines that are not counted, each with its reason.
fn refusals() -> Vec<(Vec<u8>, &'static str)> {
    let view = line("GET /page HTTP/1.1", 200);
    let wide = view.bytes().flat_map(|byte| [byte, 0]).collect::<Vec<u8>>();
    let mut all =
        vec![(Vec::new(), "blank"), (wide, "encoding"), (vec![b'x'; 40_000], "line_too_long")];
    let today = LogLine::default().on(days_ago(0));
    for (text, reason) in [
        (format!("{view}{view}"), "two_records"),
        (format!("'{view}'"), "quoted"),
        (view[..60].to_owned(), "line_cut"),
        ("[notice] caught SIGTERM".to_owned(), "format"),
        (view_with("host.example", "192.0.2.1"), "address_name"),
        (view_with("192.0.2.1, 10.0.0.1", "192.0.2.1"), "address_list"),
        (view_with("192.0.2.1:99999", "192.0.2.1"), "address"),
        (view_with("+0199", "+0100"), "time"),
        (view_with(" - ", " 200 "), "status"),
        (view_with("Googlebot/2.1", "Mozilla/5.0"), "robot"),
        (line("\\x16\\x03\\x01", 400), "request"),
        (line("GET http://other.example/ HTTP/1.1", 200), "other_host"),
        (line("HEAD /page HTTP/1.1", 200), "method"),
        (line("GET /robots.txt HTTP/1.1", 200), "machine_path"),
        (line("GET /a.wasm HTTP/1.1", 200), "asset"),
        (line("GET /a.bin HTTP/1.1", 200), "file_type"),
        (line("GET /a.mp4 HTTP/1.1", 206), "partial_content"),
        (line("GET /old HTTP/1.1", 301), "redirect"),
        (line("GET /no HTTP/1.1", 403), "client_error"),
        (line("GET /page HTTP/1.1", 503), "server_error"),
        (line("GET /page HTTP/1.1", 101), "other_status"),
        (today.trim_end().to_owned(), "day_not_ended"),
    ] {
        all.push((text.into_bytes(), reason));
    }
    all.into_iter().map(|(bytes, reason)| ([bytes, b"\n".to_vec()].concat(), reason)).collect()
}

/// Every oddity on a line of its own.
fn oddities() -> Vec<(Vec<u8>, Expected)> {
    let views = views().into_iter().map(|bytes| (bytes, Ok(())));
    views.chain(refusals().into_iter().map(|(bytes, reason)| (bytes, Err(reason)))).collect()
}

#[test]
fn a_log_with_every_oddity_adds_up() {
    let all = oddities();
    let mut refused: BTreeMap<&str, u64> = BTreeMap::new();
    for reason in all.iter().filter_map(|(_, expected)| expected.err()) {
        *refused.entry(reason).or_default() += 1;
    }
    let views = all.iter().filter(|(_, expected)| expected.is_ok()).count() as u64;
    let refused: Vec<_> = refused.into_iter().collect();
    let bytes: Vec<u8> = all.iter().flat_map(|(bytes, _)| bytes.iter().copied()).collect();
    let import = Import::new();
    import.files(&[("oddities.log", &bytes)]).is(0, all.len() as u64, views, &refused);
    assert_eq!(import.counted()[0] as u64, views);
    // Each line by itself, so that none is right by chance.
    for (bytes, expected) in &all {
        let import = Import::new();
        let said = import.files(&[("one.log", bytes)]);
        let counted = u64::from(expected.is_ok());
        let reason = expected.err().map(|reason| (reason, 1));
        let text = String::from_utf8_lossy(bytes);
        // A text whose every second byte is zero is UTF-16 if nothing stands before it.
        if reason != Some(("encoding", 1)) {
            assert_eq!((said.lines, said.counted), (1, counted), "{text}: {}", said.text);
            assert_eq!(said.refused.len(), reason.iter().count(), "{text}: {}", said.text);
        }
    }
}

/// A real log of a public server, made anonymous by its publisher (crate rhit, MIT). It is fetched
/// by `deploy/setup.sh test`.
fn public_log() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("build/lists/rhit-2.0.4/access.log");
    let text = std::fs::read_to_string(&path);
    text.unwrap_or_else(|error| panic!("{}: {error}; run deploy/setup.sh test", path.display()))
}

/// Views, downloads and missing pages of the log, counted by plain words and without the program.
fn count_by_hand(text: &str) -> [u64; 3] {
    let files =
        ["js", "png", "css", "ico", "svg", "json", "xml", "jpg", "jpeg", "woff2", "map", "exe"];
    let mut counted = [0; 3];
    for line in text.lines() {
        let Some((_, rest)) = line.split_once("] \"GET ") else { continue };
        let Some((target, rest)) = rest.split_once(" HTTP/") else { continue };
        let Some((_, rest)) = rest.split_once("\" ") else { continue };
        let status = rest.split(' ').next().unwrap();
        let path = target.split(['?', '#']).next().unwrap();
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap().to_ascii_lowercase();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_for_programs = path.contains("/.")
            || ["robots.txt", "ads.txt", "security.txt", "feed"].contains(&name.as_str());
        if !path.starts_with('/') || is_for_programs || files.contains(&extension) {
            continue;
        }
        match (status, extension) {
            ("200" | "304", "txt") => counted[1] += 1,
            ("200" | "304", _) => counted[0] += 1,
            ("404" | "410", _) => counted[2] += 1,
            _ => {}
        }
    }
    counted
}

#[test]
fn a_public_log_adds_up_and_has_the_views_that_are_counted_by_hand() {
    let text = public_log();
    let lines = text.lines().count() as u64;
    let [views, downloads, missing] = count_by_hand(&text);
    // Without agents nobody is taken for a robot, so every page counts.
    let common = |line: &str| {
        let end = line.rmatch_indices('"').nth(3).map_or(line.len(), |(at, _)| at);
        format!("{}\n", line[..end].trim_end())
    };
    let plain: String = text.lines().map(common).collect();
    let import = Import::new();
    let said = import.files(&[("common.log", plain.as_bytes())]);
    assert_eq!((said.code, said.lines), (0, lines), "{}", said.text);
    assert_eq!(said.counted, views + downloads + missing, "{}", said.text);
    let events = "select coalesce(sum(events), 0) from count_day where dimension = 0";
    let events = query(&import.data.join("store.sqlite"), events) as u64;
    assert_eq!([import.counted()[0] as u64, events], [views, downloads + missing], "{}", said.text);
    // With agents, what is not counted more is robots, each under its reason; and its packed copy
    // adds nothing.
    let import = Import::new();
    let said = import.files(&[("a.log", text.as_bytes()), ("a.log.gz", &gzip(&text))]);
    let robots: u64 =
        said.refused.iter().filter(|(name, _)| name.starts_with("robot")).map(|(_, n)| n).sum();
    assert_eq!((said.code, said.lines, said.refused["repeated"]), (0, 2 * lines, lines));
    assert_eq!(said.counted + robots, views + downloads + missing, "{}", said.text);
    assert!(robots > 100 && said.counted > 1_000, "{}", said.text);
}
