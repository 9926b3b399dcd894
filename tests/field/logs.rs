//! Access logs with every oddity, imported once and counted right (rows 15, 41, 43, 44).

mod lines;
mod oddities;
mod order;
mod packed;
mod repeated;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use jiff::civil::Date;

use crate::logs::view;
use crate::service::{folder_with_site, program, query, run};

const HOST: &str = "www.example.fr";

/// A site with files to import.
struct Import {
    folder: tempfile::TempDir,
    data: PathBuf,
}

/// What an import said, checked: each line that was read is counted or has a reason.
#[derive(Debug)]
struct Said {
    code: i32,
    text: String,
    lines: u64,
    counted: u64,
    refused: BTreeMap<String, u64>,
}

impl Said {
    fn of(code: i32, text: String) -> Self {
        let number = |text: &str| text.trim().parse::<u64>().ok();
        let first = text.lines().find(|line| line.contains(" lines read, ")).unwrap_or_default();
        let (lines, counted) = first.split_once(" lines read, ").unwrap_or(("0", "0 counted."));
        let (lines, counted) = (number(lines), number(counted.trim_end_matches(" counted.")));
        let (lines, counted) = (lines.unwrap_or(0), counted.unwrap_or(0));
        let reasons = text.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": "));
        let refused: BTreeMap<_, _> = reasons
            .filter_map(|(reason, lines)| Some((reason.to_owned(), number(lines)?)))
            .collect();
        let sum: u64 = refused.values().sum();
        assert_eq!(lines, counted + sum, "{text}");
        let says = format!("Not counted: {sum}, by reason:");
        assert_eq!(text.contains(&says), sum > 0, "{text}");
        Self { code, text, lines, counted, refused }
    }

    /// How the import ended, its lines, those counted, and those of a reason.
    #[track_caller]
    fn is(&self, code: i32, lines: u64, counted: u64, refused: &[(&str, u64)]) {
        let refused =
            refused.iter().map(|(reason, lines)| ((*reason).to_owned(), *lines)).collect();
        let expected = (code, lines, counted, refused);
        let found = (self.code, self.lines, self.counted, self.refused.clone());
        assert_eq!(found, expected, "{}", self.text);
    }
}

impl Import {
    fn new() -> Self {
        let (folder, data) = folder_with_site();
        Self { folder, data }
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let file = self.folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file.to_str().unwrap().to_owned()
    }

    fn run(&self, words: &[&str]) -> Said {
        let (code, text) =
            run(&self.data, &[&["import", "access-log", "--site", HOST], words].concat());
        Said::of(code, text)
    }

    /// Imports files that are written for it.
    fn files(&self, files: &[(&str, &[u8])]) -> Said {
        let paths: Vec<_> = files.iter().map(|(name, text)| self.write(name, text)).collect();
        self.run(&paths.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Imports standard input, and files.
    fn piped(&self, text: &[u8], words: &[&str]) -> Said {
        let mut command = program();
        command.arg("--data").arg(&self.data).args(["import", "access-log", "--site", HOST]);
        command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        process.stdin.take().unwrap().write_all(text).unwrap();
        let output = process.wait_with_output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        Said::of(output.status.code().unwrap(), String::from_utf8(text).unwrap())
    }

    /// Views and visitors of each day, and how many days there are.
    fn counted(&self) -> [i64; 3] {
        let of = |what: &str| {
            let sql = format!("select coalesce(sum({what}), 0) from count_day where dimension = 0");
            query(&self.data.join("store.sqlite"), &sql)
        };
        [of("views"), of("visitors"), of("1")]
    }
}

/// Every text that the store holds as a value, in order.
fn texts(data: &Path) -> Vec<String> {
    let store = data.join("store.sqlite");
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = rusqlite::Connection::open_with_flags(store, flags).unwrap();
    let mut statement = connection.prepare("select text from value order by text").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(|text| text.unwrap()).collect()
}

/// A day of visitors, each on a page of their own kind, a second apart.
fn day_of(day: Date, visitors: std::ops::Range<u32>) -> String {
    let line = |visitor: u32| {
        let time = format!("10:{:02}:{:02}", visitor / 60, visitor % 60);
        view(day, visitor, "/page").replace("10:00:00", &time)
    };
    visitors.map(line).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}
