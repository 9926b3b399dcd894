//! Files in any order, days that are not whole, and what the exit code says of them (row 44).

use super::{Import, day_of, gzip};
use crate::logs::{LogLine, days_ago};

/// Four days in two files that meet in the middle of a day, and all of it.
fn halves() -> (String, String, String) {
    let days = [5, 4, 3, 2].map(|ago| day_of(days_ago(ago), 0..7));
    let second: Vec<_> = days[1].split_inclusive('\n').collect();
    let first = days[0].clone() + &second[..4].concat();
    let last = second[4..].concat() + &days[2] + &days[3];
    (first.clone(), last.clone(), first + &last)
}

#[test]
fn row_44_the_newest_file_first_counts_the_same() {
    let (first, last, whole) = halves();
    let packed = gzip(&first);
    let one: [(&str, &[u8]); 2] = [("access.log", last.as_bytes()), ("access.log.1.gz", &packed)];
    let other: [(&str, &[u8]); 2] = [("access.log.1.gz", &packed), ("access.log", last.as_bytes())];
    for files in [one, other] {
        let import = Import::new();
        import.files(&files).is(0, 28, 28, &[]);
        assert_eq!(import.counted(), [28, 28, 4]);
        // The lines are known whichever way they come.
        let whole = import.write("whole.log", &whole);
        import.run(&[&whole]).is(0, 28, 0, &[("day_known", 28)]);
    }
}

#[test]
fn row_44_lines_out_of_order_within_a_file_or_a_pipe_are_counted_too() {
    let (first, last, whole) = halves();
    let turned: String = whole.lines().rev().map(|line| format!("{line}\n")).collect();
    for text in [turned, last + &first] {
        let import = Import::new();
        import.files(&[("turned.log", text.as_bytes())]).is(0, 28, 28, &[]);
        assert_eq!(import.counted(), [28, 28, 4]);
        let piped = Import::new();
        piped.piped(text.as_bytes(), &["-"]).is(0, 28, 28, &[]);
        assert_eq!(piped.counted(), [28, 28, 4]);
        // A series begins, whatever comes first, and nothing breaks.
        let breaks = "select count(*) from series_break where kind = 'import'";
        assert_eq!(crate::service::query(&import.data.join("store.sqlite"), breaks), 0);
    }
}

#[test]
fn row_44_the_logs_of_two_servers_are_counted_together() {
    let import = Import::new();
    let of = |visitors: std::ops::Range<u32>| -> String {
        (2..=9).rev().map(|ago| day_of(days_ago(ago), visitors.clone())).collect()
    };
    let (one, other) = (of(0..6), of(10..15));
    let said = import.files(&[("web2.log", other.as_bytes()), ("web1.log", one.as_bytes())]);
    said.is(0, 88, 88, &[]);
    assert_eq!(import.counted(), [88, 88, 8]);
}

#[test]
fn row_44_a_log_that_is_cut_off_leaves_its_last_days_out_by_name() {
    let import = Import::new();
    let noise = |ago: i32| -> String {
        let line = |number: u32| {
            let page = format!("GET /{:x} HTTP/1.1", number.wrapping_mul(2_654_435_761));
            LogLine { request: &page, ..LogLine::default() }.on(days_ago(ago))
        };
        (0..2_000).map(line).collect()
    };
    let packed = gzip(&(noise(9) + &noise(8) + &noise(7)));
    let next = noise(6) + &day_of(days_ago(5), 0..9);
    // Where it is cut there are lines of two days, and some of the third.
    let cut = &packed[..packed.len() * 5 / 6];
    let said = import.files(&[("b.log", next.as_bytes()), ("a.log.gz", cut)]);
    assert_eq!((said.code, said.counted), (1, 4_009), "{}", said.text);
    assert_eq!(said.refused["day_incomplete"], said.lines - 4_009);
    assert!(said.text.contains("a.log.gz: the gzip file is cut off"), "{}", said.text);
    for ago in [7, 6] {
        let day = format!("{} is incomplete and not written", days_ago(ago));
        assert!(said.text.contains(&day), "{}", said.text);
    }
    assert_eq!(import.counted()[2], 3);
    // With the whole file, what was left out is counted and nothing twice.
    let said = import.files(&[("b.log", next.as_bytes()), ("a.log.gz", &packed)]);
    said.is(0, 8_009, 4_000, &[("day_known", 4_009)]);
}

#[test]
fn row_44_the_exit_code_says_whether_everything_is_in() {
    let import = Import::new();
    let past = day_of(days_ago(3), 0..3);
    let today = day_of(days_ago(0), 0..2);
    for (name, text, code) in [
        ("empty.log", String::new(), 1),
        ("error.log", "[notice] caught SIGTERM, shutting down\n".repeat(3), 1),
        ("today.log", today.clone(), 1),
        ("assets.log", past.replace("/page", "/page.css"), 1),
        ("past.log", past.clone() + &today, 0),
        ("again.log", past.clone() + &today, 0),
        ("less.log", past.lines().next().unwrap().to_owned(), 1),
    ] {
        let said = import.files(&[(name, text.as_bytes())]);
        assert_eq!(said.code, code, "{name}: {}", said.text);
    }
    // A file of which nothing can be read is named beside one that can.
    let other = day_of(days_ago(2), 0..3);
    let said = import.files(&[("error.log", b"no record\n"), ("other.log", other.as_bytes())]);
    said.is(1, 4, 3, &[("format", 1)]);
    assert!(said.text.contains("error.log: none of its 1 lines can be read."), "{}", said.text);
    // Nothing is counted if a file cannot be opened: a day might lack its lines.
    let whole = import.write("whole.log", day_of(days_ago(1), 0..3));
    let said = import.run(&[&whole, "/no/such.log"]);
    assert!(said.code == 1 && said.text.contains("Nothing was imported"), "{}", said.text);
    assert_eq!(import.counted(), [6, 6, 2]);
}
