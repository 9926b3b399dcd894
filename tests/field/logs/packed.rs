//! Files that are no logs, or logs that were packed, padded, joined or cut: told by their bytes,
//! whatever their names (row 44's kind).

use std::process::Command;

use super::{Import, day_of, gzip};
use crate::logs::{days_ago, view};

/// An archive of files, as tar makes it.
fn tar(files: &[(&str, &str)], words: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut command = Command::new("tar");
    command.args(words).args(["-cf", "-", "-C"]).arg(folder.path());
    let output = command.args(files.iter().map(|(name, _)| name)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn gzip_bytes(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn an_archive_is_refused_by_name_whatever_it_is_called_and_nothing_is_imported() {
    let day = day_of(days_ago(3), 0..50);
    let other = day_of(days_ago(2), 0..50);
    let files = [("access.log", day.as_str()), ("access.log.1", other.as_str())];
    let mut all = vec![(Vec::from(b"7z\xbc\xaf\x27\x1c rest"), "7z x")];
    for form in ["ustar", "gnu", "pax", "v7"] {
        let archive = tar(&files, &["--format", form]);
        all.push((gzip_bytes(&archive), "tar -xf"));
        all.push((archive, "tar -xf"));
    }
    for (magic, unpacker) in [
        (&b"BZh91AY&SY"[..], "bzcat"),
        (b"\xfd7zXZ\0\0", "xzcat"),
        (b"\x28\xb5\x2f\xfd\0", "zstdcat"),
        (b"PK\x03\x04\x14", "unzip -p"),
        (b"\x04\x22\x4d\x18\x64", "lz4cat"),
        (b"\x1f\x9d\x90", "zcat"),
    ] {
        all.push((magic.to_vec(), unpacker));
    }
    let import = Import::new();
    for (bytes, unpacker) in all {
        for name in ["logs.tar", "logs.tgz", "access.log", "access.log.gz"] {
            let said = import.files(&[(name, &bytes)]);
            assert_eq!((said.code, said.counted), (1, 0), "{name}: {}", said.text);
            let says = [unpacker, "Nothing was imported", name];
            assert!(says.iter().all(|what| said.text.contains(what)), "{name}: {}", said.text);
        }
        let said = import.piped(&bytes, &["-"]);
        assert!(said.code == 1 && said.text.contains(unpacker), "{}", said.text);
        // Beside a log that can be read nothing is counted either: a day might lack lines.
        let said = import.files(&[("b.log", day.as_bytes()), ("logs.tar", &bytes)]);
        assert!(said.code == 1 && said.text.contains(unpacker), "{}", said.text);
    }
    assert_eq!(import.counted(), [0, 0, 0]);
}

#[test]
fn zeros_behind_a_packed_log_are_passed_over_and_other_bytes_are_said() {
    let days = [4, 3].map(|ago| day_of(days_ago(ago), 0..20));
    let padded = |gap: usize| {
        let members = days.iter().map(|day| [gzip(day), vec![0; gap]].concat());
        members.collect::<Vec<_>>().concat()
    };
    for gap in [0, 1, 512, 200_000] {
        let import = Import::new();
        import.files(&[("a.log.gz", &padded(gap))]).is(0, 40, 40, &[]);
        let piped = Import::new();
        piped.piped(&padded(gap), &["-"]).is(0, 40, 40, &[]);
        assert_eq!((import.counted(), piped.counted()), ([40, 40, 2], [40, 40, 2]), "{gap}");
    }
    let import = Import::new();
    let spoilt = [padded(512), days[0].as_bytes().to_vec()].concat();
    let said = import.files(&[("a.log.gz", &spoilt)]);
    said.is(1, 40, 20, &[("day_incomplete", 20)]);
    for what in ["bytes that are no gzip", "gzip -dc LOG", "is incomplete and not written"] {
        assert!(said.text.contains(what), "{}", said.text);
    }
}

#[test]
fn marks_cost_no_line_wherever_they_stand() {
    let day = days_ago(3);
    let lines: Vec<String> = (0..6).map(|visitor| view(day, visitor, "/page")).collect();
    let bare: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    let mark = "\u{feff}";
    let text = format!(
        "{mark}{mark}{}\n{mark}{}\r\n{}{mark}{}\n{}{mark}{mark}{}",
        bare[0], bare[1], bare[2], bare[3], bare[4], bare[5]
    );
    let import = Import::new();
    import.files(&[("a.log", text.as_bytes())]).is(0, 6, 6, &[]);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Import::new().files(&[("a.log", &wide)]).is(0, 6, 6, &[]);
    Import::new().files(&[("a.log.gz", &gzip(&text))]).is(0, 6, 6, &[]);
}

#[test]
fn an_empty_log_is_named_and_leaves_nothing_out() {
    let import = Import::new();
    let said = import.files(&[("empty.log", b"")]);
    said.is(1, 0, 0, &[]);
    assert!(said.text.contains("empty.log: there is nothing in it."), "{}", said.text);
    let day = day_of(days_ago(3), 0..5);
    let said =
        import.files(&[("empty.log", b""), ("none.gz", &gzip("")), ("a.log", day.as_bytes())]);
    said.is(0, 5, 5, &[]);
    for name in ["empty.log", "none.gz"] {
        assert!(said.text.contains(&format!("{name}: there is nothing in it.")), "{}", said.text);
    }
}

/// A line at each full hour of some days ago.
fn hours(ago: i32, hours: std::ops::Range<u32>) -> String {
    let line = |hour: u32| {
        view(days_ago(ago), hour, "/page").replace("10:00:00", &format!("{hour:02}:59:30"))
    };
    hours.map(line).collect()
}

#[test]
fn a_day_in_the_middle_of_which_the_logs_begin_or_end_is_written_and_named() {
    let whole: String = (2..=5).rev().map(|ago| hours(ago, 0..24)).collect();
    let said = Import::new().files(&[("a.log", whole.as_bytes())]);
    said.is(0, 96, 96, &[]);
    assert!(!said.text.contains("may be short"), "{}", said.text);
    // A log is turned at six; the next one is missing, and so is that of the next day.
    let first = hours(9, 6..24) + &hours(8, 0..6);
    let last = hours(5, 6..24) + &hours(4, 0..24) + &hours(3, 0..24);
    let import = Import::new();
    let said = import.files(&[("b.log", last.as_bytes()), ("a.log", first.as_bytes())]);
    said.is(0, 90, 90, &[]);
    for (ago, says) in [(9, "begin at"), (8, "end at"), (5, "begin at")] {
        let day = format!("{} is written, but may be short: the logs {says}", days_ago(ago));
        assert!(said.text.contains(&day), "{}", said.text);
    }
    assert_eq!(said.text.matches("may be short").count(), 3, "{}", said.text);
    assert!(said.text.contains("--replace"), "{}", said.text);
    // With the rest of the days all are whole.
    let rest =
        hours(9, 0..6) + &hours(8, 6..24) + &hours(7, 0..24) + &hours(6, 0..24) + &hours(5, 0..6);
    let files: [(&str, &[u8]); 3] =
        [("a.log", first.as_bytes()), ("b.log", last.as_bytes()), ("c.log", rest.as_bytes())];
    let paths = files.map(|(name, text)| import.write(name, text));
    let words: Vec<&str> = paths.iter().map(String::as_str).chain(["--replace"]).collect();
    let said = import.run(&words);
    said.is(0, 168, 120, &[("day_known", 48)]);
    assert!(!said.text.contains("may be short"), "{}", said.text);
}

/// Lines that pack so badly that a file that is cut has some of them.
fn noise(ago: i32) -> String {
    let page = |number: u32| format!("/{:x}", number.wrapping_mul(2_654_435_761));
    (0..2_000).map(|number| view(days_ago(ago), number, &page(number))).collect()
}

#[test]
fn the_last_day_of_a_cut_log_is_whole_beside_a_copy_that_has_all_its_lines() {
    let text: String = [9, 8, 7].map(noise).concat();
    let packed = gzip(&text);
    let cut = &packed[..packed.len() * 5 / 6];
    let tail = &packed[..packed.len() - 4];
    let longer = text.clone() + &noise(6);
    for (cut, whole) in [(cut, &text), (tail, &text), (cut, &longer)] {
        for is_first in [true, false] {
            let import = Import::new();
            let mut files: [(&str, &[u8]); 2] = [("a.log.gz", cut), ("b.log", whole.as_bytes())];
            if !is_first {
                files.swap(0, 1);
            }
            let said = import.files(&files);
            let lines = whole.lines().count() as u64;
            let repeated = said.lines - lines;
            said.is(0, said.lines, lines, &[("repeated", repeated)]);
            assert!(said.text.contains("a.log.gz is cut off or damaged"), "{}", said.text);
        }
    }
    // A copy that is cut earlier says nothing of the rest.
    let import = Import::new();
    let shorter = &packed[..packed.len() / 2];
    let said = import.files(&[("a.log.gz", cut), ("b.log.gz", shorter)]);
    assert_eq!(said.code, 1, "{}", said.text);
    assert!(said.text.contains("is incomplete and not written"), "{}", said.text);
}
