//! The same lines twice in one command are counted once, and said (row 44).

use super::{Import, day_of, gzip};
use crate::logs::{days_ago, view};

#[test]
fn row_44_a_file_named_twice_is_passed_over() {
    let import = Import::new();
    let text = day_of(days_ago(3), 0..12) + "no record\n";
    let one = import.write("a.gz", gzip(&text));
    let said = import.run(&[&one, &one]);
    said.is(0, 26, 12, &[("format", 1), ("repeated", 13)]);
    assert!(said.text.contains(&format!("{one} has the same 13 lines as {one}: passed over.")));
    assert_eq!(import.counted(), [12, 12, 1]);
}

#[test]
fn row_44_a_packed_copy_a_link_and_other_ends_of_lines_are_the_same_lines() {
    let import = Import::new();
    let text = day_of(days_ago(3), 0..6) + &day_of(days_ago(2), 0..5);
    let plain = import.write("access.log", &text);
    let packed = import.write("access.log.gz", gzip(&text));
    let windows = import.write("windows.log", text.replace('\n', "\r\n"));
    let link = import.folder.path().join("link.log");
    std::os::unix::fs::symlink(&plain, &link).unwrap();
    let said = import.run(&[&packed, &plain, link.to_str().unwrap(), &windows]);
    said.is(0, 44, 11, &[("repeated", 33)]);
    assert_eq!(said.text.matches("passed over").count(), 3, "{}", said.text);
    assert_eq!(import.counted(), [11, 11, 2]);
    // The days are known by their lines, however often these were given.
    import.run(&[&plain]).is(0, 11, 0, &[("day_known", 11)]);
}

#[test]
fn row_44_standard_input_twice_is_read_once() {
    let import = Import::new();
    let text = day_of(days_ago(3), 0..4);
    import.piped(text.as_bytes(), &["-", "-"]).is(0, 8, 4, &[("repeated", 4)]);
    let file = import.write("same.log", &text);
    import.piped(text.as_bytes(), &[&file, "-"]).is(0, 8, 0, &[("day_known", 4), ("repeated", 4)]);
    assert_eq!(import.counted(), [4, 4, 1]);
}

#[test]
fn row_44_files_written_into_one_pipe_are_counted_once() {
    let day = days_ago(4);
    let (one, other) = (day_of(day, 0..20), day_of(day, 15..30));
    let turned =
        |text: &str| text.lines().rev().map(|line| format!("{line}\n")).collect::<String>();
    for (text, lines, views) in [
        (one.clone() + &one, 40, 20),
        (one.clone() + &other, 35, 30),
        (other.clone() + &one, 35, 30),
        (turned(&(one.clone() + &other)), 35, 30),
    ] {
        let import = Import::new();
        import.piped(text.as_bytes(), &["-"]).is(0, lines, views, &[("repeated", lines - views)]);
        assert_eq!(import.counted(), [views as i64, views as i64, 1]);
    }
}

#[test]
fn row_44_what_a_rotation_repeats_is_counted_once() {
    for (first, second, repeated) in [
        // The copy was made before the log was truncated: its tail is the next one's head.
        (0..20, 15..30, 5),
        (0..20, 19..30, 1),
        (0..20, 20..30, 0),
        // One file lies within another.
        (0..30, 5..25, 20),
    ] {
        let import = Import::new();
        let day = days_ago(4);
        let one = day_of(day, first.clone());
        let other = day_of(day, second.clone());
        let files = [("access.log.1", one.as_bytes()), ("access.log", other.as_bytes())];
        let said = import.files(&files);
        let lines = (first.len() + second.len()) as u64;
        let expected: &[_] = if repeated > 0 { &[("repeated", repeated)] } else { &[] };
        said.is(0, lines, 30, expected);
        assert_eq!(import.counted(), [30, 30, 1]);
        assert_eq!(said.text.contains("are repeated from what came before"), repeated > 0);
    }
}

#[test]
fn row_44_equal_lines_within_one_log_are_several_views() {
    let import = Import::new();
    let day = days_ago(4);
    let twice = view(day, 1, "/").repeat(3) + &view(day, 2, "/");
    import.files(&[("a.log", twice.as_bytes())]).is(0, 4, 4, &[]);
    assert_eq!(import.counted(), [4, 2, 1]);
    // As often as one of the logs has them, and no more.
    let import = Import::new();
    let more = twice.clone() + &view(day, 1, "/") + &view(day, 3, "/");
    let said = import.files(&[("a.log", twice.as_bytes()), ("b.log", more.as_bytes())]);
    assert_eq!((said.code, said.lines, said.counted), (0, 10, 6), "{}", said.text);
}

#[test]
fn row_44_two_servers_may_log_a_line_alike() {
    let import = Import::new();
    let day = days_ago(4);
    let of = |visitors: [u32; 5]| visitors.map(|visitor| view(day, visitor, "/")).concat();
    let (one, other) = (of([1, 2, 3, 4, 5]), of([11, 12, 3, 13, 14]));
    let said = import.files(&[("web1.log", one.as_bytes()), ("web2.log", other.as_bytes())]);
    said.is(0, 10, 10, &[]);
    assert_eq!(import.counted(), [10, 9, 1]);
}

#[test]
fn row_44_a_replacement_says_from_how_many_to_how_many() {
    let import = Import::new();
    let day = days_ago(5);
    let five = import.write("five.log", day_of(day, 0..5));
    let two = import.write("two.log", day_of(day, 0..2));
    import.run(&[&five]).is(0, 5, 5, &[]);
    import.run(&[&two]).is(1, 2, 0, &[("day_refused", 2)]);
    let said = import.run(&["--replace", &two]);
    said.is(0, 2, 2, &[]);
    let fewer = format!("{day} is replaced: from 5 to 2 counted lines. WARNING");
    assert!(said.text.contains(&fewer), "{}", said.text);
    let said = import.run(&["--replace", &five]);
    let more = format!("{day} is replaced: from 2 to 5 counted lines.\n");
    assert!(said.text.contains(&more) && !said.text.contains("WARNING"), "{}", said.text);
    assert_eq!(import.counted(), [5, 5, 1]);
}
