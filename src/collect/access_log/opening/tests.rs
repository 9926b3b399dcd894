//! Logs as files and streams: packed, cut off, damaged, empty, and with lines without end.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use std::io::Cursor;

use super::*;
use crate::collect::access_log::LINE_BYTES_MAX;

const LINE: &str =
    "192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] \"GET /a HTTP/1.1\" 200 5 \"-\" \"Mozilla/5.0\"";

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn opened(bytes: impl Into<Vec<u8>>) -> AccessLog {
    AccessLog::from_reader(Cursor::new(bytes.into())).ok().unwrap()
}

/// Every line as its target or its reason, and how reading ended.
fn outcomes(log: &mut AccessLog) -> (Vec<String>, Option<LogError>) {
    let mut all = Vec::new();
    loop {
        match log.next_entry() {
            Ok(Some(Ok(entry))) => all.push(entry.target.into_owned()),
            Ok(Some(Err(refused))) => all.push(refused.reason().to_owned()),
            Ok(None) => return (all, None),
            Err(error) => return (all, Some(error)),
        }
    }
}

/// Lines that compress badly enough to need more than one buffer.
fn many_lines() -> String {
    let line = |number: u64| {
        let noise = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        format!("{}\n", LINE.replace("/a", &format!("/{noise:x}")))
    };
    (0..20_000).map(line).collect()
}

#[test]
fn lines_end_in_every_usual_way() {
    let text = format!("{LINE}\n{LINE}\r\n\nnonsense\n{LINE}");
    let mut log = opened(text.clone());
    let (all, error) = outcomes(&mut log);
    assert_eq!(all, ["/a", "/a", "blank", "format", "/a"]);
    assert!(error.is_none());
    assert_eq!((log.lines_read(), log.bytes_read()), (5, text.len() as u64));
    assert_eq!(log.bytes_total(), None);
    for empty in ["", "\n"] {
        assert_eq!(outcomes(&mut opened(empty)).0.len(), empty.len());
    }
}

#[test]
fn the_size_of_a_file_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("access.log");
    let text = packed(&many_lines());
    std::fs::write(&path, &text).unwrap();
    let mut log = AccessLog::open(&path).ok().unwrap();
    assert_eq!(log.bytes_total(), Some(text.len() as u64));
    assert!(log.next_entry().unwrap().is_some());
    assert!(log.bytes_read() < text.len() as u64);
    assert_eq!(outcomes(&mut log).0.len(), 19_999);
    assert_eq!(log.bytes_read(), text.len() as u64);
}

#[test]
fn what_cannot_be_opened_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let missing = AccessLog::open(&folder.path().join("none.log")).err();
    assert!(matches!(missing, Some(LogError::Unopenable { .. })));
    let folder = AccessLog::open(folder.path()).err();
    assert!(matches!(folder, Some(LogError::Folder { .. })));
}

#[test]
fn gzip_is_known_by_its_bytes_and_may_have_members() {
    let mut bytes = packed(&format!("{LINE}\n{}", &LINE[..20]));
    bytes.extend(packed(&format!("{}\n{LINE}\n", &LINE[20..])));
    let (all, error) = outcomes(&mut opened(bytes));
    assert_eq!(all, ["/a", "/a", "/a"]);
    assert!(error.is_none());
}

#[test]
fn a_gzip_file_that_is_cut_off_says_how_far_it_came() {
    let whole = packed(&many_lines());
    for bytes in [whole.len() / 2, whole.len() - 1, whole.len() - 8, 12] {
        let (all, error) = outcomes(&mut opened(&whole[..bytes]));
        let Some(LogError::GzipCut { bytes_read, lines_read }) = error else {
            panic!("{bytes}: {error:?}")
        };
        assert_eq!((bytes_read, lines_read), (bytes as u64, all.len() as u64));
        assert!(all.iter().all(|target| target.starts_with('/')));
        assert_eq!(all.is_empty(), bytes == 12);
    }
}

