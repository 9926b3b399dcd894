//! The text of an access log.

use std::io::{Cursor, Read};

use parvis::collect::access_log::{AccessLog, Entry, Judged, LINE_BYTES_MAX, Layout, judge};
use parvis::privacy::Arrival;

use super::values::{check, sites, view};

/// What one line says, as it can be compared.
type Said =
    Result<(Option<String>, String, i64, String, String, u16, Option<String>, String), String>;

/// Reads a text as a log, at once and in small pieces, and checks every line.
pub fn log_text(text: &[u8]) {
    let whole = lines(text, usize::MAX);
    let pieces = lines(text, 7);
    assert!(whole == pieces, "{whole:?}\nin pieces\n{pieces:?}");
}

/// A text that arrives in pieces.
struct Pieces {
    text: Cursor<Vec<u8>>,
    bytes_max: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(self.bytes_max);
        self.text.read(&mut buffer[..most])
    }
}

fn lines(text: &[u8], bytes_max: usize) -> (Vec<Said>, Option<String>) {
    let pieces = Pieces { text: Cursor::new(text.to_vec()), bytes_max };
    let mut log = match AccessLog::from_reader(pieces) {
        Ok(log) => log,
        Err(error) => return (Vec::new(), Some(error.to_string())),
    };
    let mut said = Vec::new();
    let error = loop {
        match log.next_entry() {
            Ok(Some(outcome)) => said.push(match outcome {
                Ok(entry) => Ok(checked(&entry)),
                Err(refused) => {
                    let advice = refused.advice();
                    assert!(advice.ends_with('.') && advice.len() < 300, "{advice}");
                    Err(refused.reason().to_owned())
                }
            }),
            Ok(None) => break None,
            // How far it was read depends on the pieces.
            Err(_) => break Some("unreadable".to_owned()),
        }
    };
    assert_eq!(log.lines_read(), said.len() as u64);
    (said, error)
}

type Fields = (Option<String>, String, i64, String, String, u16, Option<String>, String);

fn checked(entry: &Entry<'_>) -> Fields {
    let fields = fields(entry);
    assert!((100..=999).contains(&entry.status));
    assert!(entry.method.bytes().all(|byte| byte.is_ascii_uppercase()));
    assert!(!entry.target.is_empty() && entry.target.len() <= 3 * LINE_BYTES_MAX);
    assert_eq!(entry.time.subsec_nanosecond(), 0);
    // Its own host is its own.
    let host = entry.page_host();
    let is_own = entry.check_host(|asked| host.as_deref().is_none_or(|host| host == asked));
    let is_named_twice = entry.host.is_some() && entry.target.contains("://");
    assert!(is_own.is_ok() || is_named_twice, "{host:?}");
    let line = written(entry);
    if line.len() <= LINE_BYTES_MAX {
        let again = Entry::read(&line).map(|again| self::fields(&again));
        let again = again.map_err(|refused| refused.reason());
        let shown = String::from_utf8_lossy(&line);
        assert_eq!(again.as_ref(), Ok(&fields), "written again as {shown:?}");
    }
    for site in sites() {
        let target = match judge(entry, &site.rules.downloads) {
            Ok(Judged::View(target) | Judged::Download(target) | Judged::Missing(target)) => target,
            Err(_) => continue,
        };
        assert!(target.starts_with('/'));
        let page = format!("https://{}{target}", host.as_deref().unwrap_or("www.example.fr"));
        let referrer = entry.referrer.as_deref();
        check(site, Arrival { page: &page, referrer, ..Arrival::default() }, &view(), None);
    }
    fields
}

fn fields(entry: &Entry<'_>) -> Fields {
    (
        entry.host.map(str::to_owned),
        entry.address.to_string(),
        entry.time.as_second(),
        entry.method.to_owned(),
        entry.target.to_string(),
        entry.status,
        entry.referrer.as_deref().map(str::to_owned),
        entry.agent.to_string(),
    )
}

/// The line as a careful server would have written it.
fn written(entry: &Entry<'_>) -> Vec<u8> {
    let host = entry.host.map(|host| format!("{host} ")).unwrap_or_default();
    let time = entry.time.strftime("%d/%b/%Y:%H:%M:%S +0000");
    let (method, target) = (entry.method, escaped(&entry.target));
    let (address, status) = (entry.address, entry.status);
    let mut line =
        format!("{host}{address} - - [{time}] \"{method} {target} HTTP/1.1\" {status} 5");
    if entry.layout == Layout::Combined {
        let referrer = entry.referrer.as_deref().map_or("-".to_owned(), escaped);
        let agent = match &*entry.agent {
            "" => "-".to_owned(),
            agent => escaped(agent),
        };
        line += &format!(" \"{referrer}\" \"{agent}\"");
    }
    line.into_bytes()
}

/// A field with the escapes of nginx; one hyphen alone would say that there is nothing.
fn escaped(field: &str) -> String {
    if field == "-" {
        return r"\x2D".to_owned();
    }
    let mut text = String::with_capacity(field.len());
    for letter in field.chars() {
        match letter {
            '"' | '\\' => text += &format!("\\x{:02X}", u32::from(letter)),
            letter if letter.is_ascii_control() => text += &format!("\\x{:02X}", u32::from(letter)),
            letter => text.push(letter),
        }
    }
    text
}
