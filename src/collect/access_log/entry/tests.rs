//! Lines as servers really write them, with addresses and hosts set aside for documentation.

use proptest::prelude::*;

use super::*;

const TIME: &str = "[10/Oct/2000:13:55:36 -0700]";
const REQUEST: &str = r#""GET /a?b=c HTTP/1.1""#;
const AGENT: &str = r#""Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0""#;

/// A line of the combined format with this before the time.
fn after(head: &str) -> String {
    format!(r#"{head} {TIME} {REQUEST} 200 2326 "https://www.example.net/?q=1" {AGENT}"#)
}

/// A line of the combined format with this request.
fn asking(request: &str) -> String {
    format!(r#"192.0.2.7 - - {TIME} "{request}" 200 2326 "-" {AGENT}"#)
}

/// A line with this after the request.
fn ending(end: &str) -> String {
    format!("192.0.2.7 - - {TIME} {REQUEST}{end}")
}

fn read(line: &str) -> Entry<'_> {
    let entry = Entry::read(line.as_bytes());
    assert_eq!(entry.as_ref().err(), None, "{line}");
    entry.ok().unwrap()
}

fn refused(line: &str) -> Option<Refused> {
    Entry::read(line.as_bytes()).err()
}

#[test]
fn a_combined_line_has_every_field() {
    let line = after("192.0.2.7 - -");
    let entry = read(&line);
    assert_eq!((entry.host, entry.address.to_string().as_str()), (None, "192.0.2.7"));
    assert_eq!(entry.time.to_string(), "2000-10-10T20:55:36Z");
    assert_eq!((entry.method, entry.target.as_ref(), entry.status), ("GET", "/a?b=c", 200));
    assert_eq!(entry.referrer.as_deref(), Some("https://www.example.net/?q=1"));
    assert_eq!(entry.agent, AGENT.trim_matches('"'));
    assert_eq!(entry.layout, Layout::Combined);
}

#[test]
fn a_common_line_has_neither_referrer_nor_agent() {
    for end in [" 200 2326", " 304 -", " 200 5 0.004", r#" 200 5 "-""#, r#" 200 5 "-" 0.004"#] {
        let line = ending(end);
        let entry = read(&line);
        assert_eq!(entry.layout, Layout::Common, "{line}");
        assert_eq!((entry.referrer.as_deref(), entry.agent.as_ref()), (None, ""), "{line}");
    }
}

#[test]
fn a_dash_stands_for_what_is_missing() {
    for end in [r#" 200 - "-" "-""#, r#" 200 0 "" """#, r#" 200 0 "-" "-" "-" 0.004 0.003 ."#] {
        let line = ending(end);
        let entry = read(&line);
        assert_eq!((entry.referrer.as_deref(), entry.agent.as_ref()), (None, ""), "{line}");
        assert_eq!(entry.layout, Layout::Combined, "{line}");
    }
}

#[test]
fn a_virtual_host_may_stand_in_front() {
    for (head, host, address) in [
        ("www.example.org:443 192.0.2.7 - -", Some("www.example.org:443"), "192.0.2.7"),
        ("www.example.org 2001:db8::7 - -", Some("www.example.org"), "2001:db8::7"),
        ("www.example.org [2001:db8::7] - -", Some("www.example.org"), "2001:db8::7"),
        ("[2001:db8::1]:443 192.0.2.7 - -", Some("[2001:db8::1]:443"), "192.0.2.7"),
        ("198.51.100.1:80 192.0.2.7 - -", Some("198.51.100.1:80"), "192.0.2.7"),
        ("198.51.100.1 192.0.2.7 - -", Some("198.51.100.1"), "192.0.2.7"),
        ("- 192.0.2.7 - -", None, "192.0.2.7"),
        ("_ 192.0.2.7 - -", Some("_"), "192.0.2.7"),
        ("2001:db8::7 - -", None, "2001:db8::7"),
        ("192.0.2.7:51234 - -", None, "192.0.2.7"),
        ("www.example.org 192.0.2.7:51234 - -", Some("www.example.org"), "192.0.2.7"),
        ("[2001:db8::7]:443 - -", None, "2001:db8::7"),
        ("fe80::1%enp0s8 - -", None, "fe80::1"),
        ("\"[::1]\" - -", None, "::1"),
        ("[2001:db8::7] - -", None, "2001:db8::7"),
        ("::ffff:192.0.2.7 - -", None, "::ffff:192.0.2.7"),
    ] {
        let line = after(head);
        let entry = read(&line);
        assert_eq!((entry.host, entry.address.to_string().as_str()), (host, address), "{line}");
    }
}

#[test]
fn users_may_have_any_name() {
    for user in [
        "camille",
        "camille martin",
        "",
        r#""""#,
        "[staff]",
        r#"a [01/Jan/2020:00:00:00 +0000] \"GET /forged HTTP/1.1\" 200 1 \"-\" \"-\""#,
        "192.0.2.99",
        "é",
    ] {
        let line = after(&format!("192.0.2.7 - {user}"));
        let entry = read(&line);
        assert_eq!(entry.time.to_string(), "2000-10-10T20:55:36Z", "{line}");
        assert_eq!((entry.host, entry.target.as_ref()), (None, "/a?b=c"), "{line}");
        assert_eq!(entry.address.to_string(), "192.0.2.7", "{line}");
    }
}

#[test]
fn senders_without_an_address_are_refused_by_name() {
    for (head, why) in [
        ("host.example.net - -", Refused::AddressName),
        ("www.example.org:443 host.example.net - -", Refused::AddressName),
        ("www.example.org host.example.net - -", Refused::AddressName),
        ("192.0.2.7, 198.51.100.1 - -", Refused::AddressList),
        ("192.0.2.7, 198.51.100.1, 198.51.100.2 - -", Refused::AddressList),
        ("www.example.org 192.0.2.7, 198.51.100.1 - -", Refused::AddressList),
        ("- - -", Refused::Address),
        ("unix: - -", Refused::Address),
        ("192.0.2.256 - -", Refused::Address),
        ("192.0.2.7:99999 - -", Refused::Address),
        ("'192.0.2.7 - -", Refused::Quoted),
        ("", Refused::Address),
    ] {
        assert_eq!(refused(&after(head)), Some(why), "{head}");
    }
}

#[test]
fn requests_have_many_forms() {
    for (request, method, target) in [
        ("GET / HTTP/1.0", "GET", "/"),
        ("GET /a HTTP/2.0", "GET", "/a"),
        ("POST /a HTTP/3.0", "POST", "/a"),
        ("OPTIONS * HTTP/1.1", "OPTIONS", "*"),
        ("CONNECT example.net:443 HTTP/1.1", "CONNECT", "example.net:443"),
        ("GET http://www.example.org/a HTTP/1.1", "GET", "http://www.example.org/a"),
        ("GET /with a space HTTP/1.1", "GET", "/with a space"),
        (r"GET /caf\xc3\xa9 HTTP/1.1", "GET", "/café"),
        (r"GET /caf\xE9 HTTP/1.1", "GET", "/caf%E9"),
        (r#"GET /a\"b HTTP/1.1"#, "GET", "/a\"b"),
    ] {
        let line = asking(request);
        let entry = read(&line);
        assert_eq!((entry.method, entry.target.as_ref()), (method, target), "{line}");
    }
}

#[test]
fn what_is_no_request_is_refused() {
    for request in [
        "",
        "-",
        r"\x16\x03\x01\x02\x00\x01",
        r"\x16\x03\x01 \x02 \x00",
        "GET",
        "GET /",
        "GET /a b",
        "GET HTTP/1.1",
        "GET  HTTP/1.1",
        " / HTTP/1.1",
        "get / HTTP/1.1",
        "SSH-2.0-Go",
        "MGLNDD_192.0.2.1_443",
    ] {
        assert_eq!(refused(&asking(request)), Some(Refused::Request), "{request}");
    }
}

#[test]
fn times_and_statuses_that_cannot_be_read_are_refused() {
    for time in ["[10/Oct/2000:13:55:36 -0701]", "[2000-10-10T13:55:36-07:00]", "[]", "13:55]"] {
        let line = format!(r#"192.0.2.7 - - {time} "GET / HTTP/1.1" 200 5"#);
        assert_eq!(refused(&line), Some(Refused::Time), "{line}");
    }
    for status in ["000", "-", "20", "2000", "abc", "\"200\""] {
        assert_eq!(refused(&ending(&format!(" {status} 5"))), Some(Refused::Status), "{status}");
    }
}

#[test]
fn lines_that_are_cut_are_refused() {
    for end in [
        "",
        " ",
        " 200",
        " 200 ",
        r#" 200 5 ""#,
        r#" 200 5 "https://www.exam"#,
        r#" 200 5 "-" "Mozilla"#,
        r#" 200 5 "-" "a\""#,
    ] {
        assert_eq!(refused(&ending(end)), Some(Refused::LineCut), "{end}");
    }
    let cut = format!(r#"192.0.2.7 - - {TIME} "GET /a"#);
    assert_eq!(refused(&cut), Some(Refused::LineCut));
}

#[test]
fn other_formats_are_refused() {
    assert_eq!(refused(""), Some(Refused::Blank));
    for line in [
        "#Fields: date time cs-method cs-uri-stem",
        "2026-11-24 10:00:00 GET /a - 192.0.2.7 200",
        r#"{"request":{"remote_ip":"192.0.2.7","uri":"/a"},"status":200}"#,
        "[Tue Nov 24 10:00:00.000000 2026] [core:error] [pid 1] [client 192.0.2.7:5] File name",
        &ending(" 200 2326ms"),
        &ending("200 2326"),
    ] {
        assert_eq!(refused(line), Some(Refused::Format), "{line}");
    }
}

#[test]
fn a_second_record_on_a_line_is_noticed() {
    let (one, other) = (after("192.0.2.7 - -"), asking("GET /b HTTP/1.1"));
    let common = ending(" 200 5");
    for line in [
        format!("{one}{other}"),
        format!("{one} {other}"),
        format!("{common}{other}"),
        format!("{common} {other}"),
        format!("{}{other}", &one[..80]),
        format!("{}{other}", &one[..one.len() - 9]),
    ] {
        assert_eq!(refused(&line), Some(Refused::TwoRecords), "{line}");
    }
    // A field of the server's own may say anything that is no record.
    for end in [r#" "-" [10/Oct/2000] "x""#, r#" "a] \"b""#] {
        let line = format!("{one}{end}");
        assert_eq!(refused(&line), None, "{line}");
    }
}

#[test]
fn a_line_in_another_encoding_is_refused_by_name() {
    let line: Vec<u8> = after("192.0.2.7 - -").bytes().flat_map(|byte| [byte, 0]).collect();
    assert_eq!(Entry::read(&line).err(), Some(Refused::Encoding));
}

#[test]
fn agents_need_not_be_text() {
    let mut line = ending(r#" 200 5 "-" "caf"#).into_bytes();
    line.extend_from_slice(b"\xe9 \xf0\x9f\"");
    let entry = Entry::read(&line).ok().unwrap();
    assert_eq!(entry.agent, "caf%E9 %F0%9F");
}

#[test]
fn a_line_belongs_to_the_host_that_it_names() {
    let answers_to = |host: &str| host == "www.example.org";
    let of = |head: &str, request: &str| {
        let line = format!(r#"{head} - - {TIME} "{request}" 200 5"#);
        let entry = read(&line);
        let page = entry.page_host().map(|host| host.into_owned());
        (entry.check_host(answers_to), page)
    };
    let own = Some("www.example.org".to_owned());
    let other = Some("other.example.org".to_owned());
    let (foreign, plain) = (Err(Refused::OtherHost), "GET / HTTP/1.1");
    assert_eq!(of("192.0.2.7", plain), (Ok(()), None));
    assert_eq!(of("- 192.0.2.7", plain), (Ok(()), None));
    assert_eq!(of("WWW.example.org.:443 192.0.2.7", plain), (Ok(()), own.clone()));
    assert_eq!(of("other.example.org 192.0.2.7", plain), (foreign, other.clone()));
    let absolute = "GET http://WWW.Example.org:80/a HTTP/1.1";
    assert_eq!(of("192.0.2.7", absolute), (Ok(()), own.clone()));
    assert_eq!(of("other.example.org 192.0.2.7", absolute), (foreign, own));
    let proxied = "GET http://other.example.org/a HTTP/1.1";
    assert_eq!(of("192.0.2.7", proxied), (foreign, other.clone()));
    assert_eq!(of("www.example.org 192.0.2.7", proxied), (foreign, other));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(line in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(entry) = Entry::read(&line) {
            entry.check_host(|_| true).unwrap();
        }
    }

    #[test]
    fn any_line_that_is_nearly_right_is_read_or_refused(
        at in 0..200usize,
        cut in 0..40usize,
        inserted in prop::collection::vec(any::<u8>(), 0..20),
    ) {
        let mut line = after(r"www.example.org:443 192.0.2.7 - caf\xc3\xa9").into_bytes();
        let at = at.min(line.len());
        let end = (at + cut).min(line.len());
        line.splice(at..end, inserted);
        if let Ok(entry) = Entry::read(&line) {
            let _ = (entry.page_host(), entry.path_and_query());
        }
    }

    #[test]
    fn any_target_comes_back_as_it_was_sent(target in r#"/[^ \p{C}]{0,60}"#) {
        let mut escaped = String::new();
        for byte in target.bytes() {
            match byte {
                b'"' | b'\\' => escaped.extend(['\\', char::from(byte)]),
                0x20..=0x7e => escaped.push(char::from(byte)),
                _ => escaped.push_str(&format!("\\x{byte:02x}")),
            }
        }
        let line = asking(&format!("GET {escaped} HTTP/1.1"));
        let entry = read(&line);
        prop_assert_eq!(entry.target.as_ref(), target);
    }
}
