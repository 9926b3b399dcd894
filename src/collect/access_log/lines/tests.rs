//! Ends of lines, marks, zeros and quotes, whatever the buffers' sizes.

use std::io::{BufReader, Cursor};

use super::*;

fn lines(text: impl Into<Vec<u8>>, room: usize) -> Vec<String> {
    let reader = BufReader::with_capacity(room, Cursor::new(text.into()));
    let mut lines = Lines::new(Box::new(reader));
    let mut all = Vec::new();
    while lines.advance().unwrap() {
        all.push(String::from_utf8_lossy(lines.line()).into_owned());
    }
    assert_eq!(lines.count(), all.len() as u64);
    all
}

#[test]
fn a_line_ends_in_every_usual_way() {
    for (text, expected) in [
        ("", vec![]),
        ("a", vec!["a"]),
        ("a\nb\n", vec!["a", "b"]),
        ("a\r\nb\r\n", vec!["a", "b"]),
        ("a\rb\r", vec!["a", "b"]),
        ("a\rb\nc\r\nd", vec!["a", "b", "c", "d"]),
        ("a\n\nb", vec!["a", "", "b"]),
        ("a\r\rb", vec!["a", "", "b"]),
        ("\n", vec![""]),
        ("\r\n", vec![""]),
    ] {
        for room in [1, 2, 3, 64] {
            assert_eq!(lines(text, room), expected, "{text:?} {room}");
        }
    }
}

#[test]
fn what_stands_around_a_line_is_no_part_of_it() {
    for (text, expected) in [
        ("\u{feff}a\n\u{feff}b", vec!["a", "b"]),
        ("\0\0\0a\nb\0\0", vec!["a", "b"]),
        ("\0\0\0\u{feff}a", vec!["a"]),
        ("\u{feff}\u{feff}a\n\u{feff} \u{feff}\0b", vec!["a", "b"]),
        ("a\u{feff}b", vec!["a\u{feff}b"]),
        ("\0\0\0", vec![""]),
        ("\t a b \t\n", vec!["a b"]),
        ("a\0b", vec!["a\0b"]),
    ] {
        for room in [1, 2, 64] {
            assert_eq!(lines(text, room), expected, "{text:?} {room}");
        }
    }
}

#[test]
fn quotes_around_a_whole_line_are_taken_off() {
    for (text, expected) in [
        (r#""a [t] ""GET /"" 200 5 ""-"" ""b""""#, r#"a [t] "GET /" 200 5 "-" "b""#),
        (r#""a [t] ""GET /"" 200 5 """" """"""#, r#"a [t] "GET /" 200 5 "" """#),
        (r#""a [t] "GET /" 200 5 "-" "b"""#, r#"a [t] "GET /" 200 5 "-" "b""#),
        (r#""a [t] "" 400 5 "-" "-"""#, r#"a [t] "" 400 5 "-" "-""#),
        (r#""[::1]" - - [t] "GET /" 200 5 "-" "b""#, r#""[::1]" - - [t] "GET /" 200 5 "-" "b""#),
        (r#""""#, r#""""#),
        (r#"""#, r#"""#),
        (r#""a b"#, r#""a b"#),
    ] {
        assert_eq!(lines(text, 64), [expected], "{text}");
    }
}

#[test]
fn a_mark_between_two_records_ends_a_line() {
    let record = |path: &str| {
        format!("192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] \"GET /{path} HTTP/1.1\" 200 5")
    };
    let text = format!("{0}\u{feff}\u{feff}{1}\u{feff}{0}\n{1}", record("a"), record("b"));
    for room in [1, 2, 3, 64, 4_096] {
        assert_eq!(lines(text.clone(), room), ["a", "b", "a", "b"].map(record), "{room}");
    }
    let agent = format!("{} \"-\" \"x\u{feff}y\"", record("a"));
    assert_eq!(lines(agent.clone(), 64), [agent]);
}