#[test]
fn a_gzip_file_that_is_damaged_says_so() {
    let mut bytes = packed(&many_lines());
    let middle = bytes.len() / 2;
    bytes[middle..middle + 50].fill(0xff);
    let (_, error) = outcomes(&mut opened(bytes));
    assert!(matches!(error, Some(LogError::GzipBroken { .. })), "{error:?}");
}

#[test]
fn other_packings_are_named() {
    let tar = [&b"access.log"[..], &[0; 247], b"ustar\x0000", &[0; 247]].concat();
    let inside: [(&[u8], &str); 4] = [
        (b"BZh91AY&SY", "bzcat"),
        (b"PK\x03\x04", "unzip"),
        (&tar, "tar -xf"),
        (b"7z\xbc\xaf\x27\x1c", "7z x"),
    ];
    for (bytes, unpacker) in inside {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(bytes).unwrap();
        for bytes in [bytes.to_vec(), packer.finish().unwrap()] {
            let error = AccessLog::from_reader(Cursor::new(bytes)).err().unwrap();
            assert!(error.to_string().contains(unpacker), "{error}");
        }
    }
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(&packed(LINE)).unwrap();
    let error = AccessLog::from_reader(Cursor::new(packer.finish().unwrap())).err().unwrap();
    assert!(error.to_string().contains("gzip twice"), "{error}");
}

#[test]
fn what_follows_the_packed_text_is_zeros_or_said() {
    let mut bytes = packed(&format!("{LINE}\n"));
    bytes.extend([0; 10_240]);
    assert_eq!(outcomes(&mut opened(bytes.clone())).0, ["/a"]);
    assert!(outcomes(&mut opened(bytes.clone())).1.is_none());
    bytes.extend(LINE.as_bytes());
    let (all, error) = outcomes(&mut opened(bytes));
    assert_eq!(all, ["/a"]);
    assert!(matches!(error, Some(LogError::GzipTrailing { lines_read: 1 })), "{error:?}");
}

#[test]
fn the_limit_of_a_line_is_exact() {
    for (end, spare) in [("\n", 0), ("\r\n", 0), ("", 0), ("\n", 1), ("\r\n", 1), ("", 1)] {
        let room = LINE_BYTES_MAX + spare - LINE.len();
        let long = LINE.replace("Mozilla", &format!("Mozilla{}", "x".repeat(room)));
        let (all, _) = outcomes(&mut opened(format!("{long}{end}")));
        let expected = if spare == 0 { "/a" } else { "line_too_long" };
        assert_eq!(all, [expected], "{end:?} {spare}");
    }
}

#[test]
fn a_line_without_end_takes_no_memory() {
    let endless = io::repeat(b'x').take(100_000_000);
    let text = Cursor::new(format!("\n{LINE}\n"));
    let mut log = AccessLog::from_reader(endless.chain(text)).ok().unwrap();
    let (all, error) = outcomes(&mut log);
    assert_eq!(all, ["line_too_long", "/a"]);
    assert!(error.is_none());
    assert!(log.lines.line().len() <= LINE_BYTES_MAX);
}

#[test]
fn a_stream_that_fails_says_where() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let text = Cursor::new(format!("{LINE}\n"));
    let (all, error) = outcomes(&mut AccessLog::from_reader(text.chain(Failing)).ok().unwrap());
    assert_eq!(all, ["/a"]);
    assert!(matches!(error, Some(LogError::Unreadable { lines_read: 1, .. })), "{error:?}");
}

#[test]
fn no_bytes_make_it_panic() {
    let mut state = 1_u64;
    for length in 0..2_000 {
        let mut byte = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        };
        let mut bytes: Vec<u8> = (0..length).map(|_| byte()).collect();
        if length % 2 == 0 {
            bytes.splice(0..0, [0x1f, 0x8b, 8]);
        }
        if let Ok(mut log) = AccessLog::from_reader(Cursor::new(bytes)) {
            outcomes(&mut log);
        }
    }
}
