//! Ends of lines, marks, encodings, addresses and files by their kind (rows 15, 18, 41, 43).

use super::{Import, day_of, texts};
use crate::logs::{LogLine, days_ago, view};
use crate::service::{query, run};

fn utf16(text: &str, is_big: bool) -> Vec<u8> {
    let bytes = |unit: u16| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn row_43_every_end_of_line_mark_and_encoding_is_read() {
    let day = days_ago(3);
    let text = day_of(day, 0..5);
    let quoted: String =
        text.lines().map(|line| format!("\"{}\"\n", line.replace('"', "\"\""))).collect();
    let wrapped: String = text.lines().map(|line| format!("\"{line}\"\n")).collect();
    let marked = format!("\u{feff}{text}");
    let mut mixed = text.clone();
    mixed.replace_range(text.find('\n').unwrap()..=text.find('\n').unwrap(), "\r");
    for (name, bytes) in [
        ("lf", text.clone().into_bytes()),
        ("crlf", text.replace('\n', "\r\n").into_bytes()),
        ("cr", text.replace('\n', "\r").into_bytes()),
        ("one cr", mixed.into_bytes()),
        ("no last end", text.trim_end().to_owned().into_bytes()),
        ("mark", marked.clone().into_bytes()),
        ("zeros", [vec![0; 100_000], text.clone().into_bytes()].concat()),
        ("cells", quoted.into_bytes()),
        ("quotes", wrapped.into_bytes()),
        ("utf-16 le", utf16(&marked.replace('\n', "\r\n"), false)),
        ("utf-16 be", utf16(&marked, true)),
        ("utf-16 le without mark", utf16(&text, false)),
        ("utf-16 be without mark", utf16(&text, true)),
    ] {
        let import = Import::new();
        let said = import.files(&[(&format!("{name}.log"), &bytes)]);
        said.is(0, 5, 5, &[]);
        assert_eq!(import.counted(), [5, 5, 1], "{name}");
    }
}

#[test]
fn row_43_many_lines_that_end_with_cr_are_not_one_long_line() {
    let import = Import::new();
    let text = day_of(days_ago(3), 0..400).replace('\n', "\r");
    import.files(&[("cr.log", text.as_bytes())]).is(0, 400, 400, &[]);
}

#[test]
fn row_43_what_cannot_be_read_is_refused_by_its_cause() {
    let day = days_ago(3);
    let line = view(day, 1, "/a");
    let line = line.trim_end();
    let fields = line.split(' ').map(|field| format!("'{field}'")).collect::<Vec<_>>().join(" ");
    let mut late = line.as_bytes().to_vec();
    late.push(b'\n');
    late.extend(utf16(&format!("{line}\n"), false));
    for (reason, bytes) in [
        ("two_records", format!("{line}{line}\n").into_bytes()),
        ("two_records", format!("{}{line}\n", &line[..90]).into_bytes()),
        ("quoted", format!("'{line}'\n").into_bytes()),
        ("quoted", fields.into_bytes()),
        ("blank", b"\n".to_vec()),
        ("line_cut", line.as_bytes()[..line.len() - 9].to_vec()),
    ] {
        let import = Import::new();
        let text = [day_of(day, 0..3).into_bytes(), bytes].concat();
        import.files(&[("a.log", &text)]).is(0, 4, 3, &[(reason, 1)]);
    }
    let import = Import::new();
    let said = import.files(&[("late.log", &late)]);
    assert_eq!((said.code, said.counted), (0, 1), "{}", said.text);
    assert!(said.refused.contains_key("encoding"), "{}", said.text);
}

#[test]
fn row_41_addresses_are_counted_without_port_and_scope() {
    let import = Import::new();
    let day = days_ago(3);
    let right = [
        "198.51.100.7",
        "198.51.100.7:42918",
        "::ffff:198.51.100.7",
        "2001:db8::7",
        "[2001:db8::7]:443",
        "fe80::1%enp0s8",
        "\"[::1]\"",
    ];
    let wrong = ["198.51.100.7:99999", "198.51.100.300", "[2001:db8::7", "unknown"];
    let of = |address: &&str| LogLine { address, ..LogLine::default() }.on(day);
    let text: String = right.iter().chain(&wrong).map(of).collect();
    let refused = [("address", 3), ("address_name", 1)];
    import.files(&[("a.log", text.as_bytes())]).is(0, 11, 7, &refused);
    // Three of them are one reader, two another.
    assert_eq!(import.counted(), [7, 4, 1]);
}

#[test]
fn row_15_files_are_no_page_views_and_downloads_are_those_of_the_site() {
    let import = Import::new();
    let day = days_ago(3);
    let of = |path: &str| {
        let request = format!("GET {path} HTTP/1.1");
        LogLine { request: &request, ..LogLine::default() }.on(day)
    };
    let pages = ["/", "/v1.2", "/article.de", "/john.smith", "/a.html", "/a.PHP", "/x.zip/"];
    let downloads = ["/a.pdf", "/A.GPKG", "/x.iso?v=2", "/x.tar.gz"];
    let files = ["/x.bin", "/x.parquet", "/x.deb", "/x.vsdx"];
    let assets = ["/x.wasm", "/x.woff2", "/x.avif", "/x.webm", "/a.json", "/a.xml"];
    let all = [&pages[..], &downloads, &files, &assets].concat();
    let text: String = all.iter().map(|path| of(path)).collect();
    let log = import.write("a.log", &text);
    import.run(&[&log]).is(0, 21, 11, &[("asset", 6), ("file_type", 4)]);
    let events = "select sum(events) from count_day where dimension = 0";
    let store = import.data.join("store.sqlite");
    assert_eq!((import.counted()[0], query(&store, events)), (7, 4));
    // What the site declares is a download for its logs, and shown in its tag.
    let words = ["site", "set", super::HOST, "--download", ".Parquet,json"];
    assert_eq!(run(&import.data, &words).0, 0);
    import.run(&["--replace", &log]).is(0, 21, 13, &[("asset", 5), ("file_type", 3)]);
    assert_eq!((import.counted()[0], query(&store, events)), (7, 6));
    let (code, said) = run(&import.data, &["site", "set", super::HOST, "--download", "tar.xz"]);
    assert!(code == 2 && said.contains("is no extension"), "{said}");
}

#[test]
fn row_18_bytes_that_are_not_utf_8_are_those_of_an_address() {
    let day = days_ago(3);
    let of = |path: &[u8]| {
        let line = view(day, 1, "/PATH");
        let (before, after) = line.split_once("/PATH").unwrap();
        [before.as_bytes(), path, after.as_bytes()].concat()
    };
    let ways: [&[u8]; 4] = [b"/caf\\xE9", b"/caf\\xe9", b"/caf\xe9", b"/caf%E9"];
    let texts = ways.map(|path| {
        let import = Import::new();
        import.files(&[("a.log", &of(path))]).is(0, 1, 1, &[]);
        texts(&import.data)
    });
    for found in &texts {
        assert_eq!(*found, texts[3]);
        assert!(!found.iter().any(|text| text.contains('\u{fffd}') || text.contains("%EF%BF%BD")));
    }
}

#[test]
fn row_6_a_long_query_costs_neither_the_view_nor_its_source() {
    let import = Import::new();
    let day = days_ago(3);
    let long = "x".repeat(2_500);
    let request = format!("GET /p?x={long} HTTP/1.1");
    let referrer = format!("https://m.baidu.com/tc?x={long}");
    let line = LogLine { request: &request, referrer: &referrer, ..LogLine::default() }.on(day);
    import.files(&[("a.log", line.as_bytes())]).is(0, 1, 1, &[]);
    let texts = texts(&import.data);
    assert!(
        ["/p", "Baidu"].iter().all(|text| texts.iter().any(|found| found == text)),
        "{texts:?}"
    );
}

#[test]
fn kind_8_a_log_of_one_address_is_warned_of() {
    let day = days_ago(3);
    let of = |address: &str| LogLine { address, ..LogLine::default() }.on(day);
    for (own, proxied, warns) in [(0, 25, true), (1, 25, true), (20, 5, false), (0, 5, false)] {
        let import = Import::new();
        let text = day_of(day, 0..own) + &of("10.0.0.1").repeat(proxied);
        let said = import.files(&[("a.log", text.as_bytes())]);
        assert_eq!(said.text.contains("come from one address"), warns, "{}", said.text);
        assert!(!said.text.contains("10.0.0.1"));
    }
}
